package montecarlo

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

// oneIntake is 40 children referred in the first week, who go home after four weeks with
// probability 0.7 and go back into care in any week with probability 0.005, measured on
// 30 June 2022: the week that is looked at is week 51, the 47th after the start, so that
// a child is home with probability 0.7 × 0.995^47 = 0.5530….
func oneIntake() *model.Programme {
	return &model.Programme{
		Name: "intake", Start: calendar.NewDate(2021, 7, 1), Weeks: 60,
		Commissioners: []model.Commissioner{{Name: "North", ReferralShare: 1}},
		States:        append(model.DefaultStates(), model.State{Name: "home, planned", Parent: "reunified"}),
		Cohorts: []model.Cohort{{
			Name: "year 1", Referrals: model.Referrals{Children: 40},
			StartState: "foster", PlannedState: "home, planned", Lag: 4, StartProbability: .7, Tracking: 56,
			Failure: programmes.Moves("foster", .005),
		}},
		UnitCosts: []contract.UnitCost{{State: "edge of care"}, {State: "foster", PerWeek: programmes.Pounds("1000")}, {State: "residential"}, {State: "reunified"}},
		Contract: contract.Terms{
			Metrics: []contract.Metric{{
				Name: "home", Cohorts: []string{"year 1"}, Trigger: &contract.OnDate{Date: calendar.NewDate(2022, 6, 30)},
				Tariff: contract.Tariff{Tiers: []contract.Tier{
					{From: programmes.Pounds("0.65"), Amount: programmes.Pounds("60000")},
					{From: programmes.Pounds("0.55"), Amount: programmes.Pounds("40000")},
					{From: programmes.Pounds("0.45"), Amount: programmes.Pounds("10000")},
				}},
			}},
			Payers: []contract.Payer{{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: programmes.Pounds("1")}}}},
		},
	}
}

// binomial is the probability of k successes among n.
func binomial(n, k int, p float64) float64 {
	lg := func(x int) float64 { v, _ := math.Lgamma(float64(x + 1)); return v }
	return math.Exp(lg(n) - lg(k) - lg(n-k) + float64(k)*math.Log(p) + float64(n-k)*math.Log(1-p))
}

// With one cohort of fixed size and independent children the number at home has the
// binomial law, so that the chance of each tier and the mean payment are known exactly.
// The central projection is priced at the tier of the expected rate, 55.3%: 22.12
// children at £40,000.
func TestTiersHaveTheBinomialLaw(t *testing.T) {
	p, home := oneIntake(), .7*math.Pow(.995, 47)
	mean, square := 0.0, 0.0
	chance := map[int]float64{}
	for k := range 41 {
		price := 0
		switch { // 65% of 40 are 26, 55% are 22 and 45% are 18
		case k >= 26:
			price = 60_000
		case k >= 22:
			price = 40_000
		case k >= 18:
			price = 10_000
		}
		chance[price] += binomial(40, k, home)
		mean += binomial(40, k, home) * float64(k*price)
		square += binomial(40, k, home) * float64(k*price) * float64(k*price)
	}
	const n = 20_000
	r := result(t, p, func(o *Options) { o.Replications, o.Seed = n, 8 })
	paid := summary(t, r, Payments)
	sd := math.Sqrt(square - mean*mean)
	require.InDelta(t, mean, paid.Mean, 4*sd/math.Sqrt(n))
	require.InDelta(t, sd, *paid.SD, .03*sd)
	require.InDelta(t, 40*home*40_000, paid.Central, .01)
	require.False(t, paid.Exact)
	require.False(t, summary(t, r, Claims).Exact, "a tier lies between units and the claim")
	require.Greater(t, math.Abs(paid.Central-mean), 100_000.0, "the two figures differ, and are not mixed")

	// The rate has the same law: mean p, variance p(1 - p)/40.
	rate := summary(t, r, CohortRate, "home")
	require.Equal(t, Share, rate.Unit)
	require.InDelta(t, home, rate.Central, 1e-9)
	require.InDelta(t, home, rate.Mean, 4*math.Sqrt(home*(1-home)/40/n))
	require.InDelta(t, math.Sqrt(home*(1-home)/40), *rate.SD, .03*math.Sqrt(home*(1-home)/40))
	for tier, price := range map[string]int{
		"home, 65% or more": 60_000, "home, 55% to below 65%": 40_000, "home, 45% to below 55%": 10_000, "home, below 45%": 0,
	} {
		likely, err := r.Probabilities.Find(RateInTier, tier)
		require.NoError(t, err)
		require.InDelta(t, chance[price], likely.Probability, 4*math.Sqrt(chance[price]*(1-chance[price])/n), tier)
	}

	found := map[int]float64{}
	units := r.Values(PaidUnits, "home")
	for i, value := range r.Values(Payments) {
		price := 0
		if units[i] > 0 {
			price = int(math.Round(value / units[i]))
		}
		found[price] += 1. / n
	}
	for price, probability := range chance {
		require.InDelta(t, probability, found[price], 4*math.Sqrt(probability*(1-probability)/n), "£%d", price)
	}
}

