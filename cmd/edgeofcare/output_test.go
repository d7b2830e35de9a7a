package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// printing are command lines of every command that prints tables.
var printing = []string{
	"compare PLAIN -n 5", "run PLAIN -n 5", "invest INVESTED -n 5 --cases low", "stress INVESTED -n 5 --stress all_at_once", "size INVESTED -n 5 --cases low",
	"backtest PLAIN -n 5", "reforecast UNSURE --set cohorts.step-down.lag=4_weeks --actuals testdata/invented-claims.csv --draws 20", "bids PLAIN PLAIN_+_dearer_homes -n 5", "benchmark PLAIN", "explain", "explain net_saving PLAIN", "show PLAIN", "list",
	"indigo testdata/export",
	"calibrate testdata/spells.csv", "forecast RETURNS -n 5",
}

// A file has what would have been printed, in the format of its extension; a CSV
// file begins with the mark by which Excel knows UTF-8, and what is printed does
// not.
func TestTablesGoToTheFileThatIsNamed(t *testing.T) {
	folder := t.TempDir()
	for i, line := range printing {
		extension := []string{".csv", ".md", ".csv", ".json", ".csv", ".txt"}[i%6]
		t.Run(line+extension, func(t *testing.T) {
			arguments := goldenFile{line: line}.asLine()
			format := map[string]string{".csv": "csv", ".md": "markdown", ".json": "json", ".txt": "table"}[extension]
			printed, errors, code := edgeofcare(t, append(arguments, "--format", format)...)
			require.Zero(t, code, errors)
			require.False(t, strings.HasPrefix(printed, byteOrderMark))
			place := filepath.Join(folder, "tables"+extension)
			out, errors, code := edgeofcare(t, append(arguments, "-o", place)...)
			require.Zero(t, code, errors)
			require.Equal(t, place+" written\n", out)
			text, err := os.ReadFile(place)
			require.NoError(t, err)
			if extension == ".csv" {
				rest, marked := strings.CutPrefix(string(text), byteOrderMark)
				require.True(t, marked)
				text = []byte(rest)
			}
			require.Equal(t, printed, string(text))
		})
	}
}

// Charts whose figures are saved as CSV have the mark as well.
func TestFiguresOfAChartOpenInExcel(t *testing.T) {
	place := filepath.Join(t.TempDir(), "payments.csv")
	line := goldenFile{line: "plot PLAIN payments -n 5"}.asLine()
	_, errors, code := edgeofcare(t, append(line, "-o", place)...)
	require.Zero(t, code, errors)
	text, err := os.ReadFile(place)
	require.NoError(t, err)
	printed, _, _ := edgeofcare(t, append(line, "-f", "csv", "-o", "-")...)
	require.Equal(t, byteOrderMark+printed, string(text))
	require.Equal(t, "\xef\xbb\xbf", byteOrderMark)
}

// A file that cannot be written, or does not say its format, is refused before
// anything is run.
func TestFilesThatCannotBeWritten(t *testing.T) {
	for line, want := range map[string]string{
		"run PLAIN -o tables":                  "does not say how the tables are to be written",
		"run PLAIN -o tables.xlsx":             "let it end in .txt, .md, .csv or .json",
		"run PLAIN -o tables.csv -f markdown":  "do not agree",
		"run PLAIN -o nowhere/tables.csv":      "there is no folder nowhere",
		"run PLAIN -o testdata -f csv":         "is a folder",
		"run PLAIN --shard 1/2":                "--shard needs a file",
		"run PLAIN --shard 1/2 -o p -f csv":    "does not use --format",
		"list -f xlsx":                         "tables are written as table, markdown, csv or json",
		"indigo testdata/export Ashby -o x/y":  "there is no folder x",
		"indigo testdata/export Ashby -f json": "does not use --format",
	} {
		_, errors, code := edgeofcare(t, goldenFile{line: line}.asLine()...)
		require.Equal(t, exitUsage, code, line)
		require.Contains(t, errors, want, line)
	}
	_, err := os.Stat("tables.csv")
	require.ErrorIs(t, err, os.ErrNotExist)
}

// negativeZero is -0 as a figure of its own, in any format.
var negativeZero = regexp.MustCompile(`(?m)(^|[ ,:/|\[(])-£?0(\.0+)?[%km]?($|[ ,:/|\])])`)

