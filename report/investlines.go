package report

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// amountQuantiles are the quantiles of amounts that are shown.
var amountQuantiles = map[string][]float64{
	montecarlo.Surplus:            {0.05, 0.95},
	montecarlo.CapitalRequirement: {0.50, 0.90, 0.95, 0.99},
	montecarlo.FacilityNeeded:     {0.50, 0.95},
}

// scale is how the amounts of a measure are written, in all cases and of all
// parties alike: in whole pounds unless all are large, so that nothing is rounded
// away.
func (v *investment) scale(name string) scale {
	var all []float64
	for _, r := range v.results {
		for _, s := range r.Totals {
			if s.Name != name {
				continue
			}
			all = append(all, s.Central, s.Mean)
			for _, q := range s.Quantiles {
				if slices.Contains(amountQuantiles[name], q.P) {
					all = append(all, q.Value)
				}
			}
		}
	}
	if slices.ContainsFunc(all, func(v float64) bool { return v != 0 && !large(v) }) {
		return inPounds
	}
	return inThousands
}

// central is the central projection of an amount in short.
func (v *investment) central(label, name string) line {
	scale := v.scale(name)
	return ofTotal(label, name, "", func(s montecarlo.Summary) Cell { return amountOf(s.Central, scale) })
}

// mean is the mean of an amount with its Monte Carlo standard error, in short.
func (v *investment) mean(label, name, party string) line {
	scale := v.scale(name)
	return ofTotal(label, name, party, func(s montecarlo.Summary) Cell { return estimatedAmount(s.Mean, s.StdErr, scale) })
}

// quantile is a quantile of an amount in short.
func (v *investment) quantile(label, name string, p float64) line {
	scale := v.scale(name)
	return ofTotal(label, name, "", func(s montecarlo.Summary) Cell {
		for _, q := range s.Quantiles {
			if q.P == p {
				return amountOf(q.Value, scale)
			}
		}
		return none()
	})
}

// worst is the mean of the worst part of the replications above a quantile.
func (v *investment) worst(label, name string, p float64) line {
	scale := v.scale(name)
	return ofTotal(label, name, "", func(s montecarlo.Summary) Cell {
		for _, q := range s.Quantiles {
			if q.P == p {
				return estimatedAmount(q.Beyond, q.BeyondStdErr, scale)
			}
		}
		return none()
	})
}

// amounts adds the central projection and the mean of an amount.
func (v *investment) amounts(label, name string) {
	v.add(v.central(label+", central", name))
	v.add(v.mean("mean of replications", name, "").under())
}

// exceeded names a quantile.
func exceeded(p float64) string {
	return "not exceeded in " + words.Percentile(p) + " of replications (" + words.P(p) + ")"
}
