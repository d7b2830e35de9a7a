package contract

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// care is unit costs and cashable shares as the pricer needs them.
type care struct {
	cost     []int64 // pence per week by commissioner × state × quarter
	costed   [][]int // by commissioner: the states that cost anything in some quarter
	cashable []int64 // billionths by cohort
	free     bool    // whether no state costs anything
}

func newCare(c Care, s *Shape) (care, error) {
	var out care
	faults := c.faults(s)
	for _, cohort := range s.Cohorts {
		share, err := shareOf(c.Cashable[cohort])
		faults = append(faults, within("cohorts."+cohort+".cashable share", err))
		out.cashable = append(out.cashable, share)
	}
	if err := errors.Join(faults...); err != nil {
		return out, err
	}
	out.free = true
	said := map[string]bool{} // what is wrong for all commissioners is said once
	for _, commissioner := range s.Commissioners {
		var costed []int
		for i, state := range s.States {
			as := state
			if !c.hasOwn(state) {
				as = cmp.Or(c.CostedAs[state], state)
			}
			row, err := c.byQuarter(as, commissioner, s)
			if err = within("unit costs."+as, err); err != nil && !said[err.Error()] {
				said[err.Error()] = true
				faults = append(faults, err)
			}
			out.cost = append(out.cost, row...)
			if slices.ContainsFunc(row, func(cost int64) bool { return cost != 0 }) {
				costed = append(costed, i)
			}
		}
		out.costed = append(out.costed, costed)
		out.free = out.free && len(costed) == 0
	}
	return out, errors.Join(faults...)
}

// hasOwn tells whether there is any entry for a state.
func (c Care) hasOwn(state string) bool {
	return slices.ContainsFunc(c.UnitCosts, func(u UnitCost) bool { return u.State == state })
}

// faults reports entries that mean nothing by themselves.
func (c Care) faults(s *Shape) []error {
	var faults []error
	type entry struct {
		state, commissioner string
		year                calendar.FinancialYear
	}
	seen := map[entry]bool{}
	for _, u := range c.UnitCosts {
		at := "unit costs." + u.State
		if s.State(u.State) < 0 {
			faults = append(faults, termError(at, "%q is no state: %s", u.State, oneOf(s.States)))
		}
		if u.Commissioner != "" && s.Commissioner(u.Commissioner) < 0 {
			faults = append(faults, termError(at, "%q is no commissioner: %s", u.Commissioner, oneOf(s.Commissioners)))
		}
		e := entry{u.State, u.Commissioner, u.Year}
		if seen[e] {
			faults = append(faults, termError(at, "there are two costs for the same commissioner and financial year: keep one"))
		}
		seen[e] = true
		_, err := price(u.PerWeek)
		faults = append(faults, within(at, err), within(at+".growth", yearly(u.Growth)))
	}
	for _, state := range slices.Sorted(maps.Keys(c.CostedAs)) {
		for _, name := range []string{state, c.CostedAs[state]} {
			if s.State(name) < 0 {
				faults = append(faults, termError("unit costs."+state, "%q is no state: %s", name, oneOf(s.States)))
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Cashable)) {
		if s.Cohort(name) < 0 {
			faults = append(faults, termError("cohorts."+name, "%q is no cohort: %s", name, oneOf(s.Cohorts)))
		}
	}
	return faults
}

// byQuarter returns the cost of a week in a state, in pence, by quarter. A
// state for which there is no entry costs nothing.
func (c Care) byQuarter(state, commissioner string, s *Shape) ([]int64, error) {
	costs := make([]int64, len(s.Quarters))
	if !c.hasOwn(state) {
		return costs, nil
	}
	for q, quarter := range s.Quarters {
		u, ok := c.inForce(state, commissioner, quarter.FinancialYear())
		if !ok {
			return nil, fmt.Errorf("there is no cost for %s in %s: write one for every commissioner from the first year on, and 0 if a week costs nothing",
				commissioner, quarter.FinancialYear())
		}
		from := u.Year
		if from.IsZero() {
			from = s.Quarters[0].FinancialYear()
		}
		var err error
		if costs[q], err = uplift(u.PerWeek.Shift(2).IntPart(), u.Growth, int(quarter.FinancialYear()-from)); err != nil {
			return nil, err
		}
	}
	return costs, nil
}

// inForce returns the unit cost that holds in a financial year, and whether
// there is one.
func (c Care) inForce(state, commissioner string, year calendar.FinancialYear) (UnitCost, bool) {
	best := -1
	for i, u := range c.UnitCosts {
		if u.State == state && (u.Commissioner == "" || u.Commissioner == commissioner) &&
			u.Year <= year && (best < 0 || c.UnitCosts[best].yieldsTo(u)) {
			best = i
		}
	}
	if best < 0 {
		return UnitCost{}, false
	}
	return c.UnitCosts[best], true
}

// yieldsTo tells whether v wins over u where both fit.
func (u UnitCost) yieldsTo(v UnitCost) bool {
	if (u.Commissioner == "") != (v.Commissioner == "") {
		return u.Commissioner == ""
	}
	return u.Year < v.Year
}

// priceCare prices weeks at unit cost and works out the cashable part of what
// is avoided in the tracking window, cell by cell, rounded to the penny once.
func priceCare[N Number](p *Pricer, counts *Counts[N], into *Ledger) {
	s, quarters := p.shape, len(p.shape.Quarters)
	if p.care.free {
		clear(into.Costs)
		clear(into.Cashable)
		return
	}
	lines := len(s.Cohorts) * len(s.Commissioners)
	for cell := range int(numWindows) * int(numArms) * lines {
		costLives(p, counts, row(into.Costs, cell, quarters), cell*len(s.States), cell%len(s.Commissioners))
	}
	for k := range s.Cohorts {
		for c := range s.Commissioners {
			with := into.CostsOf(Tracking, Intervention, k, c)
			without := into.CostsOf(Tracking, Counterfactual, k, c)
			cash(into.CashableOf(k, c), without, with, p.care.cashable[k])
		}
	}
}

// cash works out a share of what is avoided by quarter.
func cash(cashable, without, with []int64, share int64) {
	without, with = without[:len(cashable)], with[:len(cashable)]
	for q := range cashable {
		cashable[q] = part(without[q]-with[q], share)
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
