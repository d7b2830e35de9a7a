package scenario

import (
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

func (d *decoder) referrals(c cursor) model.Referrals {
	f := c.fields("children", "from", "to", "ramp", "law", "pauses")
	r := model.Referrals{
		Children: value(f.need("children", aNumber), aNumber, parseChildren).InexactFloat64(),
		Ramp:     f.may("ramp").weeks(),
	}
	if law := f.may("law"); law.given() {
		law.unmarshal(&r.Law, want{what: "fixed or poisson"})
	}
	from := f.need("from", want{"the first day on which children are referred", aDate.example})
	to := f.need("to", want{"the last day on which children are referred", "2024-09-30"})
	r.First, r.Last = d.window(c, from, to)
	if pauses := f.may("pauses"); !pauses.is("none") {
		for _, item := range pauses.list() {
			r.Pauses = append(r.Pauses, d.pause(item))
		}
	}
	return r
}

// pause turns the days of a pause into weeks. As a week belongs to the quarter
// of its last day, so it belongs to a pause that holds that day. Where the days
// cannot be read, harmless ones replace them.
func (d *decoder) pause(c cursor) model.Pause {
	harmless := model.Pause{To: 1}
	f := c.fields("from", "to")
	from := f.need("from", want{"the first day of the pause", aDate.example})
	to := f.need("to", want{"the last day of the pause", "2021-03-31"})
	first, last := from.date(), to.date()
	switch {
	case first.IsZero() || last.IsZero():
	case last.Before(first):
		later(from, to).fault("the pause ends on %s, before it begins on %s: write a later last day or an earlier first one", last, first)
	case !d.dated:
	case first.Before(d.p.Start):
		from.fault("the pause begins on %s, before the programme starts on %s: write that day or a later one", first, d.p.Start)
	case last.After(d.end):
		to.fault("the pause ends on %s, after the programme ends on %s: write that day or an earlier one", last, d.end)
	default:
		weeks := d.p.Calendar()
		pause := model.Pause{From: weeks.Through(first.AddDays(-1)), To: weeks.Through(last)}
		if pause.From < pause.To {
			return pause
		}
		c.fault("no week of the programme ends between %s and %s, so nothing is paused: a week belongs to the pause that has its last day", first, last)
	}
	return harmless
}

// window turns dates into weeks: the first week that begins on or after from,
// and the last that ends on or before to.
func (d *decoder) window(c, from, to cursor) (first, last int) {
	begin, end := from.date(), to.date()
	if begin.IsZero() || end.IsZero() {
		return 0, 0
	}
	if end.Before(begin) {
		later(from, to).fault("referrals end on %s, before they begin on %s: write a later last day or an earlier first one", end, begin)
		return 0, 0
	}
	if !d.dated {
		return 0, 0
	}
	if begin.Before(d.p.Start) {
		from.fault("referrals begin on %s, before the programme starts on %s: write that day or a later one, or move start", begin, d.p.Start)
	}
	if end.After(d.end) {
		to.fault("referrals end on %s, after the programme ends on %s: write that day or an earlier one, or move end", end, d.end)
	}
	first = (begin.Sub(d.p.Start) + 6) / 7
	last = (end.Sub(d.p.Start)+1)/7 - 1
	if last < first && from.sound() && to.sound() {
		week := calendar.Weeks{Start: d.p.Start, Count: d.p.Weeks}
		c.fault("no whole week of the programme lies between %s and %s: the first week from then on runs from %s to %s",
			begin, end, week.First(first), week.Last(first))
		return 0, 0
	}
	return first, last
}
