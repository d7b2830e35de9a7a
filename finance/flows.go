package finance

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Flow is money on a day, seen by one party. In every function that takes flows
// their order means nothing, and those of one day count as one flow of their
// sum. Each must have a date.
//
// The sums of a series must fit in an int64, £92 quadrillion. Rates are exact in
// their inputs up to £90 trillion, 2⁵³ pence.
type Flow struct {
	On calendar.Date
	// Amount is in pence: above 0 is received, below 0 is paid in.
	Amount int64
}

// netted returns the flows of each day as one flow of their sum, in order of
// date.
func netted(flows []Flow) []Flow {
	sorted := slices.Clone(flows)
	slices.SortFunc(sorted, func(a, b Flow) int { return a.On.Compare(b.On) })
	days := sorted[:0]
	for _, f := range sorted {
		if last := len(days) - 1; last >= 0 && days[last].On == f.On {
			days[last].Amount += f.Amount
			continue
		}
		days = append(days, f)
	}
	return days
}
