package finance

import (
	"math"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Factors returns the factor that turns a flow of each quarter into its
// present value at the start of a programme. A quarter's flows are dated on
// its last day, days after start:
//
//	(1 + rate)^(-days / 365)
//
// rate is effective and annual (0.035 is 3.5%, the HM Treasury Green Book's
// rate for the first 30 years, real). A rate of 0 gives factors of 1.
func Factors(start calendar.Date, quarters []calendar.Quarter, rate float64) []float64 {
	factors := make([]float64, len(quarters))
	for i, q := range quarters {
		days := q.Last().Sub(start)
		factors[i] = math.Pow(1+rate, -float64(days)/365)
	}
	return factors
}

// PresentValue is the sum of quarterly flows times their factors, in the unit
// of the flows. Flows and factors have the same length.
func PresentValue(flows, factors []float64) float64 {
	sum := 0.0
	for i, flow := range flows {
		sum += flow * factors[i]
	}
	return sum
}
