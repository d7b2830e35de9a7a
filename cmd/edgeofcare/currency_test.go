package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// inDollars writes the template as a programme in Australian dollars.
func inDollars(t *testing.T) string {
	t.Helper()
	text := strings.Replace(string(scenario.Template()), "\nprice base:", "\ncurrency: A$\nprice base:", 1)
	file := filepath.Join(t.TempDir(), "dollars.yaml")
	require.NoError(t, os.WriteFile(file, []byte(strings.ReplaceAll(text, ", £:", ", A$:")), 0o600))
	return file
}

// Nothing that any command or chart writes of a programme in another currency has a
// pound sign, and everything with amounts has the sign or the code of its own.
func TestEveryOutputIsInTheProgrammesCurrency(t *testing.T) {
	file := inDollars(t)
	for _, arguments := range [][]string{
		{"validate", file},
		{"show", file},
		{"show", file, "--format", "json"},
		{"run", file},
		{"run", file, "--format", "json"},
		{"run", file, "--format", "csv"},
		{"run", file, "--prices", "cash", "--council", "Northmoor"},
		{"run", file, "--until", "A$100,000"},
		{"compare", file},
		{"compare", file, "--saves-more-than", "A$1m"},
		{"compare", file, "--detail"},
		{"compare", file, "--format", "csv"},
		{"compare", file, "--format", "json"},
		{"invest", file},
		{"invest", file, "--format", "csv"},
		{"stress", file},
		{"stress", file, "--format", "csv"},
		{"stress", file, "--grid", "referrals,cost of delivery=1", "--format", "csv"},
		{"size", file, "--format", "csv"},
		{"explain", "net public saving", file},
		{"plot", file, "waterfall", "--format", "csv"},
		{"plot", file, "saves-more-than", "--format", "svg"},
		{"plot", file, "stresses", "--format", "svg"},
	} {
		if arguments[0] != "validate" && arguments[0] != "show" && arguments[0] != "explain" {
			arguments = append(arguments, "-n", "8")
		}
		if arguments[0] == "plot" {
			arguments = append(arguments, "-o", "-")
		}
		out, errors, code := edgeofcare(t, arguments...)
		require.Zero(t, code, "%s: %s", arguments, errors)
		for _, text := range []string{out, errors} {
			require.NotContains(t, text, "£", "%s", arguments)
			require.NotContains(t, text, "GBP", "%s", arguments)
		}
		if arguments[0] != "validate" {
			require.Regexp(t, `A\$|AUD`, out, "%s", arguments)
		}
	}
}

// Two currencies are never on one axis or in one column, and an amount in another one
// is refused.
func TestCurrenciesAreNotMixed(t *testing.T) {
	file := inDollars(t)
	for _, c := range []struct {
		arguments []string
		want      string
	}{
		{[]string{"plot", file, "programmes", "-o", "-"}, "the file is in Australian dollars (A$), and the programmes of the Life Chances Fund are in pounds sterling (£)"},
		{[]string{"compare", file, "-n", "10", "--saves-more-than", "£1m"}, "an amount in pounds sterling (£) was given, and two-councils is in Australian dollars (A$): nothing is converted, so give it in that"},
		{[]string{"compare", "dn2", "-n", "10", "--saves-more-than", "$1m"}, "$ may be of several currencies, and dn2 is in pounds sterling (£): write the amount with £"},
		{[]string{"run", "dn2", "-n", "10", "--until", "A$10,000"}, "an amount in Australian dollars (A$) was given, and dn2 is in pounds sterling (£)"},
	} {
		_, errors, code := edgeofcare(t, c.arguments...)
		require.NotZero(t, code)
		require.Contains(t, errors, c.want)
	}
	out, _, code := edgeofcare(t, "benchmark", "dn2", file)
	require.Zero(t, code)
	for _, want := range []string{"dn2, £", "two-councils, A$", "£9,123,323", "A$1,900,000", "amounts of two currencies can be neither compared nor added"} {
		require.Contains(t, strings.Join(strings.Fields(out), " "), want)
	}
}
