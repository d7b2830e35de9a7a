package expect

import (
	"errors"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Expectation is what a programme comes to on average, exactly.
type Expectation struct {
	// Counts is every count of the programme in expectation: child-weeks,
	// units and children. It is priced like the counts of a replication.
	Counts *contract.Expected `json:"counts"`
	// PerChild is what one child earns, by cohort and then metric, in the
	// programme's order.
	PerChild []PerChild `json:"per_child"`
	// Deadweight is by cohort and then metric, in the programme's order.
	Deadweight []Deadweight `json:"deadweight"`
}

// PerChild is the payable units that one referred child earns under one
// metric, over all ages, commissioners and weeks of referral. A child who never
// starts, or for whom the metric does not pay, earns 0 units and is counted.
type PerChild struct {
	Cohort   string  `json:"cohort"`
	Metric   string  `json:"metric"`
	Mean     float64 `json:"mean"`     // units per referred child
	Variance float64 `json:"variance"` // units², from one child to another
}

// Of returns the exact expectation of a programme. The error joins the faults
// of a programme that is not valid, or a *TriggerError for every metric whose
// trigger has no exact expectation.
func Of(p *model.Programme) (*Expectation, error) {
	if err := validate(p); err != nil {
		return nil, err
	}
	e := &Expectation{Counts: contract.NewCounts[float64](p.Shape())}
	e.Counts.Rules = p.Rules()
	under18 := shareUnder18(p.Ages, p.Weeks, everyAge)
	var known []*timing
	for i := range p.Cohorts {
		when := slices.IndexFunc(known, func(x *timing) bool { return x.serves(p.Cohorts[i].Referrals) })
		if when < 0 {
			when = len(known)
			known = append(known, newTiming(p, p.Cohorts[i].Referrals, under18))
		}
		c, err := newCohort(p, i, known[when])
		if err != nil {
			return nil, err
		}
		e.addChildren(c)
		e.addWeeks(c)
		for m := range p.Contract.Metrics {
			if slices.Contains(p.Contract.Metrics[m].Cohorts, c.Name) {
				e.addMetric(c, m)
			}
		}
	}
	return e, nil
}

// validate returns what keeps a programme from having an expectation.
func validate(p *model.Programme) error {
	if p == nil {
		return &model.Fault{Path: "programme", Problem: "there is none"}
	}
	if err := p.Validate(); err != nil {
		return err
	}
	var faults []error
	if from, to := p.Ages.Days(); !p.Ages.None() && from >= to {
		faults = append(faults, &model.Fault{Path: "ages at referral", Problem: "there is no whole day of age between them"})
	}
	if p.Calendar().Quarters() == 0 {
		faults = append(faults, &model.Fault{Path: "end", Problem: "the last week ends after the year 9999"})
	}
	for _, m := range p.Contract.Metrics {
		if earningsUnder(m.Trigger) == nil {
			faults = append(faults, &TriggerError{Metric: m.Name, Kind: m.Trigger.Definition().Kind})
		}
		if p.Ages.None() && m.Ages != (contract.AgeRange{}) {
			faults = append(faults, &model.Fault{
				Path:    "metrics." + m.Name + ".ages",
				Problem: "the programme has no ages at referral to judge them by: write those, or leave the limit out",
			})
		}
	}
	return errors.Join(faults...)
}

// addChildren adds the children referred, those who start, and the weeks in
// which their cases are open before that.
func (e *Expectation) addChildren(c *cohort) {
	early := c.timing.referredBefore(c.programme.MinimumReferrals.Weeks)
	for k := range c.programme.Commissioners {
		e.Counts.Early[e.Counts.Shape.Row(c.index, k)] += c.children(k) * early
	}
	c.add(c.timing.byQuarter([]float64{1}, 0), func(k int) []float64 { return e.Counts.ReferredIn(c.index, k) })
	preparing := c.timing.byQuarter(c.timing.under18[:min(c.Lag, c.timing.weeks())], 0)
	c.add(preparing, func(k int) []float64 { return e.Counts.PreparingIn(c.index, k) })
	if c.groups.starts > 0 { // so the lag is over before the horizon
		atLag := c.timing.byQuarter([]float64{c.groups.starts * c.timing.under18[c.Lag]}, c.Lag)
		c.add(atLag, func(k int) []float64 { return e.Counts.StartedIn(c.index, k) })
	}
}

// addWeeks adds the weeks that children are in each state in either arm.
func (e *Expectation) addWeeks(c *cohort) {
	split := min(c.tracked, c.timing.weeks())
	share := make([]float64, c.timing.weeks())
	for _, arm := range contract.Arms() {
		for s := range c.programme.States {
			c.occupancy(arm, s, share)
			in := func(w contract.Window) func(int) []float64 {
				return func(k int) []float64 { return e.Counts.WeeksIn(w, arm, c.index, k, s) }
			}
			c.add(c.timing.byQuarter(share[:split], 0), in(contract.Tracking))
			c.add(c.timing.byQuarter(share[split:], split), in(contract.AfterTracking))
		}
	}
}

// addMetric adds what one cohort's children earn under one metric, and the
// deadweight in it.
func (e *Expectation) addMetric(c *cohort, m int) {
	metric := &c.programme.Contract.Metrics[m]
	earned := earningsUnder(metric.Trigger)(c, c.payable(metric))
	underAges := c.underAges(metric)
	on, counts := c.timing.measuredOn(c.programme, metric), c.timing.reached
	if on != nil {
		counts = on.shares
	}
	mean, square := c.moments(earned, underAges, counts)
	units := c.timing.byQuarter(earned.units, 0)
	if on != nil {
		clear(units)
		units[on.quarter] = mean
	}
	c.add(units, func(k int) []float64 {
		if !paysFor(metric, c.programme.Commissioners[k].Name) {
			return nil
		}
		return e.Counts.UnitsOf(m, k)
	})
	e.PerChild = append(e.PerChild, c.perChild(metric, mean, square))
	e.Deadweight = append(e.Deadweight, c.deadweight(metric))
}

// moments makes what a child who starts earns that of one in the cohort who is of an age
// that is paid for, and returns the mean and the mean square of what it comes to in the
// weeks that count, each with a probability.
func (c *cohort) moments(earned earnings, underAges, counts []float64) (mean, square float64) {
	for t := range earned.units {
		earned.units[t] *= c.groups.starts * underAges[t]
		mean += earned.units[t] * counts[t]
		square += earned.squares[t] * c.groups.starts * underAges[t] * counts[t]
	}
	return mean, square
}

// perChild is the moments of any child referred, whoever refers it.
func (c *cohort) perChild(metric *contract.Metric, mean, square float64) PerChild {
	referred := c.shareReferred(metric)
	mean, square = mean*referred, square*referred
	return PerChild{
		Cohort: c.Name, Metric: metric.Name, Mean: mean,
		Variance: max(0, square-mean*mean), // rounding may leave it just below 0
	}
}
