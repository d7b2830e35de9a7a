package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// spoken splits a command line at spaces; an underscore stands for one within an
// argument.
func spoken(line string) []string {
	arguments := strings.Fields(line)
	for i, a := range arguments {
		arguments[i] = strings.ReplaceAll(a, "_", " ")
	}
	return arguments
}

func TestInvestorsCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("runs many cases")
	}
	for name, c := range map[string]struct {
		line string
		want []string
	}{
		"invest":             {"invest dn2 -n 4", []string{"low", "medium", "high", "ssumed delivery costs", "Capital requirement", "8% a", "Polaris", "Caution:", "2022/23"}},
		"invest in one":      {"invest dn2 -n 4 --cases medium", []string{"Case: medium", "Mobilisation", "Drawn from Polaris", "Cash at the end"}},
		"invest in detail":   {"invest dn2 -n 4 --detail", []string{"Case: low", "Case: high", "Paid back to Polaris"}},
		"invest with":        {"invest dn2 -n 4 --cases medium_+_flat_tariffs", []string{"medium + flat tariffs"}},
		"invest set":         {"invest dn2 -n 4 --cases low --set delivery.scale=0.9", []string{"Case: low + {delivery.scale=0.9}"}},
		"invest in markdown": {"invest dn2 -n 4 -f markdown", []string{"| --- |"}},
		"invest in csv":      {"invest dn2 -n 4 -f csv", []string{"P95 low", "internal rate of return", "cash by year,2023/24,line by year,receipts"}},
		"stress":             {"stress dn2 -n 4", []string{"Case: medium", "ssumed delivery costs", "without stress", "WORST FIRST", "all at once", "What each stress does"}},
		"stress some":        {"stress dn2 -n 4 --case low --by surplus --stress referrals_down_20%", []string{"Case: low", "SMALLEST MEAN SURPLUS", "referrals down 20%"}},
		"stress of one":      {"stress dn2 -n 4 --stress all_at_once --investor Polaris", []string{"that Polaris gets back less"}},
		"stress an edit":     {"stress dn2 -n 4 --stress all_at_once --set facility.reserve=1", []string{"Case: medium + {facility.reserve=1}"}},
		"invest with stress": {"invest dn2 -n 4 --cases medium --with delivery_cost_20%_higher", []string{"Case: medium + delivery cost 20% higher"}},
		"run with stress":    {"run dn2 -n 4 --with delivery_cost_20%_higher", []string{"delivery cost 20% higher"}},
		"size with stress":   {"size testdata/invested.yaml -n 4 --cases medium_+_referrals_down_20% -f markdown", []string{"| medium + referrals down 20% |"}},
		"why none":           {"size testdata/invested.yaml -n 4 --cases medium --set facility.draws_until=2026-06-30", []string{"none*", "nothing can be drawn after 30 June 2026"}},
		"columns":            {"invest --help", []string{"cash by year", "in is +, out is -"}},
		"stress in csv":      {"stress dn2 -n 4 --stress all_at_once -f csv", []string{"programme,case,stress", "dn2,medium,all at once"}},
		"stress a variant":   {"stress dn2 -n 4 --case medium_+_flat_tariffs --stress all_at_once", []string{"flat tariffs"}},
		"size":               {"size dn2 -n 4 --cases medium,low", []string{"Facility needed for 95% confidence", "medium", "low", "NOT RECYCLED", "by the cost of delivery", "× 1.20", "ssumed delivery costs"}},
		"size by share":      {"size testdata/invested.yaml -n 4 --cases medium --confidence 0.9", []string{"Facility needed for 90% confidence"}},
		"size in per cent":   {"size testdata/invested.yaml -n 4 --cases medium --confidence 90", []string{"Facility needed for 90% confidence"}},
		"size by name":       {"size testdata/invested.yaml -n 4 --cases medium --confidence 90%", []string{"Facility needed for 90% confidence"}},
		"size in csv":        {"size testdata/invested.yaml -n 4 --cases medium -f csv", []string{"facility_GBP", "cost_of_delivery_factor"}},
		"show":               {"show dn2", []string{"Delivery: assumed delivery costs", "Committed in all", "paid 45 days after"}},
		"run":                {"run dn2 -n 4", []string{"Life Chances Fund by financial year", "edgeofcare invest"}},
		"bids":               {"bids dn2 dn2_+_flat_tariffs -n 4 --cases medium", []string{"DELIVERY AND CAPITAL", "What differs between the offers", "metrics.M1 step-down.tariff"}},
		"help":               {"stress --help", []string{"--reverse", "--by", "Examples"}},
	} {
		t.Run(name, func(t *testing.T) {
			out, errors, code := edgeofcare(t, spoken(c.line)...)
			require.Zero(t, code, errors)
			require.Empty(t, errors)
			for _, want := range c.want {
				require.True(t, strings.Contains(out, want), want)
			}
			require.False(t, strings.Contains(out, "NaN"))
		})
	}
}

// The reverse stress has a line for each driver that can move investors' money.
func TestStressInReverse(t *testing.T) {
	if testing.Short() {
		t.Skip("runs some hundred versions")
	}
	var o, e bytes.Buffer
	code := run([]string{"stress", "testdata/invested.yaml", "--reverse", "-n", "16", "--probability", "30", "--investor", "Fir Care"},
		streams{ctx: context.Background(), out: &o, err: &e, terminal: true})
	out := o.String()
	require.Zero(t, code, e.String())
	require.Contains(t, e.String(), "A search along 10 drivers for each of 2 events: at most 710 runs, most often far fewer.")
	require.Contains(t, out, "probability of 30% that the facility is not enough")
	require.Contains(t, out, "that Fir Care loses money")
	require.Contains(t, out, sensitivity.DeliveryCost)
	require.NotContains(t, out, sensitivity.ResidentialCost)
}

