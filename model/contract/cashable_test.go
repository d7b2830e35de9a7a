package contract_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// cashablePricer is Derby's step-down over two quarters, the second of which begins a
// financial year. Residential care costs £4,000 in the cash of either year, foster care
// £1,000 in constant prices, and inflation is 2%. An eighth is cashable.
func cashablePricer(t *testing.T, prices contract.Prices) *contract.Pricer {
	shape := &contract.Shape{
		Quarters: quarters("Q4 2020/21", 2), Commissioners: []string{derby},
		Cohorts: []string{"step-down"}, States: []string{"foster", "residential"},
	}
	index := base(shape)
	index.Inflation = pounds("0.02")
	pricer, err := contract.NewPricer(contract.Terms{Payers: commissionersPay()}, contract.Care{
		UnitCosts: []contract.UnitCost{
			{State: "foster", PerWeek: pounds("1000")},
			{State: "residential", PerWeek: pounds("4000"), Indexation: capped("0")},
		},
		Cashable: amounts{"step-down": pounds("0.125")},
	}, shape, index, prices)
	require.NoError(t, err)
	return pricer
}

// What is avoided is added up in constant prices, whatever prices ledgers are in.
func TestHandComputedAvoided(t *testing.T) {
	for _, prices := range []contract.Prices{contract.Constant, contract.Cash} {
		pricer := cashablePricer(t, prices)
		expected := contract.NewCounts[float64](pricer.NewLedger().Shape)
		copy(expected.WeeksIn(contract.Tracking, contract.Counterfactual, 0, 0, 1), []float64{2, 0.5})
		copy(expected.WeeksIn(contract.Tracking, contract.Intervention, 0, 0, 1), []float64{1, 1.5})
		copy(expected.WeeksIn(contract.Tracking, contract.Intervention, 0, 0, 0), []float64{0.04, 0.03})
		copy(expected.WeeksIn(contract.AfterTracking, contract.Intervention, 0, 0, 1), []float64{9, 9})
		// 4,000 - 4,000 ÷ 1.02 - 0.07 × 1,000 = 4,000 - 3,921.568627 - 70 = 8.431373, where in
		// cash it would be 4,000 - 4,000 - 40 - 30 × 1.02, which is below zero.
		memory := make([]float64, 5)
		avoided, err := pricer.Avoided(expected, memory)
		require.NoError(t, err)
		require.Len(t, avoided, 1)
		require.Same(t, &memory[0], &avoided[0])
		require.InDelta(t, 843.1373, avoided[0], 1e-4)

		expected.LivedOnlyIn([]int{expected.Shape.WeeksRow(contract.Tracking, contract.Intervention, 0, 0, 0)})
		avoided, err = pricer.Avoided(expected, nil)
		require.NoError(t, err)
		require.InDelta(t, -7000, avoided[0], 1e-9)
		require.Zero(t, testing.AllocsPerRun(5, func() {
			avoided, err := pricer.Avoided(expected, memory)
			require.NoError(t, err)
			require.NoError(t, pricer.SetAvoided(avoided))
		}))
	}
}

// Extra cost is cash in full where a cohort is expected to cost more, and the share of
// the terms comes back when it is not.
func TestSetAvoided(t *testing.T) {
	pricer := cashablePricer(t, contract.Constant)
	before := pricer.Clone()
	tally := contract.NewCounts[int64](pricer.NewLedger().Shape)
	copy(tally.WeeksIn(contract.Tracking, contract.Counterfactual, 0, 0, 0), []int64{3, 0})
	copy(tally.WeeksIn(contract.Tracking, contract.Intervention, 0, 0, 0), []int64{0, 1})
	cashable := func(p *contract.Pricer) string {
		ledger := p.NewLedger()
		contract.Price(p, tally, ledger)
		return series(ledger.CashableOf(0, 0))
	}
	// Avoided: 3 × 1,000 and -1 × 1,000; an eighth of it, or all.
	const stated, full = "375.00 -125.00", "3000.00 -1000.00"
	require.Equal(t, stated, cashable(pricer))
	for _, c := range []struct {
		avoided float64 // pence
		want    string
	}{{-1e6, full}, {0, stated}, {-0.5, full}, {-0.49, stated}, {1e6, stated}, {-1, full}} {
		require.NoError(t, pricer.SetAvoided([]float64{c.avoided}))
		require.Equal(t, c.want, cashable(pricer), "avoided %v", c.avoided)
		require.Equal(t, c.want, cashable(pricer.Clone()))
	}
	require.Equal(t, stated, cashable(before))
}

func TestAvoidedOfAnotherShape(t *testing.T) {
	pricer := cashablePricer(t, contract.Constant)
	cut := contract.NewCounts[float64](pricer.NewLedger().Shape)
	cut.Weeks = cut.Weeks[1:]
	other := *cut.Shape
	other.Cohorts = []string{"reunification"}
	for _, expected := range []*contract.Expected{nil, {}, cut, contract.NewCounts[float64](&other)} {
		_, err := pricer.Avoided(expected, nil)
		require.ErrorContains(t, err, "do not have the shape of the pricer")
	}
	_, err := (*contract.Pricer)(nil).Avoided(cut, nil)
	require.Error(t, err)
	require.EqualError(t, pricer.SetAvoided(nil), "there are 0 amounts of what is avoided for 1 cohorts: give one for each")
}
