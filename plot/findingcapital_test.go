package plot

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// The charts of the capital requirement and position say the same of the facility: how often
// it is too small for all that it must pay. Where it pays interest it has no line, and the
// chance is not that of the requirement alone.
func TestOneChanceOfTheFacility(t *testing.T) {
	for _, name := range []string{"dn2", "newpin"} {
		var results []*montecarlo.Result
		for _, c := range []string{"low", "medium", "high"} {
			r, err := montecarlo.Run(context.Background(), version(t, name, c), montecarlo.Options{Seed: 1, Replications: 200})
			require.NoError(t, err)
			results = append(results, r)
		}
		var percent []string
		alone := true // whether the requirement alone passes the facility as often in each case
		for _, r := range results {
			short, ok := r.Probabilities.Of(montecarlo.FacilityShort, "")
			require.True(t, ok)
			percent = append(percent, needing(short))
			values, err := valuesOf(r, montecarlo.CapitalRequirement)
			require.NoError(t, err)
			slices.Sort(values)
			alone = alone && above(values, committed(r.Version.Programme)) > short.Probability-0.06
		}
		position, err := CapitalPosition(results...)
		require.NoError(t, err)
		requirement, err := CapitalRequirement(results...)
		require.NoError(t, err)
		require.Contains(t, position.Title, fmt.Sprintf("facility is too small in %s (low), %s (medium), %s (high)", percent[0], percent[1], percent[2]))
		require.Contains(t, requirement.Title, " likely to be too small")
		for i, panel := range position.Panels {
			require.Contains(t, panel.Name, ": too small in "+percent[i])
		}
		for _, f := range []*Figure{position, requirement} {
			require.Equal(t, name == "newpin", strings.Contains(f.Subtitle, "so without the facility"), f.Subtitle)
			require.Equal(t, name == "dn2", strings.Contains(f.Alt(), "The facility is £884,831."), f.Alt())
		}
		require.Equal(t, name == "dn2", alone, percent)
		require.Contains(t, position.Subtitle, "pointwise median")
	}
}

// Without a facility of one size the title of the capital position has the lowest median of
// all cases.
func TestPositionTitle(t *testing.T) {
	results := dn2Cases(t)
	at := func(deepest ...float64) string {
		var all []*position
		for _, deep := range deepest {
			o := &position{quarters: []calendar.Quarter{calendar.NewQuarter(2023, 2), calendar.NewQuarter(2023, 3)}}
			o.at, o.quantiles[3] = []float64{0, 90}, []float64{deep, 0}
			all = append(all, o)
		}
		return positionsFound(results[:len(all)], all)
	}
	require.Equal(t, "In the medium case costs run £800k ahead of receipts at the median", at(-700e3, -800e3))
	require.Equal(t, "Receipts cover the cost of delivery at the median throughout", at(10, 20))
}

// The title of the capital requirement has the least and the largest probability of its
// table, and that of returns likewise.
func TestTitlesOfChances(t *testing.T) {
	percent := func(p float64) string { return fmt.Sprintf("%.0f%%", 100*p) }
	chances := func(f *Figure, column string) (low, high string) {
		all := cells[float64](t, f, column, func(map[string]any) bool { return true })
		require.Len(t, all, 3)
		return percent(slices.Min(all)), percent(slices.Max(all))
	}
	f, err := CapitalRequirement(dn2Cases(t)...)
	require.NoError(t, err)
	low, high := chances(f, "probability that the facility is too small")
	require.Equal(t, "The £885k facility is "+low+" (low) to "+high+" (high) likely to be too small", f.Title)
	f, err = Returns("", dn2Cases(t)...)
	require.NoError(t, err)
	low, high = chances(f, "probability of missing it")
	require.Regexp(t, "^The consortium is "+low+` \([a-z]+\) to `+high+` \([a-z]+\) likely to miss the 8% hurdle$`, f.Title)
}

