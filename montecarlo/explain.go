package montecarlo

import (
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
	// they come to. Payments under an indexed tariff are brought into the prices
	// of the cost of care before they are set against it, so that there Sum and
	// Value differ.
	Terms []signed `json:"terms,omitempty"`
	Sum   *float64 `json:"sum_of_terms,omitempty"`
	// Parts are the parts of a total, by everything that the measure is by.
	Parts []breakdown `json:"parts,omitempty"`
}

// signed is one figure in the sum of another.
type signed struct {
	Sign string `json:"sign"` // as in [Term]
	Projected
}

// breakdown is the parts of a total by one thing.
type breakdown struct {
	By     string          `json:"by"` // as in [Measure]
	Totals List[Projected] `json:"totals"`
}

// Explain returns a measure with its figures: of all together or, if of is
// given, of one council, cohort, party or the like. A name that no measure has,
// or of which the measure is not known, is a *[scenario.NameError].
func (p *Projection) Explain(name string, of ...string) (*Explanation, error) {
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
	p.addUp(e)
	if e.Of == "" {
		for _, by := range m.By {
			if parts := p.parts(m, by); len(parts) > 0 {
				e.Parts = append(e.Parts, breakdown{by, parts})
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

// addUp works the measure's sum out, if all of its terms are known.
func (p *Projection) addUp(e *Explanation) {
	sum := 0.0
	var terms []signed
	for _, t := range e.Measure.Sum {
		total, ok := p.Totals.Of(t.Measure, e.Of, t.Arm)
		if !ok {
			return
		}
		switch t.Sign {
		case minus:
			sum -= total.Value
		case dividedBy:
			sum /= total.Value
		default:
			sum += total.Value
		}
		terms = append(terms, signed{t.Sign, total})
	}
	if len(terms) > 0 {
		e.Terms, e.Sum = terms, &sum
	}
}

// parts returns a measure by one breakdown.
func (p *Projection) parts(m Measure, by string) List[Projected] {
	var parts List[Projected]
	for _, name := range p.names(by) {
		if total, ok := p.Totals.Of(m.Name, name); ok {
			parts = append(parts, total)
		}
	}
	return parts
}

// names returns what a breakdown may be by in this programme.
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
