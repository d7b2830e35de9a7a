package markov_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

func TestModelFaults(t *testing.T) {
	two := func(change func(*markov.Model)) markov.Model {
		m := markov.Model{
			States: []string{"home", "care"},
			Rows:   map[string]markov.Row{"home": {{Moves: []markov.Move{{To: "care", Probability: 0.1}}}}},
			Start:  map[string]float64{"home": 1},
			Cycles: 10,
		}
		change(&m)
		return m
	}
	for _, c := range []struct {
		name   string
		change func(*markov.Model)
		want   string
	}{
		{"no states", func(m *markov.Model) { *m = markov.Model{} }, "the model has no states"},
		{"no start", func(m *markov.Model) { m.Start = nil }, "the sum of the shares at the start is 0: must be 1"},
		{"name twice", func(m *markov.Model) { m.States = append(m.States, "home") }, `state name "home": names must not be empty or given twice`},
		{"empty name", func(m *markov.Model) { m.States = append(m.States, "") }, `state name "": names must not be empty`},
		{"row of no state", func(m *markov.Model) { m.Rows["hoem"] = markov.Row{} }, `a row of moves: there is no state "hoem": must be one of "home", "care"`},
		{"move to no state", func(m *markov.Model) { m.Rows["home"][0].Moves[0].To = "caer" }, `state "home": piece 1 (since the start: every cycle; in the state: every cycle): there is no state "caer": must be one of "home", "care"`},
		{"staying typed", func(m *markov.Model) { m.Rows["home"][0].Moves[0].To = "home" }, `who does not move stays`},
		{"row over 1", func(m *markov.Model) {
			m.Rows["home"][0].Moves = []markov.Move{{To: "care", Probability: 1}, {To: "other", Probability: 1}}
		}, `state "home": piece 1 (since the start: every cycle; in the state: every cycle): the probabilities of moving sum to 2: must be at most 1`},
		{"start of no state", func(m *markov.Model) { m.Start["x"] = 0 }, `the start: there is no state "x"`},
		{"share over 1", func(m *markov.Model) { m.Start["home"] = 2 }, `the share that starts in "home" is 2: must be from 0 to 1`},
		{"share not a number", func(m *markov.Model) { m.Start["home"] = math.NaN() }, `the share that starts in "home" is NaN: must be from 0 to 1`},
		{"shares short of 1", func(m *markov.Model) { m.Start["home"] = 0.5 }, `the sum of the shares at the start is 0.5: must be 1`},
		{"already there of no state", func(m *markov.Model) { m.AlreadyThere = map[string]int{"x": 1} }, `already there at the start: there is no state "x"`},
		{"already there below 0", func(m *markov.Model) { m.AlreadyThere = map[string]int{"home": -1} }, `the cycles already spent in "home" is -1: must be from 0 to 1,000,000`},
		{"no cycles", func(m *markov.Model) { m.Cycles = 0 }, `the number of cycles is 0: must be from 1 to 1,000,000`},
		{"too many cycles", func(m *markov.Model) { m.Cycles = 1e9 }, `must be from 1 to 1,000,000`},
		{"cycles a year", func(m *markov.Model) { m.CyclesPerYear = math.Inf(1) }, `the cycles per year is +Inf: must be above 0`},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := two(c.change)
			require.ErrorContains(t, m.Validate(), c.want)
			tr, err := m.Trace()
			require.Nil(t, tr)
			require.ErrorContains(t, err, c.want)
		})
	}
	require.NoError(t, two(func(*markov.Model) {}).Validate())
}

func TestRowErrorNamesItsState(t *testing.T) {
	err := markov.Model{States: []string{"a"}, Rows: map[string]markov.Row{"a": {{Since: markov.Span{From: 1}}}}}.Validate()
	gap, ok := errors.AsType[*markov.RowError](err)
	require.True(t, ok)
	require.Equal(t, &markov.RowError{State: "a", Since: markov.Span{To: 1}}, gap)
}

