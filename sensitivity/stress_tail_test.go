package sensitivity_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// inDraws are a few replications over chance and rates.
func inDraws(replications int, edits ...scenario.Edit) options {
	o := few(replications, edits...)
	o.Run.FixedRates = false
	return o
}

// The tail is worked out here from a run of its own: the 20 replications of 200 with the
// dearest residential care, in which foster care, which the file correlates with it, is
// dearer too.
func TestStressInATail(t *testing.T) {
	d, o := open(t, "dn2"), inDraws(200)
	v := o.version(t, d)
	const text = "highest tenth of unit costs.residential"
	s, err := sensitivity.Stress(context.Background(), v, []string{text, "both=highest half of unit costs.residential + lowest half of cohorts.step-down.start probability + tariffs down 10%"}, o.runs())
	require.NoError(t, err)

	r, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Seed: o.Run.Seed, Replications: 200, TotalsOnly: true, AllValues: true})
	require.NoError(t, err)
	drawn, err := r.InputValues(context.Background())
	require.NoError(t, err)
	price, family := -1, -1
	for i, u := range r.Version.Programme.Uncertain {
		switch u.Path {
		case "unit costs.residential":
			price = i
		case "unit costs.foster":
			family = i
		}
	}
	dearest := slices.Sorted(slices.Values(drawn[price]))[180]
	surplus, saved, foster, all := 0.0, 0.0, 0.0, 0.0
	values, net := r.Values(montecarlo.Surplus), r.Values(montecarlo.NetPublic)
	for i := range values {
		all += drawn[family][i] / 200
		if drawn[price][i] >= dearest {
			surplus, saved, foster = surplus+values[i]/20, saved+net[i]/20, foster+drawn[family][i]/20
		}
	}
	one := s.Stressed[0]
	assert.Equal(t, text, one.Name)
	assert.Equal(t, 20, one.Among)
	assert.InDelta(t, surplus, one.Surplus.Mean, 1e-6)
	assert.InDelta(t, saved, one.NetPublic.Mean, 1e-6)
	assert.InDelta(t, surplus-s.Unstressed.Surplus.Mean, one.SurplusChange.Mean, 1e-6)
	assert.Nil(t, one.SurplusChange.StdErr)
	assert.Greater(t, foster, all)
	assert.Contains(t, one.Note, "The 20 replications of 200 with the highest tenth of unit costs.residential. By the correlations of the file, unit costs.foster is ")
	assert.Contains(t, one.Note, " higher there on average")

	both := s.Stressed[1]
	assert.Equal(t, "{metrics.*.tariff*=0.9}", both.OnTop)
	assert.Greater(t, both.Among, 20) // about a quarter of 200, as the two go their own ways
	assert.Less(t, both.Among, 80)
}

func TestTailsThatThereAreNot(t *testing.T) {
	d, o := open(t, "dn2"), inDraws(50)
	stress := func(o options, text string) error {
		_, err := sensitivity.Stress(context.Background(), o.version(t, d), []string{text}, o.runs())
		return err
	}
	assert.ErrorContains(t, stress(o, "highest tenth of unit cost.residential"), `did you mean "unit costs.residential"?`)
	assert.ErrorContains(t, stress(o, "highest tenth of unit costs.residential"), "has 5 replications of 50, and 10 are needed")
	assert.ErrorContains(t, stress(o, "highest half of unit costs.residential + {unit costs.residential=5000}"), "is not drawn under this stress")
	assert.ErrorContains(t, stress(o, "highest tenth of alternatives.tariffs"), "alternatives.tariffs are alternatives of the file, which have no order")
	fixed := inDraws(50)
	fixed.Run.FixedRates = true
	assert.ErrorContains(t, stress(fixed, "highest half of unit costs.residential"), "nothing is drawn in this run")
	certain := inDraws(50, scenario.Set("unit costs.residential", "4000"))
	assert.ErrorContains(t, stress(certain, "highest half of unit costs.residential"), "there is no uncertain input called")
}
