package finance

import (
	"math"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// daysPerYear is the year of "actual/365": days are counted, leap days too, and
// every 365 of them are a year.
const daysPerYear = 365

// discountFactor is what £1 is worth so many days earlier, at an effective
// annual rate.
func discountFactor(rate float64, days int) float64 {
	return math.Pow(1+rate, -float64(days)/daysPerYear)
}

// DiscountFactors returns the factor that turns a flow of each quarter into its
// present value at the start of a programme. A quarter's flows are dated on its
// last day, so many days after the start:
//
//	(1 + rate)^(-days / 365)
//
// The rate is effective and annual (0.035 is 3.5%, the real rate of the HM
// Treasury Green Book for the first 30 years). A rate of 0 gives factors of 1.
func DiscountFactors(start calendar.Date, quarters []calendar.Quarter, rate float64) []float64 {
	factors := make([]float64, len(quarters))
	for i, q := range quarters {
		factors[i] = discountFactor(rate, q.Last().Sub(start))
	}
	return factors
}

// PresentValue is the sum of quarterly flows times their factors, in the unit
// of the flows. Flows and factors have the same length; otherwise it is NaN.
func PresentValue(flows, factors []float64) float64 {
	if len(flows) != len(factors) {
		return math.NaN()
	}
	sum := 0.0
	for i, flow := range flows {
		sum += flow * factors[i]
	}
	return sum
}

// NetPresentValue is the value in £ at a date of flows at an effective annual
// rate (0.035 is 3.5%), with days d after that date, or before it if negative:
//
//	Σ amount × (1 + rate)^(-d / 365)
//
// (Brealey, Myers and Allen, Principles of Corporate Finance, on net present
// value; the days are those of the XNPV of spreadsheets, which takes the date
// of the first flow.) The rate must be above -1, that is -100%: at any other
// there is no value, and the result is NaN. At rates above -1 it never is, but
// a value too large for a float64 is infinite.
func NetPresentValue(flows []Flow, rate float64, at calendar.Date) float64 {
	if !(rate > -1) || math.IsInf(rate, 1) {
		return math.NaN()
	}
	growth := math.Log1p(rate) / daysPerYear
	top := math.Inf(-1) // of the logarithms of the factors
	for _, f := range flows {
		top = max(top, -float64(f.On.Sub(at))*growth)
	}
	// The largest factor is taken out of the sum, so that near -100% no two
	// flows of opposite sign can each become infinite.
	sum := 0.0
	for _, f := range flows {
		sum += float64(f.Amount) * math.Exp(-float64(f.On.Sub(at))*growth-top)
	}
	if sum == 0 {
		return 0
	}
	return sum * math.Exp(top) / 100
}
