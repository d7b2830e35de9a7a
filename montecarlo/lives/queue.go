package lives

import (
	"cmp"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/keyed"
)

// queue decides who starts when, where a programme's capacity is limited: the
// one thing in which one child's life depends on another's. It looks at every
// child first, and then hands out starts week by week in order of referral.
type queue struct {
	// waits is what became of each child of a limited cohort, in the order in
	// which children are drawn.
	waits  []wait
	line   []candidate // for a start, in order of referral
	served int
}

// wait is how a child fared in the queue.
type wait struct {
	// lag is the weeks from referral to the start, or the cohort's.
	lag int
	// starts reports whether the child starts at all.
	starts bool
	// open is the weeks for which the case is open if it does not.
	open int
}

// candidate is a child who could start.
type candidate struct {
	child       int    // among the waits
	key         uint64 // orders children of one week of referral
	referred    int
	ready, gone int // first week in which the child can start, and can no longer
}

// fill simulates every child of the limited cohorts once to see who could start
// when, and settles who does. It does nothing without a limit.
func (q *queue) fill(s *Simulator, replication uint64) {
	q.waits, q.line, q.served = q.waits[:0], q.line[:0], 0
	if s.tables.capacity.None() {
		return
	}
	for i := range s.tables.cohorts {
		c := &s.tables.cohorts[i]
		if !c.limited {
			continue
		}
		cohort := cohortKey(replication, c)
		for n := range c.number(replication) {
			s.draw(c, keyed.Member(cohort, n))
			s.engine(s, c, &s.child)
			q.join(s, c, &s.child)
		}
	}
	slices.SortFunc(q.line, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.referred, b.referred), cmp.Compare(a.key, b.key))
	})
	q.settle(s)
}

// join notes a child, who stands in line if it would start now.
func (q *queue) join(s *Simulator, c *cohort, child *child) {
	w := wait{lag: c.lag, open: child.open}
	if child.start >= 0 {
		until := 0 // when the child leaves the start state, by itself
		for _, stay := range child.without {
			if stay.From <= c.lag && c.lag < stay.To {
				until = stay.To
			}
		}
		w.open = min(until, c.lag+s.tables.capacity.Lapse) // in whose last week it is clear
		until = min(until, c.lag+s.tables.capacity.Lapse+1)
		q.line = append(q.line, candidate{
			child: len(q.waits), key: child.key, referred: child.week, ready: child.week + c.lag, gone: child.week + until,
		})
	}
	q.waits = append(q.waits, w)
}

// settle hands out the starts of every quarter, each week to whoever was
// referred first.
func (q *queue) settle(s *Simulator) {
	free := 0
	for week, quarter := range s.tables.quarter {
		if week == s.tables.boundaries[quarter] {
			free = s.tables.capacity.StartsPerQuarter
		}
		for i := 0; i < len(q.line) && free > 0 && q.line[i].referred <= week; i++ {
			if c := q.line[i]; c.ready <= week && week < c.gone {
				w := &q.waits[c.child]
				w.starts, w.lag = true, week-c.referred
				q.line[i].gone = 0
				free--
			}
		}
	}
}

// serve gives a child of a limited cohort its place.
func (q *queue) serve(c *cohort, child *child) {
	if !c.limited {
		return
	}
	w := q.waits[q.served]
	q.served++
	child.starts, child.lag, child.open = w.starts, w.lag, w.open
	child.planned = &c.placements[w.lag-c.lag]
}
