package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// edgeofcare runs a command line and returns what it printed and its exit code.
func edgeofcare(t *testing.T, arguments ...string) (out, errors string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(arguments, streams{ctx: context.Background(), out: &o, err: &e})
	return o.String(), e.String(), code
}

func TestCommands(t *testing.T) {
	for name, c := range map[string]struct {
		line string
		want []string
	}{
		"compare":         {"compare dn2 -n 4", []string{"base: fitted to", "low", "medium", "high", "Paid in all", "£4.10m", "Caution:", "How likely is base to save more than"}},
		"compare in full": {"compare dn2 -n 4 --detail", []string{"low", "medium", "high", "WHAT IS PAID", "£9,123,323", "Caution:", "Differences from case base"}},
		"compare some":    {"compare dn2 -n 4 --cases base,medium --detail --against medium", []string{"base", "Differences from case medium"}},
		"compare what if": {"compare dn2 -n 4 --detail --cases medium,medium_+_flat_tariffs", []string{"medium + flat tariffs", "Differences from case medium"}},
		"run":             {"run dn2 -n 4", []string{"Case: base", "Outcome payments by quarter", "Q2 2024/25", "Nottinghamshire by financial year", "Deadweight"}},
		"run a variant":   {"run dn2 -n 4 --case low --with flat_tariffs", []string{"flat tariffs"}},
		"run an edit":     {"run dn2 -n 4 --set cohorts.*.referrals.children=10", []string{"40.0"}},
		"run in csv":      {"run dn2 -n 4 --format csv", []string{"programme,case,measure", "2020/21", "Q2 2026/27"}},
		"run markdown":    {"run dn2 -n 4 -f markdown", []string{"| --- |"}},
		"walk":            {"run dn2 -n 4 --engine walk", []string{"Engine walk"}},
		"backtest":        {"backtest dn2 -n 4", []string{"0.9997", "held out", "set free", "of 32"}},
		"reforecast":      {"reforecast dn2 --as-of 2022-06-30 --draws 100", []string{"forecast from 1 July 2022", "£863,755", "not used: 9, £3,239,237 in all", "What each council pays", "Chance of meeting Nottinghamshire"}},
		"show":            {"show dn2", []string{"Register of", "assumed", "Sources", "GO Lab", "Contract cap"}},
		"show as csv":     {"show dn2 -f csv", []string{"input,value,how well it is known,status,source,note,set by"}},
		"validate":        {"validate dn2", []string{"no faults"}},
		"list":            {"list", []string{"dn2: DN2 Children's Services Social Impact Bond", "flat tariffs"}},
		"help":            {"--help", []string{"Exit codes", "compare dn2"}},
		"help on one":     {"compare --help", []string{"--against", "Examples"}},
		"nothing at all":  {"", []string{"Usage: edgeofcare"}},
	} {
		t.Run(name, func(t *testing.T) {
			arguments := strings.Fields(c.line)
			for i, a := range arguments {
				arguments[i] = strings.ReplaceAll(a, "_", " ")
			}
			out, errors, code := edgeofcare(t, arguments...)
			require.Zero(t, code, errors)
			require.Empty(t, errors)
			for _, want := range c.want {
				require.Contains(t, out, want)
			}
			require.NotContains(t, out, "NaN")
		})
	}
}

// Every programme of the library runs, and what is particular about each
// contract can be seen.
func TestEveryProgrammeOfTheLibrary(t *testing.T) {
	particular := map[string][]string{
		"norfolk":            {"less 33% deadweight", "days:"},
		"staffordshire-ifss": {"£161,510 in place of the claim for Q1 2020/21", "engagement:", "status averted: months 6"},
		"cheshire-west":      {"£173.00"},
		"suffolk":            {"first payable week 14"},
		"pyramid": {
			"M1 move", "M2 weekly", "M3 six months", "M4 nine", "M5 weekly, Surrey", "M6 three", "M7 move, 16", "M8 first 13",
			"M9 weeks 14", "M10 thirteen", "M11 three", "M12 weekly, 16", "M13 weekly, 16", "claims of Surrey", "aged 16 and over",
		},
	}
	for _, info := range scenario.List() {
		name := info.Name
		out, errors, code := edgeofcare(t, "compare", name, "-n", "4", "--detail")
		require.Zero(t, code, errors)
		require.Contains(t, out, "WHAT IS LEFT")
		require.NotContains(t, out, "NaN")
		out, _, code = edgeofcare(t, "show", name)
		require.Zero(t, code)
		out = strings.Join(strings.Fields(out), " ")
		require.Contains(t, out, "0 not stated", name)
		for _, want := range particular[name] {
			require.Contains(t, out, want, name)
		}
	}
}