// Errors, as they are read out to whoever made them.
func TestInvestorsFailures(t *testing.T) {
	if testing.Short() {
		t.Skip("runs many cases")
	}
	for name, c := range map[string]struct {
		line string
		code int
		want []string
	}{
		"no delivery terms":        {"invest suffolk", exitFailed, []string{"suffolk", "delivery", "dn2", "edgeofcare init"}},
		"nothing to stress":        {"stress suffolk", exitFailed, []string{"delivery", "dn2"}},
		"nothing to size":          {"size suffolk", exitFailed, []string{"delivery", "dn2"}},
		"unknown stress":           {"stress dn2 --stress referals_down_20%", exitFailed, []string{`did you mean "referrals down 20%"`, "without --stress"}},
		"unknown investor":         {"stress dn2 --investor Polari", exitFailed, []string{`there is no investor called "Polari": did you mean "Polaris"?`}},
		"unknown variant":          {"invest dn2 --with flat_tarifs", exitFailed, []string{"no variant, stress or structure", `did you mean "flat tariffs"`, "half the matches fail", "the nearest of 12 stresses are"}},
		"unknown with":             {"invest dn2 --with referals_down_20%", exitFailed, []string{"no variant, stress or driver", `did you mean "referrals down 20%"`, "The nearest of 39 variants are", "referrals to September 2025", "referrals down 35%"}},
		"unknown order":            {"stress dn2 --by worst", exitUsage, []string{"facility, surplus, shortfall"}},
		"unknown case":             {"size dn2 --cases mediun", exitFailed, []string{`did you mean "medium"`}},
		"one of a hundred or all":  {"size dn2 --confidence 1", exitUsage, []string{"1% or 100%"}},
		"always":                   {"size dn2 --confidence 100%", exitUsage, []string{"less than 100%"}},
		"never":                    {"size dn2 --confidence 0", exitUsage, []string{"more than 0%"}},
		"more than always":         {"size dn2 --confidence 950", exitUsage, []string{"less than 100%"}},
		"no number":                {"size dn2 --confidence high", exitUsage, []string{"95%, 95 or 0.95"}},
		"nowhere near":             {"stress dn2 --reverse --probability -1%", exitUsage, []string{"probability"}},
		"both ways round":          {"stress dn2 --reverse --stress all_at_once", exitUsage, []string{"--reverse does not use --stress"}},
		"negative delivery amount": {"invest dn2 --set delivery.scale=-1", exitProgramme, []string{"scale"}},
	} {
		t.Run(name, func(t *testing.T) {
			out, errors, code := edgeofcare(t, spoken(c.line)...)
			require.Equal(t, c.code, code, errors)
			require.Empty(t, out)
			for _, want := range c.want {
				require.Contains(t, errors, want)
			}
		})
	}
}

func TestInvestorsJSON(t *testing.T) {
	if testing.Short() {
		t.Skip("runs many cases")
	}
	out, errors, code := edgeofcare(t, "invest", "dn2", "-n", "4", "--cases", "medium", "-f", "json")
	require.Zero(t, code, errors)
	var invested montecarlo.Comparison
	require.NoError(t, json.Unmarshal([]byte(out), &invested))
	rate, ok := invested.Results[0].Ranked.Of(montecarlo.InternalRate, finance.Consortium)
	require.True(t, ok)
	require.NotEmpty(t, rate.Quantiles)
	require.NotEmpty(t, invested.Results[0].Account.Days)

	out, errors, code = edgeofcare(t, "stress", "dn2", "-n", "4", "--stress", "tariffs cut by 10%", "-f", "json")
	require.Zero(t, code, errors)
	var stressed sensitivity.Stresses
	require.NoError(t, json.Unmarshal([]byte(out), &stressed))
	require.Equal(t, "tariffs cut by 10%", stressed.Stressed[0].Name)

	out, errors, code = edgeofcare(t, "size", "dn2", "-n", "4", "--cases", "medium", "-f", "json")
	require.Zero(t, code, errors)
	var sizes sized
	require.NoError(t, json.Unmarshal([]byte(out), &sizes))
	require.True(t, sizes.Sizings[0].Recycled.Found)
	require.Len(t, sizes.Curves[0].Points, 9)
}

// Each block of CSV is rectangular and has one header.
func TestInvestorsCSV(t *testing.T) {
	if testing.Short() {
		t.Skip("runs many cases")
	}
	for _, line := range []string{"invest dn2 -n 4 -f csv", "stress dn2 -n 4 --stress all_at_once -f csv", "size dn2 -n 4 --cases low -f csv"} {
		out, errors, code := edgeofcare(t, spoken(line)...)
		require.Zero(t, code, errors)
		for block := range strings.SplitSeq(out, "\n\n") {
			rows, err := csv.NewReader(strings.NewReader(block)).ReadAll()
			require.NoError(t, err, line)
			require.Equal(t, "programme", rows[0][0])
			require.Greater(t, len(rows), 1)
		}
	}
}

// The case that is stressed is the one in the middle of those compared.
func TestMiddleCase(t *testing.T) {
	for name, want := range map[string]string{"dn2": "medium", "norfolk": "medium", "newpin": "medium"} {
		d, err := openDocument(&streams{err: io.Discard}, name)
		require.NoError(t, err)
		require.Equal(t, want, middle(d))
	}
}
