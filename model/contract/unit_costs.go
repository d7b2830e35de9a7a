package contract

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/located"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// unitCosts works out what a week costs, in pence, by commissioner × state ×
// quarter. What is wrong for all commissioners is said once.
func (c Care) unitCosts(s *Shape, index PriceIndex) ([]int64, error) {
	var faults []error
	var costs []int64
	said := map[string]bool{}
	common := map[string][]int64{} // of states that cost the same for every commissioner
	for _, commissioner := range s.Commissioners {
		for _, state := range s.States {
			as := state
			if !c.hasOwn(state) {
				as = cmp.Or(c.CostedAs[state], state)
			}
			if byQuarter, ok := common[as]; ok {
				costs = append(costs, byQuarter...)
				continue
			}
			byQuarter, err := c.byQuarter(as, commissioner, s, index)
			if err = located.Within("unit costs."+as, err); err != nil && !said[err.Error()] {
				said[err.Error()] = true
				faults = append(faults, err)
			}
			if err == nil && !c.differs(as) {
				common[as] = byQuarter
			}
			costs = append(costs, byQuarter...)
		}
	}
	return costs, errors.Join(faults...)
}

// hasOwn reports whether there is any entry for a state.
func (c Care) hasOwn(state string) bool {
	return slices.ContainsFunc(c.UnitCosts, func(u UnitCost) bool { return u.State == state })
}

// differs reports whether any entry for a state is of one commissioner.
func (c Care) differs(state string) bool {
	return slices.ContainsFunc(c.UnitCosts, func(u UnitCost) bool { return u.State == state && u.Commissioner != "" })
}

// checkUnitCosts reports entries that mean nothing by themselves.
func (c Care) checkUnitCosts(s *Shape, index PriceIndex) error {
	var faults []error
	type entry struct {
		state, commissioner string
		year                calendar.FinancialYear
	}
	seen := map[entry]bool{}
	for _, u := range c.UnitCosts {
		at := "unit costs." + u.State
		faults = append(faults, known(at, "state", u.State, s.States))
		if u.Commissioner != "" {
			faults = append(faults, known(at, "commissioner", u.Commissioner, s.Commissioners))
		}
		e := entry{u.State, u.Commissioner, u.Year}
		if seen[e] {
			faults = append(faults, located.At(at, "there are two costs for the same commissioner and financial year: keep one"))
		}
		seen[e] = true
		_, err := price(u.PerWeek)
		faults = append(faults, located.Within(at, err), located.Within(at+".growth", yearly(u.Growth)), located.Within(at+".indexation", u.checkIndexation(index)))
	}
	for _, state := range slices.Sorted(maps.Keys(c.CostedAs)) {
		for _, name := range []string{state, c.CostedAs[state]} {
			faults = append(faults, known("unit costs."+state, "state", name, s.States))
		}
	}
	return errors.Join(faults...)
}

// byQuarter returns the cost of a week in a state, in pence, by quarter. A
// state for which there is no entry costs nothing.
func (c Care) byQuarter(state, commissioner string, s *Shape, index PriceIndex) ([]int64, error) {
	costs := make([]int64, len(s.Quarters))
	if !c.hasOwn(state) {
		return costs, nil
	}
	for q, quarter := range s.Quarters {
		if q > 0 && !s.newYear(q) {
			costs[q] = costs[q-1]
			continue
		}
		u, ok := c.inForce(state, commissioner, quarter.FinancialYear())
		if !ok {
			return nil, fmt.Errorf("there is no cost for %s in %s: write one for every commissioner from the first year on, and 0 if a week costs nothing",
				commissioner, quarter.FinancialYear())
		}
		var err error
		if costs[q], err = u.in(quarter.FinancialYear(), s.Quarters[0].FinancialYear(), index, c.prices()); err != nil {
			return nil, err
		}
	}
	return costs, nil
}

// checkIndexation says what is wrong with the cost's own indexation.
func (u UnitCost) checkIndexation(index PriceIndex) error {
	switch {
	case !u.Indexation.Valid:
		return nil
	case !u.Growth.IsZero():
		return errors.New("the cost has growth too, and either says how it changes: keep one")
	case u.Year.IsZero() && index.Base.IsZero():
		return errNoBase
	}
	return yearly(u.Indexation.Decimal)
}

// prices is the kind of prices that costs are worked out in: cash where any cost
// has an indexation of its own.
func (c Care) prices() Prices {
	if slices.ContainsFunc(c.UnitCosts, func(u UnitCost) bool { return u.Indexation.Valid }) {
		return Cash
	}
	return Constant
}

// in is the cost of a week in a financial year, in pence, rounded once. Where
// neither the cost nor the prices have a year, it is that of the first.
func (u UnitCost) in(year, first calendar.FinancialYear, index PriceIndex, in Prices) (int64, error) {
	from := cmp.Or(u.Year, index.Base, first)
	rate := cmp.Or(u.Growth, u.Indexation.Decimal)
	factor, err := compounded(rate, int(year-from))
	if err != nil {
		return 0, err
	}
	if in == Cash && !u.Indexation.Valid {
		inflated, err := compounded(index.Inflation, int(year-index.Base))
		if err != nil {
			return 0, err
		}
		factor = factor.Mul(inflated)
	}
	return affordable(u.PerWeek.Shift(2).Mul(factor).Round(0), rate)
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

// yieldsTo reports whether v wins over u where both fit.
func (u UnitCost) yieldsTo(v UnitCost) bool {
	if (u.Commissioner == "") != (v.Commissioner == "") {
		return u.Commissioner == ""
	}
	return u.Year < v.Year
}
