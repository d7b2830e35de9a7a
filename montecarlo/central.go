package montecarlo

import (
	"github.com/edgeofcare/edgeofcare/model"
)

// Projection is the central projection of a programme: every total priced at
// exact expected weeks, caps applied to the expectation, without any simulation.
// It takes milliseconds.
type Projection struct {
	Programme string      `json:"programme"`
	Case      string      `json:"case"`
	Totals    []Projected `json:"totals"`
}

// Projected is one total of a projection. Amounts are in £ where the unit is
// Pounds.
type Projected struct {
	Measure
	Value float64 `json:"value"`
	// Exact tells whether the value is also the exact mean.
	Exact bool `json:"exact"`
}

// Central works out the central projection alone. An invalid programme gives
// the error of its Validate. Totals without bound, such as a rate of return on
// no capital, are left out.
func Central(p *model.Programme) (*Projection, error) {
	r, err := prepare(p, Options{Replications: 1, TotalsOnly: true})
	if err != nil {
		return nil, err
	}
	projection := &Projection{Programme: p.Name, Case: p.Case}
	for _, c := range r.columns {
		if v := c.scale(r.centre[c.at]); c.period == overall && c.Unit != Probability && finite(v) {
			projection.Totals = append(projection.Totals, Projected{c.Measure, v, r.exact(c)})
		}
	}
	return projection, nil
}

// Value returns a total by measure, and whether the projection has it. The unit
// of the measure does not matter.
func (p *Projection) Value(m Measure) (float64, bool) {
	for _, t := range p.Totals {
		if t.Name == m.Name && t.Of == m.Of && t.Arm == m.Arm {
			return t.Value, true
		}
	}
	return 0, false
}
