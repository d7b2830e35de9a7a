package montecarlo

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestSortValuesAsComparingDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		edges := []float64{0, -1, 1, math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, math.Inf(1), math.Inf(-1)}
		values := rapid.SliceOf(rapid.OneOf(rapid.Float64(), rapid.SampledFrom(edges))).Draw(t, "values")
		for i := range values {
			values[i] += 0 // no negative zero
		}
		want := slices.Clone(values)
		slices.Sort(want)
		sortValues(values)
		require.Equal(t, want, values)
	})
}

func TestSortValuesHasNoNegativeZero(t *testing.T) {
	values := []float64{2, math.Copysign(0, -1), -2}
	sortValues(values)
	require.Equal(t, []float64{-2, 0, 2}, values)
	require.False(t, math.Signbit(values[1]))
}
