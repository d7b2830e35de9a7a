package montecarlo

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

func TestX(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	var edits []scenario.Edit
	for _, e := range []string{
		"cohorts.step-down.failure.hazard={value: 0.0093, range: 0.006 to 0.013}",
		"cohorts.step-down.failure.to={residential: 14 of 20, foster: 6 of 20}",
		"cohorts.*.cashable share={value: 40%, range: 20 to 60%}",
		"cohorts.*.start probability=12 of 20",
		"background.edge of care.foster={value: 0.0048, range: 0.002 to 0.009}",
		"unit costs.residential={value: 4000, range: 3500 to 4600}",
		"cohorts.foster stability.background.foster.residential={value: 0.01, range: 0.005 to 0.02}",
	} {
		one, err := scenario.ParseEdit(e)
		require.NoError(t, err)
		edits = append(edits, one)
	}
	v, err := d.Version("base", edits...)
	require.NoError(t, err)
	for _, fixed := range []bool{true, false} {
		begin := time.Now()
		r, err := Run(context.Background(), v, Options{Replications: 2000, TotalsOnly: true, FixedRates: fixed})
		require.NoError(t, err)
		t.Log(time.Since(begin), r.Conventions.Uncertainty)
		for _, m := range []string{Payments, NetPublic, NetCashable, BenefitCost} {
			s, ok := r.Totals.Of(m)
			require.True(t, ok)
			t.Log(m, s.Central, s.Mean, *s.SD, s.Quantiles[0].Value, s.Quantiles[4].Value)
			if s.Rates != nil {
				t.Log(s.Rates.Share, s.Rates.StdErr, s.Rates.Exact, s.Rates.Chance[0].Value, s.Rates.Chance[4].Value)
			}
		}
	}
}
