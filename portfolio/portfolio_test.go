package portfolio

import (
	"bytes"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// oneTrough is a programme whose costs fall on the first three months, before anything
// is paid for: £1,000 for each child referred, of whom a Poisson number comes. The need
// for money is greatest on 30 June 2026, whatever happens.
func oneTrough(t *testing.T, edits ...scenario.Edit) *scenario.Version {
	d, err := scenario.Read("template.yaml", bytes.NewReader(scenario.Template()))
	require.NoError(t, err)
	v, err := d.Version("medium", append([]scenario.Edit{
		scenario.Set("cohorts.*.referrals.from", "2026-04-01"), scenario.Set("cohorts.*.referrals.to", "2026-06-20"),
		scenario.Set("cohorts.step-down.referrals.ramp", "0 weeks"), scenario.Set("cohorts.step-down.referrals.children", "40"),
		scenario.Set("cohorts.*.referrals.law", "poisson"),
		scenario.Set("delivery", "{per referral: 1000, claims paid after: 45 days}"),
	}, edits...)...)
	require.NoError(t, err)
	return v
}

func TestFixtureHasOneTrough(t *testing.T) {
	v := oneTrough(t)
	r, err := montecarlo.Run(t.Context(), v, montecarlo.Options{Replications: 50})
	require.NoError(t, err)
	need, costs := r.Values(montecarlo.CapitalRequirement), r.Values(montecarlo.DeliveryCost)
	require.Equal(t, costs, need)
	require.Greater(t, stat.Variance(need, nil), 1.0)
}

// Where both troughs fall on one day, the fund needs the sum of what both need, and
// the two are independent: variances add up.
func TestTroughsOnOneDayAddUp(t *testing.T) {
	v := oneTrough(t)
	const n = 4_000
	r, err := Run(t.Context(), []Member{{"A", v}, {"B", v}}, nil, Options{Options: montecarlo.Options{Replications: n, Seed: 3}})
	require.NoError(t, err)
	a, b := r.Members[0].Result.Values(montecarlo.CapitalRequirement), r.Members[1].Result.Values(montecarlo.CapitalRequirement)
	require.NotEqual(t, a, b)
	pooled := r.Fund.Values(montecarlo.CapitalRequirement)
	for i := range pooled {
		require.InDelta(t, a[i]+b[i], pooled[i], 1e-6)
	}
	require.Zero(t, r.Gain.Mean)
	// Of 4,000 independent pairs a correlation has a standard error of 0.016.
	require.InDelta(t, 0, stat.Correlation(a, b, nil), 0.06)
	require.InDelta(t, 1, stat.Variance(pooled, nil)/(stat.Variance(a, nil)+stat.Variance(b, nil)), 0.06)
	// A Poisson number of children at £1,000 has a variance of 1,000² a child.
	mean := stat.Mean(a, nil)
	require.InDelta(t, 1, stat.Variance(a, nil)/(mean*1000), 0.12)
}

// Two members that share every random word are one member twice.
func TestSharingEveryWordIsTwice(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("medium")
	require.NoError(t, err)
	twin := Member{"DN2", v}
	r, err := run(t.Context(), []Member{twin, twin}, nil, Options{Options: montecarlo.Options{Replications: 60, Seed: 5}})
	require.NoError(t, err)
	for _, measure := range []string{montecarlo.CapitalRequirement, montecarlo.Receipts, montecarlo.DeliveryCost, montecarlo.Surplus} {
		one, all := r.Members[0].Result.Values(measure), r.Fund.Values(measure)
		require.Equal(t, one, r.Members[1].Result.Values(measure))
		for i := range all {
			require.InDelta(t, 2*one[i], all[i], 1e-6, measure)
		}
	}
	require.InDelta(t, 1, r.Correlations[0][1], 1e-9)
	require.Zero(t, r.Gain.Mean)
	require.InDelta(t, 0.5, r.Members[0].Share.AtWorst, 1e-9)
}

// A member's lives are keyed by its name and programme: who else is in the fund
// changes none of them, nor what is not shared.
func TestMembersDisturbNobody(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	dn2, err := d.Version("medium")
	require.NoError(t, err)
	late, err := d.Version("medium + start seven months late")
	require.NoError(t, err)
	o := Options{Options: montecarlo.Options{Replications: 40, Seed: 5}}
	two, err := Run(t.Context(), []Member{{"DN2", dn2}, {"Late", late}}, nil, o)
	require.NoError(t, err)
	three, err := Run(t.Context(), []Member{{"Other", late}, {"Late", late}, {"DN2", dn2}}, nil, o)
	require.NoError(t, err)
	require.Equal(t, two.Members[0].Result.Values(montecarlo.Surplus), three.Members[2].Result.Values(montecarlo.Surplus))
	require.Equal(t, two.Members[1].Result.Values(montecarlo.Surplus), three.Members[1].Result.Values(montecarlo.Surplus))

	// In every replication the fund needs no more than its members apart.
	pooled := three.Fund.Values(montecarlo.CapitalRequirement)
	for i := range pooled {
		apart := 0.0
		for _, m := range three.Members {
			apart += m.Result.Values(montecarlo.CapitalRequirement)[i]
		}
		require.LessOrEqual(t, pooled[i], apart+1e-6)
	}
	require.Positive(t, three.Gain.Mean)
	require.InDelta(t, three.Apart.Mean-three.Pooled.Mean, three.Gain.Mean, 0.01)
	worst, receipts := 0.0, 0.0
	for _, m := range three.Members {
		worst, receipts = worst+m.Share.AtWorst, receipts+m.Share.Receipts
	}
	require.InDelta(t, 1, worst, 1e-9)
	require.InDelta(t, 1, receipts, 1e-9)
}

// A shared input has one quantile for all members, others have one each; numbers of
// children go together as far as is said.
func TestSharedInputs(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("medium")
	require.NoError(t, err)
	members := []Member{{"A", v}, {"B", v}}
	shareable := Shareable(members)
	require.Contains(t, shareable, model.Path("delivery.scale"))
	o := Options{Options: montecarlo.Options{Replications: 1_500, Seed: 5}}
	correlation := func(o Options) float64 {
		r, err := Run(t.Context(), members, nil, o)
		require.NoError(t, err)
		return r.Correlations[0][1]
	}
	nothing := correlation(o)
	require.InDelta(t, 0, nothing, 0.1)
	o.Shared = []model.Path{"delivery.scale"}
	scale := correlation(o)
	o.Shared = shareable
	everything := correlation(o)
	require.Greater(t, scale, nothing+0.1)
	require.Greater(t, everything, scale)
	require.Less(t, everything, 1.0, "lives are never shared")
}

// With every number of children in full correlation and nothing else uncertain, both
// members have the same draw of it.
func TestReferralsGoTogether(t *testing.T) {
	v := oneTrough(t, scenario.Set("cohorts.*.referrals.law", "fixed"), scenario.Set("cohorts.step-down.referrals.children", "{value: 40, range: 25 to 60}"))
	need := func(correlation float64) float64 {
		r, err := Run(t.Context(), []Member{{"A", v}, {"B", v}}, nil, Options{Options: montecarlo.Options{Replications: 4_000, Seed: 3}, Referrals: correlation})
		require.NoError(t, err)
		return stat.Correlation(r.Members[0].Result.Values(montecarlo.DeliveryCost), r.Members[1].Result.Values(montecarlo.DeliveryCost), nil)
	}
	require.InDelta(t, 0, need(0), 0.06)
	require.InDelta(t, 0.5, need(0.5), 0.06) // the law is Gamma, near enough to Normal
	require.Greater(t, need(1), 0.99)        // but for the fraction of a child
}

// The fund's terms take the place of the members' own, and reconcile on every day.
func TestFundHasItsOwnTerms(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("medium")
	require.NoError(t, err)
	late, err := d.Version("medium + start seven months late")
	require.NoError(t, err)
	terms := *v.Programme.Facility
	terms.RepayFrom = v.Programme.Facility.RepayFrom
	terms.Terms = model.Terms{Interest: model.Rate{Yearly: 0.06}, RolledUp: true}
	r, err := Run(t.Context(), []Member{{"DN2", v}, {"Late", late}}, &terms, Options{Options: montecarlo.Options{Replications: 60, Seed: 1}})
	require.NoError(t, err)
	a, n := r.Account, len(r.Account.Days)
	cash := int64(0)
	for day := range n {
		cash += a.Receipts[day] - a.Costs[day]
		for at := day; at < len(a.Drawn); at += n {
			cash += a.Drawn[at] + a.Guaranteed[at] - a.Fees[at] - a.Interest[at] - a.Repaid[at]
		}
		for at := day; at < len(a.Shortfall); at += n {
			cash += a.Shortfall[at] - a.ShortfallRepaid[at]
		}
		require.Equal(t, a.Cash[day], cash)
		require.GreaterOrEqual(t, cash, int64(0))
	}
	require.Zero(t, cash)
	_, ok := r.Fund.Ranked.Of(montecarlo.InternalRate, "Polaris")
	require.True(t, ok)
	drawn, _ := r.Fund.Totals.Of(montecarlo.Drawn)
	require.LessOrEqual(t, drawn.Mean, 884_831.0)
	receipts, _ := r.Fund.Totals.Of(montecarlo.Receipts)
	one, _ := r.Members[0].Result.Totals.Of(montecarlo.Receipts)
	other, _ := r.Members[1].Result.Totals.Of(montecarlo.Receipts)
	require.InDelta(t, one.Mean+other.Mean, receipts.Mean, 0.01)
}

func TestWhatCannotBePooled(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("medium")
	require.NoError(t, err)
	other := oneTrough(t)
	none := *v
	programme := *v.Programme
	programme.Delivery, programme.Facility = nil, nil
	none.Programme = &programme
	for _, test := range []struct {
		members []Member
		o       Options
		want    string
	}{
		{[]Member{{"A", v}}, Options{}, "at least two"},
		{[]Member{{"A", v}, {"A", v}}, Options{}, `two members are called "A"`},
		{[]Member{{"A", v}, {"", v}}, Options{}, "has no name"},
		{[]Member{{"A", v}, {"B", nil}}, Options{}, "has no version"},
		{[]Member{{"A", v}, {"B", &none}}, Options{}, finance.ErrNoDelivery.Error()},
		{[]Member{{"A", v}, {"B", other}}, Options{}, "one kind of prices"},
		{[]Member{{"A", v}, {"B", v}}, Options{Shared: []model.Path{"unit costs.nothing"}}, "uncertain in 0 of the programmes"},
		{[]Member{{"A", other}, {"B", other}}, Options{Referrals: 0.5}, "uncertain in 0 of the programmes"},
		{[]Member{{"A", v}, {"B", v}}, Options{Referrals: 2}, "between 0 and 1"},
		{[]Member{{"A", v}, {"B", v}}, Options{Options: montecarlo.Options{FixedRates: true}, Referrals: 0.5}, "at fixed rates no input varies"},
		{[]Member{{"A", v}, {"B", v}}, Options{Options: montecarlo.Options{Keep: true}}, "leave Until and Keep out"},
	} {
		_, err := Run(t.Context(), test.members, nil, test.o)
		require.ErrorContains(t, err, test.want)
	}
	_, err = Run(t.Context(), []Member{{"A", v}, {"B", v}}, &model.Facility{Terms: model.Terms{Interest: model.Rate{Yearly: 3}}}, Options{})
	require.ErrorContains(t, err, "facility.interest")
}

// Every shared input has one value in all members with one file, also where the file
// correlates it with an input that is not shared; no other has.
func TestSharedInputsAreTheSame(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("medium")
	require.NoError(t, err)
	members := []Member{{"A", v}, {"B", v}}
	for _, shared := range []model.Path{"unit costs.foster", "unit costs.residential", "cohorts.edge of care.cashable share", "delivery.scale"} {
		r, err := Run(t.Context(), members, nil, Options{Options: montecarlo.Options{Replications: 200, Seed: 5}, Shared: []model.Path{shared}})
		require.NoError(t, err)
		a, err := r.Members[0].Result.InputValues(t.Context())
		require.NoError(t, err)
		b, err := r.Members[1].Result.InputValues(t.Context())
		require.NoError(t, err)
		for i, u := range v.Programme.Uncertain {
			if u.Path == shared {
				require.Equal(t, a[i], b[i], shared)
			} else if len(u.Values) == 0 {
				require.NotEqual(t, a[i], b[i], "%s while %s is shared", u.Path, shared)
			}
		}
	}
}

// How many children two programmes have referred correlates as stated, and neither
// programme alone is other than without.
func TestReferralsOfWholeProgrammes(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("medium")
	require.NoError(t, err)
	children := func(correlation float64) (sd, between float64) {
		r, err := Run(t.Context(), []Member{{"A", v}, {"B", v}}, nil, Options{Options: montecarlo.Options{Replications: 1_500, Seed: 5}, Referrals: correlation})
		require.NoError(t, err)
		a, b := r.Members[0].Result.Values(montecarlo.Referred), r.Members[1].Result.Values(montecarlo.Referred)
		return stat.StdDev(a, nil), stat.Correlation(a, b, nil)
	}
	alone, none := children(0)
	sd, between := children(0.6)
	require.InDelta(t, 0, none, 0.08)
	require.InDelta(t, 0.6, between, 0.07)
	require.InDelta(t, 1, sd/alone, 0.06)
}

// A fund's terms mean the same in constant prices and in cash: what is drawn and what
// comes back differ by the index of the day alone.
func TestFundInBothPrices(t *testing.T) {
	v := oneTrough(t)
	facility := &model.Facility{Investors: []model.Investor{{Name: "Lender", Commitment: decimal.NewFromInt(500_000)}}}
	of := func(prices contract.Prices) *Result {
		r, err := Run(t.Context(), []Member{{"A", v}, {"B", v}}, facility, Options{Options: montecarlo.Options{Replications: 20, Seed: 3, Prices: prices}})
		require.NoError(t, err)
		return r
	}
	constant, cash := of(contract.Constant), of(contract.Cash)
	index := v.Programme.PriceIndex()
	a, b := constant.Account, cash.Account
	for day, on := range a.Days {
		factor := index.In(on.FinancialYear())
		for _, pair := range [][2]int64{{a.Drawn[day], b.Drawn[day]}, {a.Repaid[day], b.Repaid[day]}, {a.Receipts[day], b.Receipts[day]}, {a.Costs[day], b.Costs[day]}} {
			require.InDelta(t, float64(pair[0]), float64(pair[1])/factor, 3, "%s", on) // pence of rounding
		}
	}
}
