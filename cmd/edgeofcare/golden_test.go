package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/golden"
)

// goldenFile is one file under testdata/golden: what a command line prints.
type goldenFile struct {
	name string // without extension; it ends in .csv or .json for the excerpts below
	why  string // it is there
	line string // the command line; an underscore stands for a space in an argument, PLAIN and so on for the files in testdata, FOLDER for an empty one
}

// goldenFiles are what every command prints of three small programmes, and what it
// says to whoever makes a mistake. Read each that changes as the reader would for
// whom it is written, before it is committed.
//
// Text is kept whole. CSV is kept without the rows that differ from an earlier one
// by period, statistic, whose they are and figures alone, and JSON as an outline, one line for each path with
// the kind of what stands there, that of a programme in show.json only: kept whole
// they are too long to be read.
var goldenFiles = []goldenFile{
	{"compare", "one screen for members and finance officers: the first page that most people see", "compare PLAIN -n 50"},
	{"compare-dn2", "the same with a fitted case, a fund, payments so far and a savings target", "compare dn2 -n 50"},
	{"compare-template", "the same of the file that init writes", "compare ../../scenario/template.yaml -n 50"},
	{"compare-saves-more-than", "how likely an amount is to be saved, by all together and each council", "compare PLAIN -n 50 --saves-more-than £50k --saves-more-than 1,500"},
	{"compare-council", "one council's page for its budget: cash, as the file states inflation", "compare INDEXED --council Dale --cases _,+_no_cap -n 50"},
	{"run-council", "the same of one case, in constant prices", "run PLAIN --case high --council Brook -n 50"},
	{"compare-detail", "every figure of the cases side by side", "compare PLAIN -n 50 --detail"},
	{"compare-prices", "payments under an indexed tariff: every table says in which prices it is", "compare INDEXED --cases _,+_no_cap -n 50 --detail"},
	{"compare-edit", "an edited version beside the case that it edits, and differences from it", "compare PLAIN --cases expected,expected_+_{contract_cap=60000} -n 50 --detail"},
	{"compare-wide-title", "a variant on top of every case is named in each heading", "compare PLAIN --cases low,expected --with dearer_homes -n 50 --detail"},
	{"compare-unsure", "two cases with inputs that are not known exactly, and what the first rests on", "compare UNSURE --cases expected,certain -n 500"},
	{"compare-unsure-detail", "every figure of the same, with the share of the range that is rates", "compare UNSURE --cases expected,certain -n 50 --detail"},
	{"compare-until", "how many replications make means exact enough, where some inputs are uncertain", "compare UNSURE --cases expected,certain --until £10,000"},
	{"compare-markdown", "the screen as it goes into a committee paper", "compare PLAIN -n 50 -f markdown"},
	{"compare.csv", "which figures a spreadsheet gets, and under which names", "compare PLAIN --cases low,high -n 50 -f csv"},
	{"compare.json", "which figures a program gets, and under which keys", "compare PLAIN --cases low,high -n 50 -f json"},

	{"run", "one case in full: totals, quarters against payments and plan, budgets by council", "run PLAIN -n 50"},
	{"run-wide", "the columns of detail", "run PLAIN -n 50 --wide"},
	{"run-cash", "the same in cash: every amount rises by the index of its financial year, rates are nominal", "run INDEXED --prices cash -n 50"},
	{"compare-cash-at", "cash prices of a programme that states no inflation", "compare PLAIN --prices cash_at_2% -n 50 --detail"},
	{"error-prices", "cash prices need inflation, and the message says where to write it", "compare PLAIN --prices cash -n 50"},
	{"run-indexed", "caps, grants, two kinds of trigger and a fund whose part is capped", "run INDEXED -n 50"},
	{"run-invested", "a programme with delivery terms says where capital is shown", "run INVESTED --case low -n 50"},
	{"run-markdown", "the page as it goes into a paper", "run PLAIN --case low -n 50 -f markdown"},
	{"run-walk", "the reference engine, named in the conventions", "run PLAIN -n 50 --engine walk --seed 7"},
	{"run-unsure", "inputs that are not known exactly: ranges over chance and rates, over chance alone, and the share that is rates", "run UNSURE -n 50"},
	{"run-fixed-rates", "the same at the stated rates: every label says so", "run UNSURE -n 50 --fixed-rates"},
	{"run-until", "the same, and that the most allowed were not enough", "run UNSURE --until 0.5% -n 1200"},
	{"run.csv", "which figures a spreadsheet gets", "run INDEXED -n 50 -f csv"},
	{"run.json", "which figures a program gets", "run INDEXED -n 50 -f json"},

	{"invest", "an investor sets cases side by side", "invest INVESTED -n 50"},
	{"invest-one", "one case, with its cash line by line", "invest INVESTED --cases medium -n 50"},
	{"invest-detail", "two cases, each with its cash line by line", "invest INVESTED --cases low,high --detail -n 50"},
	{"invest.csv", "the sections and lines that invest --help describes", "invest INVESTED --cases medium -n 50 -f csv"},
	{"invest.json", "which figures a program gets", "invest INVESTED --cases medium -n 50 -f json"},

	{"stress", "what may go wrong, worst first", "stress INVESTED -n 50"},
	{"stress-investor", "the same for one investor, in another order, of some stresses", "stress INVESTED --investor Elm_Trust --by hurdle --stress slower_matching --stress all_at_once -n 50"},
	{"stress-reverse", "how bad one thing must be", "stress INVESTED --reverse -n 20"},
	{"stress.csv", "which figures a spreadsheet gets", "stress INVESTED -n 50 -f csv"},
	{"stress-made-up", "a stress of several parts, with what a late start moves", "stress INVESTED --stress late=start_6_months_late_+_referrals_down_25% -n 50"},
	{"stress-tail", "the replications in which an input is high, for somebody who knows what goes with it", "stress UNSURE --stress highest_half_of_unit_costs.foster -n 50"},
	{"stress-grid", "two drivers at once", "stress INVESTED --grid referrals=0.8/1/1.2,cost_of_delivery=0.9/1/1.2 --by shortfall -n 50"},
	{"stress-grid.csv", "every figure of every pair, for a spreadsheet", "stress INVESTED --grid referrals=0.8/1,tariffs=1 -n 50 -f csv"},
	{"stress.json", "which figures a program gets", "stress INVESTED --stress slower_matching -n 50 -f json"},
	{"stress-reverse.json", "which figures a program gets of a search", "stress INVESTED --reverse -n 20 -f json"},

	{"sensitivity", "which assumption decides: shares of variance, ranges, and means by tenth of each input", "sensitivity UNSURE -n 200 --rows 64"},
	{"sensitivity-plain", "the same of a file that says of no input how well it is known", "sensitivity PLAIN --measure net_saving,_Ashby"},
	{"sensitivity-grid", "two inputs at once, and where nothing is left", "sensitivity UNSURE --grid unit_costs.foster,tariffs"},
	{"sensitivity-stresses", "every case under every stress, with the chance of a loss", "sensitivity PLAIN --stresses -n 50 --measure net_saving,_Brook"},
	{"sensitivity.csv", "which figures a spreadsheet gets", "sensitivity UNSURE -n 60 --rows 16 -f csv"},
	{"sensitivity.json", "which figures a program gets", "sensitivity UNSURE -n 60 --rows 16 -f json"},

	{"solve", "at which value of one unknown a goal is reached, with the steps", "solve INVESTED referrals net_public_saving,_mean_at_least_£600k -n 50"},
	{"solve-chance", "the same of a chance, with inputs that are not known exactly", "solve UNSURE unit_costs.residential net_public_saving,_above_£0_with_80% -n 400 --from 1000"},
	{"solve-nowhere", "a goal that cannot be reached, and why", "solve INVESTED tariffs net_public_saving,_mean_at_least_£10m -n 50"},
	{"solve.csv", "every value that was run, for a spreadsheet", "solve INVESTED referrals net_public_saving,_mean_at_least_£600k -n 50 -f csv"},
	{"solve.json", "which figures a program gets", "solve INVESTED referrals net_public_saving,_mean_at_least_£600k -n 50 -f json"},
	{"error-solve-goal", "a goal that cannot be read: where, and what to write there", "solve PLAIN tariffs net_public_saving_at_least_£0"},
	{"error-solve-unknown", "a slip in the name of an unknown", "solve PLAIN tarifs net_public_saving,_mean_at_least_£0"},

	{"bridge", "what each change between two cases contributes, by council and year", "bridge PLAIN low high"},
	{"bridge-layers", "what is put on top of a case, for one council", "bridge PLAIN expected expected_+_placed_sooner_+_dearer_homes --measure net_saving,_Brook"},
	{"bridge.csv", "which figures a spreadsheet gets", "bridge PLAIN low high -f csv"},
	{"bridge.json", "which figures a program gets", "bridge PLAIN low high -f json"},
	{"size", "the facility that is needed, with bounds, and over the cost of delivery", "size INVESTED -n 50"},
	{"size.csv", "two blocks, each with its own header", "size INVESTED --cases medium -n 50 -f csv"},
	{"size.json", "which figures a program gets", "size INVESTED --cases medium -n 50 -f json"},

	{"value", "which option is best, and what more knowledge and two studies are worth", "value UNSURE --case expected --option dearer=expected_+_{metrics.*.tariff=1800} --study 50_children_for_26_weeks --study 200_children_for_52_weeks_at_£60,000 --study-cost £20k --group prices=unit_costs.* -n 400"},
	{"value-council", "the same of one council in Markdown, where nothing is worth knowing", "value UNSURE --case expected --council Ashby -n 200 -f markdown"},
	{"value.csv", "which figures a spreadsheet gets", "value UNSURE --case expected --study 50_children_for_26_weeks -n 200 -f csv"},
	{"value.json", "which figures a program gets", "value UNSURE --case expected --study 50_children_for_26_weeks --option dearer=expected_+_{metrics.*.tariff=1800} -n 200 -f json"},
	{"error-value", "nothing can be learned where nothing is uncertain", "value PLAIN -n 200"},
	{"error-study", "a study that is not understood", "value UNSURE --study 200_weeks -n 200"},

	{"condition", "an evaluator asks what payments say of uncertain inputs", "condition dn2 --as-of 2022-06-30"},
	{"help-condition", "a day, a weight and a table of draws", "condition --help"},
	{"backtest", "an evaluator fits to two quarters and looks at the two after", "backtest PLAIN --origin 2026Q3 -n 50"},
	{"backtest-forecasts", "the same of a programme whose inputs are uncertain, some of them fitted to later payments", "backtest suffolk --origin Q3_2022/23 -n 50"},
	{"backtest.csv", "which figures a spreadsheet gets", "backtest PLAIN --origin 2026Q3 -n 50 -f csv"},
	{"backtest.json", "which figures a program gets", "backtest PLAIN --origin 2026Q3 -n 50 -f json"},

	{"reforecast", "a council goes on from its claims and its children of today", "reforecast UNSURE --case expected --as-of 2026-12-31 --actuals testdata/invented-claims.csv --caseload testdata/invented-caseload.csv --draws 100"},
	{"reforecast.csv", "which figures a spreadsheet gets", "reforecast UNSURE --case expected --set cohorts.step-down.lag=4_weeks --actuals testdata/invented-claims.csv --draws 100 -f csv"},
	{"reforecast.json", "which figures a program gets", "reforecast UNSURE --case expected --set cohorts.step-down.lag=4_weeks --actuals testdata/invented-claims.csv --draws 100 -f json"},
	{"reforecast-councils", "councils stand as they claimed and their children go on, and a quarter that the file fills is named", "reforecast dn2 --as-of 2022-06-30 --actuals testdata/invented-claims-by-council.csv --draws 40"},
	{"reforecast-freed", "inputs that had been fitted to payments after the day are set free, and listed", "reforecast suffolk --as-of 2022-12-31 --draws 20"},
	{"error-reforecast", "nothing is known of quarters that have ended", "reforecast PLAIN --as-of 2027-06-30"},
	{"error-caseload", "faults of a caseload by line, and nothing that it holds", "reforecast UNSURE --as-of 2026-12-31 --actuals testdata/invented-claims.csv --caseload testdata/invented-claims.csv"},

	{"bids", "two offers as a committee compares them, one a version of the other", "bids PLAIN PLAIN_+_{metrics.*.tariff=650}_+_{contract_cap=200000} -n 50 --cases low,expected"},
	{"portfolio", "two programmes in one fund, on terms of its own", "portfolio INVESTED second=INVESTED_+_referrals_down_20% --fund testdata/fund.yaml -n 50"},
	{"portfolio-pool", "the same in a fund without a limit", "portfolio INVESTED second=INVESTED_+_referrals_down_20% --pool -n 50"},
	{"portfolio-apart", "the same without a fund", "portfolio INVESTED second=INVESTED_+_referrals_down_20% -n 50"},
	{"portfolio.csv", "which figures a spreadsheet gets", "portfolio INVESTED second=INVESTED_+_referrals_down_20% --pool -n 50 -f csv"},
	{"error-portfolio", "what cannot be shared, by path", "portfolio INVESTED second=INVESTED --pool --share unit_costs.foster -n 50"},
	{"bids-capital", "offers with delivery terms, one under stress", "bids INVESTED INVESTED_+_referrals_down_20% -n 50 --cases medium"},
	{"bids.csv", "which figures a spreadsheet gets", "bids PLAIN PLAIN_+_dearer_homes -n 50 --cases expected -f csv"},
	{"bids.json", "tables with typed cells", "bids PLAIN PLAIN_+_dearer_homes -n 50 --cases expected -f json"},

	{"benchmark", "three programmes, published and modelled apart, each in its own prices", "benchmark PLAIN INVESTED INDEXED"},
	{"benchmark.csv", "which figures a spreadsheet gets", "benchmark PLAIN INDEXED -f csv"},

	{"explain", "every measure in one plain sentence", "explain"},
	{"explain-one", "a measure without a programme: sentence and rule", "explain net_saving"},
	{"explain-sum", "the sum with its figures, for one council", "explain net_saving PLAIN --case expected --of Ashby"},
	{"explain-capital", "a measure of cash, for the whole", "explain capital_requirement INVESTED"},
	{"explain-sum.json", "the sum for a program", "explain net_saving PLAIN --of Ashby -f json"},

	{"plot", "every chart and the question that it answers", "plot"},
	{"plot-programme", "the same, with what one programme has no data for", "plot INDEXED"},
	{"plot-payments.csv", "the figures behind a chart", "plot PLAIN payments -n 50 -f csv -o -"},

	{"show", "a programme as its file has it, with where every input comes from", "show PLAIN"},
	{"show-indexed", "terms of every kind in words", "show INDEXED"},
	{"show-invested", "delivery and facility in words", "show INVESTED --case low --set facility.hurdle=10%"},
	{"show-unsure", "what is uncertain, in words, and marked in the register", "show UNSURE"},
	{"show.csv", "the register for a spreadsheet", "show PLAIN --case low -f csv"},
	{"show.json", "the version for a program", "show PLAIN --case low -f json"},

	{"validate", "a file without faults", "validate PLAIN"},
	{"validate-unsure", "how many inputs are uncertain", "validate UNSURE"},
	{"indigo", "what an export holds, and what was repaired in it", "indigo testdata/export --all"},
	{"indigo-doubts", "what an export leaves in doubt, and what was repaired", "indigo testdata/export --doubts"},
	{"indigo-draft", "the start of a programme file from an export", "indigo testdata/export Ashby --export invented"},
	{"calibrate", "counts, rates with intervals, the test, curves; small counts hidden", "calibrate testdata/spells.csv"},
	{"calibrate-age", "by age, with all counts", "calibrate testdata/spells.csv --by age --weeks-in-state none --no-suppress"},
	{"calibrate.csv", "which figures a spreadsheet gets", "calibrate testdata/spells.csv --by cohort --weeks-in-state none -f csv"},
	{"calibrate-returns", "rows of returns, counts and what cannot be said of so few", "calibrate testdata/invented-returns --no-suppress"},
	{"calibrate-visits", "rates from where children were found", "calibrate testdata/visits.csv"},
	{"calibrate-matrix", "a published table made weekly", "calibrate --matrix testdata/after-a-quarter.csv --cycle 13"},
	{"error-calibrate", "a table without a weekly root, and the nearest", "calibrate --matrix testdata/no-weekly-root.csv --cycle 13"},
	{"forecast", "all children by state and age, costs, and what two levers save", "forecast RETURNS -n 50 --years 3 --lever residential_entries_-5% --lever foster_to_residential_-10%,_residential_to_foster_+20%"},
	{"forecast-all", "with small counts, other unit costs, no lever", "forecast RETURNS -n 50 --years 1 --no-suppress --cost residential=5,200"},
	{"forecast.csv", "which figures a spreadsheet gets", "forecast RETURNS -n 50 --years 1 --lever entries_-5% -f csv"},
	{"forecast.json", "which figures a program gets", "forecast RETURNS -n 50 --years 1 --lever residential_entries_-5%_into_foster -f json"},
	{"forecast-programme", "what a programme changes of all children of a council", "forecast RETURNS -n 50 --years 2 --programme dn2 --case base --council Derby"},
	{"error-forecast", "a lever that cannot be read", "forecast RETURNS --lever fewer_children"},
	{"synthesise", "the truth of made-up returns: rates, stock, where faults are", "synthesise -o FOLDER --children 60 --years 2 --faults gap,same_day,bad_date"},
	{"synthesise.json", "which figures a program gets", "synthesise -o FOLDER --children 60 --years 2 --faults gap -f json"},
	{"error-synthesise", "a fault that cannot be planted", "synthesise -o FOLDER --faults typo"},
	{"list", "the library: all programmes, cases and variants", "list"},

	{"help", "the first page that anyone reads", "--help"},
	{"help-compare", "how versions are written, and flags with their defaults", "compare --help"},
	{"help-run", "flags of one case and of shards", "run --help"},
	{"help-merge", "how shards are put together", "merge --help"},
	{"help-invest", "the columns of the CSV", "invest --help"},
	{"help-stress", "flags that only go with --reverse", "stress --help"},
	{"help-sensitivity", "measures and charts", "sensitivity --help"},
	{"help-bridge", "groups", "bridge --help"},
	{"help-size", "confidence", "size --help"},
	{"help-backtest", "origins and inputs", "backtest --help"},
	{"help-bids", "offers", "bids --help"},
	{"help-benchmark", "programmes", "benchmark --help"},
	{"help-explain", "measures", "explain --help"},
	{"help-plot", "flags of all charts and of some", "plot --help"},
	{"help-show", "register", "show --help"},
	{"help-validate", "exit code", "validate --help"},
	{"help-indigo", "disclaimer", "indigo --help"},
	{"help-calibrate", "the columns of spells", "calibrate --help"},
	{"help-forecast", "levers and costs", "forecast --help"},
	{"help-synthesise", "faults", "synthesise --help"},
	{"help-list", "formats", "list --help"},
	{"help-init", "where the file goes", "init --help"},

	{"error-case", "a case that is not in the file", "run PLAIN --case expectd"},
	{"error-variant", "a variant that is not in the file", "compare PLAIN --with deerer_homes"},
	{"error-stress", "a stress that is not in the file", "stress INVESTED --stress slow_matching"},
	{"error-investor", "an investor who is not in the file", "stress INVESTED --investor Elm"},
	{"error-cohort", "a cohort that is not in the file", "plot PLAIN survival --cohort step-up"},
	{"error-chart", "a chart that there is not", "plot PLAIN paymnts"},
	{"error-measure", "a measure that there is not", "explain net_savings"},
	{"error-sensitivity", "a measure of a council that is not in the file", "sensitivity PLAIN --measure net_saving,_Ashbee"},
	{"error-bridge", "a group that holds nothing", "bridge PLAIN low high --group homes=facility"},
	{"error-council", "a council's page of a council that is not in the file", "run PLAIN --council Ashbee"},
	{"error-of", "a council that is not in the file", "explain net_saving PLAIN --of Ashbee"},
	{"error-programme", "a programme that is not in the library", "run dn3"},
	{"error-file", "a file that is not there", "run nowhere.yaml"},
	{"error-flag", "a mistyped flag", "run PLAIN --sed 3"},
	{"error-command", "a mistyped command", "comprae PLAIN"},
	{"error-no-effect", "a flag that does nothing for what was asked", "plot PLAIN tornado --seed 3 --cohort step-down"},
	{"error-no-effect-format", "a flag that does nothing for a format", "run PLAIN -f csv --wide"},
	{"error-fixed-rates", "fixed rates of a programme whose rates are fixed", "run PLAIN --fixed-rates"},
	{"error-replications", "a number that cannot be", "run PLAIN -n 0"},
	{"error-version", "a version that cannot be read", "compare PLAIN --cases low,high_+_{contract_cap=1"},
	{"error-edit", "an edit that is none", "run PLAIN --set contract_cap"},
	{"error-edit-value", "an edit that does not fit", "run PLAIN --set cohorts.step-down.lag=soon"},
	{"error-edit-path", "an edit of what is not there", "run PLAIN --set cohorts.step-up.lag=3"},
	{"error-against", "differences from a version that is not compared", "compare PLAIN --cases low,high --detail --against expected"},
	{"error-faults", "every fault of a file, with its place and what to write", "validate FAULTY"},
	{"error-delivery", "capital asked of a programme without delivery terms", "invest PLAIN"},
	{"error-payments", "a backtest of a programme that nothing was paid for", "backtest INVESTED"},
	{"error-part", "a file that is no part of a run", "merge PLAIN main.go"},
	{"error-offers", "one offer", "bids PLAIN"},
}

