package contract

import (
	"errors"
	"math"
	"slices"
)

// care is unit costs and cashable shares as the pricer needs them.
type care struct {
	cost     []int64   // pence per week by commissioner × state × quarter
	constant []float64 // the same in constant prices
	costed   [][]int   // by commissioner: the states that cost anything in some quarter
	cashable []int64   // share of what is avoided by the terms, in billionths by cohort
	free     bool      // whether no state costs anything
	in       Prices
	terms    Care  // that it was made of; their unit costs are its own
	level    []int // see set_care.go
	// perWeek is the same in constant prices, in pence by commissioner × state, where
	// it is the same in every quarter; nil where some cost is not.
	perWeek []float64
	pence   []int64 // see care_cost_fast.go
	// Where there are both, nothing else is looked at: SetCare leaves cost and constant as
	// they were.
}

func newCare(c Care, s *Shape, index PriceIndex) (care, error) {
	shares, err := c.cashableShares(s)
	if err := errors.Join(c.checkUnitCosts(s, index), err); err != nil {
		return care{}, err
	}
	costs, err := c.unitCosts(s, index)
	if err != nil {
		return care{}, err
	}
	out := care{cost: costs, cashable: shares, free: true, in: c.prices(), terms: c}
	out.terms.UnitCosts = slices.Clone(c.UnitCosts)
	out.level = out.terms.levelCosts(s)
	out.constant = make([]float64, len(costs))
	toConstant := index.byQuarter(out.in, Constant, s.Quarters)
	for at, cost := range costs {
		out.constant[at] = float64(cost)
		if toConstant != nil {
			out.constant[at] *= toConstant[at%len(toConstant)]
		}
	}
	out.perWeek, out.pence = out.levelCosts(len(s.Quarters)), out.levelPence(len(s.Quarters))
	for c := range s.Commissioners {
		var costed []int
		for i := range s.States {
			if slices.ContainsFunc(row(costs, c*len(s.States)+i, len(s.Quarters)), func(cost int64) bool { return cost != 0 }) {
				costed = append(costed, i)
			}
		}
		out.costed = append(out.costed, costed)
		out.free = out.free && len(costed) == 0
	}
	return out, nil
}

// levelCosts is what a week costs by commissioner × state; nil where some cost is not the
// same in every quarter.
func (c *care) levelCosts(quarters int) []float64 {
	if quarters == 0 {
		return nil
	}
	var perWeek []float64
	for first := 0; first < len(c.constant); first += quarters {
		cost := c.constant[first]
		if slices.ContainsFunc(c.constant[first:][:quarters], func(other float64) bool { return other != cost }) {
			return nil
		}
		perWeek = append(perWeek, cost)
	}
	return perWeek
}

// LevelCosts returns what a week costs in constant prices, in pence by commissioner ×
// state, where it is the same in every quarter. It is nil where some cost is not, and
// for counts of another shape than the pricer's. It is the pricer's own: do not change
// it.
func (p *Pricer) LevelCosts(s *Shape) []float64 {
	if p == nil || !p.shape.same(s) {
		return nil
	}
	return p.care.perWeek
}

// priceCare prices weeks at unit cost and works out the cashable part of what
// is avoided in the tracking window, cell by cell, rounded to the penny once.
func priceCare[N Number](p *Pricer, counts *Counts[N], into *Ledger) {
	if p.care.free {
		clear(into.Costs)
		clear(into.Cashable)
		return
	}
	for arm := range numArms {
		priceArm(p, counts, into, arm)
	}
	priceCashable(p, into)
}

// priceArm prices the weeks of one arm.
func priceArm[N Number](p *Pricer, counts *Counts[N], into *Ledger, arm Arm) {
	if p.care.pence != nil {
		priceLevel(p, counts, into, arm)
		return
	}
	priceCells(p, counts, into, arm)
}

// priceCells prices the weeks of one arm, cell by cell.
func priceCells[N Number](p *Pricer, counts *Counts[N], into *Ledger, arm Arm) {
	s, quarters := p.shape, len(p.shape.Quarters)
	for w := range numWindows {
		first := s.costsRow(w, arm, 0, 0)
		for cell := first; cell < s.costsRow(w, arm+1, 0, 0); cell++ {
			costLives(p, counts, row(into.Costs, cell, quarters), cell*len(s.States), cell%len(s.Commissioners))
		}
	}
}

// priceCashable works out the cashable part of what is avoided.
func priceCashable(p *Pricer, into *Ledger) {
	s := p.shape
	for k := range s.Cohorts {
		for c := range s.Commissioners {
			with := into.CostsOf(Tracking, Intervention, k, c)
			without := into.CostsOf(Tracking, Counterfactual, k, c)
			cash(into.CashableOf(k, c), without, with, p.cashable[k])
		}
	}
}

// costLives prices the weeks of one cell in all states: those from row first
// of the counts on. States are taken two at a time: costs are then read and
// written half as often.
func costLives[N Number](p *Pricer, counts *Counts[N], costs []int64, first, commissioner int) {
	states, quarters := livedIn(p, counts, first, commissioner), len(costs)
	of := func(state int) (weeks []N, unit []int64) {
		return row(counts.Weeks, first+state, quarters), row(p.care.cost, commissioner*len(p.shape.States)+state, quarters)
	}
	if !isWhole[N]() {
		sums := p.work.sums[:quarters]
		clear(sums)
		for _, state := range states {
			weeks, unit := of(state)
			for q := range sums {
				sums[q] += float64(weeks[q]) * float64(unit[q])
			}
		}
		for q, sum := range sums {
			costs[q] = int64(math.Round(sum))
		}
		return
	}
	clear(costs)
	for ; len(states) >= 2; states = states[2:] {
		weeks, unit := of(states[0])
		others, price := of(states[1])
		costTwo(costs, weeks, others, unit, price)
	}
	for _, state := range states {
		weeks, unit := of(state)
		costOne(costs, weeks, unit)
	}
}

// livedIn lists the states of a cell whose weeks may cost anything.
func livedIn[N Number](p *Pricer, counts *Counts[N], first, commissioner int) []int {
	costed := p.care.costed[commissioner]
	if counts.lived == nil {
		return costed
	}
	states := p.work.states[:0]
	for _, state := range costed {
		if counts.lived[first+state] {
			states = append(states, state)
		}
	}
	return states
}

// costOne adds the cost of whole weeks in one state.
func costOne[N Number](costs []int64, weeks []N, unit []int64) {
	weeks, unit = weeks[:len(costs)], unit[:len(costs)]
	for q := range costs {
		costs[q] += int64(weeks[q]) * unit[q]
	}
}

// costTwo adds the cost of whole weeks in one state, and that in another.
func costTwo[N Number](costs []int64, weeks, others []N, unit, price []int64) {
	weeks, unit = weeks[:len(costs)], unit[:len(costs)]
	others, price = others[:len(costs)], price[:len(costs)]
	for q := range costs {
		costs[q] += int64(weeks[q])*unit[q] + int64(others[q])*price[q]
	}
}
