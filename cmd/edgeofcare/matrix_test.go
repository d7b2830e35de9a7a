package main

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/require"
)

// A way to use a command, and values for its flags that differ from the defaults
// and fit the programme. Each flag must change what is printed or be refused.
type use struct {
	line   string
	values map[string]string
	// refused are the flags that do nothing for this use.
	refused []string
	// unseen are flags that change how long a run takes, or ask for what is the
	// default of this use.
	unseen []string
}

// simulationValues are values of the flags of a simulation.
func values(more ...string) map[string]string {
	all := map[string]string{
		"council": "Ashby", "replications": "17", "seed": "5", "workers": "1", "engine": "plain", "format": "csv", "wide": "", "output": "FOLDER/x.csv",
		"with": "dearer_homes", "set": "unit_costs.foster=2000", "case": "low", "cases": "low,high", "prices": "cash_at_2%", "fixed-rates": "", "until": "40%",
		"draws": "FOLDER/d.csv", "draws-of": "net_public_saving",
	}
	for i := 0; i < len(more); i += 2 {
		all[more[i]] = more[i+1]
	}
	return all
}

// invested are values that fit the programme with investors.
func invested(more ...string) map[string]string {
	return values(append([]string{"with", "slower_matching", "set", "cohorts.*.start_probability=60%"}, more...)...)
}

// unsure are values that fit the programme of which some inputs are uncertain.
func unsure(more ...string) map[string]string {
	return values(append([]string{"with", "more_go_home", "case", "certain", "cases", "certain"}, more...)...)
}

// decides are values for the command that says which input decides.
func decides(more ...string) map[string]string {
	return unsure(append([]string{
		"measure", "net_saving,_Ashby", "grid", "referrals,tariffs", "stresses", "", "rows", "20", "heat-map", "FOLDER/h.svg",
		"tornado", "FOLDER/t.svg", "shares", "FOLDER/s.svg", "spider", "FOLDER/d.svg",
	}, more...)...)
}

