package markov_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

// Everyone is in a at the start, half move to b in cycle 0, all do in cycle 1.
func halves(t require.TestingT) *markov.Trace {
	return trace(t, markov.Model{
		States: []string{"a", "b"},
		Rows: map[string]markov.Row{"a": {
			{Since: markov.Span{To: 1}, Moves: []markov.Move{{To: "b", Probability: 0.5}}},
			{Since: markov.Span{From: 1}, Moves: []markov.Move{{To: "b", Probability: 1}}},
		}},
		Start:         map[string]float64{"a": 1},
		Cycles:        3,
		CyclesPerYear: 2,
	})
}

func TestTotalByHand(t *testing.T) {
	stay := markov.Value{PerCycle: map[string]float64{"a": 100}}
	entry := markov.Value{OnEntry: map[string]float64{"b": 100}}
	move := markov.Value{OnMove: map[string]map[string]float64{"a": {"b": 100}}}
	later := markov.Value{PerCycle: map[string]float64{"b": 100}, Since: markov.Span{From: 1, To: 2}}
	half := math.Sqrt(1 / 1.21) // half a year at 21%, one cycle
	for _, c := range []struct {
		name     string
		value    markov.Value
		counting markov.Counting
		want     []float64 // undiscounted, by cycle
		date     float64   // of cycle 0, in cycles
	}{
		{"states at the end", stay, markov.CountAtEnd, []float64{50, 0, 0}, 1},
		{"states at the start", stay, markov.CountAtStart, []float64{100, 50, 0}, 0},
		{"states at both", stay, markov.HalfCycle, []float64{75, 25, 0}, 1},
		{"entries at the end", entry, markov.CountAtEnd, []float64{50, 50, 0}, 1},
		{"entries at the start", entry, markov.CountAtStart, []float64{50, 50, 0}, 0},
		{"moves at both", move, markov.HalfCycle, []float64{50, 50, 0}, 1},
		{"the second cycle only, at its end", later, markov.CountAtEnd, []float64{0, 100, 0}, 1},
		{"the second cycle only, at its start", later, markov.CountAtStart, []float64{0, 50, 0}, 0},
		{"nothing", markov.Value{}, markov.CountAtEnd, []float64{0, 0, 0}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			total, err := halves(t).Total(c.value, markov.Convention{Counting: c.counting, Discount: markov.AnnualEffective(0.21)})
			require.NoError(t, err)
			undiscounted, discounted := 0.0, 0.0
			for k, x := range c.want {
				x *= math.Pow(half, float64(k)+c.date)
				require.InDelta(t, x, total.ByCycle[k], 1e-12)
				discounted += x
				undiscounted += c.want[k]
			}
			require.InDelta(t, discounted, total.Amount, 1e-12)
			require.InDelta(t, undiscounted, total.Undiscounted, 1e-12)
			require.Equal(t, 3, total.Cycles)
			require.Equal(t, 2.0, total.CyclesPerYear)
		})
	}
}

func TestTotalFaults(t *testing.T) {
	for _, c := range []struct {
		name       string
		value      markov.Value
		convention markov.Convention
		want       string
	}{
		{"per cycle", markov.Value{PerCycle: map[string]float64{"c": 1}}, markov.Convention{}, `the amount per cycle in: there is no state "c": must be one of "a", "b"`},
		{"on entry", markov.Value{OnEntry: map[string]float64{"c": 1}}, markov.Convention{}, `the amount on entering: there is no state "c"`},
		{"on moves from", markov.Value{OnMove: map[string]map[string]float64{"c": {"a": 1}}}, markov.Convention{}, `the amounts on moving from: there is no state "c"`},
		{"on moves to", markov.Value{OnMove: map[string]map[string]float64{"a": {"c": 1}}}, markov.Convention{}, `the amount on moving from "a" to: there is no state "c"`},
		{"not a number", markov.Value{OnEntry: map[string]float64{"b": math.NaN()}}, markov.Convention{}, `the amount on entering "b" is NaN: must be finite`},
		{"too large to add", markov.Value{PerCycle: map[string]float64{"b": math.MaxFloat64}}, markov.Convention{}, `the total is +Inf: must be finite`},
		{"span", markov.Value{Since: markov.Span{From: -1}}, markov.Convention{}, `span from -1 to 0: a span must begin at 0 or later`},
		{"counting", markov.Value{}, markov.Convention{Counting: 7}, `counting "Counting(7)": must be one of "end", "start", "half-cycle"`},
		{"rate as a percentage", markov.Value{}, markov.Convention{Discount: markov.AnnualEffective(3.5)}, `the discount rate is 3.5: must be from 0 to below 1 (3.5% is 0.035)`},
		{"rate not a number", markov.Value{}, markov.Convention{Discount: markov.Continuous(math.NaN())}, `the discount rate is NaN`},
		{"no periods", markov.Value{}, markov.Convention{Discount: markov.Discount{Rate: 0.06}}, `the times a year that the discount rate compounds is 0: must be from 1 to 1,000,000`},
		{"continuous with periods", markov.Value{}, markov.Convention{Discount: markov.Discount{Rate: 0.06, PeriodsPerYear: 12, Continuously: true}}, `the times a year that a continuous rate compounds is 12: must be left out`},
	} {
		t.Run(c.name, func(t *testing.T) {
			total, err := halves(t).Total(c.value, c.convention)
			require.ErrorContains(t, err, c.want)
			require.Zero(t, total)
		})
	}
}

