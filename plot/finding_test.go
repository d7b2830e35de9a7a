package plot

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/floats"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// cells are the values of one column of a figure's table, in the rows that are chosen.
func cells[T any](t *testing.T, f *Figure, column string, chosen func(row map[string]any) bool) (all []T) {
	t.Helper()
	for _, row := range f.Rows {
		named := map[string]any{}
		for i, cell := range row {
			named[f.Columns[i]] = cell
		}
		if chosen(named) {
			cell := named[column]
			if share, is := cell.(Share); is {
				cell = float64(share)
			}
			value, ok := cell.(T)
			require.True(t, ok, column)
			all = append(all, value)
		}
	}
	return all
}

// Actual payments and plan 1 are added up anew from the table, over the quarters that
// both have, and the base case from the first quarter of the plan on.
func TestPaymentsTitle(t *testing.T) {
	f, err := Payments(run(t, version(t, "dn2", "base"), 50))
	require.NoError(t, err)
	sums, quarters := map[any]float64{}, map[any]map[any]float64{}
	for _, row := range f.Rows {
		if quarters[row[0]] == nil {
			quarters[row[0]] = map[any]float64{}
		}
		quarters[row[0]][row[1]] = row[2].(float64)
	}
	for q, paid := range quarters["Actual"] {
		if planned, ok := quarters["Plan 1"][q]; ok {
			sums["paid"] += paid
			sums["planned"] += planned
		}
	}
	for q, planned := range quarters["Plan 1"] {
		sums["whole plan"] += planned
		sums["base"] += quarters["Base, mean"][q]
	}
	want := fmt.Sprintf("Payments to date are %.0f%% of plan 1; in all the base case reaches %.0f%%", 100*sums["paid"]/sums["planned"], 100*sums["base"]/sums["whole plan"])
	assert.Equal(t, want, f.Title)
	assert.NotContains(t, quarters["Plan 1"], "Q3 2020/21", "the base case begins before the plan, and ends before it too")

	low, err := Payments(run(t, version(t, "dn2", "low"), 50))
	require.NoError(t, err)
	expected := 0.0
	for _, row := range low.Rows {
		if _, paid := quarters["Actual"][row[1]]; paid && row[0] == "Low, mean" {
			if _, planned := quarters["Plan 1"][row[1]]; planned {
				expected += row[2].(float64)
			}
		}
	}
	assert.Equal(t, fmt.Sprintf("Payments to date are %.0f%% of plan 1, against %.0f%% in the low case", 100*sums["paid"]/sums["planned"], 100*expected/sums["planned"]), low.Title)
}

// Cheshire West was paid £964,058, of it £4,624 before plan 1 was in force and some after it
// had ended: £959,434 are 23% of the £4,097,000 planned. The case ends with what was paid.
func TestPaymentsTitleAfterThePlan(t *testing.T) {
	f, err := Payments(run(t, version(t, "cheshire-west", "base"), 50))
	require.NoError(t, err)
	require.Regexp(t, `^Payments to date are 23% of plan 1, (as|against 2\d%) in the base case`, f.Title)
}

// Where nothing is published the title has the sum, and the quarter by whose end half of it
// is paid, both added up anew.
func TestPaymentsTitleWithoutPublishedOnes(t *testing.T) {
	f, err := Payments(run(t, version(t, "newpin", "base"), 50))
	drawn(t, "payments-newpin", f, err)
	sum, sofar, half := 0.0, 0.0, ""
	for _, row := range f.Rows {
		sum += row[2].(float64)
	}
	for _, row := range f.Rows {
		if sofar += row[2].(float64); sofar >= sum/2 && half == "" {
			half = row[1].(string)
		}
	}
	assert.Equal(t, fmt.Sprintf("The base case pays A$%.2fm in all, half of it by %s", sum/1e6, half), f.Title)
}

