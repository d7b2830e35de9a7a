package main

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPlot(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many charts")
	}
	folder := t.TempDir()
	t.Chdir(folder)

	out, errors, code := edgeofcare(t, "plot", "--list")
	require.Zero(t, code, errors)
	for _, one := range charts {
		require.Contains(t, out, one.name)
		require.Regexp(t, `^[A-Z].*\? For [^.]*\.$`, one.answer, "what it answers and for whom")
	}
	listed, _, code := edgeofcare(t, "plot")
	require.Zero(t, code)
	require.Equal(t, out, listed)

	out, errors, code = edgeofcare(t, "plot", "dn2", "payments", "-n", "20")
	require.Zero(t, code, errors)
	require.Equal(t, "payments.svg written\n", out)
	text, err := os.ReadFile("payments.svg")
	require.NoError(t, err)
	require.Regexp(t, "<title>Payments to date are 60% of plan 1; in all the base case reaches \\d\\d%</title>", string(text))

	out, errors, code = edgeofcare(t, "plot", "dn2", "net-saving", "-n", "20", "--cases", "low,medium + flat tariffs", "--title", "A finding", "-o", "-")
	require.Zero(t, code, errors)
	require.Contains(t, out, "<title>A finding</title>")
	require.Contains(t, out, "Medium + flat tariffs")
	out, _, code = edgeofcare(t, "plot", "dn2", "occupancy", "--case", "high", "--cohort", "step-down", "-f", "csv", "-o", "-")
	require.Zero(t, code)
	require.Contains(t, out, "arm,week since referral,state,share\n")
	out, _, code = edgeofcare(t, "plot", "dn2", "waterfall", "-n", "20", "--set", "unit costs.residential=9000", "-o", folder, "-f", "pdf")
	require.Zero(t, code)
	require.Equal(t, filepath.Join(folder, "waterfall.pdf")+" written\n", out)
	out, _, code = edgeofcare(t, "plot", "norfolk", "survival", "--width", "1200", "--height", "700", "-o", "small.PNG")
	require.Zero(t, code)
	require.Equal(t, "small.PNG written\n", out)
	picture, err := os.ReadFile("small.PNG")
	require.NoError(t, err)
	size, err := png.DecodeConfig(bytes.NewReader(picture))
	require.NoError(t, err)
	require.Equal(t, []int{1200, 700}, []int{size.Width, size.Height})

	out, _, code = edgeofcare(t, "plot", "dn2", "survival", "--width", "480", "-o", "-")
	require.Zero(t, code)
	require.Contains(t, out, `width="480" height="270"`)
	out, _, code = edgeofcare(t, "plot", "dn2", "programmes", "--height", "960", "-o", "-")
	require.Zero(t, code)
	require.Regexp(t, `width="1\d\d\d(\.\d+)?" height="960"`, out)
}

// A programme that is not one of the fund's stands on top of them, with its own
// edits.
func TestPlotProgrammes(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many charts")
	}
	out, errors, code := edgeofcare(t, "plot", "essex-mst", "programmes", "-f", "csv", "-o", "-")
	require.Zero(t, code, errors)
	require.True(t, strings.HasPrefix(strings.SplitN(out, "\n", 2)[1], "essex-mst,"), out)
	require.Contains(t, out, "\npyramid,")
	as, _, _ := edgeofcare(t, "plot", "dn2", "programmes", "-f", "csv", "-o", "-")
	changed, _, _ := edgeofcare(t, "plot", "dn2", "programmes", "--case", "high", "-f", "csv", "-o", "-")
	require.Equal(t, strings.Count(as, "\n"), strings.Count(changed, "\n"))
	require.NotEqual(t, as, changed)
}

// All charts of programmes with and without terms of delivery; what there is no
// data for is said. Large programmes are for EDGEOFCARE_LONG=1: all charts of one that
// lacks nothing are drawn by TestHostileNamesInEveryChart as well.
func TestPlotAll(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many charts")
	}
	capital := []string{"capital-position", "capital-requirement", "shortfall-curve", "returns", "stresses", "stress-grid", "capital-tornado"}
	for name, without := range map[string][]string{"dn2": nil, "pyramid": nil, "manchester": capital} {
		if name != "manchester" && os.Getenv("EDGEOFCARE_LONG") == "" {
			continue
		}
		folder := filepath.Join(t.TempDir(), "charts")
		out, errors, code := edgeofcare(t, "plot", name, "--all", "-o", folder, "-n", "4")
		require.Zero(t, code, errors)
		var left []string
		for _, found := range regexp.MustCompile(`(?m)^(\S+) left out: .+$`).FindAllStringSubmatch(out, -1) {
			left = append(left, found[1])
		}
		require.Equal(t, without, left)
		files, err := filepath.Glob(filepath.Join(folder, "*.svg"))
		require.NoError(t, err)
		require.Len(t, files, len(charts)-len(without))
	}
}

// A chart that cannot be drawn does not end the others: where nobody is referred
// nobody lives anywhere and nothing depends on any input.
func TestPlotAllGoesOn(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many charts")
	}
	folder := filepath.Join(t.TempDir(), "charts")
	nobody := []string{"plot", "testdata/plain.yaml", "--all", "-o", folder, "-n", "10", "-f", "csv", "--set", "cohorts.*.referrals.children=0"}
	out, errors, code := edgeofcare(t, nobody...)
	require.Equal(t, exitFailed, code)
	require.Contains(t, errors, "nothing is ever paid under") // which charts have no place for
	require.True(t, strings.HasSuffix(errors, "\nedgeofcare: 3 charts could not be drawn\n"), errors)
	require.Contains(t, out, "\noccupancy could not be drawn: plot: no child is referred to any cohort")
	require.Contains(t, out, "\ndeadweight-curve could not be drawn: plot: \"moves into success without the programme\" does not change deadweight here")
	require.Contains(t, out, "\ntornado could not be drawn: plot: no input moves \"net public saving\"")
	require.Contains(t, out, "\nreturns left out: the file has no delivery terms\n")
	files, err := filepath.Glob(filepath.Join(folder, "*.csv"))
	require.NoError(t, err)
	require.Regexp(t, fmt.Sprintf(`\n%d of %d charts drawn, %d left out, 3 could not be drawn\n$`, len(files), len(charts), len(charts)-len(files)-3), out)
	require.GreaterOrEqual(t, len(files), 8)
}

