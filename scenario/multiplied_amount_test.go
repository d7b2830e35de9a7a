package scenario_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// An amount that is multiplied is rounded to the penny, wherever it stands; a share
// or a rate is not.
func TestMultipliedAmountsAreInPence(t *testing.T) {
	for _, test := range []struct{ path, from, factor, want string }{
		{"metrics.M1 step-down.tariff", "295", "0.777", "229.22"}, // 229.215
		{"metrics.M1 step-down.tariff", "295", "1", "295"},
		{"unit costs.foster", "{value: 1000.01, status: published, source: S1}", "0.5", "500.01"}, // 500.005
		{"unit costs.residential.by year.2028/29", "4300", "0.33333", "1433.32"},                  // 1433.319
		{"contract cap", "1900000", "0.3333333", "633333.27"},
		{"delivery.per referral", "200.01", "0.25", "50"}, // 50.0025
		{"cohorts.step-down.cashable share", "80%", "0.33333", "26.6664%"},
		{"background.foster.reunified", "0.003", "0.33333", "0.00099999"},
		{"cohorts.step-down.referrals.children", "40", "0.33333", "13.3332"},
	} {
		t.Run(test.path, func(t *testing.T) {
			v, err := template(t).Version("", scenario.Set(test.path, test.from), times(t, test.path, test.factor))
			require.NoError(t, err)
			assert.Equal(t, test.want, input(t, v.Programme, test.path).Value, "in the register")
			assert.Equal(t, test.want, v.Changes[len(v.Changes)-1].After)
		})
	}
	// One after the other, an amount is rounded at the end.
	p := programme(t, scenario.Set("unit costs.foster", "100.01"), times(t, "unit costs.foster", "0.5"), times(t, "unit costs.foster", "2"))
	assert.Equal(t, "100.01", input(t, p, "unit costs.foster").Value)
}
