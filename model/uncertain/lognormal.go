package uncertain

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// logNormal is the law of e^Z with Z Normal of a mean and a standard deviation.
type logNormal struct{ mu, sigma float64 }

// mostSigma is the largest standard deviation of the logarithm: at 10, the 95%
// quantile is 10¹⁴ times the 5% quantile.
const mostSigma = 10

func (d logNormal) check() error {
	switch {
	case !finite(d.mu):
		return fmt.Errorf("the logarithm of a LogNormal law has the mean %v: give a number", d.mu)
	case !(d.sigma > 0 && d.sigma <= mostSigma):
		return fmt.Errorf("the logarithm of a LogNormal law has the standard deviation %v: it must be above 0 and at most %v", d.sigma, mostSigma)
	}
	return nil
}

func (d logNormal) mean() float64 { return math.Exp(d.mu + d.sigma*d.sigma/2) }
func (d logNormal) sd() float64   { return d.mean() * math.Sqrt(math.Expm1(d.sigma*d.sigma)) }

func (d logNormal) quantile(u float64) float64 {
	return math.Exp(d.mu + d.sigma*mathext.NormalQuantile(u))
}

// score is the score of x in the standard Normal law.
func (d logNormal) score(x float64) float64 {
	if x <= 0 {
		return math.Inf(-1)
	}
	return (math.Log(x) - d.mu) / d.sigma
}

func (d logNormal) above(x float64) float64 { return standardAbove(d.score(x)) }
func (d logNormal) below(x float64) float64 { return standardAbove(-d.score(x)) }

func (d logNormal) density(x float64) float64 {
	if x <= 0 {
		return 0
	}
	return standardDensity(d.score(x)) / (x * d.sigma)
}

func (d logNormal) words() string { return skewed(LogNormal, d) }

// standardAbove is the probability that a standard Normal is above z, and
// standardAbove(-z) that it is at most z.
func standardAbove(z float64) float64 { return math.Erfc(z/math.Sqrt2) / 2 }

// standardDensity is the density of the standard Normal law.
func standardDensity(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }

// fitLogNormal searches the LogNormal laws with a mean by their spread.
func fitLogNormal(mean, low, high float64) (Law, error) {
	if err := positive(LogNormal, mean, low); err != nil {
		return Law{}, err
	}
	return curve{
		LogNormal, mean, low, high,
		func(s float64) Law {
			sigma := math.Exp(s)
			return Law{Family: LogNormal, A: math.Log(mean) - sigma*sigma/2, B: sigma}
		},
		math.Log(max(narrowest(mean, low, high)/mean, 1e-9)), math.Log(mostSigma), 0, math.Inf(1),
	}.fit()
}
