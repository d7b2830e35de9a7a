package estimate

import (
	"cmp"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// monday is one on which a week begins.
var monday = calendar.NewDate(2000, 1, 3)

// onOrAfter is the first Monday that is not before a day.
func onOrAfter(d calendar.Date) calendar.Date {
	days := d.Sub(monday) % 7
	if days > 0 {
		days -= 7
	}
	return d.AddDays(-days)
}

// onWeeks are stays as they look to somebody who notes where each child is on Mondays
// alone: a stay between two Mondays is not seen, and a child that left and came back
// between them never left. The second result counts the stays of which no week is seen.
func onWeeks(spells []Spell) ([]Spell, int) {
	var order []int
	byChild := map[int][]*Spell{}
	for i := range spells {
		s := &spells[i]
		if byChild[s.Child] == nil {
			order = append(order, s.Child)
		}
		byChild[s.Child] = append(byChild[s.Child], s)
	}
	var all []Spell
	unseen := 0
	for _, child := range order {
		own := byChild[child]
		slices.SortStableFunc(own, func(a, b *Spell) int { return cmp.Or(a.Start.Compare(b.Start), a.End.Compare(b.End)) })
		seen, not := weeksOf(own)
		all = append(all, seen...)
		unseen += not
	}
	return all, unseen
}

// weeksOf are the stays of one child, which are in order.
func weeksOf(own []*Spell) (all []Spell, unseen int) {
	var last calendar.Date // Monday on which the child was found
	for i, s := range own {
		from := s.Start
		if s.Seen.After(from) {
			from = s.Seen
		}
		found := false
		for week := onOrAfter(from); week.Before(s.End); week = week.AddDays(7) {
			if !last.IsZero() && !week.After(last) {
				continue // stays that overlap: the first counts
			}
			found = true
			if n := len(all) - 1; n >= 0 && week == last.AddDays(7) {
				if all[n].State == s.State {
					all[n].End, last = week.AddDays(7), week
					continue
				}
				all[n].End, all[n].Next = week, s.State
			} else if n >= 0 {
				all[n].close(last, own[:i+1])
			}
			all = append(all, s.from(week))
			last = week
		}
		if !found {
			unseen++
		}
	}
	if n := len(all) - 1; n >= 0 {
		all[n].close(last, own)
	}
	whole := all[:0]
	for _, s := range all {
		if s.End.After(s.Start) && s.End.After(s.Seen) {
			whole = append(whole, s)
		} else {
			unseen++
		}
	}
	return whole, unseen
}

// from is a stay that was first noted on a Monday. One that began before it was seen
// keeps its whole weeks.
func (s *Spell) from(week calendar.Date) Spell {
	w := *s
	w.Start, w.Seen, w.Next, w.End = week, calendar.Date{}, "", week.AddDays(7)
	if s.Seen.After(s.Start) {
		w.Start, w.Seen = week.AddDays(-week.Sub(s.Start)/7*7), week
	}
	return w
}

// close ends a stay after which the child was not found on the next Monday: it was where
// its last stay before then led, or nobody knows, and then the last week was not seen.
func (s *Spell) close(last calendar.Date, own []*Spell) {
	next := last.AddDays(7)
	s.End, s.Next = last, ""
	for _, before := range own {
		if before.Start.Before(next) && !before.End.After(next) && before.End.After(last) {
			s.Next = before.Next
		}
	}
	if s.Next == s.State {
		s.Next = ""
	}
	if s.Next != "" {
		s.End = next
	}
}
