package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// What --until takes, and what it says of everything else.
func TestUntilIsAShareOrAnAmount(t *testing.T) {
	for given, want := range map[string]howExact{"1%": {share: 0.01}, " 0.25 % ": {share: 0.0025}} {
		var e howExact
		require.NoError(t, e.UnmarshalText([]byte(given)), given)
		require.Equal(t, want, e)
	}
	for given, want := range map[string]string{"£10,000": "10000", "£10k": "10000", "£0.50": "0.5", "£1.5m": "1500000"} {
		var e howExact
		require.NoError(t, e.UnmarshalText([]byte(given)), given)
		require.Zero(t, e.share)
		require.Equal(t, want, e.amount.String())
	}
	for given, want := range map[string]string{
		"1": "write 1% or £10,000", "": "write 1% or £10,000", "10000": "write 1% or £10,000", "1e1%": "write 1% or £10,000", "NaN%": "write 1% or £10,000",
		"0%": "more than 0% and less than 100%", "100%": "more than 0% and less than 100%", "£0": "above £0", "£x": "is not an amount", "£0.001": "more than two decimals",
	} {
		var e howExact
		require.ErrorContains(t, e.UnmarshalText([]byte(given)), want, given)
	}
}

// --until is refused where it would do nothing.
func TestUntilIsRefused(t *testing.T) {
	plain := filepath.Join("testdata", "plain.yaml")
	for line, want := range map[string]string{
		"run PLAIN --until 1% --shard 1/2 -o FILE":     "--shard does not use --until",
		"run PLAIN --until 1% --council Ashby":         "--council does not use --until",
		"compare PLAIN --until 1% --council Ashby":     "--council does not use --until",
		"stress PLAIN --until 1%":                      "unknown flag --until",
		"size PLAIN --until 1%":                        "unknown flag --until",
		"backtest PLAIN --until 1%":                    "unknown flag --until",
		"show PLAIN --until 1%":                        "unknown flag --until",
		"run PLAIN --until 1p":                         "write 1% or £10,000",
		"run PLAIN --until 1% -n 1":                    "there must be at least 2",
		"compare PLAIN --until 1% --detail -n 9999999": "run at most",
	} {
		arguments := strings.Fields(strings.NewReplacer("PLAIN", plain, "FILE", filepath.Join(t.TempDir(), "part")).Replace(line))
		out, errors, code := edgeofcare(t, arguments...)
		require.NotZero(t, code, line)
		require.Empty(t, out, line)
		require.Contains(t, errors, want, line)
	}
}

// What is printed with --until is what -n prints of as many replications, and how well
// the means are known.
func TestUntilPrintsWhatAPlainRunPrints(t *testing.T) {
	file := filepath.Join(t.TempDir(), "run.json")
	unsure := filepath.Join("testdata", "unsure.yaml")
	_, errors, code := edgeofcare(t, "run", unsure, "--fixed-rates", "--until", "0.6%", "-o", file)
	require.Zero(t, code, errors)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var r montecarlo.Result
	require.NoError(t, json.Unmarshal(text, &r))
	require.True(t, r.Stopping.Reached)
	require.Greater(t, r.Conventions.Replications, 1000, "more than the first lot")
	before, _, found := strings.Cut(string(text), `"stopping"`)
	require.True(t, found)
	_, errors, code = edgeofcare(t, "run", unsure, "--fixed-rates", "-n", strconv.Itoa(r.Conventions.Replications), "-o", file)
	require.Zero(t, code, errors)
	plain, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, strings.TrimRight(before, ", \n"), strings.TrimRight(string(plain), "}\n"))
}
