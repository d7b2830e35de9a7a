package expect

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Deadweight is how much of a metric's success would have happened anyway to
// the children who start: their expected weeks in the states that the metric
// counts as success, without the programme and with it. Weeks are those of the
// tracking window, lag to lag + tracking - 1 since referral, that end before
// the 18th birthday and lie before the horizon, of children of the ages that the
// metric pays for.
type Deadweight struct {
	Cohort string `json:"cohort"`
	Metric string `json:"metric"`
	// Share is the first of the two below divided by the second: 1 means that
	// the programme changes nothing. It is 0 where nobody can start, or where
	// no success is expected with the programme.
	Share               float64 `json:"share"`
	CounterfactualWeeks float64 `json:"counterfactual_weeks"` // weeks per child who starts
	InterventionWeeks   float64 `json:"intervention_weeks"`   // weeks per child who starts
}

// deadweight compares the lives that the children who are in the start state
// in week lag would have without the programme with that of one who starts. Which of them start is chance, so
// the start probability makes no difference.
func (c *cohort) deadweight(m *contract.Metric) Deadweight {
	d := Deadweight{Cohort: c.Name, Metric: m.Name}
	lag, weeks := c.lag, c.timing.weeks()
	ages := c.underAges(m)
	counted := func(t int) float64 { return ages[t] * c.timing.reached[t] }
	if c.groups.eligible == 0 || counted(lag) == 0 {
		return d
	}
	success := c.success(m)
	for t := lag; t < min(c.tracked, weeks); t++ {
		lived := counted(t) / counted(lag)
		for s := range c.programme.States {
			if success.Has(s) {
				d.CounterfactualWeeks += lived * c.groups.without[s][t] / c.groups.eligible
				d.InterventionWeeks += lived * c.groups.started[s][t]
			}
		}
	}
	if d.InterventionWeeks > 0 {
		d.Share = d.CounterfactualWeeks / d.InterventionWeeks
	}
	return d
}

// success returns the states that a metric counts as success: those named, by
// default the planned state's parent, and every state under one of them.
func (c *cohort) success(m *contract.Metric) contract.StateSet {
	named := m.Success
	if len(named) == 0 {
		named = []string{c.programme.States[c.planned].Parent}
	}
	is := func(s model.State) bool {
		return slices.Contains(named, s.Name) || s.Parent != "" && slices.Contains(named, s.Parent)
	}
	var set contract.StateSet
	for i, s := range c.programme.States {
		if is(s) {
			set = set.Add(i)
		}
	}
	return set
}
