package montecarlo

import (
	"context"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// twoCouncils is a case of the programme in testdata.
func twoCouncils(t testing.TB, name string) *scenario.Version {
	t.Helper()
	const path = "testdata/two-councils.yaml"
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	d, err := scenario.Read(path, f)
	require.NoError(t, err)
	v, err := d.Version(name)
	require.NoError(t, err)
	return v
}

// The mean of the worst 5% of n replications is the mean of round(n/20) of them,
// at the upper end as at the lower.
func TestMeanOfATailTakesItsReplicationsAlone(t *testing.T) {
	for _, c := range []struct {
		n, p5, top1 int
	}{
		{20, 1, 1}, // the highest alone
		{40, 2, 1},
		{100, 5, 1},
		{250, 13, 3}, // 12.5 and 2.5
	} {
		r, err := Run(context.Background(), twoCouncils(t, "medium"), Options{Seed: 1, Replications: c.n, TotalsOnly: true, Quantiles: []float64{0.05, 0.95, 0.99}})
		require.NoError(t, err)
		s, _ := r.Totals.Of(Avoided)
		all := slices.Sorted(slices.Values(r.Values(Avoided)))
		require.InDelta(t, stat.Mean(all[:c.p5], nil), s.Quantiles[0].Beyond, 0.01)
		require.InDelta(t, stat.Mean(all[c.n-c.p5:], nil), s.Quantiles[1].Beyond, 0.01)
		require.InDelta(t, stat.Mean(all[c.n-c.top1:], nil), s.Quantiles[2].Beyond, 0.01)
		require.Equal(t, c.p5 == 1, s.Quantiles[1].BeyondStdErr == nil, "one replication has no error")
	}
}

// No quantile is worse than the mean of the tail beyond it: with values kept, with
// histograms, with ties and with tails that nest.
func TestTailIsWorseThanItsQuantile(t *testing.T) {
	quantiles := []float64{0.01, 0.05, 0.5, 0.95, 0.99}
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.OneOf(rapid.Float64Range(-1e6, 1e6), rapid.Just(7.0), rapid.Float64Range(0, 1)), 1, 300).Draw(t, "values")
		var h histogram
		h.frame(values)
		for _, v := range values {
			h.add(v)
		}
		binned := h.distribution(quantiles, true)
		for _, d := range []Distribution{binned, distribution(values, quantiles, true)} {
			for i, q := range d.Quantiles {
				if q.P < 0.5 {
					require.LessOrEqual(t, q.Beyond, q.Value+1e-6)
				} else {
					require.GreaterOrEqual(t, q.Beyond, q.Value-1e-6)
				}
				if i > 0 && q.P >= 0.5 && d.Quantiles[i-1].P >= 0.5 {
					require.GreaterOrEqual(t, q.Beyond, d.Quantiles[i-1].Beyond-1e-6)
				}
			}
		}
	})
}

// One replication says nothing of any error.
func TestOneReplicationHasNoErrors(t *testing.T) {
	r, err := Run(context.Background(), twoCouncils(t, "medium"), Options{Seed: 1, Replications: 1})
	require.NoError(t, err)
	for _, s := range r.Totals {
		require.Nil(t, s.SD, s.Key)
		require.Nil(t, s.StdErr, s.Key)
		for _, q := range s.Quantiles {
			require.False(t, q.Low != nil && q.High != nil, "one value is no range")
			require.Nil(t, q.BeyondStdErr)
		}
	}
	for _, p := range r.Probabilities {
		require.Nil(t, p.StdErr, p.Key)
		require.Equal(t, 1, p.Replications)
	}
	require.Zero(t, r.Check.Compared, "there is no error to compare a difference with")
	paid, _ := r.Totals.Of(Avoided)
	require.Greater(t, paid.Central-paid.Mean, 50_000.0, "the exact mean is elsewhere")
}
