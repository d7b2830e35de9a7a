package expect

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Whose children a metric pays for depends on the commissioner and on the age
// at the start, which do not depend on where a child lives. So they enter as
// factors: the commissioner's share of referrals, and the share of ages.

// paysFor reports whether a metric pays for the children of a commissioner.
func paysFor(m *contract.Metric, commissioner string) bool {
	return len(m.Commissioners) == 0 || slices.Contains(m.Commissioners, commissioner)
}

// shareReferred is the probability that a child is referred by a commissioner
// for whose children a metric pays.
func (c *cohort) shareReferred(m *contract.Metric) float64 {
	if len(m.Commissioners) == 0 {
		return 1
	}
	share := 0.0
	for _, commissioner := range c.programme.Commissioners {
		if paysFor(m, commissioner.Name) {
			share += commissioner.ReferralShare
		}
	}
	return share
}

// underAges returns, by week since referral, the probability that a child is of
// an age that a metric pays for on the first day of the start week, and that
// the week ends before the 18th birthday.
func (c *cohort) underAges(m *contract.Metric) []float64 {
	if m.Ages == (contract.AgeRange{}) {
		return c.timing.under18
	}
	return shareUnder18(c.programme.Ages, c.programme.Weeks, func(ageAtReferral int) bool {
		age := float64(ageAtReferral + 7*c.lag)
		return age >= m.Ages.From*model.DaysPerYear && (m.Ages.To == 0 || age < m.Ages.To*model.DaysPerYear)
	})
}

// everyAge is for figures that no metric limits.
func everyAge(int) bool { return true }
