package contract

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/located"
)

// From one draw of uncertain inputs to another it is mostly costs that are the same
// everywhere and in every year that differ, and cashable shares. They are written into
// the tables of a pricer, which takes a microsecond and no memory. That is what newCare
// gives; anything else is left to it.

// SetCare sets unit costs, which must be in the prices of those that the pricer was
// made with, and cashable shares by cohort. Everything else that care was made of
// stays. Clones made before are not told. After an error the pricer is as it was.
func (p *Pricer) SetCare(costs []UnitCost, cashable []decimal.Decimal) error {
	if len(cashable) != len(p.shape.Cohorts) {
		return located.At("cohorts", "there are %d cashable shares for %d cohorts: give one for each", len(cashable), len(p.shape.Cohorts))
	}
	if !p.alone {
		p.care, p.alone = p.care.clone(), true
	}
	if p.care.redraw(costs, cashable, p.shape) {
		copy(p.cashable, p.care.cashable)
		return nil
	}
	terms := Care{UnitCosts: costs, CostedAs: p.care.terms.CostedAs, Cashable: map[string]decimal.Decimal{}}
	for k, name := range p.shape.Cohorts {
		terms.Cashable[name] = cashable[k]
	}
	made, err := newCare(terms, p.shape, p.index)
	if err == nil && made.in != p.care.in {
		err = located.At("unit costs", "they are in other prices than before: make a new pricer")
	}
	if err != nil {
		return err
	}
	p.care = made
	copy(p.cashable, made.cashable)
	return nil
}

// clone is the same with tables of its own.
func (c care) clone() care {
	c.cost, c.constant, c.cashable, c.perWeek = slices.Clone(c.cost), slices.Clone(c.constant), slices.Clone(c.cashable), slices.Clone(c.perWeek)
	c.pence = slices.Clone(c.pence)
	c.terms.UnitCosts = slices.Clone(c.terms.UnitCosts)
	return c
}

// levelCosts is, by state, which unit cost holds for every commissioner and in every
// quarter; -1 if none does.
func (c Care) levelCosts(s *Shape) []int {
	var level []int
	for _, state := range s.States {
		if as, ok := c.CostedAs[state]; ok && !c.hasOwn(state) {
			state = as
		}
		of := func(u UnitCost) bool { return u.State == state }
		i := slices.IndexFunc(c.UnitCosts, of)
		if i < 0 || slices.ContainsFunc(c.UnitCosts[i+1:], of) || c.UnitCosts[i].Commissioner != "" ||
			!c.UnitCosts[i].Growth.IsZero() || c.prices() != Constant {
			i = -1
		}
		level = append(level, i)
	}
	return level
}

// redraw takes other level costs and cashable shares. It reports whether it could;
// nothing has changed if it could not.
func (c *care) redraw(costs []UnitCost, cashable []decimal.Decimal, s *Shape) bool {
	was := c.terms.UnitCosts
	if len(costs) != len(was) {
		return false
	}
	for i := range costs {
		if !costs[i].sameButForAmount(&was[i]) || !c.takes(i, costs[i].PerWeek) {
			return false
		}
	}
	for _, share := range cashable {
		if n, ok := inUnits(share, 9); !ok || n > whole {
			return false
		}
	}
	for k, share := range cashable {
		c.cashable[k], _ = inUnits(share, 9)
	}
	for i := range costs {
		was[i].PerWeek = costs[i].PerWeek
	}
	for state, i := range c.level {
		if i >= 0 {
			pence, _ := inUnits(costs[i].PerWeek, 2)
			c.setLevel(state, pence, s)
		}
	}
	return true
}

// takes reports whether a unit cost can be written: another level cost, unless one of
// the two is nothing, or the same.
func (c *care) takes(i int, perWeek decimal.Decimal) bool {
	was := c.terms.UnitCosts[i].PerWeek
	if !slices.Contains(c.level, i) {
		return identical(perWeek, was)
	}
	pence, ok := inUnits(perWeek, 2)
	return ok && pence <= maxPrice && (pence == 0) == was.IsZero()
}

// setLevel sets the cost of a state for every commissioner and in every quarter.
func (c *care) setLevel(state int, pence int64, s *Shape) {
	quarters := len(s.Quarters)
	if quarters == 0 {
		return
	}
	for at := state; at < len(s.Commissioners)*len(s.States); at += len(s.States) {
		if c.perWeek != nil {
			c.perWeek[at] = float64(pence)
		}
		if c.pence != nil {
			c.pence[at] = pence
		}
	}
	if c.perWeek != nil && c.pence != nil {
		return
	}
	for at := state * quarters; at < len(c.cost); at += len(s.States) * quarters {
		cost, constant := c.cost[at:][:quarters], c.constant[at:][:quarters]
		for q := range cost {
			cost[q], constant[q] = pence, float64(pence)
		}
	}
}

// sameButForAmount reports whether two unit costs differ in the amount alone.
func (u *UnitCost) sameButForAmount(v *UnitCost) bool {
	return u.State == v.State && u.Commissioner == v.Commissioner && u.Year == v.Year && identical(u.Growth, v.Growth) &&
		u.Indexation.Valid == v.Indexation.Valid && identical(u.Indexation.Decimal, v.Indexation.Decimal)
}

// identical reports whether two decimals are equal and written alike, which takes no
// time whatever their exponents are.
func identical(a, b decimal.Decimal) bool { return a.Exponent() == b.Exponent() && a.Equal(b) }

// inUnits is a decimal in units of a decimal place, and whether it is a whole number
// of them that is not below 0 and has at most 18 digits.
func inUnits(d decimal.Decimal, places int) (int64, bool) {
	if d.IsZero() {
		return 0, true
	}
	zeros := int(d.Exponent()) + places
	if d.IsNegative() || zeros < 0 || d.NumDigits()+zeros > 18 {
		return 0, false
	}
	n := d.CoefficientInt64()
	for range zeros {
		n *= 10
	}
	return n, true
}
