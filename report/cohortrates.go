package report

import (
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// cohortRates adds the rates of cohorts by which anything is paid or earned, and how
// likely each tier of them is.
func (s *sideBySide) cohortRates(tiers []model.RateTier) {
	for i, t := range tiers {
		if i == 0 || t.Metric != tiers[i-1].Metric {
			s.add(ofTotal("Rate of the cohort, "+t.Metric+": mean, chances "+over(s.results...), montecarlo.CohortRate, t.Metric, mean))
		}
		s.add(ofEvent("chance of "+tierInWords(t), montecarlo.RateInTier, t.String(), chance).under())
	}
}

// rateTiers are the tiers of all versions, those of one metric together.
func (s *sideBySide) rateTiers() []model.RateTier {
	var metrics []string
	by := map[string][]model.RateTier{}
	for _, r := range s.results {
		for _, t := range r.Version.Programme.RateTiers() {
			if by[t.Metric] == nil {
				metrics = append(metrics, t.Metric)
			}
			if !slices.ContainsFunc(by[t.Metric], func(o model.RateTier) bool { return o.String() == t.String() }) {
				by[t.Metric] = append(by[t.Metric], t)
			}
		}
	}
	var all []model.RateTier
	for _, name := range metrics {
		all = append(all, by[name]...)
	}
	return all
}

// paidTiers are those of metrics whose price depends on the rate.
func (s *sideBySide) paidTiers() []model.RateTier {
	return slices.DeleteFunc(s.rateTiers(), func(t model.RateTier) bool {
		for _, r := range s.results {
			for _, m := range r.Version.Programme.Contract.Metrics {
				if m.Name == t.Metric && len(m.Tariff.Tiers) > 0 {
					return false
				}
			}
		}
		return true
	})
}

// tierInWords is the bounds of a tier: "60% to below 65%".
func tierInWords(t model.RateTier) string { return strings.TrimPrefix(t.String(), t.Metric+", ") }
