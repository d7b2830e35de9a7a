package report

import (
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// paidBy is what was paid from the start of a programme up to a quarter, in the
// prices of a result, and where the register has it.
func paidBy(r *montecarlo.Result, to calendar.Quarter) (paid float64, paths []string) {
	p := r.Version.Programme
	for _, a := range p.PublishedIn(r.Prices).Actual {
		if a.Quarter >= p.Start.Quarter() && a.Quarter <= to {
			paid += a.Amount.InexactFloat64()
			paths = append(paths, actualPath(a.Quarter))
		}
	}
	return paid, paths
}