// The cases whose median is the cap in the last quarter are counted anew.
func TestFansTitle(t *testing.T) {
	cases := dn2Cases(t)
	f, err := CumulativePayments(cases...)
	require.NoError(t, err)
	var reach []string
	for _, name := range []string{"low", "medium", "high"} {
		medians := cells[float64](t, f, "median", func(row map[string]any) bool { return row["case"] == name })
		if medians[len(medians)-1] > 9_123_322 {
			reach = append(reach, name)
		}
	}
	require.Equal(t, []string{"high"}, reach)
	assert.Equal(t, "Median payments reach the £9.12m cap in the high case alone", f.Title)
	f, err = CumulativePayments(cases[:2]...)
	require.NoError(t, err)
	assert.Equal(t, "The £4.10m paid so far is more than the low case comes to at the median", f.Title)
	for name, below := range map[string]bool{"low": true, "medium": false} {
		medians := cells[float64](t, f, "median", func(row map[string]any) bool { return row["case"] == name })
		assert.Equal(t, below, medians[len(medians)-1] < 4_102_992, name)
	}
	f, err = CumulativePayments(cases[1:2]...)
	require.NoError(t, err)
	assert.NotContains(t, f.Title, "paid so far")
	f, err = CumulativePayments(cases[1])
	require.NoError(t, err)
	last := f.Rows[len(f.Rows)-1]
	assert.Equal(t, fmt.Sprintf("The medium case pays £%.2fm, and four times in five £%.2fm to £%.2fm", last[5].(float64)/1e6, last[3].(float64)/1e6, last[7].(float64)/1e6), f.Title)
}

// The title is that of the medians in the table, in every order of signs.
func TestNetSavingTitle(t *testing.T) {
	cases := dn2Cases(t)
	f, err := NetSaving(cases...)
	require.NoError(t, err)
	medians := cells[float64](t, f, "median, £", func(map[string]any) bool { return true })
	require.Less(t, medians[0], 0.0)
	require.Greater(t, min(medians[1], medians[2]), 0.0)
	assert.Equal(t, "The low case loses "+money(-medians[0])+" at the median; every other case saves", f.Title)

	rows := func(medians ...float64) (all []ridge) {
		for _, m := range medians {
			all = append(all, ridge{median: m})
		}
		return all
	}
	for want, medians := range map[string][]float64{
		"Every case saves at the median, from £100k to £300k":                  {3e5, 2e5, 1e5},
		"Every case loses money at the median, from £100k to £300k":            {-3e5, -2e5, -1e5},
		"Only the high case saves at the median; every other case loses money": {-3e5, -2e5, 1e5},
		"Net saving at the median runs from £0 to £200k":                       {0, 2e5, 1e5},
		"Every case saves £100k at the median":                                 {1e5, 1e5, 1e5},
		"Every case breaks even at the median":                                 {0, 0, 0},
	} {
		assert.Equal(t, want, netSavingFound(cases, rows(medians...)), medians)
	}
}

// The share of weeks in both arms, over the weeks drawn, is found anew in the table.
func TestOccupancyTitle(t *testing.T) {
	f, err := Occupancy("", central(t, version(t, "dn2", "high")))
	require.NoError(t, err)
	in := func(arm string) []float64 {
		return cells[float64](t, f, "share", func(row map[string]any) bool { return row["arm"] == arm && row["state"] == "residential" })
	}
	with, without := in("intervention"), in("counterfactual")
	week, weeks := 0, len(with)-1 // the last is where the last week ends
	meanWith, meanWithout := 0.0, 0.0
	for t := range with {
		if math.Abs(with[t]-without[t]) > math.Abs(with[week]-without[week]) {
			week = t
		}
		if t < weeks {
			meanWith, meanWithout = meanWith+with[t]/float64(weeks), meanWithout+without[t]/float64(weeks)
		}
	}
	assert.Equal(t, fmt.Sprintf("Over %d years children are in residential care in %.0f%% of weeks, not %.0f%%", weeks/52, 100*meanWith, 100*meanWithout), f.Title)
	assert.Contains(t, f.Alt(), fmt.Sprintf("in %.0f%% of all weeks with the programme and %.0f%% without it", 100*meanWith, 100*meanWithout))
	assert.Contains(t, f.Alt(), fmt.Sprintf("%.0f%% with the programme and %.0f%% without it at week %d, where they differ most", 100*with[week], 100*without[week], week))
}

