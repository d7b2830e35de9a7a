package lives

import (
	"math"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Simulator runs replications one at a time. It keeps its tally and working
// space from one to the next, so that a replication allocates nothing. It is
// not safe for concurrent use: each worker has its own.
type Simulator struct {
	tables *Tables
	live   func(*Simulator, *cohort, *child) // the engine: fills the child's two lives
	tally  *contract.Tally
	marks  marks // of the tally's weeks
	child  child
	lives  [2]life // by arm
	queue  queue
	spans  []contract.Span
}

// child is one child's draws and the two lives that follow from them.
type child struct {
	key     uint64
	week    int // of referral
	council int
	age     int // on the first day of the referral week, in days; 0 where ages are not modelled
	// weeks is how many whole weeks are lived before the 18th birthday or
	// the horizon.
	weeks int
	// starts tells whether the child will start if still in the start state.
	starts bool
	// lag is the weeks from referral to the start: the cohort's, or more for a
	// child who waited for one.
	lag int
	// open is the weeks for which the case is open if the child does not start.
	open int
	// planned is the moves out of the planned state.
	planned *course

	without, with []contract.Stay // counterfactual and intervention
	start         int             // week since referral in which the planned state began; -1 if never
}

// Simulator returns a simulator that works with these tables. It is as good
// after [Tables.Redraw] as before.
func (t *Tables) Simulator(e Engine) *Simulator {
	s := &Simulator{tables: t, live: e.lives(), tally: contract.NewCounts[int64](t.shape)}
	lived := t.lived()
	s.tally.LivedOnlyIn(lived)
	s.marks = newMarks(lived, len(s.tally.Weeks), t.quarter, t.boundaries)
	s.tally.Rules = t.rules
	for arm := range s.lives {
		s.lives[arm].stays = make([]contract.Stay, t.weeks+1)
	}
	return s
}

// Replicate counts one replication. The tally is the simulator's own, and holds
// until the next call.
func (s *Simulator) Replicate(seed uint64, replication int) *contract.Tally {
	s.tally.Reset()
	key := replicationKey(seed, replication)
	s.queue.fill(s, key)
	for i := range s.tables.cohorts {
		c := &s.tables.cohorts[i]
		cohort := cohortKey(key, c)
		for n := range c.number(key) {
			s.draw(c, childKey(cohort, n))
			s.queue.serve(c, &s.child)
			s.live(s, c, &s.child)
			s.book(c)
		}
	}
	s.marks.settle(s.tally.Weeks)
	return s.tally
}

// The purposes of the words that are not about a state.
var (
	forNumber   = purpose("children", "number")
	forWeek     = purpose("child", "referral week")
	forCouncil  = purpose("child", "commissioner")
	forAge      = purpose("child", "age")
	forStart    = purpose("child", "start")
	forPlainLaw = purpose("child", "plain engine")
)

// number is how many children are referred in a replication.
func (c *cohort) number(replication uint64) int {
	key := mix(replication ^ c.key ^ forNumber)
	if c.law == model.Poisson {
		// The number of arrivals of a unit-rate process before time children:
		// exact, and more children in expectation only ever adds some.
		n, time := 0, 0.0
		for {
			time -= math.Log(unit(word(key, uint64(n)*golden)))
			if time > c.children {
				return n
			}
			n++
		}
	}
	whole, fraction := math.Modf(c.children)
	if unit(key) < fraction {
		whole++
	}
	return int(whole)
}

// draw makes the draws of a child that do not depend on the path.
func (s *Simulator) draw(c *cohort, key uint64) {
	s.child.key = key
	s.child.week = c.first + c.week.draw(unit(word(key, forWeek)))
	s.child.council = s.tables.council.draw(unit(word(key, forCouncil)))
	s.child.weeks = s.tables.weeks - s.child.week
	if c.ages {
		s.child.age = c.ageFrom + int(unit(word(key, forAge))*float64(c.ageTo-c.ageFrom))
		s.child.weeks = min(s.child.weeks, model.WeeksBefore18(s.child.age)+c.birthdaySlip)
	}
	s.child.starts = unit(word(key, forStart)) < c.startProbability
	s.child.lag, s.child.planned = c.lag, &c.placements[0]
	s.child.open = min(c.lag, s.child.weeks)
}

// book adds the child's lives, and what they earn, to the tally.
func (s *Simulator) book(c *cohort) {
	child, t := &s.child, s.tally
	q := s.tables.quarter[child.week]
	t.ReferredIn(c.index, child.council)[q]++
	if child.week < s.tables.early {
		t.Early[t.Shape.Row(c.index, child.council)]++
	}
	open := child.open
	if child.start >= 0 {
		open = child.start
		t.StartedIn(c.index, child.council)[s.tables.quarter[child.week+child.start]]++
	}
	s.add(t.PreparingIn(c.index, child.council), child.week, child.week+open, 1)
	s.bookLife(c, contract.Counterfactual, child.without)
	s.bookLife(c, contract.Intervention, child.with)
	for i := range c.metrics {
		m := &c.metrics[i]
		if child.start < 0 || !m.pays(c, child) {
			continue
		}
		path := contract.Path{Stays: child.with, Start: child.start, Payable: m.payable}
		s.spans = m.trigger.Count(path, s.spans[:0])
		units := t.UnitsOf(m.index, child.council)
		for _, span := range s.spans {
			s.add(units, child.week+span.From, child.week+span.To, span.Units)
		}
	}
}

// bookLife adds one life's weeks, split at the end of tracking. After the 18th
// birthday the child has left care.
func (s *Simulator) bookLife(c *cohort, arm contract.Arm, life []contract.Stay) {
	child, m := &s.child, &s.marks
	rows, end := &c.weeks[child.council], child.week+child.lag+c.tracking
	first, after := rows[contract.Tracking][arm], rows[contract.AfterTracking][arm]
	if child.week+child.weeks < s.tables.weeks {
		life = append(life, contract.Stay{State: s.tables.leftCare, From: child.weeks}) // there is room
	}
	state := life[0].State
	m.come(first+state, child.week)
	for _, stay := range life[1:] {
		week := child.week + stay.From
		if first != after && week >= end {
			m.move(first+state, after+state, end)
			first = after
		}
		m.move(first+state, first+stay.State, week)
		state = stay.State
	}
	if first != after && end < s.tables.weeks {
		m.move(first+state, after+state, end)
	}
}

// add books units in each of the weeks from to to - 1 to their quarters.
func (s *Simulator) add(quarters []int64, from, to int, units int64) {
	for q := s.tables.quarter[from]; from < to; q++ {
		until := min(to, s.tables.boundaries[q+1])
		quarters[q] += int64(until-from) * units
		from = until
	}
}