var uses = []use{
	{line: "compare PLAIN -n 16", values: values("against", "high", "detail", "", "saves-more-than", "£20k"), refused: []string{"draws-of", "fixed-rates", "against"}, unseen: []string{"workers", "draws"}},
	{line: "compare PLAIN -n 16 -f csv", values: values("against", "high", "detail", "", "saves-more-than", "£20k", "format", "json"), refused: []string{"draws-of", "council", "fixed-rates", "detail", "saves-more-than"}, unseen: []string{"workers", "draws"}},
	{line: "compare PLAIN -n 16 --detail", values: values("against", "high", "saves-more-than", "£20k", "format", "markdown", "output", "FOLDER/x.md", "detail", ""), refused: []string{"draws-of", "council", "fixed-rates", "saves-more-than"}, unseen: []string{"workers", "draws", "detail"}},
	{line: "compare PLAIN -n 16 --cases low", values: values("against", "low", "detail", "", "saves-more-than", "£20k"), refused: []string{"draws-of", "fixed-rates", "against"}, unseen: []string{"workers", "draws", "cases"}},
	{line: "run PLAIN -n 16", values: values(), refused: []string{"draws-of", "fixed-rates"}, unseen: []string{"workers", "draws"}},
	{line: "run PLAIN -n 16 -f csv", values: values("format", "json"), refused: []string{"draws-of", "council", "fixed-rates", "wide"}, unseen: []string{"workers", "draws"}},
	{line: "run PLAIN -n 16 -f json", values: values("output", "FOLDER/x.json", "format", "table"), refused: []string{"draws-of", "council", "fixed-rates", "wide"}, unseen: []string{"workers", "draws"}},
	{line: "run PLAIN -n 16 --draws FOLDER/d.csv", values: values("draws", "FOLDER/e.csv", "until", "40%"), refused: []string{"fixed-rates", "council"}, unseen: []string{"workers", "draws", "draws-of"}},
	{line: "run UNSURE -n 16", values: unsure(), refused: []string{"draws-of"}, unseen: []string{"workers", "draws"}},
	{line: "run dn2 -n 16", values: values("council", "Derby", "with", "flat_tariffs", "unconditioned", ""), refused: []string{"draws-of"}, unseen: []string{"workers", "draws"}},
	{line: "condition dn2 --as-of 2022-06-30", values: values("with", "flat_tariffs", "as-of", "2023-06-30", "weight", "0.5"), unseen: []string{"draws"}},
	{line: "compare UNSURE -n 16 --cases expected,certain --detail", values: unsure("against", "certain", "cases", "certain,expected", "saves-more-than", "£20k", "format", "markdown", "output", "FOLDER/x.md", "detail", ""), refused: []string{"draws-of", "council", "saves-more-than"}, unseen: []string{"workers", "draws", "detail"}},
	{line: "invest INVESTED -n 16", values: invested("detail", ""), refused: []string{"draws-of", "fixed-rates"}, unseen: []string{"workers", "draws"}},
	{line: "invest INVESTED -n 16 --cases low", values: invested("detail", ""), refused: []string{"draws-of", "fixed-rates", "detail"}, unseen: []string{"workers", "draws"}},
	{line: "invest INVESTED -n 16 -f csv", values: invested("detail", "", "format", "json"), refused: []string{"draws-of", "fixed-rates", "detail"}, unseen: []string{"workers", "draws"}},
	{line: "invest INVESTED -n 16 -f json", values: invested("output", "FOLDER/x.json", "detail", "", "format", "csv"), refused: []string{"draws-of", "fixed-rates", "detail"}, unseen: []string{"workers", "draws"}},
	{line: "stress INVESTED -n 16", values: invested("by", "surplus", "stress", "slower_matching", "investor", "Fir_Care", "probability", "20%", "grid", "referrals=0.8,tariffs=1", "heat-map", "FOLDER/x.svg"), refused: []string{"fixed-rates", "probability", "heat-map"}, unseen: []string{"workers"}},
	{line: "stress INVESTED -n 16 -f csv", values: invested("by", "surplus", "stress", "slower_matching", "investor", "Fir_Care", "probability", "20%", "grid", "referrals=0.8,tariffs=1", "heat-map", "FOLDER/x.svg", "format", "json"), refused: []string{"fixed-rates", "probability", "heat-map"}, unseen: []string{"workers"}},
	{line: "stress INVESTED -n 16 -f json", values: invested("output", "FOLDER/x.json", "by", "surplus", "stress", "slower_matching", "investor", "Fir_Care", "probability", "20%", "grid", "referrals=0.8,tariffs=1", "heat-map", "FOLDER/x.svg", "format", "csv"), refused: []string{"fixed-rates", "probability", "heat-map"}, unseen: []string{"workers"}},
	{line: "stress INVESTED -n 4 --reverse", values: invested("by", "surplus", "stress", "slower_matching", "investor", "Fir_Care", "probability", "20%", "grid", "referrals=0.8,tariffs=1", "heat-map", "FOLDER/x.svg"), refused: []string{"fixed-rates", "by", "stress", "grid", "heat-map"}, unseen: []string{"workers", "reverse"}},
	{line: "stress INVESTED -n 4 --grid referrals=0.8/1,tariffs=1", values: invested("by", "surplus", "stress", "slower_matching", "investor", "Fir_Care", "probability", "20%", "grid", "referrals=0.8,tariffs=1", "heat-map", "FOLDER/x.svg"), refused: []string{"fixed-rates", "probability", "stress"}, unseen: []string{"workers", "heat-map", "investor"}},
	{line: "sensitivity UNSURE -n 60 --rows 16", values: decides(), refused: []string{"fixed-rates", "cases", "grid", "stresses", "heat-map"}, unseen: []string{"workers"}},
	{line: "sensitivity UNSURE --stresses -n 20", values: decides("stresses", ""), refused: []string{"case", "grid", "rows", "tornado", "shares", "spider", "heat-map"}, unseen: []string{"workers", "stresses"}},
	{line: "sensitivity UNSURE --grid referrals,tariffs", values: decides("grid", "tariffs,referrals"), refused: []string{"fixed-rates", "cases", "stresses", "rows", "tornado", "shares", "spider", "replications", "seed", "engine"}, unseen: []string{"workers"}},
	{line: "value UNSURE --case expected -n 200 --study 20_children_for_8_weeks", values: unsure("replications", "210", "option", "dearer=expected_+_{metrics.*.tariff=900}", "group", "prices=unit_costs.*", "study", "50_children_for_26_weeks", "study-cost", "£20k", "chart", "FOLDER/x.svg", "all-care", ""), refused: []string{"all-care"}, unseen: []string{"workers", "chart"}},
	{line: "value UNSURE --case expected -n 200 -f csv", values: unsure("replications", "210", "option", "dearer=expected_+_{metrics.*.tariff=900}", "group", "prices=unit_costs.*", "study", "50_children_for_26_weeks", "study-cost", "£20k", "chart", "FOLDER/x.svg", "all-care", "", "format", "json"), refused: []string{"all-care", "study-cost"}, unseen: []string{"workers", "chart"}},
	{line: "bridge PLAIN low high", values: values("measure", "net_saving,_Ashby", "group", "children=cohorts.*.referrals", "chart", "FOLDER/b.svg"), unseen: []string{"with", "set"}},
	{line: "solve INVESTED referrals net_public_saving,_mean_at_least_£600k -n 16", values: invested("from", "0.5", "to", "1.5", "chart", "FOLDER/x.svg"), refused: []string{"fixed-rates"}, unseen: []string{"workers", "chart"}},
	{line: "size INVESTED -n 16", values: invested("confidence", "80%"), refused: []string{"fixed-rates"}, unseen: []string{"workers"}},
	{line: "size INVESTED -n 16 -f csv", values: invested("confidence", "80%", "format", "json"), refused: []string{"fixed-rates"}, unseen: []string{"workers"}},
	{line: "backtest PLAIN -n 16", values: values("origin", "2026Q4", "fit", "failure", "set", "metrics.*.tariff=720", "with", "placed_sooner", "case", "high"), refused: []string{"fixed-rates", "prices"}, unseen: []string{"workers"}},
	{line: "backtest PLAIN -n 16 -f csv", values: values("origin", "2026Q4", "fit", "failure", "set", "metrics.*.tariff=720", "with", "placed_sooner", "case", "high", "format", "json"), refused: []string{"fixed-rates", "prices"}, unseen: []string{"workers"}},
	{line: "reforecast UNSURE --case expected_+_{cohorts.step-down.lag=4_weeks} --as-of 2026-12-31 --actuals testdata/invented-claims.csv --draws 20", values: values("case", "certain_+_{cohorts.step-down.lag=4_weeks}", "with", "more_go_home", "set", "metrics.*.tariff=720", "as-of", "2026-09-30", "actuals", "testdata/invented-claims.csv", "caseload", "testdata/invented-caseload.csv", "evidence", "0.5", "draws", "30", "chart", "FOLDER/f.svg", "project", "x"), refused: []string{"project"}, unseen: []string{"workers", "chart", "actuals"}},
	{line: "portfolio INVESTED second=INVESTED_+_referrals_down_20% -n 16", values: invested("pool", "", "fund", "testdata/fund.yaml", "share", "unit_costs.foster", "referrals", "30%"), refused: []string{"fixed-rates", "share", "referrals"}, unseen: []string{"workers"}},
	{line: "bids PLAIN PLAIN_+_{contract_cap=100000} -n 16", values: values(), refused: []string{"fixed-rates"}, unseen: []string{"workers"}},
	{line: "bids PLAIN PLAIN_+_{contract_cap=100000} -n 16 -f csv", values: values("format", "json"), refused: []string{"fixed-rates"}, unseen: []string{"workers"}},
	{line: "benchmark PLAIN", values: values("with", "fewer_referred", "set", "metrics.*.tariff=650")},
	{line: "benchmark PLAIN -f csv", values: values("with", "fewer_referred", "set", "metrics.*.tariff=650", "format", "json")},
	{line: "explain", values: values("of", "Ashby"), refused: []string{"replications", "seed", "workers", "engine", "of", "with", "set", "case", "prices"}},
	{line: "explain net_saving", values: values("of", "Ashby"), refused: []string{"replications", "seed", "workers", "engine", "of", "with", "set", "case", "prices"}},
	{line: "explain net_saving PLAIN --of Brook", values: values("of", "Ashby"), refused: []string{"replications", "seed", "workers", "engine"}},
	{line: "explain contract_cap_reached PLAIN", values: values("of", "Ashby"), refused: []string{"replications", "seed", "workers", "engine", "of", "with", "set", "case", "prices"}},
	{line: "explain net_saving PLAIN -f json", values: values("output", "FOLDER/x.json", "of", "Ashby", "format", "csv"), refused: []string{"replications", "seed", "workers", "engine"}},
	{line: "report PLAIN -n 16 -o FOLDER/x.xlsx", values: values("output", "FOLDER/y.xlsx"), refused: []string{"council", "fixed-rates"}, unseen: []string{"workers", "engine"}},
	{line: "show PLAIN", values: values()},
	{line: "show PLAIN -f csv", values: values("format", "json")},
	{line: "list", values: values()},
	{line: "indigo testdata/export", values: values("export", "x", "all", "", "doubts", ""), refused: []string{"export"}},
	{line: "indigo testdata/export --doubts", values: values("export", "x", "all", "", "doubts", ""), refused: []string{"export", "all"}, unseen: []string{"doubts"}},
	{line: "indigo testdata/export Ashby", values: values("export", "x", "all", "", "doubts", ""), refused: []string{"all", "format"}},
	{line: "calibrate testdata/invented-returns --no-suppress", values: calibrated("guard", "6000"), refused: []string{"by", "moves", "matrix", "cycle"}, unseen: []string{"suppress", "least", "log", "curves"}},
	{line: "calibrate testdata/spells.csv", values: calibrated(), refused: []string{"log", "moves", "matrix", "cycle"}, unseen: []string{"suppress", "curves"}},
	{line: "calibrate testdata/spells.csv -f csv", values: calibrated("format", "json"), refused: []string{"log", "moves", "matrix", "cycle"}, unseen: []string{"suppress", "curves"}},
	{line: "calibrate testdata/visits.csv", values: calibrated("moves", "foster_to_residential,_residential_to_foster"), refused: []string{"weeks-in-state", "least", "by", "guard", "weekly", "log", "curves", "matrix", "cycle"}, unseen: []string{"suppress", "moves"}},
	{line: "calibrate --matrix testdata/after-a-quarter.csv --cycle 13", values: calibrated("matrix", "testdata/after-a-year.csv"), refused: []string{"weeks-in-state", "least", "by", "guard", "weekly", "log", "curves", "moves"}, unseen: []string{"suppress"}},
	{line: "forecast RETURNS -n 8 --years 2", values: forecasting(), refused: []string{"case", "council"}, unseen: []string{"workers", "suppress", "chart"}},
	{line: "forecast RETURNS -n 8 --years 1 --programme PLAIN", values: forecasting("years", "2", "programme", "dn2"), unseen: []string{"workers", "suppress", "chart"}},
	{line: "forecast RETURNS -n 8 --years 2 -f csv", values: forecasting("format", "json"), refused: []string{"case", "council"}, unseen: []string{"workers", "suppress", "chart"}},
	{line: "synthesise -o FOLDER/a --children 60 --years 2", values: values("output", "FOLDER/b", "children", "70", "years", "3", "faults", "gap", "xml", "")},
	{line: "validate PLAIN"},
	{line: "init FOLDER/new.yaml"},
	{line: "plot", values: chartValues(), refused: chartFlags(), unseen: []string{"list"}},
	{line: "plot --list", values: chartValues(), refused: chartFlags(), unseen: []string{"list"}},
	{line: "plot PLAIN", values: chartValues("set", "delivery={fixed_per_quarter:_100}", "with", "delivered", "case", "low_+_delivered"), refused: without(chartFlags(), "case", "with", "set"), unseen: []string{"list"}},
}

