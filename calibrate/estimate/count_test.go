package estimate_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

func day(year int, month time.Month, d int) calendar.Date { return calendar.NewDate(year, month, d) }

// Three stays, divided by hand at 2 weeks in the state, at the tenth birthday and on
// 1 April.
func TestCountDividesStaysOnTheDay(t *testing.T) {
	start := day(2021, 3, 1)
	spells := []estimate.Spell{
		// 35 days: 14 before two weeks and 21 after; 31 before 1 April and 4 after.
		{Child: 1, State: "foster", Next: "residential", Start: start, End: start.AddDays(35), Born: day(2005, 1, 1)},
		// 28 days at age 9, then 7 at age 10, not seen to end.
		{Child: 2, State: "foster", Start: start, End: start.AddDays(35), Born: day(2011, 3, 29)},
		// Began long before, seen from 1 March: 7 days, all beyond two weeks.
		{Child: 2, State: "foster", Next: "reunified", Start: day(2020, 3, 1), Seen: start, End: start.AddDays(7), Born: day(2011, 3, 29)},
	}
	count := func(s estimate.Settings) []estimate.Cell {
		table, err := estimate.Count(spells, s)
		require.NoError(t, err)
		require.Zero(t, table.Left)
		return table.Cells
	}
	require.Equal(t, []estimate.Cell{{
		Where: estimate.Where{State: "foster"}, Children: 2, Weeks: 11, // 77 days
		Moves: []estimate.Moved{{To: "residential", Moves: 1}, {To: "reunified", Moves: 1}},
	}}, count(estimate.Settings{}))

	inState := count(estimate.Settings{InState: []int{2}})
	require.Len(t, inState, 2)
	require.Equal(t, estimate.Band{To: 2}, inState[0].InState)
	require.Equal(t, 4.0, inState[0].Weeks) // 14 + 14 days
	require.Empty(t, inState[0].Moves)
	require.Equal(t, 7.0, inState[1].Weeks) // 21 + 21 + 7 days

	ages := count(estimate.Settings{Ages: []int{10}})
	require.Equal(t, 5.0, ages[0].Weeks) // 28 + 7 days at 9, although the third stay came later in the list
	require.Equal(t, 6.0, ages[1].Weeks) // 35 days at 16, and 7 at 10

	periods := count(estimate.Settings{Periods: []calendar.Date{day(2021, 4, 1)}})
	require.Equal(t, day(2021, 4, 1), periods[0].Before)
	require.InDelta(t, 69.0/7, periods[0].Weeks, 1e-12) // 31 + 31 + 7 days
	require.InDelta(t, 8.0/7, periods[1].Weeks, 1e-12)  // 4 + 4 days
	require.Equal(t, []estimate.Moved{{To: "residential", Moves: 1}}, periods[1].Moves)
}

func TestEveryClockStopsAt18(t *testing.T) {
	born := day(2003, 6, 15) // 18 on 15 June 2021
	spell := func(end calendar.Date, next string) estimate.Spell {
		return estimate.Spell{State: "foster", Next: next, Start: day(2021, 6, 1), End: end, Born: born}
	}
	spells := []estimate.Spell{
		spell(day(2021, 6, 15), "left care"), // on the birthday: cut, no move
		spell(day(2021, 7, 20), "left care"), // after: cut
		spell(day(2021, 6, 14), "left care"), // the day before: a move
		spell(day(2021, 6, 15), ""),          // not seen to end, up to the day: nothing is cut
		{State: "foster", Next: "left care", Start: day(2021, 6, 15), End: day(2021, 6, 30), Born: born},
		{State: "foster", Start: day(2021, 6, 1), End: day(2021, 6, 1), Born: born},
		{State: "foster", Start: day(2021, 6, 1), End: day(2021, 6, 8)},
	}
	table, err := estimate.Count(spells, estimate.Settings{})
	require.NoError(t, err)
	require.Equal(t, estimate.Left{NoDays: 1, After18: 1, CutAt18: 2, NoBirthday: 1}, table.Left)
	require.Equal(t, []estimate.Moved{{To: "left care", Moves: 1}}, table.Cells[0].Moves)
	require.InDelta(t, (14+14+13+14+7)/7.0, table.Cells[0].Weeks, 1e-12)

	guarded, err := estimate.Count(spells, estimate.Settings{Guard: 3})
	require.NoError(t, err)
	require.Empty(t, guarded.Cells[0].Moves)
	require.InDelta(t, (4*11+7)/7.0, guarded.Cells[0].Weeks, 1e-12)
}

func TestFaultsAreAllNamed(t *testing.T) {
	ok := day(2021, 6, 1)
	_, err := estimate.Count([]estimate.Spell{
		{State: "foster", Start: ok, End: ok.AddDays(7)},
		{Start: ok, End: ok.AddDays(7)},
		{State: "foster", Next: "foster", Start: ok, End: ok.AddDays(7)},
		{State: "foster", Start: ok},
		{State: "foster", Start: ok, End: ok.AddDays(-1)},
		{State: "foster", Start: ok, End: ok.AddDays(7), Born: ok.AddDays(1)},
	}, estimate.Settings{})
	for _, part := range []string{"spell 2: it has no state", "spell 3: it moves from foster to itself", "spell 4: its first day", "spell 5: it ends on 2021-05-31", "spell 6: it starts on 2021-06-01, before the child is born"} {
		require.ErrorContains(t, err, part)
	}
	_, err = estimate.Count(nil, estimate.Settings{InState: []int{0}, Ages: []int{16, 10}, Periods: []calendar.Date{ok, ok.AddDays(-1)}, Guard: -1})
	for _, part := range []string{"weeks at which bands begin are [0]", "ages at which bands begin are [16 10]", "out of order", "-1 days"} {
		require.ErrorContains(t, err, part)
	}
}

// Stays of children whose age is not known stand after those from birth, each time.
func TestOrderOfUnknownAges(t *testing.T) {
	d := calendar.NewDate
	known := estimate.Spell{Child: 1, State: "foster", Start: d(2024, 1, 1), End: d(2024, 2, 1), Born: d(2023, 12, 1)}
	unknown := known
	unknown.Child, unknown.Born = 2, calendar.Date{}
	for range 20 {
		table, err := estimate.Count([]estimate.Spell{unknown, known}, estimate.Settings{Ages: []int{5}})
		require.NoError(t, err)
		require.Equal(t, []estimate.Band{{From: 0, To: 5}, {}}, []estimate.Band{table.Cells[0].Age, table.Cells[1].Age})
	}
}
