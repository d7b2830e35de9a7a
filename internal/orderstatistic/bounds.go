// Package orderstatistic finds the places of a quantile's bounds among sorted
// values.
package orderstatistic

import "math"

// Bounds returns the places, counted from 0, of the two of n sorted values that
// bound the quantile p with about 95% confidence: n p ± 1.96 √(n p (1 − p)), the
// normal approximation to the binomial number of values below the quantile.
// (Conover, Practical Nonparametric Statistics, on confidence intervals for a
// quantile.)
func Bounds(n int, p float64) (low, high int) {
	at, margin := float64(n)*p, 1.96*math.Sqrt(float64(n)*p*(1-p))
	return max(0, int(math.Floor(at-margin))), min(n-1, int(math.Ceil(at+margin)))
}
