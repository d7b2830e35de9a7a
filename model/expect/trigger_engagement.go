package expect

import "github.com/edgeofcare/edgeofcare/model/contract"

// engagement is the expectation of contract.Engagement: one unit in the start
// week, or in the last of the weeks that complete the work.
func engagement(terms *contract.Engagement, c *cohort, payable contract.StateSet) earnings {
	e, weeks := newEarnings(c)
	if last := max(terms.After, 1) - 1; last < weeks {
		e.add(c.lag+last, 0, 1, unbroken(c, payable, last+1)[last])
	}
	return e
}
