package montecarlo

import (
	"bytes"
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// priced opens a version of a programme of the library, or of the template, with
// edits on top.
func priced(t *testing.T, name, text string) *scenario.Version {
	t.Helper()
	d, err := scenario.Open(name)
	if name == "template" {
		d, err = scenario.Read(name, bytes.NewReader(scenario.Template()))
	}
	require.NoError(t, err)
	v, err := d.Version(text)
	require.NoError(t, err)
	return v
}

// indexedExamples are contracts in which some amounts are in cash and others keep
// their value: the template; DN2 with an indexed tariff under caps of both kinds,
// fixed costs in cash; and DN2 with a unit cost in cash alone.
func indexedExamples(t *testing.T) map[string]*scenario.Version {
	t.Helper()
	return map[string]*scenario.Version{
		"template": priced(t, "template", "medium"),
		"dn2, tariffs": priced(t, "dn2", "medium + {inflation=2.5%} + {metrics.M1 step-down.tariff={amount: 500, indexation: 3%}}"+
			" + {contract cap={amount: 5000000, indexation: 0%}} + {metrics.M2 foster stability.cap={amount: 2000000}} + {delivery.indexation=1%}"),
		"dn2, unit costs": priced(t, "dn2", "high + {inflation=3%} + {unit costs.residential={amount: 4000, indexation: 0%}}"),
	}
}

// Where nothing is indexed, inflation changes no figure in constant prices, in no
// replication, and every quarter and year in cash is the constant one times the
// index. The price base is 2022/23, so the index is below 1 before it.
func TestBlackBoxInflationWithoutIndexation(t *testing.T) {
	without, with := priced(t, "dn2", "medium"), priced(t, "dn2", "medium + {inflation=2%}")
	o := Options{Seed: 1, Replications: 40, Workers: 1}
	a, err := Run(context.Background(), without, o)
	require.NoError(t, err)
	b, err := Run(context.Background(), with, o)
	require.NoError(t, err)
	require.Equal(t, rows(a, o.Replications), rows(b, o.Replications))
	require.Equal(t, a.Totals, b.Totals)
	o.Prices = contract.Cash
	cash, err := Run(context.Background(), with, o)
	require.NoError(t, err)
	inCash(t, b, cash)
	_, err = Run(context.Background(), without, o)
	require.ErrorIs(t, err, ErrNoInflation)
}

// Whatever is indexed, constant prices are cash prices over the index of the
// financial year, cell by cell, in the central projection and in every mean.
func TestConstantPricesAreCashOverTheIndex(t *testing.T) {
	for name, v := range indexedExamples(t) {
		t.Run(name, func(t *testing.T) {
			o := Options{Seed: 1, Replications: 20}
			constant, err := Run(context.Background(), v, o)
			require.NoError(t, err)
			o.Prices = contract.Cash
			cash, err := Run(context.Background(), v, o)
			require.NoError(t, err)
			inCash(t, constant, cash)
		})
	}
}

// pennies is what rounding each cell of a ledger to the penny may come to in a
// sum of some hundred cells.
const pennies = 2.0

// inCash requires every amount of a result in cash to be that in constant prices
// times the index of its financial year.
func inCash(t *testing.T, constant, cash *Result) {
	t.Helper()
	p := constant.Version.Programme
	index := func(year calendar.FinancialYear) float64 {
		return math.Pow(1+p.Inflation, float64(year-p.PriceYear))
	}
	compared := 0
	same := func(what string, inConstant, inCash, index float64) {
		require.InDelta(t, inConstant, inCash/index, pennies, what)
		compared++
	}
	for i, s := range constant.Yearly {
		for y, year := range constant.Years {
			same(s.Key.String()+" "+year.String(), s.Central[y], cash.Yearly[i].Central[y], index(year))
			same(s.Key.String()+", mean", s.By[y].Mean, cash.Yearly[i].By[y].Mean, index(year))
		}
	}
	for i, s := range constant.Quarterly {
		for q, quarter := range constant.Quarters {
			factor := index(quarter.FinancialYear())
			if s.Unit != Pounds {
				factor = 1
			}
			same(s.Key.String()+" "+quarter.String(), s.Central[q], cash.Quarterly[i].Central[q], factor)
		}
	}
	for c, budget := range constant.Budgets {
		for y, year := range budget.Years {
			other := cash.Budgets[c].Years[y]
			same("budget", year.NetSaving.InexactFloat64(), other.NetSaving.InexactFloat64(), index(year.Year))
			same("budget", year.NetCashable.InexactFloat64(), other.NetCashable.InexactFloat64(), index(year.Year))
		}
	}
	// A cash flow takes the financial year of its day.
	for day, on := range constant.Days {
		factor := index(on.FinancialYear())
		same("costs", float64(constant.Account.Costs[day])/100, float64(cash.Account.Costs[day])/100, factor)
		same("receipts", float64(constant.Account.Receipts[day])/100, float64(cash.Account.Receipts[day])/100, factor)
		same("cash", float64(constant.Account.Cash[day])/100, float64(cash.Account.Cash[day])/100, factor)
	}
	require.Greater(t, compared, 500)
	budgetsAddUp(t, constant)
	budgetsAddUp(t, cash)
	requireAccountBalances(t, constant)
	requireAccountBalances(t, cash)
	for _, name := range []string{CapReached, FacilityShort} {
		a, ok := constant.Probabilities.Of(name)
		b, _ := cash.Probabilities.Of(name)
		if ok { // what happens does not depend on the prices that it is shown in
			require.Equal(t, a.Probability, b.Probability, name)
		}
	}
}

// budgetsAddUp requires a council's saving to be the same in budgets and totals,
// to the penny.
func budgetsAddUp(t *testing.T, r *Result) {
	t.Helper()
	for _, budget := range r.Budgets {
		sum := 0.0
		for _, year := range budget.Years {
			sum += year.NetSaving.InexactFloat64()
		}
		total, ok := r.Totals.Of(NetSaving, budget.Commissioner)
		require.True(t, ok)
		require.InDelta(t, total.Central, sum, 0.001)
	}
}

// requireAccountBalances requires the cash of every day to follow from that of the
// day before, to the penny.
func requireAccountBalances(t *testing.T, r *Result) {
	t.Helper()
	a, before := r.Account, int64(0)
	for day := range a.Days {
		moved := a.Revalued[day] + a.Receipts[day] + a.Shortfall[day] - a.Costs[day] - a.ShortfallRepaid[day]
		for at := day; at < len(a.Drawn); at += len(a.Days) {
			moved += a.Drawn[at] - a.Interest[at] - a.Repaid[at]
		}
		require.Equal(t, a.Cash[day], before+moved, a.Days[day])
		before = a.Cash[day]
	}
}

// A real rate in constant prices and its nominal counterpart in cash see the same
// flows alike, apart from the steps in which the index moves: 8% real at 2%
// inflation is 1.08 × 1.02 - 1 = 10.16% nominal.
func TestRatesOfReturnInBothPrices(t *testing.T) {
	require.InDelta(t, 0.1016, model.Rate{Yearly: 0.08}.In(contract.Cash, 0.02), 1e-12)
	require.InDelta(t, 0.08, model.Rate{Yearly: 0.1016, Nominal: true}.In(contract.Constant, 0.02), 1e-12)
	v := priced(t, "dn2", "high + {inflation=2%} + {metrics.M1 step-down.tariff={amount: 500, indexation: 2%}}")
	rates := map[contract.Prices]float64{}
	for _, prices := range []contract.Prices{contract.Constant, contract.Cash} {
		p, err := Central(v, prices)
		require.NoError(t, err)
		rate, ok := p.Totals.Of(InternalRate, finance.Consortium)
		require.True(t, ok)
		rates[prices] = rate.Value
	}
	require.InDelta(t, (1+rates[contract.Constant])*1.02-1, rates[contract.Cash], 0.01)
	require.Greater(t, rates[contract.Cash], rates[contract.Constant]+0.01)
}
