package model_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// An override names destinations and replaces the moves to those, when it says
// so; every other move stays as in the common table.
func TestOverrideByHand(t *testing.T) {
	span := func(from, to int) markov.Span { return markov.Span{From: from, To: to} }
	for _, c := range []struct {
		what                string
		common, over, moves markov.Row
	}{
		{
			"one move of two",
			always("residential", 0.002, "reunified", 0.003), always("residential", 0.010),
			always("reunified", 0.003, "residential", 0.010),
		},
		{"a move that the common table does not have", always("residential", 0.002), always("reunified", 0.5), always("residential", 0.002, "reunified", 0.5)},
		{"a move that is switched off", always("residential", 0.002, "reunified", 0.003), always("residential", 0.0), always("reunified", 0.003, "residential", 0.0)},
		{"no override", always("residential", 0.002), nil, always("residential", 0.002)},
		{"no common moves", nil, always("residential", 0.010), always("residential", 0.010)},
		{"neither", nil, nil, nil},
		{
			"an override that changes with the weeks since referral",
			always("residential", 0.002, "reunified", 0.003),
			markov.Row{{Since: span(0, 26), Moves: to("residential", 0.1)}, {Since: span(26, 0), Moves: to("residential", 0.2)}},
			markov.Row{
				{Since: span(0, 26), Moves: to("reunified", 0.003, "residential", 0.1)},
				{Since: span(26, 0), Moves: to("reunified", 0.003, "residential", 0.2)},
			},
		},
		{
			"an override for the first weeks only leaves the common moves for the rest",
			always("residential", 0.002, "reunified", 0.003),
			markov.Row{{Since: span(0, 26), Moves: to("residential", 0.1)}, {Since: span(26, 0)}},
			markov.Row{
				{Since: span(0, 26), Moves: to("reunified", 0.003, "residential", 0.1)},
				{Since: span(26, 0), Moves: to("residential", 0.002, "reunified", 0.003)},
			},
		},
		{
			"a move that is switched off after the first weeks",
			always("residential", 0.002, "reunified", 0.003),
			markov.Row{{Since: span(0, 26)}, {Since: span(26, 0), Moves: to("residential", 0.0)}},
			markov.Row{
				{Since: span(0, 26), Moves: to("residential", 0.002, "reunified", 0.003)},
				{Since: span(26, 0), Moves: to("reunified", 0.003, "residential", 0.0)},
			},
		},
		{
			"pieces that name different moves",
			always("residential", 0.002, "reunified", 0.003),
			markov.Row{{In: span(0, 13), Moves: to("residential", 0.1)}, {In: span(13, 0), Moves: to("reunified", 0.2)}},
			markov.Row{
				{In: span(0, 13), Moves: to("reunified", 0.003, "residential", 0.1)},
				{In: span(13, 0), Moves: to("residential", 0.002, "reunified", 0.2)},
			},
		},
		{
			"common moves by weeks in the state, override by weeks since referral",
			markov.Row{{In: span(0, 13), Moves: to("residential", 0.02, "reunified", 0.01)}, {In: span(13, 0), Moves: to("residential", 0.004)}},
			markov.Row{{Since: span(0, 26), Moves: to("residential", 0.1)}, {Since: span(26, 0), Moves: to("residential", 0.2)}},
			markov.Row{
				{Since: span(0, 26), In: span(0, 13), Moves: to("reunified", 0.01, "residential", 0.1)},
				{Since: span(26, 0), In: span(0, 13), Moves: to("reunified", 0.01, "residential", 0.2)},
				{Since: span(0, 26), In: span(13, 0), Moves: to("residential", 0.1)},
				{Since: span(26, 0), In: span(13, 0), Moves: to("residential", 0.2)},
			},
		},
		{
			"both by weeks since referral, with different dates",
			markov.Row{{Since: span(0, 10), Moves: to("reunified", 0.1)}, {Since: span(10, 0), Moves: to("reunified", 0.2)}},
			markov.Row{{Since: span(0, 20), Moves: to("residential", 0.3)}, {Since: span(20, 0), Moves: to("residential", 0.4)}},
			markov.Row{
				{Since: span(0, 10), Moves: to("reunified", 0.1, "residential", 0.3)},
				{Since: span(10, 20), Moves: to("reunified", 0.2, "residential", 0.3)},
				{Since: span(20, 0), Moves: to("reunified", 0.2, "residential", 0.4)},
			},
		},
	} {
		t.Run(c.what, func(t *testing.T) {
			p := sound()
			p.Background = map[string]markov.Row{"foster": c.common}
			cohort := &p.Cohorts[0]
			cohort.Background = map[string]markov.Row{"foster": c.over}
			rows := p.BackgroundOf(cohort)
			require.Equal(t, c.moves, rows["foster"])
			require.NoError(t, rows["foster"].Validate())
			require.Equal(t, rows["foster"], rows["foster, planned"], "a planned state moves as its parent")
		})
	}
}

