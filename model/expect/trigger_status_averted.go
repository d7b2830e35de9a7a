package expect

import "github.com/edgeofcare/edgeofcare/model/contract"

// averted is the expectation of contract.Averted: one unit in the week that is
// looked at, whatever came between.
func averted(terms *contract.Averted, c *cohort, payable contract.StateSet) earnings {
	e, weeks := newEarnings(c)
	last := max(contract.WeeksIn(terms.Months), 1) - 1
	if last >= weeks {
		return e
	}
	for s, share := range c.groups.started {
		if payable.Has(s) {
			e.add(c.lag+last, 0, 1, share[c.lag+last])
		}
	}
	return e
}
