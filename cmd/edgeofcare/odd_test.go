package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Odd command lines end in a message and an exit code, never in a panic.
func TestOddCommandLines(t *testing.T) {
	values := []string{
		"", " ", "-", "--", "=", "+", "_+_", ",", ",,", "{", "}", "{}", `"`, `"a`, "*", ".", "..", "a.b.c", "%", "0", "-1", "1e999", "NaN",
		"99999999999999999999", "0x10", "½", "💷", "\x00", "\xff", "a\nb", "../..", "testdata", "testdata/faulty.yaml", "main.go",
		"{unit_costs.residential=}", "unit_costs.residential=NaN", "cohorts.*.lag=-5", "cohorts.*.lag=99999999", "=1", "a=", "start=2099-01-01", "end=2026-04-02",
	}
	lines := []string{
		"run %", "run PLAIN --case=%", "run PLAIN -n=%", "run PLAIN -n 2 --seed=%", "run PLAIN -n 2 --workers=%", "run PLAIN -n 2 --engine=%",
		"run PLAIN -n 2 --set=%", "run PLAIN -n 2 --with=%", "run PLAIN -n 2 --format=%", "run PLAIN -n 2 --shard=% -o FOLDER/part", "run PLAIN -n 2 --shard=1/2 -o=%",
		"compare PLAIN -n 2 --cases=%", "compare PLAIN -n 2 --against=%", "merge PLAIN %", "invest INVESTED -n 2 --cases=%", "invest INVESTED -n 2 --set=%",
		"stress INVESTED -n 2 --stress=%", "stress INVESTED -n 2 --stress=all_at_once --by=%", "stress INVESTED -n 2 --stress=all_at_once --investor=%", "stress INVESTED -n 2 --stress=all_at_once --probability=%",
		"size INVESTED -n 2 --confidence=%", "backtest PLAIN -n 2 --origin=%", "backtest PLAIN -n 2 --fit=%",
		"bids PLAIN %", "bids PLAIN % -n 2", "benchmark %", "explain %", "explain net_saving %", "explain net_saving PLAIN --of=%",
		"plot %", "plot PLAIN %", "plot PLAIN survival -o=% --format=csv", "plot PLAIN occupancy -o=- --cohort=%", "plot PLAIN survival -o=- --width=%", "plot PLAIN survival -o=- --title=%", "plot INVESTED returns -n 2 -o=- --investor=%",
		"show %", "show PLAIN --set=%", "validate %", "indigo %", "calibrate %", "calibrate --matrix % --cycle 13", "forecast %", "forecast RETURNS -n 2 --lever=%", "forecast RETURNS -n 2 --years 1 --cost=%", "indigo testdata/export %", "list %", "%",
	}
	folder := t.TempDir()
	require.NoError(t, os.CopyFS(folder+"/testdata", os.DirFS("testdata")))
	require.NoError(t, os.WriteFile(folder+"/main.go", []byte("package main\n"), 0o600))
	t.Chdir(folder)
	every := 9 // some two hundred, or six hundred
	if os.Getenv("EDGEOFCARE_LONG") != "" {
		every = 3
	}
	for i, line := range lines {
		for j, value := range values {
			if (i+j)%every != 0 {
				continue
			}
			arguments := goldenFile{line: line}.asLine()
			for k, a := range arguments {
				arguments[k] = strings.NewReplacer("%", strings.ReplaceAll(value, "_", " "), "FOLDER", folder).Replace(a)
			}
			var out, errors bytes.Buffer
			code := -1
			require.NotPanics(t, func() {
				code = run(arguments, streams{ctx: context.Background(), out: &out, err: &errors})
			}, "%q", arguments)
			require.Contains(t, []int{exitOK, exitFailed, exitUsage, exitProgramme}, code, "%q", arguments)
			require.Equal(t, code == exitOK, errors.Len() == 0, "%q: %s", arguments, errors.String())
			require.NotContains(t, errors.String(), "goroutine", "%q", arguments)
		}
	}
}

// The examples of every page of help can be carried out.
func TestExamplesInHelp(t *testing.T) {
	example := regexp.MustCompile(`(?m)^ +edgeofcare (.+)$`)
	found := 0
	parser, err := kong.New(&commands{}, kong.Exit(func(int) {}))
	require.NoError(t, err)
	pages := []string{"--help"}
	for _, node := range parser.Model.Children {
		pages = append(pages, node.Name+" --help")
	}
	for _, page := range pages {
		help, _, code := edgeofcare(t, strings.Fields(page)...)
		require.Zero(t, code)
		examples := example.FindAllStringSubmatch(help, -1)
		require.NotEmpty(t, examples, page)
		for _, one := range examples {
			line, _, _ := strings.Cut(one[1], " > ")
			require.LessOrEqual(t, len(one[0]), 80, one[0])
			parser, err := kong.New(&commands{}, kong.Exit(func(int) {}))
			require.NoError(t, err)
			_, err = parser.Parse(quoted(line))
			require.NoError(t, err, line)
			found++
		}
		for text := range strings.Lines(help) {
			require.LessOrEqual(t, len([]rune(strings.TrimRight(text, "\n"))), 80, "%s: %s", page, text)
		}
	}
	require.Greater(t, found, 40)

	d, err := openDocument(&streams{err: io.Discard}, "dn2")
	require.NoError(t, err)
	for text := range strings.Lines(versionsHelp) {
		if version, ok := strings.CutPrefix(text, "  "); ok {
			_, err := sensitivity.Version(d, strings.TrimSpace(version))
			require.NoError(t, err, version)
		}
	}
}

// quoted splits a line at spaces outside quotation marks, as a shell does.
func quoted(line string) []string {
	var all []string
	for _, part := range regexp.MustCompile(`(?:[^\s"]|"[^"]*")+`).FindAllString(line, -1) {
		all = append(all, strings.ReplaceAll(part, `"`, ""))
	}
	return all
}

// Tables fit the terminal, however narrow, and the progress line is taken away
// before a message.
func TestWidthOfTheTerminal(t *testing.T) {
	for _, width := range []int{1, 40, 80, 100, 250} {
		for _, line := range []string{"run PLAIN -n 4", "compare PLAIN -n 4", "invest INVESTED -n 4", "show INDEXED", "list", "explain", "plot PLAIN"} {
			var out, errors bytes.Buffer
			code := run(goldenFile{line: line}.asLine(), streams{ctx: context.Background(), out: &out, err: &errors, width: width})
			require.Zero(t, code, errors.String())
			for text := range strings.Lines(out.String()) {
				if width >= 80 {
					require.LessOrEqual(t, len([]rune(strings.TrimRight(text, "\n"))), width, "%s at %d: %s", line, width, text)
				}
			}
		}
	}
	var out, errors bytes.Buffer
	code := run([]string{"run", "dn3"}, streams{ctx: context.Background(), out: &out, err: &errors, terminal: true})
	require.Equal(t, exitFailed, code)
	require.True(t, strings.HasPrefix(errors.String(), clearLine+"edgeofcare: "), errors.String())
}
