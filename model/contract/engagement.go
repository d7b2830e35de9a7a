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

// Kind is "engagement".
func (e *Engagement) Kind() string { return "engagement" }

// Unit is "outcomes".
func (e *Engagement) Unit() string { return "outcomes" }

// Terms lists the one term.
func (e *Engagement) Terms() []Term { return []Term{{Name: "after", Weeks: &e.After}} }

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

// Validate reports weeks below zero.
func (e *Engagement) Validate() error { return validTerms(e) }
