package scenario

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// background reads a table of moves by state.
func (c cursor) background(d *decoder) map[string]markov.Row {
	return c.table(d, func(named, pieces) {})
}

// table reads a table of moves by state, and gives each row as it was read to
// check.
func (c cursor) table(d *decoder, check func(from named, row pieces)) map[string]markov.Row {
	rows := map[string]markov.Row{}
	for _, n := range c.named("states", contract.MaxStates) {
		if err := d.placements.check(n.name); err != nil {
			n.fault("%s", more(d.noOrigin(n.name, err), curled(n.name)))
			continue
		}
		if n.name == model.LeftCare {
			n.fault("nobody moves out of %s: remove this", quote(n.name))
			continue
		}
		row := n.row(d, n.name)
		check(n, row)
		if len(row) > 0 {
			rows[n.name] = row.row()
		}
	}
	return rows
}

// noOrigin says why a table of moves may not have a name.
func (d *decoder) noOrigin(name string, err error) string {
	if slices.Contains(d.planned.valid, name) {
		return fmt.Sprintf("%s is a planned state: its own moves are the failure of the cohort, and afterwards it moves as its parent does", quote(name))
	}
	return err.Error()
}

// piece is a piece of a row of moves as it was read.
type piece struct {
	markov.Piece

	form form   // leaving or within, if its moves hold only beside all others
	at   cursor // its place
}

// pieces is a row of moves as it was read.
type pieces []piece

// row returns the row without what is known of its form.
func (p pieces) row() markov.Row {
	var row markov.Row
	for _, piece := range p {
		row = append(row, piece.Piece)
	}
	return row
}

// still reports whether no piece has a move.
func (p pieces) still() bool {
	return !slices.ContainsFunc(p, func(piece piece) bool { return len(piece.Moves) > 0 })
}

// row reads the moves out of a state, in any of their forms.
func (c cursor) row(d *decoder, from string) pieces {
	switch {
	case !c.given() || c.is("none"):
		return nil
	case c.n.kind == sequence:
		return c.pieces(d, from)
	case c.n.kind != block:
		c.fault("%s is not a set of moves: write each destination with its weekly probability, as {foster: 0.004}, or none", c.kind())
		return nil
	}
	only := c.piece(d, from)
	if len(only.Moves) == 0 {
		return nil
	}
	return pieces{only}
}

func (c cursor) pieces(d *decoder, from string) pieces {
	items := c.list()
	if len(items) == 0 || len(items) > mostPieces {
		c.fault("there are %d pieces: from 1 to %d are allowed", len(items), mostPieces)
		return nil
	}
	var row pieces
	for _, item := range items {
		if item.given() && item.n.kind != block {
			item.fault("%s is not a piece of a set of moves: write {weeks in state: 0 to 25, moves: {foster: 0.004}}", item.kind())
			continue
		}
		row = append(row, item.piece(d, from))
	}
	return row
}

// piece reads moves that may be limited to some weeks.
func (c cursor) piece(d *decoder, from string) piece {
	const sinceReferral, inState = "weeks since referral", "weeks in state"
	clocks := c.isBlock(sinceReferral) || c.isBlock(inState)
	p := piece{at: c}
	switch {
	case c.isBlock("hazard") || c.isBlock("to"):
		f := c.fields(sinceReferral, inState, "hazard", "to")
		p.Since, p.In = f.may(sinceReferral).clock(), f.may(inState).clock()
		p.Moves, p.form = f.hazard(d, from), leaving
	case c.isBlock("moves") || clocks:
		f := c.fields(sinceReferral, inState, "moves")
		p.Since, p.In = f.may(sinceReferral).clock(), f.may(inState).clock()
		moves := f.need("moves", want{"each destination with its weekly probability", "{foster: 0.004}, or none"})
		if !moves.is("none") {
			p.Moves, p.form = moves.moves(d, from)
		}
	default:
		p.Moves, p.form = c.moves(d, from)
	}
	return p
}

func (c cursor) clock() markov.Span { return value(c, clockWeeks, parseClock) }

// hazard reads the rate of leaving at all, shared over destinations.
func (f fields) hazard(d *decoder, from string) []markov.Move {
	hazard := f.need("hazard", want{"the weekly probability of leaving", "0.0081"})
	leave := hazard.rate()
	to := f.need("to", want{"the share of leavers that goes to each destination", "{residential: 70%, foster: 30%}"})
	total, form := decimal.Zero, sumForm{}
	var moves []markov.Move
	all := to.named("destinations", contract.MaxStates)
	counts := d.sharedCounts(to, all)
	for i, n := range all {
		share := n.share(aShare)
		if counts && i == len(all)-1 {
			share = one.Sub(total) // thirds do not add up
		}
		total = total.Add(share)
		form.see(n.cursor)
		d.destination(n, from)
		moves = append(moves, markov.Move{To: n.name, Probability: leave.part(share, hazard)})
	}
	if counts {
		d.together(to, all)
	}
	if to.sound() && !total.Equal(one) {
		to.fault("the shares add up to %s", form.of(total))
	}
	return moves
}

// moves reads destinations with a rate for each. The form is leaving or within
// if any of them is of that form.
func (c cursor) moves(d *decoder, from string) (moves []markov.Move, whole form) {
	var rates []rate
	all := c.named("destinations", contract.MaxStates)
	for _, n := range all {
		d.destination(n, from)
		r := n.rate()
		rates = append(rates, r)
		if r.form == leaving && whole != within || r.form == within {
			whole = r.form
		}
		moves = append(moves, markov.Move{To: n.name})
	}
	if len(all) == 1 {
		moves[0].Probability = rates[0].alone(all[0].cursor)
		return moves, whole
	}
	if whole == within {
		c.jointly(all, rates, moves)
		return moves, whole
	}
	for i, r := range rates {
		if r.form == leaving {
			all[i].cursor.fault("a mean stay, or a share still there, is about leaving for any destination: write it as {hazard: …, to: {…}} when there are several destinations")
			continue
		}
		moves[i].Probability = r.p
	}
	return moves, whole
}

// jointly turns shares of all who leave within the same weeks into weekly
// probabilities.
func (c cursor) jointly(all []named, rates []rate, moves []markov.Move) {
	first := slices.IndexFunc(rates, func(r rate) bool { return r.form == within })
	weeks, p := rates[first].weeks, make([]float64, len(rates))
	for i, r := range rates {
		p[i] = r.p
		if r.form != unread && (r.form != within || r.weeks != weeks) {
			all[i].cursor.fault("the move to %s is given within %d weeks: give all moves of the row within the same weeks", quote(all[first].name), weeks)
			return
		}
		if r.form == unread {
			return
		}
	}
	weekly, err := markov.WithinCycles(weeks, p...)
	if err != nil {
		c.fault("the probabilities of leaving within %d weeks add up to 100%% or more: some must stay, because no constant rate empties a state", weeks)
		return
	}
	for i := range moves {
		moves[i].Probability = all[i].chance(weekly[i] * rates[i].times)
	}
}

// destination records why children cannot be moved to a state.
func (d *decoder) destination(n named, from string) {
	err := d.placements.check(n.name)
	switch {
	case n.name == from:
		n.fault("this is a move from %s to itself: children who do not move stay, so remove it", quote(from))
	case err != nil && slices.Contains(d.planned.valid, n.name):
		n.fault("%s is a planned state: children enter it at the start only", quote(n.name))
	case err != nil:
		n.fault("%s", more(err.Error(), curled(n.name)))
	}
}
