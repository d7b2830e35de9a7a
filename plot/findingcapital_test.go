package plot

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// ofCase chooses the rows of a case.
func ofCase(name string) func(map[string]any) bool {
	return func(row map[string]any) bool { return row["case"] == name }
}

// The title of the capital position has the lowest median of all cases.
func TestPositionTitle(t *testing.T) {
	f, err := CapitalPosition(dn2Cases(t)...)
	require.NoError(t, err)
	lowest, of := 0.0, ""
	for _, name := range []string{"low", "medium", "high"} {
		medians := cells[float64](t, f, "median", ofCase(name))
		require.Len(t, medians, 28, "27 quarters from April 2020 to December 2026, and the end")
		if low := slices.Min(medians); low < lowest {
			lowest, of = low, name
		}
	}
	require.Greater(t, -lowest, 884_831.0)
	require.Equal(t, fmt.Sprintf("In the %s case the median deficit, %s, is past the £885k facility", of, money(-lowest)), f.Title)

	results := dn2Cases(t)
	at := func(facility float64, deepest ...float64) string {
		var all []*position
		for _, deep := range deepest {
			o := &position{facility: facility, limited: true}
			o.at, o.quantiles[3] = []float64{0}, []float64{deep}
			all = append(all, o)
		}
		return positionsFound(results[:len(all)], all)
	}
	require.Equal(t, "The median deficit, at most £800k, stays within the £885k facility", at(885e3, -800e3, -700e3))
	require.Equal(t, "In 2 of 3 cases the median deficit is past the £885k facility, by up to £115k", at(885e3, -1e6, -700e3, -900e3))
	require.Equal(t, "Receipts cover the cost of delivery at the median throughout", at(885e3, 10, 20))
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
	low, high := chances(f, "probability of more than the facility")
	require.Equal(t, "Costs are "+low+" (low) to "+high+" (high) likely to pass the £885k facility", f.Title)
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
	require.Equal(t, "The programme in bold ends at "+shares[0]+" of its first plan, others at "+shares[3]+" to "+shares[2], f.Title, "of DN2, Pyramid and Norfolk")
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