// The state is that in which the arms differ most on average; a gap in any week that is too small to
// matter is said as such, with a bound that no share in the table passes.
func TestOccupancyChoosesTheState(t *testing.T) {
	for name, want := range map[string]string{"newpin": "reunified", "norfolk": "edge of care"} {
		f, err := Occupancy("", central(t, version(t, name, "base")))
		require.NoError(t, err)
		gaps := gapsOf(t, f, func(gaps []float64) float64 { return math.Abs(floats.Sum(gaps[:len(gaps)-1])) })
		state := ""
		for s, gap := range gaps {
			// In Newpin as many are reunified as are not in foster care.
			if state == "" || gap > gaps[state]+1e-9 || gap > gaps[state]-1e-9 && s == "reunified" {
				state = s
			}
		}
		assert.Equal(t, want, state)
		assert.Equal(t, words.Capital(livesIn([]string{state})), f.Panels[0].Name)
	}
	f, err := Occupancy("", central(t, version(t, "staffordshire-ifss", "low")))
	require.NoError(t, err)
	var most float64
	_, err = fmt.Sscanf(f.Title, "In no week does the programme change a share by more than %f points", &most)
	require.NoError(t, err, f.Title)
	widest := 0.0
	for _, gap := range gapsOf(t, f, func(gaps []float64) float64 { return max(slices.Max(gaps), -slices.Min(gaps)) }) {
		widest = max(widest, 100*gap)
	}
	assert.True(t, widest <= most && widest > most-0.1, "%v of %v", widest, most)
	assert.NotContains(t, f.Subtitle, "hence the step", "that cannot be seen")
	f, err = Occupancy("", central(t, version(t, "newpin", "base")))
	require.NoError(t, err)
	assert.Contains(t, f.Subtitle, "all who start do so at week 26, hence the step")
}

// gapsOf is one figure of the gaps between the arms in each week, by state, from the table.
func gapsOf(t *testing.T, f *Figure, of func(gaps []float64) float64) map[string]float64 {
	t.Helper()
	gaps := map[string]float64{}
	for _, state := range cells[string](t, f, "state", func(row map[string]any) bool { return row["week since referral"] == 0 && row["arm"] == "intervention" }) {
		in := func(arm string) []float64 {
			return cells[float64](t, f, "share", func(row map[string]any) bool { return row["arm"] == arm && row["state"] == state })
		}
		with, without := in("intervention"), in("counterfactual")
		weekly := make([]float64, len(with))
		floats.SubTo(weekly, with, without)
		gaps[state] = of(weekly)
	}
	return gaps
}

// The cohort that gains most, and its two shares in the last week, are found anew.
func TestSurvivalTitle(t *testing.T) {
	f, err := Survival("", central(t, version(t, "dn2", "base")))
	require.NoError(t, err)
	last := func(column string) []float64 {
		return cells[float64](t, f, column, func(row map[string]any) bool { return row["week since the start"] == 103 })
	}
	with, without := last("in a state of success, with"), last("in a state of success, without")
	require.Len(t, with, 4)
	for i := range with {
		require.LessOrEqual(t, with[i]-without[i], with[0]-without[0], "step-down is the first cohort")
	}
	assert.Equal(t, fmt.Sprintf("Step-down: %.0f%% in success after 103 weeks, not %.0f%%; none gains more", 100*with[0], 100*without[0]), f.Title)
	assert.Contains(t, f.Note, "Without the programme: the same children, had there been none")
	f, err = Survival("step-down", central(t, version(t, "dn2", "base")))
	require.NoError(t, err)
	row := f.Rows[len(f.Rows)-1]
	assert.Equal(t, fmt.Sprintf("With the programme %.0f%% are in foster care after %d weeks, not %.0f%%", 100*float64(row[3].(Share)), row[1], 100*float64(row[4].(Share))), f.Title)
}

