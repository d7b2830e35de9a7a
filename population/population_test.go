package population_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/population"
)

func day(year int, month time.Month, d int) calendar.Date { return calendar.NewDate(year, month, d) }

var seen = population.Settings{From: day(2020, 4, 1), To: day(2025, 3, 31), Home: "reunified"}

func forecast(t require.TestingT, p *population.Population, o population.Options) *population.Forecast {
	f, err := p.Forecast(context.Background(), o)
	require.NoError(t, err)
	return f
}

func alone(t require.TestingT, all ...estimate.Spell) *population.Population {
	p, err := population.FromSpells(all, seen)
	require.NoError(t, err)
	return p
}

// A child who came before entries are counted, and of whom nobody knows a move, stays until the 18th birthday, and not a day longer.
func TestNobodyIsInCareFrom18On(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		born := day(2007, 4, 1).AddDays(rapid.IntRange(1, 14*365+180).Draw(t, "days"))
		start := born.AddDays(1)
		if start.Before(day(2020, 2, 1)) {
			start = day(2020, 2, 1)
		}
		p := alone(t, estimate.Spell{State: "foster", Start: start, Seen: seen.From, End: day(2025, 4, 1), Born: born})
		f := forecast(t, p, population.Options{Years: 6, Replications: 2, Seed: rapid.Uint64().Draw(t, "seed")})
		adult := day(born.Year()+18, born.Month(), born.Day())
		days := adult.Sub(seen.To) - 1
		paid := 0.0
		for y, x := range f.Stock[0].Years {
			paid += f.Spend[0].Years[y].Expected
			end := day(int(f.Years[y])+1, 3, 31)
			if d := adult.Sub(end); d < -7 || d > 7 { // year ends are on the nearest week
				want := 0.0
				if d > 0 {
					want = 1
				}
				require.Equal(t, want, x.Expected)
				require.Equal(t, want, x.Mean)
				require.Zero(t, x.ChanceSD)
			}
			require.InDelta(t, x.Expected, x.Mean, 1e-9)
			require.InDelta(t, f.Spend[0].Years[y].Expected, f.Spend[0].Years[y].Mean, 1e-6)
		}
		total := float64(min(days, 365*6+2)) / 7 * 1000
		require.InDelta(t, total, paid, 1000, "a week of %d days", days)
	})
}

// Two children, moves by hand. One leaves foster care for residential care after 70 days;
// the other is in residential care for 70 days and then for 42 days in foster care, where
// it still is. So one move was made in 16 child-weeks of foster care.
func TestRatesAndEntriesByHand(t *testing.T) {
	born, start := day(2015, 1, 1), day(2024, 9, 1)
	later := day(2025, 4, 1)
	p, err := population.FromSpells([]estimate.Spell{
		{Child: 1, State: "foster", Next: "residential", Start: start, End: start.AddDays(70), Born: born},
		{Child: 1, State: "residential", Next: "left care", Start: start.AddDays(70), End: start.AddDays(80), Born: born},
		{Child: 2, State: "residential", Next: "foster", Start: later.AddDays(-112), End: later.AddDays(-42), Born: born},
		{Child: 2, State: "foster", Start: later.AddDays(-42), End: later, Born: born},
		{Child: 3, State: "foster", Start: later.AddDays(-42), End: later}, // no date of birth
	}, seen)
	require.NoError(t, err)
	require.Equal(t, population.Left{NoBirthday: 1}, p.Left)
	require.Equal(t, []population.Entries{{State: "foster", Age: 9, N: 1}, {State: "residential", Age: 9, N: 1}}, p.Entries)
	require.InDelta(t, (5*365.25-7*104)/7, p.EntryWeeks, 0.2)
	require.Len(t, p.Rates, 3)
	require.InDelta(t, 1.0/16, p.Rates[0].Hazard.Value, 1e-12)
	require.Equal(t, "residential", p.Rates[0].To)
	require.Equal(t, 1, forecast(t, p, population.Options{}).Stock[0].Today)
}

