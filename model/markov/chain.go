package markov

import (
	"errors"
	"fmt"
	"slices"
)

// Chain is the moves between states, made ready for stepping: a state is a
// place in a list, and what its row says is found once. Any number of groups
// may be followed on one chain.
type Chain struct {
	states []string
	rows   []readyRow // by state
	flows  []flow     // every pair of states between which there is a move
	epochs []epoch
	// carries reports whether any move takes the time in the state along.
	carries bool
}

// readyRow is a Row whose destinations are places.
type readyRow struct {
	pieces []readyPiece
	// settled is the time in the state from which the moves no longer depend
	// on it; 0 if they never do.
	settled int
}

type readyPiece struct {
	state     int
	since, in Span
	stay      float64
	moves     []readyMove
	carries   bool // one of the moves takes the time in the state along
}

type readyMove struct {
	to          int
	probability float64
	flow        int // place among the chain's flows
	carries     bool
}

// flow is a pair of states by their places.
type flow struct{ from, to int }

// epoch is a run of cycles since the start throughout which the same pieces are
// in force. It lasts until the next begins.
type epoch struct {
	from   int
	pieces []*readyPiece // those that have moves
}

// NewChain makes rows ready: rows[i] is the moves out of states[i], and a state
// whose row is empty is absorbing. The error joins the faults of every row, each
// a *RowError if it has a place in the row.
func NewChain(states []string, rows []Row) (*Chain, error) {
	if len(rows) != len(states) {
		return nil, fmt.Errorf("there are %d rows for %d states: give one for each, in the same order", len(rows), len(states))
	}
	var faults []error
	for i, row := range rows {
		faults = append(faults, row.faultsAmong(states, states[i])...)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return newChain(states, rows), nil
}

// newChain makes rows ready that are known to be sound.
func newChain(states []string, rows []Row) *Chain {
	c := &Chain{states: slices.Clone(states), rows: make([]readyRow, len(rows))}
	for from, row := range rows {
		ready := readyRow{pieces: make([]readyPiece, len(row)), settled: row.lastChangeIn()}
		for i, p := range row {
			moves := make([]readyMove, len(p.Moves))
			for j, m := range p.Moves {
				to := slices.Index(c.states, m.To)
				moves[j] = readyMove{to: to, flow: c.flow(from, to)}
			}
			ready.pieces[i] = readyPiece{state: from, since: p.Since, in: p.In, moves: moves}
		}
		ready.fill(row)
		c.rows[from] = ready
	}
	c.divide()
	return c
}

// flow returns the place of a pair of states among the flows.
func (c *Chain) flow(from, to int) int {
	i := slices.Index(c.flows, flow{from, to})
	if i < 0 {
		i = len(c.flows)
		c.flows = append(c.flows, flow{from, to})
	}
	return i
}

// share makes the time in a state go on where a move leads to another state of the
// same list. Who has been in any of them for so long that his moves no longer depend
// on it must be so in all.
func (c *Chain) share(lists [][]string) {
	for _, list := range lists {
		among := func(state int) bool { return slices.Contains(list, c.states[state]) }
		last := 0
		for s, row := range c.rows {
			if !among(s) {
				continue
			}
			last = max(last, row.settled)
			for i := range row.pieces {
				p := &row.pieces[i]
				for j := range p.moves {
					if among(p.moves[j].to) {
						p.moves[j].carries, p.carries, c.carries = true, true, true
					}
				}
			}
		}
		for s := range c.rows {
			if among(s) {
				c.rows[s].settled = last
			}
		}
	}
}

// tellApart keeps generations apart for at least so many cycles in every state.
func (c *Chain) tellApart(cycles int) {
	for s := range c.rows {
		c.rows[s].settled = max(c.rows[s].settled, cycles)
	}
}

// divide finds the epochs.
func (c *Chain) divide() {
	changes := []int{0}
	for _, row := range c.rows {
		for _, p := range row.pieces {
			changes = append(changes, p.since.From, p.since.To) // To 0 is no change, and is there already
		}
	}
	slices.Sort(changes)
	for _, from := range slices.Compact(changes) {
		e := epoch{from: from}
		for _, row := range c.rows {
			for i := range row.pieces {
				if p := &row.pieces[i]; p.since.Contains(from) && len(p.moves) > 0 {
					e.pieces = append(e.pieces, p)
				}
			}
		}
		c.epochs = append(c.epochs, e)
	}
}

// Refill replaces the probabilities of the chain by those of other rows, which
// must have the same spans and destinations, in the same order, as the rows that
// the chain was made of. It allocates nothing, so that one model can be followed
// under many sets of rates. After an error the chain is as it was.
func (c *Chain) Refill(rows []Row) error {
	if len(rows) != len(c.rows) {
		return fmt.Errorf("there are %d rows for %d states: give one for each, in the same order", len(rows), len(c.rows))
	}
	for i, row := range rows {
		if !c.fits(row, c.rows[i]) {
			return fmt.Errorf("state %q: the row has other pieces or destinations than the chain: make a new chain of it", c.states[i])
		}
		if !row.possible() {
			return errors.Join(row.faultsAmong(c.states, c.states[i])...)
		}
	}
	for i, row := range rows {
		c.rows[i].fill(row)
	}
	return nil
}

// fits reports whether a row has the pieces and destinations of one that was
// made ready.
func (c *Chain) fits(row Row, ready readyRow) bool {
	if len(row) != len(ready.pieces) {
		return false
	}
	for i, p := range row {
		as := &ready.pieces[i]
		if p.Since != as.since || p.In != as.in || len(p.Moves) != len(as.moves) {
			return false
		}
		for j, m := range p.Moves {
			if m.To != c.states[as.moves[j].to] {
				return false
			}
		}
	}
	return true
}

// fill sets the probabilities to those of a row that fits.
func (r readyRow) fill(row Row) {
	for i, p := range row {
		for j, m := range p.Moves {
			r.pieces[i].moves[j].probability = m.Probability
		}
		r.pieces[i].stay = max(0, 1-p.leave()) // rounding may take a sum over 1
	}
}
