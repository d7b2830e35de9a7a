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
	p, err := document.Programme("high")
	require.NoError(t, err)
	r, err := montecarlo.Run(context.Background(), p, montecarlo.Options{Seed: 3, Replications: 40})
	require.NoError(t, err)

	for _, m := range []montecarlo.Measure{{Name: montecarlo.Payments}, {Name: montecarlo.PaidUnits, Of: "M1 step-down"}} {
		paths, totals := r.Paths(m), r.Values(m)
		require.Len(t, paths, 40)
		series, ok := r.Quarters(m.Name, m.Of)
		require.True(t, ok)
		means := make([]float64, len(series.By))
		for i, path := range paths {
			require.Len(t, path, len(series.By))
			sum := 0.0
			for q, v := range path {
				sum += v
				means[q] += v / 40
			}
			assert.InDelta(t, totals[i], sum, 0.001, m.String())
		}
		for q := range means {
			assert.InDelta(t, series.By[q].Mean, means[q], 0.001, m.String())
		}
	}
	assert.Nil(t, r.Paths(montecarlo.Measure{Name: montecarlo.BenefitCost}), "a total alone")

	surplus := r.Values(montecarlo.Measure{Name: montecarlo.Surplus})
	for i, path := range r.Paths(montecarlo.Measure{Name: montecarlo.Position}) {
		require.Len(t, path, len(r.Daily[0].Periods))
		assert.InDelta(t, surplus[i], path[len(path)-1], 0.001, "where the position ends")
	}

	r, err = montecarlo.Run(context.Background(), p, montecarlo.Options{Seed: 3, Replications: 4, TotalsOnly: true})
	require.NoError(t, err)
	assert.Nil(t, r.Paths(montecarlo.Measure{Name: montecarlo.Payments}))
	assert.Nil(t, new(montecarlo.Result).Paths(montecarlo.Measure{Name: montecarlo.Payments}))
}
