package montecarlo

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

// The exact standard deviation of paid units and the simulated one agree: z of
// the variance, with the kurtosis of the simulated values.
func TestReferenceExactSD(t *testing.T) {
	all := map[string]*model.Programme{"dn2 base": programmes.DN2(t, "base"), "dn2 high": programmes.DN2(t, "high"), "lively": programmes.Lively()}
	for _, law := range []model.ReferralLaw{model.Fixed, model.Poisson} {
		p := programmes.Lively()
		for i := range p.Cohorts {
			// Few, so that the number of children matters.
			p.Cohorts[i].Referrals.Law, p.Cohorts[i].Referrals.Children = law, 2.5+float64(i)
		}
		all[fmt.Sprint("few, ", law)] = p
	}
	for name, p := range all {
		r, err := Run(context.Background(), asVersion(p), Options{Seed: 5, Replications: 4000, TotalsOnly: true})
		require.NoError(t, err)
		known := 0
		for _, s := range r.Totals {
			if s.Name != PaidUnits {
				require.Zero(t, s.ExactSD, s.Key)
				continue
			}
			if s.ExactSD == 0 {
				require.Empty(t, s.Of)
				continue
			}
			known++
			n, fourth := 0.0, 0.0
			for _, v := range r.Values(s.Name, s.Of) {
				fourth += math.Pow(v-s.Mean, 4)
				n++
			}
			variance := *s.SD * *s.SD
			z := (variance - s.ExactSD*s.ExactSD) / math.Sqrt((fourth/n-variance*variance)/n)
			require.Less(t, math.Abs(z), 4.5, "%s: %v is %v and exactly %v", name, s.Key, *s.SD, s.ExactSD)
		}
		require.GreaterOrEqual(t, known, len(p.Contract.Metrics), name)
	}
}

func TestExactSDIsKnownOnlyWhereItHolds(t *testing.T) {
	all := func(p *model.Programme) float64 { return summary(t, result(t, p), PaidUnits).ExactSD }
	require.Positive(t, all(programmes.DN2(t, "base"))) // one metric for each cohort
	p := programmes.Lively()
	p.Contract.Metrics = p.Contract.Metrics[:3] // of weeks
	require.Zero(t, all(p))                     // a child earns under two
	p = programmes.Lively()
	p.Capacity = model.Capacity{StartsPerQuarter: 2}
	for _, s := range result(t, p).Totals {
		require.Zero(t, s.ExactSD)
	}
}
