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
	rows := map[string]markov.Row{}
	for _, n := range c.named("states", contract.MaxStates) {
		if err := d.placements.check(n.name); err != nil {
			n.fault("%s", more(d.noOrigin(n.name, err), curled(n.name)))
			continue
		}
		if n.name == model.LeftCare {
			n.fault("%s cannot be left: take this out", quote(n.name))
			continue
		}
		if row, _ := n.row(d, n.name); row != nil {
			rows[n.name] = row
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

// row reads the moves out of a state, in any of their forms, and tells whether
// any of them is a share of all who leave within some weeks.
func (c cursor) row(d *decoder, from string) (row markov.Row, joint bool) {
	switch {
	case !c.given() || c.is("none"):
		return nil, false
	case c.n.kind == sequence:
		return c.pieces(d, from)
	case c.n.kind != block:
		c.fault("%s is no set of moves: write each destination with its weekly probability, as {foster: 0.004}, or none", c.kind())
		return nil, false
	}
	piece, joint := c.piece(d, from)
	if len(piece.Moves) == 0 {
		return nil, false
	}
	return markov.Row{piece}, joint
}

func (c cursor) pieces(d *decoder, from string) (row markov.Row, joint bool) {
	items := c.list()
	if len(items) == 0 || len(items) > mostPieces {
		c.fault("there are %d pieces: from 1 to %d are allowed", len(items), mostPieces)
		return nil, false
	}
	for _, item := range items {
		if item.given() && item.n.kind != block {
			item.fault("%s is no piece of a set of moves: write {weeks in state: 0 to 25, moves: {foster: 0.004}}", item.kind())
			continue
		}
		piece, within := item.piece(d, from)
		row, joint = append(row, piece), joint || within
	}
	return row, joint
}

// piece reads moves that may be limited to some weeks.
func (c cursor) piece(d *decoder, from string) (piece markov.Piece, joint bool) {
	const sinceReferral, inState = "weeks since referral", "weeks in state"
	clocks := c.isBlock(sinceReferral) || c.isBlock(inState)
	switch {
	case c.isBlock("hazard") || c.isBlock("to"):
		f := c.fields(sinceReferral, inState, "hazard", "to")
		piece.Since, piece.In = f.may(sinceReferral).clock(), f.may(inState).clock()
		piece.Moves = f.hazard(d, from)
	case c.isBlock("moves") || clocks:
		f := c.fields(sinceReferral, inState, "moves")
		piece.Since, piece.In = f.may(sinceReferral).clock(), f.may(inState).clock()
		moves := f.need("moves", want{"each destination with its weekly probability", "{foster: 0.004}, or none"})
		if !moves.is("none") {
			piece.Moves, joint = moves.moves(d, from)
		}
	default:
		piece.Moves, joint = c.moves(d, from)
	}
	return piece, joint
}

func (c cursor) clock() markov.Span { return value(c, clockWeeks, parseClock) }

// hazard reads the rate of leaving at all, shared over destinations.
func (f fields) hazard(d *decoder, from string) []markov.Move {
	hazard := f.need("hazard", want{"the weekly probability of leaving", "0.0081"})
	leave := hazard.rate()
	to := f.need("to", want{"the share of leavers that goes to each destination", "{residential: 70%, foster: 30%}"})
	total, form := decimal.Zero, sumForm{}
	var moves []markov.Move
	for _, n := range to.named("destinations", contract.MaxStates) {
		share := n.share(aShare)
		total = total.Add(share)
		form.see(n.cursor)
		d.destination(n, from)
		moves = append(moves, markov.Move{To: n.name, Probability: leave.part(share, hazard)})
	}
	if to.sound() && !total.Equal(one) {
		to.fault("the shares add up to %s", form.of(total))
	}
	return moves
}

// moves reads destinations with a rate for each.
func (c cursor) moves(d *decoder, from string) (moves []markov.Move, joint bool) {
	var rates []rate
	all := c.named("destinations", contract.MaxStates)
	for _, n := range all {
		d.destination(n, from)
		r := n.rate()
		rates = append(rates, r)
		joint = joint || r.form == within
		moves = append(moves, markov.Move{To: n.name})
	}
	if len(all) == 1 {
		moves[0].Probability = rates[0].alone(all[0].cursor)
		return moves, joint
	}
	if joint {
		c.jointly(all, rates, moves)
		return moves, true
	}
	for i, r := range rates {
		if r.form == leaving {
			all[i].cursor.fault("a mean stay, or a share still there, speaks of leaving to anywhere: write it as {hazard: …, to: {…}} when there are several destinations")
			continue
		}
		moves[i].Probability = r.p
	}
	return moves, false
}

// jointly turns shares of all who leave within the same weeks into weekly
// probabilities.
func (c cursor) jointly(all []named, rates []rate, moves []markov.Move) {
	first := slices.IndexFunc(rates, func(r rate) bool { return r.form == within })
	weeks, p := rates[first].weeks, make([]float64, len(rates))
	for i, r := range rates {
		p[i] = r.p
		if r.form != unread && (r.form != within || r.weeks != weeks) {
			all[i].cursor.fault("the move to %s is given within %d weeks: all moves of the row must then be, within the same weeks", quote(all[first].name), weeks)
			return
		}
		if r.form == unread {
			return
		}
	}
	weekly, err := markov.WithinCycles(weeks, p...)
	if err != nil {
		c.fault("the probabilities of leaving within %d weeks add up to 100%% or more: someone must stay, as no steady rate empties a state", weeks)
		return
	}
	for i := range moves {
		moves[i].Probability = weekly[i]
	}
}

// overrides reads the moves of a cohort that stand in for common ones.
func (c cursor) overrides(d *decoder) map[string]markov.Row {
	rows := c.background(d)
	if !c.given() {
		return rows
	}
	for _, e := range c.n.entries {
		path := under(c.path, e.name)
		row := e.value.inner()
		switch {
		case d.bad[path]:
		case len(rows[e.name]) == 0 && (row.kind == block || row.text == "none"):
			d.fault(e.at, path, "this changes nothing: moves replace the common ones one by one, so to stop a move write its destination with 0")
		case usesWithin(row):
			d.completes(e, path, rows[e.name])
		}
	}
	return rows
}

// completes refuses moves within some weeks that stand in for a part of a
// common row: they hold only beside the moves that they were written with.
func (d *decoder) completes(e entry, path string, over markov.Row) {
	for _, piece := range d.p.Background[e.name] {
		for _, move := range piece.Moves {
			if !goesTo(over, move.To) {
				d.fault(e.at, path, "moves given within some weeks must stand with all others out of the state: the common row also moves children to %s, so write that move here too", quote(move.To))
				return
			}
		}
	}
}

// usesWithin tells whether a node has a setting "within" anywhere in it.
func usesWithin(n *node) bool {
	n = n.inner()
	for _, e := range n.entries {
		if e.name == "within" || usesWithin(e.value) {
			return true
		}
	}
	return slices.ContainsFunc(n.items, usesWithin)
}

func goesTo(row markov.Row, state string) bool {
	return slices.ContainsFunc(row, func(p markov.Piece) bool {
		return slices.ContainsFunc(p.Moves, func(m markov.Move) bool { return m.To == state })
	})
}

// destination records why children cannot be moved to a state.
func (d *decoder) destination(n named, from string) {
	err := d.placements.check(n.name)
	switch {
	case n.name == from:
		n.fault("this is a move from %s to itself: who does not move stays, so take it out", quote(from))
	case err != nil && slices.Contains(d.planned.valid, n.name):
		n.fault("%s is a planned state: children enter it at the start only", quote(n.name))
	case err != nil:
		n.fault("%s", more(err.Error(), curled(n.name)))
	}
}

// rate is one rate of moving as it was written.
type rate struct {
	form  form
	p     float64             // weekly probability; within weeks for that form
	weeks int                 // for that form
	exact decimal.NullDecimal // the weekly probability, where it was written as such
}

type form int

const (
	unread  form = iota
	weekly       // by itself a weekly probability to that destination
	leaving      // a weekly probability of leaving to anywhere
	within       // a share of all, within some weeks
)

// alone is the weekly probability of a rate that is the only one out of a
// state.
func (r rate) alone(c cursor) float64 {
	if r.form != within {
		return r.p
	}
	p, err := markov.WithinCycles(r.weeks, r.p)
	if err != nil {
		c.fault("nobody is left after %d weeks: someone must stay, as no steady rate empties a state", r.weeks)
		return 0
	}
	return p[0]
}

// part is a share of the weekly probability of a rate that is the only one out
// of a state.
func (r rate) part(share decimal.Decimal, c cursor) float64 {
	if r.exact.Valid {
		return r.exact.Decimal.Mul(share).InexactFloat64()
	}
	return share.InexactFloat64() * r.alone(c)
}

// rate reads a rate in any of its forms.
func (c cursor) rate() rate {
	var r rate
	switch {
	case !c.given():
		return r
	case c.n.kind == scalar:
		p := c.share(aWeeklyChance)
		r = rate{form: weekly, p: p.InexactFloat64(), exact: decimal.NewNullDecimal(p)}
	case c.isBlock("within"), c.isBlock("probability"):
		r = c.fields("within", "probability").withinRate()
	case c.isBlock("annual rate"):
		r = c.fields("annual rate").annualRate()
	case c.isBlock("mean stay"):
		r = c.fields("mean stay").meanStay()
	case c.isBlock("still there"), c.isBlock("at"):
		r = c.fields("still there", "at").stillThere()
	default:
		c.fault("%s is no rate: write a weekly probability such as 0.002 or 0.2%%, or one of {within: 52 weeks, probability: 20%%}, {annual rate: 0.3}, {mean stay: 40 weeks}, {still there: 60%%, at: 52 weeks}", c.kind())
	}
	if !c.sound() {
		return rate{}
	}
	return r
}

func (f fields) withinRate() rate {
	weeks := f.need("within", someWeeks)
	r := rate{form: within, weeks: weeks.weeks(), p: f.need("probability", aChance).probability(aChance)}
	r.weeks = weeks.oneOrMore(r.weeks)
	return r
}

func (f fields) annualRate() rate {
	annual := value(f.may("annual rate"), aRate, parseRate)
	p, _ := markov.AnnualRate(annual.InexactFloat64(), markov.WeeksPerYear) // 0, and its error, only after a fault
	return rate{form: weekly, p: p}
}

func (f fields) meanStay() rate {
	stay := value(f.may("mean stay"), aMeanStay, parseMeanStay)
	p, _ := markov.MeanStay(stay.InexactFloat64()) // 0, and its error, only after a fault
	return rate{form: leaving, p: p}
}

func (f fields) stillThere() rate {
	at := f.need("at", someWeeks)
	weeks := at.oneOrMore(at.weeks())
	still := f.need("still there", aShare)
	share := still.probability(aShare)
	p, err := markov.StillThere(weeks, share)
	if err != nil && still.sound() {
		still.fault("nobody is still there: write a share above 0, as no steady rate empties a state")
	}
	return rate{form: leaving, p: p}
}

// oneOrMore refuses 0 weeks; what it returns can be divided by.
func (c cursor) oneOrMore(weeks int) int {
	if weeks == 0 && c.sound() {
		c.fault("0 weeks is too short: write 1 week or more")
	}
	return max(1, weeks)
}
