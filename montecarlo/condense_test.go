package montecarlo

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/edgeofcare/edgeofcare/scenario"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

// A run of 5,000 replications that may keep next to nothing.
func condensing() Options {
	return Options{Seed: 11, Replications: 5000, TotalsOnly: true, MemoryLimit: 1 << 20}
}

func TestCondensedRunAgainstOneThatKeepsItsValues(t *testing.T) {
	p := funded()
	condensed, err := Run(context.Background(), asVersion(p), condensing())
	require.NoError(t, err)
	o := condensing()
	o.MemoryLimit = 0
	kept, err := Run(context.Background(), asVersion(p), o)
	require.NoError(t, err)
	require.Contains(t, kinds(condensed), fromHistograms)
	require.NotContains(t, kinds(kept), fromHistograms)
	require.Nil(t, condensed.Values(Payments))
	require.Len(t, condensed.Totals, len(kept.Totals))
	for i, want := range kept.Totals {
		got := condensed.Totals[i]
		require.Equal(t, want.Key, got.Key)
		requireNear(t, want.Mean, got.Mean, got.Key)
		requireNear(t, *want.SD, *got.SD, got.Key)
		for j, q := range want.Quantiles {
			read := got.Quantiles[j]
			require.Zero(t, q.Within)
			require.LessOrEqual(t, read.Within, max(*want.SD/50, 1e-9), got.Key)
			require.InDelta(t, q.Value, read.Value, read.Within+1e-9, got.Key)
			require.InDelta(t, *q.Low, *read.Low, max(*want.SD/50, 1e-9), got.Key)
			require.InDelta(t, *q.High, *read.High, max(*want.SD/50, 1e-9), got.Key)
			require.InDelta(t, q.Beyond, read.Beyond, max(*want.SD/20, 1e-9), got.Key)
		}
	}
	require.Equal(t, len(kept.Probabilities), len(condensed.Probabilities))
	for i, want := range kept.Probabilities {
		require.InDelta(t, want.Probability, condensed.Probabilities[i].Probability, 1e-12)
	}
	requireSameRanks(t, kept.Ranked, condensed.Ranked)
}

func requireNear(t *testing.T, want, got float64, m Key) {
	t.Helper()
	require.InDelta(t, want, got, 1e-9*max(1, math.Abs(want)), m)
}

func requireSameRanks(t *testing.T, want, got []Ranked) {
	t.Helper()
	require.NotEmpty(t, want)
	require.Len(t, got, len(want))
	for i := range want {
		require.Equal(t, want[i].Defined, got[i].Defined)
		require.Len(t, got[i].Quantiles, len(want[i].Quantiles))
		for j, q := range want[i].Quantiles {
			read := got[i].Quantiles[j]
			require.Equal(t, q.Value == nil, read.Value == nil)
			if q.Value != nil {
				require.InDelta(t, *q.Value, *read.Value, read.Within+1e-9, got[i].Key)
			}
		}
	}
}

// The same bytes for any number of workers and shards.
func TestCondensedRunIsTheSameHoweverItIsDivided(t *testing.T) {
	p := programmes.Lively()
	o := condensing()
	o.Workers = 1
	one, err := Run(context.Background(), asVersion(p), o)
	require.NoError(t, err)
	want := inJSON(t, one)
	for _, workers := range []int{2, 3, 8} {
		o.Workers = workers
		r, err := Run(context.Background(), asVersion(p), o)
		require.NoError(t, err)
		require.Equal(t, want, inJSON(t, r))
	}
	merged, err := mergeParts(asVersion(p), shards(t, p, o, 7)...)
	require.NoError(t, err)
	require.Equal(t, want, inJSON(t, merged))
}

func TestCondensedResultsAreNotPaired(t *testing.T) {
	a, b := programmes.Lively(), programmes.Lively()
	// What cannot be paired is refused before anything is run, and what fits is said.
	ran := false
	wide := condensing()
	wide.Progress = func(int, int) { ran = true }
	_, err := Compare(context.Background(), []*scenario.Version{asVersion(a), asVersion(b, "other")}, "", wide)
	require.ErrorContains(t, err, "may take 1,048,576: run at most 4,096 replications")
	require.False(t, ran)
	wide.Replications = 4096
	_, err = Compare(context.Background(), []*scenario.Version{asVersion(a), asVersion(b, "other")}, "", wide)
	require.NoError(t, err)
	r, err := Run(context.Background(), asVersion(a), condensing())
	require.NoError(t, err)
	_, err = CompareResults([]*Result{r}, "")
	require.ErrorContains(t, err, "raise Options.MemoryLimit")

	o := condensing()
	o.Keep = true
	_, err = Run(context.Background(), asVersion(a), o)
	require.ErrorContains(t, err, "leave Options.Keep out")
	_, err = Run(context.Background(), asVersion(a), Options{MemoryLimit: -1})
	require.ErrorContains(t, err, "memory limit")
}

// wasStopped before there is more than can be held, a run loses nothing.
func TestCondensedRunThatIsStopped(t *testing.T) {
	for _, at := range []int{200, 4600} {
		ctx, stop := context.WithCancel(context.Background())
		o := condensing()
		o.Replications = 100_000
		o.Progress = func(done, _ int) {
			if done >= at {
				stop()
			}
		}
		r, err := Run(ctx, asVersion(programmes.Lively()), o)
		require.ErrorIs(t, err, context.Canceled)
		require.True(t, r.Incomplete)
		require.Equal(t, at < atATime, r.Values(Payments) != nil)
		require.Equal(t, at > atATime, slices.Contains(kinds(r), fromHistograms))
	}
}

func TestHistogramHoldsWhatItSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.OneOf(rapid.Float64Range(-1e6, 1e6), rapid.Just(7.0), rapid.Float64Range(0, 1)), 1, 300).Draw(t, "values")
		framed := rapid.IntRange(1, len(values)).Draw(t, "framed")
		var h histogram
		h.frame(values[:framed])
		for _, v := range values {
			h.add(v)
		}
		slices.Sort(values)
		for rank, v := range values {
			at := h.at(rank)
			require.InDelta(t, v, at.value, at.within+1e-6)
			require.GreaterOrEqual(t, at.value, values[0]-1e-9)
			require.LessOrEqual(t, at.value, values[len(values)-1]+1e-9)
		}
		d := h.distribution([]float64{0.05, 0.5, 0.95}, true)
		require.False(t, math.IsNaN(d.Mean+d.Quantiles[0].Beyond+d.Quantiles[2].Beyond))
		for _, q := range d.Quantiles {
			require.False(t, q.BeyondStdErr != nil && math.IsNaN(*q.BeyondStdErr))
		}
		require.LessOrEqual(t, d.Quantiles[0].Beyond, d.Quantiles[0].Value+1e-9)
		require.GreaterOrEqual(t, d.Quantiles[2].Beyond, d.Quantiles[2].Value-1e-9)
	})
}
