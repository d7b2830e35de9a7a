package montecarlo_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// The mean over some replications is the mean of their values, an event's probability the
// share of them, and all replications give the result itself.
func TestAmong(t *testing.T) {
	r := mediumDN2(t)
	some := []int{3, 17, 17, 100, 199, 0}
	among, err := r.Among(some)
	require.NoError(t, err)
	assert.Equal(t, 5, among.Conventions.Replications)
	values := r.Values(montecarlo.Payments, "Derby")
	mean := (values[0] + values[3] + values[17] + values[100] + values[199]) / 5
	paid, err := among.Totals.Find(montecarlo.Payments, "Derby")
	require.NoError(t, err)
	assert.InDelta(t, mean, paid.Mean, 1e-6)
	short := r.Values(montecarlo.FacilityShort)
	p, err := among.Probabilities.Find(montecarlo.FacilityShort)
	require.NoError(t, err)
	assert.InDelta(t, (short[0]+short[3]+short[17]+short[100]+short[199])/5, p.Probability, 1e-12)

	var all []int
	for i := range r.Conventions.Replications {
		all = append(all, i)
	}
	whole, err := r.Among(all)
	require.NoError(t, err)
	assert.Equal(t, r.Ranked, whole.Ranked)
	for i, s := range r.Totals {
		s.Rates, s.ExactSD, s.Exact = nil, 0, false
		assert.Equal(t, s, whole.Totals[i])
	}
	assert.Equal(t, r.Probabilities, whole.Probabilities)
	_, err = whole.Reprice(context.Background(), r.Version)
	require.Error(t, err)

	for _, wrong := range [][]int{nil, {-1}, {200}} {
		_, err = r.Among(wrong)
		require.Error(t, err, wrong)
	}
	_, err = (&montecarlo.Result{}).Among([]int{0})
	require.ErrorContains(t, err, "AllValues")
}