// asLine are the arguments of a golden file's command line.
func (g goldenFile) asLine() []string {
	line := spoken(g.line)
	for i, argument := range line {
		for _, name := range []string{"plain", "invested", "indexed", "faulty", "unsure"} {
			argument = strings.ReplaceAll(argument, strings.ToUpper(name), "testdata/"+name+".yaml")
		}
		if strings.Contains(argument, "RETURNS") {
			argument = strings.ReplaceAll(argument, "RETURNS", madeReturns())
		}
		line[i] = argument
	}
	return line
}

func TestGolden(t *testing.T) {
	t.Setenv("COLUMNS", "80")
	for _, g := range goldenFiles {
		t.Run(g.name, func(t *testing.T) {
			folder := t.TempDir()
			line := g.asLine()
			for i := range line {
				line[i] = strings.ReplaceAll(line[i], "FOLDER", folder)
			}
			out, errors, code := edgeofcare(t, line...)
			out, errors = strings.ReplaceAll(out, folder, "FOLDER"), strings.ReplaceAll(errors, folder, "FOLDER")
			var text string
			switch kind := filepath.Ext(g.name); {
			case strings.HasPrefix(g.name, "error-"):
				require.NotZero(t, code)
				require.Empty(t, out)
				text = "exit code " + strconv.Itoa(code) + "\n" + errors
			case kind == ".csv":
				text = firstRows(t, out)
			case kind == ".json":
				text = outline(t, out)
			default:
				text = out
			}
			if !strings.HasPrefix(g.name, "error-") {
				require.Zero(t, code, errors)
				if strings.HasPrefix(g.line, "plot ") && errors != "" {
					require.Contains(t, errors, "Warning") // which a chart has no place for
				} else {
					require.Empty(t, errors)
				}
			}
			name := g.name
			if filepath.Ext(name) == "" {
				name += ".txt"
			}
			golden.Equal(t, filepath.Join("testdata", "golden", name), machineless(text))
		})
	}
}

