package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Charts of published figures are drawn without a model and take no flag of one.
func TestPlotPublished(t *testing.T) {
	if testing.Short() {
		t.Skip("draws charts")
	}
	t.Chdir(t.TempDir())
	for _, one := range publishedCharts {
		out, errors, code := edgeofcare(t, "plot", "dn2", one.name, "--published", "-o", "-")
		require.Zero(t, code, errors)
		require.Empty(t, errors, "nothing is said of inputs that are not used")
		said := regexp.MustCompile(`(?s)<desc>.*</desc>`).FindString(out)
		require.NotRegexp(t, "(?i)model|simulated|replications|seed", said)
	}
	out, errors, code := edgeofcare(t, "plot", "norfolk", "--published", "--all", "-o", "charts", "-f", "csv")
	require.Zero(t, code, errors)
	require.Contains(t, out, "achievements left out: the file has no published results of a metric\n")
	require.Contains(t, out, "3 of 4 charts drawn, 1 left out, 0 could not be drawn")
	files, err := filepath.Glob(filepath.Join("charts", "*.csv"))
	require.NoError(t, err)
	require.Len(t, files, 3)
	for line, want := range map[string]string{
		"plot dn2 tornado --published":                       "with --published draw payments, cumulative-payments, achievements or programmes, or leave out --published",
		"plot dn2 payments --published --case low":           "does not use --case",
		"plot dn2 payments --published -n 20":                "does not use --replications",
		"plot dn2 payments --published --set contract_cap=9": "does not use --set",
		"plot dn2 --published":                               "payments, cumulative-payments, achievements or programmes, or give --all",
		"plot --published":                                   "name one",
		"plot dn2 --published --all -o x --cases low":        "does not use --cases",
		"plot essex-mst programmes --published --list":       "leave out programmes",
		"plot dn2 programmes --published --prices cash":      "does not use --prices",
		"plot dn2 payments --published --investor Polar":     "does not use --investor",
	} {
		_, errors, code := edgeofcare(t, strings.Fields(line)...)
		require.Equal(t, exitUsage, code, line)
		require.Contains(t, errors, want, line)
	}
}

// A chart that takes a case or a cohort says on the chart which it was drawn of.
func TestChartsNameTheirCase(t *testing.T) {
	if testing.Short() {
		t.Skip("draws every chart")
	}
	for _, one := range charts {
		for _, flag := range []string{"--case", "--cases", "--cohort"} {
			if !slices.Contains(one.takes, flag) {
				continue
			}
			line := []string{"plot", "../../scenario/template.yaml", one.name, "-o", "-", flag, "low"}
			want := regexp.MustCompile(`(?i)\blow\b`)
			if flag == "--cohort" {
				line[len(line)-1], want = "reunification", regexp.MustCompile("(?i)reunification")
			}
			if slices.Contains(one.takes, "--replications") {
				line = append(line, "-n", "4")
			}
			out, errors, code := edgeofcare(t, line...)
			require.Zero(t, code, errors)
			// What is drawn is labelled line by line; the description alone would not show.
			drawn := strings.Join(regexp.MustCompile(`aria-label="[^"]*"`).FindAllString(out, -1), " ")
			require.Regexp(t, want, drawn, "%s %s", one.name, flag)
		}
	}
}

// With --all a flag that some charts do not use is said of these.
func TestPlotAllSaysWhatIsNotUsed(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many charts")
	}
	out, errors, code := edgeofcare(t, "plot", "testdata/plain.yaml", "--all", "-o", filepath.Join(t.TempDir(), "charts"), "-n", "4", "-f", "csv", "--case", "low", "--cohort", "step-down")
	require.Zero(t, code, errors)
	require.Contains(t, out, "--case is not used by achievements, cumulative-payments, net-saving")
	require.Contains(t, out, "--cohort is not used by achievements, payments,")
	require.NotContains(t, out, "--cases is not used")
}
