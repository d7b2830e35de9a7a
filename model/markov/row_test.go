package markov_test

import (
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

func TestSpan(t *testing.T) {
	for _, c := range []struct {
		span   markov.Span
		says   string
		inside []int
		out    []int
	}{
		{markov.Span{}, "every cycle", []int{0, 1, math.MaxInt}, []int{-1}},
		{markov.Span{To: 26}, "cycles 0 to 25", []int{0, 25}, []int{-1, 26}},
		{markov.Span{From: 26}, "cycle 26 onwards", []int{26, 1000}, []int{0, 25}},
		{markov.Span{From: 3, To: 4}, "cycle 3", []int{3}, []int{2, 4}},
	} {
		require.Equal(t, c.says, c.span.String())
		for _, k := range c.inside {
			require.True(t, c.span.Contains(k), "%v contains %d", c.span, k)
		}
		for _, k := range c.out {
			require.False(t, c.span.Contains(k), "%v contains %d", c.span, k)
		}
	}
}

func TestSpanAnd(t *testing.T) {
	for _, c := range []struct {
		a, b, both markov.Span
		ok         bool
	}{
		{markov.Span{}, markov.Span{}, markov.Span{}, true},
		{markov.Span{To: 10}, markov.Span{From: 4}, markov.Span{From: 4, To: 10}, true},
		{markov.Span{From: 2, To: 5}, markov.Span{}, markov.Span{From: 2, To: 5}, true},
		{markov.Span{To: 4}, markov.Span{From: 4}, markov.Span{}, false},
	} {
		for _, pair := range [][2]markov.Span{{c.a, c.b}, {c.b, c.a}} {
			both, ok := pair[0].And(pair[1])
			require.Equal(t, c.ok, ok)
			require.Equal(t, c.both, both)
		}
	}
}

func TestRowFaults(t *testing.T) {
	to := func(p ...float64) []markov.Move {
		moves := make([]markov.Move, len(p))
		for i := range p {
			moves[i] = markov.Move{To: string(rune('a' + i)), Probability: p[i]}
		}
		return moves
	}
	for _, c := range []struct {
		name string
		row  markov.Row
		want []string // one message for each fault
	}{
		{"empty", nil, nil},
		{"always", markov.Row{{Moves: to(0.5, 0.5)}}, nil},
		{"sum a rounding error over 1", markov.Row{{Moves: to(0.7, 0.3+1e-13)}}, nil},
		{
			"a span that runs backwards",
			markov.Row{{Since: markov.Span{From: 5, To: 5}}},
			[]string{"piece 1: span from 5 to 5: a span must begin at 0 or later and end after it begins (0 for ever)"},
		},
		{
			"overlap",
			markov.Row{{Since: markov.Span{To: 10}}, {Since: markov.Span{From: 9}}},
			[]string{"pieces 1 and 2 overlap (since the start: cycle 9; in the state: every cycle): only one piece may be in force at a time"},
		},
		{
			"a gap in the middle is one fault",
			markov.Row{
				{In: markov.Span{To: 5}},
				{In: markov.Span{From: 5, To: 10}, Since: markov.Span{From: 10, To: 20}},
				{In: markov.Span{From: 10}},
			},
			[]string{
				"no piece is in force since the start: cycles 0 to 9; in the state: cycles 5 to 9: pieces must cover every cycle of both clocks (a piece without moves says that nobody leaves)",
				"no piece is in force since the start: cycle 20 onwards; in the state: cycles 5 to 9: pieces must cover every cycle of both clocks (a piece without moves says that nobody leaves)",
			},
		},
		{
			"probabilities",
			markov.Row{{Moves: to(-0.1, math.NaN(), 1.5)}},
			[]string{
				`piece 1 (since the start: every cycle; in the state: every cycle): the probability of moving to "a" is -0.1: must be from 0 to 1`,
				`piece 1 (since the start: every cycle; in the state: every cycle): the probability of moving to "b" is NaN: must be from 0 to 1`,
				`piece 1 (since the start: every cycle; in the state: every cycle): the probability of moving to "c" is 1.5: must be from 0 to 1`,
			},
		},
		{
			"sum",
			markov.Row{{Moves: to(0.75, 0.5)}},
			[]string{"piece 1 (since the start: every cycle; in the state: every cycle): the probabilities of moving sum to 1.25: must be at most 1"},
		},
		{
			"a destination twice and none",
			markov.Row{{Moves: []markov.Move{{To: "a"}, {To: "a"}, {}}}},
			[]string{
				`piece 1 (since the start: every cycle; in the state: every cycle): destination "a": must be named once, and not be the state itself (who does not move stays)`,
				`piece 1 (since the start: every cycle; in the state: every cycle): destination "": must be named once, and not be the state itself (who does not move stays)`,
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.row.Validate()
			if c.want == nil {
				require.NoError(t, err)
				return
			}
			var got []string
			for _, fault := range err.(interface{ Unwrap() []error }).Unwrap() {
				got = append(got, fault.Error())
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestRowErrorsSayWhere(t *testing.T) {
	err := markov.Row{
		{Since: markov.Span{To: 10}, Moves: []markov.Move{{To: "a", Probability: 0.75}, {To: "b", Probability: 0.5}}},
		{Since: markov.Span{From: 9, To: 12}, In: markov.Span{To: 5}, Moves: []markov.Move{{To: "a", Probability: 2}}},
		{Since: markov.Span{From: 10, To: 12}, In: markov.Span{From: 5}},
	}.Validate()
	for i, want := range []struct {
		fault  markov.RowError
		places string // in words of weeks since referral
	}{
		{markov.RowError{Piece: 1, Second: 2, Since: markov.Span{From: 9, To: 10}, In: markov.Span{To: 5}}, "since referral: week 9; in the state: weeks 0 to 4"},
		{markov.RowError{Since: markov.Span{From: 12}}, "since referral: week 12 onwards; in the state: every week"},
		{markov.RowError{Piece: 1, Since: markov.Span{To: 10}, Sum: 1.25}, "since referral: weeks 0 to 9; in the state: every week"},
		{markov.RowError{Piece: 2, Since: markov.Span{From: 9, To: 12}, In: markov.Span{To: 5}}, "since referral: weeks 9 to 11; in the state: weeks 0 to 4"},
	} {
		fault, ok := errors.AsType[*markov.RowError](err.(interface{ Unwrap() []error }).Unwrap()[i])
		require.True(t, ok)
		got := markov.RowError{Piece: fault.Piece, Second: fault.Second, Since: fault.Since, In: fault.In, Sum: fault.Sum}
		require.Equal(t, want.fault, got)
		require.Contains(t, fault.Say("week", "referral"), want.places)
		require.NotContains(t, fault.Say("week", "referral"), "cycle")
	}
}

func TestEmptyRow(t *testing.T) {
	var row markov.Row
	require.Nil(t, row.At(3, 3))
	require.Zero(t, row.Leave(3, 3))
}

// drawDivision divides a piece in two somewhere along one of its clocks; not
// ok if it is too short there.
func drawDivision(t *rapid.T, p markov.Piece) (a, b markov.Piece, ok bool) {
	a, b = p, p
	first, second := &a.Since, &b.Since
	if rapid.Bool().Draw(t, "divide the in-state clock") {
		first, second = &a.In, &b.In
	}
	last := first.To - 1
	if first.To == 0 {
		last = first.From + 12
	}
	if last <= first.From {
		return p, p, false
	}
	cut := rapid.IntRange(first.From+1, last).Draw(t, "cut")
	first.To, second.From = cut, cut
	return a, b, true
}

// drawTiling divides the whole of both clocks at random, again and again.
func drawTiling(t *rapid.T) markov.Row {
	row := markov.Row{{}}
	for range rapid.IntRange(0, 8).Draw(t, "divisions") {
		i := rapid.IntRange(0, len(row)-1).Draw(t, "piece")
		if a, b, ok := drawDivision(t, row[i]); ok {
			row[i] = a
			row = append(row, b)
		}
	}
	return rapid.Permutation(row).Draw(t, "order")
}

func TestRandomTilings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := drawTiling(t)
		require.NoError(t, row.Validate())

		since, in := rapid.IntRange(0, 60).Draw(t, "since"), rapid.IntRange(0, 60).Draw(t, "in")
		inForce := 0
		for i := range row {
			row[i].Moves = []markov.Move{{To: "x", Probability: float64(i) / 100}}
			if row[i].Since.Contains(since) && row[i].In.Contains(in) {
				inForce++
				require.Equal(t, row[i].Moves, row.At(since, in))
				require.Equal(t, float64(i)/100, row.Leave(since, in))
			}
		}
		require.Equal(t, 1, inForce)

		i := rapid.IntRange(0, len(row)-1).Draw(t, "spoiled piece")
		twice := append(row[:len(row):len(row)], row[i])
		overlap, ok := errors.AsType[*markov.RowError](twice.Validate())
		require.True(t, ok)
		require.Equal(t, &markov.RowError{Piece: i + 1, Second: len(row) + 1, Since: row[i].Since, In: row[i].In}, overlap)

		without := append(row[:i:i], row[i+1:]...)
		if len(without) > 0 { // an empty row is complete
			requireHole(t, without.Validate(), row[i])
		}
	})
}

// requireHole checks that the gaps reported make up exactly the missing piece.
func requireHole(t *rapid.T, err error, missing markov.Piece) {
	require.Error(t, err)
	for since := range 70 {
		for in := range 70 {
			found := 0
			for _, fault := range err.(interface{ Unwrap() []error }).Unwrap() {
				gap, ok := errors.AsType[*markov.RowError](fault)
				require.True(t, ok && gap.Piece == 0, "only gaps: %v", fault)
				if gap.Since.Contains(since) && gap.In.Contains(in) {
					found++
				}
			}
			want := 0
			if missing.Since.Contains(since) && missing.In.Contains(in) {
				want = 1
			}
			require.Equal(t, want, found, "since %d, in %d", since, in)
		}
	}
}
