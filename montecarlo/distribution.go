package montecarlo

import (
	"math"

	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
)

// distribution describes values, which it sorts; with tails if wanted. What is described
// faster elsewhere (distribution_fast.go) must be the same.
func distribution(values, quantiles []float64, tails bool) Distribution {
	d := moments(values)
	sortValues(values)
	n := len(values)
	for _, p := range quantiles {
		q := Quantile{P: p, Value: values[orderstatistic.At(n, p)]}
		q.Low, q.High = bounds(n, p, func(rank int) float64 { return values[rank] })
		if tails {
			q.Beyond, q.BeyondStdErr = beyond(values, p)
		}
		d.Quantiles = append(d.Quantiles, q)
	}
	return d
}

// moments is a distribution with the mean and the spread alone, of values in the order
// of their replications.
func moments(values []float64) (d Distribution) {
	mean, sd := stat.MeanStdDev(values, nil)
	d.Mean = mean
	d.SD, d.StdErr = spread(sd, len(values))
	return d
}

// spread is a standard deviation and the standard error of the mean of n values;
// nil where one value alone says nothing of either.
func spread(sd float64, n int) (deviation, standardError *float64) {
	if n < 2 {
		return nil, nil
	}
	e := sd / math.Sqrt(float64(n))
	return &sd, &e
}

// bounds are the values that bound a quantile of n; nil where so few have none.
func bounds(n int, p float64, at func(rank int) float64) (low, high *float64) {
	l, h := orderstatistic.Bounds(n, p)
	if l >= 0 {
		low = bounded(at(l))
	}
	if h < n {
		high = bounded(at(h))
	}
	return low, high
}

// beyond is the mean of the tail of sorted values beyond a quantile, and its
// standard error, which a tail of one value does not have: the variance of the
// tail is widened by that of the quantile itself. (Manistre and Hancock,
// "Variance of the CTE estimator", North American Actuarial Journal 2005; 9(2):
// 129-156.)
func beyond(values []float64, p float64) (mean float64, standardError *float64) {
	n, count := len(values), orderstatistic.Tail(len(values), p)
	tail := values[n-count:]
	if p < 0.5 {
		tail = values[:count]
	}
	mean, variance := stat.MeanVariance(tail, nil)
	if count < 2 {
		return mean, nil
	}
	return mean, tailError(variance, mean-values[orderstatistic.At(n, p)], p, count)
}

// tailError is the standard error of the mean of a tail, from the variance in it
// and how far its mean is from the quantile.
func tailError(variance, fromQuantile, p float64, count int) *float64 {
	e := math.Sqrt((variance + max(p, 1-p)*fromQuantile*fromQuantile) / float64(count))
	return &e
}