func TestTraceThatIsNotWhole(t *testing.T) {
	for _, spoil := range []func(*markov.Trace){
		func(tr *markov.Trace) { *tr = markov.Trace{} },
		func(tr *markov.Trace) { tr.CyclesPerYear = -1 },
		func(tr *markov.Trace) { tr.Shares = tr.Shares[:1] },
		func(tr *markov.Trace) { tr.Shares[1] = nil },
		func(tr *markov.Trace) { tr.Flows["a"]["b"] = []float64{1, 2, 3, 4, 5} },
	} {
		tr := halves(t)
		spoil(tr)
		_, err := tr.Total(markov.Value{}, markov.Convention{})
		require.ErrorContains(t, err, "the trace is not whole")
		require.NotPanics(t, func() { tr.Occupancy("b"); tr.Entries("b"); tr.Moves("a", "b") })
	}
}

func TestDiscount(t *testing.T) {
	for _, c := range []struct {
		discount markov.Discount
		says     string
		json     string
		factor   float64 // over two years
	}{
		{markov.Discount{}, "no discount", `{"rate":0}`, 1},
		{markov.AnnualEffective(0.035), "3.5% a year, effective", `{"rate":0.035,"periods_per_year":1}`, 1 / (1.035 * 1.035)},
		{markov.Discount{Rate: 0.06, PeriodsPerYear: 12}, "6% a year, nominal, compounded 12 times a year", `{"rate":0.06,"periods_per_year":12}`, math.Pow(1.005, -24)},
		{markov.Continuous(0.06), "6% a year, continuous", `{"rate":0.06,"continuously":true}`, math.Exp(-0.12)},
	} {
		convention := markov.Convention{Discount: c.discount}
		_, err := halves(t).Total(markov.Value{}, convention)
		require.NoError(t, err)
		require.Equal(t, "counted at the end of each cycle; "+c.says, convention.String())
		require.InDelta(t, c.factor, c.discount.Factor(2), 1e-15)
		require.Equal(t, 1.0, c.discount.Factor(0))
		text, err := json.Marshal(c.discount)
		require.NoError(t, err)
		require.JSONEq(t, c.json, string(text))
		var back markov.Discount
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, c.discount, back)
	}
}

// A week taken for a year would be discounted 52 times too much, so cycles of no
// stated length are not discounted at all. Without a discount no length is needed.
func TestNoDiscountOverCyclesOfUnknownLength(t *testing.T) {
	tr := halves(t)
	tr.CyclesPerYear = 0
	stay := markov.Value{PerCycle: map[string]float64{"a": 100}}
	for _, d := range []markov.Discount{markov.AnnualEffective(0.035), markov.Continuous(0.035)} {
		total, err := tr.Total(stay, markov.Convention{Discount: d})
		require.EqualError(t, err, "the cycles per year are not given, so nothing can be discounted: set CyclesPerYear in the model, 1 for yearly cycles or WeeksPerYear for weekly ones")
		require.Zero(t, total)
	}
	total, err := tr.Total(stay, markov.Convention{Discount: markov.AnnualEffective(0)})
	require.NoError(t, err)
	require.Equal(t, 50.0, total.Amount) // half of 100 at the end of cycle 0, nobody later
	require.Zero(t, total.CyclesPerYear)
}

