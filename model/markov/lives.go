package markov

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/edgeofcare/edgeofcare/internal/keyed"
)

// Stay is the time that one person spends in a state without leaving it.
type Stay struct {
	State string `json:"state"`
	From  int    `json:"from"` // boundary at which the person came, 0 at the start
	To    int    `json:"to"`   // boundary at which the person left; for the last stay the number of cycles
	In    int    `json:"in"`   // cycles on the clock of the state on coming: 0 but for those already there and shared clocks
}

// Lives is single lives of a model, drawn at random by the law of which its trace is
// the mean. Every person has a number, and a life depends on seed and number alone.
//
// Random words are keyed by (seed, person, state, visit). One word decides a stay: the
// cycle in which the cumulative hazard −Σ ln(1 − p) reaches an exponential amount, and
// with separate bits the destination. So the same person under other probabilities is
// the same person, whose life differs only from where the probabilities tell: two models
// under one seed are compared with much less chance than under two seeds. The law is
// that of the probabilities to about 1 in 10⁷ of a share of moves and 1 in 10¹² of a
// hazard.
//
// Two goroutines may use one Lives at the same time.
type Lives struct {
	model   Model // its states and cycles
	seed    uint64
	chain   *Chain
	laws    []law    // by state
	keys    []uint64 // by state: of its words
	already []int    // by state: cycles already spent there at the start
	start   []keyedChoice
}

// law is the moves out of a state as a life needs them.
type law []lawSince

// lawSince is the moves of one run of cycles since the start.
type lawSince struct {
	from   int
	pieces []lawPiece // in order of in, without gaps
}

type lawPiece struct {
	in     int // cycles in the state from which on it is in force
	hazard uint64
	to     []keyedChoice
	moves  []readyMove // by place in to
}

// keyedChoice is a place in a list and the cumulative share that it ends.
type keyedChoice struct {
	below uint32
	place int
}

var forStart = keyed.Purpose("person", "start")

// Lives makes single lives ready, or returns every fault that Validate finds.
func (m Model) Lives(seed uint64) (*Lives, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	l := &Lives{
		model: Model{States: slices.Clone(m.States), Cycles: m.Cycles, CyclesPerYear: m.CyclesPerYear},
		seed:  seed, chain: m.chain(),
	}
	for s, name := range l.chain.states {
		l.keys = append(l.keys, keyed.Purpose("state", name))
		l.laws = append(l.laws, newLaw(l.chain.rows[s]))
		l.already = append(l.already, m.AlreadyThere[name])
	}
	var shares []float64
	for _, name := range l.chain.states {
		shares = append(shares, m.Start[name])
	}
	l.start = choices(shares)
	return l, nil
}

// newLaw divides a row at every cycle since the start at which it changes.
func newLaw(row readyRow) law {
	var changes []int
	for _, p := range row.pieces {
		changes = append(changes, p.since.From)
	}
	slices.Sort(changes)
	var l law
	for _, from := range slices.Compact(changes) {
		one := lawSince{from: from}
		for _, p := range row.pieces {
			if p.since.Contains(from) {
				one.pieces = append(one.pieces, newLawPiece(p))
			}
		}
		slices.SortFunc(one.pieces, func(a, b lawPiece) int { return a.in - b.in })
		l = append(l, one)
	}
	return l
}

func newLawPiece(p readyPiece) lawPiece {
	one := lawPiece{in: p.in.From, moves: slices.Clone(p.moves)}
	slices.SortFunc(one.moves, func(a, b readyMove) int { return a.to - b.to }) // in order of name
	leave := 0.0
	var shares []float64
	for _, m := range one.moves {
		leave += m.probability
		shares = append(shares, m.probability)
	}
	one.to = choices(shares)
	if len(one.to) > 0 {
		one.hazard = keyed.Hazard(leave)
	}
	return one
}

// choices cumulates shares; places with a share of 0 are left out.
func choices(shares []float64) []keyedChoice {
	total, sum := 0.0, 0.0
	for _, share := range shares {
		total += share
	}
	var list []keyedChoice
	for place, share := range shares {
		if share > 0 {
			sum += share
			list = append(list, keyedChoice{keyed.Share(sum / total), place})
		}
	}
	return list
}

