package ssda903

import (
	"cmp"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// join puts the episodes of one child, of all returns, into one line without overlaps,
// by the rules that the local authorities' analysts have published for open episodes
// of older returns, and says what it does.
func (r *reader) join(all []episode) []episode {
	slices.SortStableFunc(all, func(a, b episode) int {
		return cmp.Or(a.start.Compare(b.start), cmp.Compare(a.days(), b.days()), cmp.Compare(a.year, b.year), cmp.Compare(a.row, b.row))
	})
	all = r.sameDay(all)
	all = r.sameStart(all)
	all = r.restated(all)
	for i := range all {
		if i == 0 {
			r.begin(&all[0])
		}
		if i+1 < len(all) {
			r.meet(&all[i], &all[i+1])
		} else {
			r.last(&all[i])
		}
	}
	return all
}

// days orders episodes of one start: those that end on the day itself come first.
func (e *episode) days() int {
	if e.end == e.start {
		return 0
	}
	return 1
}

// sameDay takes out episodes that end on the day on which they begin, as no child can be
// in a placement for no night. What they say of the moves before and after stays.
func (r *reader) sameDay(all []episode) []episode {
	kept := all[:0]
	for i := 0; i < len(all); i++ {
		e := all[i]
		if e.end != e.start {
			kept = append(kept, e)
			continue
		}
		r.reject(e.row, "same day", "it ends on the day on which it begins (rule 355)")
		if i+1 < len(all) && all[i+1].start == e.start {
			if e.rne == "S" && all[i+1].rne != "S" {
				all[i+1].rne = "S"
				r.repair(all[i+1].row, "same day", "the period of care begins with this episode, as the one before it lasted no day")
			}
		} else if k := len(kept) - 1; k >= 0 && kept[k].end == e.start && kept[k].ended == "X1" {
			kept[k].ended, kept[k].reason = e.ended, e.reason
			r.repair(kept[k].row, "same day", "it ends as the episode after it does, which lasted no day")
		}
	}
	return kept
}

// sameStart leaves one of the episodes that begin on one day: that of the latest return
// and, within it, the last that is closed.
func (r *reader) sameStart(all []episode) []episode {
	kept := all[:0]
	for _, e := range all {
		k := len(kept) - 1
		if k < 0 || kept[k].start != e.start {
			kept = append(kept, e)
			continue
		}
		before := kept[k]
		switch {
		case before.year == e.year && !before.end.IsZero() && e.end.IsZero():
			r.reject(e.row, "duplicate", "another row of the same return begins on the same day and has an end")
			continue
		case before.year == e.year && before.same(e) && before.end == e.end:
			r.reject(before.row, "duplicate", "the same episode is in the return twice")
		case before.year == e.year:
			r.reject(before.row, "duplicate", "a later row of the same return begins on the same day")
		case !before.end.IsZero():
			r.reject(before.row, "restated", "a later return has the same episode again, and stands")
		case !before.same(e):
			r.reject(before.row, "restated", "a later return has other codes for the same open episode, and stands (rule 503)")
		}
		e.since = before.since
		kept[k] = e
	}
	return kept
}

// same reports whether two rows are of the same stay: what is known while it is open.
func (e *episode) same(f episode) bool {
	return e.rne == f.rne && e.legal == f.legal && e.place == f.place
}

// restated takes out an open episode that the next return has with another first day.
func (r *reader) restated(all []episode) []episode {
	kept := all[:0]
	for i, e := range all {
		if e.end.IsZero() && i+1 < len(all) {
			f := all[i+1]
			if f.since > e.year && !f.start.After(yearEnd(e.year)) && e.rne == f.rne && e.place == f.place {
				r.reject(e.row, "restated", "a later return has another first day for the same open episode, and stands (rule 503)")
				continue
			}
		}
		kept = append(kept, e)
	}
	return kept
}

// begin starts the first period of care of a child.
func (r *reader) begin(e *episode) {
	e.newTerm = true
	if e.rne != "S" && !e.start.Before(r.window.From) {
		r.repair(e.row, "start of period", "no episode is before it, though by RNE there is one (rule 433): a period of care begins with it")
	}
}

// last ends the last episode of a child.
func (r *reader) last(e *episode) {
	if !e.end.IsZero() {
		if e.ended == "X1" {
			e.ended = ""
			r.repair(e.row, "no next episode", "by REC X1 another episode follows, and there is none (rule 388): where the child went is not known")
		}
		return
	}
	if stop := yearEnd(e.year); stop.Before(r.window.To) {
		e.end, e.ended, e.unknown = stop.AddDays(1), "", true
		r.repair(e.row, "stale", "open on 31 March and in no later return (rule 502): followed to that day")
	}
}

// meet settles where one episode ends and the next begins.
func (r *reader) meet(e, next *episode) {
	enters := next.rne == "S"
	switch {
	case e.end.IsZero() && enters:
		e.end, e.ended, e.unknown = next.start, "", true
		if stop := yearEnd(e.year).AddDays(1); stop.Before(e.end) {
			e.end = stop
		}
		r.repair(e.row, "open", "open, and the next episode begins a period of care: followed to 31 March or, if that is earlier, to that day")
	case e.end.IsZero():
		e.end, e.ended = next.start, "X1"
		r.repair(e.row, "open", "open, and another episode follows: it ends where that begins")
	case e.end.After(next.start):
		e.end = next.start
		if enters {
			e.ended, e.unknown = "", true
		} else {
			e.ended, e.unknown = "X1", false
		}
		r.repair(e.row, "overlap", "the next episode begins before it ends (rules 142 and 501): it ends there")
	case e.end == next.start:
		r.touch(e, next)
		return
	case e.ended == "X1" && !enters:
		e.end = next.start
		r.repair(e.row, "gap", "by REC X1 and by RNE no day is between it and the next episode (rules 388 and 433): it ends where that begins")
	default:
		if e.ended == "X1" {
			e.ended = ""
			r.repair(e.row, "no next episode", "by REC X1 another episode follows at once, and none does (rule 388): where the child went is not known")
		}
		if !enters {
			r.repair(next.row, "start of period", "the episode before it ended earlier (rules 432 and 433): a period of care begins with it")
		}
	}
	next.newTerm = enters || e.end != next.start
}

// touch settles codes where no day is between two episodes: the period of care goes on.
func (r *reader) touch(e, next *episode) {
	next.newTerm = false
	if e.ended != "X1" {
		e.ended = "X1"
		r.repair(e.row, "touching", "by REC it ends the period of care, and another episode begins on that day (rule 431): it goes on")
	}
	if next.rne == "S" {
		r.repair(next.row, "touching", "by RNE it begins a period of care, and another episode ends on that day (rule 431): it goes on")
	}
	e.unknown = false
}

// heads gives each child the header row of the latest return that has one.
func (r *reader) heads() []header {
	heads := make([]header, len(r.children))
	for i := range heads {
		heads[i].row = -1
	}
	slices.SortStableFunc(r.headers, func(a, b header) int { return cmp.Compare(a.year, b.year) })
	for _, h := range r.headers {
		before := &heads[h.child]
		switch {
		case before.row < 0:
		case before.year == h.year && before.born == h.born:
			r.reject(before.row, "duplicate", "the child is in the table twice")
		case before.year == h.year:
			r.reject(before.row, "duplicate", "the child is in the table twice, with another date of birth: the later row stands")
		case before.born != h.born:
			r.repair(before.row, "date of birth", "DOB is another one in a later return (rule 203), which stands")
		}
		*before = h
	}
	return heads
}

// checkBirth leaves a date of birth out that cannot be: after the child is in care.
func (r *reader) checkBirth(h *header, all []episode) {
	if h.row < 0 || h.born.IsZero() {
		return
	}
	for _, e := range all {
		if e.start.Before(h.born) {
			r.repair(h.row, "date of birth", "an episode begins before DOB (rule 302): the child is used without an age")
			h.born = calendar.Date{}
			return
		}
	}
}

// startsAtAdult rejects an episode that begins on the 18th birthday or later.
func (r *reader) startsAtAdult(h header, e episode) bool {
	if h.born.IsZero() || e.start.Before(calendar.NewDate(h.born.Year()+18, h.born.Month(), h.born.Day())) {
		return false
	}
	r.reject(e.row, "adult", "it begins at 18 or over (rule 352)")
	return true
}
