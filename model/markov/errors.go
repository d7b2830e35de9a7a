package markov

import (
	"fmt"
	"strings"
)

// Place says which piece of a row a fault is in.
type Place struct {
	Piece     int  // counted from 1, in the order written
	Since, In Span // the piece's spans, in cycles
}

// String names the piece by its number and both spans.
func (p Place) String() string {
	return fmt.Sprintf("piece %d (since the start: %v; in the state: %v)", p.Piece, p.Since, p.In)
}

// SpanError is a span that begins before cycle 0 or ends before it begins.
type SpanError struct {
	Piece int // of a row, counted from 1; 0 if the span is not in a row
	Span  Span
}

func (e *SpanError) Error() string {
	where := ""
	if e.Piece > 0 {
		where = fmt.Sprintf("piece %d: ", e.Piece)
	}
	return fmt.Sprintf("%sspan from %d to %d: a span begins at cycle 0 or later and ends after it begins (0 for ever)",
		where, e.Span.From, e.Span.To)
}

// OverlapError is two pieces of a row that are in force at the same clocks.
type OverlapError struct{ First, Second Place }

func (e *OverlapError) Error() string {
	return fmt.Sprintf("%v and %v overlap: only one piece may be in force at a time", e.First, e.Second)
}

// GapError is a range of both clocks in which no piece of a row is in force.
type GapError struct{ Since, In Span }

func (e *GapError) Error() string {
	return fmt.Sprintf("no piece is in force since the start: %v; in the state: %v: pieces must cover every cycle of both clocks (a piece without moves says that nobody leaves)",
		e.Since, e.In)
}

// ProbabilityError is a probability that is not one.
type ProbabilityError struct {
	Place Place
	Move  Move
}

func (e *ProbabilityError) Error() string {
	return fmt.Sprintf("%v: the probability of moving to %q is %v: must be from 0 to 1",
		e.Place, e.Move.To, e.Move.Probability)
}

// SumError is a piece whose probabilities add up to more than 1.
type SumError struct {
	Place Place
	Sum   float64
}

func (e *SumError) Error() string {
	return fmt.Sprintf("%v: the probabilities of moving sum to %v: must be at most 1", e.Place, e.Sum)
}

// DestinationError is a destination that a piece names twice, not at all, or
// that is the state itself.
type DestinationError struct {
	Place Place
	To    string
}

func (e *DestinationError) Error() string {
	return fmt.Sprintf("%v: destination %q: must be named once, and not be the state itself (who does not move stays)",
		e.Place, e.To)
}

// StateError is a fault in what the model says of one state.
type StateError struct {
	State string
	Err   error
}

func (e *StateError) Error() string { return fmt.Sprintf("state %q: %v", e.State, e.Err) }

// Unwrap returns the fault itself.
func (e *StateError) Unwrap() error { return e.Err }

// UnknownStateError is the name of a state which the model does not have.
type UnknownStateError struct {
	Where string   // what named it
	Name  string   // as written
	Valid []string // the names of the states there are
}

func (e *UnknownStateError) Error() string {
	return fmt.Sprintf("%s: there is no state %q: must be one of %s", e.Where, e.Name, list(e.Valid))
}

// NameError is a state whose name is empty or taken.
type NameError struct{ Name string }

func (e *NameError) Error() string {
	return fmt.Sprintf("state name %q: names must not be empty or given twice", e.Name)
}

// RangeError is a number outside the range in which it means anything.
type RangeError struct {
	What    string
	Value   float64
	Allowed string // in words
}

func (e *RangeError) Error() string {
	return fmt.Sprintf("%s is %v: must be %s", e.What, e.Value, e.Allowed)
}

// WordError is a word that is none of the valid ones.
type WordError struct {
	What, Word string
	Valid      []string
}

func (e *WordError) Error() string {
	return fmt.Sprintf("%s %q: must be one of %s", e.What, e.Word, list(e.Valid))
}

func list(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = fmt.Sprintf("%q", n)
	}
	return strings.Join(quoted, ", ")
}
