package uncertain

import (
	"math"
	"sync"
	"sync/atomic"
)

// Quick is a law with a table of its quantiles: to look one up takes about ten
// nanoseconds, where a Beta or Gamma takes microseconds to find one. The first look at
// a part of the table works it out. Any number of goroutines may share one.
//
// The table runs from one in a million to all but one in a million, in steps that
// grow with the distance from the nearer end: 32 for each doubling. Between steps
// it is a cubic with the right value and slope at both (Hermite's), which is
// monotone because no slope is more than three times that of the chord (Fritsch
// and Carlson 1980). It is within 1e-6 of the width of the middle 90%: the middle of
// each step, where a cubic errs most, is checked with room to spare. Where a step
// fails, and beyond the table, the law itself is asked.
type Quick struct {
	of           distribution // nil if the law is not sound
	scale, shift float64
	smooth       smooth // nil if the law is as quick as a table
	tolerance    float64
	lower, upper side
}

// side is the table of one tail, by the probability of that tail. Steps are worked
// out when they are first asked for: a run of few draws asks for few of them.
type side struct {
	upper bool
	kinds []atomic.Uint32 // of each step; what is known does not change
	knots []knot          // at the two ends of each step that is known

	mutex sync.Mutex
	known []bool // knots
}

// knot is the value at a probability, and its slope against the probability.
type knot struct{ value, slope float64 }

// kind is what is done within a step.
type kind = uint32

const (
	unknown kind = iota
	cubic        // between its knots
	level        // its first knot: it hardly rises
	ask          // the law: it rises too unevenly
)

// The table of a tail starts at 2⁻²⁰, a little under one in a million.
const (
	perDoubling = 32
	shift       = 52 - 5 // what is left of the 52 binary digits after five for 32 steps
	count       = 19*perDoubling + 1
)

var start = math.Float64bits(0x1p-20)

// NewQuick tables a law. The quantiles of one that is not sound are NaN.
func NewQuick(l Law) *Quick {
	d, err := l.sound()
	if err != nil {
		return &Quick{}
	}
	q := &Quick{of: d, scale: l.scale(), shift: l.Shift}
	dense, ok := d.(smooth)
	if !ok {
		return q
	}
	low, high := l.Range()
	q.smooth, q.tolerance, q.upper.upper = dense, 1e-6*(high-low), true
	for _, s := range []*side{&q.lower, &q.upper} {
		s.kinds, s.knots, s.known = make([]atomic.Uint32, count), make([]knot, count+1), make([]bool, count+1)
	}
	return q
}

// probability is that of a knot.
func probability(i int) float64 { return math.Float64frombits(start + uint64(i)<<shift) }

// work works out a step of a tail.
func (q *Quick) work(s *side, i int) kind {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for j := i; j <= i+1; j++ {
		if !s.known[j] {
			s.knots[j], s.known[j] = q.knot(s, j), true
		}
	}
	kind := q.kind(s, i)
	s.kinds[i].Store(kind)
	return kind
}

// quantile is that of a probability of a tail.
func (q *Quick) quantile(s *side, v float64) float64 {
	if s.upper {
		return q.ask(1 - v)
	}
	return q.ask(v)
}

func (q *Quick) knot(s *side, i int) knot {
	x, sign := q.quantile(s, probability(i)), 1.0
	if s.upper {
		sign = -1
	}
	return knot{x, sign * q.scale / q.smooth.density((x-q.shift)/q.scale)}
}

// kind is what is done within a step whose knots are known. A hundredth of the
// tolerance is no rise.
func (q *Quick) kind(s *side, i int) kind {
	from, to := probability(i), probability(i+1)
	a, b := s.knots[i], s.knots[i+1]
	middle := q.quantile(s, (from+to)/2)
	switch {
	case math.Abs(b.value-a.value) <= q.tolerance/100:
		return level
	case !rises(a, b, to-from) || !(math.Abs(hermite(a, b, to-from, 0.5)-middle) <= q.tolerance/5):
		return ask
	}
	return cubic
}

// rises says that the cubic between two knots a step apart goes one way only.
func rises(a, b knot, step float64) bool {
	chord := (b.value - a.value) / step
	return a.slope/chord >= 0 && a.slope/chord <= 3 && b.slope/chord >= 0 && b.slope/chord <= 3
}

// hermite is the cubic between two knots a step apart, at a part of the step.
func hermite(a, b knot, step, t float64) float64 {
	rise := b.value - a.value
	from, to := step*a.slope-rise, rise-step*b.slope
	return a.value + t*(rise+(1-t)*((1-t)*from+t*to))
}

// Quantile returns the value that the input does not exceed with probability u,
// as [Law.Quantile]. It takes no memory.
func (q *Quick) Quantile(u float64) float64 {
	side, v := &q.lower, u
	if u > 0.5 {
		side, v = &q.upper, 1-u
	}
	if q.smooth == nil || !(v >= 1e-6) {
		return q.ask(u)
	}
	bits := math.Float64bits(v)
	i := int((bits - start) >> shift)
	kind := side.kinds[i].Load()
	if kind == unknown {
		kind = q.work(side, i)
	}
	switch kind {
	case level:
		return side.knots[i].value
	case ask:
		return q.ask(u)
	}
	const rest = 1<<shift - 1
	step := math.Float64frombits(bits&^(1<<52-1)) / perDoubling
	return hermite(side.knots[i], side.knots[i+1], step, float64(bits&rest)/(rest+1))
}

// ask is the quantile of the law itself.
func (q *Quick) ask(u float64) float64 {
	if q.of == nil || !(u > 0 && u < 1) {
		return math.NaN()
	}
	return q.shift + q.scale*q.of.quantile(u)
}