// A child who comes back within two years goes on with its life; later, it is an entry.
func TestReturnsAndEntriesAreTwoThings(t *testing.T) {
	born, start := day(2015, 1, 1), day(2022, 6, 1)
	for weeks, entries := range map[int]int{0: 1, 30: 1, 103: 1, 105: 2, 120: 2} {
		home := start.AddDays(70)
		back := home.AddDays(7 * weeks)
		all := []estimate.Spell{
			{State: "foster", Next: "reunified", Start: start, End: home, Born: born},
			{State: "reunified", Next: "foster", Start: home, End: back, Born: born},
			{State: "foster", Start: back, End: day(2025, 4, 1), Born: born},
		}
		p := alone(t, all...)
		n := 0
		for _, e := range p.Entries {
			n += e.N
		}
		require.Equal(t, entries, n, "%d weeks", weeks)
	}
}

func TestWhatCannotBe(t *testing.T) {
	one := estimate.Spell{State: "foster", Start: day(2024, 4, 1), End: day(2025, 4, 1), Born: day(2015, 1, 1)}
	for says, s := range map[string]population.Settings{
		"give the first and, after it, the last": {To: day(2025, 3, 31)},
		"give a 31 March":                        {From: day(2020, 4, 1), To: day(2024, 12, 31)},
		"a band of ages begins at 18":            {From: seen.From, To: seen.To, Ages: []int{10, 18}},
		"0 or more":                              {From: seen.From, To: seen.To, Least: -1},
		"no week is left":                        {From: seen.From, To: seen.To, Home: "reunified", ReturnWeeks: 300},
		"after the last day seen":                {From: day(2019, 4, 1), To: day(2024, 3, 31)},
	} {
		_, err := population.FromSpells([]estimate.Spell{one}, s)
		require.ErrorContains(t, err, says)
	}
	_, err := population.FromSpells(nil, seen)
	require.ErrorContains(t, err, "nobody was in care")

	p := alone(t, one)
	for says, o := range map[string]population.Options{
		"give 1 to 6 years":          {Years: 7},
		"0 replications or more":     {Replications: -1},
		"a cost of \"moon\"":         {Costs: []population.Cost{{State: "moon"}}},
		"there is no state \"moon\"": {Levers: []population.Lever{{Name: "x", Changes: []population.Change{{Entries: true, To: "moon", By: -1}}}}},
		"does nothing":               {Levers: []population.Lever{{Name: "x", Changes: []population.Change{{To: "foster", By: -1}}}}},
		"cannot change by -2":        {Levers: []population.Lever{{Name: "x", Changes: []population.Change{{To: "foster", By: -2}}}}},
	} {
		_, err := p.Forecast(context.Background(), o)
		require.ErrorContains(t, err, says)
	}
	_, err = p.Forecast(context.Background(), population.Options{Suppress: true})
	require.ErrorContains(t, err, "1 to 5 children are in care")
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err = p.Forecast(ctx, population.Options{})
	require.ErrorIs(t, err, context.Canceled)
}

func TestLeversAreRead(t *testing.T) {
	for text, want := range map[string][]population.Change{
		"entries -5%":                                              {{Entries: true, By: -0.05}},
		"residential entries −5%":                                  {{Entries: true, To: "residential", By: -0.05}},
		"residential entries -5% into foster":                      {{Entries: true, To: "residential", By: -0.05, Into: "foster"}},
		"home under an order entries +10%":                         {{Entries: true, To: "home under an order", By: 0.1}},
		"foster to residential -10%":                               {{From: "foster", To: "residential", By: -0.1}},
		"moves to residential -5 %":                                {{To: "residential", By: -0.05}},
		"moves  to residential -10%, moves from residential +2.5%": {{To: "residential", By: -0.1}, {From: "residential", By: 0.025}},
	} {
		l, err := population.ParseLever(text)
		require.NoError(t, err, text)
		require.InDeltaSlice(t, by(want), by(l.Changes), 1e-12)
		for i := range want {
			want[i].By = l.Changes[i].By
		}
		require.Equal(t, want, l.Changes)
	}
	for _, text := range []string{"", "residential", "residential -5%", "entries -5", "entries -101%", "entries 0%", "entries 5%", "entries %", "entries  %", "entries x%", "foster to residential -5% into home", "entries +5% into foster"} {
		_, err := population.ParseLever(text)
		require.Error(t, err, text)
	}
}

