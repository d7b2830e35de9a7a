package markov

import (
	"errors"
	"fmt"
	"slices"
)

// sumTolerance is how far rounding alone may take the sum of a piece over 1.
const sumTolerance = 1e-12

// Move is the probability per cycle of going to a state.
type Move struct {
	To          string  `json:"to"`          // name of the state moved to
	Probability float64 `json:"probability"` // per cycle, 0 to 1
}

// Piece is the moves out of a state while both clocks are inside their spans.
type Piece struct {
	Since Span   `json:"since,omitzero"` // cycles since the start of the path (for a child: weeks since referral)
	In    Span   `json:"in,omitzero"`    // cycles since the state was entered
	Moves []Move `json:"moves"`          // none: nobody leaves
}

// leave is the probability of going anywhere, per cycle.
func (p Piece) leave() float64 {
	sum := 0.0
	for _, m := range p.Moves {
		sum += m.Probability
	}
	return sum
}

// Row is all moves out of one state: pieces which tile both clocks without
// gap or overlap. An empty Row never moves.
type Row []Piece

// At returns the moves in force in a cycle that begins `since` cycles after
// the start of the path and `in` cycles after the state was entered; nil where
// the row is empty. The slice is the row's own: do not change it.
func (r Row) At(since, in int) []Move {
	if i := r.find(since, in); i >= 0 {
		return r[i].Moves
	}
	return nil
}

// Leave returns the probability per cycle of leaving the state at those clocks:
// the sum over the moves in force.
func (r Row) Leave(since, in int) float64 {
	return Piece{Moves: r.At(since, in)}.leave()
}

// Validate joins every fault of the row, each a *RowError: where the pieces do
// not tile the clocks, and where the moves of a piece make no sense. A span that
// ends before it begins is a plain error. Whether destinations exist is for
// [Model.Validate] and [NewChain], which know the states.
func (r Row) Validate() error {
	return errors.Join(r.faults()...)
}

// faultsAmong returns the faults of the row out of a state, once the states are
// known.
func (r Row) faultsAmong(states []string, state string) []error {
	faults := r.faults()
	for i, p := range r {
		for _, m := range p.Moves {
			if m.To == state {
				faults = append(faults, r.destinationFault(i, m.To))
			} else if !slices.Contains(states, m.To) {
				faults = append(faults, r.fault(i, "%v", known(states, m.To)))
			}
		}
	}
	for i, fault := range faults {
		if at, ok := errors.AsType[*RowError](fault); ok {
			at.State = state
		} else {
			faults[i] = fmt.Errorf("state %q: %w", state, fault)
		}
	}
	return faults
}

func (r Row) faults() []error {
	var faults []error
	for i := range r {
		faults = append(faults, r.spanFaults(i)...)
	}
	// Gaps and overlaps of spans that run backwards would only confuse.
	if len(faults) == 0 {
		faults = append(r.overlaps(), r.gaps()...)
	}
	for i := range r {
		faults = append(faults, r.moveFaults(i)...)
	}
	return faults
}

func (r Row) spanFaults(i int) []error {
	var faults []error
	for _, s := range []Span{r[i].Since, r[i].In} {
		if err := s.validate(); err != nil {
			faults = append(faults, fmt.Errorf("piece %d: %w", i+1, err))
		}
	}
	return faults
}

func (r Row) overlaps() []error {
	var faults []error
	for i, a := range r {
		for j := i + 1; j < len(r); j++ {
			since, ok1 := a.Since.And(r[j].Since)
			in, ok2 := a.In.And(r[j].In)
			if ok1 && ok2 {
				faults = append(faults, &RowError{Piece: i + 1, Second: j + 1, Since: since, In: in})
			}
		}
	}
	return faults
}

// gaps takes each piece out of the whole of both clocks: what is left is what
// no piece covers.
func (r Row) gaps() []error {
	if len(r) == 0 {
		return nil
	}
	left := []Piece{{}}
	for _, p := range r {
		var rest []Piece
		for _, gap := range left {
			rest = append(rest, gap.without(p)...)
		}
		left = rest
	}
	var faults []error
	for _, gap := range left {
		faults = append(faults, &RowError{Since: gap.Since, In: gap.In})
	}
	return faults
}

// without returns the parts of a gap, at most four, that lie outside a piece.
func (p Piece) without(other Piece) []Piece {
	if !p.Since.overlaps(other.Since) || !p.In.overlaps(other.In) {
		return []Piece{p}
	}
	var rest []Piece
	since, during := p.Since.cut(other.Since)
	for _, s := range since {
		rest = append(rest, Piece{Since: s, In: p.In})
	}
	in, _ := p.In.cut(other.In)
	for _, s := range in {
		rest = append(rest, Piece{Since: during, In: s})
	}
	return rest
}

func (r Row) moveFaults(i int) []error {
	var faults []error
	seen := map[string]bool{}
	for _, m := range r[i].Moves {
		if !probability(m.Probability) {
			faults = append(faults, r.fault(i, "the probability of moving to %q is %v: must be from 0 to 1", m.To, m.Probability))
		}
		if seen[m.To] || m.To == "" {
			faults = append(faults, r.destinationFault(i, m.To))
		}
		seen[m.To] = true
	}
	if sum := r[i].leave(); len(faults) == 0 && sum > 1+sumTolerance {
		faults = append(faults, &RowError{Piece: i + 1, Since: r[i].Since, In: r[i].In, Sum: sum})
	}
	return faults
}

func (r Row) destinationFault(i int, to string) error {
	return r.fault(i, "destination %q: must be named once, and not be the state itself (who does not move stays)", to)
}

// fault returns a fault of one piece.
func (r Row) fault(i int, problem string, args ...any) error {
	return &RowError{Piece: i + 1, Since: r[i].Since, In: r[i].In, problem: fmt.Sprintf(problem, args...)}
}

// possible reports whether every probability is one, and those of every piece
// sum to at most 1.
func (r Row) possible() bool {
	for _, p := range r {
		for _, m := range p.Moves {
			if !probability(m.Probability) {
				return false
			}
		}
		if p.leave() > 1+sumTolerance {
			return false
		}
	}
	return true
}

func probability(p float64) bool { return p >= 0 && p <= 1 } // so not if NaN

// find returns the index of the piece in force, -1 if there is none.
func (r Row) find(since, in int) int {
	return slices.IndexFunc(r, func(p Piece) bool {
		return p.Since.Contains(since) && p.In.Contains(in)
	})
}

// lastChangeIn is the last value of the in-state clock at which the row
// changes: whoever has been there longer is all alike.
func (r Row) lastChangeIn() int {
	last := 0
	for _, p := range r {
		last = max(last, p.In.From, p.In.To)
	}
	return last
}
