package warn

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// neverEarned warns of metrics with a price under which no child can ever earn
// anything, once for all that have the same reason.
func (v *version) neverEarned() {
	var reasons []string
	names, target := map[string][]string{}, map[string]float64{}
	for i, m := range v.p.Contract.Metrics {
		if !m.Tariff.Pays() || v.units(i) > 0 || v.forNobody(m) {
			continue
		}
		why := v.why(m)
		if len(names[why]) == 0 {
			reasons = append(reasons, why)
		}
		names[why] = append(names[why], m.Name)
		target[why] += float64(m.TargetUnits) * m.Tariff.Amount.InexactFloat64()
	}
	for _, why := range reasons {
		all, at := names[why], ""
		if target[why] > 0 {
			at = "; at target it would be " + words.Pounds(target[why]) + v.asStated()
		}
		v.warn("never earned", "metrics."+all[0], target[why],
			"nothing is ever paid under %s, because no child can earn a unit%s. %s", words.Quoted(all, len(all)), at, why)
	}
}

// units is what is earned under a metric in expectation, before all caps.
func (v *version) units(metric int) float64 {
	units := 0.0
	for c := range v.p.Commissioners {
		for _, n := range v.expected.Counts.UnitsOf(metric, c) {
			units += n
		}
	}
	return units
}

// forNobody reports whether a metric is for councils alone that the file says refer
// nobody.
func (v *version) forNobody(m contract.Metric) bool {
	for _, c := range v.p.Commissioners {
		if c.ReferralShare > 0 && (len(m.Commissioners) == 0 || slices.Contains(m.Commissioners, c.Name)) {
			return false
		}
	}
	return true
}

// why says what to look at, as far as it can be told.
func (v *version) why(m contract.Metric) string {
	children := 0.0
	for _, c := range v.p.Cohorts {
		if slices.Contains(m.Cohorts, c.Name) {
			children += c.Referrals.Children * c.StartProbability
		}
	}
	if children == 0 {
		return "No child of " + words.And(m.Cohorts) + " starts: look at children and start probability"
	}
	return "Look at the first week paid, the window, the cap per child, the ages and the states, and at whether the end comes first"
}
