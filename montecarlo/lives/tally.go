package lives

import "github.com/edgeofcare/edgeofcare/model/contract"

// book adds the child's lives, and what they earn, to the tally.
func (s *Simulator) book(c *cohort) {
	child, t := &s.child, s.tally
	q := s.tables.quarter[child.week]
	t.ReferredIn(c.index, child.commissioner)[q]++
	if child.week < s.tables.early {
		t.Early[t.Shape.Row(c.index, child.commissioner)]++
	}
	open := child.open
	if child.start >= 0 {
		open = child.start
		t.StartedIn(c.index, child.commissioner)[s.tables.quarter[child.week+child.start]]++
	}
	s.addWeeks(t.PreparingIn(c.index, child.commissioner), child.week, child.week+open, 1)
	s.bookLife(c, &s.weeks, contract.Counterfactual, child.without)
	s.bookLife(c, &s.weeks, contract.Intervention, child.with)
	s.bookLife(c, &s.independent, contract.Counterfactual, child.independent)
	if child.start >= 0 {
		s.earn(c)
	}
}

// earn adds what the life of a child who started earns.
func (s *Simulator) earn(c *cohort) {
	child := &s.child
	for i := range c.metrics {
		m := &c.metrics[i]
		if !m.pays(c, child.commissioner, child.age+7*child.lag) {
			continue
		}
		path := contract.Path{Stays: child.with, Start: child.start, Payable: m.payable, Referred: s.tables.first.AddDays(7 * child.week)}
		s.spans = m.trigger.Count(path, s.spans[:0])
		units := s.tally.UnitsOf(m.index, child.commissioner)
		for _, span := range s.spans {
			s.addWeeks(units, child.week+span.From, child.week+span.To, span.Units)
		}
	}
}

// bookLife adds one life's weeks, split at the end of tracking. After the 18th
// birthday the child has left care.
func (s *Simulator) bookLife(c *cohort, weeks *weekCounter, arm contract.Arm, life []contract.Stay) {
	child := &s.child
	rows, end := &c.weeks[child.commissioner], child.week+child.lag+c.tracking
	first, after := rows[contract.Tracking][arm], rows[contract.AfterTracking][arm]
	if child.week+child.weeks < s.tables.weeks {
		life = append(life, contract.Stay{State: s.tables.leftCare, From: child.weeks}) // there is room
	}
	state := life[0].State
	weeks.enter(first+state, child.week)
	for _, stay := range life[1:] {
		week := child.week + stay.From
		if first != after && week >= end {
			weeks.move(first+state, after+state, end)
			first = after
		}
		weeks.move(first+state, first+stay.State, week)
		state = stay.State
	}
	if first != after && end < s.tables.weeks {
		weeks.move(first+state, after+state, end)
	}
}

// addWeeks adds units in each of the weeks from to to - 1 to their quarters.
func (s *Simulator) addWeeks(quarters []int64, from, to int, units int64) {
	for q := s.tables.quarter[from]; from < to; q++ {
		until := min(to, s.tables.boundaries[q+1])
		quarters[q] += int64(until-from) * units
		from = until
	}
}