// calibrated are values for the command that estimates from records.
func calibrated(more ...string) map[string]string {
	return values(append([]string{"weeks-in-state", "26", "least", "20", "by", "cohort", "guard", "200", "suppress", "", "weekly", "", "log", "FOLDER/log.csv", "curves", "FOLDER/curves.csv", "moves", "foster_to_residential", "matrix", "testdata/after-a-quarter.csv", "cycle", "26"}, more...)...)
}

// forecasting are values for the command that forecasts all children of a council.
func forecasting(more ...string) map[string]string {
	return values(append([]string{"years", "1", "lever", "entries_-5%", "cost", "foster=900", "guard", "200", "suppress", "", "programme", "PLAIN", "chart", "FOLDER/x.svg"}, more...)...)
}

// chartValues are values of the flags of charts.
func chartValues(more ...string) map[string]string {
	return invested(append([]string{
		"list", "", "all", "", "output", "FOLDER/x.pdf", "format", "svg", "title", "A_title", "cohort", "step-down",
		"investor", "Fir_Care", "width", "480", "height", "300", "published", "",
	}, more...)...)
}

// chartFlags are all flags of charts but those that choose what is asked.
func chartFlags() []string {
	return []string{
		"case", "cases", "with", "set", "prices", "replications", "seed", "workers", "engine", "fixed-rates", "all",
		"output", "format", "title", "cohort", "investor", "width", "height", "published",
	}
}

