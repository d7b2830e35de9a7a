package montecarlo

import (
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
)

// exact reports whether a figure's central projection is its exact mean. The
// exact expectation knows no queue, so under a limit nothing but referrals is.
func (r *runner) exact(c column) bool {
	return c.exact && r.drawing == nil && (r.version.Programme.Capacity.None() || c.Name == Referred || c.Name == ReferredEarly)
}

// exactSD is the exact standard deviation of the units paid under a metric, or
// under all of them if no child can earn under two; 0 if it is not known. A sum
// of N alike and independent things has the variance E[N] × that of one +
// Var[N] × their mean², and a child's units do not depend on other children's.
func (r *runner) exactSD(c column) float64 {
	if c.Name != PaidUnits || !r.exact(c) {
		return 0
	}
	return r.unitsSD(c.Of)
}

// unitsSD is the exact standard deviation of the units paid under a metric at the stated
// rates, without capacity, or under all metrics, as exactSD has it.
func (r *runner) unitsSD(of string) float64 {
	variance := 0.0
	earns := map[string]bool{}
	for _, one := range r.expectation.PerChild {
		if of != "" && of != one.Metric {
			continue
		}
		if earns[one.Cohort] {
			return 0 // what a child earns under one metric goes with what it earns under another
		}
		earns[one.Cohort] = true
		referrals := r.version.Programme.Cohorts[slices.Index(r.sheet.shape.Cohorts, one.Cohort)].Referrals
		children := referrals.Expected()
		_, fraction := math.Modf(children)
		number := fraction * (1 - fraction)
		if referrals.Law == model.Poisson {
			number = children
		}
		variance += children*one.Variance + number*one.Mean*one.Mean
	}
	return math.Sqrt(variance)
}
