package markov

import "fmt"

// RowError is a fault of a row of moves, and where in the row it is. The
// faults of a row that have no place are plain errors.
type RowError struct {
	State     string // whose row it is; empty if the row was checked by itself
	Piece     int    // counted from 1 in the order written; 0 for a gap between pieces
	Second    int    // the piece that Piece overlaps; 0 for every other fault
	Since, In Span   // where on both clocks: the piece, the gap, or what both pieces cover
	// Sum is what the probabilities of the piece sum to where that is more
	// than 1; 0 for every other fault.
	Sum     float64
	problem string // of any other fault of a piece
}

// Error says where the fault is and what is allowed, in cycles since the start.
func (e *RowError) Error() string { return e.Say("cycle", "the start") }

// Say returns the message of Error in the words of a field: what a cycle is
// called, such as "week", and where a path starts, such as "referral".
func (e *RowError) Say(cycle, start string) string {
	where := fmt.Sprintf("since %s: %s; in the state: %s", start, e.Since.words(cycle), e.In.words(cycle))
	message := fmt.Sprintf("piece %d (%s): %s", e.Piece, where, e.problem)
	switch {
	case e.Second > 0:
		message = fmt.Sprintf("pieces %d and %d overlap (%s): only one piece may be in force at a time", e.Piece, e.Second, where)
	case e.Piece == 0:
		message = fmt.Sprintf("no piece is in force %s: pieces must cover every %s of both clocks (a piece without moves says that nobody leaves)", where, cycle)
	case e.Sum > 0:
		message = fmt.Sprintf("piece %d (%s): the probabilities of moving sum to %v: must be at most 1", e.Piece, where, e.Sum)
	}
	if e.State == "" {
		return message
	}
	return fmt.Sprintf("state %q: %s", e.State, message)
}
