package calibrate

import (
	"context"
	"math"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Nothing that a caller can leave out or get wrong is more than an error that says
// what to do, and a backtest holds a version of its own.
func TestWrongCallsAreErrors(t *testing.T) {
	v, ctx := version(t, "dn2", "base"), context.Background()
	var none context.Context
	built := &scenario.Version{Programme: v.Programme}
	hold := func(ctx context.Context, v *scenario.Version, o Options) func() error {
		return func() error { _, err := HoldOut(ctx, v, o); return err }
	}
	one := Options{Origins: quarters(t, "Q4 2022/23"), Fit: []string{"referrals"}, FitsOnly: true, Run: montecarlo.Options{Replications: 2}}
	for name, c := range map[string]struct {
		call func() error
		says string
	}{
		"no context":             {hold(none, v, one), "context.Background()"},
		"no version":             {hold(ctx, nil, one), "Document.Version"},
		"a zero version":         {hold(ctx, &scenario.Version{}, one), "Document.Version"},
		"a zero programme":       {hold(ctx, &scenario.Version{Programme: &model.Programme{}}, one), "published"},
		"a path without a file":  {hold(ctx, built, Options{Origins: one.Origins, Fit: []string{"cohorts.*.lag"}}), "no programme file"},
		"an origin that is none": {hold(ctx, v, Options{Origins: []calendar.Quarter{0, -1, math.MaxInt32}}), "published"},
		"a fit of nothing":       {hold(ctx, v, Options{Fit: []string{""}}), "fit"},
		"a run that stops alone": {hold(ctx, v, Options{Origins: one.Origins, Fit: one.Fit, Run: montecarlo.Options{Until: &montecarlo.Until{Share: 0.1}}}), "give Run.Replications"},
		"negative replications":  {hold(ctx, v, Options{Origins: one.Origins, Fit: one.Fit, Run: montecarlo.Options{Replications: -1}}), "replications"},
	} {
		require.NotPanics(t, func() {
			err := c.call()
			require.Error(t, err, name)
			require.ErrorContains(t, err, c.says, name)
		}, name)
	}
	before := v.Programme.Fingerprint()
	b, err := HoldOut(ctx, v, one)
	require.NoError(t, err)
	b.Version.Programme.UnitCosts[0].PerWeek = decimal.New(1, 0)
	b.Version.Programme.Published.Actual = nil
	require.Equal(t, before, v.Programme.Fingerprint())
}