// Three cycles by hand: everyone leaves a in the third cycle after entering it.
func TestTraceByHand(t *testing.T) {
	tr := trace(t, markov.Model{
		States: []string{"a", "b"},
		Rows: map[string]markov.Row{
			"a": {{In: markov.Span{To: 2}}, {In: markov.Span{From: 2}, Moves: []markov.Move{{To: "b", Probability: 1}}}},
			"b": {{Moves: []markov.Move{{To: "a", Probability: 0.5}}}},
		},
		Start:        map[string]float64{"a": 0.8, "b": 0.2},
		AlreadyThere: map[string]int{"a": 1},
		Cycles:       4,
	})
	// Cycle 0: those in a reach their second cycle there; half of b enters a.
	// Cycle 1: the first lot leave a. Cycle 3: so do those who entered in 0.
	require.Len(t, tr.Occupancy("a"), 5)
	require.InDeltaSlice(t, []float64{0.8, 0.9, 0.15, 0.575, 0.6875}, tr.Occupancy("a"), 1e-15)
	require.InDeltaSlice(t, []float64{0, 0.8, 0, 0.1}, tr.Moves("a", "b"), 1e-15)
	require.InDeltaSlice(t, []float64{0.1, 0.05, 0.425, 0.2125}, tr.Entries("a"), 1e-15)
	require.Equal(t, tr.Moves("b", "a"), tr.Entries("a"))
	require.Equal(t, make([]float64, 4), tr.Moves("a", "a"))
	require.Nil(t, tr.Occupancy("c"))
	require.Nil(t, tr.Moves("a", "c"))
	require.Nil(t, tr.Moves("c", "a"))
	require.Nil(t, tr.Entries("c"))
}

func TestTraceJSON(t *testing.T) {
	before := trace(t, hiv(0.509))
	text, err := json.Marshal(before)
	require.NoError(t, err)
	var after markov.Trace
	require.NoError(t, json.Unmarshal(text, &after))
	require.Equal(t, *before, after)
}

// drawModel draws rows whose pieces tile both clocks and use them.
func drawModel(t *rapid.T) markov.Model {
	m := markov.Model{Rows: map[string]markov.Row{}, Start: map[string]float64{}, AlreadyThere: map[string]int{}}
	for i := range rapid.IntRange(1, 4).Draw(t, "states") {
		m.States = append(m.States, fmt.Sprintf("s%d", i))
	}
	weights, sum := make([]float64, len(m.States)), 0.0
	for i, s := range m.States {
		m.Rows[s] = drawRow(t, m.States, s)
		m.AlreadyThere[s] = rapid.IntRange(0, 20).Draw(t, "already there")
		weights[i] = rapid.Float64Range(0.01, 1).Draw(t, "weight")
		sum += weights[i]
	}
	for i, s := range m.States {
		m.Start[s] = weights[i] / sum
	}
	m.Cycles = rapid.IntRange(1, 25).Draw(t, "cycles")
	m.CyclesPerYear = rapid.SampledFrom([]float64{0.5, 1, 4, markov.WeeksPerYear}).Draw(t, "cycles per year")
	return m
}

func drawRow(t *rapid.T, states []string, from string) markov.Row {
	if rapid.IntRange(0, 4).Draw(t, "row") == 0 {
		return nil
	}
	row := drawTiling(t)
	for i := range row {
		left := rapid.Float64Range(0, 1).Draw(t, "leave")
		for _, to := range states {
			if to != from {
				p := left * rapid.Float64Range(0, 1).Draw(t, "part")
				left -= p
				row[i].Moves = append(row[i].Moves, markov.Move{To: to, Probability: p})
			}
		}
	}
	return row
}

// drawValue draws a value that uses every kind of amount.
func drawValue(t *rapid.T, states []string) markov.Value {
	v := markov.Value{PerCycle: map[string]float64{}, OnEntry: map[string]float64{}, OnMove: map[string]map[string]float64{}}
	pounds := rapid.Float64Range(-1000, 1000)
	for _, from := range states {
		v.PerCycle[from] = pounds.Draw(t, "per cycle")
		v.OnEntry[from] = pounds.Draw(t, "on entry")
		v.OnMove[from] = map[string]float64{}
		for _, to := range states {
			v.OnMove[from][to] = pounds.Draw(t, "on move")
		}
	}
	v.Since.From = rapid.IntRange(0, 5).Draw(t, "from")
	return v
}