// machineless takes out what differs from one machine to another: the architecture
// that floats were worked out on, which the conventions of a run name.
func machineless(text string) string {
	return strings.ReplaceAll(text, " on "+runtime.GOARCH, " on ARCHITECTURE")
}

// Each file has its line in the table and each line its file.
func TestGoldenFilesAreListed(t *testing.T) {
	var listed []string
	for _, g := range goldenFiles {
		require.NotEmpty(t, g.why, g.name)
		name := g.name
		if filepath.Ext(name) == "" {
			name += ".txt"
		}
		listed = append(listed, name)
	}
	slices.Sort(listed)
	require.Equal(t, listed, slices.Compact(slices.Clone(listed)))
	entries, err := os.ReadDir(filepath.Join("testdata", "golden"))
	require.NoError(t, err)
	var there []string
	for _, entry := range entries {
		there = append(there, entry.Name())
	}
	require.Equal(t, listed, there)
}

// firstRows leaves out of CSV the rows that differ from earlier ones by period,
// statistic, whose they are and figures alone, and says how many.
func firstRows(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	for i, block := range strings.Split(strings.TrimSuffix(text, "\n"), "\n\n") {
		rows, err := csv.NewReader(strings.NewReader(block)).ReadAll()
		require.NoError(t, err)
		if i > 0 {
			out.WriteString("\n")
		}
		w := csv.NewWriter(&out)
		seen := map[string]bool{}
		var left int
		for _, row := range rows {
			var about, statistic string
			for n, field := range row {
				_, err := strconv.ParseFloat(field, 64)
				switch {
				case rows[0][n] == "statistic":
					statistic = field
				case err != nil && rows[0][n] != "period" && rows[0][n] != "period_ends" && rows[0][n] != "of":
					about += field + "\x00"
				}
			}
			if seen[about] && seen[statistic] {
				left++
				continue
			}
			seen[about], seen[statistic] = true, true
			require.NoError(t, w.Write(row))
		}
		w.Flush()
		if left > 0 {
			fmt.Fprintf(&out, "(and %d rows)\n", left)
		}
	}
	return out.String()
}

// outline is JSON as its paths, each with the kind of what stands there.
func outline(t *testing.T, text string) string {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal([]byte(text), &v))
	kinds := map[string]bool{}
	gather(kinds, "", v)
	maps.DeleteFunc(kinds, func(path string, _ bool) bool { return strings.Contains(path, ".version.programme.") })
	return strings.Join(slices.Sorted(maps.Keys(kinds)), "\n") + "\n"
}

func gather(kinds map[string]bool, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for key, inside := range v {
			gather(kinds, path+"."+key, inside)
		}
	case []any:
		for _, inside := range v {
			gather(kinds, path+"[]", inside)
		}
		if len(v) == 0 {
			kinds[path+"[]: empty"] = true
		}
	case string:
		kinds[path+": text"] = true
	case float64:
		kinds[path+": number"] = true
	case bool:
		kinds[path+": yes or no"] = true
	case nil:
		kinds[path+": null"] = true
	}
}
