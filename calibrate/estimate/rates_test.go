package estimate_test

import (
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// cell is counts written by hand.
func cell(from, to int, weeks float64, moves ...estimate.Moved) estimate.Cell {
	return estimate.Cell{Where: estimate.Where{State: "foster", InState: estimate.Band{From: from, To: to}}, Weeks: weeks, Moves: moves}
}

// Ten moves in 1,000 weeks. χ² of 21 degrees of freedom has 2.5% and 97.5% quantiles
// 10.283 and 35.479 (printed tables), so the Gamma law of shape 10.5 has half of them.
func TestJeffreysInterval(t *testing.T) {
	rates := estimate.Rates(&estimate.Table{Cells: []estimate.Cell{
		cell(0, 0, 1000, estimate.Moved{To: "residential", Moves: 10}, estimate.Moved{To: "reunified", Moves: 30}),
	}}, 10)
	require.Len(t, rates, 2)
	r := rates[0]
	require.Equal(t, 0.01, r.Hazard.Value)
	require.InDelta(t, 10.283/2000, r.Hazard.Low, 1e-6)
	require.InDelta(t, 35.479/2000, r.Hazard.High, 1e-6)
	// A quarter of those who leave: 0.25 × (1 − e^−0.04).
	require.InDelta(t, 0.25*(1-math.Exp(-0.04)), r.Probability.Value, 1e-15)
	// With its own hazard at the low end: 0.0051415/0.0351415 × (1 − e^−0.0351415).
	require.InDelta(t, 0.0051415/0.0351415*(1-math.Exp(-0.0351415)), r.Probability.Low, 1e-6)

	none := estimate.Rates(&estimate.Table{Cells: []estimate.Cell{
		cell(0, 13, 100, estimate.Moved{To: "residential", Moves: 10}), cell(13, 0, 1000),
	}}, 0)
	require.Zero(t, none[1].Hazard.Value)
	require.Zero(t, none[1].Hazard.Low)
	require.InDelta(t, 5.0239/2000, none[1].Hazard.High, 1e-6) // χ² of one degree of freedom: 5.0239
	require.False(t, none[1].Pooled)
}

func TestRareMovesArePooled(t *testing.T) {
	res := func(n int) estimate.Moved { return estimate.Moved{To: "residential", Moves: n} }
	home := func(n int) estimate.Moved { return estimate.Moved{To: "reunified", Moves: n} }
	rates := estimate.Rates(&estimate.Table{Cells: []estimate.Cell{
		cell(0, 4, 100, res(3)),             // too few: joins the next
		cell(4, 13, 200, res(12), home(4)),  //
		cell(13, 52, 400, res(11), home(3)), // homes: 7 in 1,300 weeks in all
		cell(52, 0, 600, res(4), home(0)),   // too few: joins the one before
	}}, 10)
	require.Len(t, rates, 4)
	require.Equal(t, estimate.Band{To: 13}, rates[0].InState)
	require.Equal(t, 15, rates[0].Moves)
	require.Equal(t, 300.0, rates[0].Weeks)
	require.Equal(t, estimate.Band{From: 13}, rates[2].InState)
	require.Equal(t, 15.0/1000, rates[2].Hazard.Value)
	for _, i := range []int{1, 3} {
		require.True(t, rates[i].Pooled)
		require.Equal(t, 7.0/1300, rates[i].Hazard.Value)
	}
	require.False(t, rates[0].Pooled)

	// Where every destination is rare in some band there is one band.
	one := estimate.Rates(&estimate.Table{Cells: []estimate.Cell{cell(0, 13, 100, res(8), home(9)), cell(13, 0, 300, res(9), home(4))}}, 10)
	require.Len(t, one, 2)
	require.Equal(t, estimate.Band{}, one[0].InState)
	require.Equal(t, 17, one[0].Moves)
	require.False(t, one[0].Pooled)
}

// Two moves to one state and 30 to another in 1,000 weeks: neither the count nor the
// other's probability, which depends on it, tells that they were two and not three.
func TestSuppress(t *testing.T) {
	rates := func(n int) []estimate.Rate {
		return estimate.Rates(&estimate.Table{Cells: []estimate.Cell{
			cell(0, 0, 1000, estimate.Moved{To: "residential", Moves: n}, estimate.Moved{To: "reunified", Moves: 30}),
		}}, 0)
	}
	require.Equal(t, estimate.Suppress(rates(2)), estimate.Suppress(rates(5)))
	require.NotEqual(t, rates(2)[1].Probability, rates(5)[1].Probability)
	require.Equal(t, rates(6), estimate.Suppress(rates(6)))
	require.InDelta(t, 30./33*(1-math.Exp(-0.033)), estimate.Suppress(rates(1))[1].Probability.Value, 1e-15)
}

// life makes the stays of one child in foster care and out of it at known hazards a
// week, in days, until 18 or the end of the window; the window opens after the child
// may have begun to stay. Entry days are spread over years before and in the window.
func life(r *rand.Rand, child int, hazards map[string]map[string]float64, from, to calendar.Date, add func(estimate.Spell)) {
	born := from.AddDays(-365*18 + r.IntN(365*16))
	day, state := from.AddDays(r.IntN(3*365)-365), "foster"
	last := born.AddDays(18*365 + 4) // near the birthday; estimate cuts at the day itself
	for state != "left care" && day.Before(to) && day.Before(last) {
		leave, next := math.Inf(1), ""
		for _, name := range []string{"foster", "left care", "residential", "reunified"} {
			if h := hazards[state][name]; h > 0 {
				if at := r.ExpFloat64() / h * 7; at < leave {
					leave, next = at, name
				}
			}
		}
		end := day.AddDays(1 + int(min(leave, 1e5)))
		if limit := calendar.NewDate(born.Year()+18, born.Month(), born.Day()); !end.Before(limit) {
			end, next = limit, "left care" // everyone leaves at 18
		}
		s := estimate.Spell{Child: child, State: state, Next: next, Start: day, Seen: from, End: end, Born: born}
		if s.End.After(to) {
			s.End, s.Next = to, ""
		}
		if s.End.After(from) {
			add(s)
		}
		day, state = end, next
	}
}

var trueHazards = map[string]map[string]float64{
	"foster":      {"residential": 0.004, "reunified": 0.006},
	"residential": {"foster": 0.008, "left care": 0.002},
	"reunified":   {"foster": 0.003},
}

// Days are whole here: a stay of more than n and at most n+1 days ends on day n+1. The
// hazard of a day with whole-day exposure is 1 − e^(−h/7), which is under h/7 by half
// of h/7: 0.07% at 0.01 a week. That is far below the intervals.
func simulated(seed uint64, children int) []estimate.Spell {
	r := rand.New(rand.NewPCG(seed, 903))
	var spells []estimate.Spell
	for child := range children {
		life(r, child, trueHazards, day(2019, 4, 1), day(2022, 4, 1), func(s estimate.Spell) { spells = append(spells, s) })
	}
	return spells
}

// With the exits at 18 of half the children in the window, the rates come back, also at
// 16 and 17 alone.
func TestExitsAt18DoNotLeak(t *testing.T) {
	table, err := estimate.Count(simulated(1, 20000), estimate.Settings{Ages: []int{16}})
	require.NoError(t, err)
	require.Greater(t, table.Left.CutAt18, 1000)
	seen := 0
	for _, r := range estimate.Rates(table, 0) {
		truth := trueHazards[r.State][r.To]
		require.Positive(t, truth, "%s to %s was never simulated", r.State, r.To)
		sd := math.Sqrt(truth / r.Weeks)
		require.InDelta(t, truth, r.Hazard.Value, 4*sd+0.001*truth, "%s to %s, age %v", r.State, r.To, r.Age)
		seen++
	}
	require.Equal(t, 10, seen) // five moves, below 16 and from 16
}

// Of 95% intervals, 93 to 97% hold the true hazard, each of five kinds of move over
// many sets of records.
func TestIntervalsCover(t *testing.T) {
	seeds, least, most := 150, 0.89, 0.99
	if os.Getenv("EDGEOFCARE_LONG") != "" {
		seeds, least, most = 2000, 0.93, 0.97
	}
	covered := map[string]int{}
	for seed := range seeds {
		table, err := estimate.Count(simulated(uint64(seed)+100, 400), estimate.Settings{})
		require.NoError(t, err)
		for _, r := range estimate.Rates(table, 0) {
			if truth := trueHazards[r.State][r.To]; r.Hazard.Low <= truth && truth <= r.Hazard.High {
				covered[r.State+" to "+r.To]++
			}
		}
	}
	require.Len(t, covered, 5)
	for move, n := range covered {
		share := float64(n) / float64(seeds)
		t.Logf("%s: %.1f%% of %d", move, 100*share, seeds)
		require.GreaterOrEqual(t, share, least, move)
		require.LessOrEqual(t, share, most, move)
	}
}
