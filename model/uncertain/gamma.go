package uncertain

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// gamma is the Gamma law with a shape and a scale, above 0.
type gamma struct{ shape, scale float64 }

func (d gamma) check() error {
	switch {
	case !(d.shape >= leastShape && d.shape <= mostShape):
		return fmt.Errorf("the shape of a Gamma law is %v: it must lie between %v and %v", d.shape, leastShape, mostShape)
	case !(d.scale > 0) || math.IsInf(d.scale, 0):
		return fmt.Errorf("the scale of a Gamma law is %v: it must be above 0", d.scale)
	}
	return nil
}

func (d gamma) mean() float64 { return d.shape * d.scale }
func (d gamma) sd() float64   { return math.Sqrt(d.shape) * d.scale }

func (d gamma) below(x float64) float64 {
	if x <= 0 {
		return 0
	}
	lower, _, _ := incompleteGamma(d.shape, x/d.scale)
	return lower
}

func (d gamma) above(x float64) float64 {
	if x <= 0 {
		return 1
	}
	_, upper, _ := incompleteGamma(d.shape, x/d.scale)
	return upper
}

func (d gamma) density(x float64) float64 {
	switch {
	case x < 0:
		return 0
	case x == 0:
		return brink(d.shape) / d.scale
	}
	return gammaTerm(d.shape, x/d.scale) / x
}

func (d gamma) quantile(u float64) float64 { return d.scale * math.Exp(d.logQuantile(u)) }

// logQuantile is the logarithm of the quantile, in units of the scale. It may be
// that of a number too small for a float64.
func (d gamma) logQuantile(u float64) float64 {
	a := d.shape
	norm, _ := math.Lgamma(a)
	small := (math.Log(u) + math.Log(a) + norm) / a // F(x) is about x^a ÷ Γ(a+1) near 0
	if small < -50 {
		return small
	}
	lower := func(t float64) (float64, float64) {
		p, _, term := incompleteGamma(a, math.Exp(t))
		return p, term
	}
	upper := func(t float64) (float64, float64) {
		_, q, term := incompleteGamma(a, math.Exp(t))
		return q, term
	}
	if u > 0.5 {
		return inverse(upper, false, 1-u, lowest, highest, d.guess(u, small))
	}
	return inverse(lower, true, u, lowest, highest, d.guess(u, small))
}

// guess is a first guess of logQuantile: that of Wilson and Hilferty, in which the
// cube root is Normal; for a shape below 1, what holds near 0 or far out.
func (d gamma) guess(u, small float64) float64 {
	if d.shape < 1 {
		norm, _ := math.Lgamma(d.shape)
		if far := -math.Log(1-u) - norm; far > 1 {
			return math.Log(far)
		}
		return small
	}
	c := 1 / (9 * d.shape)
	if root := 1 - c + mathext.NormalQuantile(u)*math.Sqrt(c); root > 0.1 {
		return math.Log(d.shape) + 3*math.Log(root)
	}
	return small
}

func (d gamma) words() string { return skewed(Gamma, d) }

// fitGamma searches the Gamma laws with a mean by their spread: the shape falls
// from what makes them narrow to leastFitted.
func fitGamma(mean, low, high float64) (Law, error) {
	if err := positive(Gamma, mean, low); err != nil {
		return Law{}, err
	}
	relative := narrowest(mean, low, high) / mean
	return curve{
		Gamma, mean, low, high,
		func(s float64) Law {
			shape := math.Exp(-s)
			return Law{Family: Gamma, A: shape, B: mean / shape}
		},
		-math.Log(min(1/(relative*relative), mostShape/2)), -math.Log(leastFitted), 0, math.Inf(1),
	}.fit()
}

// positive returns an error unless a law that is never below 0 can have a mean
// and a low end.
func positive(f Family, mean, low float64) error {
	switch {
	case low < 0:
		return fmt.Errorf("a low end of %s: %s is never below 0, so the low end must be 0 or more", exact(low), f.a())
	case mean <= 0:
		return fmt.Errorf("a mean of %s has no %s law: it must be above 0", exact(mean), f)
	}
	return nil
}
