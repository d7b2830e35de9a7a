package markov_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

// at is where one person is at a boundary, and for how many cycles so far.
type at struct {
	state string
	in    int
}

// everyPath calls f with every life that a model allows, boundary by boundary, and its
// probability.
func everyPath(m markov.Model, f func(path []at, probability float64)) {
	shared := func(a, b string) bool {
		return slices.ContainsFunc(m.SharedClock, func(list []string) bool { return slices.Contains(list, a) && slices.Contains(list, b) })
	}
	var walk func(path []at, probability float64)
	walk = func(path []at, probability float64) {
		k, now := len(path)-1, path[len(path)-1]
		if probability == 0 {
			return
		}
		if k == m.Cycles {
			f(path, probability)
			return
		}
		walk(append(slices.Clone(path), at{now.state, now.in + 1}), probability*(1-m.Rows[now.state].Leave(k, now.in)))
		for _, move := range m.Rows[now.state].At(k, now.in) {
			next := at{state: move.To}
			if shared(now.state, move.To) {
				next.in = now.in + 1
			}
			walk(append(slices.Clone(path), next), probability*move.Probability)
		}
	}
	for s, share := range m.Start {
		walk([]at{{s, m.AlreadyThere[s]}}, share)
	}
}

// collected is what a life is worth, by the words of the documentation.
func collected(m markov.Model, path []at, c markov.Convention, values []markov.Value) float64 {
	total := 0.0
	for k := range m.Cycles {
		from, to := path[k], path[k+1]
		date := float64(k + 1)
		if c.Counting == markov.CountAtStart {
			date = float64(k)
		}
		amount := 0.0
		for _, v := range values {
			if !v.Since.Contains(k) {
				continue
			}
			held := func(a at) float64 {
				if v.In.Contains(a.in) {
					return v.PerCycle[a.state]
				}
				return 0
			}
			switch c.Counting {
			case markov.CountAtStart:
				amount += held(from)
			case markov.CountAtEnd:
				amount += held(to)
			default:
				amount += (held(from) + held(to)) / 2
			}
			if from.state != to.state && v.In.Contains(from.in) {
				amount += v.OnEntry[to.state] + v.OnMove[from.state][to.state]
			}
		}
		total += amount * c.Discount.Factor(date/m.CyclesPerYear)
	}
	return total
}

// drawShort draws a model of few paths, in which two states may share a clock, and
// values on both clocks.
func drawShort(t *rapid.T) (markov.Model, []markov.Value, markov.Convention) {
	m := drawModel(t)
	m.Cycles = rapid.IntRange(1, 4).Draw(t, "few cycles")
	for i := range m.AlreadyThere {
		m.AlreadyThere[i] %= 6
	}
	if len(m.States) > 1 && rapid.Bool().Draw(t, "a shared clock") {
		m.SharedClock = [][]string{m.States[:rapid.IntRange(2, len(m.States)).Draw(t, "states of the clock")]}
	}
	var values []markov.Value
	for range rapid.IntRange(1, 3).Draw(t, "values") {
		v := drawValue(t, m.States)
		v.In.From = rapid.IntRange(0, 3).Draw(t, "from")
		v.In.To = v.In.From + rapid.IntRange(1, 4).Draw(t, "cycles in the state")
		if rapid.Bool().Draw(t, "for ever") {
			v.In.To = 0
		}
		values = append(values, v)
	}
	return m, values, drawConvention(t)
}

// The exact mean and variance are those over every path, with both clocks.
func TestPerPersonIsThatOfEveryPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, values, c := drawShort(t)
		got, err := m.PerPerson(c, values...)
		require.NoError(t, err)
		var all, mean, square, scale float64
		everyPath(m, func(path []at, p float64) {
			x := collected(m, path, c, values)
			all += p
			mean += p * x
			scale = max(scale, math.Abs(x))
		})
		everyPath(m, func(path []at, p float64) {
			x := collected(m, path, c, values) - mean
			square += p * x * x
		})
		require.InDelta(t, 1, all, 1e-9)
		require.InDelta(t, mean, got.Mean, 1e-10*(1+scale))
		require.InDelta(t, square, got.Variance, 1e-10*(1+scale*scale))
		require.Equal(t, c, got.Convention)
		require.Equal(t, m.Cycles, got.Cycles)
	})
}