func drawConvention(t *rapid.T) markov.Convention {
	rate := rapid.Float64Range(0, 0.2).Draw(t, "rate")
	return markov.Convention{
		Counting: rapid.SampledFrom([]markov.Counting{markov.CountAtEnd, markov.CountAtStart, markov.HalfCycle}).Draw(t, "counting"),
		Discount: rapid.SampledFrom([]markov.Discount{
			{}, markov.AnnualEffective(rate), {Rate: rate, PeriodsPerYear: 12}, markov.Continuous(rate),
		}).Draw(t, "discount"),
	}
}

func TestSharesSumToOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		tr := trace(t, m)
		for k := range m.Cycles + 1 {
			sum := 0.0
			for _, s := range m.States {
				share := tr.Occupancy(s)[k]
				require.True(t, share >= 0, "share %v", share)
				sum += share
			}
			require.InDelta(t, 1, sum, 1e-12)
		}
		for _, s := range m.States { // what enters and does not leave is there
			shares := tr.Occupancy(s)
			for k, in := range tr.Entries(s) {
				for _, to := range m.States {
					in -= tr.Moves(s, to)[k]
				}
				require.InDelta(t, shares[k+1]-shares[k], in, 1e-12)
			}
		}
	})
}

// naive follows the same model the long way: every number of cycles spent in a
// state is a state of its own, a tunnel as long as anyone can have been there.
func naive(m markov.Model) (shares [][]float64, moves map[[2]string][]float64) {
	const longest = 50 // more than drawModel can reach
	now := map[string]*[longest]float64{}
	for _, s := range m.States {
		now[s] = new([longest]float64)
		now[s][m.AlreadyThere[s]] = m.Start[s]
	}
	moves = map[[2]string][]float64{}
	shares = make([][]float64, len(m.States))
	for k := range m.Cycles + 1 {
		next := map[string]*[longest]float64{}
		for i, s := range m.States {
			next[s] = new([longest]float64)
			shares[i] = append(shares[i], 0)
			for _, x := range now[s] {
				shares[i][k] += x
			}
		}
		for _, s := range m.States {
			for d := range longest - 1 {
				next[s][d+1] += now[s][d] * (1 - m.Rows[s].Leave(k, d))
				for _, move := range m.Rows[s].At(k, d) {
					pair := [2]string{s, move.To}
					if moves[pair] == nil {
						moves[pair] = make([]float64, m.Cycles+1)
					}
					next[move.To][0] += now[s][d] * move.Probability
					moves[pair][k] += now[s][d] * move.Probability
				}
			}
		}
		now = next
	}
	return shares, moves
}

func TestCarriedClockEqualsTunnelStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		tr := trace(t, m)
		shares, moves := naive(m)
		for i, s := range m.States {
			require.InDeltaSlice(t, shares[i], tr.Occupancy(s), 1e-12)
		}
		for pair, want := range moves {
			require.InDeltaSlice(t, want[:m.Cycles], tr.Moves(pair[0], pair[1]), 1e-12)
		}
	})
}

// A law written in one piece, and the same law in two.
func TestDividingPiecesChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		divided := m
		divided.Rows = map[string]markov.Row{}
		for s, row := range m.Rows {
			for _, p := range row {
				a, b, ok := drawDivision(t, p)
				divided.Rows[s] = append(divided.Rows[s], a)
				if ok {
					divided.Rows[s] = append(divided.Rows[s], b)
				}
			}
		}
		requireSame(t, trace(t, m), trace(t, divided), 1e-12)
	})
}

// A law of neither clock, and the same law in two pieces of the in-state clock.
func TestForgetfulLawInTwoPieces(t *testing.T) {
	once := markov.Row{{Moves: []markov.Move{{To: "b", Probability: 0.07}}}}
	twice := markov.Row{
		{In: markov.Span{To: 9}, Moves: once[0].Moves},
		{In: markov.Span{From: 9}, Moves: once[0].Moves},
	}
	m := markov.Model{States: []string{"a", "b"}, Start: map[string]float64{"a": 1}, Cycles: 50}
	m.Rows = map[string]markov.Row{"a": once}
	a := trace(t, m)
	m.Rows = map[string]markov.Row{"a": twice}
	requireSame(t, a, trace(t, m), 1e-14)
}

