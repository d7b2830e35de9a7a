package montecarlo

import (
	"cmp"
	"context"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/finance"
)

// In the low case more than 60% of replications get back less than was paid in, so
// that fewer than 40% of rates may be above 0%. Having a rate goes with doing well: a
// fifth have none, and more than nine in ten of those lose money.
func TestRatesOfReturnAreOverAllReplications(t *testing.T) {
	quantiles := []float64{0.05, 0.10, 0.20, 0.50, 0.58, 0.60, 0.62, 0.63, 0.95}
	r, err := Run(context.Background(), twoCouncils(t, "low"), Options{Seed: 1, Replications: 4000, TotalsOnly: true, Quantiles: quantiles})
	require.NoError(t, err)
	rates, ok := r.Ranked.Of(InternalRate, finance.Consortium)
	require.True(t, ok)
	// The same by counting: whoever gets back less than was paid in has lost.
	in, out, rate := r.Values(PaidIn, finance.Consortium), r.Values(Received, finance.Consortium), r.Values(InternalRate, finance.Consortium)
	lose, without, loseWithout := 0, 0, 0
	for i := range rate {
		if math.IsInf(rate[i], -1) || math.IsNaN(rate[i]) {
			without++
		}
		if out[i] < in[i]-0.005 {
			lose++
			if math.IsInf(rate[i], -1) {
				loseWithout++
			}
		}
	}
	require.Greater(t, lose, 2400)
	require.InDelta(t, 800, without, 100)
	require.Greater(t, float64(loseWithout)/float64(without), 0.9)
	require.Less(t, loseWithout, without, "some gain without a rate")
	require.InDelta(t, 1-float64(without)/4000, rates.Defined, 1e-12)
	require.InDelta(t, float64(loseWithout)/4000, rates.Lost, 1e-12)
	for _, q := range rates.Quantiles {
		switch {
		case q.P <= float64(loseWithout)/4000:
			require.True(t, q.Lost, "a replication without a rate that loses is below every rate: %v", q.P)
			require.Nil(t, q.Value)
		case q.P <= float64(lose)/4000:
			require.Negative(t, *q.Value, q.P)
		default:
			require.Positive(t, *q.Value, q.P)
		}
	}
}

// inOrder compares figures that may be without bound or not defined: lost, figures,
// undefined, without bound.
func inOrder(a, b float64) int {
	class := func(v float64) int {
		switch {
		case math.IsInf(v, 1):
			return 2
		case math.IsNaN(v):
			return 1
		}
		return 0
	}
	if c := cmp.Compare(class(a), class(b)); c != 0 || class(a) > 0 {
		return c
	}
	return cmp.Compare(a, b)
}

// Ranked figures are sorted as comparing sorts them.
func TestSortRanked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOf(rapid.OneOf(rapid.Float64Range(-1, 1), rapid.Just(lost), rapid.Just(undefined), rapid.Just(math.Inf(1)))).Draw(t, "values")
		want := slices.Clone(values)
		slices.SortStableFunc(want, inOrder)
		sortRanked(values)
		for i, v := range values {
			require.True(t, v == want[i] || math.IsNaN(v) && math.IsNaN(want[i]), "%v, not %v", values, want)
		}
	})
}

// Histograms give the order that values give, with whatever is no figure.
func TestRanksAreTheSameFromHistograms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.OneOf(
			rapid.Float64Range(-1, 1), rapid.Just(lost), rapid.Just(undefined), rapid.Just(math.Inf(1)), rapid.Just(-1.0),
		), 1, 200).Draw(t, "values")
		var h histogram
		h.frame(values)
		for _, v := range values {
			h.add(v)
		}
		slices.SortFunc(values, inOrder)
		for rank, v := range values {
			at := h.at(rank)
			switch {
			case math.IsNaN(v):
				require.True(t, math.IsNaN(at.value))
			case math.IsInf(v, 0):
				require.Equal(t, v, at.value)
			default:
				require.InDelta(t, v, at.value, at.within+1e-6)
			}
		}
	})
}
