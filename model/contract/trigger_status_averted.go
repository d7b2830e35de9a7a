package contract

// Averted pays one unit if a child is in a payable state a number of months
// after the start, whatever came between. Staffordshire's IFSS pays when a
// child on a protection plan is not looked after at 6 months, and when a child
// in need is not on a protection plan at 6 months (INDIGO impact bond dataset,
// golab.bsg.ox.ac.uk, project INDIGO-POJ-0173).
//
// A child who never started earns nothing, nor does one who turned 18 before.
type Averted struct {
	// Months is when it is looked at: in the last of WeeksIn(Months) weeks
	// from the start.
	Months int `json:"months"`
}

// Definition gives the kind, the unit and the terms.
func (a *Averted) Definition() Definition {
	return Definition{
		Rule:  "each child who is in {place} " + inMonths.Of(float64(a.Months)) + " after the start, whatever came between",
		Kind:  "status averted",
		Unit:  Unit{One: "outcome", Many: "outcomes", PerChild: true},
		Reach: max(1, WeeksIn(a.Months)),
		Terms: []Term{{Name: "months", Months: &a.Months}},
	}
}

// Count pays the week that is looked at.
func (a *Averted) Count(p Path, spans []Span) []Span {
	if p.Start < 0 {
		return spans
	}
	weeks := max(1, WeeksIn(a.Months))
	if weeks > p.end()-p.Start {
		return spans
	}
	if week := p.Start + weeks - 1; p.held(week, week+1) {
		spans = append(spans, Span{From: week, To: week + 1, Units: 1})
	}
	return spans
}
