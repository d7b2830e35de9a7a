package information

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// A payoff that is a mean over a few simulated lives has noise, and the best of several
// noisy payoffs looks better than it is. A regression averages noise away, but chances,
// losses and perfect information look at single draws. For these the payoffs of an
// option are first brought to the spread that they have without noise: what a
// regression on all inputs explains stays, and the rest is drawn in so that its variance
// is less by that of the noise. (Louis, "Estimating a population of parameter values
// using Bayes and empirical Bayes methods", Journal of the American Statistical
// Association 1984;79:393-398.)

// withoutNoise returns the payoffs brought to the spread that they have without noise,
// and the largest share of noise in the variance of an option.
func (d Decision) withoutNoise() (known [][]float64, share float64) {
	if d.Variances == nil {
		return d.Payoffs, 0
	}
	var x *design
	if len(d.Inputs) > 0 {
		x = newDesign(d.Inputs, len(d.Payoffs[0]))
	}
	for k, payoffs := range d.Payoffs {
		noise := stat.Mean(d.Variances[k], nil)
		spread := stat.Variance(payoffs, nil)
		if noise == 0 || spread == 0 {
			known = append(known, payoffs)
			continue
		}
		share = max(share, min(1, noise/spread))
		known = append(known, drawnIn(payoffs, d.Variances[k], x))
	}
	return known, share
}

// drawnIn returns payoffs whose residuals have the variance that is not noise.
func drawnIn(payoffs, variances []float64, x *design) []float64 {
	n, terms := len(payoffs), 0
	fitted := make([]float64, n)
	if x == nil {
		mean := stat.Mean(payoffs, nil)
		for i := range fitted {
			fitted[i] = mean
		}
	} else {
		fitted, terms = x.fit([][]float64{payoffs})[0], x.terms
	}
	unexplained, noise := 0.0, 0.0
	for i, y := range payoffs {
		unexplained += (y - fitted[i]) * (y - fitted[i]) / float64(n-1-terms)
		noise += variances[i] / float64(n)
	}
	left := max(0, unexplained-noise)
	known := make([]float64, n)
	for i, y := range payoffs {
		known[i] = fitted[i]
		if total := left + variances[i]; total > 0 {
			known[i] += math.Sqrt(left/total) * (y - fitted[i])
		}
	}
	return known
}
