package xlsx

import (
	"time"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// feeMonths is how many months of each quarter have a delivery fee: those whose first
// day is in its period.
func (m *maker) feeMonths() []float64 {
	given := m.p.Contract.Fee
	return m.eachQuarter(func(q calendar.Quarter) float64 {
		months := 0.0
		for month := range 3 {
			first := calendar.NewDate(q.First().Year(), q.First().Month()+time.Month(month), 1)
			if !first.Before(given.From) && !first.After(given.To) {
				months++
			}
		}
		return months
	})
}
