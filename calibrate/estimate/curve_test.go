package estimate_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
)

// Five stays: moves at weeks 1 (home), 2 (residential) and 4 (home), one no longer seen
// at week 3, and one seen only from week 1 (on its seventh day) to week 4.
//
//	week  at risk before  moves         still            home         residential
//	1     4               1 home        3/4              1/4          0
//	2     4               1 residential 3/4 × 3/4=9/16   1/4          3/16
//	3     3               none, one out
//	4     2               1 home        9/32             1/4+9/32     3/16
func TestCurvesByHand(t *testing.T) {
	start := day(2021, 1, 1)
	spell := func(child, seen, weeks int, next string) estimate.Spell {
		return estimate.Spell{Child: child, State: "foster", Next: next, Start: start, Seen: start.AddDays(7 * seen), End: start.AddDays(7 * weeks)}
	}
	spells := []estimate.Spell{
		spell(1, 0, 1, "home"), spell(2, 0, 2, "residential"), spell(3, 0, 4, "home"), spell(4, 0, 3, ""), spell(5, 1, 4, ""),
	}
	table, err := estimate.Count(spells, estimate.Settings{})
	require.NoError(t, err)
	rates := estimate.Rates(table, 0)
	curves, err := estimate.Curves(spells, estimate.Settings{}, rates, 4)
	require.NoError(t, err)
	require.Len(t, curves, 1)
	c := curves[0]
	near := func(want, got []float64) {
		t.Helper()
		require.InDeltaSlice(t, want, got, 1e-12)
	}
	near([]float64{1, 3. / 4, 9. / 16, 9. / 16, 9. / 32}, c.Still)
	near([]float64{0, 1. / 4, 1. / 4, 1. / 4, 1./4 + 9./32}, c.Gone["home"])
	near([]float64{0, 0, 3. / 16, 3. / 16, 3. / 16}, c.Gone["residential"])
	require.Equal(t, []int{4, 4, 3, 2, 0}, c.AtRisk)
	require.Equal(t, map[string][]int{"home": {0, 1, 1, 1, 2}, "residential": {0, 0, 1, 1, 1}}, c.Moves)
	require.Zero(t, c.From)
	// Greenwood at week 2: 1/(4·3) + 1/(4·3) = 1/6; θ = 1.959964·√(1/6)/ln(16/9) = 1.39066;
	// (9/16)^e^1.39066 and (9/16)^e^−1.39066.
	theta := 1.959964 * math.Sqrt(1.0/6) / math.Log(16.0/9)
	require.InDelta(t, 0.0990, c.Low[2], 1e-3)
	require.InDelta(t, math.Pow(9./16, math.Exp(-theta)), c.High[2], 1e-12)
	// Fitted: 3 moves in 1+2+4+3+3 = 13 weeks; still there after n weeks e^(−3n/13).
	near([]float64{1, math.Exp(-3. / 13), math.Exp(-6. / 13), math.Exp(-9. / 13), math.Exp(-12. / 13)}, c.FittedStill)
	require.InDelta(t, 2./3*(1-math.Exp(-12./13)), c.FittedGone["home"][4], 1e-12)
}

// Nobody seen before week 2: the curve is of those who are there then.
func TestCurveOfLateEntriesOnly(t *testing.T) {
	start := day(2021, 1, 1)
	spells := []estimate.Spell{
		{Child: 1, State: "foster", Next: "home", Start: start, Seen: start.AddDays(14), End: start.AddDays(21)},
		{Child: 2, State: "foster", Start: start, Seen: start.AddDays(14), End: start.AddDays(28)},
	}
	table, err := estimate.Count(spells, estimate.Settings{})
	require.NoError(t, err)
	curves, err := estimate.Curves(spells, estimate.Settings{}, estimate.Rates(table, 0), 4)
	require.NoError(t, err)
	require.Equal(t, 2, curves[0].From)
	require.Equal(t, []float64{1, 1, 1, 0.5, 0.5}, curves[0].Still)
	require.Equal(t, []float64{1, 1, 1}, curves[0].FittedStill[:3])
	require.InDelta(t, math.Exp(-1./3), curves[0].FittedStill[3], 1e-12) // one move in three weeks
}

// Over a long window the fit and what is seen agree where hazards are constant.
func TestCurvesAgreeWithTheFit(t *testing.T) {
	spells := simulated(7, 6000)
	table, err := estimate.Count(spells, estimate.Settings{})
	require.NoError(t, err)
	curves, err := estimate.Curves(spells, estimate.Settings{}, estimate.Rates(table, 0), 104)
	require.NoError(t, err)
	require.Len(t, curves, 3)
	for _, c := range curves {
		for _, week := range []int{13, 52, 104} {
			require.InDelta(t, c.FittedStill[week], c.Still[week], 0.04, "%s, week %d", c.State, week)
			gone := 0.0
			for to := range c.Gone {
				require.InDelta(t, c.FittedGone[to][week], c.Gone[to][week], 0.04, "%s to %s, week %d", c.State, to, week)
				gone += c.Gone[to][week]
			}
			require.InDelta(t, 1, c.Still[week]+gone, 1e-9)
		}
	}
}