// The title of the waterfall has its first and last steps: what is avoided, what is left
// of it, and what in cash.
func TestWaterfallTitle(t *testing.T) {
	f, err := Waterfall(run(t, version(t, "dn2", "base"), 200))
	require.NoError(t, err)
	step := func(name string) float64 {
		all := cells[float64](t, f, "to, £", func(row map[string]any) bool { return row["of"] == allCouncils && row["step"] == name })
		require.NotEmpty(t, all, name)
		return all[0] // of two that are called the same the one with all that is avoided
	}
	require.Negative(t, step("Net cashable saving"))
	require.Equal(t, fmt.Sprintf("%s of %s avoided is left after payments; in cash %s is lost",
		money(step("Net public saving")), money(step("Gross avoided cost")), money(-step("Net cashable saving"))), f.Title)
	require.InDelta(t, step("Left to councils")-step("Net public saving"), -sumOfStep(t, f, "Life Chances Fund pays", "total by payer"), 0.01)
}

func sumOfStep(t *testing.T, f *Figure, step, level string) (sum float64) {
	t.Helper()
	for _, v := range cells[float64](t, f, "£", func(row map[string]any) bool { return row["step"] == step && row["level"] == level }) {
		sum += v
	}
	return sum
}

// The title of a tornado names the input whose two ends in the table are furthest apart.
func TestTornadoTitle(t *testing.T) {
	result, err := sensitivity.Tornado(version(t, "dn2", "medium"), contract.Constant, nil, montecarlo.CapitalRequirement)
	require.NoError(t, err)
	f, err := Tornado(result)
	require.NoError(t, err)
	ends := map[string][]float64{}
	for _, row := range f.Rows {
		ends[row[2].(string)] = append(ends[row[2].(string)], row[6].(float64))
	}
	widest := ""
	for name, e := range ends {
		require.Len(t, e, 2, name)
		if widest == "" || math.Abs(e[0]-e[1]) > math.Abs(ends[widest][0]-ends[widest][1]) {
			widest = name
		}
	}
	low, high := slices.Min(ends[widest]), slices.Max(ends[widest])
	require.Equal(t, fmt.Sprintf("Capital requirement depends most on %s: %s to %s", widest, money(low), money(high)), f.Title)
}

// The title sets the first programme beside the others, or counts the rows of the table.
func TestProgrammesTitle(t *testing.T) {
	f, err := Programmes(projections(t, "dn2", "staffordshire-ifss", "norfolk", "pyramid", "manchester")...)
	require.NoError(t, err)
	reach, targeted, pay, planned := 0, 0, 0, 0
	var shares []string // of the first plan
	for _, row := range f.Rows {
		target, end := row[5].(float64), row[8].(float64)
		if math.IsNaN(target) || math.IsNaN(end) {
			continue
		}
		there := 0
		if end >= target {
			there = 1
		}
		if row[1] == outcomePayments {
			pay, planned = pay+there, planned+1
			shares = append(shares, fmt.Sprintf("%.0f%%", 100*end/target))
		} else {
			reach, targeted = reach+there, targeted+1
		}
	}
	require.Equal(t, []int{1, 4, 1, 4}, []int{reach, targeted, pay, planned}, "Norfolk alone passes target and plan, as modelled; Manchester has neither")
	require.Equal(t, "The programme on top is modelled to end at "+shares[0]+" of its first plan, others at "+shares[3]+" to "+shares[2], f.Title, "of DN2, Pyramid and Norfolk")
	f, err = Programmes(projections(t, "manchester", "dn2", "staffordshire-ifss", "norfolk", "pyramid")...)
	require.NoError(t, err)
	require.Equal(t, "By the end, as modelled, 1 of 4 programmes reaches its target and 1 of 4 pays its first plan", f.Title, "Manchester has no plan")
}

// Without a hurdle the title says how likely a loss is.
func TestReturnsWithoutAHurdle(t *testing.T) {
	f, err := Returns("", run(t, version(t, "newpin", "medium"), 40))
	drawn(t, "returns-newpin", f, err)
	require.Regexp(t, `^The consortium is ([<>\d.]+% likely|very unlikely) to lose money in the medium case$`, f.Title)
}