// To write the number that the common row has says no more than to leave the
// move out, in whichever piece.
func TestOverrideWithTheCommonNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := sound()
		common := always("residential", 0.002, "reunified", 0.003)
		p.Background = map[string]markov.Row{"foster": common}
		unsaid := drawRow(t, "over")
		said := slices.Clone(unsaid)
		for i, piece := range unsaid {
			for _, move := range common[0].Moves {
				if !goesTo(piece.Moves, move.To) && rapid.Bool().Draw(t, "say it") {
					said[i].Moves = append(slices.Clone(said[i].Moves), move)
				}
			}
		}
		cohort := &p.Cohorts[0]
		cohort.Background = map[string]markov.Row{"foster": said}
		one := p.BackgroundOf(cohort)["foster"]
		cohort.Background = map[string]markov.Row{"foster": unsaid}
		other := p.BackgroundOf(cohort)["foster"]
		for since := range 12 {
			for in := range 12 {
				require.ElementsMatch(t, one.At(since, in), other.At(since, in))
			}
		}
	})
}

// At every pair of clocks the move to a destination that the override names
// there has the override's probability, and any other has the common one.
func TestOverrideMoveByMove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := sound()
		common, over := drawRow(t, "common"), drawRow(t, "over")
		p.Background = map[string]markov.Row{"foster": common}
		p.Cohorts[0].Background = map[string]markov.Row{"foster": over}
		row := p.BackgroundOf(&p.Cohorts[0])["foster"]
		require.NoError(t, row.Validate())

		for since := range 12 {
			for in := range 12 {
				for _, state := range []string{"residential", "reunified", "edge of care"} {
					want := probability(common, since, in, state)
					if goesTo(over.At(since, in), state) {
						want = probability(over, since, in, state)
					}
					require.Equal(t, want, probability(row, since, in, state), "to %s at %d, %d", state, since, in)
				}
			}
		}
	})
}

// drawRow draws a row that tiles both clocks, and moves at most 3 × 0.1.
func drawRow(t *rapid.T, label string) markov.Row {
	spans := func(clock string) []markov.Span {
		cut := rapid.IntRange(0, 9).Draw(t, label+clock)
		if cut == 0 {
			return []markov.Span{{}}
		}
		return []markov.Span{{To: cut}, {From: cut}}
	}
	var row markov.Row
	for _, since := range spans(" since") {
		for _, in := range spans(" in") {
			piece := markov.Piece{Since: since, In: in}
			for _, state := range []string{"residential", "reunified", "edge of care"} {
				if rapid.Bool().Draw(t, label+" to "+state) {
					piece.Moves = append(piece.Moves, markov.Move{To: state, Probability: rapid.Float64Range(0, 0.1).Draw(t, "probability")})
				}
			}
			row = append(row, piece)
		}
	}
	return row
}

func goesTo(moves []markov.Move, state string) bool {
	return slices.ContainsFunc(moves, func(m markov.Move) bool { return m.To == state })
}

func probability(row markov.Row, since, in int, to string) float64 {
	for _, move := range row.At(since, in) {
		if move.To == to {
			return move.Probability
		}
	}
	return 0
}

func TestBackgroundOf(t *testing.T) {
	p := sound()
	before := p.Fingerprint()
	plain, own := p.BackgroundOf(&p.Cohorts[0]), p.BackgroundOf(&p.Cohorts[1])
	require.Equal(t, p.Background["foster"], plain["foster"])
	require.Equal(t, always("reunified", 0.003, "residential", 0.01), own["foster"])
	require.Equal(t, p.Background["residential"], own["residential"])
	require.Equal(t, p.Background["reunified"], own["home, planned"])
	require.Empty(t, own["edge of care"], "never left")

	delete(own, "foster")
	require.Equal(t, before, p.Fingerprint(), "the programme is as it was")

	p.Background = nil
	require.Equal(t, always("residential", 0.01), p.BackgroundOf(&p.Cohorts[1])["foster"])
	require.NotContains(t, p.BackgroundOf(&p.Cohorts[0]), model.LeftCare)
}