// Where the value does not use the time in the state, a trace adds up to the same mean.
func TestPerPersonHasTheMeanOfTheTrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		v, c := drawValue(t, m.States), drawConvention(t)
		if len(m.States) > 1 {
			m.SharedClock = [][]string{m.States[:2]}
		}
		got, err := m.PerPerson(c, v)
		require.NoError(t, err)
		require.InDelta(t, amount(t, trace(t, m), v, c), got.Mean, 1e-7)
	})
}

// Every state with a number of cycles spent in it is a state of its own: so the time in
// the state, shared or not, is that of a model without clocks.
func TestSharedClockIsThatOfTunnelStates(t *testing.T) {
	m := sickSicker()
	wide := markov.Model{States: []string{"healthy", "dead"}, Rows: map[string]markov.Row{}, Start: m.Start, Cycles: m.Cycles}
	year := func(state string, n int) string { return fmt.Sprintf("%s, year %d", state, n) }
	wide.Rows["healthy"] = markov.Row{{Moves: []markov.Move{{To: year("sick", 0), Probability: 0.15}, {To: "dead", Probability: 0.005}}}}
	last := m.Cycles - 2 // those who fall ill in the first year are ill in all others
	for n := range last + 1 {
		for _, state := range []string{"sick", "sicker"} {
			wide.States = append(wide.States, year(state, n))
			var moves []markov.Move
			stay := 1.0
			for _, move := range m.Rows[state].At(0, n) {
				stay -= move.Probability
				if move.To == "sicker" {
					move.To = year("sicker", min(n+1, last))
				}
				moves = append(moves, move)
			}
			if n < last {
				moves = append(moves, markov.Move{To: year(state, n+1), Probability: stay})
			}
			wide.Rows[year(state, n)] = markov.Row{{Moves: moves}}
		}
	}
	require.Len(t, wide.States, 62)
	few, many := trace(t, m), trace(t, wide)
	for _, state := range []string{"sick", "sicker"} {
		for k, share := range few.Occupancy(state) {
			sum := 0.0
			for n := range last + 1 {
				sum += many.Occupancy(year(state, n))[k]
			}
			require.InDelta(t, sum, share, 1e-14)
		}
	}
	require.InDeltaSlice(t, many.Occupancy("dead"), few.Occupancy("dead"), 1e-14)
}

// Laws whose mean and variance are known in closed form.
func TestPerPersonOfKnownLaws(t *testing.T) {
	geometric := markov.Model{States: []string{"a", "b"}, Rows: map[string]markov.Row{"a": to("b", 0.2)}, Start: map[string]float64{"a": 1}, Cycles: 400}
	in := func(states ...string) markov.Value {
		v := markov.Value{PerCycle: map[string]float64{}}
		for _, s := range states {
			v.PerCycle[s] = 1
		}
		return v
	}
	walk := markov.Model{States: []string{"0", "1", "2", "3", "4", "5"}, Rows: map[string]markov.Row{}, Start: map[string]float64{"2": 1}, Cycles: 600}
	for i := 1; i < 5; i++ {
		walk.Rows[walk.States[i]] = markov.Row{{Moves: []markov.Move{{To: walk.States[i-1], Probability: 0.5}, {To: walk.States[i+1], Probability: 0.5}}}}
	}
	weibull, err := markov.Weibull("b", 1, 10, 300) // shape 1 is a constant hazard of 1 in 10
	require.NoError(t, err)
	forgetful := geometric
	forgetful.Rows = map[string]markov.Row{"a": weibull}
	q := math.Exp(-0.1)
	for _, c := range []struct {
		name           string
		model          markov.Model
		value          markov.Value
		mean, variance float64
	}{
		// Feller, An Introduction to Probability Theory and Its Applications, volume 1.
		{"stay until a success of 1 in 5", geometric, in("a"), 5, 0.8 / 0.04},
		{"a stay of constant hazard", forgetful, in("a"), 1 / (1 - q), q / ((1 - q) * (1 - q))},
		// A fair game from 2 of 5: duration a b and variance a b (a² + b² - 2) / 3
		// for a = 2, b = 3 (Kemeny and Snell, Finite Markov Chains, 1960, chapter 3,
		// worked out; Bach, Moments in the duration of play, Statistics and Probability Letters 1997).
		{"a fair game from 2 of 5", walk, in("1", "2", "3", "4"), 6, 6 * (4 + 9 - 2) / 3.},
		// It is won with probability 2/5, once.
		{"the game won", walk, markov.Value{OnEntry: map[string]float64{"5": 1}}, 0.4, 0.24},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.model.PerPerson(markov.Convention{Counting: markov.CountAtStart}, c.value)
			require.NoError(t, err)
			require.InDelta(t, c.mean, got.Mean, 1e-9)
			require.InDelta(t, c.variance, got.Variance, 1e-9)
		})
	}
}

