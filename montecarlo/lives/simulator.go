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
	block       *block      // nil for an engine that takes one child at a time
}

// Simulator returns a simulator of the tables' programme. After a
// [Tables.Redraw] it works with the new rates.
func (t *Tables) Simulator(e Engine) *Simulator { return t.simulator(e, e == Jump) }

// simulator returns a simulator whose children live in blocks, where they can, or
// one at a time.
func (t *Tables) simulator(e Engine, blocks bool) *Simulator {
	s := &Simulator{tables: t, engine: e.function(), tally: contract.NewCounts[int64](t.shape)}
	s.countIndependent()
	if blocks {
		s.block = newBlock(s)
	}
	s.tally.LivedOnlyIn(t.reachableRows(everyCohort, contract.Arms()...))
	s.weeks = newWeekCounter(t.reachableRows(s.oneByOne, contract.Arms()...), len(s.tally.Weeks), t.quarter, t.boundaries)
	s.independent = newWeekCounter(t.reachableRows(s.oneByOne, contract.Counterfactual), len(s.tally.Weeks), t.quarter, t.boundaries)
	s.tally.Rules = t.rules
	for i := range s.lives {
		s.lives[i].stays = make([]contract.Stay, t.weeks+1)
	}
	return s
}

func everyCohort(*cohort) bool { return true }

// oneByOne reports whether the children of a cohort live one at a time.
func (s *Simulator) oneByOne(c *cohort) bool { return s.block == nil || c.curves == nil }

// Replicate simulates every child of one replication, in both arms and under
// independent lives, and returns what was counted. The tally belongs to the
// simulator and is valid until the next call. It depends on nothing but the
// programme, the engine, the seed and the number of the replication, which counts
// from 0.
func (s *Simulator) Replicate(seed uint64, replication int) *contract.Tally {
	s.reset()
	key := keyed.Replication(seed, replication)
	s.queue.fill(s, key)
	for i := range s.tables.cohorts {
		c := &s.tables.cohorts[i]
		if s.oneByOne(c) {
			s.liveOneByOne(c, cohortKey(key, c), c.number(key))
		} else {
			s.block.live(c, cohortKey(key, c), c.number(key))
		}
	}
	s.weeks.count(s.tally.Weeks)
	s.independent.count(s.tally.Independent.Weeks)
	return s.tally
}

// liveOneByOne simulates the children of a cohort one at a time.
func (s *Simulator) liveOneByOne(c *cohort, key uint64, children int) {
	for n := range children {
		s.draw(c, keyed.Member(key, n))
		s.queue.serve(c, &s.child)
		s.engine(s, c, &s.child)
		s.book(c)
	}
}

// reset sets to zero what a replication adds to. The weeks that children can live are
// all written anew.
func (s *Simulator) reset() {
	t := s.tally
	for _, cells := range [][]int64{t.Units, t.Referred, t.Started, t.Preparing, t.Early} {
		clear(cells)
	}
}
