package expect

import "github.com/edgeofcare/edgeofcare/model/contract"

// milestones is the expectation of contract.Milestones: one unit for each
// milestone, in the last week before it. Those who reach one have reached all
// before it.
func milestones(terms *contract.Milestones, c *cohort, payable contract.StateSet) earnings {
	e, weeks := newEarnings(c)
	c.work.milestones = zeros(c.work.milestones, weeks)
	units, last := c.work.milestones, 0
	reach := func(at int) {
		if at <= weeks {
			units[at-1]++
			last = max(last, at)
		}
	}
	for _, at := range terms.Weeks {
		reach(at)
	}
	for _, months := range terms.Months {
		reach(contract.WeeksIn(months))
	}
	before := 0
	for u, share := range unbroken(c, payable, last) {
		e.add(c.lag+u, before, units[u], share)
		before += units[u]
	}
	return e
}
