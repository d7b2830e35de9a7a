package scenario

import (
	"cmp"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
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
