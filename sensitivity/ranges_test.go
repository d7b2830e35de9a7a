package sensitivity_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Where inputs are uncertain, every run of a call draws them, the same in each: a
// stress that changes nothing but money has the same children, and a facility of
// another size the same need.
func TestRunsOverRates(t *testing.T) {
	d, err := scenario.Read("template.yaml", bytes.NewReader(scenario.Template()))
	require.NoError(t, err)
	v, err := d.Version("medium", scenario.Set("facility.preferred return", "0% nominal"), scenario.Set("facility.interest", "0%"))
	require.NoError(t, err)
	ctx, runs := context.Background(), montecarlo.Options{Seed: 1, Replications: 40}
	single, err := montecarlo.Run(ctx, v, runs)
	require.NoError(t, err)
	paid, _ := single.Totals.Of(montecarlo.Payments)
	require.Equal(t, 4, single.Conventions.Uncertain)

	s, err := sensitivity.Stress(ctx, v, []string{"delivery cost 20% higher", "referrals down 20%"}, sensitivity.Options{Run: runs})
	require.NoError(t, err)
	assert.Equal(t, 4, s.Conventions.Uncertain)
	assert.InDelta(t, paid.Mean, s.Unstressed.Payments.Mean, 1e-6)
	assert.InDelta(t, paid.Mean, s.Stressed[0].Payments.Mean, 1e-6)
	assert.Less(t, s.Stressed[1].Payments.Mean, paid.Mean)

	// A driver of a range scales value and ends, so that at its neutral value it is
	// what the file has.
	drivers := sensitivity.Drivers(d)
	failure := drivers[slices.IndexFunc(drivers, func(one sensitivity.Driver) bool { return one.Name == "placement breakdown" })]
	curve, err := sensitivity.Curve(ctx, v, failure, []float64{1, 2}, sensitivity.Options{Run: runs})
	require.NoError(t, err)
	assert.InDelta(t, paid.Mean, curve.Points[0].Payments.Mean, 0.5)
	assert.Less(t, curve.Points[1].Payments.Mean, paid.Mean)

	size, err := sensitivity.Size(ctx, v, 0.9, runs)
	require.NoError(t, err)
	assert.Equal(t, 4, size.Conventions.Uncertain)
	assert.True(t, size.Recycled.Found)
	assert.InDelta(t, 4, 40*size.Recycled.Short.Probability, 1e-9)
	assert.InDelta(t, 5, 40*size.Recycled.PoundLess.Probability, 1e-9)

	// A driver of an input that was counted changes its law, and is run anew.
	start := drivers[slices.IndexFunc(drivers, func(one sensitivity.Driver) bool { return one.Name == "start probability" })]
	_, err = sensitivity.Reverse(ctx, v, []sensitivity.Driver{start}, montecarlo.FacilityShort, 0.5, sensitivity.Options{Run: montecarlo.Options{Seed: 1, Replications: 10}})
	require.NoError(t, err)

	runs.FixedRates = true
	s, err = sensitivity.Stress(ctx, v, []string{"referrals down 20%"}, sensitivity.Options{Run: runs})
	require.NoError(t, err)
	assert.Zero(t, s.Conventions.Uncertain)
}