func without(all []string, some ...string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(one string) bool { return slices.Contains(some, one) })
}

// Every flag of every command changes what is printed, or is refused with the
// exit code for a command line that cannot be carried out.
func TestEveryFlagDoesSomethingOrIsRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("runs some hundred command lines")
	}
	for i, u := range uses {
		slow := strings.HasPrefix(u.line, "size") || strings.Contains(u.line, "--reverse")
		if os.Getenv("EDGEOFCARE_LONG") == "" && (slow || i%4 != 0) {
			continue // the others are tried in the long runs
		}
		t.Run(u.line, func(t *testing.T) { u.check(t) })
	}
}

func (u use) check(t *testing.T) {
	plain := u.run(t, "")
	require.Zero(t, plain.code, plain.errors)
	for _, name := range flagsOf(t, strings.Fields(u.line)[0]) {
		value, ok := u.values[name]
		none := name == "unconditioned" && !strings.Contains(u.line, "dn2") // no other file has draws held to payments
		if !ok && !none && !slices.Contains(u.refused, name) {
			require.Contains(t, []string{"reverse", "shard", "all", "list"}, name, "a value to try --%s with is missing", name)
			continue
		}
		with := u.run(t, name)
		switch {
		case none || slices.Contains(u.refused, name):
			require.Equal(t, exitUsage, with.code, "--%s %s is not refused", name, value)
			require.Contains(t, with.errors, "--"+name)
			require.Empty(t, with.out)
		case slices.Contains(u.unseen, name):
			require.Zero(t, with.code, with.errors)
		default:
			require.Zero(t, with.code, with.errors)
			require.NotEqual(t, plain.out, with.out, "--%s %s does nothing", name, value)
		}
	}
}

