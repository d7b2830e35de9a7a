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
		{10, 0.95, 8, 9},       // 9.5 ± 1.4, and there is no tenth place from 0
		{1, 0.5, 0, 0},
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
