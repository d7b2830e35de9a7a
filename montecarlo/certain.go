package montecarlo

import (
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// certain reports whether an event cannot happen, or must, by arithmetic alone:
// whatever the lives are. It is not a guess from what was simulated, and says no
// where it does not know.
func (r *runner) certain(k Key) bool {
	p := r.version.Programme
	if withoutChance(p) {
		return true
	}
	switch k.Name {
	case CapReached:
		return !p.Contract.Cap.Decimal.IsPositive() || r.nothingPaid(always)
	case AboveAffordable:
		for _, limit := range p.Affordability {
			if limit.String() == k.Of {
				return r.nothingPaid(func(q calendar.Quarter) bool { return q.FinancialYear() == limit.Year })
			}
		}
	case TooFewReferred:
		fewest, most := earlyReferrals(p)
		return fewest >= p.MinimumReferrals.Children || most < float64(p.MinimumReferrals.Children)
	case Saves, OwnSaves, CashableSaves, OwnCashableSaves: // there is nothing to save, and payments are never below 0
		return !slices.ContainsFunc(p.UnitCosts, func(u contract.UnitCost) bool { return !u.PerWeek.IsZero() })
	case FacilityShort: // without a facility there is no limit
		return p.Facility == nil
	}
	return false
}

func always(calendar.Quarter) bool { return true }

// nothingPaid reports whether nothing can be earned or granted in some quarters: a
// count is never below 0, so that one whose expectation is 0 is 0 in every
// replication.
func (r *runner) nothingPaid(counts func(calendar.Quarter) bool) bool {
	if r.version.Programme.Contract.Fee != nil {
		return false
	}
	quarters := r.sheet.shape.Quarters
	for q, quarter := range quarters {
		if !counts(quarter) {
			continue
		}
		if r.sheet.granted[q] {
			return false
		}
		for _, line := range r.sheet.allMetrics {
			if r.expectation.Counts.Units[line*len(quarters)+q] != 0 {
				return false
			}
		}
	}
	return true
}

// earlyReferrals is how many children can be referred in the weeks of the contract's
// minimum: the fewest and the most.
func earlyReferrals(p *model.Programme) (fewest int, most float64) {
	for _, c := range p.Cohorts {
		early, late := 0.0, 0.0
		for i, share := range c.Referrals.Shares() {
			if c.Referrals.First+i < p.MinimumReferrals.Weeks {
				early += share
			} else {
				late += share
			}
		}
		children := c.Referrals.Expected()
		if late == 0 && c.Referrals.Law == model.Fixed {
			fewest += int(math.Floor(children))
		}
		switch {
		case early == 0 || children == 0:
		case c.Referrals.Law == model.Poisson:
			most = math.Inf(1)
		default:
			most += math.Ceil(children)
		}
	}
	return fewest, most
}

// withoutChance reports whether every replication is the same because nothing in
// the programme is left to chance.
func withoutChance(p *model.Programme) bool {
	if !p.Ages.None() || slices.ContainsFunc(p.Commissioners, func(c model.Commissioner) bool { return !settled(c.ReferralShare) }) {
		return false
	}
	for i := range p.Cohorts {
		c := &p.Cohorts[i]
		r := c.Referrals
		if children := r.Expected(); children != 0 && (r.Law != model.Fixed || children != math.Trunc(children) || !slices.Contains(r.Shares(), 1)) {
			return false
		}
		if !settled(c.StartProbability) || !settledRow(c.Failure) {
			return false
		}
		for _, row := range p.BackgroundOf(c) {
			if !settledRow(row) {
				return false
			}
		}
	}
	return true
}

// settledRow reports whether every move of a row is made at once or never.
func settledRow(row markov.Row) bool {
	for _, piece := range row {
		for _, m := range piece.Moves {
			if !settled(m.Probability) {
				return false
			}
		}
	}
	return true
}

func settled(probability float64) bool { return probability == 0 || probability == 1 }
