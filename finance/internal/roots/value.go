package roots

import (
	"math"
	"slices"
)

// value is the present value of flows as a function of growth. Factors are at
// most 1, the flow nearest in time having 1: they may vanish, never overflow.
type value struct {
	days    []float64 // since the first flow; only those with a flow
	amounts []float64 // never 0; in pence, until scale makes the largest 1
	places  []int     // of the days among all days given
	// By day given. The first has no gap before it.
	gaps      []int     // which of intervals lies before each
	powers    []float64 // working space of raise
	ones      []float64 // powers of no growth
	top       []float64 // powers of the highest growth from day topFrom on
	topFrom   int       // -1 for none yet
	intervals []float64 // that occur between days given, in days
	factors   []float64 // for each interval
}

// on makes room for flows on these days.
func (v *value) on(days []float64) {
	n := len(days)
	v.days, v.amounts, v.places = make([]float64, 0, n), make([]float64, 0, n), make([]int, 0, n)
	v.gaps, v.powers, v.top, v.topFrom = make([]int, n), make([]float64, n), make([]float64, n), -1
	for i := 1; i < n; i++ {
		gap := days[i] - days[i-1]
		at := slices.Index(v.intervals, gap)
		if at < 0 {
			at = len(v.intervals)
			v.intervals = append(v.intervals, gap)
		}
		v.gaps[i] = at
	}
	v.factors, v.ones = make([]float64, len(v.intervals)), slices.Repeat([]float64{1}, n)
}

// set makes v the value of amounts on days.
func (v *value) set(days, amounts []float64) {
	v.places = v.places[:0]
	for i, amount := range amounts {
		if amount != 0 {
			v.places = append(v.places, i)
		}
	}
	v.days, v.amounts = v.days[:len(v.places)], v.amounts[:len(v.places)]
	for n, i := range v.places {
		v.days[n], v.amounts[n] = days[i]-days[v.places[0]], amounts[i]
	}
}

// bothWays reports whether some flows are paid and some received: without that
// there is no root.
func (v *value) bothWays() bool {
	paid, received := false, false
	for _, amount := range v.amounts {
		paid, received = paid || amount < 0, received || amount > 0
	}
	return paid && received
}

// scale divides by the largest amount: a quotient, unlike a product with an
// inverse, is the same for £84m of £100m and £84k of £100k.
func (v *value) scale() {
	largest := 0.0
	for _, amount := range v.amounts {
		largest = max(largest, math.Abs(amount))
	}
	for i := range v.amounts {
		v.amounts[i] /= largest
	}
}

// at sums the flows, each times its power of growth.
func (v *value) at(growth float64) sample {
	powers := v.raise(growth)
	var of sums
	if growth < 0 {
		last := v.days[len(v.days)-1]
		for i, amount := range slices.Backward(v.amounts) {
			of = of.with(amount*powers[v.places[i]], last-v.days[i])
		}
		return sample{growth: growth, sums: of}
	}
	for i, amount := range v.amounts {
		of = of.with(amount*powers[v.places[i]], v.days[i])
	}
	return sample{growth: growth, sums: of}
}

// raise returns the powers of growth by day, from the first flow on, or from
// the last back if growth is below zero. The highest growth is asked for again
// and again, and its powers are kept: they depend on the first day alone.
func (v *value) raise(growth float64) []float64 {
	first, last := v.places[0], v.places[len(v.places)-1]
	switch {
	case growth == 0:
		return v.ones
	case growth < 0:
		v.setFactors(-growth)
		v.multiplyBack(first, last)
	case growth != highest:
		v.setFactors(growth)
		v.multiply(v.powers[:last+1], first)
	default:
		if v.topFrom != first {
			v.setFactors(growth)
			v.multiply(v.top, first)
			v.topFrom = first
		}
		return v.top
	}
	return v.powers
}

// setFactors works out the factor of each interval. Powers are products of
// them: exponentials for every day would take most of the time, and there are
// few different intervals.
func (v *value) setFactors(growth float64) {
	for i, gap := range v.intervals {
		v.factors[i] = math.Exp(-gap * growth)
	}
}

// multiply sets powers from the first flow on.
func (v *value) multiply(powers []float64, first int) {
	power, factors, gaps := 1.0, v.factors, v.gaps[:len(powers)]
	powers[first] = power
	for i := first + 1; i < len(powers); i++ {
		power *= factors[gaps[i]]
		powers[i] = power
	}
}

// multiplyBack sets powers from the last flow back.
func (v *value) multiplyBack(first, last int) {
	power := 1.0
	v.powers[last] = power
	for i := last; i > first; i-- {
		power *= v.factors[v.gaps[i]]
		v.powers[i-1] = power
	}
}
