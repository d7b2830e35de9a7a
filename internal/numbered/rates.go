// Package numbered finds where the rates of a programme go. Whatever is worked out from
// a programme in which every probability of a move is its number shows where that
// probability belongs, so that the probabilities of another programme of the same
// structure can be put in the same places without working it out again.
package numbered

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// Row is a row of moves as a programme states it: common to all cohorts, or of one of
// them. Its probabilities are their numbers.
type Row struct {
	Cohort int    // -1 for all
	State  string // "" for a cohort's failure
	Moves  markov.Row
}

// Programme returns a copy of a programme in which every probability of a move is its
// number, from 0, and its rows in the order in which they are numbered. The copy shares
// with the programme what has no rates, but for lists of commissioners, states and
// metrics, which may be changed in place where the programme comes from.
func Programme(p *model.Programme) (*model.Programme, []Row) {
	var rows []Row
	next := 0
	number := func(cohort int, state string, row markov.Row) markov.Row {
		row = Clone(row)
		for i := range row {
			for j := range row[i].Moves {
				row[i].Moves[j].Probability = float64(next)
				next++
			}
		}
		rows = append(rows, Row{cohort, state, row})
		return row
	}
	table := func(cohort int, rows map[string]markov.Row) map[string]markov.Row {
		rows = maps.Clone(rows)
		for _, state := range slices.Sorted(maps.Keys(rows)) {
			rows[state] = number(cohort, state, rows[state])
		}
		return rows
	}
	q := *p
	q.Commissioners, q.States = slices.Clone(p.Commissioners), slices.Clone(p.States)
	q.Contract.Metrics = slices.Clone(p.Contract.Metrics)
	q.Background, q.Cohorts = table(-1, p.Background), slices.Clone(p.Cohorts)
	for i := range q.Cohorts {
		c := &q.Cohorts[i]
		c.Background, c.Failure = table(i, c.Background), number(i, "", c.Failure)
	}
	return &q, rows
}

// Clone returns a row with moves of its own.
func Clone(row markov.Row) markov.Row {
	row = slices.Clone(row)
	for i := range row {
		row[i].Moves = slices.Clone(row[i].Moves)
	}
	return row
}

// in finds the row in a programme.
func (r *Row) in(p *model.Programme) markov.Row {
	switch {
	case r.Cohort < 0:
		return p.Background[r.State]
	case r.State == "":
		return p.Cohorts[r.Cohort].Failure
	}
	return p.Cohorts[r.Cohort].Background[r.State]
}

// Collect appends the probabilities of the row in a programme, in order of their
// numbers. The error says that they are not in the same places.
func (r *Row) Collect(p *model.Programme, rates []float64) ([]float64, error) {
	row := r.in(p)
	same := len(row) == len(r.Moves)
	for i := 0; same && i < len(row); i++ {
		piece, was := &row[i], &r.Moves[i]
		same = piece.Since == was.Since && piece.In == was.In && len(piece.Moves) == len(was.Moves)
		for j := 0; same && j < len(piece.Moves); j++ {
			same = piece.Moves[j].To == was.Moves[j].To
			rates = append(rates, piece.Moves[j].Probability)
		}
	}
	if !same {
		return rates, fmt.Errorf("the moves out of %q are not between the same states in the same weeks as before", cmp.Or(r.State, "a planned placement"))
	}
	return rates, nil
}
