package montecarlo

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/uncertain"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// An edit that makes an input certain changes no draw of those that go together with it,
// whichever of them comes first in the file, by itself or in a chain, and whether it is a
// value, a factor of several or two of three.
func TestAnInputMadeCertainChangesNoOtherDraw(t *testing.T) {
	drawsOf := func(v *scenario.Version, lead ...model.Path) map[model.Path][]float64 {
		drawer, err := v.Drawer()
		require.NoError(t, err)
		var common *Common
		if len(lead) > 0 {
			common = &Common{Seed: 5, Inputs: lead}
			require.NoError(t, drawer.Lead(lead))
		}
		d := newDrawing(drawer, 9, common, v.Programme)
		all := map[model.Path][]float64{}
		for replication := range 20 {
			values, err := d.clone().values(replication)
			require.NoError(t, err)
			for i, u := range drawer.Inputs() {
				all[u.Path] = append(all[u.Path], values[i])
			}
		}
		return all
	}
	pairs := 0
	for _, name := range []string{"dn2", "dn2-2018", "cheshire-west", "birmingham-step-down"} {
		document, err := scenario.Open(name)
		require.NoError(t, err)
		whole, err := document.Version("")
		require.NoError(t, err)
		before := drawsOf(whole)
		for _, c := range whole.Programme.Correlations {
			for i, path := range c.Inputs {
				value, ok := someValue(whole, path)
				if !ok {
					continue
				}
				edit, err := scenario.ParseEdit(string(path) + "=" + value)
				require.NoError(t, err)
				certain, err := whole.With("", edit)
				require.NoError(t, err, path)
				after := drawsOf(certain)
				require.NotContains(t, after, path)
				require.Contains(t, after, c.Inputs[1-i])
				require.Len(t, after, len(before)-1)
				for other, values := range after {
					require.Equal(t, before[other], values, "%s: %s is certain, and %s is drawn otherwise", name, path, other)
				}
				pairs++
			}
		}
	}
	require.Greater(t, pairs, 15)

	// Two of three, and one of those that a portfolio has in common.
	document, err := scenario.Open("cheshire-west")
	require.NoError(t, err)
	whole, err := document.Version("")
	require.NoError(t, err)
	two, err := whole.With("{unit costs.residential=5000} + {unit costs.foster=900}")
	require.NoError(t, err)
	const planned, foster = "unit costs.foster, planned", "unit costs.foster"
	assert.Equal(t, drawsOf(whole)[planned], drawsOf(two)[planned])
	assert.Equal(t, drawsOf(whole, foster)[planned], drawsOf(two, foster)[planned])
	assert.NotEqual(t, drawsOf(whole)[planned], drawsOf(two, foster)[planned])

	// All that go together are certain: nothing of it is left.
	all, err := two.With("{unit costs.foster, planned=900}")
	require.NoError(t, err)
	assert.Empty(t, all.Programme.MadeCertain)
}

// someValue is a value that an input can be set to; false for one of several shares that
// add up to 1.
func someValue(v *scenario.Version, path model.Path) (string, bool) {
	for _, u := range v.Programme.Uncertain {
		switch {
		case u.Path != path:
		case u.Shares != "":
			return "", false
		case len(u.Multiplies) > 0:
			return "1", true
		case u.Law.Family == uncertain.Beta:
			return "50%", true
		case u.Law.Family == uncertain.LogNormal:
			return "0.003", true
		default:
			return "1234", true
		}
	}
	return "", false
}

// What an edit has made certain is no uncertain input: it is not counted, and no mean is
// known better through it.
func TestAnInputMadeCertainIsNotUncertain(t *testing.T) {
	document, err := scenario.Open("dn2")
	require.NoError(t, err)
	whole, err := document.Version("")
	require.NoError(t, err)
	certain, err := whole.With("{unit costs.residential=4100}")
	require.NoError(t, err)
	r, err := Run(t.Context(), certain, Options{Seed: 1, Replications: 1000, TotalsOnly: true, Until: &Until{Share: 1e-6, Measures: []string{NetPublic}}})
	require.NoError(t, err)
	require.Equal(t, len(whole.Programme.Uncertain)-1, r.Conventions.Uncertain)
	values, err := r.InputValues(t.Context())
	require.NoError(t, err)
	require.Len(t, values, len(certain.Programme.Uncertain))
}