// Signs that the font lacks are drawn as a box in every format and named.
func TestSignsOutsideTheFont(t *testing.T) {
	if testing.Short() {
		t.Skip("draws charts")
	}
	t.Chdir(t.TempDir())
	for _, format := range []string{"svg", "png", "pdf", "csv"} {
		out, errors, code := edgeofcare(t, "plot", "norfolk", "survival", "-f", format)
		require.Zero(t, code)
		require.Empty(t, errors)
		require.Equal(t, "survival."+format+" written\n", out)
		if format == "csv" {
			continue
		}
		_, errors, code = edgeofcare(t, "plot", "norfolk", "survival", "-f", format, "--title", "Families \U0001F46A \u202eat \xff home\x1b[2J")
		require.Zero(t, code)
		shown := "in \"Families \U0001F46A" + ` \u202eat � home\x1b[2J"`
		require.Equal(t, "survival."+format+`: the font of charts does not have \x1b (U+001B), which is drawn as a box, `+shown+`
survival.`+format+`: the invisible sign U+202E is left out, `+shown+`
survival.`+format+`: text that is not UTF-8 is drawn as a box, `+shown+`
survival.`+format+`: the font of charts does not have `+"\U0001F46A"+` (U+1F46A), which is drawn as a box, `+shown+"\n", errors)
	}
}

func TestPlotFailures(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many charts")
	}
	t.Chdir(t.TempDir())
	for code, lines := range map[int]map[string]string{
		exitUsage: {
			"plot payments":                           "edgeofcare plot dn2 payments",
			"plot dn2 payments -o a.gif":              "let it end in .svg, .png, .pdf or .csv",
			"plot dn2 payments -o a.svg -f png":       "do not agree",
			"plot dn2 payments -f gif":                "svg, png, pdf or csv",
			"plot dn2 --all":                          "name a folder",
			"plot --all -o x":                         "name one",
			"plot dn2 payments --all -o x":            "leave out payments",
			"plot dn2 --all -o x --title y":           "--title is for one chart",
			"plot dn2 net-saving --replications=-3":   "whole number of at least 1",
			"plot dn2 --all --list -o x":              "leave one of them out",
			"plot dn2 payments --width=-5":            "at least 1",
			"plot dn2 survival --width 10 -o x.svg":   "--width 10: a chart as svg has from 160 to 9,600 pixels on a side",
			"plot dn2 survival --height 14401 -f png": "--height 14401: a chart as png has from 240 to 14,400 pixels on a side",
			"plot dn2 --all -o x --width 9601":        "160 to 9,600",
		},
		exitFailed: {
			"plot dn2 paymnets":                     `did you mean "payments"`,
			"plot dn3 payments":                     `did you mean "dn2"`,
			"plot dn2 survival --cohort step-up":    "the cohorts are step-down",
			"plot dn2 survival --height 9600":       "with --height 9600 the other side of this chart would have 17,067 pixels, where from 160 to 9,600 can be drawn: give --width too",
			"plot dn2 --all -o x --investor Polari": `--investor: there is no investor called "Polari": did you mean "Polaris"`,
			"plot dn2 --all -o x --cohort step-up":  `--cohort: there is no cohort called "step-up"`,
			"plot suffolk returns":                  "in the library these have them: dn2",
			"plot dn2 survival -o no/where.svg":     "no/where.svg",
		},
	} {
		for line, want := range lines {
			_, errors, got := edgeofcare(t, strings.Fields(line)...)
			require.Equal(t, code, got, line)
			require.Contains(t, errors, want, line)
		}
	}
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	require.Empty(t, files, "a chart that fails leaves nothing behind")
}

// The gallery of the guide is what the command draws. EDGEOFCARE_LONG=1 draws
// all of it again, otherwise what is quick.
func TestGalleryIsDrawnByTheCommand(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many charts")
	}
	gallery, err := filepath.Abs(filepath.Join("..", "..", "docs", "gallery"))
	require.NoError(t, err)
	folder := t.TempDir()
	quick := []string{"survival", "programmes", "tornado"}
	if os.Getenv("EDGEOFCARE_LONG") != "" {
		_, errors, code := edgeofcare(t, "plot", "dn2", "--all", "-o", folder)
		require.Zero(t, code, errors)
		quick = chartNames()
	}
	for _, name := range quick {
		file := filepath.Join(folder, name+".svg")
		if _, err := os.Stat(file); err != nil {
			_, errors, code := edgeofcare(t, "plot", "dn2", name, "-o", file)
			require.Zero(t, code, errors)
		}
		kept, err := os.ReadFile(filepath.Join(gallery, name+".svg"))
		require.NoError(t, err)
		drawn, err := os.ReadFile(file)
		require.NoError(t, err)
		require.True(t, bytes.Equal(kept, drawn), "%s has changed: run edgeofcare plot dn2 --all -o docs/gallery, look at it, then go test ./docs -run Gallery -update", name)
	}
}
