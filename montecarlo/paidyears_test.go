package montecarlo

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// paidLater runs DN2's base case with claims paid 45 days after their quarter.
func paidLater(t *testing.T, prices contract.Prices, edits ...scenario.Edit) *Result {
	t.Helper()
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("base", append(edits, scenario.Set("delivery.claims paid after", "45 days"))...)
	require.NoError(t, err)
	r, err := Run(t.Context(), v, Options{Replications: 40, Seed: 1, Prices: prices})
	require.NoError(t, err)
	return r
}

// By hand. 45 days after 30 June, 30 September and 31 December are in the same
// financial year; 45 days after 31 March is 15 May (30 + 15), in the next. So what is
// paid in a year is what is earned from January of the year before to December, and
// a year more has what is earned from January to March of the last.
func TestPaymentsWhenPaidByHand(t *testing.T) {
	r := paidLater(t, contract.Constant)
	require.Equal(t, calendar.FinancialYear(2020), r.Years[0])
	last := r.Quarters[len(r.Quarters)-1].Last().AddDays(45).FinancialYear()
	require.Equal(t, last, r.PaidYears[len(r.PaidYears)-1])
	for _, of := range append([]string{""}, r.Ledger.Payers...) {
		made, ok := r.WhenPaid.Of(PaymentsMade, of)
		require.True(t, ok, of)
		earned, _ := r.Quarterly.Of(Payments, of)
		total, _ := r.Totals.Of(Payments, of)
		central, mean, sum := map[calendar.FinancialYear]float64{}, map[calendar.FinancialYear]float64{}, 0.0
		for q, quarter := range r.Quarters {
			year := quarter.FinancialYear()
			if quarter.Last().Month() == 3 {
				year++
			}
			central[year] += earned.Central[q]
			mean[year] += earned.By[q].Mean
		}
		for y, year := range r.PaidYears {
			require.InDelta(t, central[year], made.Central[y], 0.001, "%s in %s", of, year)
			require.InDelta(t, mean[year], made.By[y].Mean, 0.001, "%s in %s", of, year)
			sum += made.By[y].Mean
		}
		require.InDelta(t, total.Mean, sum, 0.01)
		inTheYear, _ := r.Yearly.Of(Payments, of)
		require.NotEqual(t, inTheYear.By[1].Mean, made.By[1+len(r.PaidYears)-len(r.Years)].Mean, "by day of payment, not of earning")
	}
}

// Without delivery terms claims are paid on the last day of their quarter, and a
// payer pays in the year what is earned in it.
func TestPaymentsWhenPaidWithoutDelivery(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("base")
	require.NoError(t, err)
	v.Programme.Delivery, v.Programme.Facility = nil, nil
	r, err := Run(t.Context(), v, Options{Replications: 10, Seed: 1, FixedRates: true})
	require.NoError(t, err)
	require.Equal(t, r.Years, r.PaidYears)
	for _, payer := range r.Ledger.Payers {
		made, _ := r.WhenPaid.Of(PaymentsMade, payer)
		earned, _ := r.Yearly.Of(Payments, payer)
		require.Equal(t, earned.Central, made.Central)
		require.Equal(t, earned.By, made.By)
	}
}

// In either prices a payer pays the claims of a quarter 45 days after its last day, at
// that year's prices: a claim that keeps its value is worth the same in constant
// prices, and one fixed in cash is the same in cash.
func TestPaymentsWhenPaidKeepTheValueOfTheirClaims(t *testing.T) {
	inflation := scenario.Set("inflation", "2%")
	indexed := scenario.Set("metrics.M1 step-down.tariff", "{amount: 500, indexation: 1%}")
	for _, prices := range []contract.Prices{contract.Constant, contract.Cash} {
		for _, edits := range [][]scenario.Edit{{inflation}, {inflation, indexed}} {
			r := paidLater(t, prices, edits...)
			for _, payer := range r.Ledger.Payers {
				want := map[calendar.FinancialYear]float64{}
				for q, quarter := range r.Ledger.Shape.Quarters {
					year := quarter.Last().AddDays(45).FinancialYear()
					for c := range r.Ledger.Shape.Commissioners {
						pence := float64(r.Ledger.PaymentsOf(slices.Index(r.Ledger.Payers, payer), c)[q])
						later := math.Pow(1.02, float64(year-quarter.FinancialYear()))
						switch {
						case prices == contract.Cash && len(edits) == 1: // fixed in constant prices
							pence *= later
						case prices == contract.Constant && len(edits) == 2: // fixed in cash
							pence /= later
						}
						want[year] += pence / 100
					}
				}
				made, _ := r.WhenPaid.Of(PaymentsMade, payer)
				for year, paid := range want {
					require.InDelta(t, paid, made.Central[year-r.PaidYears[0]], 0.05, "%s in %s", payer, year) // a penny a quarter and council
				}
			}
		}
	}
}

