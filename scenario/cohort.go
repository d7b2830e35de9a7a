package scenario

import (
	"cmp"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

func (d *decoder) readCohorts(top fields) {
	c := top.need("cohorts", sentence("a block with a name for each group of children who are referred for the same outcome"))
	for _, n := range c.defined("cohorts", mostCohorts) {
		d.p.Cohorts = append(d.p.Cohorts, d.cohort(n))
	}
}

func (d *decoder) cohort(n named) model.Cohort {
	f := n.fields("title", "referrals", "start state", "planned state", "already there",
		"hold until start", "lag", "start probability", "tracking", "failure", "background", "cashable share")
	c := model.Cohort{
		Name:             n.name,
		Title:            n.name,
		Referrals:        d.referrals(f.need("referrals", sentence("how many children are referred, from when to when"))),
		StartState:       f.need("start state", sentence("the state in which children are referred")).name(d.origins),
		PlannedState:     d.plannedState(f.need("planned state", sentence("the state in which the programme means the children to live"))),
		AlreadyThere:     f.may("already there").weeks(),
		HoldUntilStart:   f.may("hold until start").yesNo(),
		Lag:              f.need("lag", want{"the weeks from referral to the start of the placement", "26 weeks"}).weeks(),
		StartProbability: f.need("start probability", aChance).probability(aChance),
		Tracking:         f.need("tracking", want{"the weeks for which a child is followed from the start", "104 weeks"}).weeks(),
		CashableShare:    f.may("cashable share").share(aShare),
	}
	if title := f.may("title"); title.given() {
		c.Title = title.text()
	}
	failure := f.need("failure", want{"how placements end while children are tracked", "{hazard: 0.0081, to: {residential: 70%, foster: 30%}}, or none"})
	c.Failure = failure.row(d, c.PlannedState).row()
	c.Background = f.may("background").overrides(d)
	return c
}

// plannedState reads the name of a state that has a parent.
func (d *decoder) plannedState(c cursor) string {
	if c.given() && slices.Contains(d.states.valid, c.n.text) && !slices.Contains(d.planned.valid, c.n.text) && !d.planned.unread {
		c.fault("%s has no parent under states, so it is not a planned state: give it a parent there, or name a state that has one (%s)",
			quote(c.n.text), cmp.Or(list(d.planned.valid), "there is none yet"))
		return ""
	}
	if c.given() && c.n.kind == scalar {
		if err := d.planned.check(c.n.text); err != nil {
			problem := more(err.Error(), "if it is a new one, define it under states, as {parent: foster}")
			c.fault("%s", more(problem, curled(c.n.text)))
			return ""
		}
	}
	return c.name(d.planned)
}

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
		later(from, to).fault("the pause ends on %s, before it begins on %s", last, first)
	case !d.dated:
	case first.Before(d.p.Start):
		from.fault("the pause begins on %s, before the programme starts on %s", first, d.p.Start)
	case last.After(d.end):
		to.fault("the pause ends on %s, after the programme ends on %s", last, d.end)
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
		later(from, to).fault("referrals end on %s, before they begin on %s", end, begin)
		return 0, 0
	}
	if !d.dated {
		return 0, 0
	}
	if begin.Before(d.p.Start) {
		from.fault("referrals begin on %s, before the programme starts on %s", begin, d.p.Start)
	}
	if end.After(d.end) {
		to.fault("referrals end on %s, after the programme ends on %s", end, d.end)
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
