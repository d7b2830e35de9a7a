package contract

import (
	"errors"
	"math"
)

// care is unit costs and cashable shares as the pricer needs them.
type care struct {
	cost     []float64 // pence per week by commissioner × state × quarter; whole numbers
	cashable []int64   // billionths by cohort
}

func newCare(c Care, s *Shape) (care, error) {
	var faults []error
	var out care
	for _, u := range c.UnitCosts {
		if s.State(u.State) < 0 {
			faults = append(faults, termError("unit costs."+u.State, "%q is no state", u.State))
		}
		if u.Commissioner != "" && s.Commissioner(u.Commissioner) < 0 {
			faults = append(faults, termError("unit costs."+u.State, "%q is no commissioner", u.Commissioner))
		}
		_, err := pence(u.PerWeek)
		faults = append(faults, within("unit costs."+u.State, err))
	}
	for _, commissioner := range s.Commissioners {
		for _, state := range s.States {
			out.cost = append(out.cost, c.byQuarter(state, commissioner, s)...)
		}
	}
	for name := range c.Cashable {
		if s.Cohort(name) < 0 {
			faults = append(faults, termError("cohorts."+name, "there is no such cohort"))
		}
	}
	for _, cohort := range s.Cohorts {
		share, err := shareOf(c.Cashable[cohort])
		faults = append(faults, within("cohorts."+cohort+".cashable share", err))
		out.cashable = append(out.cashable, share)
	}
	return out, errors.Join(faults...)
}

// byQuarter returns the cost of a week in a state, in pence, by quarter.
func (c Care) byQuarter(state, commissioner string, s *Shape) []float64 {
	costs := make([]float64, len(s.Quarters))
	for q, quarter := range s.Quarters {
		best := -1
		for i, u := range c.UnitCosts {
			if u.State == state && (u.Commissioner == "" || u.Commissioner == commissioner) &&
				u.Year <= quarter.FinancialYear() && (best < 0 || c.UnitCosts[best].before(u)) {
				best = i
			}
		}
		if best < 0 {
			continue
		}
		u := c.UnitCosts[best]
		cost := u.PerWeek.Shift(2).IntPart()
		first := max(u.Year, s.Quarters[0].FinancialYear())
		for range int(quarter.FinancialYear() - first) {
			cost = uplift(cost, u.Growth)
		}
		costs[q] = float64(cost)
	}
	return costs
}

// before tells whether v wins over u where both fit.
func (u UnitCost) before(v UnitCost) bool {
	if (u.Commissioner == "") != (v.Commissioner == "") {
		return u.Commissioner == ""
	}
	return u.Year <= v.Year
}

// priceCare prices weeks at unit cost and works out the cashable part of what
// is avoided in the tracking window, cell by cell, rounded to the penny once.
func priceCare[N Number](p *Pricer, counts *Counts[N], into *Ledger) {
	s := p.shape
	quarters := len(s.Quarters)
	for w := range numWindows {
		for a := range numArms {
			for k := range s.Cohorts {
				for c := range s.Commissioners {
					costs := into.CostsOf(w, a, k, c)
					weeks := row(counts.Weeks, s.weeksRow(w, a, k, c, 0)/len(s.States), quarters*len(s.States))
					unit := row(p.care.cost, c, quarters*len(s.States))
					for q := range costs {
						sum := 0.0
						for i := q; i < len(unit); i += quarters {
							sum += float64(weeks[i]) * unit[i]
						}
						costs[q] = int64(math.Round(sum))
					}
				}
			}
		}
	}
	for k := range s.Cohorts {
		for c := range s.Commissioners {
			with := into.CostsOf(Tracking, Intervention, k, c)
			without := into.CostsOf(Tracking, Counterfactual, k, c)
			cashable := into.CashableOf(k, c)
			for q := range cashable {
				cashable[q] = part(without[q]-with[q], p.care.cashable[k])
			}
		}
	}
}