// What others pay of the councils' claims is what the fund pays.
func TestOtherPayments(t *testing.T) {
	r := paidLater(t, contract.Constant)
	fund, _ := r.Yearly.Of(Payments, "Life Chances Fund")
	all, _ := r.Yearly.Of(OtherPayments)
	require.Equal(t, fund.By, all.By)
	for y := range r.Years {
		central, mean := 0.0, 0.0
		for _, b := range r.Budgets {
			others, ok := r.Yearly.Of(OtherPayments, b.Commissioner)
			require.True(t, ok)
			require.InDelta(t, b.Years[y].OthersPayments.InexactFloat64(), others.Central[y], 1e-6)
			central, mean = central+others.Central[y], mean+others.By[y].Mean
		}
		require.InDelta(t, fund.Central[y], central, 0.001)
		require.InDelta(t, fund.By[y].Mean, mean, 0.001)
	}
}

// Cash by year: what comes in less what goes out is the change in the cash held, the
// years of each line make up its total, and receipts less costs end at the surplus.
func TestCashByYear(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("base")
	require.NoError(t, err)
	r, err := Run(t.Context(), v, Options{Replications: 30, Seed: 1})
	require.NoError(t, err)
	of := func(name string) Series {
		s, ok := r.WhenPaid.Of(name)
		require.True(t, ok, name)
		require.Len(t, s.By, len(r.PaidYears))
		return s
	}
	for _, name := range []string{Receipts, DeliveryCost, Drawn, Shortfall} {
		total, _ := r.Totals.Of(name)
		mean, central := 0.0, 0.0
		for y, d := range of(name).By {
			mean, central = mean+d.Mean, central+of(name).Central[y]
		}
		require.InDelta(t, total.Mean, mean, 0.01, name)
		require.InDelta(t, total.Central, central, 0.01, name)
	}
	before := 0.0
	for y := range r.PaidYears {
		change := of(Receipts).By[y].Mean + of(Drawn).By[y].Mean + of(Shortfall).By[y].Mean - of(DeliveryCost).By[y].Mean - of(MoneyBack).By[y].Mean
		require.InDelta(t, before+change, of(CashHeld).By[y].Mean, 0.01)
		before = of(CashHeld).By[y].Mean
	}
	surplus, _ := r.Totals.Of(Surplus)
	require.InDelta(t, surplus.Mean, of(Position).By[len(r.PaidYears)-1].Mean, 0.01)
	require.NotZero(t, of(MoneyBack).By[len(r.PaidYears)-1].Mean+of(MoneyBack).By[len(r.PaidYears)-2].Mean)
}

// A draw of a delay that pays before the first year of the central projection, or after
// the last, counts in that year.
func TestPaidYearsOfADraw(t *testing.T) {
	y := paidYears{years: []calendar.FinancialYear{2019, 2020, 2021, 2022, 2023}, claim: []int{1, 3, 4}, day: []int{0, 1, 2, 3, 4}}
	y.within([]calendar.FinancialYear{2020, 2021, 2022})
	require.Equal(t, paidYears{years: []calendar.FinancialYear{2020, 2021, 2022}, claim: []int{0, 2, 2}, day: []int{0, 0, 1, 2, 2}}, y)
}
