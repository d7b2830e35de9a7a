package lives

import (
	"github.com/edgeofcare/edgeofcare/internal/keyed"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// What would have become of a child who starts is never observed, so no data say
// how much luck its two lives share. They are therefore drawn in two ways. With
// common numbers both lives take the same words for as long as they share their
// history. Under independent lives the one without the programme goes on from the
// start with words of its own: the state, the weeks in it and what came before are
// the child's, and so are the week and council of referral, the age and the draw
// that lets it start. A child who does not start has one life in either case.

// The lives of a child.
const (
	without   = iota // the programme
	with             // the programme
	drawnAnew        // without the programme, independent of the life with it from the start
	numLives
)

// forIndependent is the purpose of the key from which a life is drawn anew.
var forIndependent = keyed.Purpose("child", "independent life")

// independentKey is the key of the words of a child's independent life.
func independentKey(child uint64) uint64 { return keyed.Word(child, forIndependent) }

// drawAnew lets a life go on with words of its own. The rest of a stay is drawn
// from the weeks in the state so far: what is left of an exponential threshold
// does not depend on what has been used up.
func (l *life) drawAnew(s *Simulator, c *cohort) {
	from, in := l.from, l.in
	l.key = independentKey(l.key)
	l.enter(s, c, l.state)
	l.from, l.in = from, in
}

// countIndependent prepares to count the tally's independent lives.
func (s *Simulator) countIndependent() {
	t := s.tables
	s.tally.Independent = &contract.Tally{Shape: t.shape, Weeks: make([]int64, len(s.tally.Weeks))}
	s.tally.Independent.LivedOnlyIn(t.reachableRows(everyCohort, contract.Counterfactual))
}