func requireSame(t require.TestingT, a, b *markov.Trace, tolerance float64) {
	require.Equal(t, len(a.Flows), len(b.Flows))
	for _, s := range a.States {
		require.InDeltaSlice(t, a.Occupancy(s), b.Occupancy(s), tolerance)
		for _, to := range a.States {
			require.InDeltaSlice(t, a.Moves(s, to), b.Moves(s, to), tolerance)
		}
	}
}

// The order in which states are written changes no figure, to the last digit.
func TestOrderOfStatesChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		v, c := drawValue(t, m.States), drawConvention(t)
		other := m
		other.States = rapid.Permutation(m.States).Draw(t, "order")
		a, b := trace(t, m), trace(t, other)
		require.Equal(t, a.Flows, b.Flows)
		for _, s := range m.States {
			require.Equal(t, a.Occupancy(s), b.Occupancy(s))
		}
		require.Equal(t, amount(t, a, v, c), amount(t, b, v, c))
	})
}

// Whatever is written, there is an error or a trace of shares; never a panic.
func TestAnythingIsAnErrorOrATrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"a", "b", "c", ""})
		number := rapid.OneOf(rapid.IntRange(-2, 8), rapid.SampledFrom([]int{math.MaxInt, math.MinInt, 1e6}))
		span := func() markov.Span {
			if rapid.Bool().Draw(t, "always") {
				return markov.Span{}
			}
			return markov.Span{From: number.Draw(t, "from"), To: number.Draw(t, "to")}
		}
		m := markov.Model{
			States:        rapid.SliceOfN(name, 0, 3).Draw(t, "states"),
			Rows:          map[string]markov.Row{},
			Start:         map[string]float64{name.Draw(t, "start"): drawAnyFloat(t)},
			AlreadyThere:  map[string]int{name.Draw(t, "there"): number.Draw(t, "already")},
			Cycles:        rapid.IntRange(-1, 20).Draw(t, "cycles"),
			CyclesPerYear: drawAnyFloat(t),
		}
		if rapid.Bool().Draw(t, "a shared clock") {
			m.SharedClock = [][]string{rapid.SliceOfN(name, 0, 3).Draw(t, "its states")}
		}
		for range rapid.IntRange(0, 3).Draw(t, "pieces") {
			s := name.Draw(t, "row")
			m.Rows[s] = append(m.Rows[s], markov.Piece{
				Since: span(), In: span(),
				Moves: []markov.Move{{To: name.Draw(t, "destination"), Probability: drawAnyFloat(t)}},
			})
		}
		tr, err := m.Trace()
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		for _, s := range m.States {
			for _, share := range tr.Occupancy(s) {
				require.True(t, share >= 0 && share <= 1+1e-9, "share %v", share)
			}
		}
		lives, err := m.Lives(rapid.Uint64().Draw(t, "seed"))
		require.NoError(t, err)
		require.Len(t, boundaries(lives.Life(number.Draw(t, "person"))), m.Cycles+1)
		v := markov.Value{PerCycle: map[string]float64{m.States[0]: drawAnyFloat(t)}, In: span()}
		if got, err := m.PerPerson(markov.Convention{}, v); err != nil {
			require.Zero(t, got)
		} else {
			require.True(t, got.Variance >= 0 && got.Variance <= math.MaxFloat64, "%v", got)
		}
	})
}

// Weekly cycles for six years: five states, all leading to all others.
func BenchmarkTrace(b *testing.B) {
	for _, kind := range []struct {
		name string
		row  markov.Row
	}{
		{"forgetful", markov.Row{{}}},
		{"carried 104 cycles", markov.Row{{In: markov.Span{To: 104}}, {In: markov.Span{From: 104}}}},
	} {
		b.Run(kind.name, func(b *testing.B) {
			m := markov.Model{Rows: map[string]markov.Row{}, Start: map[string]float64{"a": 1}, Cycles: 312}
			m.States = []string{"a", "b", "c", "d", "e"}
			for _, s := range m.States {
				for _, p := range kind.row {
					for _, to := range m.States {
						if to != s {
							p.Moves = append(p.Moves, markov.Move{To: to, Probability: 0.01})
						}
					}
					m.Rows[s] = append(m.Rows[s], p)
				}
			}
			for b.Loop() {
				if _, err := m.Trace(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*m.Cycles*len(m.States)), "ns/state-cycle")
		})
	}
}
