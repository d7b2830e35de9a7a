package expect

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// cohort is what is known of a programme's cohort once its children have been
// followed: where they live by week since referral, and when those weeks are.
type cohort struct {
	*model.Cohort
	programme *model.Programme
	index     int // among the programme's cohorts
	timing    *timing
	moves     *moves
	lives     *lives
}

func newCohort(p *model.Programme, index int, under18 []float64) *cohort {
	c := &cohort{Cohort: &p.Cohorts[index], programme: p, index: index}
	c.timing = newTiming(p, c.Referrals, under18)
	c.moves = newMoves(p, c.Cohort)
	c.lives = newLives(c.moves, c.timing.weeks())
	return c
}

// children returns how many children a commissioner is expected to refer.
func (c *cohort) children(commissioner int) float64 {
	return c.Referrals.Expected() * c.programme.Commissioners[commissioner].ReferralShare
}

// add adds a figure of one child by quarter to each commissioner's row of
// counts, for all the children that it refers. A commissioner without a row is
// left out.
func (c *cohort) add(byQuarter []float64, row func(commissioner int) []float64) {
	for k := range c.programme.Commissioners {
		into, children := row(k), c.children(k)
		if into == nil {
			continue
		}
		for q, x := range byQuarter {
			into[q] += children * x
		}
	}
}

// occupancy returns the share of the cohort's children in each state, by state
// and week since referral, birthdays counted.
func (c *cohort) occupancy(arm contract.Arm) [][]float64 {
	shares := c.lives.arm(arm)
	leftCare := shares[c.moves.leftCare]
	for _, share := range shares {
		for t := range share {
			share[t] *= c.timing.under18[t]
		}
	}
	for t := range leftCare {
		leftCare[t] += 1 - c.timing.under18[t]
	}
	return shares
}

// payable returns the states that a metric pays for.
func (c *cohort) payable(m *contract.Metric) contract.StateSet {
	if len(m.States) == 0 {
		return contract.StateSet(0).Add(c.moves.planned)
	}
	var set contract.StateSet
	for i, s := range c.programme.States {
		if slices.Contains(m.States, s.Name) || slices.Contains(m.States, s.Parent) {
			set = set.Add(i)
		}
	}
	return set
}

// Occupancy returns the share of a cohort's referred children in each state by
// week since referral: one row per state in the programme's order, from week 0
// to the last week that the first children referred reach before the horizon.
// Birthdays are counted, so the shares of a week add up to 1; the horizon cuts
// no one off. The errors are those of [Of], a *CohortError and an *ArmError.
func Occupancy(p *model.Programme, cohort string, arm contract.Arm) ([][]float64, error) {
	if err := validate(p); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(p.Cohorts, func(c model.Cohort) bool { return c.Name == cohort })
	if i < 0 {
		return nil, &CohortError{Given: cohort, Cohorts: p.Shape().Cohorts}
	}
	if !slices.Contains(contract.Arms(), arm) {
		return nil, &ArmError{Given: int(arm)}
	}
	return newCohort(p, i, shareUnder18(p.Ages, p.Weeks, everyAge)).occupancy(arm), nil
}
