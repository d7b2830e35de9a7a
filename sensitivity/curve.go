package sensitivity

import (
	"context"
	"fmt"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Curved is what a programme comes to along one driver.
type Curved struct {
	Version     *scenario.Version      `json:"version"`
	Driver      Driver                 `json:"driver"`
	Unchanged   Point                  `json:"unchanged"` // the case as it is, at the driver's neutral value
	Points      []Point                `json:"points"`    // in the order of the values asked for
	Conventions montecarlo.Conventions `json:"conventions"`
}

// Point is one run of a curve. Amounts are in £.
type Point struct {
	Value float64 `json:"value"` // in the driver's unit
	// Deadweight is how much of the programme's success would have happened
	// anyway: expected weeks of success without it as a share of those with it,
	// for all children who start, over all metrics. It is exact. Metrics can
	// differ widely: [montecarlo.Result] has each.
	Deadweight float64 `json:"deadweight"`
	// Capital is nil for a programme without delivery terms.
	Capital *CapitalSummary `json:"capital,omitempty"`
	// Payments are those for outcomes, NetPublic is gross avoided cost less
	// these, and Saves the probability that NetPublic is above zero.
	Payments  montecarlo.Summary       `json:"payments"`
	NetPublic montecarlo.Summary       `json:"net_public"`
	Saves     montecarlo.ProbabilityOf `json:"saves"`
	// Commissioners are in the order of the programme.
	Commissioners []CommissionerSaving `json:"commissioners"`
}

// CommissionerSaving is what a run says to one commissioner. Amounts are in £.
type CommissionerSaving struct {
	Name      string                   `json:"name"`
	NetSaving montecarlo.Summary       `json:"net_saving"` // gross avoided cost less its own payments
	Saves     montecarlo.ProbabilityOf `json:"saves"`      // that net saving is above zero
}

// Curve runs a case at each value of a driver, with common random numbers. Nil
// values stand for eleven over the driver's range. A programme without delivery
// terms has a curve too, without capital.
func Curve(ctx context.Context, v *scenario.Version, driver Driver, values []float64, o Options) (*Curved, error) {
	if err := driver.validate(); err != nil {
		return nil, err
	}
	if values == nil {
		values = driver.Values(11)
	}
	for _, x := range values {
		if !finite(x) {
			return nil, fmt.Errorf("driver %q at %v: a value must be a finite number", driver.Name, x)
		}
	}
	runs, err := o.versions(v, 1+len(values))
	if err != nil {
		return nil, err
	}
	base, err := runs.run(ctx)
	if err != nil {
		return nil, err
	}
	c := &Curved{Version: base.Version, Driver: driver, Conventions: base.Conventions, Unchanged: pointOf(base, driver.Neutral, o.party())}
	for _, x := range values {
		one, err := runs.at(ctx, driver, x)
		if err != nil {
			return nil, err
		}
		c.Points = append(c.Points, pointOf(one, x, o.party()))
	}
	return c, nil
}

// pointOf reads the figures of a curve at one value.
func pointOf(r *montecarlo.Result, value float64, party string) Point {
	point := Point{Value: value, Deadweight: deadweight(r)}
	point.Payments, _ = r.Totals.Of(montecarlo.Payments)
	point.NetPublic, _ = r.Totals.Of(montecarlo.NetPublic)
	point.Saves, _ = r.Probabilities.Of(montecarlo.Saves)
	for _, name := range r.Ledger.Shape.Commissioners {
		c := CommissionerSaving{Name: name}
		c.NetSaving, _ = r.Totals.Of(montecarlo.NetSaving, name)
		c.Saves, _ = r.Probabilities.Of(montecarlo.OwnSaves, name)
		point.Commissioners = append(point.Commissioners, c)
	}
	if r.Version.Programme.Delivery != nil {
		capital := capitalOf(r, party)
		point.Capital = &capital
	}
	return point
}

// deadweight is that of the whole programme: see [Point].
func deadweight(r *montecarlo.Result) float64 {
	without, with := 0.0, 0.0
	for _, d := range r.Expectation.Deadweight {
		started, _ := r.Totals.Of(montecarlo.Started, d.Cohort)
		without += started.Central * d.CounterfactualWeeks
		with += started.Central * d.InterventionWeeks
	}
	if with == 0 {
		return 0
	}
	return without / with
}