// The two amounts of which a half-cycle total is the mean: £100 a cycle in a, whose
// share is 1, 0.5, 0 at boundaries 0 to 2. Starts: 100 + 50; ends: 50 + 0. All are
// dated at the ends, 1 and 2 cycles of half a year at 21%.
func TestHalfCycleTotalGivesBothEnds(t *testing.T) {
	stay := markov.Value{PerCycle: map[string]float64{"a": 100}}
	total, err := halves(t).Total(stay, markov.Convention{Counting: markov.HalfCycle, Discount: markov.AnnualEffective(0.21)})
	require.NoError(t, err)
	require.InDelta(t, 100/1.1+50/1.21, total.AtStarts, 1e-12)
	require.InDelta(t, 50/1.1, total.AtEnds, 1e-12)
	require.InDelta(t, (total.AtStarts+total.AtEnds)/2, total.Amount, 1e-12)

	total, err = halves(t).Total(stay, markov.Convention{Counting: markov.CountAtStart})
	require.NoError(t, err)
	require.Zero(t, total.AtStarts)
	require.Zero(t, total.AtEnds)
}

func TestCountingWords(t *testing.T) {
	for c, want := range map[markov.Counting]string{
		markov.CountAtEnd: "end", markov.CountAtStart: "start", markov.HalfCycle: "half-cycle",
	} {
		text, err := c.MarshalText()
		require.NoError(t, err)
		require.Equal(t, want, string(text))
		var back markov.Counting
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, c, back)
	}
	require.EqualError(t, new(markov.Counting).UnmarshalText([]byte("middle")), `counting "middle": must be one of "end", "start", "half-cycle"`)
	for _, c := range []markov.Counting{-1, 3} {
		_, err := c.MarshalText()
		require.ErrorContains(t, err, `: must be one of "end", "start", "half-cycle"`)
	}
}

// A total's convention can be read by whoever is handed the JSON.
func TestTotalJSON(t *testing.T) {
	total, err := halves(t).Total(markov.Value{}, markov.Convention{Counting: markov.HalfCycle, Discount: markov.Continuous(0.06)})
	require.NoError(t, err)
	text, err := json.Marshal(total)
	require.NoError(t, err)
	require.JSONEq(t, `{"amount":0,"undiscounted":0,"by_cycle":[0,0,0],"cycles":3,"cycles_per_year":2,
		"convention":{"counting":"half-cycle","discount":{"rate":0.06,"continuously":true}}}`, string(text))
}

func TestTotalsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		tr, v, c := trace(t, m), drawValue(t, m.States), drawConvention(t)
		total, err := tr.Total(v, c)
		require.NoError(t, err)
		sum := 0.0
		for _, x := range total.ByCycle {
			sum += x
		}
		require.InDelta(t, sum, total.Amount, 1e-9)

		plain, err := tr.Total(v, markov.Convention{Counting: c.Counting})
		require.NoError(t, err)
		require.Equal(t, plain.Amount, plain.Undiscounted, "discount 0 is the sum")
		require.Equal(t, plain.Undiscounted, total.Undiscounted)

		// Both ends of every cycle: half-way between the other two countings.
		at := func(counting markov.Counting) float64 {
			return amount(t, tr, v, markov.Convention{Counting: counting})
		}
		require.InDelta(t, (at(markov.CountAtEnd)+at(markov.CountAtStart))/2, at(markov.HalfCycle), 1e-7)

		// The kinds of amount add.
		parts := amount(t, tr, markov.Value{PerCycle: v.PerCycle, Since: v.Since}, c) +
			amount(t, tr, markov.Value{OnEntry: v.OnEntry, Since: v.Since}, c) +
			amount(t, tr, markov.Value{OnMove: v.OnMove, Since: v.Since}, c)
		require.InDelta(t, total.Amount, parts, 1e-7)
	})
}

// An amount on entry is the same amount on every move that leads there.
func TestEntryIsEveryMoveIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		tr, c := trace(t, m), drawConvention(t)
		to := rapid.SampledFrom(m.States).Draw(t, "to")
		moves := map[string]map[string]float64{}
		for _, from := range m.States {
			moves[from] = map[string]float64{to: 100}
		}
		require.InDelta(t,
			amount(t, tr, markov.Value{OnEntry: map[string]float64{to: 100}}, c),
			amount(t, tr, markov.Value{OnMove: moves}, c), 1e-9)
	})
}