func TestFailures(t *testing.T) {
	for name, c := range map[string]struct {
		line string
		code int
		want string
	}{
		"mistyped command":   {"compar dn2", exitUsage, `did you mean "compare"`},
		"mistyped flag":      {"run dn2 --sed 3", exitUsage, "--seed"},
		"unknown programme":  {"run dn3", exitFailed, `did you mean "dn2"`},
		"unknown case":       {"run dn2 --case hihg", exitFailed, `did you mean "high"`},
		"unknown variant":    {"run dn2 --with steep", exitFailed, "steep tariffs"},
		"no such file":       {"validate nowhere.yaml", exitFailed, "there is no file nowhere.yaml"},
		"faulty edit":        {"run dn2 --set cohorts.step-down.lag=soon", exitProgramme, "weeks"},
		"edit of nothing":    {"run dn2 --set cohorts.step-up.lag=3", exitProgramme, "step-down"},
		"bad quarter":        {"backtest dn2 --origin 2022", exitUsage, "2022"},
		"bad replications":   {"run dn2 -n 0.5", exitUsage, "replications"},
		"zeros before":       {"run dn2 -n 010", exitUsage, "write 10"},
		"octal":              {"run dn2 -n 0o10", exitUsage, "whole number"},
		"hexadecimal":        {"run dn2 -n 0x10", exitUsage, "whole number"},
		"hexadecimal seed":   {"run dn2 --seed 0x10", exitUsage, "seed"},
		"zeros before seed":  {"run dn2 --seed 010", exitUsage, "write 10"},
		"zeros in workers":   {"run dn2 --workers 02", exitUsage, "write 2"},
		"zeros in a shard":   {"run dn2 --shard 01/4 -o x.part", exitUsage, "3/16"},
		"zeros in a share":   {"size dn2 --confidence 095%", exitUsage, "95%"},
		"hexadecimal share":  {"size dn2 --confidence 0x1p-1", exitUsage, "95%"},
		"zeros in an edit":   {"run dn2 --set contract_cap=0100000", exitProgramme, "write 100000"},
		"zeros in a factor":  {"run dn2 --set contract_cap*=00.5", exitUsage, "write 0.5"},
		"one offer":          {"bids dn2", exitUsage, "two offers or more"},
		"no replications":    {"run dn2 -n 0", exitUsage, "at least 1"},
		"half an edit":       {"run dn2 --set contract_cap", exitUsage, "path=value"},
		"half a version":     {"run dn2 --case medium_+_{contract_cap=1", exitUsage, "brace is not closed"},
		"no such folder":     {"indigo nowhere", exitUsage, "nowhere"},
		"against a stranger": {"compare dn2 -n 10 --detail --against expected", exitFailed, "expected"},
	} {
		t.Run(name, func(t *testing.T) {
			_, errors, code := edgeofcare(t, spoken(c.line)...)
			require.Equal(t, c.code, code, errors)
			require.Contains(t, errors, c.want)
		})
	}
}

func TestInitWritesAProgrammeThatRuns(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mine.yaml")
	out, errors, code := edgeofcare(t, "init", file)
	require.Zero(t, code, errors)
	require.Contains(t, out, "mine.yaml written")
	_, errors, code = edgeofcare(t, "validate", file)
	require.Zero(t, code, errors)
	_, errors, code = edgeofcare(t, "compare", file, "-n", "20")
	require.Zero(t, code, errors)
	_, errors, code = edgeofcare(t, "init", file)
	require.Equal(t, exitFailed, code)
	require.Contains(t, errors, "left as it is")
}

