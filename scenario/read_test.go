package scenario_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/scenario"
)

var update = flag.Bool("update", false, "write the expected messages of the faulty files anew")

// Every faulty file has its messages beside it, one to a line.
func TestFaultyFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/faulty/*.yaml")
	require.NoError(t, err)
	require.Greater(t, len(files), 10)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			t.Parallel()
			_, err := readFile(t, file)
			require.Error(t, err)
			golden := strings.TrimSuffix(file, ".yaml") + ".txt"
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(err.Error()+"\n"), 0o644))
			}
			want, errRead := os.ReadFile(golden)
			require.NoError(t, errRead)
			assert.Equal(t, string(want), err.Error()+"\n")
			checkFaults(t, filepath.Base(file), err)
		})
	}
}

// checkFaults checks that an error is nothing but faults of a file, in order.
func checkFaults(t *testing.T, file string, err error) {
	t.Helper()
	faults := scenario.Faults(err)
	require.NotEmpty(t, faults)
	require.Len(t, strings.Split(err.Error(), "\n"), len(faults), "one line for each fault")
	for i, f := range faults {
		require.Equal(t, file, f.File)
		require.GreaterOrEqual(t, f.Line, 1)
		require.GreaterOrEqual(t, f.Column, 1)
		require.NotEmpty(t, f.Problem)
		if i > 0 {
			require.LessOrEqual(t, faults[i-1].Line, f.Line)
		}
	}
}

func TestReadGivesTheProgramme(t *testing.T) {
	v, err := good(t).Version("")
	require.NoError(t, err)
	p := v.Programme
	dec := decimal.RequireFromString
	assert.Equal(t, "small", p.Name)
	assert.Equal(t, "medium", v.Case)
	assert.Equal(t, calendar.NewDate(2026, 4, 1), p.Start)
	assert.Equal(t, 260, p.Weeks, "1826 days are 260 whole weeks")
	assert.Equal(t, model.Rate{Yearly: 0.035}, p.DiscountRate)
	assert.Equal(t, []model.Commissioner{{Name: "Northmoor", ReferralShare: 0.6}, {Name: "Southdale", ReferralShare: 0.4}}, p.Commissioners)
	assert.Equal(t, append(model.DefaultStates(), model.State{Name: "foster, planned", Parent: "foster"}), p.States)
	assert.Equal(t, map[string]markov.Row{
		"foster":      {{Moves: []markov.Move{{To: "residential", Probability: 0.002}, {To: "reunified", Probability: 0.003}}}},
		"residential": {{Moves: []markov.Move{{To: "foster", Probability: 0.004}}}},
	}, p.Background)
	assert.True(t, p.Ages.None())

	require.Len(t, p.Cohorts, 2)
	first, second := p.Cohorts[0], p.Cohorts[1]
	assert.Equal(t, "step-down", first.Title, "the name, if there is no title")
	// 2026-04-01 begins week 0; 1096 days to 2029-03-31 end week 155.
	assert.Equal(t, model.Referrals{Children: 40, First: 0, Last: 155}, first.Referrals)
	assert.Equal(t, markov.Row{{Moves: []markov.Move{{To: "residential", Probability: 0.7 * 0.008}, {To: "foster", Probability: 0.3 * 0.008}}}}, first.Failure)
	// 2026-04-03 lies in week 0, so week 1 is the first whole one; 2029-03-26
	// is the last day but one of week 155, so week 154 is the last.
	assert.Equal(t, model.Referrals{Children: 24.5, Law: model.Poisson, First: 1, Last: 154, Ramp: 13}, second.Referrals)
	assert.Empty(t, second.Failure)
	assert.Equal(t, 1, second.Lag)

	require.Len(t, p.Contract.Metrics, 1)
	m := p.Contract.Metrics[0]
	assert.Equal(t, []string{"step-down", "stability"}, m.Cohorts)
	assert.Equal(t, &contract.FullWeeks{Window: 104, CapPerChild: 104, Interruption: contract.Ends}, m.Trigger)
	assert.True(t, m.Tariff.Amount.Equal(dec("401.1")))
	assert.False(t, p.Contract.Cap.Valid)
	require.Len(t, p.Contract.Payers, 2)
	assert.True(t, p.Contract.Payers[0].Shares[0].Share.Equal(dec("0.275")))
	require.Len(t, p.UnitCosts, 4)
	assert.True(t, p.UnitCosts[0].PerWeek.Equal(dec("4000")))
}

func TestReadGivesEverySetting(t *testing.T) {
	p := programme(t)
	assert.Equal(t, model.Ages{From: 10, To: 17}, p.Ages)
	assert.Equal(t, "constant 2025/26 prices", p.PriceBase)
	assert.Equal(t, []model.Source{{Name: "S1", Text: "Invented for this template"}}, p.Sources)
	assert.Len(t, p.Cautions, 1)
	assert.Equal(t, model.MinimumReferrals{Children: 12, Weeks: 52, Consequence: "the councils and the provider agree a new plan"}, p.MinimumReferrals)
	require.Len(t, p.SavingsTargets, 1)
	assert.Equal(t, []calendar.FinancialYear{2027, 2028}, p.SavingsTargets[0].Years)
	assert.Equal(t, 4160, p.Contract.Metrics[0].TargetUnits)
	assert.Equal(t, 40, p.Contract.Metrics[0].TargetChildren)
	assert.Equal(t, []string{"foster, planned"}, p.Contract.Metrics[0].States)
	assert.Equal(t, []string{"foster"}, p.Contract.Metrics[0].Success)

	second := p.Contract.Metrics[1]
	assert.Equal(t, "2%", percent(second.Tariff.Indexation.Decimal))
	assert.Equal(t, "340", second.Tariff.ByCommissioner["Southdale"].String())
	assert.Equal(t, "2400", second.Cap.Units.Decimal.String())
	assert.Equal(t, "800000", second.Cap.Amount.Decimal.String())
	assert.Equal(t, contract.Pauses, second.Trigger.(*contract.FullWeeks).Interruption)

	fund := p.Contract.Payers[0]
	assert.Equal(t, []string{"Northmoor", "Southdale"}, fund.Claims)
	assert.Equal(t, contract.CommissionerPays, fund.Then)
	assert.Equal(t, calendar.NewDate(2029, 4, 1), fund.Shares[1].From)

	var costs []string
	for _, u := range p.UnitCosts[:3] {
		costs = append(costs, fmt.Sprint(u.State, " ", u.Commissioner, " ", u.Year, " ", u.PerWeek, " ", percent(u.Growth)))
	}
	assert.Equal(t, []string{"residential  no financial year 4000 2%", "residential  2028/29 4300 2%", "residential Southdale no financial year 4100 2%"}, costs)

	assert.Equal(t, "maximum outcome payments, £", p.Published.Totals[0].Name)
	assert.Equal(t, calendar.NewDate(2027, 3, 31), p.Published.Plans[0].To)
	assert.Equal(t, calendar.NewQuarter(2026, 4), p.Published.Actual[0].Quarter)
	assert.Equal(t, model.PublishedResult{Metric: "M2 reunification", By: calendar.NewDate(2026, 12, 31), Units: 9}, p.Published.Results[1])
	assert.Equal(t, markov.Row{
		{Since: markov.Span{To: 26}, Moves: []markov.Move{{To: "foster", Probability: 0.006}, {To: "residential", Probability: 0.004}}},
		{Since: markov.Span{From: 26}, In: markov.Span{To: 52}, Moves: []markov.Move{{To: "foster", Probability: 0.004}, {To: "residential", Probability: 0.003}}},
		{Since: markov.Span{From: 26}, In: markov.Span{From: 52}},
	}, p.Background["edge of care"])
}

func percent(d decimal.Decimal) string { return d.Shift(2).String() + "%" }

// A council under its own name pays its own part of its own claims.
func TestACouncilMayBeAPayer(t *testing.T) {
	p := programme(t, scenario.Set("payers", `
Fund: {share: 25%, claims: [Northmoor]}
Northmoor: {share: 75%}
Southdale: {share: 100%}`))
	assert.Equal(t, contract.ClaimingCommissioner, p.Contract.Payers[1].Name)
	assert.Equal(t, []string{"Northmoor"}, p.Contract.Payers[1].Claims)
	assert.Equal(t, []string{"Southdale"}, p.Contract.Payers[2].Claims)
}

func TestRates(t *testing.T) {
	t.Parallel()
	within := func(n int, p ...float64) []float64 {
		weekly, err := markov.WithinCycles(n, p...)
		require.NoError(t, err)
		return weekly
	}
	still, err := markov.StillThere(52, 0.6)
	require.NoError(t, err)
	annual, err := markov.AnnualRate(0.3, markov.WeeksPerYear)
	require.NoError(t, err)
	both := within(52, 0.2, 0.1)
	moves := func(names []string, p ...float64) markov.Row {
		var all []markov.Move
		for i, name := range names {
			all = append(all, markov.Move{To: name, Probability: p[i]})
		}
		return markov.Row{{Moves: all}}
	}
	foster, two := []string{"foster"}, []string{"foster", "reunified"}
	for _, test := range []struct {
		row  string
		want markov.Row
	}{
		{"{foster: 0.004}", moves(foster, 0.004)},
		{"{foster: 0.4%}", moves(foster, 0.004)},
		{"{foster: 4e-3}", moves(foster, 0.004)},
		{"{foster: 1}", moves(foster, 1)},
		{"{foster: {annual rate: 0.3}}", moves(foster, annual)},
		{"{foster: {annual rate: 30%}}", moves(foster, annual)},
		{"{foster: {mean stay: 40 weeks}}", moves(foster, 0.025)},
		{"{foster: {still there: 60%, at: 52 weeks}}", moves(foster, still)},
		{"{foster: {within: 52 weeks, probability: 20%}}", moves(foster, within(52, 0.2)...)},
		{"{foster: {within: 1 week, probability: 20%}}", moves(foster, 0.2)},
		{"{foster: {within: 52, probability: 0.2}, reunified: {within: 52 weeks, probability: 10%}}", moves(two, both...)},
		{"{foster: {annual rate: 0.3}, reunified: 0.001}", moves(two, annual, 0.001)},
		{"{hazard: 0.01, to: {foster: 30%, reunified: 70%}}", moves(two, 0.3*0.01, 0.7*0.01)},
		{"{hazard: {mean stay: 40 weeks}, to: {foster: 100%}}", moves(foster, 0.025)},
		{"{hazard: {within: 52 weeks, probability: 20%}, to: {foster: 100%}}", moves(foster, within(52, 0.2)...)},
		{"{moves: {foster: 0.004}}", moves(foster, 0.004)},
		{"{moves: none}", nil},
		{"{}", nil},
		{"none", nil},
		{"{value: {foster: {value: 0.004, status: assumed}}, status: derived}", moves(foster, 0.004)},
		{"[{moves: {foster: 0.004}}]", moves(foster, 0.004)},
		{"[{weeks in state: 0 to 0 weeks, moves: {foster: 1}}, {weeks in state: 1 onwards, hazard: 0.01, to: {foster: 100%}}]", markov.Row{
			{In: markov.Span{To: 1}, Moves: []markov.Move{{To: "foster", Probability: 1}}},
			{In: markov.Span{From: 1}, Moves: []markov.Move{{To: "foster", Probability: 0.01}}},
		}},
	} {
		t.Run(test.row, func(t *testing.T) {
			p := programme(t, scenario.Set("background.residential", test.row), scenario.Set("cohorts.step-down.failure", test.row))
			assert.Equal(t, test.want, p.Background["residential"])
			assert.Equal(t, test.want, p.Cohorts[0].Failure)
		})
	}
}

// An override given within some weeks may stand if it gives the whole row.
func TestOverrideWithinWeeks(t *testing.T) {
	p := programme(t, scenario.Set("cohorts.step-down.background.foster",
		"{residential: {within: 52 weeks, probability: 10%}, reunified: {within: 52 weeks, probability: 5%}}"))
	weekly, err := markov.WithinCycles(52, 0.1, 0.05)
	require.NoError(t, err)
	assert.Equal(t, weekly[0], p.Cohorts[0].Background["foster"][0].Moves[0].Probability)
}

// What a form that speaks of all who leave says is what comes out, beside the
// common moves.
func TestOverrideOfAllWhoLeave(t *testing.T) {
	const foster = "cohorts.step-down.background.foster"
	stay := func(moves []markov.Move) float64 {
		stays := 1.0
		for _, m := range moves {
			stays -= m.Probability
		}
		return math.Pow(stays, 52)
	}
	for _, form := range []string{
		"{hazard: {still there: 60%, at: 52 weeks}, to: {residential: 100%, reunified: 0%}}",
		"[{weeks in state: 0 to 51, hazard: {still there: 60%, at: 52 weeks}, to: {residential: 70%, reunified: 30%}}, {weeks in state: 52 on, moves: {residential: 0.001}}]",
		"{residential: {within: 52 weeks, probability: 40%}, reunified: {within: 52 weeks, probability: 0%}}",
	} {
		p := programme(t, scenario.Set(foster, form))
		assert.InDelta(t, 0.6, stay(p.BackgroundOf(&p.Cohorts[0])["foster"].At(0, 0)), 1e-9, form)
	}

	// A common move in other weeks than the piece's is no part of it.
	p := programme(t, scenario.Set("background.foster", "[{weeks in state: 0 to 51, moves: {residential: 0.002}}, {weeks in state: 52 on, moves: {reunified: 0.003}}]"),
		scenario.Set(foster, "[{weeks in state: 0 to 51, moves: {residential: {still there: 60%, at: 52 weeks}}}, {weeks in state: 52 on, moves: none}]"))
	row := p.BackgroundOf(&p.Cohorts[0])["foster"]
	assert.InDelta(t, 0.6, stay(row.At(0, 0)), 1e-9)
	assert.Equal(t, []markov.Move{{To: "reunified", Probability: 0.003}}, row.At(0, 52))

	for _, form := range []string{
		"{residential: {still there: 60%, at: 52 weeks}}",
		"{residential: {mean stay: 40 weeks}}",
		"{hazard: 0.01, to: {residential: 100%}}",
		"{moves: {residential: {mean stay: 40 weeks}}}",
		"{value: {residential: {value: {mean stay: 40 weeks}, status: assumed}}}",
		"{residential: {within: 52 weeks, probability: 40%}}",
		"[{weeks in state: 0 to 51, moves: none}, {weeks in state: 52 on, hazard: 0.01, to: {residential: 100%}}]",
		"[{weeks in state: 0 to 51, moves: {reunified: 0.003}}, {weeks in state: 52 on, hazard: 0.01, to: {residential: 100%}}]",
	} {
		_, err := template(t).Version("", scenario.Set(foster, form))
		assert.ErrorContains(t, err, `the common row also moves children to "reunified"`, form)
	}
}

// Published figures are in order of time, whatever the order of the file.
func TestPublishedFiguresAreInOrder(t *testing.T) {
	p := programme(t,
		scenario.Set("published.plans", `
second: {from: 2027-04-01, payments: {Q2 2027/28: 3, Q1 2027/28: 2}}
first: {from: 2026-04-01, to: 2027-03-31, payments: {Q4 2026/27: 2, Q3 2026/27: 1}}`),
		scenario.Set("published.actual payments", "{Q1 2027/28: 3, Q3 2026/27: 1, Q4 2026/27: 2}"),
		scenario.Set("published.results", "{2027-06-30: {M2 reunification: 4, M1 step-down: 3}, 2026-12-31: {M2 reunification: 2, M1 step-down: 1}}"))
	quarters := func(amounts []model.QuarterAmount) (all []string) {
		for _, a := range amounts {
			all = append(all, fmt.Sprint(a.Quarter, " ", a.Amount))
		}
		return all
	}
	require.Len(t, p.Published.Plans, 2)
	assert.Equal(t, "first", p.Published.Plans[0].Name)
	assert.Equal(t, []string{"Q3 2026/27 1", "Q4 2026/27 2"}, quarters(p.Published.Plans[0].Payments))
	assert.Equal(t, []string{"Q1 2027/28 2", "Q2 2027/28 3"}, quarters(p.Published.Plans[1].Payments))
	assert.Equal(t, []string{"Q3 2026/27 1", "Q4 2026/27 2", "Q1 2027/28 3"}, quarters(p.Published.Actual))
	early, late := calendar.NewDate(2026, 12, 31), calendar.NewDate(2027, 6, 30)
	assert.Equal(t, []model.PublishedResult{
		{Metric: "M2 reunification", By: early, Units: 2},
		{Metric: "M1 step-down", By: early, Units: 1},
		{Metric: "M2 reunification", By: late, Units: 4},
		{Metric: "M1 step-down", By: late, Units: 3},
	}, p.Published.Results)
}

func TestInflation(t *testing.T) {
	lines := func(p *model.Programme) map[string]string {
		values := map[string]string{}
		for _, input := range p.Register {
			values[string(input.Path)] = input.Value
		}
		return values
	}
	for text, want := range map[string]float64{"2%": 0.02, "0.025": 0.025, "-1%": -0.01} {
		p := programme(t, scenario.Set("inflation", text))
		assert.Equal(t, want, p.Inflation)
		assert.Equal(t, text, lines(p)["inflation"])
	}
	p := programmeOf(t, good(t), "")
	assert.Zero(t, p.Inflation)
	assert.NotContains(t, lines(p), "inflation", "there is no default")

	_, err := good(t).Version("", scenario.Set("metrics.M1.tariff", "{amount: 400, indexation: 2%}"))
	assert.ErrorContains(t, err, "metrics.M1.tariff: it is indexed")
	for _, wrong := range []string{"inflation: 2", "inflation: lots", "inflation: {rate: 2%}", "inflation:", "inflatoin: 2%"} {
		text := strings.Replace(string(scenario.Template()), "\ninflation: 2%", "\n"+wrong, 1)
		_, err := scenario.Read("template.yaml", strings.NewReader(text))
		assert.Len(t, scenario.Faults(err), 1, "%s: %v", wrong, err)
	}
}

func TestLineEnds(t *testing.T) {
	text, err := os.ReadFile("testdata/good.yaml")
	require.NoError(t, err)
	windows := append([]byte("\ufeff"), bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))...)
	d, err := scenario.Read("good.yaml", bytes.NewReader(windows))
	require.NoError(t, err)
	assert.Equal(t, fingerprint(t, good(t)), fingerprint(t, d))
}

func fingerprint(t *testing.T, d *scenario.Document, edits ...scenario.Edit) string {
	t.Helper()
	p := programmeOf(t, d, "", edits...)
	return p.Fingerprint()
}

func TestReaderErrors(t *testing.T) {
	broken := errors.New("the disk is gone")
	_, err := scenario.Read("a.yaml", iotest.ErrReader(broken))
	assert.ErrorIs(t, err, broken)
	assert.ErrorContains(t, err, "a.yaml")
	_, err = scenario.Read("a.yaml", strings.NewReader(strings.Repeat("#", 1<<20)))
	assert.ErrorContains(t, err, "larger than 512 kB")
}

// However much is wrong with a file, it is read in a moment and the list of
// faults ends.
func TestFileOfFaults(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		strings.Repeat("a: 1\n", 1<<11),
		strings.Repeat("- ", 1<<11),
		"background: {" + strings.Repeat("a: {b: c}, ", 1<<11) + "}",
		numbered("%d: x\n", 1<<11),
		"cohorts:\n" + numbered("  c%d: {}\n", 49) + "cases:\n" + numbered("  c%d: {edits: {cohorts.*.*.*.*: {a: 1}}}\n", 29),
		"cohorts:\n" + numbered("  c%d: {}\n", 49) + "cases: {a: {edits: {cohorts.*: [" + strings.Repeat("1, ", 3000) + "1]}}}\n",
		"commissioners:\n" + numbered("  c%d: 1\n", 1<<11),
		"cases:\n  a:\n    edits:\n" + numbered("      cohorts.c%d: {}\n", 999) + "  b: {edits: {'*.*': [1, 2, 3]}}\n",
	} {
		_, err := scenario.Read("a.yaml", strings.NewReader(text))
		require.Error(t, err)
		assert.Less(t, len(scenario.Faults(err)), 3000)
		for _, f := range scenario.Faults(err) {
			assert.GreaterOrEqual(t, f.Line, 1)
		}
	}
}

func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func TestTemplateCanBeRun(t *testing.T) {
	d := template(t)
	assert.Equal(t, []string{"low", "medium", "high"}, d.Compare())
	assert.Equal(t, "A placement programme of two councils (illustrative)", programmeOf(t, d, "").Title)
	for _, c := range d.Cases() {
		p := programmeOf(t, d, c.Name)
		require.NoError(t, p.Validate())
		_, err := p.Pricer(contract.Constant, nil)
		require.NoError(t, err)
		for _, input := range p.Register {
			assert.Equal(t, model.Assumed, input.Status, "%s: all figures of the template are invented", input.Path)
		}
	}
}

// The template has to explain every setting that the format knows, as a setting
// or in a remark.
func TestTemplateShowsEverySetting(t *testing.T) {
	text := string(scenario.Template())
	settings := settingsInSource(t)
	require.Greater(t, len(settings), 50)
	for _, setting := range settings {
		assert.Contains(t, text, setting+":", "the template does not show %q", setting)
	}
	for _, kind := range contract.TriggerKinds() {
		assert.Contains(t, text, kind)
	}
	for _, word := range []string{"published", "derived", "assumed", "fixed", "poisson", "ends", "pauses", "stop", "commissioner pays", "none", " on,", "*", "times", "plus", "as needed", "on schedule", scenario.AllAtOnce, "targeted", "engaged", "achieved", "maximum", "paid"} {
		assert.Contains(t, text, word)
	}
}

// settingsInSource lists the names that the decoder asks for.
func settingsInSource(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	var settings []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			method, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !slices.Contains([]string{"fields", "may", "need", "aside"}, method.Sel.Name) {
				return true
			}
			for _, arg := range call.Args {
				if literal, ok := arg.(*ast.BasicLit); ok {
					name, err := strconv.Unquote(literal.Value)
					require.NoError(t, err)
					settings = append(settings, name)
				}
			}
			return true
		})
	}
	slices.Sort(settings)
	return slices.Compact(settings)
}

func TestTemplateIsACopy(t *testing.T) {
	before := string(scenario.Template())
	clear(scenario.Template())
	assert.Equal(t, before, string(scenario.Template()))
}

// A setting that a broken one stands in for is not missing besides, and what
// cannot be checked is left out; but everything else is reported.
func TestIndependentFaultsAreAllReported(t *testing.T) {
	text, err := os.ReadFile("testdata/good.yaml")
	require.NoError(t, err)
	for _, change := range []struct{ old, new string }{
		{"start: 2026-04-01", "start: 1 April 2026"},
		{"Northmoor: 60%", "Northmoor: 70%"},
		{"parent: foster", "parent: fosterr"},
		{"residential: 0.002", "residential: 0.999"},
		{"lag: 26", "lag: 26 days"},
		{"tariff: 401.10", "tariff: £401,10"},
		{"interruption: ends", "interruption: end"},
		{"share: 27.5%", "share: 28.5%"},
		{"reunified: 100", "reunified: 100 a week"},
	} {
		require.Contains(t, string(text), change.old)
		text = []byte(strings.Replace(string(text), change.old, change.new, 1))
	}
	_, err = scenario.Read("good.yaml", bytes.NewReader(text))
	var paths []string
	for _, f := range scenario.Faults(err) {
		paths = append(paths, f.Path)
	}
	assert.Equal(t, []string{
		"start", "commissioners", "states.foster, planned.parent", "background.foster",
		"cohorts.step-down.lag", "metrics.M1.trigger.full weeks.interruption", "metrics.M1.tariff",
		"unit costs.reunified",
	}, paths, "the sum of the payers' shares by quarter waits for the dates")
	fault, ok := errors.AsType[*model.Fault](err)
	require.True(t, ok)
	assert.Equal(t, 6, fault.Line)
}

// Control characters can be named in quotation marks. They are refused where they
// stand, and the names that have them are still known.
func TestControlCharactersAreRefused(t *testing.T) {
	text := strings.ReplaceAll(string(scenario.Template()), "Southdale", `"South\e[1Adale"`)
	text = strings.Replace(text, "title: A placement programme", `title: "A placement\u009b programme`, 1)
	text = strings.Replace(text, "(illustrative)\n", "(illustrative)\"\n", 1)
	text = strings.Replace(text, "  no cap:\n", `  "no\ncap":`+"\n", 1)
	_, err := scenario.Read("x.yaml", strings.NewReader(text))
	var lines []string
	for _, f := range scenario.Faults(err) {
		require.NotZero(t, f.Line)
		require.Contains(t, f.Problem, "in it")
		lines = append(lines, f.Error())
	}
	require.GreaterOrEqual(t, len(lines), 6)
	all := strings.Join(lines, "\n")
	require.Contains(t, all, `commissioners: the name "South\x1b[1Adale" has a control character in it (U+001B), which a terminal or a spreadsheet would obey: remove it`)
	require.Contains(t, all, `title: the text "A placement\u009b programme of two coun`)
	require.Contains(t, all, `variants: the name "no\ncap" has a line break or a tab in it: write it on one line, with blanks`)
	require.NotContains(t, all, "\x1b")

	_, err = template(t).Version("", scenario.Set("title", `"a\e[2J"`))
	require.ErrorContains(t, err, "has a control character in it (U+001B)")
}
