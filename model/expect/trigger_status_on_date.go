package expect

import (
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// onDate is the expectation of contract.OnDate: one unit if the week that is looked
// at is week t since referral, for every t. Which t that is depends on the week of
// referral alone: see measured.
func onDate(_ *contract.OnDate, c *cohort, payable contract.StateSet) earnings {
	e, weeks := newEarnings(c)
	for s, share := range c.groups.started {
		if !payable.Has(s) {
			continue
		}
		for t := c.lag; t < c.lag+weeks; t++ {
			e.add(t, 0, 1, share[t])
		}
	}
	return e
}

// measured is when a metric looks at a cohort's children on one date: the place of
// timing.quarters and timing.reached, which are for metrics that look at each child
// so many weeks after its own start.
type measured struct {
	quarter int
	// shares is the probability that the date's week is week t since referral, by t.
	shares []float64
}

// measuredOn returns when a metric looks at the children; nil where it does not do so
// on one date.
func (x *timing) measuredOn(p *model.Programme, m *contract.Metric) *measured {
	date := m.Trigger.Definition().On
	if date.IsZero() {
		return nil
	}
	on := &measured{shares: make([]float64, x.weeks())}
	week := (date.Sub(p.Start)+1)/7 - 1 // the last that has ended by then
	if week < 0 || week >= p.Weeks {
		return on
	}
	on.quarter, _ = p.Calendar().Index(p.Calendar().Quarter(week))
	for t := range on.shares {
		if r := week - t - x.first; r >= 0 && r < len(x.shares) {
			on.shares[t] = x.shares[r]
		}
	}
	return on
}

// sum is what a figure by week since referral, beginning with week from, comes to on
// the date.
func (on *measured) sum(perWeek []float64, from int) (sum float64) {
	for i, figure := range perWeek {
		sum += figure * on.shares[from+i]
	}
	return sum
}
