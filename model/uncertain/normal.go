package uncertain

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// normal is the Normal law, cut off at limits.
type normal struct {
	mu, sigma float64 // before it is cut off
	low, high float64 // limits, infinite where there are none
}

// normalOf is X of a Normal law, of which limits of 0 and 0 are none, and the
// largest float64 stands for no limit on one side, because JSON has no infinity.
func normalOf(l Law) normal {
	d := normal{l.A, l.B, l.Low, l.High}
	if (d.low == 0 && d.high == 0) || d.low == -math.MaxFloat64 {
		d.low = math.Inf(-1)
	}
	if (l.Low == 0 && l.High == 0) || d.high == math.MaxFloat64 {
		d.high = math.Inf(1)
	}
	return d
}

// clamp brings an infinite limit into what JSON can write.
func clamp(limit float64) float64 { return max(-math.MaxFloat64, min(limit, math.MaxFloat64)) }

// scaled is a limit multiplied, unless it stands for none.
func scaled(limit, factor float64) float64 {
	if math.Abs(limit) == math.MaxFloat64 {
		return limit
	}
	return clamp(limit * factor)
}

// shifted is a limit moved, unless it stands for none.
func shifted(limit, by float64) float64 {
	if math.Abs(limit) == math.MaxFloat64 {
		return limit
	}
	return clamp(limit + by)
}

// least is the smallest part of a Normal law that limits may keep of it, and
// widest the most that its standard deviation may be of the width that they
// leave. Beyond, rounding has eaten the digits of its mean.
const least, widest = 1e-200, 100

func (d normal) check() error {
	switch {
	case !finite(d.mu):
		return fmt.Errorf("the mean of a Normal law is %v: give a number", d.mu)
	case !(d.sigma > 0) || math.IsInf(d.sigma, 0):
		return fmt.Errorf("the standard deviation of a Normal law is %v: it must be above 0", d.sigma)
	case !(d.low < d.high):
		return fmt.Errorf("the limits of a Normal law are %s and %s: the low one must be below the high one", exact(d.low), exact(d.high))
	case d.sigma > widest*(d.high-d.low):
		return fmt.Errorf("a Normal law with a standard deviation of %s is as good as level between %s and %s: take a Uniform law",
			exact(d.sigma), exact(d.low), exact(d.high))
	case !(d.kept() > least):
		return fmt.Errorf("next to nothing of a Normal law with a mean of %s and a standard deviation of %s lies between its limits %s and %s: bring them nearer its mean",
			exact(d.mu), exact(d.sigma), exact(d.low), exact(d.high))
	}
	return nil
}

// scores are the limits in standard deviations from the mean.
func (d normal) scores() (low, high float64) {
	return (d.low - d.mu) / d.sigma, (d.high - d.mu) / d.sigma
}

// between is the probability of a standard Normal between two scores, from the
// tail in which it is exact.
func between(from, to float64) float64 {
	if from > 0 {
		return standardAbove(from) - standardAbove(to)
	}
	return standardAbove(-to) - standardAbove(-from)
}

// kept is the part of the law that the limits keep.
func (d normal) kept() float64 { return between(d.scores()) }

func (d normal) mean() float64 {
	from, to := d.scores()
	return d.mu + d.sigma*(standardDensity(from)-standardDensity(to))/between(from, to)
}

func (d normal) sd() float64 {
	from, to := d.scores()
	kept := between(from, to)
	drift := (standardDensity(from) - standardDensity(to)) / kept
	edges := (edge(from) - edge(to)) / kept
	return d.sigma * math.Sqrt(max(0, 1+edges-drift*drift))
}

// edge is z × the density at z, which is 0 at infinity.
func edge(z float64) float64 {
	if math.IsInf(z, 0) {
		return 0
	}
	return z * standardDensity(z)
}

func (d normal) quantile(u float64) float64 {
	from, to := d.scores()
	lower := standardAbove(-from) + u*between(from, to)
	upper := standardAbove(to) + (1-u)*between(from, to)
	z := 0.0
	switch {
	case lower <= upper:
		z = mathext.NormalQuantile(lower)
	default:
		z = -mathext.NormalQuantile(upper)
	}
	return max(d.low, min(d.mu+d.sigma*z, d.high))
}

func (d normal) above(x float64) float64 {
	switch {
	case x < d.low:
		return 1
	case x >= d.high:
		return 0
	}
	_, to := d.scores()
	return between((x-d.mu)/d.sigma, to) / d.kept()
}

func (d normal) below(x float64) float64 {
	switch {
	case x < d.low:
		return 0
	case x >= d.high:
		return 1
	}
	from, _ := d.scores()
	return between(from, (x-d.mu)/d.sigma) / d.kept()
}

func (d normal) density(x float64) float64 {
	if x < d.low || x > d.high {
		return 0
	}
	return standardDensity((x-d.mu)/d.sigma) / (d.sigma * d.kept())
}

func (d normal) words() string {
	text := skewed(Normal, d)
	switch low, high := !math.IsInf(d.low, 0), !math.IsInf(d.high, 0); {
	case low && high:
		return text + ", never outside " + figures(d.low) + " to " + figures(d.high)
	case low:
		return text + ", never below " + figures(d.low)
	case high:
		return text + ", never above " + figures(d.high)
	}
	return text
}

// fitNormal returns the Normal law without limits of which 5% lies beyond either
// end.
func fitNormal(mean, low, high float64) (Law, error) {
	if err := middle(Normal, mean, low, high); err != nil {
		return Law{}, err
	}
	return checked(Law{Family: Normal, A: mean, B: (high - low) / 2 / mathext.NormalQuantile((1+inRange)/2)})
}
