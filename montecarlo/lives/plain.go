package lives

import (
	"math/rand/v2"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// plain is the textbook engine: one random number per child-week, compared
// with the cumulative probabilities of that week's moves, with a generator
// local to the child. Both arms take the same numbers week by week, so that their
// common numbers are not those of jump, and a child who has left care is done.
// Under independent lives the two pair the lives alike. It shares nothing with jump but the programme, so
// agreement of their laws means something, and its speed is what jump is
// measured against.
func plain(s *Simulator, c *cohort, child *child) {
	child.without = s.plainLife(c, child, without)
	child.independent = s.plainLife(c, child, drawnAnew)
	child.with = s.plainLife(c, child, with)
}

func (s *Simulator) plainLife(c *cohort, child *child, which int) []contract.Stay {
	life := s.lives[which].stays[:0]
	source := *rand.NewPCG(child.key, forPlainLaw)
	state, entered, in := c.start, 0, c.alreadyThere
	child.start = -1
	for t := 0; t < child.weeks && state != s.tables.leftCare; t++ {
		begins := t == child.lag && state == c.start && child.starts
		if begins && which == drawnAnew {
			source = *rand.NewPCG(independentKey(child.key), forPlainLaw)
		}
		if begins && which == with {
			if entered < t {
				life = append(life, contract.Stay{State: state, From: entered, To: t})
			}
			state, entered, in = c.planned, t, 0
			child.start = t
		}
		u := float64(source.Uint64()>>11) * 0x1p-53
		next := s.plainMove(c, child, state, t, in, u)
		in++
		if next != state {
			life = append(life, contract.Stay{State: state, From: entered, To: t + 1})
			state, entered, in = next, t+1, 0
		}
	}
	if entered < child.weeks {
		life = append(life, contract.Stay{State: state, From: entered, To: child.weeks})
	}
	return life
}

// plainMove is the state in the next week.
func (s *Simulator) plainMove(c *cohort, child *child, state, since, in int, u float64) int {
	pieces := c.rows[state].pieces
	if state == c.planned {
		pieces = child.planned.pieces
	}
	for i := range pieces {
		piece := &pieces[i]
		if !piece.Since.Contains(since) || !piece.In.Contains(in) {
			continue
		}
		for _, m := range piece.moves {
			if u < m.probability {
				return m.to
			}
			u -= m.probability
		}
		break
	}
	return state
}

// piece is a markov.Piece with states by index.
type piece struct {
	markov.Piece
	moves []indexedMove
}

type indexedMove struct {
	to, number  int
	probability float64
}