// The chances in the title are those of £0 in the table.
func TestSavesMoreThanTitle(t *testing.T) {
	f, err := SavesMoreThan(dn2Cases(t)[1])
	require.NoError(t, err)
	at := func(way string) float64 {
		return cells[float64](t, f, "probability", func(row map[string]any) bool {
			return row["of"] == "public" && row["saving"] == way && row["more than, £"] == 0.0
		})[0]
	}
	assert.Equal(t, fmt.Sprintf("A public saving is %.0f%% likely in the medium case, and %.0f%% in cash", 100*at("all avoided care"), 100*at("in cash")), f.Title)
}

// No chance in a title or in bold says 100% or 0% of what is not certain, nor where it is.
func TestChancesInTitles(t *testing.T) {
	for want, p := range map[string]montecarlo.ProbabilityOf{
		"78% likely":     {Probability: 0.776, Replications: 500},
		">99% likely":    {Probability: 0.999, Replications: 1000},
		"<1% likely":     {Probability: 0.001, Replications: 1000},
		"almost certain": {Probability: 1, Replications: 2000},
		"very unlikely":  {Probability: 0, Replications: 2000},
		"certain":        {Probability: 1, Replications: 2000, Certain: true},
		"impossible":     {Probability: 0, Replications: 2000, Certain: true},
	} {
		assert.Equal(t, want, howLikely(p))
	}
	one := func(p float64) montecarlo.ProbabilityOf {
		return montecarlo.ProbabilityOf{Probability: p, Replications: 500}
	}
	for want, ends := range map[string][2]float64{
		"50% to 89% likely": {0.498, 0.886}, "up to 13% likely": {0, 0.124}, "at least 12% likely": {0.126, 1}, "very unlikely": {0, 0},
		"almost certain": {1, 1}, "anything from very unlikely to almost certain": {0, 1},
	} {
		assert.Equal(t, want, fromTo(one(ends[0]), one(ends[1])))
	}
	assert.Equal(t, []string{"almost always", "almost never"}, []string{boldly(one(1)), boldly(one(0))})
	assert.Equal(t, "certain", boldly(montecarlo.ProbabilityOf{Probability: 1, Certain: true}))
	assert.Equal(t, "certain not to", likelyTo(montecarlo.ProbabilityOf{Certain: true}))
	assert.Equal(t, words.Percent(0.632), boldly(montecarlo.ProbabilityOf{Probability: 0.632, Replications: 100}))
}

// Beside its line a case is said to be fitted in what of it was: a price that was taken from
// the payments does not fit the children. Suffolk's price was not fitted, by its file.
func TestFittedCases(t *testing.T) {
	for name, want := range map[string]string{
		"dn2 base":     "Base case, children and\nprice fitted to the past",
		"dn2 low":      "Low case: price from these\npayments, children assumed",
		"norfolk high": "High case: price from these\npayments, children assumed",
		"suffolk base": "Base case, children fitted\nto the past, price not",
		"suffolk high": "High case",
	} {
		programme, one, _ := strings.Cut(name, " ")
		v := version(t, programme, one)
		ways, fitted := fittedSaid(words.Capital(one), v.Programme, v.Programme.Published.Actual)
		assert.Equal(t, want, ways[0], name)
		assert.Equal(t, one == "base", fitted, name)
	}
	v := version(t, "dn2", "base")
	ways, fitted := fittedSaid("Base", v.Programme, nil)
	assert.Equal(t, []string{"Base"}, ways, "there is nothing beside it")
	assert.False(t, fitted)
}
