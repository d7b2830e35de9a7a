package montecarlo

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The benefit-cost ratio is a ratio of sums, and its error is what leaving one
// replication out at a time says (the jackknife, by separate arithmetic).
func TestBenefitCostRatioIsARatioOfMeans(t *testing.T) {
	r, err := Run(context.Background(), twoCouncils(t, "low"), Options{Seed: 1, Replications: 400, TotalsOnly: true})
	require.NoError(t, err)
	avoided, paid := r.Values(valueAvoided), r.Values(valuePayments)
	var a, p float64
	for i := range avoided {
		a, p = a+avoided[i], p+paid[i]
	}
	s := summary(t, r, BenefitCost)
	require.InDelta(t, a/p, s.Mean, 1e-9)
	without := make([]float64, len(avoided))
	middle := 0.0
	for i := range avoided {
		without[i] = (a - avoided[i]) / (p - paid[i])
		middle += without[i] / 400
	}
	sum := 0.0
	for _, v := range without {
		sum += (v - middle) * (v - middle)
	}
	require.InEpsilon(t, math.Sqrt(sum*399/400), *s.StdErr, 0.02)

	each := r.Values(BenefitCost)
	mean := 0.0
	for _, v := range each {
		mean += v / 400
	}
	require.Greater(t, math.Abs(mean-s.Mean), 0.01, "the mean of ratios is another figure")
	each = r.Values(BenefitCost, "", "", s.Pairing)
	slices.Sort(each)
	require.InDelta(t, each[19], s.Quantiles[0].Value, 1e-9, "quantiles are of the ratio in single replications")
}

// Histograms give the same ratio and error as values.
func TestRatioOfACondensedRun(t *testing.T) {
	condensed, err := Run(context.Background(), twoCouncils(t, "low"), condensing())
	require.NoError(t, err)
	o := condensing()
	o.MemoryLimit = 0
	kept, err := Run(context.Background(), twoCouncils(t, "low"), o)
	require.NoError(t, err)
	require.Contains(t, kinds(condensed), fromHistograms)
	require.InDelta(t, summary(t, kept, BenefitCost).Mean, summary(t, condensed, BenefitCost).Mean, 1e-9)
	require.InEpsilon(t, *summary(t, kept, BenefitCost).StdErr, *summary(t, condensed, BenefitCost).StdErr, 1e-6)
}

// The difference of two ratios has a smaller error than two that share no luck.
func TestDifferenceOfRatios(t *testing.T) {
	c, err := Compare(context.Background(), []*scenario.Version{twoCouncils(t, "medium"), twoCouncils(t, "medium + {unit costs.foster=900}")}, "", Options{Seed: 1, Replications: 300, TotalsOnly: true})
	require.NoError(t, err)
	d, ok := c.Differences[0].Totals.Of(BenefitCost)
	require.True(t, ok)
	before, after := summary(t, c.Results[0], BenefitCost), summary(t, c.Results[1], BenefitCost)
	require.InDelta(t, after.Mean-before.Mean, d.Mean, 1e-12)
	require.Less(t, *d.StdErr, math.Hypot(*before.StdErr, *after.StdErr)/3)
	require.Positive(t, *d.StdErr)
}

// Without any payment there is no ratio, and nothing that divides by it. With none
// in some replications there is one, but no range.
func TestRatioWithoutPayments(t *testing.T) {
	p := programmes.Lively()
	for i := range p.Contract.Metrics {
		p.Contract.Metrics[i].Tariff.Amount = programmes.Pounds("0")
	}
	r := result(t, p)
	_, ok := r.Totals.Of(BenefitCost)
	require.False(t, ok)
	require.Contains(t, kinds(r), noPayments)

	rare := programmes.Lively()
	for i := range rare.Cohorts {
		rare.Cohorts[i].Referrals.Children = 0.5
	}
	r = result(t, rare)
	s := summary(t, r, BenefitCost)
	require.Positive(t, s.Mean)
	require.NotNil(t, s.StdErr)
	require.Nil(t, s.SD)
	require.Empty(t, s.Quantiles)
	require.Contains(t, kinds(r), noPayments)
}

// What the metrics of a contract pay for is added up only where all count the same.
func TestUnitsOfOneKindAddUp(t *testing.T) {
	r := result(t, programmes.Lively()) // weeks, days, months, milestones …
	_, ok := r.Totals.Of(PaidUnits)
	require.False(t, ok)
	_, ok = r.Quarterly.Of(PaidUnits)
	require.False(t, ok)
	for metric, unit := range map[string]Unit{"placed": "weeks", "days": "days", "months": "months", "milestones": "milestones"} {
		require.Equal(t, unit, summary(t, r, PaidUnits, metric).Unit)
	}
	r = result(t, programmes.DN2(t, "base")) // weeks alone
	require.Equal(t, Weeks, summary(t, r, PaidUnits).Unit)
}
