// Package roots finds the roots of a rate of return: every effective annual
// rate from -99.99% to 10,000% at which the net present value of dated flows,
//
//	Σ amount × (1 + rate)^(-days / 365)
//
// is zero. A series of flows may have no root, one or several.
//
// No root is missed: there is no grid of trial rates that a pair of roots could
// slip through. The steps, one file each:
//
//   - signchanges.go bounds the number of roots by the changes of sign of the
//     flows added up. Most series have one root at most, and go straight to
//   - newton.go, which finds the one root between two rates.
//   - halving.go halves the range until each part holds one root at most.
//   - descartes.go takes over where roots are too close together for that.
//   - value.go is the net present value itself, as fast as it can be had.
package roots

import (
	"fmt"
	"math"
	"slices"
)

// The range in which roots are looked for, both ends included, and the year.
const (
	Lowest  = -0.9999 // -99.99% a year
	Highest = 100.0   // 10,000% a year

	daysPerYear = 365
)

// The range as growth, the natural logarithm of growth in a day. Everything
// below works with growth rather than with annual rates.
var (
	lowest  = math.Log1p(Lowest) / daysPerYear
	highest = math.Log1p(Highest) / daysPerYear
)

// rateOf turns growth into an effective annual rate. At the ends of the range
// rounding must not lead out of it.
func rateOf(growth float64) float64 {
	return min(max(math.Expm1(daysPerYear*growth), Lowest), Highest)
}

// Finder finds the roots of many series of flows on the same days, without
// allocating. It is for one goroutine at a time.
type Finder struct {
	days   []float64 // since the first day
	net    []float64 // amounts by day, in pence
	value  value
	slope  derivative
	points []float64 // where a derivative is cut into monotone pieces
	found  []float64 // roots, as growth
	rates  []float64 // roots, as annual rates
}

// New returns a finder for flows on days, each later than the one before. It is
// fastest if few intervals between days differ, as they do from month to month
// or quarter to quarter.
func New(days []int) *Finder {
	f := &Finder{net: make([]float64, len(days))}
	for i, day := range days {
		if i > 0 && day <= days[i-1] {
			panic(fmt.Sprintf("roots: day %d does not come after day %d", day, days[i-1]))
		}
		f.days = append(f.days, float64(day-days[0]))
	}
	f.value.on(f.days)
	f.slope.grow(len(days))
	return f
}

// Find returns every root of amounts in pence, one for each day, in ascending
// order. The slice is the finder's own and holds until the next call. It panics
// if there are more or fewer amounts than days. Amounts are exact up to £90
// trillion, 2⁵³ pence.
//
// A root is right to 1e-10, unless another is so near that the flows hardly
// tell them apart. A rate at which the net present value touches zero without
// crossing it counts once, and its place is right to about 1e-7, for any change
// of the flows by rounding moves it so far. What remains is rounding: of roots
// within about one part in a million of each other two may be reported as one,
// and a net present value that comes within 1e-13 of the money moved,
// discounted, may count as touching zero. Amounts a thousand times larger give
// the same roots to the last bit.
//
// A hundred flows with one root, or with one on each side of zero, take some
// microseconds. Where roots touch or nearly do, some tens of milliseconds are
// possible.
func (f *Finder) Find(amounts []int64) []float64 {
	if len(amounts) != len(f.days) {
		panic(fmt.Sprintf("roots: %d amounts on %d days", len(amounts), len(f.days)))
	}
	f.found, f.rates = f.found[:0], f.rates[:0]
	for i, amount := range amounts {
		f.net[i] = float64(amount)
	}
	f.value.set(f.days, f.net)
	if f.value.bothWays() {
		f.find()
	}
	for _, growth := range f.found {
		f.rates = append(f.rates, rateOf(growth))
	}
	f.rates = slices.Compact(f.rates) // a root at zero may be found from either side
	return f.rates
}

// find lists the growth at every root of flows that go both ways.
func (f *Finder) find() {
	above, below, total := signChanges(f.value.amounts)
	f.value.scale()
	switch {
	case total == 0 && above == 0 && below == 0:
		f.found = append(f.found, 0)
	case total != 0 && above <= 1 && below <= 1:
		if below == 1 {
			f.oneSide(lowest, total)
		}
		if above == 1 {
			f.oneSide(highest, total)
		}
	case !f.isolate(total):
		f.descend(total)
	}
}

// oneSide finds the only root between zero and an end of the range, if it is
// not beyond that end. At zero the sum is total.
func (f *Finder) oneSide(end, total float64) {
	switch sign := f.value.at(end).sign(); {
	case sign == 0:
		f.found = append(f.found, end)
	case sign != signOf(total) && end < 0:
		f.found = append(f.found, newton(&f.value, end, 0, 0, sign))
	case sign != signOf(total):
		f.found = append(f.found, newton(&f.value, 0, end, 0, signOf(total)))
	}
}