// ran is what a command line did.
type ran struct {
	out, errors string
	code        int
}

// run runs the command line with a flag, in place of the same one if it is there.
func (u use) run(t *testing.T, flag string) ran {
	folder := t.TempDir()
	var line []string
	short := map[string]string{"replications": "-n", "format": "-f", "output": "-o"}
	words := strings.Fields(u.line)
	for i := 0; i < len(words); i++ {
		if flag != "" && (words[i] == "--"+flag || words[i] == short[flag]) {
			if u.values[flag] != "" {
				i++ // the value that was there
			}
			continue
		}
		line = append(line, words[i])
	}
	if flag != "" {
		line = append(line, "--"+flag)
		if value := u.values[flag]; value != "" {
			line[len(line)-1] += "=" + value
		}
	}
	arguments := goldenFile{line: strings.Join(line, " ")}.asLine()
	for i, a := range arguments {
		arguments[i] = strings.ReplaceAll(a, "FOLDER", folder)
	}
	var r ran
	r.out, r.errors, r.code = edgeofcare(t, arguments...)
	r.out = strings.ReplaceAll(r.out, folder, "FOLDER") + workbooksIn(t, folder)
	return r
}

// workbooksIn is what stands on the sheets of workbooks in a folder, but for the cover,
// which has the command line.
func workbooksIn(t *testing.T, folder string) (all string) {
	files, err := filepath.Glob(filepath.Join(folder, "*.xlsx"))
	require.NoError(t, err)
	for _, file := range files {
		archive, err := zip.OpenReader(file)
		require.NoError(t, err)
		defer archive.Close()
		for _, part := range archive.File {
			if strings.HasPrefix(part.Name, "xl/worksheets/sheet") && part.Name != "xl/worksheets/sheet1.xml" {
				all += fmt.Sprintf("%s %x\n", part.Name, part.CRC32)
			}
		}
	}
	return all
}

// flagsOf are the flags of a command, without --help.
func flagsOf(t *testing.T, command string) []string {
	parser, err := kong.New(&commands{})
	require.NoError(t, err)
	for _, node := range parser.Model.Children {
		if node.Name != command {
			continue
		}
		var names []string
		for _, flag := range node.Flags {
			names = append(names, flag.Name)
		}
		return names
	}
	require.FailNow(t, "there is no command "+command)
	return nil
}

