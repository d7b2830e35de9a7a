package montecarlo

import (
	"math"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// figure draws what a replication may come to: mostly whole numbers of some size, and
// anything else there is.
func figure(size int) *rapid.Generator[float64] {
	whole := rapid.Map(rapid.IntRange(-size, size), func(n int) float64 { return float64(n) })
	edges := []float64{
		0, math.Copysign(0, -1), 0.5, math.MinInt32, math.MaxInt32, math.MinInt32 - 1, math.MaxInt32 + 1, mostSmall, 1e18, math.Inf(1), math.Inf(-1), math.NaN(),
	}
	return rapid.OneOf(whole, whole, whole, rapid.SampledFrom(edges), rapid.Float64())
}

// What is recorded is what it was, to the last bit, by value and by replication, in
// whatever order it was recorded and however much room was made later.
func TestRecordedIsWhatItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width, n := rapid.IntRange(1, 4).Draw(t, "width"), rapid.IntRange(1, 3*longest).Draw(t, "replications")
		some := rapid.Float64Range(0, 1).Draw(t, "room at first")
		all := rapid.SliceOfN(figure(1_000_000), width, width*20).Draw(t, "figures")
		value := func(i int) float64 { return all[i*7%len(all)] }
		first := max(1, int(some*float64(n)))
		r := newRecorded(width, first)
		r.makeRoom(n)
		var working sync.WaitGroup
		for from := 0; from < n; from += block {
			working.Go(func() {
				var rows []float64
				for i := from * width; i < min(from+block, n)*width; i++ {
					rows = append(rows, value(i))
				}
				r.put(from, rows)
			})
		}
		working.Wait()
		for v := range width {
			column, keys := r.of(v, make([]float64, n)), make([]int32, n)
			whole := r.whole(v, keys)
			for i, got := range column {
				require.Equal(t, math.Float64bits(value(i*width+v)), math.Float64bits(got))
				require.True(t, !whole || float64(keys[i]) == got)
			}
		}
		for i := range n {
			for v, got := range r.row(i, make([]float64, width)) {
				require.Equal(t, math.Float64bits(value(i*width+v)), math.Float64bits(got))
			}
		}
	})
}

// A place that is recorded again has nothing of what it was before.
func TestRecordedAgain(t *testing.T) {
	r := newRecorded(1, 2)
	r.put(0, []float64{1, 2})
	r.put(0, []float64{0.5, 2})
	require.Equal(t, []float64{0.5, 2}, r.of(0, make([]float64, 2)))
	r.clear()
	r.put(0, []float64{3, 4})
	require.Equal(t, []float64{3, 4}, r.of(0, make([]float64, 2)))
	require.True(t, r.whole(0, make([]int32, 2)))
}

// Distributions by digits are those of the plain rule, to the last bit.
func TestDescribingByDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.SampledFrom([]int{0, 1, 30, buckets - 1, 100_000, 50_000_000, mostSmall}).Draw(t, "size")
		column := column{Key: Key{Unit: rapid.SampledFrom([]Unit{Pounds, "weeks"}).Draw(t, "unit")}, period: quarterly}
		values := rapid.SliceOfN(rapid.IntRange(-size, size), 1, 700).Draw(t, "values")
		for range rapid.IntRange(0, 3).Draw(t, "clusters") {
			at := rapid.IntRange(0, len(values)-1).Draw(t, "from")
			for i := at; i < min(at+300, len(values)); i++ {
				values[i] = values[at]
			}
		}
		quantiles := rapid.SliceOfN(rapid.Float64Range(0.001, 0.999), 0, 6).Draw(t, "quantiles")
		r := &runner{values: newRecorded(1, len(values))}
		for i, v := range values {
			r.values.put(i, []float64{float64(v)})
		}
		require.True(t, r.values.whole(0, make([]int32, len(values))) || size > mostSmall)
		d := newDescriber(len(values), quantiles)
		for range 2 { // in the same memory
			for _, tails := range []bool{false, true} {
				require.Equal(t, distribution(r.column(column, 0, len(values)), quantiles, tails), d.describe(r, column, 0, tails))
			}
		}
	})
}
