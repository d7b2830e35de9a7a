package montecarlo

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// inBoth runs a version in constant prices and in cash.
func inBoth(t *testing.T, v *scenario.Version, o Options) (constant, cash *Result) {
	t.Helper()
	constant, err := Run(context.Background(), v, o)
	require.NoError(t, err)
	o.Prices = contract.Cash
	cash, err = Run(context.Background(), v, o)
	require.NoError(t, err)
	return constant, cash
}

// The prices that figures are shown in choose no pairing: neither of a total, nor of
// a probability, a quarter or a year. Inflation of 20% a year, falling and rising,
// makes ranges in cash wide in other years than in constant prices; few replications
// leave the two pairings close to each other.
func TestPricesChooseNoPairing(t *testing.T) {
	otherwise := 0
	for _, inflation := range []float64{0.2, -0.2} {
		for seed := range uint64(4) {
			p := withTarget(t)
			p.Inflation = inflation
			constant, cash := inBoth(t, asVersion(p), Options{Seed: seed, Replications: 40})
			for i, s := range constant.Totals {
				require.Equal(t, s.Key, cash.Totals[i].Key)
				require.Equal(t, s.Pairing, cash.Totals[i].Pairing, s.Key)
				if s.Pairing == "" {
					continue
				}
				// Whether the range in cash would have chosen the other one.
				width := func(pairing string) float64 {
					v := under(t, cash, pairing, s.Name, s.Of)
					return quantileOf(v, 0.95) - quantileOf(v, 0.05)
				}
				if (width(independentLives) > width(commonNumbers)) != (s.Pairing == independentLives) {
					otherwise++
				}
			}
			for i, s := range constant.Probabilities {
				require.Equal(t, s.Pairing, cash.Probabilities[i].Pairing, s.Key)
			}
			for i, s := range constant.Quarterly {
				require.Equal(t, s.Pairing, cash.Quarterly[i].Pairing, s.Key)
			}
			for i, s := range constant.Yearly {
				require.Equal(t, s.Pairing, cash.Yearly[i].Pairing, s.Key)
			}
		}
	}
	require.NotZero(t, otherwise, "no figure of these would have chosen otherwise in cash")
}

// What decides in a run in cash is the run in constant prices, to the last bit, in
// every replication.
func TestWhatDecidesInCashIsTheRunInConstantPrices(t *testing.T) {
	all := indexedExamples(t)
	all["dn2, uncertain"] = dn2Uncertain(t, "medium", append([]string{"inflation=3%"}, someUncertain...)...)
	for name, v := range all {
		constant, cash := inBoth(t, v, Options{Seed: 1, Replications: 20, TotalsOnly: true})
		n := 0
		for _, c := range cash.run.deciding.columns {
			pairing := commonNumbers
			if c.independent {
				pairing = independentLives
			}
			want := constant.Values(c.Name, c.Of, "", pairing)
			if want == nil {
				require.Equal(t, Probability, c.Unit, c.Key)
				continue
			}
			require.Equal(t, want, cash.run.column(c, c.at, 20), "%s: %s, %s", name, c.Key, pairing)
			n++
		}
		require.Greater(t, n, 30)
	}
}

// A cohort costs more than it avoids, or not, in constant prices; the amount is in
// the prices shown. By hand: one child in foster care, £100 a week, from 2 April 2020
// for 104 weeks, of which 52 end in 2020/21 and 52 in 2021/22, and inflation of 20%.
//
//	as planned £200, then £10: 52 × -£100 + 52 × £90 = -£520 in constant prices;
//	    in cash -£5,200 + £4,680 × 1.2 = +£416
//	as planned £1, then £190: 52 × £99 - 52 × £90 = +£468 in constant prices;
//	    in cash £5,148 - £4,680 × 1.2 = -£468
//	as planned £110, then £105: 52 × -£10 + 52 × -£5 = -£780 in constant prices;
//	    in cash -£520 - £260 × 1.2 = -£832
func TestHarmIsDecidedInConstantPrices(t *testing.T) {
	for _, one := range []struct {
		name           string
		planned        [2]string // £ a week, in each year
		constant, cash float64   // avoided
		says           [2]string // in constant prices and in cash; empty for nothing
	}{
		{"costs more in constant prices alone", [2]string{"200", "10"}, -520, 416, [2]string{
			"care is expected to cost £520 more with the programme than without it. All",
			"in constant prices, which decide, care is expected to cost £520 more with the programme than without it. In cash it costs £416 less",
		}},
		{"costs more in cash alone", [2]string{"1", "190"}, 468, -468, [2]string{}},
		{"costs more in both", [2]string{"110", "105"}, -780, -832, [2]string{
			"care is expected to cost £780 more", "care is expected to cost £832 more",
		}},
	} {
		t.Run(one.name, func(t *testing.T) {
			constant, cash := inBoth(t, asVersion(oneChild(one.planned)), Options{Seed: 1, Replications: 200})
			for i, r := range []*Result{constant, cash} {
				want := []float64{one.constant, one.cash}[i]
				require.InDelta(t, want, summary(t, r, Avoided, "one").Central, 0.001)
				share := 1.0 // of the extra cost
				if one.says[0] == "" {
					share = 0.5
				}
				require.InDelta(t, share*want, summary(t, r, Cashable, "one").Central, 0.011)
				var said []Warning
				for _, w := range r.Warnings {
					if w.Kind == harm {
						said = append(said, w)
					}
				}
				if one.says[i] == "" {
					require.Empty(t, said)
					continue
				}
				require.Len(t, said, 1)
				require.Contains(t, said[0].Text, one.says[i])
				require.InDelta(t, -want, said[0].Amount, 0.001)
			}
		})
	}
}

// oneChild is a programme for one child who stays for two years where it is planned,
// or in foster care without it. Unit costs are by year.
func oneChild(planned [2]string) *model.Programme {
	p := programmes.Lively()
	p.Start, p.Weeks, p.Ages = calendar.NewDate(2020, 4, 2), 104, model.Ages{}
	p.PriceYear, p.Inflation = 2020, 0.2
	p.Commissioners = []model.Commissioner{{Name: "North", ReferralShare: 1}}
	p.Background = nil
	p.Cohorts = []model.Cohort{{
		Name: "one", Referrals: model.Referrals{Children: 1}, StartState: "foster", PlannedState: "foster, planned",
		StartProbability: 1, Tracking: 104, CashableShare: programmes.Pounds("0.5"),
	}}
	p.Contract.Metrics = p.Contract.Metrics[:1]
	p.Contract.Metrics[0].Cohorts = []string{"one"}
	p.UnitCosts = []contract.UnitCost{
		{State: "foster", PerWeek: programmes.Pounds("100")},
		{State: "foster, planned", PerWeek: programmes.Pounds(planned[0])},
		{State: "foster, planned", PerWeek: programmes.Pounds(planned[1]), Year: 2021},
		{State: "edge of care"},
		{State: "residential"},
		{State: "reunified"},
	}
	return p
}
