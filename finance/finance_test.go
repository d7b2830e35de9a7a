package finance_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

func quarters(year, number, count int) []calendar.Quarter {
	run := make([]calendar.Quarter, count)
	for i := range run {
		run[i] = calendar.NewQuarter(year, number+i)
	}
	return run
}

func TestYears(t *testing.T) {
	for _, c := range []struct {
		what     string
		quarters []calendar.Quarter
		years    []calendar.FinancialYear
		index    []int
	}{
		{"none", nil, nil, nil},
		{"one", quarters(2021, 1, 1), []calendar.FinancialYear{2020}, []int{0}},
		{"one year, April to March", quarters(2021, 2, 4), []calendar.FinancialYear{2021}, []int{0, 0, 0, 0}},
		{"across two 1 Aprils", quarters(2020, 4, 7), []calendar.FinancialYear{2020, 2021, 2022}, []int{0, 0, 1, 1, 1, 1, 2}},
	} {
		years, index := finance.Years(c.quarters)
		require.Equal(t, c.years, years, c.what)
		require.Equal(t, c.index, index, c.what)
	}
	years, index := finance.Years(quarters(2020, 4, 24)) // DN2
	require.Equal(t, []calendar.FinancialYear{2020, 2021, 2022, 2023, 2024, 2025, 2026}, years)
	require.Equal(t, 6, index[23])
}

// From 1 October 2020 it is 91 days to 31 December and 181 to 31 March. To
// 30 September 2026 it is 2,190, exactly six years of 365: a day short of six
// years, and one leap day.
func TestFactorsByHand(t *testing.T) {
	start := calendar.NewDate(2020, 10, 1)
	factors := finance.Factors(start, quarters(2020, 4, 24), 0.035)
	require.Len(t, factors, 24)
	require.InDelta(t, math.Pow(1.035, -91./365), factors[0], 1e-15)
	require.InDelta(t, 0.991460, factors[0], 1e-6) // exp(-0.249315 × 0.0344014) = exp(-0.00857679)
	require.InDelta(t, math.Pow(1.035, -181./365), factors[1], 1e-15)
	require.Equal(t, 2190, calendar.NewDate(2026, 9, 30).Sub(start))
	require.InDelta(t, math.Pow(1.035, -6), factors[23], 1e-15)
	require.InDelta(t, 0.813501, factors[23], 1e-6) // 1 / 1.229255

	for _, factor := range finance.Factors(start, quarters(2020, 4, 24), 0) {
		require.Equal(t, 1.0, factor)
	}
	require.Empty(t, finance.Factors(start, nil, 0.035))
}

func TestPresentValueLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := calendar.NewDate(2020, 10, 1).AddDays(rapid.IntRange(0, 90).Draw(t, "start"))
		flows := rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), 0, 30).Draw(t, "flows")
		all := quarters(2020, 4, len(flows))
		sum := 0.0
		for _, flow := range flows {
			sum += flow
		}
		require.Equal(t, sum, finance.PresentValue(flows, finance.Factors(start, all, 0)))

		rate := rapid.Float64Range(0.001, 0.5).Draw(t, "rate")
		factors := finance.Factors(start, all, rate)
		for i, factor := range factors {
			require.Positive(t, factor)
			require.LessOrEqual(t, factor, 1.0)
			if i > 0 {
				require.Less(t, factor, factors[i-1])
			}
		}
		twice := make([]float64, len(flows))
		for i, flow := range flows {
			twice[i] = 2 * flow
		}
		require.Equal(t, 2*finance.PresentValue(flows, factors), finance.PresentValue(twice, factors))
	})
}

// ledger draws a ledger of up to three councils, two cohorts, two other payers
// and twelve quarters, with amounts of either sign.
func ledger(t *rapid.T) *contract.Ledger {
	shape := &contract.Shape{
		Quarters:      quarters(2020, rapid.IntRange(1, 4).Draw(t, "first"), rapid.IntRange(1, 12).Draw(t, "quarters")),
		Commissioners: []string{"Derby", "Nottingham", "Nottinghamshire"}[:rapid.IntRange(1, 3).Draw(t, "councils")],
		Cohorts:       []string{"down", "edge"}[:rapid.IntRange(1, 2).Draw(t, "cohorts")],
		Metrics:       []string{"M1"},
	}
	funds := []string{"Fund", "Trust"}[:rapid.IntRange(0, 2).Draw(t, "funds")]
	payers := append(append([]string{}, funds...), shape.Commissioners...)
	l := contract.NewLedger(shape, payers)
	amounts := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "amounts"), 0))
	for _, cells := range [][]int64{l.Payments, l.Costs, l.Cashable} {
		for i := range cells {
			cells[i] = amounts.Int64N(20_000_000) - 1_000_000
		}
	}
	for p := range shape.Commissioners { // a council pays its own claims only
		for c := range shape.Commissioners {
			if c != p {
				clear(l.PaymentsOf(len(funds)+p, c))
			}
		}
	}
	return l
}