// choose returns the place that a word chooses.
func choose(list []keyedChoice, word uint64) int {
	bits := keyed.Destination(word)
	for _, one := range list {
		if bits < one.below {
			return one.place
		}
	}
	return list[len(list)-1].place
}

// Life returns the life of a person, numbered from 0: stays in the order in which they
// are lived. The last is that in which the model ends; a person who comes to a state in
// the very last cycle has a stay of no length there.
func (l *Lives) Life(person int) []Stay {
	var life []Stay
	for _, s := range l.live(person, nil) {
		life = append(life, Stay{State: l.chain.states[s.state], From: s.from, To: s.to, In: s.in})
	}
	return life
}

// stay is a Stay by places.
type stay struct {
	state, from, to, in int
	flow                int // of the move that ends it; -1 if none does
}

// live appends the stays of a person to a list.
func (l *Lives) live(person int, life []stay) []stay {
	key := keyed.Member(keyed.Replication(l.seed, 0), person)
	visits := make([]uint64, len(l.chain.states))
	state := choose(l.start, keyed.Word(key, forStart))
	since, in := 0, l.already[state]
	for {
		word := keyed.Word(key, l.keys[state]+visits[state]*keyed.Golden)
		visits[state]++
		until, piece := l.laws[state].leave(keyed.Threshold(word), since, in, l.model.Cycles)
		one := stay{state: state, from: since, to: until, in: in, flow: -1}
		if piece == nil {
			return append(life, one)
		}
		move := &piece.moves[choose(piece.to, word)]
		one.flow = move.flow
		life = append(life, one)
		if in += until - since; !move.carries {
			in = 0
		}
		state, since = move.to, until
	}
}

// leave returns the boundary at which a stay ends, and the piece by which; nil if the
// model ends before. The threshold is used up cycle by cycle; while the hazard is
// constant that is one division.
func (l law) leave(left uint64, since, in, cycles int) (until int, piece *lawPiece) {
	for since < cycles && len(l) > 0 {
		i := sort.Search(len(l), func(i int) bool { return l[i].from > since }) - 1
		pieces, n := l[i].pieces, cycles-since
		if i+1 < len(l) {
			n = min(n, l[i+1].from-since)
		}
		i = sort.Search(len(pieces), func(i int) bool { return pieces[i].in > in }) - 1
		if i+1 < len(pieces) {
			n = min(n, pieces[i+1].in-in)
		}
		one := &pieces[i]
		if one.hazard > 0 && (left-1)/one.hazard < uint64(n) {
			return since + int((left-1)/one.hazard) + 1, one
		}
		left -= uint64(n) * one.hazard
		since, in = since+n, in+n
	}
	return cycles, nil
}

// Totals returns what each of a number of people collects, numbered from 0, in the unit
// of the values and under a convention: see [Model.PerPerson] for the exact mean and
// variance of these amounts. The errors are those of PerPerson, and that of the context
// if it ends.
func (l *Lives) Totals(ctx context.Context, people int, c Convention, values ...Value) ([]float64, error) {
	if err := inRange("the number of people", float64(people), people >= 1, "1 or more"); err != nil {
		return nil, err
	}
	v, err := l.model.valuation(l.chain, c, values)
	if err != nil {
		return nil, err
	}
	totals := make([]float64, people)
	var life []stay
	for person := range totals {
		if person%1024 == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("after %d of %d lives: %w", person, people, ctx.Err())
		}
		life = l.live(person, life[:0])
		totals[person] = v.total(life)
		if !(math.Abs(totals[person]) <= math.MaxFloat64) {
			return nil, finite(fmt.Sprintf("the total of person %d", person), totals[person])
		}
	}
	return totals, nil
}

// total adds up what a life collects.
func (v *valuation) total(life []stay) float64 {
	total := 0.0
	for _, s := range life {
		for b := s.from; b <= s.to; b++ { // boundaries at which the state is held
			if b == s.to && s.flow >= 0 {
				break
			}
			in := s.in + b - s.from
			if v.end > 0 && b > 0 {
				total += v.end * v.held(s.state, b-1, in)
			}
			if v.start > 0 && b < len(v.factors) {
				total += v.start * v.held(s.state, b, in)
			}
		}
		if s.flow >= 0 {
			total += v.moved(s.flow, s.to-1, s.in+s.to-1-s.from)
		}
	}
	return total
}