// Every command is in the matrix but merge, which prints what run prints.
func TestEveryCommandIsInTheMatrix(t *testing.T) {
	of := reflect.TypeFor[commands]()
	for i := range of.NumField() {
		name := strings.ToLower(of.Field(i).Name)
		found := slices.ContainsFunc(uses, func(u use) bool { return strings.Fields(u.line)[0] == name })
		require.True(t, found || name == "merge", name)
	}
}

// Every chart takes the flags that change the figures behind it, and refuses all
// others; and each of its looks changes the drawing. EDGEOFCARE_LONG=1 tries all
// charts, otherwise a fifth of them.
func TestEveryFlagOfEveryChart(t *testing.T) {
	if testing.Short() {
		t.Skip("draws every chart many times")
	}
	for i, one := range charts {
		if os.Getenv("EDGEOFCARE_LONG") == "" && i%5 != 0 {
			continue // a fifth of the charts
		}
		t.Run(one.name, func(t *testing.T) {
			programme := "PLAIN"
			v := values("list", "", "all", "", "output", "FOLDER/x.csv", "title", "A_title", "cohort", "step-down", "investor", "Fir_Care", "width", "480", "height", "300", "published", "", "with", "everything", "set", "metrics.*.tariff=650")
			switch {
			case one.name == "deadweight-curve":
				programme = "../../docs/example/two-payers.yaml"
				v["with"], v["set"] = "entry_to_care_half_as_likely", "cohorts.*.start_probability=60%"
			case needsInvestors(t, one):
				programme, v = "INVESTED", chartValues("output", "FOLDER/x.csv")
			case one.name == "saving-curve":
				v["set"] = "cohorts.*.start_probability=60%"
			case one.name == "occupancy" || one.name == "survival":
				v["set"], v["case"] = "background.foster.residential=0.004", "low_+_everything"
			}
			figures := use{line: "plot " + programme + " " + one.name + " -f csv -o -", values: v}
			if slices.Contains(one.takes, "--seed") {
				figures.line += " -n 16"
			}
			for _, name := range chartFlags() {
				taken := slices.Contains(one.takes, "--"+name) || name == "with" || name == "set"
				switch name {
				case "output", "format": // shown by TestPlot
				case "published": // a simulation has replications, which it refuses
					if one.name != "programmes" {
						figures.refused = append(figures.refused, name)
					}
				case "all":
					figures.refused = append(figures.refused, name)
				case "title", "width", "height", "fixed-rates": // the programme has no ranges
					figures.refused = append(figures.refused, name)
				case "workers":
					if taken {
						figures.unseen = append(figures.unseen, name)
					} else {
						figures.refused = append(figures.refused, name)
					}
				default:
					if !taken {
						figures.refused = append(figures.refused, name)
					}
				}
			}
			figures.refused = append(figures.refused, "list")
			v["format"] = "svg"
			figures.check(t)
			looks := use{line: strings.Replace(figures.line, "-f csv", "-f svg", 1), values: map[string]string{"title": "A_title", "width": "480", "height": "300"}}
			for name := range looks.values {
				require.NotEqual(t, looks.run(t, "").out, looks.run(t, name).out, name)
			}
		})
	}
}

// needsInvestors reports whether the plain programme lacks what a chart needs.
func needsInvestors(t *testing.T, one chart) bool {
	t.Helper()
	d, err := openDocument(&streams{err: io.Discard}, filepath.Join("testdata", "plain.yaml"))
	require.NoError(t, err)
	v, err := d.Version("")
	require.NoError(t, err)
	return one.lacks(v) != nil
}

// Merge takes the flags of the version and of tables, and no flag of a simulation.
func TestMergeTakesNoFlagsOfASimulation(t *testing.T) {
	require.Equal(t, []string{"with", "set", "case", "format", "output", "wide"}, flagsOf(t, "merge"))
	_, errors, code := edgeofcare(t, "merge", "dn2", "part", "-n", "3")
	require.Equal(t, exitUsage, code)
	require.Contains(t, errors, "-n")
	_, err := os.Stat("part")
	require.ErrorIs(t, err, os.ErrNotExist)
}
