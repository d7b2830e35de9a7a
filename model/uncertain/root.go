package uncertain

import "math"

// steps is how finely a curve is searched. What turns round between two steps is
// found by turning.
const steps = 128

// crossings returns where a function passes through 0, from the least to the
// greatest. It may touch 0 and turn back between two steps: a turn is looked into
// before it is taken for a miss. Where it is the same at three steps in a row, as is the
// probability of a range that hardly varying laws never leave, there is nothing to look
// into. Where the function is NaN there is no crossing.
func crossings(f func(float64) float64, from, to float64) []float64 {
	var found []float64
	at := func(i int) float64 { return from + (to-from)*float64(i)/steps }
	values := make([]float64, steps+1)
	for i := range values {
		values[i] = f(at(i))
	}
	for i, y := range values {
		if y == 0 {
			found = append(found, at(i))
			continue
		}
		if i == 0 {
			continue
		}
		before := values[i-1]
		if before*y < 0 {
			found = append(found, root(f, at(i-1), at(i)))
		}
		if i < steps && nearer(before, y) && nearer(values[i+1], y) && !(before == y && values[i+1] == y) {
			if turn := turning(f, at(i-1), at(i+1), y); f(turn)*y < 0 {
				found = append(found, root(f, at(i-1), turn), root(f, turn, at(i+1)))
			}
		}
	}
	return found
}

// nearer says that y lies on the same side of 0 as other, and not farther off.
func nearer(other, y float64) bool { return other*y > 0 && math.Abs(y) <= math.Abs(other) }

// root finds where a function that differs in sign at two ends passes through 0,
// to the last digits: by the secant or a parabola through the last three points
// where that comes nearer, or else by halving (R. Brent, Algorithms for
// Minimization without Derivatives, 1973, chapter 4). b is the best point, a the
// one before it, and c lies on the other side of the root.
func root(f func(float64) float64, a, b float64) float64 {
	fa, fb := f(a), f(b)
	c, fc, step, last := a, fa, b-a, b-a
	for range 200 {
		if fb*fc > 0 {
			c, fc, step, last = a, fa, b-a, b-a
		}
		if math.Abs(fc) < math.Abs(fb) {
			a, b, c, fa, fb, fc = b, c, b, fb, fc, fb
		}
		least, half := 2e-16*math.Abs(b)+math.SmallestNonzeroFloat64, (c-b)/2
		if fb == 0 || math.Abs(half) <= least {
			break
		}
		if next, ok := interpolated(a, b, c, fa, fb, fc); ok && math.Abs(last) >= least &&
			math.Abs(next) < min(1.5*math.Abs(half), math.Abs(last)/2) && next*half > 0 {
			step, last = next, step
		} else {
			step, last = half, half
		}
		a, fa = b, fb
		if b += step; math.Abs(step) <= least {
			b = a + math.Copysign(least, half)
		}
		fb = f(b)
	}
	return b
}

// interpolated is the step from b to the root of the inverse parabola through
// three points, or of the secant if a and c are one.
func interpolated(a, b, c, fa, fb, fc float64) (step float64, ok bool) {
	if math.Abs(fa) <= math.Abs(fb) {
		return 0, false
	}
	s := fb / fa
	p, q := (c-b)*s, 1-s
	if a != c {
		t, r := fa/fc, fb/fc
		p, q = s*((c-b)*t*(t-r)-(b-a)*(r-1)), (t-1)*(r-1)*(s-1)
	}
	step = -p / q
	return step, finite(step)
}

// turning finds where a function comes nearest to 0 between two ends, or where it
// passes through, by sections in the golden ratio. side is a value of its sign.
func turning(f func(float64) float64, from, to, side float64) float64 {
	ratio := (math.Sqrt(5) - 1) / 2
	height := func(x float64) float64 { return f(x) * math.Copysign(1, side) }
	left, right := to-ratio*(to-from), from+ratio*(to-from)
	atLeft, atRight := height(left), height(right)
	for range 60 {
		if atLeft < 0 {
			return left
		}
		if atRight < 0 {
			return right
		}
		if atLeft < atRight {
			to, right, atRight = right, left, atLeft
			left = to - ratio*(to-from)
			atLeft = height(left)
		} else {
			from, left, atLeft = left, right, atRight
			right = from + ratio*(to-from)
			atRight = height(right)
		}
	}
	return left
}
