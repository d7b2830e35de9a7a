package markov_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

// Numbers that are none, lists that do not fit and models of nothing are errors.
func TestWrongCallsAreErrors(t *testing.T) {
	bad := []float64{math.NaN(), math.Inf(1), math.Inf(-1), -1}
	move := func(to string, p float64) markov.Row {
		return markov.Row{{Moves: []markov.Move{{To: to, Probability: p}}}}
	}
	two := markov.Model{States: []string{"a", "b"}, Start: map[string]float64{"a": 1}, Cycles: 3, CyclesPerYear: 1}
	trace, err := two.Trace()
	require.NoError(t, err)
	chain, err := markov.NewChain([]string{"a", "b"}, []markov.Row{move("b", 0.5), nil})
	require.NoError(t, err)
	for _, x := range bad {
		for name, call := range map[string]func() error{
			"annual rate":     func() error { _, err := markov.AnnualRate(x, 1); return err },
			"cycles per year": func() error { _, err := markov.AnnualRate(0.1, x); return err },
			"mean stay":       func() error { _, err := markov.MeanStay(x); return err },
			"still there":     func() error { _, err := markov.StillThere(1, x); return err },
			"within":          func() error { _, err := markov.WithinCycles(1, x); return err },
			"a chain": func() error {
				_, err := markov.NewChain([]string{"a", "b"}, []markov.Row{move("b", x), nil})
				return err
			},
			"a refill": func() error { return chain.Refill([]markov.Row{move("b", x), nil}) },
			"a start":  func() error { m := two; m.Start = map[string]float64{"a": x}; return m.Validate() },
			"a discount": func() error {
				_, err := trace.Total(markov.Value{}, markov.Convention{Discount: markov.AnnualEffective(x)})
				return err
			},
		} {
			require.NotPanics(t, func() { require.Error(t, call(), "%s %v", name, x) }, "%s %v", name, x)
		}
	}
	for _, n := range []int{0, -1, math.MinInt} {
		_, err := markov.StillThere(n, 0.5)
		require.Error(t, err)
		_, err = markov.WithinCycles(n, 0.5)
		require.Error(t, err)
		m := two
		m.Cycles = n
		_, err = m.Trace()
		require.Error(t, err)
	}
	for _, cycles := range []int{1_000_001, math.MaxInt} {
		m := two
		m.Cycles = cycles
		_, err := m.Trace()
		require.Error(t, err)
	}
	_, err = markov.Model{}.Trace()
	require.Error(t, err)
	for _, rows := range [][]markov.Row{nil, {nil}, {nil, nil, nil}} {
		_, err := markov.NewChain([]string{"a", "b"}, rows)
		require.Error(t, err)
		require.Error(t, chain.Refill(rows))
	}
	require.Error(t, chain.Refill([]markov.Row{move("a", 0.5), nil}))
	for _, broken := range []markov.Trace{{}, {States: []string{"a"}}, {States: []string{"a"}, Shares: [][]float64{{1}}}, {States: []string{"a", "b"}, Shares: [][]float64{{1, 1}, {0}}}} {
		_, err := broken.Total(markov.Value{PerCycle: map[string]float64{"a": 1}}, markov.Convention{})
		require.Error(t, err)
		require.NotPanics(t, func() { broken.Occupancy("a"); broken.Moves("a", "a") })
	}
	_, err = trace.Total(markov.Value{}, markov.Convention{Counting: 9})
	require.Error(t, err)
	_, err = trace.Total(markov.Value{PerCycle: map[string]float64{"a": math.NaN()}}, markov.Convention{})
	require.Error(t, err)
	require.NotPanics(t, func() {
		_ = markov.Row(nil).At(-1, math.MinInt)
		_ = markov.Row(nil).Leave(math.MaxInt, 0)
		_ = markov.Row{{Since: markov.Span{From: math.MaxInt, To: math.MinInt}}}.Validate()
		_, _ = markov.Span{From: math.MinInt, To: math.MaxInt}.And(markov.Span{})
		_ = (&markov.RowError{}).Error() + (&markov.RowError{}).Say("", "") + markov.Convention{Counting: -1}.String()
		_ = markov.Discount{}.Factor(math.NaN())
	})
}
