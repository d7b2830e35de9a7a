package montecarlo_test

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func mediumDN2(t *testing.T) *montecarlo.Result {
	t.Helper()
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("medium")
	require.NoError(t, err)
	r, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Seed: 1, Replications: 200, TotalsOnly: true})
	require.NoError(t, err)
	return r
}

// Of 200 values in order, the 37% quantile is the 74th and the 99% quantile the 198th. One
// that was asked for is the one in the result.
func TestQuantile(t *testing.T) {
	r := mediumDN2(t)
	paid, err := r.Totals.Find(montecarlo.Payments, "Derby")
	require.NoError(t, err)
	values := r.Values(montecarlo.Payments, "Derby")
	slices.Sort(values)
	for p, at := range map[float64]int{0.37: 74, 0.99: 198, 0.001: 1, 0.9999: 200} {
		q, err := r.Quantile(p, montecarlo.Payments, "Derby")
		require.NoError(t, err)
		assert.Equal(t, values[at-1], q.Value, p)
		assert.Equal(t, p, q.P)
	}
	q, err := r.Quantile(0.95, montecarlo.Payments, "Derby")
	require.NoError(t, err)
	assert.Contains(t, paid.Quantiles, q)

	// A figure with avoided cost has its quantiles in the wider pairing.
	saved, err := r.Totals.Find(montecarlo.NetPublic)
	require.NoError(t, err)
	q, err = r.Quantile(0.37, montecarlo.NetPublic)
	require.NoError(t, err)
	values = r.Values(montecarlo.NetPublic, "", "", saved.Pairing)
	slices.Sort(values)
	assert.Equal(t, values[73], q.Value)

	for _, p := range []float64{0, 1, -0.1, 2, math.NaN()} {
		_, err = r.Quantile(p, montecarlo.Payments)
		require.ErrorContains(t, err, "between 0 and 1")
	}
	text, err := json.Marshal(r)
	require.NoError(t, err)
	var back montecarlo.Result
	require.NoError(t, json.Unmarshal(text, &back))
	_, err = back.Quantile(0.95, montecarlo.Payments)
	require.NoError(t, err)
	_, err = back.Quantile(0.37, montecarlo.Payments)
	require.ErrorContains(t, err, "does not have the values of its replications, and its quantiles are 5%")
}

// A slip of the pen is an error that names what was meant, not a figure of nothing.
func TestFind(t *testing.T) {
	r := mediumDN2(t)
	_, err := r.Totals.Find("outcome paymnts")
	var unknown *scenario.NameError
	require.ErrorAs(t, err, &unknown)
	assert.ErrorContains(t, err, `there is no measure called "outcome paymnts": did you mean "outcome payments"?`)
	_, err = r.Totals.Find(montecarlo.Payments, "Derbi")
	assert.ErrorContains(t, err, `there is no figure called "outcome payments, Derbi": did you mean "outcome payments, Derby"?`)
	_, err = r.Probabilities.Find("net public saving above zro")
	assert.ErrorContains(t, err, `did you mean "net public saving above zero"?`)
	_, err = r.Quantile(0.5, "outcome paymnts")
	assert.ErrorContains(t, err, `did you mean "outcome payments"?`)
	one, err := r.Ranked.Find(montecarlo.InternalRate, "Polaris")
	require.NoError(t, err)
	assert.Equal(t, "Polaris", one.Of)
}

// The drawn values are those that each replication was run with: their mean is near the
// mean of the law, they lie within what it can give, and a count of shares adds up.
func TestInputValues(t *testing.T) {
	r := mediumDN2(t)
	drawn, err := r.InputValues(context.Background())
	require.NoError(t, err)
	inputs := r.Version.Programme.Uncertain
	require.Len(t, drawn, len(inputs))
	for i, input := range inputs {
		require.Len(t, drawn[i], 200, input.Path)
		mean, squares := 0.0, 0.0
		for _, x := range drawn[i] {
			mean += x / 200
		}
		for _, x := range drawn[i] {
			squares += (x - mean) * (x - mean) / 199
		}
		assert.InDelta(t, input.Law.Mean(), mean, 4*math.Sqrt(squares/200)+1e-12, input.Path)
	}
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("medium")
	require.NoError(t, err)
	fixed, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Replications: 2, FixedRates: true, TotalsOnly: true})
	require.NoError(t, err)
	drawn, err = fixed.InputValues(context.Background())
	require.NoError(t, err)
	assert.Nil(t, drawn)
}