func by(changes []population.Change) (all []float64) {
	for _, c := range changes {
		all = append(all, c.By)
	}
	return all
}

// Whatever the settings of a council, nothing that is shown, nor a difference of it, is 1
// to 5 children.
func TestSmallCountsAreKeptOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []estimate.Spell
		for child := range rapid.IntRange(6, 60).Draw(t, "children") {
			state := rapid.SampledFrom([]string{"foster", "foster", "foster", "residential", "supported", "secure"}).Draw(t, "state")
			born := day(2008, 1, 1).AddDays(rapid.IntRange(0, 16*365).Draw(t, "age"))
			all = append(all, estimate.Spell{Child: child, State: state, Start: day(2024, 12, 1), End: day(2025, 4, 1), Born: born})
		}
		p := alone(t, all...)
		f := forecast(t, p, population.Options{Years: 1, Suppress: true})
		byState, byAge := map[string]int{}, map[estimate.Band]int{}
		for _, s := range f.Stock[1:] {
			require.False(t, estimate.Small(s.Today), "%v", s)
			switch {
			case s.Age == nil:
				byState[s.State] = s.Today
			case s.State == "":
				byAge[*s.Age] = s.Today
			default:
				byState[s.State] -= s.Today
				byAge[*s.Age] -= s.Today
			}
		}
		for state, rest := range byState {
			require.False(t, estimate.Small(rest), "the rest of %s", state)
		}
		for age, rest := range byAge {
			require.False(t, estimate.Small(rest), "the rest of %v", age)
		}
		whole := forecast(t, p, population.Options{Years: 1})
		require.Equal(t, whole.Stock[0], f.Stock[0])
		require.InDelta(t, whole.Spend[0].Total.Expected, f.Spend[0].Total.Expected, 1e-6)
	})
}

// Eight children under 10, none from 10 to 15 and three above: the three join bands until
// they are not to be told apart.
func TestSmallBandAfterAnEmptyOne(t *testing.T) {
	var all []estimate.Spell
	for child, year := range []int{2016, 2016, 2017, 2017, 2018, 2018, 2019, 2019, 2008, 2008, 2008} {
		all = append(all, estimate.Spell{Child: child, State: "foster", Start: day(2024, 12, 1), End: day(2025, 4, 1), Born: day(year, 1, 1)})
	}
	f := forecast(t, alone(t, all...), population.Options{Years: 1, Suppress: true})
	var today []int
	for _, s := range f.Stock {
		if s.State == "" && s.Age != nil {
			today = append(today, s.Today)
		}
	}
	require.Equal(t, []int{0, 0, 11}, today)
}

func TestForecastTravelsAsJSON(t *testing.T) {
	lever, err := population.ParseLever("entries -5%")
	require.NoError(t, err)
	f := forecast(t, council(), population.Options{Years: 1, Replications: 10, Seed: 1, Levers: []population.Lever{lever}})
	text, err := json.Marshal(f)
	require.NoError(t, err)
	var back population.Forecast
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, *f, back)
}

// The five years ahead of a council of 900 children, in weekly steps and exact.
func BenchmarkExact(b *testing.B) {
	p := council()
	for b.Loop() {
		_, err := p.Forecast(context.Background(), population.Options{Years: 5})
		require.NoError(b, err)
	}
}