// Nothing has no sign, in any format of any command: no child is referred here, so
// that every amount and every difference of amounts is nothing.
func TestNothingHasNoSign(t *testing.T) {
	for _, text := range []string{"a,-0,b", `"value": -0,`, "| -0 |", "-£0", "x,-0.0"} {
		require.Regexp(t, negativeZero, text)
	}
	none := " --set cohorts.*.referrals.children=0"
	lines := []string{
		"run PLAIN -n 5" + none, "run INDEXED -n 5" + none, "compare INVESTED -n 5" + none, "compare INVESTED -n 5", "invest INVESTED -n 5" + none,
		"stress INVESTED -n 5 --stress all_at_once" + none, "size INVESTED -n 5 --cases low" + none, "bids PLAIN PLAIN_+_dearer_homes -n 5" + none,
		"benchmark PLAIN INVESTED" + none, "explain net_saving PLAIN" + none, "explain present_value_of_payments PLAIN" + none, "show PLAIN" + none,
	}
	for _, line := range lines {
		for _, format := range []string{"table", "csv", "json"} {
			out, errors, code := edgeofcare(t, append(goldenFile{line: line}.asLine(), "-f", format)...)
			require.Zero(t, code, errors)
			noSignedNothing(t, out, line)
		}
	}
	for _, chart := range []string{"payments", "cumulative-payments", "waterfall", "net-saving", "saves-more-than", "achievements", "occupancy"} {
		out, errors, code := edgeofcare(t, append(goldenFile{line: "plot PLAIN " + chart + none}.asLine(), "-f", "csv", "-o", "-")...)
		if code == exitOK { // or there is nothing to draw
			noSignedNothing(t, out, chart)
		} else {
			require.NotEmpty(t, errors)
		}
	}
}

// noSignedNothing looks at the lines that may have a 0 with a sign: looking at all of
// every file takes seconds.
func noSignedNothing(t *testing.T, out, what string) {
	t.Helper()
	for line := range strings.Lines(out) {
		if strings.Contains(line, "-0") || strings.Contains(line, "-£0") {
			require.NotRegexp(t, negativeZero, line, what)
		}
	}
}

// Money in JSON is a number everywhere: no key has text that is a number, but what a
// file has as text, which the register quotes as it stands there. What is read back is
// what was written.
func TestMoneyInJSONIsANumber(t *testing.T) {
	for _, line := range []string{
		"run INDEXED -n 5", "compare PLAIN -n 5", "invest INVESTED -n 5 --cases low", "stress INVESTED -n 5 --stress all_at_once", "size INVESTED -n 5 --cases low",
		"backtest PLAIN --origin 2026Q3 -n 50", "reforecast UNSURE --set cohorts.step-down.lag=4_weeks --actuals testdata/invented-claims.csv --draws 20", "bids PLAIN PLAIN_+_dearer_homes -n 5", "explain net_saving PLAIN", "show INDEXED", "show pyramid", "show INVESTED",
	} {
		out, errors, code := edgeofcare(t, append(goldenFile{line: line}.asLine(), "-f", "json")...)
		require.Zero(t, code, errors)
		for _, found := range regexp.MustCompile(`"([a-z_]+)": "-?[0-9.]+"`).FindAllStringSubmatch(out, -1) {
			require.Contains(t, []string{"value", "text", "after", "before"}, found[1], "%s: %s", line, found[0])
		}
	}
	d, err := openDocument(&streams{err: io.Discard}, filepath.Join("testdata", "indexed.yaml"))
	require.NoError(t, err)
	v, err := d.Version("")
	require.NoError(t, err)
	result, err := montecarlo.Run(t.Context(), v, montecarlo.Options{Replications: 5, Seed: 1})
	require.NoError(t, err)
	var written bytes.Buffer
	require.NoError(t, writeJSON(&written, result))
	var back montecarlo.Result
	require.NoError(t, json.Unmarshal(written.Bytes(), &back))
	var again bytes.Buffer
	require.NoError(t, writeJSON(&again, &back))
	require.Equal(t, written.String(), again.String())
	require.True(t, v.Programme.Contract.Metrics[0].Tariff.Amount.Equal(back.Version.Programme.Contract.Metrics[0].Tariff.Amount))
}
