package calibrate

import (
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
)

// within fills in the range of a quarter from what every replication paid for it.
func (q *BacktestQuarter) within(paid []float64) {
	slices.Sort(paid)
	at := func(p float64) float64 { return paid[orderstatistic.At(len(paid), p)] }
	low, high := at(0.05), at(0.95)
	q.Low, q.High, q.Inside = &low, &high, new(low <= q.Actual && q.Actual <= high)
}

// strays reports whether a replication is at least as far from the fitted model as
// what was paid. Its quarters are scaled to the total of the model, as the model was
// fitted to the total of what was paid.
func strays(path []float64, model []BacktestQuarter, typical float64) bool {
	paid, modelled := 0.0, 0.0
	for i, amount := range path {
		paid += amount
		modelled += model[i].Modelled
	}
	if paid == 0 {
		return modelled > 0
	}
	squares := 0.0
	for i, amount := range path {
		squares += math.Pow(amount*modelled/paid-model[i].Modelled, 2)
	}
	return rootMean(squares, modelled, len(path)) >= typical
}
