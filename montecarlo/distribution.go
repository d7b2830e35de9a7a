package montecarlo

import (
	"math"

	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
)

// distribution describes values, which it sorts; with tails if wanted.
func distribution(values, quantiles []float64, tails bool) Distribution {
	n := float64(len(values))
	var d Distribution
	d.Mean, d.SD = stat.MeanStdDev(values, nil)
	if len(values) == 1 {
		d.SD = 0
	}
	d.StdErr = d.SD / math.Sqrt(n)
	sortValues(values)
	for _, p := range quantiles {
		low, high := orderstatistic.Bounds(len(values), p)
		q := Quantile{P: p, Value: stat.Quantile(p, stat.Empirical, values, nil), Low: values[low], High: values[high]}
		if tails {
			q.Beyond, q.BeyondStdErr = beyond(values, p)
		}
		d.Quantiles = append(d.Quantiles, q)
	}
	return d
}

// beyond is the mean of sorted values from a quantile on, and its standard error:
// the variance of the tail is widened by that of the quantile itself. (Manistre
// and Hancock, "Variance of the CTE estimator", North American Actuarial
// Journal 2005; 9(2): 129-156.)
func beyond(values []float64, p float64) (mean, standardError float64) {
	at := min(int(math.Ceil(p*float64(len(values)))), len(values))
	tail, q, inside := values[max(0, at-1):], values[max(0, at-1)], p
	if p < 0.5 {
		tail, inside = values[:max(1, at)], 1-p
	}
	mean, sd := stat.MeanStdDev(tail, nil)
	if len(tail) == 1 {
		sd = 0
	}
	return mean, math.Sqrt((sd*sd + inside*(mean-q)*(mean-q)) / float64(len(tail)))
}
