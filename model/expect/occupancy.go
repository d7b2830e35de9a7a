package expect

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Occupancy returns the share of a cohort's referred children in each state by
// week since referral: one row per state in the programme's order, from week 0
// to the last week that the first children referred reach before the horizon.
// Birthdays are counted, so the shares of a week add up to 1; the horizon cuts
// no one off. The errors are those of [Of], and a plain error for a cohort or an
// arm that does not exist.
func Occupancy(p *model.Programme, cohort string, arm contract.Arm) ([][]float64, error) {
	if err := validate(p); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(p.Cohorts, func(c model.Cohort) bool { return c.Name == cohort })
	if i < 0 {
		return nil, fmt.Errorf("there is no cohort called %q: the cohorts are %s", cohort, strings.Join(p.Shape().Cohorts, ", "))
	}
	if !slices.Contains(contract.Arms(), arm) {
		return nil, fmt.Errorf("there is no arm %d: it must be contract.Counterfactual or contract.Intervention", int(arm))
	}
	c, err := newCohort(p, i, newTiming(p, p.Cohorts[i].Referrals, shareUnder18(p.Ages, p.Weeks, everyAge)))
	if err != nil {
		return nil, err
	}
	shares := c.table()
	for state, share := range shares {
		c.occupancy(arm, state, share)
	}
	return shares, nil
}

// occupancy sets a share to that of the cohort's children who are in a state, by
// week since referral, birthdays counted.
func (c *cohort) occupancy(arm contract.Arm, state int, share []float64) {
	c.groups.in(arm, state, share)
	for t, under18 := range c.timing.under18[:len(share)] {
		share[t] *= under18
		if state == c.leftCare {
			share[t] += 1 - under18
		}
	}
}
