package expect

import "github.com/edgeofcare/edgeofcare/model/contract"

// fullWeeks is the expectation of contract.FullWeeks: one unit a week.
func fullWeeks(terms *contract.FullWeeks, c *cohort, payable contract.StateSet) earnings {
	return accrualOfFullWeeks(terms).earned(c, payable)
}

func accrualOfFullWeeks(terms *contract.FullWeeks) accrual {
	return accrual{
		first: terms.First, window: terms.Window, perWeek: 1, most: terms.CapPerChild,
		interruption: terms.Interruption,
	}
}
