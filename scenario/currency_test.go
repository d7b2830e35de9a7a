package scenario_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// inCurrency is the good file with a currency, and one change.
func inCurrency(t *testing.T, currency, old, replacement string) (*scenario.Document, error) {
	t.Helper()
	text, err := os.ReadFile("testdata/good.yaml")
	require.NoError(t, err)
	require.Contains(t, string(text), old)
	file := strings.ReplaceAll(strings.Replace(string(text), old, replacement, 1), "£", "GBP ")
	if currency != "" {
		file = strings.Replace(file, "\nstart:", "\ncurrency: "+currency+"\nstart:", 1)
	}
	if strings.Contains(replacement, "£") { // which is the change
		file = strings.Replace(file, strings.ReplaceAll(replacement, "£", "GBP "), replacement, 1)
	}
	return scenario.Read("good.yaml", strings.NewReader(file))
}

func TestCurrencyOfAFile(t *testing.T) {
	for given, want := range map[string]string{"": "", "GBP": "", `"£"`: "", "AUD": "AUD", "A$": "AUD", "SEK": "SEK"} {
		d, err := inCurrency(t, given, "tariff: 401.10", "tariff: 401.10")
		if given == `"£"` {
			require.NoError(t, err)
		}
		require.NoError(t, err, given)
		v, err := d.Version("")
		require.NoError(t, err)
		require.Equal(t, want, v.Programme.Currency, given)
	}
	_, err := inCurrency(t, "dollars", "tariff: 401.10", "tariff: 401.10")
	require.ErrorContains(t, err, `currency: "dollars" is not a currency: write its code in three capital letters, such as "GBP (£)", "AUD (A$)"`)
}

// The sign of the file's own currency may stand before an amount, and no other.
func TestSignsBeforeAmounts(t *testing.T) {
	for _, c := range []struct{ currency, tariff, fault string }{
		{"", "£401.10", ""},
		{"", "GBP 401.10", ""},
		{"AUD", "A$401.10", ""},
		{"AUD", "AUD 401.10", ""},
		{"", "A$401.10", "metrics.M1.tariff: this amount is in Australian dollars (A$), and the programme is in pounds sterling (£): write what it comes to in that"},
		{"AUD", "£401.10", "metrics.M1.tariff: this amount is in pounds sterling, and the programme is in Australian dollars (A$): write"},
		{"AUD", "$401.10", `metrics.M1.tariff: "$401.10" may be in several currencies, and the programme is in Australian dollars (A$): write 401.10`},
		{"", "£401.105", "£401.105 has more than two decimals"},
		{"AUD", "401.105", "A$401.105 has more than two decimals"},
		{"AUD", "lots", `"lots" is not an amount in A$: write a plain number, such as 4000 or 401.10`},
	} {
		d, err := inCurrency(t, c.currency, "tariff: 401.10", "tariff: "+c.tariff)
		if c.fault != "" {
			require.ErrorContains(t, err, c.fault)
			continue
		}
		require.NoError(t, err, c.tariff)
		v, err := d.Version("")
		require.NoError(t, err)
		require.Equal(t, "401.1", v.Programme.Contract.Metrics[0].Tariff.Amount.String())
		// Edits keep the sign, and may have it.
		for edit, want := range map[string]string{"metrics.M1.tariff*=2": "802.2", "metrics.M1.tariff+=10": "411.1"} {
			e, err := scenario.ParseEdit(edit)
			require.NoError(t, err)
			v, err := d.Version("", e)
			require.NoError(t, err)
			require.Equal(t, want, v.Programme.Contract.Metrics[0].Tariff.Amount.String())
		}
	}
}

// A pound sign in a text of a file of another currency would be shown as that.
func TestPoundSignsInAnotherCurrency(t *testing.T) {
	_, err := inCurrency(t, "AUD", "title: ", "title: £7m and ")
	require.ErrorContains(t, err, "title: a pound sign stands in a programme that is in Australian dollars (A$): write GBP, as in GBP 4000, for an amount that really is in pounds sterling")
}

func TestCurrencyCannotBeEdited(t *testing.T) {
	d, err := inCurrency(t, "", "tariff: 401.10", "tariff: 401.10")
	require.NoError(t, err)
	e, err := scenario.ParseEdit("currency=AUD")
	require.NoError(t, err)
	_, err = d.Version("", e)
	require.ErrorContains(t, err, "a currency cannot be edited, because every amount of the file is in it")
}
