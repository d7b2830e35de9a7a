package montecarlo

import (
	"errors"
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Explanation is a measure with its figures in the central projection of one
// version. Amounts are in £.
type Explanation struct {
	Measure
	Of string `json:"of,omitempty"` // the council, cohort, party or the like that was asked about
	// Value is the figure; nil for a probability, and for what is not known
	// without simulation.
	Value *float64 `json:"value"`
	// Terms are the figures of the measure's sum, in its order, and Sum what
	// they come to.
	Terms []ExplainedTerm `json:"terms,omitempty"`
	Sum   *float64        `json:"sum_of_terms,omitempty"`
	// Parts are the parts of a total, by everything that the measure is by.
	Parts []Parts `json:"parts,omitempty"`
}

// ExplainedTerm is one figure in the sum of another.
type ExplainedTerm struct {
	Sign string `json:"sign"` // as in [Term]
	Projected
}

// Parts is the parts of a total by one thing.
type Parts struct {
	By     string          `json:"by"` // as in [Measure]
	Totals List[Projected] `json:"totals"`
	// Terms are the figures of the measure's sum, by total; nil if it has none or
	// they are not known by it.
	Terms [][]ExplainedTerm `json:"terms,omitempty"`
}

// Explain returns a measure with its figures: of all together or, if of is
// given, of one council, cohort, party or the like. A name that no measure has,
// or of which the measure is not known, is a *[scenario.NameError].
func (p *Projection) Explain(name string, of ...string) (*Explanation, error) {
	if p == nil || p.Version == nil || p.Version.Programme == nil || p.Ledger == nil {
		return nil, errors.New("there is no projection to explain: give what Central returned")
	}
	m, err := MeasureOf(name)
	if err != nil {
		return nil, err
	}
	e := &Explanation{Measure: m}
	if len(of) > 0 {
		e.Of = of[0]
	}
	if err := p.known(m, e.Of); err != nil {
		return nil, err
	}
	if total, ok := p.Totals.Of(name, e.Of); ok {
		e.Value = &total.Value
	}
	if e.Of != "" || m.AllTogether {
		e.Terms, e.Sum = p.addUp(m, e.Of)
	}
	if e.Of == "" {
		for _, by := range m.By {
			if parts := p.parts(m, by); len(parts.Totals) > 0 {
				e.Parts = append(e.Parts, parts)
			}
		}
	}
	return e, nil
}

// known returns why a measure is not known of somebody.
func (p *Projection) known(m Measure, of string) error {
	if of == "" {
		return nil
	}
	var valid []string
	for _, by := range m.By {
		valid = append(valid, p.names(by)...)
	}
	if !slices.Contains(valid, of) {
		return &scenario.NameError{What: "part of " + m.Name, Name: of, Valid: valid}
	}
	return nil
}

// addUp returns the terms of a measure's sum and what they come to; nil if it has
// no sum or not all of its terms are known.
func (p *Projection) addUp(m Measure, of string) ([]ExplainedTerm, *float64) {
	var terms []ExplainedTerm
	sum := 0.0
	for _, t := range m.Sum {
		total, ok := p.Totals.Of(t.Measure, of, t.Arm)
		if !ok {
			return nil, nil
		}
		switch t.Sign {
		case minus:
			sum -= total.Value
		case dividedBy:
			sum /= total.Value
		default:
			sum += total.Value
		}
		terms = append(terms, ExplainedTerm{t.Sign, total})
	}
	if len(terms) == 0 {
		return nil, nil
	}
	return terms, &sum
}

// parts returns a measure by one thing.
func (p *Projection) parts(m Measure, by string) Parts {
	parts := Parts{By: by}
	for _, name := range p.names(by) {
		total, ok := p.Totals.Of(m.Name, name)
		if !ok {
			continue
		}
		parts.Totals = append(parts.Totals, total)
		if terms, _ := p.addUp(m, name); terms != nil {
			parts.Terms = append(parts.Terms, terms)
		}
	}
	if len(parts.Terms) < len(parts.Totals) {
		parts.Terms = nil
	}
	return parts
}

// names returns what Parts may be by in this programme.
func (p *Projection) names(by string) []string {
	shape, programme := p.Ledger.Shape, p.Version.Programme
	var all []string
	switch by {
	case byCohort:
		return shape.Cohorts
	case byCouncil:
		return shape.Commissioners
	case byMetric:
		return shape.Metrics
	case byPayer:
		return p.Ledger.Payers
	case byState:
		return shape.States
	case byParty:
		if p.Account != nil {
			all = append(all, finance.Consortium)
		}
		if programme.Facility != nil {
			for _, i := range programme.Facility.Investors {
				all = append(all, i.Name)
			}
			for _, party := range finance.Positions(programme.Facility) {
				all = append(all, finance.WholePosition(party))
			}
		}
	case byCovenant:
		if programme.Facility != nil {
			for _, c := range programme.Facility.Covenants {
				all = append(all, c.Name)
			}
		}
	case byTier:
		for _, t := range programme.RateTiers() {
			all = append(all, t.String())
		}
	case byTarget:
		for _, t := range programme.SavingsTargets {
			all = append(all, t.String())
		}
		for _, limit := range programme.Affordability {
			all = append(all, limit.String())
		}
	}
	return all
}
