package scenario_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// An edit from a number is the edit that a person would write.
func TestEditsFromFloats(t *testing.T) {
	for want, edit := range map[string]scenario.Edit{
		"unit costs.foster=950":     scenario.SetFloat("unit costs.foster", 950),
		"cohorts.a.share=0.3":       scenario.SetFloat("cohorts.a.share", 0.1+0.2), // 0.30000000000000004
		"contract cap*=0.9":         scenario.TimesFloat("contract cap", 0.9),
		"contract cap*=1.333333333": scenario.TimesFloat("contract cap", 4.0/3),
		"background.a.b=0.0000125":  scenario.SetFloat("background.a.b", 1.25e-5),
		"contract cap=-12":          scenario.SetFloat("contract cap", -12),
		"contract cap=1000000":      scenario.SetFloat("contract cap", 1e6),
	} {
		assert.Equal(t, want, edit.String())
		again, err := scenario.ParseEdit(want)
		require.NoError(t, err)
		assert.Equal(t, again.String(), edit.String())
	}
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("medium", scenario.SetFloat("unit costs.residential", 5200), scenario.TimesFloat("unit costs.residential", 1.1))
	require.NoError(t, err)
	for _, u := range v.Programme.UnitCosts {
		if u.State == "residential" {
			assert.Equal(t, "5720", u.PerWeek.String()) // 5200 × 1.1
		}
	}
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300, 1e-12} {
		for _, edit := range []scenario.Edit{scenario.SetFloat("contract cap", x), scenario.TimesFloat("contract cap", x)} {
			_, err := d.Version("medium", edit)
			require.Error(t, err, x)
			require.Len(t, scenario.Faults(err), 1, x)
		}
	}
}
