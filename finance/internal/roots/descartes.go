package roots

import (
	"math"
	"slices"
)

// descend finds every root, by the proof of Descartes' rule of signs. Cut the
// flows on a day c between two that differ in sign. Values as at c,
//
//	Σ amount × e^((c-d) × growth),
//
// have the derivative Σ (c-d) × amount × e^((c-d) × growth), which is a sum of
// the same form whose terms change sign once less. Between two of its roots
// the value is monotone, so there is at most one root, and the signs at the
// ends tell whether there is. So: from the sum that changes sign once, which
// has one root, back up to the flows. (Jameson, as in signchanges.go.)
func (f *Finder) descend(total float64) {
	f.slope.of(&f.value)
	f.found = f.found[:0]
	for level := len(f.slope.cuts) - 1; level >= 0; level-- {
		f.slope.derive(level)
		f.points = append(append(append(f.points[:0], lowest), f.found...), highest)
		if level == 0 { // here the sign at zero is known exactly
			at, _ := slices.BinarySearch(f.points, 0)
			f.points = slices.Insert(f.points, at, 0)
		}
		f.between(level == 0, total)
	}
}

// between finds the roots of a sum that is monotone between the points. If
// exact, the sign at zero is that of total.
func (f *Finder) between(exact bool, total float64) {
	f.found = f.found[:0]
	before, beforeSign := math.NaN(), 0
	for i, point := range f.points {
		sign := f.slope.at(point).sign()
		if exact && point == 0 {
			sign = signOf(total)
		}
		switch {
		case sign == 0 && (i == 0 || beforeSign != 0):
			f.found = append(f.found, point)
		case sign == 0 && point == 0: // zero from the last point to here: one root
			f.found[len(f.found)-1] = 0
		case sign*beforeSign < 0:
			f.found = append(f.found, newton(&f.slope, before, point, (before+point)/2, beforeSign))
		}
		before, beforeSign = point, sign
	}
}

// derivative is a derivative of a value in the sense of descend, as a function
// of growth:
//
//	Σ ± e^(log - day × growth)
//
// The terms are kept as logarithms because no floating-point number holds those
// of the hundredth derivative.
type derivative struct {
	days      []float64 // since the first flow; only those with a flow
	logs      []float64 // of the sizes of the terms
	signs     []float64 // 1 or -1
	cuts      []float64 // days between flows of opposite sign
	amounts   []float64 // of the flows
	exponents []float64 // working space of at
}

// grow makes room for flows on n days.
func (d *derivative) grow(n int) {
	for _, room := range []*[]float64{&d.days, &d.logs, &d.signs, &d.cuts, &d.amounts, &d.exponents} {
		*room = make([]float64, 0, n)
	}
}

// of finds the cuts of a value and keeps what derive starts from.
func (d *derivative) of(v *value) {
	d.days, d.amounts, d.cuts = d.days[:0], d.amounts[:0], d.cuts[:0]
	for i, amount := range v.amounts {
		if n := len(d.days); n > 0 && amount*d.amounts[n-1] < 0 {
			d.cuts = append(d.cuts, (d.days[n-1]+v.days[i])/2)
		}
		d.days, d.amounts = append(d.days, v.days[i]), append(d.amounts, amount)
	}
	n := len(d.days)
	d.logs, d.signs, d.exponents = d.logs[:n], d.signs[:n], d.exponents[:n]
}

// derive makes d the derivative at a level: each amount times c-day for each of
// the first so many cuts c. No day is a cut, for cuts lie between days.
func (d *derivative) derive(level int) {
	for i, day := range d.days {
		d.logs[i], d.signs[i] = math.Log(math.Abs(d.amounts[i])), math.Copysign(1, d.amounts[i])
		for _, c := range d.cuts[:level] {
			d.logs[i] += math.Log(math.Abs(c - day))
			d.signs[i] *= math.Copysign(1, c-day)
		}
	}
}

// at gives the terms in units of the largest.
func (d *derivative) at(growth float64) sample {
	last, top := d.days[len(d.days)-1], math.Inf(-1)
	for i, day := range d.days {
		if growth < 0 {
			day -= last
		}
		d.exponents[i] = d.logs[i] - day*growth
		top = max(top, d.exponents[i])
	}
	var of sums
	for i, day := range d.days {
		if growth < 0 {
			day = last - day
		}
		of = of.with(d.signs[i]*math.Exp(d.exponents[i]-top), day)
	}
	return sample{growth: growth, sums: of}
}
