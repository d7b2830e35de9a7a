package estimate_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Mondays are 1, 8, 15, 22 and 29 January 2024.
func TestWeeklyGridByHand(t *testing.T) {
	jan := func(d int) calendar.Date { return day(2024, 1, d) }
	for name, one := range map[string]struct {
		spells []estimate.Spell
		weeks  map[string]float64
		moves  map[[2]string]int
		unseen int
	}{
		"from a Tuesday to a Friday: noted on 8 and 15, gone on 22": {
			spells: []estimate.Spell{{State: "foster", Start: jan(2), End: jan(19), Next: "left care"}},
			weeks:  map[string]float64{"foster": 2}, moves: map[[2]string]int{{"foster", "left care"}: 1},
		},
		"not seen to end: of the last week nobody knows": {
			spells: []estimate.Spell{{State: "foster", Start: jan(1), End: jan(17)}},
			weeks:  map[string]float64{"foster": 2},
		},
		"away between two Mondays": {
			spells: []estimate.Spell{
				{State: "foster", Start: jan(1), End: jan(9), Next: "residential"},
				{State: "residential", Start: jan(9), End: jan(12), Next: "foster"},
				{State: "foster", Start: jan(12), End: jan(23)},
			},
			weeks: map[string]float64{"foster": 3}, unseen: 1,
		},
		"two moves in a week: where it was a week later": {
			spells: []estimate.Spell{
				{State: "foster", Start: jan(1), End: jan(9), Next: "residential"},
				{State: "residential", Start: jan(9), End: jan(12), Next: "reunified"},
				{State: "reunified", Start: jan(12), End: jan(23)},
			},
			weeks: map[string]float64{"foster": 2, "reunified": 1}, moves: map[[2]string]int{{"foster", "reunified"}: 1}, unseen: 1,
		},
		"two moves in a week, the second out of sight": {
			spells: []estimate.Spell{
				{State: "foster", Start: jan(1), End: jan(9), Next: "residential"},
				{State: "residential", Start: jan(9), End: jan(12), Next: "left care"},
			},
			weeks: map[string]float64{"foster": 2}, moves: map[[2]string]int{{"foster", "left care"}: 1}, unseen: 1,
		},
		"back after a gap": {
			spells: []estimate.Spell{
				{State: "foster", Start: jan(1), End: jan(9), Next: "reunified"},
				{State: "foster", Start: jan(24), End: jan(31)},
			},
			weeks: map[string]float64{"foster": 2}, moves: map[[2]string]int{{"foster", "reunified"}: 1}, unseen: 1, // 29 January has no week after it
		},
		"seen from a Wednesday on": {
			spells: []estimate.Spell{{State: "foster", Start: jan(1).AddDays(-10), Seen: jan(3), End: jan(15), Next: "left care"}},
			weeks:  map[string]float64{"foster": 1}, moves: map[[2]string]int{{"foster", "left care"}: 1},
		},
		"18 on a Thursday": {
			spells: []estimate.Spell{{State: "foster", Start: jan(1), End: jan(18), Next: "left care", Born: day(2006, 1, 18)}},
			weeks:  map[string]float64{"foster": 2},
		},
	} {
		t.Run(name, func(t *testing.T) {
			table, err := estimate.Count(one.spells, estimate.Settings{Weekly: true})
			require.NoError(t, err)
			weeks, moves := map[string]float64{}, map[[2]string]int{}
			for _, c := range table.Cells {
				weeks[c.State] += c.Weeks
				for _, m := range c.Moves {
					moves[[2]string{c.State, m.To}] += m.Moves
				}
			}
			require.Equal(t, one.weeks, weeks)
			if one.moves == nil {
				one.moves = map[[2]string]int{}
			}
			require.Equal(t, one.moves, moves)
			require.Equal(t, one.unseen, table.Left.NoWeek)
		})
	}
}

// Days of the week before the grid and numbers of weeks in the state are whole.
func TestWeeklyStaysAreWholeWeeks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spells := simulated(rapid.Uint64().Draw(t, "seed"), 5)
		table, err := estimate.Count(spells, estimate.Settings{Weekly: true, InState: []int{4, 13, 52}})
		require.NoError(t, err)
		for _, c := range table.Cells {
			require.Equal(t, math.Trunc(c.Weeks), c.Weeks)
			for _, m := range c.Moves {
				require.LessOrEqual(t, float64(m.Moves), c.Weeks)
				require.NotEqual(t, c.State, m.To)
			}
		}
	})
}

