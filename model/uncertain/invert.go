package uncertain

import "math"

// lowest and highest bound the logarithms of what a float64 can hold.
const lowest, highest = -745, 709

// inverse finds t where a tail probability reaches a target. The tail is given
// with its slope against t, the sign aside; rising says that it is the lower tail.
//
// Newton's steps are taken on the logarithm of the tail, which for the families
// here is concave in the logarithm (of the odds) of x, so that they come from one
// side and seldom overshoot; a step that leaves the bracket halves it instead.
func inverse(tail func(t float64) (p, slope float64), rising bool, target, from, to, guess float64) float64 {
	sign := 1.0
	if !rising {
		sign = -1
	}
	aim := math.Log(target)
	t := guess
	if !(t > from && t < to) {
		t = (from + to) / 2
	}
	for range 200 {
		p, slope := tail(t)
		h := sign * (math.Log(p) - aim)
		switch {
		case h == 0:
			return t
		case h < 0:
			from = t
		default:
			to = t
		}
		stride := max(2, math.Abs(t))
		next := t - max(-stride, min(h*p/slope, stride))
		inside := next > from && next < to
		if inside && math.Abs(h) < 1e-8 { // the next error is of the order of h²
			return next
		}
		if !inside {
			next = from + (to-from)/2
		}
		if next == t || next == from || next == to {
			return next
		}
		t = next
	}
	return t
}
