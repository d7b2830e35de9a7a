package finance

import "github.com/edgeofcare/edgeofcare/model/calendar"

// Years returns the financial years that a run of quarters touches, in order,
// and for each quarter the index of its year.
func Years(quarters []calendar.Quarter) (years []calendar.FinancialYear, index []int) {
	for _, q := range quarters {
		if year := q.FinancialYear(); len(years) == 0 || years[len(years)-1] != year {
			years = append(years, year)
		}
		index = append(index, len(years)-1)
	}
	return years, index
}
