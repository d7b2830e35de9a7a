package markov

import (
	"errors"
	"math"
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

// UsesIn reports whether the time in the state matters. A row that does not
// use it can be followed without remembering when the state was entered.
func (r Row) UsesIn() bool {
	return r.lastChangeIn() > 0
}

// Validate joins every fault of the row: a *SpanError, *OverlapError or
// *GapError where the pieces do not tile the clocks; a *ProbabilityError,
// *SumError or *DestinationError where a piece's moves make no sense. Whether
// destinations exist is for [Model.Validate], which knows the states.
func (r Row) Validate() error {
	return errors.Join(r.faults()...)
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
		if s.Validate() != nil {
			faults = append(faults, &SpanError{Piece: i + 1, Span: s})
		}
	}
	return faults
}

func (r Row) overlaps() []error {
	var faults []error
	for i, a := range r {
		for j := i + 1; j < len(r); j++ {
			if b := r[j]; a.Since.overlaps(b.Since) && a.In.overlaps(b.In) {
				faults = append(faults, &OverlapError{First: r.place(i), Second: r.place(j)})
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
	left := []GapError{{}}
	for _, p := range r {
		var rest []GapError
		for _, g := range left {
			rest = append(rest, g.without(p)...)
		}
		left = rest
	}
	var faults []error
	for _, g := range left {
		faults = append(faults, &g)
	}
	return faults
}

// without returns the parts of the gap, at most four, that lie outside a piece.
func (e GapError) without(p Piece) []GapError {
	if !e.Since.overlaps(p.Since) || !e.In.overlaps(p.In) {
		return []GapError{e}
	}
	var rest []GapError
	since, during := e.Since.cut(p.Since)
	for _, s := range since {
		rest = append(rest, GapError{Since: s, In: e.In})
	}
	in, _ := e.In.cut(p.In)
	for _, s := range in {
		rest = append(rest, GapError{Since: during, In: s})
	}
	return rest
}

func (r Row) moveFaults(i int) []error {
	var faults []error
	seen := map[string]bool{}
	for _, m := range r[i].Moves {
		if math.IsNaN(m.Probability) || m.Probability < 0 || m.Probability > 1 {
			faults = append(faults, &ProbabilityError{Place: r.place(i), Move: m})
		}
		if seen[m.To] || m.To == "" {
			faults = append(faults, &DestinationError{Place: r.place(i), To: m.To})
		}
		seen[m.To] = true
	}
	if sum := r[i].leave(); len(faults) == 0 && sum > 1+sumTolerance {
		faults = append(faults, &SumError{Place: r.place(i), Sum: sum})
	}
	return faults
}

// find returns the index of the piece in force, -1 if there is none.
func (r Row) find(since, in int) int {
	return slices.IndexFunc(r, func(p Piece) bool {
		return p.Since.Contains(since) && p.In.Contains(in)
	})
}

func (r Row) place(i int) Place {
	return Place{Piece: i + 1, Since: r[i].Since, In: r[i].In}
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
