package information

import "math"

// blocks is how many blocks of draws a jackknife leaves out one at a time.
const blocks = 20

// blockOf is the block of a draw.
func blockOf(i, n int) int { return i * blocks / n }

// jackknife is the standard error of an estimate from what it is without each block:
// Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 11.
func jackknife(without []float64) float64 {
	n := float64(len(without))
	mean := 0.0
	for _, v := range without {
		mean += v / n
	}
	sum := 0.0
	for _, v := range without {
		sum += (v - mean) * (v - mean)
	}
	return math.Sqrt((n - 1) / n * sum)
}
