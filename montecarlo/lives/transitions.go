package lives

import (
	"cmp"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/keyed"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// row is the transitions out of one state, and the stream of random words that
// decides them.
type row struct {
	stream int    // the state whose words are drawn: a planned state draws its parent's
	key    uint64 // of the stream
	transitions
}

// transitions is the moves out of a state as the engines need them, piece by
// piece.
type transitions struct {
	phases phases
	pieces []piece          // the same as probabilities, for the plain engine
	byName [][]numberedMove // by phase: its moves in order of destination
}

// numberedMove is a move of a phase: the number of its probability, and the state
// that it leads to.
type numberedMove struct{ number, to int }

type phases []phase

// phase is a piece of a row: a constant weekly hazard while both clocks are
// inside it.
type phase struct {
	sinceFrom, sinceTo int
	inFrom, inTo       int
	hazard             uint64
	to                 destinations
}

// inForce returns the phase in force, and for how many of the next weeks it stays
// in force for a child who does not move. There always is one: phases tile both
// clocks.
func (p phases) inForce(since, in, weeks int) (*phase, int) {
	i := 0
	for i < len(p)-1 && !p[i].holds(since, in) {
		i++
	}
	f := &p[i]
	return f, min(f.sinceTo-since, f.inTo-in, weeks)
}

func (f *phase) holds(since, in int) bool {
	return since >= f.sinceFrom && since < f.sinceTo && in >= f.inFrom && in < f.inTo
}

// newTransitions prepares a numbered row: see [number]. One without pieces is a
// row in which nobody moves.
func newTransitions(r markov.Row, index map[string]int) transitions {
	if len(r) == 0 {
		r = markov.Row{{}}
	}
	var t transitions
	for _, p := range r {
		one := piece{Piece: p}
		for _, m := range p.Moves {
			one.moves = append(one.moves, indexedMove{to: index[m.To], number: int(m.Probability)})
		}
		var byName []numberedMove
		for _, m := range slices.SortedFunc(slices.Values(p.Moves), func(a, b markov.Move) int { return cmp.Compare(a.To, b.To) }) {
			byName = append(byName, numberedMove{int(m.Probability), index[m.To]})
		}
		t.pieces, t.byName = append(t.pieces, one), append(t.byName, byName)
		t.phases = append(t.phases, phase{
			sinceFrom: p.Since.From, sinceTo: end(p.Since), inFrom: p.In.From, inTo: end(p.In),
			to: make(destinations, 0, len(byName)),
		})
	}
	return t
}

// fill works the hazards and destinations out from probabilities by number.
func (t *transitions) fill(rates []float64) {
	for i := range t.phases {
		leave := 0.0
		moves := t.pieces[i].moves
		for j := range moves {
			moves[j].probability = rates[moves[j].number]
			leave += moves[j].probability
		}
		f := &t.phases[i]
		f.to = cumulate(t.byName[i], rates, f.to[:0])
		f.hazard = keyed.Hazard(leave)
		if len(f.to) == 0 {
			f.hazard = 0
		}
	}
}

// end is the first week after a span.
func end(s markov.Span) int {
	if s.To == 0 {
		return math.MaxInt
	}
	return s.To
}
