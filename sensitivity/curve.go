package sensitivity

import (
	"context"
	"fmt"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Curved is what a programme comes to along one driver.
type Curved struct {
	Programme   string                 `json:"programme"`
	Title       string                 `json:"title"`
	Case        string                 `json:"case"`
	Driver      Driver                 `json:"driver"`
	Unchanged   Point                  `json:"unchanged"` // the case as it is, at the driver's neutral value
	Points      []Point                `json:"points"`    // in the order of the values asked for
	Conventions montecarlo.Conventions `json:"conventions"`
	Cautions    []string               `json:"cautions,omitempty"`
}

// Point is one run of a curve. Amounts are in £.
type Point struct {
	Value float64 `json:"value"` // in the driver's unit
	// Deadweight is the programme's: see [Deadweight].
	Deadweight float64 `json:"deadweight"`
	// Capital is nil for a programme without delivery terms.
	Capital *Capital `json:"capital,omitempty"`
	// Payments are those for outcomes, and NetPublic gross avoided cost less
	// these; Saves is the probability that the latter is above zero.
	Payments  montecarlo.Summary       `json:"payments"`
	NetPublic montecarlo.Summary       `json:"net_public"`
	Saves     montecarlo.ProbabilityOf `json:"saves"`
	// Commissioners are in the order of the programme.
	Commissioners []Commissioner `json:"commissioners"`
}

// Commissioner is what a run says to one council. Amounts are in £.
type Commissioner struct {
	Name      string                   `json:"name"`
	NetSaving montecarlo.Summary       `json:"net_saving"` // gross avoided cost less its own payments
	Saves     montecarlo.ProbabilityOf `json:"saves"`      // that net saving is above zero
}

// Curve runs a case at each value of a driver, with the same luck. Nil stands
// for eleven values over the driver's range. A programme without delivery terms
// has a curve too, without capital.
func Curve(ctx context.Context, d *scenario.Document, driver Driver, values []float64, o Options) (*Curved, error) {
	if err := driver.validate(); err != nil {
		return nil, err
	}
	if values == nil {
		values = driver.Values(11)
	}
	p, err := o.programme(d)
	if err != nil {
		return nil, err
	}
	runs := newRunner(o.Run, 1+len(values))
	base, err := runs.run(ctx, p)
	if err != nil {
		return nil, err
	}
	c := &Curved{
		Programme: base.Programme, Title: base.Title, Case: base.Case, Driver: driver, Conventions: base.Conventions, Cautions: base.Cautions,
		Unchanged: pointOf(base, p, driver.Neutral, o.party()),
	}
	for _, x := range values {
		p, err := o.programme(d, driver.Edits(x)...)
		if err != nil {
			return nil, fmt.Errorf("driver %q at %s: %w", driver.Name, driver.Text(x), err)
		}
		r, err := runs.run(ctx, p)
		if err != nil {
			return nil, fmt.Errorf("driver %q at %s: %w", driver.Name, driver.Text(x), err)
		}
		c.Points = append(c.Points, pointOf(r, p, x, o.party()))
	}
	return c, nil
}

func pointOf(r *montecarlo.Result, p *model.Programme, value float64, party string) Point {
	point := Point{Value: value, Deadweight: Deadweight(r)}
	point.Payments, _ = r.Total(montecarlo.Payments, "")
	point.NetPublic, _ = r.Total(montecarlo.NetPublic, "")
	point.Saves, _ = r.Probability(montecarlo.Saves, "")
	for _, name := range p.Shape().Commissioners {
		c := Commissioner{Name: name}
		c.NetSaving, _ = r.Total(montecarlo.NetSaving, name)
		c.Saves, _ = r.Probability(montecarlo.Saves, name)
		point.Commissioners = append(point.Commissioners, c)
	}
	if p.Delivery != nil {
		capital := capitalOf(r, party)
		point.Capital = &capital
	}
	return point
}

// Deadweight is how much of a programme's success would have happened anyway:
// expected weeks of success without it as a share of those with it, of all
// children who start, over all metrics. It is exact. Metrics differ more than it
// tells: see [montecarlo.Result.Deadweight].
func Deadweight(r *montecarlo.Result) float64 {
	without, with := 0.0, 0.0
	for _, d := range r.Deadweight {
		started, _ := r.Total(montecarlo.Started, d.Cohort)
		without += started.Central * d.CounterfactualWeeks
		with += started.Central * d.InterventionWeeks
	}
	if with == 0 {
		return 0
	}
	return without / with
}