// Replications priced by hand where the law is not known: children of two councils
// arrive by a Poisson law over half a year, so that their number is not fixed.
func TestEveryReplicationTakesTheTierOfItsRate(t *testing.T) {
	p := oneIntake()
	p.Commissioners = []model.Commissioner{{Name: "North", ReferralShare: .6}, {Name: "South", ReferralShare: .4}}
	p.Cohorts[0].Referrals = model.Referrals{Children: 30, Last: 25, Law: model.Poisson}
	r := result(t, p, func(o *Options) { o.Replications = 400 })
	home, referred := r.Values(PaidUnits, "home"), r.Values(Referred)
	seen := map[float64]bool{}
	for i, paid := range r.Values(Payments) {
		price := 0.0
		switch { // in whole numbers: no rounding
		case 100*home[i] >= 65*referred[i]:
			price = 60_000
		case 100*home[i] >= 55*referred[i]:
			price = 40_000
		case 100*home[i] >= 45*referred[i]:
			price = 10_000
		}
		require.InDelta(t, home[i]*price, paid, 1e-6, "replication %d: %v of %v", i, home[i], referred[i])
		seen[price] = true
	}
	require.Len(t, seen, 4)
}

// Interest by a rate has tiers too, named once for investors who share them and apart
// where they do not. By the binomial law, 26 of 40 are 65%, 24 are 60% and 22 are 55%.
func TestChancesOfTheTiersOfInterest(t *testing.T) {
	p, home := oneIntake(), .7*math.Pow(.995, 47)
	p.Contract.Metrics[0].Tariff = contract.Tariff{}
	p.Delivery = &model.Delivery{ClaimsPaidAfter: 30}
	interest := func(from ...string) *model.Terms {
		by := &model.InterestByRate{Metric: "home"}
		for i, bound := range from {
			by.Tiers = append(by.Tiers, model.InterestTier{From: programmes.Pounds(bound), Interest: model.Rate{Yearly: .08 - .02*float64(i)}})
		}
		return &model.Terms{InterestByRate: by}
	}
	p.Facility = &model.Facility{Investors: []model.Investor{
		{Name: "First", Commitment: programmes.Pounds("1000"), Terms: interest("0.65", "0.55")},
		{Name: "Second", Commitment: programmes.Pounds("1000"), Terms: interest("0.65", "0.55")},
		{Name: "Third", Commitment: programmes.Pounds("1000"), Terms: interest("0.6")},
	}}
	const n = 4000
	r := result(t, p, func(o *Options) { o.Replications = n })
	var tiers []string
	for _, one := range r.Probabilities {
		if one.Name == RateInTier {
			tiers = append(tiers, one.Of)
		}
	}
	require.Equal(t, []string{"home, 65% or more", "home, 55% to below 65%", "home, below 55%", "home, 60% or more", "home, below 60%"}, tiers)
	for i, bounds := range [][2]int{{26, 40}, {22, 25}, {0, 21}, {24, 40}, {0, 23}} {
		exact := 0.0
		for k := bounds[0]; k <= bounds[1]; k++ {
			exact += binomial(40, k, home)
		}
		likely, _ := r.Probabilities.Of(RateInTier, tiers[i])
		require.InDelta(t, exact, likely.Probability, 4*math.Sqrt(exact*(1-exact)/n), tiers[i])
	}
}

// Tiers are prices: other ones need no lives again. The measuring date is a rule.
func TestTiersAreRepriced(t *testing.T) {
	p := oneIntake()
	kept := result(t, p, func(o *Options) { o.Keep = true })
	p.Contract.Metrics[0].Tariff.Tiers = p.Contract.Metrics[0].Tariff.Tiers[:1]
	p.Contract.Metrics[0].Tariff.Tiers[0].From = programmes.Pounds("0.5")
	repriced, err := kept.Reprice(context.Background(), asVersion(p))
	require.NoError(t, err)
	requireSame(t, result(t, p), repriced)
	p.Contract.Metrics[0].Trigger = &contract.OnDate{Date: calendar.NewDate(2022, 3, 31)}
	_, err = kept.Reprice(context.Background(), asVersion(p))
	require.ErrorIs(t, err, model.ErrOtherRules)
}
