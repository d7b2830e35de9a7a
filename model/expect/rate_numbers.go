package expect

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// statedRow is a row of moves as a programme states it: common to all cohorts, or
// of one of them. Its probabilities are their numbers.
type statedRow struct {
	cohort int    // -1 for all
	state  string // "" for a cohort's failure
	row    markov.Row
}

// numbered returns a programme in which every probability of a move is its number,
// and its rows in the order in which they are numbered. Whatever is worked out from
// it shows where each probability of a programme goes.
func numbered(p *model.Programme) (*model.Programme, []statedRow) {
	var rows []statedRow
	next := 0
	number := func(cohort int, state string, row markov.Row) markov.Row {
		row = cloned(row)
		for i := range row {
			for j := range row[i].Moves {
				row[i].Moves[j].Probability = float64(next)
				next++
			}
		}
		rows = append(rows, statedRow{cohort, state, row})
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

// cloned returns a row with moves of its own.
func cloned(row markov.Row) markov.Row {
	row = slices.Clone(row)
	for i := range row {
		row[i].Moves = slices.Clone(row[i].Moves)
	}
	return row
}

// in finds the row in a programme.
func (r *statedRow) in(p *model.Programme) markov.Row {
	switch {
	case r.cohort < 0:
		return p.Background[r.state]
	case r.state == "":
		return p.Cohorts[r.cohort].Failure
	}
	return p.Cohorts[r.cohort].Background[r.state]
}

// collect appends the probabilities of the row in a programme, in order of their
// numbers. The error says that they are not in the same places.
func (r *statedRow) collect(p *model.Programme, rates []float64) ([]float64, error) {
	row := r.in(p)
	same := len(row) == len(r.row)
	for i := 0; same && i < len(row); i++ {
		piece, was := &row[i], &r.row[i]
		same = piece.Since == was.Since && piece.In == was.In && len(piece.Moves) == len(was.Moves)
		for j := 0; same && j < len(piece.Moves); j++ {
			same = piece.Moves[j].To == was.Moves[j].To
			rates = append(rates, piece.Moves[j].Probability)
		}
	}
	if !same {
		return rates, fmt.Errorf("the moves out of %q are not between the same states in the same weeks as before: %s", cmp.Or(r.state, "a planned placement"), remedy)
	}
	return rates, nil
}
