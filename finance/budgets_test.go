package finance_test

import (
	"encoding/json"
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
	if rapid.Bool().Draw(t, "a council pays its own claims only") { // and otherwise fixed shares of all
		for p := range shape.Commissioners {
			for c := range shape.Commissioners {
				if c != p {
					clear(l.PaymentsOf(len(funds)+p, c))
				}
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

// Of £300.00 for a child of Derby the fund pays £30.00, Derby 60% and Nottingham
// 30%: Nottingham pays £90.00 and has no child, and the £90.00 are not the saving
// of Derby that money from outside would be.
func TestBudgetsWithFixedShares(t *testing.T) {
	shape := &contract.Shape{Quarters: quarters(2021, 2, 1), Commissioners: []string{"Derby", "Nottingham"}, Cohorts: []string{"down"}, Metrics: []string{"M1"}}
	l := contract.NewLedger(shape, []string{"Fund", "Derby", "Nottingham"})
	copy(l.PaymentsOf(0, 0), []int64{30_00})
	copy(l.PaymentsOf(1, 0), []int64{180_00})
	copy(l.PaymentsOf(2, 0), []int64{90_00})
	copy(l.CostsOf(contract.Tracking, contract.Counterfactual, 0, 0), []int64{1_000_00})
	text, err := json.Marshal(finance.Budgets(l))
	require.NoError(t, err)
	require.JSONEq(t, `[
		{"commissioner": "Derby", "years": [
			{"year": "2021/22", "own_payments": "180", "others_payments": "30", "gross_avoided": "1000", "cashable": "0", "net_saving": "820", "net_cashable": "-180"}
		]},
		{"commissioner": "Nottingham", "years": [
			{"year": "2021/22", "own_payments": "90", "others_payments": "0", "gross_avoided": "0", "cashable": "0", "net_saving": "-90", "net_cashable": "-90"}
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