// The bias of a weekly grid against exact days, at rates high enough to show it: a day
// finds where a child went first, q/Λ·(1 − e^−Λ), and the grid where it is a week later,
// exp(Q). Each comes to its own, and is far from the other.
func TestBiasOfTheWeeklyGrid(t *testing.T) {
	states := []string{"foster", "residential", "reunified"}
	q := mat.NewDense(3, 3, []float64{-0.30, 0.20, 0.10, 0.40, -0.40, 0, 0, 0.25, -0.25})
	r := rand.New(rand.NewPCG(5, 5))
	var spells []estimate.Spell
	const children, weeks = 1500, 100
	from := day(2024, 1, 1)
	for child := range children {
		at, until := 0.0, float64(7*weeks)
		state := child % 3
		for at < until {
			leave := at + 7*r.ExpFloat64()/-q.At(state, state)
			next, u := 0, -q.At(state, state)*r.Float64()
			for ; next == state || u >= q.At(state, next); next++ {
				if next != state {
					u -= q.At(state, next)
				}
			}
			// The day is that in which the time falls: without days, Monday is 0, 7, 14...
			s := estimate.Spell{Child: child, State: states[state], Start: from.AddDays(int(math.Ceil(at))), End: from.AddDays(int(math.Ceil(leave))), Next: states[next]}
			if leave >= until {
				s.End, s.Next = from.AddDays(7*weeks+1), ""
			}
			spells = append(spells, s)
			at, state = leave, next
		}
	}
	var after mat.Dense
	after.Exp(q)
	table, err := estimate.Count(spells, estimate.Settings{Weekly: true})
	require.NoError(t, err)
	biased := 0
	for _, rate := range estimate.Rates(table, 0) {
		i, j := index(states, rate.State), index(states, rate.To)
		error := math.Sqrt(after.At(i, j) * (1 - after.At(i, j)) / rate.Weeks)
		require.InDelta(t, after.At(i, j), rate.Probability.Value, 4*error, "%s to %s", rate.State, rate.To)
		leaving := -q.At(i, i)
		first := q.At(i, j) / leaving * -math.Expm1(-leaving)
		if math.Abs(first-rate.Probability.Value) > 8*error {
			biased++
		}
		// What the documentation says of the difference, to second order in rates as high as these.
		round := 0.0
		for k := range 3 {
			if k != i && k != j {
				round += q.At(i, k) * q.At(k, j)
			}
		}
		if q.At(i, j) > 0 {
			require.InDelta(t, -(-q.At(j, j))/2+round/(2*q.At(i, j)), after.At(i, j)/first-1, 0.06)
		}
	}
	require.GreaterOrEqual(t, biased, 4)
}

func index(all []string, name string) int {
	for i, one := range all {
		if one == name {
			return i
		}
	}
	return -1
}

// At the rates of real placements the two forms come to the same, but for a move in some
// hundred that was two.
func TestWeeklyGridAgreesWithDays(t *testing.T) {
	spells := simulated(11, 3000)
	days, err := estimate.Count(spells, estimate.Settings{})
	require.NoError(t, err)
	weeks, err := estimate.Count(spells, estimate.Settings{Weekly: true})
	require.NoError(t, err)
	exact := map[[2]string]estimate.Interval{}
	for _, r := range estimate.Rates(days, 0) {
		exact[[2]string{r.State, r.To}] = r.Probability
	}
	all, twice := 0, 0
	for _, r := range estimate.Rates(weeks, 0) {
		all += r.Moves
		p, ok := exact[[2]string{r.State, r.To}]
		if !ok { // two moves within a week
			twice += r.Moves
			continue
		}
		require.InDelta(t, 1, r.Probability.Value/p.Value, 0.08, "%s to %s", r.State, r.To)
		require.Less(t, r.Probability.Low, p.Value)
		require.Greater(t, r.Probability.High, p.Value)
	}
	require.Positive(t, twice)
	require.Less(t, twice, all/100)
}
