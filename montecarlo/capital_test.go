package montecarlo

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

// funded is the lively programme with costs of every kind and a facility of two
// ranks that can be too small.
func funded() *model.Programme {
	p := programmes.Lively()
	p.Delivery = &model.Delivery{
		Mobilisation: programmes.Pounds("9000"), MobilisationMonths: 4, FixedPerQuarter: []model.DatedAmount{{Amount: programmes.Pounds("7000.01")}},
		PerReferral: programmes.Pounds("120.55"), PerStart: programmes.Pounds("333.33"), PerCaseWeek: programmes.Pounds("75.07"), WindUp: programmes.Pounds("2500"),
		Fees:   []model.Fee{{Name: "audit", PerQuarter: programmes.Pounds("101.01"), Once: programmes.Pounds("999.99"), On: calendar.NewDate(2022, 5, 3)}},
		Uplift: 0.03, ClaimsPaidAfter: 40, Disallowed: programmes.Pounds("0.017"),
	}
	p.Facility = &model.Facility{
		Investors: []model.Investor{
			{Name: "First", Commitment: programmes.Pounds("20000.50")},
			{Name: "Second", Commitment: programmes.Pounds("7000"), Rank: 2, Provider: true},
		},
		Terms: model.Terms{Interest: model.Rate{Yearly: 0.02}, PreferredReturn: model.Rate{Yearly: 0.05}}, Reserve: programmes.Pounds("1500"), RepayFrom: calendar.NewDate(2022, 6, 1), Hurdle: model.Rate{Yearly: 0.08},
	}
	return p
}

// In every replication, on every day: cash before, receipts and what is drawn or
// found for a shortfall are costs, interest, repayments and cash after, to the
// penny; and nobody puts in more than was committed.
func TestCashReconcilesInEveryReplication(t *testing.T) {
	for _, p := range []*model.Programme{funded(), programmes.DN2(t, "low")} {
		r, err := prepare(asVersion(p), Options{Replications: 1})
		require.NoError(t, err)
		simulator := jump(t, p)
		f := newFigures(r.sheet, r.cash)
		ledger := r.pricer.NewLedger()
		for i := range 60 {
			tally := simulator.Replicate(9, i)
			contract.Price(r.pricer, tally, ledger)
			finance.Follow(f.cash, tally, ledger, f.account)
			requireReconciled(t, p, f.account)
		}
	}
}

func requireReconciled(t *testing.T, p *model.Programme, a *finance.Account) {
	cash, drawn := int64(0), make([]int64, len(a.Investors))
	for day := range a.Days {
		in, out := a.Receipts[day], a.Costs[day]
		for k := day; k < len(a.Shortfall); k += len(a.Days) {
			in += a.Shortfall[k]
			out += a.ShortfallRepaid[k]
		}
		for i := range a.Investors {
			k := i*len(a.Days) + day
			in += a.Drawn[k] + a.Guaranteed[k]
			out += a.Fees[k] + a.Interest[k] + a.Repaid[k]
			drawn[i] += a.Drawn[k]
			require.False(t, a.Drawn[k] < 0 || a.Repaid[k] < 0 || a.Interest[k] < 0 || a.Fees[k] < 0 || a.Guaranteed[k] < 0)
			if p.Facility != nil && !p.Facility.TermsOf(p.Facility.Investors[i]).Revolving && drawn[i] > p.Facility.Investors[i].Commitment.Shift(2).IntPart() {
				require.Fail(t, "more is drawn than was committed")
			}
		}
		if cash+in != out+a.Cash[day] || a.Cash[day] < 0 {
			require.Fail(t, "the cash does not reconcile", "%s", a.Days[day])
		}
		cash = a.Cash[day]
	}
	require.Zero(t, cash)
}