func TestFaultyFileListsEveryFault(t *testing.T) {
	file := filepath.Join(t.TempDir(), "faulty.yaml")
	text := string(scenario.Template())
	lag := regexp.MustCompile(`(?m)^(\s+lag: ).*$`)
	require.NoError(t, os.WriteFile(file, []byte(lag.ReplaceAllString(text, "${1}soon")), 0o600))
	_, errors, code := edgeofcare(t, "validate", file)
	require.Equal(t, exitProgramme, code)
	require.Equal(t, len(lag.FindAllString(text, -1)), strings.Count(errors, "soon"))
	require.Regexp(t, `faulty\.yaml:\d+:\d+: `, errors)
}

func TestJSON(t *testing.T) {
	out, _, code := edgeofcare(t, "compare", "dn2", "-n", "4", "--format", "json")
	require.Zero(t, code)
	var c montecarlo.Comparison
	require.NoError(t, json.Unmarshal([]byte(out), &c))
	var names []string
	for _, r := range c.Results {
		names = append(names, r.Version.Name())
	}
	require.Equal(t, []string{"base", "low", "medium", "high"}, names)
	total, ok := c.Results[3].Totals.Of(montecarlo.Payments)
	require.True(t, ok)
	require.Equal(t, 9_123_323.0, total.Central)
	require.NotEmpty(t, c.Results[3].Quarterly)
}

func TestStopped(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	var out, errors bytes.Buffer
	code := run([]string{"run", "dn2"}, streams{ctx: ctx, out: &out, err: &errors})
	require.Equal(t, 130, code)
	require.Empty(t, out.String())
	require.Contains(t, errors.String(), "stopped")
}

func TestProgressOnATerminalOnly(t *testing.T) {
	var out, errors bytes.Buffer
	code := run([]string{"run", "dn2", "-n", "64"}, streams{ctx: context.Background(), out: &out, err: &errors, terminal: true})
	require.Zero(t, code)
	require.Contains(t, errors.String(), "replications")
	require.True(t, strings.HasSuffix(errors.String(), "\r\033[K"))
}

func TestIndigo(t *testing.T) {
	folder := os.Getenv("EDGEOFCARE_INDIGO")
	if folder == "" {
		t.Skip("EDGEOFCARE_INDIGO names no folder with exports of the INDIGO dataset")
	}
	out, errors, code := edgeofcare(t, "indigo", filepath.Join(folder, "2025-05"))
	require.Zero(t, code, errors)
	require.Contains(t, out, "INDIGO-POJ-0201")
	require.Contains(t, out, "£9,123,323")
	out, errors, code = edgeofcare(t, "indigo", filepath.Join(folder, "2025-05"), "Norfolk")
	require.Zero(t, code, errors)
	require.Contains(t, out, "format: 1")
}

// The tables of the README are lines of the real ones, in their order. A block begins with
// its command; the first two are those of compare and of stress. All but the first take
// some time, and are for EDGEOFCARE_LONG=1.
func TestReadmeShowsTheRealTable(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	require.NoError(t, err)
	if testing.Short() {
		t.Skip("runs 10,000 replications")
	}
	blocks := regexp.MustCompile("(?s)```text\n(.*?)\n```").FindAllStringSubmatch(string(readme), -1)
	require.Greater(t, len(blocks), 5)
	word := regexp.MustCompile(`"[^"]*"|\S+`)
	unnamed := []string{"compare dn2", "stress dn2 --case medium"}
	for i, block := range blocks {
		shown := strings.Split(block[1], "\n")
		command, named := strings.CutPrefix(shown[0], "$ edgeofcare ")
		if named {
			shown = shown[1:]
		} else {
			command, unnamed = unnamed[0], unnamed[1:]
		}
		if i > 0 && os.Getenv("EDGEOFCARE_LONG") == "" {
			continue
		}
		var args []string
		for _, arg := range word.FindAllString(command, -1) {
			args = append(args, strings.Trim(arg, `"`))
		}
		out, errors, code := edgeofcare(t, args...)
		require.Zero(t, code, errors)
		real := strings.Split(out, "\n")
		require.Greater(t, len(shown), 4, command)
		for _, line := range shown {
			at := slices.Index(real, line)
			require.NotEqual(t, -1, at, "the output of %s has no line %q here", command, line)
			real = real[at+1:]
		}
	}
	require.Empty(t, unnamed)
}
