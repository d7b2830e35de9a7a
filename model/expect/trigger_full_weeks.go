package expect

import "github.com/edgeofcare/edgeofcare/model/contract"

// fullWeeks is the expectation of contract.FullWeeks: one unit a week.
func fullWeeks(terms *contract.FullWeeks, c *cohort, payable contract.StateSet) earnings {
	return accrual{
		first: terms.First, window: terms.Window, perWeek: 1, most: terms.CapPerChild,
		interruption: terms.Interruption,
	}.earned(c, payable)
}
