package contract

import (
	"math"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// Milestones pays one unit each time that a child has stayed in payable states,
// without a break since the start, for a number of weeks or months. The West
// Midlands' Pyramid pays at the end of week 1, at 6 months and at 9, 12, 15, 18,
// 21 and 24 months (INDIGO impact bond dataset, golab.bsg.ox.ac.uk, project
// INDIGO-POJ-0194).
//
// A child who never started earns nothing.
type Milestones struct {
	// Weeks are the milestones in weeks since the start; 1 is the end of the
	// first week.
	Weeks []int `json:"weeks,omitempty"`
	// Months are the milestones in months since the start, WeeksIn(months)
	// weeks each.
	Months []int `json:"months,omitempty"`
}

// Definition gives the kind, the unit and the terms. A child can earn one unit
// at most where there is a single milestone.
func (m *Milestones) Definition() Definition {
	d := Definition{
		Kind: "milestones",
		Unit: Unit{One: "milestone", Many: "milestones", PerChild: len(m.Weeks)+len(m.Months) == 1},
		Terms: []Term{
			{Name: "weeks", EachWeeks: &m.Weeks},
			{Name: "months", EachMonths: &m.Months},
		},
	}
	var after []string
	if len(m.Weeks) > 0 {
		after = append(after, several(m.Weeks, inWeeks))
	}
	if len(m.Months) > 0 {
		after = append(after, several(m.Months, inMonths))
	}
	d.Rule = "each time that a child has been in {place} for " + words.And(after) + " from the start, without a break"
	if d.Unit.PerChild {
		d.Rule = "each child who has been in {place} for " + words.And(after) + " from the start, without a break"
	}
	for _, weeks := range m.Weeks {
		d.Reach = max(d.Reach, weeks)
	}
	for _, months := range m.Months {
		d.Reach = max(d.Reach, WeeksIn(months))
	}
	if len(m.Weeks)+len(m.Months) == 0 {
		d.Problem = "there is no milestone: list at least one under weeks or months"
	}
	return d
}

// Count pays the last week before every milestone that is reached without a
// break. Milestones that fall together are paid together.
func (m *Milestones) Count(p Path, spans []Span) []Span {
	if p.Start < 0 {
		return spans
	}
	held := p.unbroken() - p.Start
	weeks, months := m.Weeks, m.Months // both lists rise: take the lower head until both are done
	for len(weeks)+len(months) > 0 {
		at, units := math.MaxInt, int64(0)
		if len(weeks) > 0 {
			at = weeks[0]
		}
		if len(months) > 0 {
			at = min(at, WeeksIn(months[0]))
		}
		if at > held {
			break
		}
		if len(weeks) > 0 && weeks[0] == at {
			weeks, units = weeks[1:], units+1
		}
		if len(months) > 0 && WeeksIn(months[0]) == at {
			months, units = months[1:], units+1
		}
		spans = append(spans, Span{From: p.Start + at - 1, To: p.Start + at, Units: units})
	}
	return spans
}
