package scenario

import (
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

// overrides reads the moves of a cohort that replace common ones.
func (c cursor) overrides(d *decoder) map[string]markov.Row {
	return c.table(d, func(from named, row pieces) {
		switch {
		case !from.sound():
		case row.still():
			from.fault("this changes nothing: moves replace the common ones one by one, so write a destination with 0 to stop its move")
		default:
			for _, piece := range row {
				d.completes(piece, from.name)
			}
		}
	})
}

// completes refuses a piece of an override that replaces a part of the common moves
// in a form that is about all moves out of the state: the common moves to other
// destinations would be added to it.
func (d *decoder) completes(over piece, from string) {
	if over.form != leaving && over.form != within {
		return
	}
	var missing, shares []string
	for _, move := range over.Moves {
		shares = append(shares, inBrackets(move.To)+": …")
	}
	if len(shares) == 1 {
		shares[0] = inBrackets(over.Moves[0].To) + ": 100%"
	}
	for _, state := range d.commonly(from, over.Piece) {
		if !slices.ContainsFunc(over.Moves, func(m markov.Move) bool { return m.To == state }) {
			missing, shares = append(missing, state), append(shares, inBrackets(state)+": 0%")
		}
	}
	switch {
	case len(missing) == 0:
	case over.form == within:
		over.at.fault("moves within some weeks must be given together with all others out of the state: the common row also moves children to %s, so write these moves here too, with 0%% to stop one", list(missing))
	default:
		over.at.fault("this says how many leave the state for any destination, and the common row also moves children to %s, which would be added: name every destination, with 0%% where nobody goes, as {hazard: …, to: {%s}}",
			list(missing), strings.Join(shares, ", "))
	}
}

// commonly returns the destinations of the common moves out of a state in the
// weeks of a piece of an override.
func (d *decoder) commonly(from string, over markov.Piece) []string {
	var all []string
	for _, common := range d.p.Background[from] {
		_, since := common.Since.And(over.Since)
		_, in := common.In.And(over.In)
		if !since || !in {
			continue
		}
		for _, move := range common.Moves {
			if !slices.Contains(all, move.To) {
				all = append(all, move.To)
			}
		}
	}
	return all
}

// inBrackets is a name as it must be written inside brackets.
func inBrackets(name string) string {
	if strings.ContainsRune(name, ',') {
		return quote(name)
	}
	return name
}
