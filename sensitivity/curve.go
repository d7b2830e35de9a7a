package sensitivity

import (
	"context"

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
func Curve(ctx context.Context, d *scenario.Document, driver Driver, values []float64, o Options) (*Curved, error) {
	if err := driver.validate(); err != nil {
		return nil, err
	}
	if values == nil {
		values = driver.Values(11)
	}
	runs, err := o.versions(d, 1+len(values))
	if err != nil {
		return nil, err
	}
	asIs, err := runs.run(ctx)
	if err != nil {
		return nil, err
	}
	base := asIs.result
	c := &Curved{
		Programme: base.Programme, Title: base.Title, Case: base.Case, Driver: driver, Conventions: base.Conventions, Cautions: base.Cautions,
		Unchanged: asIs.point(driver.Neutral, o.party()),
	}
	for _, x := range values {
		one, err := runs.at(ctx, driver, x)
		if err != nil {
			return nil, err
		}
		c.Points = append(c.Points, one.point(x, o.party()))
	}
	return c, nil
}

// point reads the figures of a curve at one value.
func (v version) point(value float64, party string) Point {
	r := v.result
	point := Point{Value: value, Deadweight: deadweight(r)}
	point.Payments, _ = r.Total(montecarlo.Payments, "")
	point.NetPublic, _ = r.Total(montecarlo.NetPublic, "")
	point.Saves, _ = r.Probability(montecarlo.Saves, "")
	for _, name := range v.programme.Shape().Commissioners {
		c := CommissionerSaving{Name: name}
		c.NetSaving, _ = r.Total(montecarlo.NetSaving, name)
		c.Saves, _ = r.Probability(montecarlo.Saves, name)
		point.Commissioners = append(point.Commissioners, c)
	}
	if v.programme.Delivery != nil {
		capital := capitalOf(r, party)
		point.Capital = &capital
	}
	return point
}

// deadweight is that of the whole programme: see [Point].
func deadweight(r *montecarlo.Result) float64 {
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
