package markov_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

// Rates for three states, as a service might see them: referred, helped, closed.
func referredHelpedClosed(start, finish float64) []markov.Row {
	return []markov.Row{
		{{Moves: []markov.Move{{To: "helped", Probability: start}}}},
		{{In: markov.Span{To: 4}}, {In: markov.Span{From: 4}, Moves: []markov.Move{{To: "closed", Probability: finish}}}},
		nil,
	}
}

// One chain serves any number of rates: here, how many are helped in week 20.
func ExampleChain_Refill() {
	chain, err := markov.NewChain([]string{"referred", "helped", "closed"}, referredHelpedClosed(0, 0))
	if err != nil {
		fmt.Println(err)
		return
	}
	var group markov.Group
	for _, start := range []float64{0.05, 0.1, 0.2} {
		if err := chain.Refill(referredHelpedClosed(start, 0.08)); err != nil {
			fmt.Println(err)
			return
		}
		group.Begin(chain, 0, 1)
		group.Enter(0, 0, 1)
		for range 20 {
			group.Step()
		}
		fmt.Printf("%.0f%% start a week: %.1f%% are helped\n", 100*start, 100*group.Share(1))
	}
	// Output:
	// 5% start a week: 37.6% are helped
	// 10% start a week: 45.4% are helped
	// 20% start a week: 40.9% are helped
}

func TestChainFaults(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []markov.Row
		want string
	}{
		{"too few rows", make([]markov.Row, 2), "there are 2 rows for 3 states: give one for each, in the same order"},
		{"a gap", []markov.Row{{{In: markov.Span{To: 4}}}, nil, nil}, `state "a": no piece is in force since the start: every cycle; in the state: cycle 4 onwards`},
		{"an unknown destination", []markov.Row{nil, to("d", 0.1), nil}, `state "b": piece 1 (since the start: every cycle; in the state: every cycle): there is no state "d": must be one of "a", "b", "c"`},
		{"a move to itself", []markov.Row{nil, to("b", 0.1), nil}, `state "b": piece 1 (since the start: every cycle; in the state: every cycle): destination "b"`},
		{"a span that runs backwards", []markov.Row{nil, nil, {{In: markov.Span{From: 2, To: 1}}}}, `state "c": piece 1: span from 2 to 1`},
		{"every row", []markov.Row{to("b", 2), to("c", 3), nil}, "the probability of moving to \"b\" is 2: must be from 0 to 1\nstate \"b\": piece 1 (since the start: every cycle; in the state: every cycle): the probability of moving to \"c\" is 3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			chain, err := markov.NewChain([]string{"a", "b", "c"}, c.rows)
			require.Nil(t, chain)
			require.ErrorContains(t, err, c.want)
		})
	}
}

func to(state string, p float64) markov.Row {
	return markov.Row{{Moves: []markov.Move{{To: state, Probability: p}}}}
}

// A refill that does not fit is refused, and the chain keeps its rates.
func TestRefillFaults(t *testing.T) {
	states := []string{"a", "b", "c"}
	moves := func(p, q float64) []markov.Move {
		return []markov.Move{{To: "b", Probability: p}, {To: "c", Probability: q}}
	}
	chain, err := markov.NewChain(states, []markov.Row{{{Moves: moves(0.25, 0.5)}}, to("c", 0.5), nil})
	require.NoError(t, err)
	for _, c := range []struct {
		name string
		row  markov.Row // out of a
		want string
	}{
		{"no pieces", nil, `state "a": the row has other pieces or destinations than the chain: make a new chain of it`},
		{"other spans", markov.Row{{Since: markov.Span{To: 3}, Moves: moves(0.1, 0.1)}}, "other pieces or destinations"},
		{"fewer moves", markov.Row{{Moves: moves(0.1, 0.1)[:1]}}, "other pieces or destinations"},
		{"other order", markov.Row{{Moves: []markov.Move{moves(0.1, 0.1)[1], moves(0.1, 0.1)[0]}}}, "other pieces or destinations"},
		{"a probability above 1", markov.Row{{Moves: moves(1.5, 0)}}, `state "a": piece 1 (since the start: every cycle; in the state: every cycle): the probability of moving to "b" is 1.5: must be from 0 to 1`},
		{"a sum above 1", markov.Row{{Moves: moves(0.5, 0.75)}}, "the probabilities of moving sum to 1.25: must be at most 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			// The row of b comes after that of a, and would fit.
			err := chain.Refill([]markov.Row{c.row, to("c", 0.125), nil})
			require.ErrorContains(t, err, c.want)
			fault, ok := errors.AsType[*markov.RowError](err)
			require.True(t, !ok || fault.State == "a")
			require.ErrorContains(t, chain.Refill([]markov.Row{{{Moves: moves(0.1, 0.1)}}, to("c", 2), nil}), `state "b": `)
			require.ErrorContains(t, chain.Refill(nil), "there are 0 rows for 3 states")

			group := new(markov.Group)
			group.Begin(chain, 0, 1)
			group.Enter(0, 0, 1)
			group.Step()
			group.Step()
			require.Equal(t, []float64{0.0625, 0.1875, 0.75}, shares(group, 3))
		})
	}
}

func shares(g *markov.Group, states int) []float64 {
	all := make([]float64, states)
	for s := range all {
		all[s] = g.Share(s)
	}
	return all
}

// A chain that is refilled is the chain that the new rates would make.
func TestRefillIsANewChain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		other := make([]markov.Row, len(m.States))
		for i, s := range m.States {
			for _, p := range m.Rows[s] {
				factor := rapid.Float64Range(0, 1).Draw(t, "factor")
				moves := make([]markov.Move, len(p.Moves))
				for j, move := range p.Moves {
					moves[j] = markov.Move{To: move.To, Probability: factor * move.Probability}
				}
				other[i] = append(other[i], markov.Piece{Since: p.Since, In: p.In, Moves: moves})
			}
		}
		refilled, fresh := chainOf(t, m), m
		require.NoError(t, refilled.Refill(other))
		fresh.Rows = map[string]markov.Row{}
		for i, s := range m.States {
			fresh.Rows[s] = other[i]
		}
		a, b := begun(m, refilled, 1), begun(m, chainOf(t, fresh), 1)
		for range m.Cycles {
			a.Step()
			b.Step()
		}
		require.Equal(t, shares(b, len(m.States)), shares(a, len(m.States)))
	})
}

// chainOf is a model's chain, with states in the model's order.
func chainOf(t require.TestingT, m markov.Model) *markov.Chain {
	rows := make([]markov.Row, len(m.States))
	for i, s := range m.States {
		rows[i] = m.Rows[s]
	}
	chain, err := markov.NewChain(m.States, rows)
	require.NoError(t, err)
	return chain
}

// begun is a group on a chain that is where the model's cohort starts.
func begun(m markov.Model, chain *markov.Chain, counts int) *markov.Group {
	group := new(markov.Group)
	group.Begin(chain, 0, counts)
	for i, s := range m.States {
		group.Enter(i, m.AlreadyThere[s], m.Start[s])
	}
	return group
}
