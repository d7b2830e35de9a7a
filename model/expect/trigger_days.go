package expect

import "github.com/edgeofcare/edgeofcare/model/contract"

// days is the expectation of contract.Days: seven units a week.
func days(terms *contract.Days, c *cohort, payable contract.StateSet) earnings {
	return accrualOfDays(terms).earned(c, payable)
}

func accrualOfDays(terms *contract.Days) accrual {
	return accrual{
		first: terms.First, window: terms.Window, perWeek: 7, most: terms.CapPerChild,
		interruption: terms.Interruption,
	}
}
