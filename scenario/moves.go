package scenario

import (
	"fmt"
	"slices"
	"strings"

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
		moves[i].Probability = weekly[i]
	}
}

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
	leaving      // a weekly probability of leaving for any destination
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
		c.fault("nobody is left after %d weeks: some must stay, because no constant rate empties a state", r.weeks)
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
		c.fault("%s is not a rate: write a weekly probability such as 0.002 or 0.2%%, or one of {within: 52 weeks, probability: 20%%}, {annual rate: 0.3}, {mean stay: 40 weeks}, {still there: 60%%, at: 52 weeks}", c.kind())
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
