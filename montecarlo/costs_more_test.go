package montecarlo

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// A cohort that is expected to cost more: the extra cost is cash in full, with a
// warning that names it. In the START trial most children are still at home without
// the programme, so that DN2's support at home costs more than it avoids.
func TestBlackBoxExtraCostIsCashInFull(t *testing.T) {
	const cohort = "edge of care"
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("medium + edge of care counterfactual as in START")
	require.NoError(t, err)
	r, err := Run(context.Background(), v, Options{Seed: 11, Replications: few, FixedRates: true})
	require.NoError(t, err)

	// By hand from what is avoided: medium has cashable shares of 80%, 10% and 60%,
	// and the fourth cohort's extra cost counts whole. The parts are rounded to the
	// penny.
	shares := map[string]float64{"step-down": 0.8, "foster stability": 0.1, "reunification": 0.6, cohort: 1}
	net := 0.0
	for name, share := range shares {
		avoided, cash := summary(t, r, Avoided, name), summary(t, r, Cashable, name)
		require.InDelta(t, share*avoided.Central, cash.Central, 1, name)
		net += share * avoided.Central
		inEach := values(t, r, Avoided, name)
		for i, cash := range values(t, r, Cashable, name) {
			require.InDelta(t, share*inEach[i], cash, 1, name)
		}
	}
	net -= summary(t, r, Payments).Central
	require.InDelta(t, net, summary(t, r, NetCashable).Central, 2)
	require.InDelta(t, -640_000, net, 5_000)
	years := 0.0
	for _, b := range r.Budgets {
		for _, y := range b.Years {
			years += y.Cashable.InexactFloat64()
		}
	}
	require.InDelta(t, summary(t, r, Cashable).Central, years, 0.01, "budgets have it too")

	extra := -summary(t, r, Avoided, cohort).Central
	var said []string
	for _, w := range r.Warnings {
		if w.Kind == harm {
			said = append(said, w.Text)
		}
	}
	require.Len(t, said, 1)
	for _, what := range []string{`"edge of care"`, words.Pounds(extra), words.Pounds(0.1 * extra), "10%"} {
		require.Contains(t, said[0], what)
	}
}

// With other prices it is another version: where the same lives are expected to
// avoid cost, the stated share applies to them again.
func TestExtraCostIsToldForEachVersion(t *testing.T) {
	p := programmes.Lively()
	dear := programmes.Lively()
	name := p.Cohorts[0].Name
	dear.UnitCosts = append(dear.UnitCosts, contract.UnitCost{State: p.Cohorts[0].PlannedState, PerWeek: programmes.Pounds("9000")})
	kept := result(t, p, func(o *Options) { o.Keep = true })
	require.Positive(t, summary(t, kept, Avoided, name).Central)
	require.Less(t, summary(t, kept, Cashable, name).Central, summary(t, kept, Avoided, name).Central)
	again, err := kept.Reprice(context.Background(), asVersion(dear))
	require.NoError(t, err)
	require.Negative(t, summary(t, again, Avoided, name).Central)
	require.Equal(t, values(t, again, Avoided, name), values(t, again, Cashable, name))
	require.Contains(t, kinds(again), harm)
	require.NotContains(t, kinds(kept), harm)
}
