package model

import "github.com/edgeofcare/edgeofcare/model/contract"

// measured records a measuring date of which the programme does not have the week: the
// last that has ended by then. Nothing would ever be counted.
func (v *validation) measured(path string, m contract.Metric) {
	on := m.Trigger.Definition().On
	if on.IsZero() || v.p.Calendar().Quarters() == 0 {
		return
	}
	weeks := v.p.Calendar()
	v.need(!on.Before(weeks.Last(0)) && on.Before(weeks.Last(weeks.Count)), path+".trigger",
		"the week that ends on %s or in the six days before is not one of the programme, which runs from %s to %s: measure within it, or let it end later",
		on, weeks.First(0), weeks.Last(weeks.Count-1))
}