// A life that is certain has no spread, and a doubled value twice the standard deviation.
func TestSpreadFollowsTheValue(t *testing.T) {
	certain := markov.Model{States: []string{"a", "b"}, Rows: map[string]markov.Row{"a": {{In: markov.Span{To: 3}}, {In: markov.Span{From: 3}, Moves: to("b", 1)[0].Moves}}}, Start: map[string]float64{"a": 1}, Cycles: 9, CyclesPerYear: 1}
	v := markov.Value{PerCycle: map[string]float64{"a": 1e9}, OnEntry: map[string]float64{"b": 0.1}}
	c := markov.Convention{Counting: markov.HalfCycle, Discount: markov.AnnualEffective(0.035)}
	got, err := certain.PerPerson(c, v)
	require.NoError(t, err)
	require.InDelta(t, 0, got.Variance/(got.Mean*got.Mean), 1e-15) // rounding alone

	m := hiv(1)
	one, err := m.PerPerson(c, hivCare)
	require.NoError(t, err)
	two, err := m.PerPerson(c, hivCare, hivCare)
	require.NoError(t, err)
	require.InEpsilon(t, 2*one.Mean, two.Mean, 1e-12)
	require.InEpsilon(t, 4*one.Variance, two.Variance, 1e-12)
}

func TestPerPersonFaults(t *testing.T) {
	m := hiv(1)
	m.CyclesPerYear = 0
	for _, c := range []struct {
		name       string
		convention markov.Convention
		values     []markov.Value
		want       string
	}{
		{"no value", markov.Convention{}, nil, "there is no value to add up: give at least one"},
		{"unknown state", markov.Convention{}, []markov.Value{{PerCycle: map[string]float64{"E": 1}}}, `there is no state "E"`},
		{"time that runs backwards", markov.Convention{}, []markov.Value{{In: markov.Span{From: 2, To: 1}}}, "the time in the state: span from 2 to 1"},
		{"no length of a cycle", markov.Convention{Discount: markov.AnnualEffective(0.03)}, []markov.Value{{}}, "the cycles per year are not given"},
		{"too large to add", markov.Convention{}, []markov.Value{{PerCycle: map[string]float64{"A": math.MaxFloat64}}}, "must be finite"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := m.PerPerson(c.convention, c.values...)
			require.ErrorContains(t, err, c.want)
			lives, err := m.Lives(1)
			require.NoError(t, err)
			_, err = lives.Totals(context.Background(), 10, c.convention, c.values...)
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := markov.Model{}.PerPerson(markov.Convention{}, markov.Value{})
	require.ErrorContains(t, err, "the model has no states")
	_, err = trace(t, m).Total(markov.Value{In: markov.Span{To: 2}}, markov.Convention{})
	require.ErrorContains(t, err, "the value depends on the time in the state, which a trace does not know")
	for _, clock := range []struct {
		states [][]string
		want   string
	}{
		{[][]string{{"A"}}, `a shared clock of 1 states ("A"): a clock is shared by two or more`},
		{[][]string{{"A", "E"}}, `a shared clock: there is no state "E"`},
		{[][]string{{"A", "B"}, {"B", "C"}}, `a shared clock: state "B" is named twice`},
	} {
		m.SharedClock = clock.states
		require.ErrorContains(t, m.Validate(), clock.want)
	}
}

func TestPerPersonJSON(t *testing.T) {
	got, err := hiv(1).PerPerson(markov.Convention{Discount: markov.AnnualEffective(0.06)}, hivCare)
	require.NoError(t, err)
	text, err := json.Marshal(got)
	require.NoError(t, err)
	var back markov.PerPerson
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, got, back)
}
