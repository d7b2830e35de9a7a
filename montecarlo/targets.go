package montecarlo

import (
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// target is an amount that a commissioner is to save, or can afford to pay, in
// some quarters.
type target struct {
	name         string
	commissioner int
	counts       []bool // by quarter
	pence        float64
	// worth is what £1 of a quarter is in the target's own prices, in which it is
	// met or not, whatever prices figures are in. A target over several years has
	// no other.
	worth []float64
	// rounding is by how many pence in those prices amounts may be out that were
	// brought into other prices, each to the penny: what is paid up to a limit is
	// not above it in one kind of prices and within it in the other.
	rounding float64
}

// newTarget prepares an amount of a commissioner.
func newTarget(p *model.Programme, shape *contract.Shape, prices contract.Prices, commissioner string, amount decimal.Decimal, indexation decimal.NullDecimal) target {
	t := target{commissioner: slices.Index(shape.Commissioners, commissioner), pence: amount.Shift(2).InexactFloat64()}
	for _, quarter := range shape.Quarters {
		t.worth = append(t.worth, worth(p.PriceIndex(), prices, indexation, quarter.FinancialYear()))
	}
	return t
}

// counting returns the target for the quarters of some financial years.
func (t target) counting(p *model.Programme, shape *contract.Shape, prices contract.Prices, years ...calendar.FinancialYear) target {
	converted := p.Inflation != 0 && (prices == contract.Cash || p.Indexed())
	// A quarter is a saving by cohort less a payment by commissioner, and a cap or
	// a grant that is as much as the target is to the penny too.
	amounts := len(shape.Cohorts) + len(shape.Commissioners) + 1
	for q, quarter := range shape.Quarters {
		counts := slices.Contains(years, quarter.FinancialYear())
		t.counts = append(t.counts, counts)
		if counts && converted {
			t.rounding += t.worth[q] * float64(amounts) / 2
		}
	}
	return t
}

// worth is what £1 of a financial year is in the prices of an amount with an
// indexation of its own, or without one.
func worth(index contract.PriceIndex, prices contract.Prices, indexation decimal.NullDecimal, year calendar.FinancialYear) float64 {
	cash := index.In(year) // of £1 in constant prices
	if prices == contract.Cash {
		cash = 1
	}
	if !indexation.Valid {
		return cash / index.In(year)
	}
	return cash / math.Pow(1+indexation.Decimal.InexactFloat64(), float64(year-index.Base))
}

// of is the part of a series that counts towards the target, as it is and in the
// target's own prices.
func (t target) of(series []float64) (sum, own float64) {
	for q, v := range series {
		if t.counts[q] {
			sum += v
			own += v * t.worth[q]
		}
	}
	return sum, own
}

// newTargets prepares the savings targets.
func newTargets(p *model.Programme, shape *contract.Shape, prices contract.Prices) []target {
	var targets []target
	for _, t := range p.SavingsTargets {
		one := newTarget(p, shape, prices, t.Commissioner, t.Amount, t.Indexation)
		one.name = t.String()
		targets = append(targets, one.counting(p, shape, prices, t.Years...))
	}
	return targets
}

// newLimits prepares what commissioners can afford.
func newLimits(p *model.Programme, shape *contract.Shape, prices contract.Prices) []target {
	var limits []target
	for _, a := range p.Affordability {
		one := newTarget(p, shape, prices, a.Commissioner, a.Amount, a.Indexation)
		one.name = a.String()
		limits = append(limits, one.counting(p, shape, prices, a.Year))
	}
	return limits
}

// fillTargets records what is saved against each savings target, and whether it
// is met.
func fillTargets(s *sheet, f *figures) {
	for _, t := range s.targets {
		name := t.name
		gross, ownGross := t.of(f.care.commissioners[t.commissioner].cashable)
		paid, ownPaid := t.of(f.paid.by[s.own[t.commissioner]])
		f.put(Key{Name: targetGross, Of: name}, gross, exactly)
		f.put(Key{Name: targetNet, Of: name}, gross-paid, afterCaps)
		f.event(TargetMetGross, name, ownGross+t.rounding >= t.pence)
		f.event(TargetMet, name, ownGross-ownPaid+t.rounding >= t.pence)
	}
}

// fillAffordable records which limits of what commissioners can afford are
// exceeded.
func fillAffordable(s *sheet, f *figures) {
	for _, limit := range s.limits {
		_, paid := limit.of(f.paid.by[s.own[limit.commissioner]])
		f.event(AboveAffordable, limit.name, paid > limit.pence+limit.rounding)
	}
}
