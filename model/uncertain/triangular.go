package uncertain

import (
	"fmt"
	"math"
)

// triangular is the Triangular law.
type triangular struct{ low, mode, high float64 }

func (d triangular) check() error { return limits(Triangular, d.low, d.mode, d.high) }

// limits returns an error unless limits are in order with the most likely value
// between them.
func limits(f Family, low, mode, high float64) error {
	switch {
	case !finite(low, high, high-low) || !(low < high):
		return fmt.Errorf("the limits of %s are %s and %s: they must be numbers, the low one below the high one", f.a(), exact(low), exact(high))
	case !(mode >= low && mode <= high):
		return fmt.Errorf("the most likely value of %s is %s: it must lie between its limits %s and %s", f.a(), exact(mode), exact(low), exact(high))
	}
	return nil
}

func (d triangular) mean() float64 { return d.low/3 + d.mode/3 + d.high/3 }

func (d triangular) sd() float64 {
	left, right := d.mode-d.low, d.high-d.mode
	return math.Sqrt((left*left + left*right + right*right) / 18)
}

func (d triangular) quantile(u float64) float64 {
	width, left := d.high-d.low, d.mode-d.low
	if u*width < left {
		return d.low + math.Sqrt(u*width*left)
	}
	return d.high - math.Sqrt((1-u)*width*(width-left))
}

func (d triangular) above(x float64) float64 {
	switch {
	case x <= d.low:
		return 1
	case x >= d.high:
		return 0
	case x >= d.mode:
		return (d.high - x) / (d.high - d.low) * ((d.high - x) / (d.high - d.mode))
	}
	return 1 - (x-d.low)/(d.high-d.low)*((x-d.low)/(d.mode-d.low))
}

func (d triangular) words() string {
	return fmt.Sprintf("Triangular from %s to %s, most likely %s", figures(d.low), figures(d.high), figures(d.mode))
}

// fitTriangular returns the Triangular law with a mean between limits.
func fitTriangular(mean, low, high float64) (Law, error) {
	return moded(Triangular, mean, low, high, 1)
}

// moded returns the law between limits of which the mean is the limits and weight
// times the most likely value, over 2 + weight.
func moded(f Family, mean, low, high, weight float64) (Law, error) {
	width := high - low
	share := ((2+weight)*(mean-low)/width - 1) / weight // where the most likely value lies between the limits
	if !(share >= -1e-12 && share <= 1+1e-12) {
		return Law{}, fmt.Errorf("a mean of %s has no %s law between the limits %s and %s: with these it lies between %s and %s; move the mean or a limit",
			exact(mean), f, exact(low), exact(high), figures(low+width/(2+weight)), figures(high-width/(2+weight)))
	}
	l := Law{Family: f, A: max(low, min(low+width*share, high)), Low: low, High: high}
	return checked(l)
}
