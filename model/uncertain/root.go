package uncertain

import "math"

// steps is how finely a curve is searched. What turns round between two steps is
// found by turning.
const steps = 240

// crossings returns where a function passes through 0, from the least to the
// greatest. It may touch 0 and turn back between two steps: a turn is looked into
// before it is taken for a miss. Where the function is NaN there is no crossing.
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
			found = append(found, bisect(f, at(i-1), at(i), before))
		}
		if i < steps && nearer(before, y) && nearer(values[i+1], y) {
			if turn := turning(f, at(i-1), at(i+1), y); f(turn)*y < 0 {
				found = append(found, bisect(f, at(i-1), turn, before), bisect(f, turn, at(i+1), f(turn)))
			}
		}
	}
	return found
}

// nearer says that y lies on the same side of 0 as other, and not farther off.
func nearer(other, y float64) bool { return other*y > 0 && math.Abs(y) <= math.Abs(other) }

// bisect finds where a function that differs in sign at two ends passes through
// 0, to the last digit. The value at the first end is given.
func bisect(f func(float64) float64, from, to, first float64) float64 {
	for range 200 {
		middle := from + (to-from)/2
		if middle == from || middle == to {
			break
		}
		switch y := f(middle); {
		case y == 0:
			return middle
		case y*first > 0:
			from = middle
		default:
			to = middle
		}
	}
	return from + (to-from)/2
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
