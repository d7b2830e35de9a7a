package contract

// Engagement pays one unit for a child who takes part: at the start, or when
// the work has been completed. Staffordshire's IFSS pays when a family engages
// with the programme at its start and again at its completion (INDIGO impact
// bond dataset, golab.bsg.ox.ac.uk, project INDIGO-POJ-0173).
//
// A child who never started earns nothing.
type Engagement struct {
	// After is how many weeks the child must have taken part, in payable
	// states without a break since the start; 0 pays at the start.
	After int `json:"after"`
}

// Definition gives the kind, the unit and the terms.
func (e *Engagement) Definition() Definition {
	rule := "each child who starts in {place}"
	if e.After > 1 {
		rule = "each child who has been in {place} for " + inWeeks.Of(float64(e.After)) + " from the start, without a break"
	}
	return Definition{
		Rule:  rule,
		Kind:  "engagement",
		Unit:  Unit{One: "outcome", Many: "outcomes", PerChild: true},
		Reach: max(1, e.After),
		Terms: []Term{{Name: "after", Weeks: &e.After}},
	}
}

// Count pays the start week, or the last of the weeks that complete the work.
func (e *Engagement) Count(p Path, spans []Span) []Span {
	if p.Start < 0 {
		return spans
	}
	if weeks := max(1, e.After); p.unbroken()-p.Start >= weeks {
		spans = append(spans, Span{From: p.Start + weeks - 1, To: p.Start + weeks, Units: 1})
	}
	return spans
}
