package montecarlo

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// target is an amount that a commissioner is to save, or can afford to pay, in
// some quarters.
type target struct {
	name         string
	commissioner int
	counts       []bool // by quarter
	pence        float64
}

// of is the part of a series that counts towards the target.
func (t target) of(series []float64) float64 {
	sum := 0.0
	for q, v := range series {
		if t.counts[q] {
			sum += v
		}
	}
	return sum
}

// newTargets prepares the savings targets.
func newTargets(p *model.Programme, shape *contract.Shape) []target {
	var targets []target
	for _, t := range p.SavingsTargets {
		one := target{name: t.String(), commissioner: slices.Index(shape.Commissioners, t.Commissioner), pence: t.Amount.Shift(2).InexactFloat64()}
		for _, quarter := range shape.Quarters {
			one.counts = append(one.counts, slices.Contains(t.Years, quarter.FinancialYear()))
		}
		targets = append(targets, one)
	}
	return targets
}

// newLimits prepares what commissioners can afford.
func newLimits(p *model.Programme, shape *contract.Shape) []target {
	var limits []target
	for _, a := range p.Affordability {
		one := target{name: a.String(), commissioner: slices.Index(shape.Commissioners, a.Commissioner), pence: a.Amount.Shift(2).InexactFloat64()}
		for _, quarter := range shape.Quarters {
			one.counts = append(one.counts, quarter.FinancialYear() == a.Year)
		}
		limits = append(limits, one)
	}
	return limits
}

// fillTargets records what is saved against each savings target, and whether it
// is met.
func fillTargets(s *sheet, l *contract.Ledger, f *figures) {
	for _, t := range s.targets {
		name := t.name
		gross := t.of(f.care.commissioners[t.commissioner].cashable)
		s.pay(f, l, s.payer[s.own[t.commissioner]])
		net := gross + t.of(f.series)
		clear(f.series)
		f.put(Key{Name: targetGross, Of: name}, gross, exactly)
		f.put(Key{Name: TargetNet, Of: name}, net, afterCaps)
		f.event(TargetMetGross, name, gross >= t.pence)
		f.event(TargetMet, name, net >= t.pence)
	}
}

// fillAffordable records which limits of what commissioners can afford are
// exceeded.
func fillAffordable(s *sheet, l *contract.Ledger, f *figures) {
	for _, limit := range s.limits {
		add(f, l.Payments, s.payer[s.own[limit.commissioner]], 1)
		f.event(AboveAffordable, limit.name, limit.of(f.series) > limit.pence)
		clear(f.series)
	}
}
