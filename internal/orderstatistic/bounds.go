// Package orderstatistic finds the places of a quantile, of its bounds and of the
// tail beyond it among sorted values.
package orderstatistic

import "math"

// At returns the place, counted from 0, of the quantile p among n sorted values:
// of the smallest that at least a share p of them do not exceed.
func At(n int, p float64) int { return min(max(up(float64(n)*p), 1), n) - 1 }

// Tail returns how many of n sorted values are the tail beyond the quantile p:
// round(n p) at the lower end if p is below one half and round(n (1 − p)) at the
// upper end otherwise, but at least one. So the mean of the tail is never on the
// milder side of the quantile.
func Tail(n int, p float64) int {
	return max(1, int(math.Round(float64(n)*min(p, 1-p))))
}

// up rounds up, but for what binary fractions add to a whole number: 100 × 0.07
// is 7.
func up(v float64) int {
	if whole := math.Round(v); math.Abs(v-whole) < 1e-9*max(1, whole) {
		return int(whole)
	}
	return int(math.Ceil(v))
}

// Bounds returns the places, counted from 0, of the two of n sorted values that
// bound the quantile p with about 95% confidence: n p ± 1.96 √(n p (1 − p)), the
// normal approximation to the binomial number of values below the quantile. So
// few values may have no such place: low is then below 0, or high not below n.
// (Conover, Practical Nonparametric Statistics, on confidence intervals for a
// quantile.)
func Bounds(n int, p float64) (low, high int) {
	at, margin := float64(n)*p, 1.96*math.Sqrt(float64(n)*p*(1-p))
	return int(math.Floor(at - margin)), int(math.Ceil(at + margin))
}
