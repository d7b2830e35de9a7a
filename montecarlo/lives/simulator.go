package lives

import (
	"github.com/edgeofcare/edgeofcare/internal/keyed"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Simulator runs replications one at a time. It keeps its tally and working
// space from one to the next, so that a replication allocates nothing. It is not
// safe for concurrent use: each worker needs one of its own.
type Simulator struct {
	tables *Tables
	engine func(*Simulator, *cohort, *child) // the engine: fills the child's lives
	tally  *contract.Tally
	weeks  weekCounter // of the tally
	child  child
	lives  [numLives]life
	queue  queue
	spans  []contract.Span

	independent weekCounter // of the tally's independent lives
}

// Simulator returns a simulator of the tables' programme. After a
// [Tables.Redraw] it works with the new rates.
func (t *Tables) Simulator(e Engine) *Simulator {
	s := &Simulator{tables: t, engine: e.function(), tally: contract.NewCounts[int64](t.shape)}
	rows := t.reachableRows(contract.Arms()...)
	s.tally.LivedOnlyIn(rows)
	s.weeks = newWeekCounter(rows, len(s.tally.Weeks), t.quarter, t.boundaries)
	s.countIndependent()
	s.tally.Rules = t.rules
	for i := range s.lives {
		s.lives[i].stays = make([]contract.Stay, t.weeks+1)
	}
	return s
}

// Replicate simulates every child of one replication, in both arms and under
// independent lives, and returns what was counted. The tally belongs to the simulator and is valid until the
// next call. It depends on nothing but the programme, the engine, the seed and
// the number of the replication, which counts from 0.
func (s *Simulator) Replicate(seed uint64, replication int) *contract.Tally {
	s.tally.Reset()
	key := keyed.Replication(seed, replication)
	s.queue.fill(s, key)
	for i := range s.tables.cohorts {
		c := &s.tables.cohorts[i]
		cohort := cohortKey(key, c)
		for n := range c.number(key) {
			s.draw(c, keyed.Member(cohort, n))
			s.queue.serve(c, &s.child)
			s.engine(s, c, &s.child)
			s.book(c)
		}
	}
	s.weeks.count(s.tally.Weeks)
	s.independent.count(s.tally.Independent.Weeks)
	return s.tally
}
