package montecarlo

import (
	"math"
	"math/rand/v2"
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

// Values that differ in their last bits alone are put in order too, few of them and many.
func TestSortValuesOfNearlyOneSize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{2, 30, 3000}).Draw(t, "values")
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		values := make([]float64, n)
		for i := range values {
			values[i] = 1 + float64(random.IntN(1<<20))*0x1p-52
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
