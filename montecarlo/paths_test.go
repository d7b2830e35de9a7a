package montecarlo_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The quarters of every replication add up to its total, and their means are
// those of the series.
func TestPathsAddUp(t *testing.T) {
	document, err := scenario.Open("dn2")
	require.NoError(t, err)
	high, err := document.Version("high")
	require.NoError(t, err)
	r, err := montecarlo.Run(context.Background(), high, montecarlo.Options{Seed: 3, Replications: 40})
	require.NoError(t, err)

	for _, m := range [][]string{{montecarlo.Payments}, {montecarlo.PaidUnits, "M1 step-down"}} {
		paths, totals := r.Paths(m[0], m[1:]...), r.Values(m[0], m[1:]...)
		require.Len(t, paths, 40)
		series, ok := r.Quarterly.Of(m[0], m[1:]...)
		require.True(t, ok)
		means := make([]float64, len(series.By))
		for i, path := range paths {
			require.Len(t, path, len(series.By))
			sum := 0.0
			for q, v := range path {
				sum += v
				means[q] += v / 40
			}
			assert.InDelta(t, totals[i], sum, 0.001, m)
		}
		for q := range means {
			assert.InDelta(t, series.By[q].Mean, means[q], 0.001, m)
		}
	}
	assert.Nil(t, r.Paths(montecarlo.BenefitCost), "a total alone")

	surplus := r.Values(montecarlo.Surplus)
	for i, path := range r.Paths(montecarlo.Position) {
		require.Len(t, path, len(r.Days))
		assert.InDelta(t, surplus[i], path[len(path)-1], 0.001, "where the position ends")
	}

	r, err = montecarlo.Run(context.Background(), high, montecarlo.Options{Seed: 3, Replications: 4, TotalsOnly: true})
	require.NoError(t, err)
	assert.Nil(t, r.Paths(montecarlo.Payments))
	assert.Nil(t, new(montecarlo.Result).Paths(montecarlo.Payments))
}