func TestCapitalFigures(t *testing.T) {
	p := funded()
	r, err := Run(t.Context(), asVersion(p), Options{Replications: 400, Seed: 4, Quantiles: []float64{0.05, 0.5, 0.95}})
	require.NoError(t, err)
	value := func(name, of string) []float64 {
		values := r.Values(name, of)
		require.Len(t, values, 400, name)
		return values
	}
	surplus, receipts, costs := value(Surplus, ""), value(Receipts, ""), value(DeliveryCost, "")
	in, back := value(PaidIn, finance.Consortium), value(Received, finance.Consortium)
	need, drawn, short := value(FacilityNeeded, ""), value(Drawn, ""), value(Shortfall, "")
	events := 0.0
	for i := range surplus {
		require.InDelta(t, receipts[i]-costs[i], surplus[i], 1e-6)
		require.InDelta(t, surplus[i], back[i]-in[i], 1e-6)
		require.InDelta(t, need[i], drawn[i]+short[i], 1e-6)
		if short[i] > 0 {
			events++
		}
	}
	chance, ok := r.Probabilities.Of(FacilityShort)
	require.True(t, ok)
	require.InDelta(t, events/400, chance.Probability, 1e-12)
	require.NotZero(t, chance.Probability)

	// The mean beyond a quantile, by hand.
	s, _ := r.Totals.Of(FacilityNeeded)
	slices.Sort(need)
	require.InDelta(t, stat.Mean(need[380:], nil), s.Quantiles[2].Beyond, 1e-6) // the highest 20 of 400
	require.InDelta(t, stat.Mean(need[:20], nil), s.Quantiles[0].Beyond, 1e-6)
	require.Positive(t, *s.Quantiles[2].BeyondStdErr)

	position := r.Daily[0]
	require.Equal(t, Position, position.Name)
	requirement, _ := r.Totals.Of(CapitalRequirement)
	require.InDelta(t, requirement.Central, -slices.Min(position.Central), 0.005)
	require.Len(t, position.By, len(r.Account.Days))

	rate, ok := r.Ranked.Of(InternalRate, "First")
	require.True(t, ok)
	require.Len(t, rate.Quantiles, 3)
	text, err := json.Marshal(r) // nothing without bound reaches it
	require.NoError(t, err)
	require.Contains(t, string(text), InternalRate)
}

// Delivery and capital terms change nothing that a commissioner pays or avoids.
func TestCapitalLeavesTheRestAsItIs(t *testing.T) {
	o := Options{Replications: 100, Seed: 4}
	plain, err := Run(t.Context(), asVersion(programmes.Lively()), o)
	require.NoError(t, err)
	with, err := Run(t.Context(), asVersion(funded()), o)
	require.NoError(t, err)
	for _, s := range plain.Totals {
		other, ok := with.Totals.Of(s.Name, s.Of, s.Arm)
		require.True(t, ok)
		require.Equal(t, s, other)
	}
	require.Empty(t, plain.Ranked)
	require.Empty(t, plain.Daily)
	require.Nil(t, plain.Account)
}

func TestAffordability(t *testing.T) {
	p := programmes.Lively()
	p.Affordability = []model.Affordable{
		{Commissioner: "North", Year: 2021, Amount: programmes.Pounds("1000000")},
		{Commissioner: "South", Year: 2021, Amount: programmes.Pounds("0")},
	}
	r, err := Run(t.Context(), asVersion(p), Options{Replications: 100, Seed: 4})
	require.NoError(t, err)
	never, _ := r.Probabilities.Of(AboveAffordable, p.Affordability[0].String())
	always, _ := r.Probabilities.Of(AboveAffordable, p.Affordability[1].String())
	require.Zero(t, never.Probability)
	require.Greater(t, always.Probability, 0.9)
}

func TestCentralIsTheCentralProjection(t *testing.T) {
	p := funded()
	r, err := Run(t.Context(), asVersion(p), Options{Replications: 10})
	require.NoError(t, err)
	c, err := Central(asVersion(p), contract.Constant)
	require.NoError(t, err)
	for _, s := range r.Totals {
		v, ok := c.Totals.Of(s.Name, s.Of, s.Arm)
		require.True(t, ok, s.Key)
		require.Equal(t, s.Central, v.Value)
	}
	_, ok := c.Totals.Of("nonsense")
	require.False(t, ok)
	require.False(t, slices.ContainsFunc(c.Totals, func(p Projected) bool { return math.IsInf(p.Value, 0) }))
}

// Whoever met a shortfall can stand before the investors or after them. It moves
// money between them, and none in or out.
func TestOrderOfRepaymentMovesMoneyOnly(t *testing.T) {
	p := funded()
	p.Delivery.PerCaseWeek = programmes.Pounds("250") // so that not everybody is repaid
	p.Facility.Interest.Yearly, p.Facility.Reserve = 0, programmes.Pounds("0")
	first, err := Run(t.Context(), asVersion(p), Options{Replications: 200, Seed: 4, TotalsOnly: true})
	require.NoError(t, err)
	after := *p.Facility
	after.ShortfallLast = true
	p.Facility = &after
	last, err := Run(t.Context(), asVersion(p), Options{Replications: 200, Seed: 4, TotalsOnly: true})
	require.NoError(t, err)
	all := func(r *Result, of string) []float64 { return r.Values(Received, of) }
	better := false
	for i, before := range all(first, "First") {
		require.GreaterOrEqual(t, all(last, "First")[i]+0.01, before)
		better = better || all(last, "First")[i] > before+1
		require.InDelta(t, all(first, finance.Consortium)[i], all(last, finance.Consortium)[i], 0.05)
	}
	require.True(t, better)
}
