package roots

import "math"

// newton finds the growth between from and to at which a sum is zero, given its
// sign at from and that it has the other at to. It is Newton's method on
// ln(received / paid), which is a straight line for one payment and one receipt
// and nearly so for most others. If that leaves the bracket or is slow, the
// bracket is halved. (Press et al., Numerical Recipes, 3rd edition, section
// 9.4, rtsafe.)
func newton(sum interface{ at(float64) sample }, from, to, start float64, fromSign int) float64 {
	const near = 1e-13 / daysPerYear
	growth, step := start, 2*(to-from)
	for range 200 { // about 50 halvings leave nothing of the range
		here := sum.at(growth)
		if here.received == here.paid {
			return growth
		}
		if (here.received > here.paid) == (fromSign > 0) {
			from = growth
		} else {
			to = growth
		}
		next := growth - (math.Log(here.received)-math.Log(here.paid))/here.slope()
		if !(next >= from && next <= to) || math.Abs(next-growth) > math.Abs(step)/2 { // NaN too
			next = (from + to) / 2
		}
		step = next - growth
		growth = next
		if math.Abs(step) <= near || to-from <= near {
			return growth
		}
	}
	return growth
}

// rounding is well above what rounding does to a sum, as a part of its terms.
const rounding = 1e-13

// sample is what a sum of discounted flows is at one growth, in any unit.
// Distances in days are from the first flow, or to the last below zero growth.
type sample struct {
	growth float64
	sums
	exact int // the sign of received less paid, where it is known better
}

// sums are of the sizes of terms above and below 0; one may vanish.
type sums struct {
	received, paid         float64
	receivedDays, paidDays float64 // the same, each term times its distance
}

// sign is that of received less paid, or 0 if rounding could have made it so.
func (s sample) sign() int {
	if math.Abs(s.received-s.paid) <= rounding*(s.received+s.paid) {
		return 0
	}
	return signOf(s.received - s.paid)
}

// slope is the derivative of ln(received / paid) by growth.
func (s sample) slope() float64 {
	slope := s.paidDays/s.paid - s.receivedDays/s.received
	if s.growth < 0 {
		return -slope
	}
	return slope
}

// with returns the sums with another term.
func (s sums) with(term, days float64) sums {
	if term > 0 {
		s.received += term
		s.receivedDays += term * days
	} else {
		s.paid -= term
		s.paidDays -= term * days
	}
	return s
}