// Every penny of the ledger is in the budgets once.
func TestBudgetsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := ledger(t)
		budgets := finance.Budgets(l)
		require.Len(t, budgets, len(l.Shape.Commissioners))
		years, _ := finance.Years(l.Shape.Quarters)
		var payments, avoided, cashable, netOfAll decimal.Decimal
		for c, b := range budgets {
			require.Equal(t, l.Shape.Commissioners[c], b.Commissioner)
			require.Len(t, b.Years, len(years))
			for y, one := range b.Years {
				require.Equal(t, years[y], one.Year)
				payments = payments.Add(one.OwnPayments).Add(one.OthersPayments)
				avoided = avoided.Add(one.GrossAvoided)
				cashable = cashable.Add(one.Cashable)
				netOfAll = netOfAll.Add(one.NetSaving).Sub(one.OthersPayments)
				require.True(t, one.GrossAvoided.Sub(one.OwnPayments).Equal(one.NetSaving))
				require.True(t, one.Cashable.Sub(one.OwnPayments).Equal(one.NetCashable))
			}
		}
		half := len(l.Costs) / 4 // by window, then arm
		requirePence(t, total(l.Payments), payments)
		requirePence(t, total(l.Costs[:half])-total(l.Costs[half:2*half]), avoided)
		requirePence(t, total(l.Cashable), cashable)
		requirePence(t, total(l.Costs[:half])-total(l.Costs[half:2*half])-total(l.Payments), netOfAll)
	})
}

// Each council and year by itself, found cell by cell.
func TestBudgetsByHand(t *testing.T) {
	shape := &contract.Shape{
		Quarters: quarters(2021, 1, 2), Commissioners: []string{"Derby", "Nottingham"}, Cohorts: []string{"down", "edge"}, Metrics: []string{"M1"},
	}
	l := contract.NewLedger(shape, []string{"Fund", "Derby", "Nottingham"})
	copy(l.PaymentsOf(0, 0), []int64{27_50, 55_00})
	copy(l.PaymentsOf(1, 0), []int64{72_50, 145_00})
	copy(l.PaymentsOf(0, 1), []int64{1_00, 2_00})
	copy(l.PaymentsOf(2, 1), []int64{3_00, 4_00})
	copy(l.CostsOf(contract.Tracking, contract.Counterfactual, 0, 0), []int64{4_000_00, 8_000_00})
	copy(l.CostsOf(contract.Tracking, contract.Intervention, 0, 0), []int64{1_000_00, 2_000_00})
	copy(l.CostsOf(contract.Tracking, contract.Counterfactual, 1, 0), []int64{100_00, 100_00})
	copy(l.CostsOf(contract.Tracking, contract.Intervention, 1, 0), []int64{600_00, 0})
	copy(l.CostsOf(contract.AfterTracking, contract.Counterfactual, 0, 0), []int64{9_999_00, 9_999_00}) // not in the headline
	copy(l.CashableOf(0, 0), []int64{2_400_00, 4_800_00})
	copy(l.CashableOf(1, 0), []int64{-50_00, 10_00})
	text, err := json.Marshal(finance.Budgets(l))
	require.NoError(t, err)
	require.JSONEq(t, `[
		{"commissioner": "Derby", "years": [
			{"year": "2020/21", "own_payments": "72.5", "others_payments": "27.5", "gross_avoided": "2500", "cashable": "2350", "net_saving": "2427.5", "net_cashable": "2277.5"},
			{"year": "2021/22", "own_payments": "145", "others_payments": "55", "gross_avoided": "6100", "cashable": "4810", "net_saving": "5955", "net_cashable": "4665"}
		]},
		{"commissioner": "Nottingham", "years": [
			{"year": "2020/21", "own_payments": "3", "others_payments": "1", "gross_avoided": "0", "cashable": "0", "net_saving": "-3", "net_cashable": "-3"},
			{"year": "2021/22", "own_payments": "4", "others_payments": "2", "gross_avoided": "0", "cashable": "0", "net_saving": "-4", "net_cashable": "-4"}
		]}
	]`, string(text))
}

func requirePence(t require.TestingT, pence int64, pounds decimal.Decimal) {
	require.True(t, contract.Pounds(pence).Equal(pounds), "%d pence, £%s", pence, pounds)
}

func total(cells []int64) (sum int64) {
	for _, n := range cells {
		sum += n
	}
	return sum
}
