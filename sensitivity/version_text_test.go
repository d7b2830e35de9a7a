package sensitivity_test

import (
	"context"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// A driver with an amount in a version is the edits that the same words are in a stress,
// and the name of the version is read as the same version without them.
func TestDriversWithAmountsInVersions(t *testing.T) {
	d := open(t, "dn2")
	for text, want := range map[string]string{
		"medium":                      "medium",
		"":                            "base", // the first case of the file
		"medium + referrals down 25%": "medium + {cohorts.*.referrals.children*=0.75}",
		"+ referrals down 25%":        "base + {cohorts.*.referrals.children*=0.75}",
		"medium + referrals down 20%": "medium + referrals down 20%", // a stress of that name
		"medium + flat tariffs + tariffs down 5% + {lag=1}": "", // refused, as below
		"low + flat tariffs + claims paid 8 weeks later":    "low + flat tariffs + {delivery.claims paid after+=56 days}",
	} {
		v, err := sensitivity.Version(d, text)
		if want == "" {
			require.ErrorContains(t, err, "lag")
			continue
		}
		require.NoError(t, err, text)
		assert.Equal(t, want, v.Name())
		same, err := d.Version(want)
		require.NoError(t, err)
		assert.Equal(t, same.Programme, v.Programme, text)
	}
	v, err := sensitivity.Version(d, "medium + start delayed 6 months + referrals down 25%", scenario.Set("contract cap", "none"))
	require.NoError(t, err)
	medium, err := d.Version("medium")
	require.NoError(t, err)
	s, err := sensitivity.Stress(context.Background(), medium, []string{"start delayed 6 months + referrals down 25%"}, few(2).runs())
	require.NoError(t, err)
	assert.Equal(t, "medium + "+s.Stressed[0].OnTop+" + {contract cap=none}", v.Name())
}

// Parts are put on from left to right: a price is that of the version at hand, and a
// driver changes what stands before it, by hand.
func TestPartsAreReadFromLeftToRight(t *testing.T) {
	week := func(text string) string {
		v, err := sensitivity.Version(open(t, "dn2"), text)
		require.NoError(t, err, text)
		for _, u := range v.Programme.UnitCosts {
			if u.State == "residential" {
				return u.PerWeek.String()
			}
		}
		return ""
	}
	assert.Equal(t, "4400", week("base + price of residential care £4400 a week"))
	assert.Equal(t, "4400", week("base + {unit costs.residential=5000} + price of residential care £4,400 a week"))
	assert.Equal(t, "5000", week("base + price of residential care £4400 a week + {unit costs.residential=5000}"))
	assert.Equal(t, "5500", week("base + {unit costs.residential=5000} + cost of residential care up 10%"))

	// 90% of A$80,000 and of A$60,000, where the tiers stand before it, and else those.
	tiers := func(text string) (amounts []string) {
		d := open(t, "newpin")
		v, err := sensitivity.Version(d, text)
		require.NoError(t, err, text)
		for _, m := range v.Programme.Contract.Metrics {
			for _, tier := range m.Tariff.Tiers {
				amounts = append(amounts, tier.Amount.String())
			}
		}
		return amounts
	}
	assert.Equal(t, []string{"72000", "54000"}, tiers("base + paid by tiers + tariffs down 10%"))
	assert.Equal(t, []string{"80000", "60000"}, tiers("base + tariffs down 10% + paid by tiers"))

	// In a stress too: 0.9 × A$80,000 for each child at home in the end.
	d := open(t, "newpin")
	v, err := d.Version("base")
	require.NoError(t, err)
	s, err := sensitivity.Stress(context.Background(), v, []string{"paid by tiers", "paid by tiers + tariffs down 10%", "tariffs down 10% + paid by tiers"}, few(2).runs())
	require.NoError(t, err)
	paid := func(i int) decimal.Decimal { return decimal.NewFromFloat(s.Stressed[i].Payments.Central).Round(0) }
	assert.True(t, paid(1).Sub(paid(0).Mul(decimal.RequireFromString("0.9"))).Abs().LessThan(decimal.NewFromInt(2)), "%s and %s", paid(0), paid(1))
	assert.Equal(t, paid(0), paid(2))
}

// What is no version says what to write.
func TestVersionsThatCannotBeRead(t *testing.T) {
	d := open(t, "dn2")
	for text, want := range map[string]string{
		"medum + referrals down 25%":                            `there is no case called "medum": did you mean "medium"?`,
		"medium + referals down 25%":                            `there is no variant, stress or driver called "referals down 25%": did you mean "referrals down 20%"?`,
		"medium + referrals":                                    `version "referrals": "referrals" is a driver and needs an amount in its unit: write "referrals down 10%"`,
		"medium + flat tarifs":                                  `there is no variant, stress or structure called "flat tarifs": did you mean "flat tariffs"?`,
		"medium + highest tenth of unit costs.residential":      "give it to stress --stress",
		"medium + price of residential care A$4,400 a week":     "the amount is in AUD and the programme in GBP",
		"medium + {cohorts.nobody.lag+=1 week} + tariffs up 1%": "nobody",
	} {
		_, err := sensitivity.Version(d, text)
		assert.ErrorContains(t, err, want, text)
	}
}
