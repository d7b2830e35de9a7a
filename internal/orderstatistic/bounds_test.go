package orderstatistic

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"
)

func TestBoundsByHand(t *testing.T) {
	for _, c := range []struct {
		n         int
		p         float64
		low, high int
	}{
		{1000, 0.50, 469, 531}, // 500 ± 31.0
		{1000, 0.95, 936, 964}, // 950 ± 13.5
		{400, 0.05, 11, 29},    // 20 ± 8.5
		{10, 0.95, 8, 11},      // 9.5 ± 1.4: there is no eleventh place from 0
		{1, 0.5, -1, 2},        // 0.5 ± 0.98
	} {
		low, high := Bounds(c.n, c.p)
		require.Equal(t, []int{c.low, c.high}, []int{low, high}, "%d values, %v", c.n, c.p)
	}
}

// The confidence is what is said, by the binomial law of the number of values
// below the quantile.
func TestBoundsHaveAboutNinetyFivePerCentConfidence(t *testing.T) {
	for _, n := range []int{500, 2000, 10_000, 100_000} {
		for _, p := range []float64{0.05, 0.25, 0.5, 0.75, 0.95} {
			t.Run(fmt.Sprint(n, p), func(t *testing.T) {
				low, high := Bounds(n, p)
				below := distuv.Binomial{N: float64(n), P: p}
				// The quantile lies between the two if more than low values and at
				// most high are below it.
				confidence := below.CDF(float64(high)) - below.CDF(float64(low))
				require.Greater(t, confidence, 0.94)
				require.Less(t, confidence, 0.965)
			})
		}
	}
}

func TestPlacesAndTailsByHand(t *testing.T) {
	for _, c := range []struct {
		n        int
		p        float64
		at, tail int
	}{
		{20, 0.95, 18, 1}, // the 19th is not exceeded by 19 of 20; one is beyond it
		{40, 0.95, 37, 2},
		{100, 0.95, 94, 5},
		{100, 0.99, 98, 1},
		{20, 0.99, 19, 1}, // a fifth of one: the highest alone
		{30, 0.95, 28, 2}, // 28.5 and 1.5
		{48, 0.95, 45, 2}, // 45.6 and 2.4
		{100, 0.05, 4, 5},
		{48, 0.05, 2, 2},  // 2.4
		{100, 0.07, 6, 7}, // 100 × 0.07 is 7.000000000000001 in binary
		{1, 0.05, 0, 1},
		{1, 0.95, 0, 1},
	} {
		require.Equal(t, []int{c.at, c.tail}, []int{At(c.n, c.p), Tail(c.n, c.p)}, "%d values, %v", c.n, c.p)
	}
}

// The tail at the upper end begins at the quantile or above it, and that at the
// lower end ends there or below, so that its mean is never milder.
func TestTailIsBeyondTheQuantile(t *testing.T) {
	for n := 1; n <= 500; n++ {
		for i := 1; i < 200; i++ {
			p := float64(i) / 200
			at, tail := At(n, p), Tail(n, p)
			if p < 0.5 {
				require.LessOrEqual(t, tail-1, at, "%d values, %v", n, p)
			} else {
				require.GreaterOrEqual(t, n-tail, at, "%d values, %v", n, p)
			}
		}
	}
}
