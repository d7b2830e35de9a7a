package sensitivity_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

func curve(t *testing.T, name string, values []float64, o options) *sensitivity.Curved {
	t.Helper()
	d := open(t, "dn2")
	c, err := sensitivity.Curve(context.Background(), o.version(t, d), driver(t, d, name), values, o.runs())
	require.NoError(t, err)
	return c
}

func TestCurveIsOfRuns(t *testing.T) {
	d, o := open(t, "dn2"), few(40)
	c := curve(t, "referrals", []float64{0.5, 1}, o)
	assert.Equal(t, c.Unchanged, c.Points[1])
	p := programme(t, d, o, c.Driver.Edits(0.5)...)
	r, at := run(t, p, o), c.Points[0]
	assert.InDelta(t, 0.5, at.Value, 0)
	assert.Equal(t, total(t, r, montecarlo.NetPublic), at.NetPublic)
	assert.Equal(t, total(t, r, montecarlo.FacilityNeeded), at.Capital.FacilityNeeded)
	require.Len(t, at.Commissioners, 3)
	for i, council := range p.Commissioners {
		want, _ := r.Totals.Of(montecarlo.NetSaving, council.Name)
		assert.Equal(t, want, at.Commissioners[i].NetSaving)
		chance, _ := r.Probabilities.Of(montecarlo.OwnSaves, council.Name)
		assert.Equal(t, chance, at.Commissioners[i].Saves)
	}
}

// The price in £ and the factor on it say the same.
func TestCurveOfPrice(t *testing.T) {
	o := few(20)
	price := curve(t, sensitivity.ResidentialPrice, []float64{3000, 5000}, o)
	cost := curve(t, sensitivity.ResidentialCost, []float64{0.75, 1.25}, o)
	for i := range price.Points {
		assert.Equal(t, cost.Points[i].NetPublic, price.Points[i].NetPublic)
	}
	assert.Less(t, price.Points[0].NetPublic.Mean, price.Points[1].NetPublic.Mean)
}

// The faster children would leave without the programme, the less of its success
// would have happened anyway, and the more is saved.
func TestCurveOfDeadweight(t *testing.T) {
	c := curve(t, sensitivity.WithoutProgramme, nil, few(40))
	require.Len(t, c.Points, 11)
	for i := 1; i < len(c.Points); i++ {
		before, at := c.Points[i-1], c.Points[i]
		assert.Less(t, at.Deadweight, before.Deadweight)
		assert.Greater(t, at.NetPublic.Central, before.NetPublic.Central)
		assert.Positive(t, at.Deadweight)
	}
}

// The deadweight of a programme is that of its cohorts and metrics, weighted by
// the children who start.
func TestDeadweightOfAProgramme(t *testing.T) {
	o := few(20)
	c := curve(t, "referrals", []float64{1}, o)
	r := run(t, programme(t, open(t, "dn2"), o), o)
	least, most, without, with := 1.0, 0.0, 0.0, 0.0
	for _, d := range r.Expectation.Deadweight {
		share := d.CounterfactualWeeks / d.InterventionWeeks
		least, most = min(least, share), max(most, share)
		started, ok := r.Totals.Of(montecarlo.Started, d.Cohort)
		require.True(t, ok)
		without += started.Central * d.CounterfactualWeeks
		with += started.Central * d.InterventionWeeks
	}
	require.Less(t, least, most)
	assert.InDelta(t, without/with, c.Unchanged.Deadweight, 1e-12)
	assert.Greater(t, c.Unchanged.Deadweight, least)
	assert.Less(t, c.Unchanged.Deadweight, most)
}

// 0 replications stand for 2,000.
func TestCurveOfSoManyReplications(t *testing.T) {
	d := changed(t)
	c, err := sensitivity.Curve(context.Background(), options{}.version(t, d), driver(t, d, sensitivity.ResidentialCost), []float64{1}, sensitivity.Options{})
	require.NoError(t, err)
	assert.Equal(t, 2000, c.Conventions.Replications)
}

func TestCurveWithoutDelivery(t *testing.T) {
	d := open(t, "essex-mst")
	one := driver(t, d, "placement breakdown")
	c, err := sensitivity.Curve(context.Background(), options{Run: montecarlo.Options{Replications: 20}}.version(t, d), one, []float64{1, 2}, options{Run: montecarlo.Options{Replications: 20}}.runs())
	require.NoError(t, err)
	assert.Nil(t, c.Points[0].Capital)
	assert.Greater(t, c.Points[0].NetPublic.Mean, c.Points[1].NetPublic.Mean)

	_, err = sensitivity.Curve(context.Background(), options{Run: montecarlo.Options{Replications: 20}}.version(t, d), one, []float64{1, 1000}, options{Run: montecarlo.Options{Replications: 20}}.runs())
	assert.ErrorContains(t, err, `driver "placement breakdown" at × 1000: `)
}
