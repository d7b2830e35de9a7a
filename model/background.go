package model

import (
	"maps"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

// BackgroundOf returns, for every state, the moves of a cohort's children when
// the programme is not holding them in a planned state: the programme's common
// table with the cohort's overrides, move by move. An override of foster →
// residential leaves foster → reunified as it is. A planned state moves as its
// parent does.
func (p *Programme) BackgroundOf(c *Cohort) map[string]markov.Row {
	rows := maps.Clone(p.Background)
	if rows == nil {
		rows = map[string]markov.Row{}
	}
	for state, over := range c.Background {
		rows[state] = override(rows[state], over)
	}
	for _, s := range p.States {
		if s.Parent != "" {
			rows[s.Name] = rows[s.Parent]
		}
	}
	return rows
}

// override replaces the moves of a common row to every destination that over
// names, where and when over says, and leaves the other moves alone.
func override(common, over markov.Row) markov.Row {
	if len(common) == 0 || len(over) == 0 {
		return slices.Concat(common, over)
	}
	named := map[string]bool{}
	for _, piece := range over {
		for _, move := range piece.Moves {
			named[move.To] = true
		}
	}
	var row markov.Row
	for _, a := range common {
		kept := slices.DeleteFunc(slices.Clone(a.Moves), func(m markov.Move) bool { return named[m.To] })
		for _, b := range over {
			since, ok1 := a.Since.And(b.Since)
			in, ok2 := a.In.And(b.In)
			if ok1 && ok2 {
				row = append(row, markov.Piece{Since: since, In: in, Moves: slices.Concat(kept, b.Moves)})
			}
		}
	}
	return row
}
