package model

import (
	"maps"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

// BackgroundOf returns, for every state, the moves of a cohort's children when
// the programme is not holding them in a planned state: the programme's common
// table with the cohort's overrides, move by move. An override of foster →
// residential leaves foster → reunified as it is; if the override is in pieces,
// each replaces only the moves to the destinations that it names itself, and a
// piece without moves replaces none. A planned state moves as its parent does.
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

// override replaces the moves of a common row, where and when a piece of over
// holds, to every destination that this piece names, and leaves the other moves
// alone.
func override(common, over markov.Row) markov.Row {
	if len(common) == 0 || len(over) == 0 {
		return slices.Concat(common, over)
	}
	var row markov.Row
	for _, a := range common {
		for _, b := range over {
			since, ok1 := a.Since.And(b.Since)
			in, ok2 := a.In.And(b.In)
			if !ok1 || !ok2 {
				continue
			}
			kept := slices.DeleteFunc(slices.Clone(a.Moves), func(m markov.Move) bool { return goesTo(b, m.To) })
			row = append(row, markov.Piece{Since: since, In: in, Moves: slices.Concat(kept, b.Moves)})
		}
	}
	return row
}

// goesTo reports whether a piece has a move to a state.
func goesTo(p markov.Piece, state string) bool {
	return slices.ContainsFunc(p.Moves, func(m markov.Move) bool { return m.To == state })
}
