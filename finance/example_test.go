package finance_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// What do Derby's budgets gain from a child who leaves residential care in
// January 2021, at £4,000 a week, for a foster family at £1,000, if Derby pays
// 72.5% of £500 for each week and a fund the rest? 80% is cashable.
func Example() {
	amount := decimal.RequireFromString
	shape := &contract.Shape{
		Quarters:      []calendar.Quarter{calendar.NewQuarter(2021, 1), calendar.NewQuarter(2021, 2), calendar.NewQuarter(2021, 3)},
		Commissioners: []string{"Derby"}, Cohorts: []string{"step-down"},
		States: []string{"residential", "foster"}, Metrics: []string{"weeks fostered"},
	}
	weeks := []int64{13, 13, 10}
	tally := contract.NewCounts[int64](shape)
	copy(tally.WeeksIn(contract.Tracking, contract.Counterfactual, 0, 0, shape.State("residential")), weeks)
	copy(tally.WeeksIn(contract.Tracking, contract.Intervention, 0, 0, shape.State("foster")), weeks)
	copy(tally.UnitsOf(0, 0), weeks)

	pricer, err := contract.NewPricer(contract.Terms{
		Metrics: []contract.Metric{{Name: "weeks fostered", Tariff: contract.Tariff{Amount: amount("500")}}},
		Payers: []contract.Payer{
			{Name: "Fund", Shares: []contract.DatedShare{{Share: amount("0.275")}}},
			{Name: contract.Commissioner, Shares: []contract.DatedShare{{Share: amount("0.725")}}},
		},
	}, contract.Care{
		UnitCosts: []contract.UnitCost{{State: "residential", PerWeek: amount("4000")}, {State: "foster", PerWeek: amount("1000")}},
		Cashable:  map[string]decimal.Decimal{"step-down": amount("0.8")},
	}, shape)
	if err != nil {
		fmt.Println(err)
		return
	}
	ledger := pricer.NewLedger()
	contract.Price(pricer, tally, ledger)

	for _, budget := range finance.Budgets(ledger) {
		for _, y := range budget.Years {
			fmt.Printf("%s, %s\n", budget.Commissioner, y.Year)
			fmt.Printf("  own payments    %10s\n", y.OwnPayments.StringFixed(2))
			fmt.Printf("  others' part    %10s\n", y.OthersPayments.StringFixed(2))
			fmt.Printf("  gross avoided   %10s\n", y.GrossAvoided.StringFixed(2))
			fmt.Printf("  of it cashable  %10s\n", y.Cashable.StringFixed(2))
			fmt.Printf("  net saving      %10s\n", y.NetSaving.StringFixed(2))
		}
	}
	// Output:
	// Derby, 2020/21
	//   own payments       4712.50
	//   others' part       1787.50
	//   gross avoided     39000.00
	//   of it cashable    31200.00
	//   net saving        34287.50
	// Derby, 2021/22
	//   own payments       8337.50
	//   others' part       3162.50
	//   gross avoided     69000.00
	//   of it cashable    55200.00
	//   net saving        60662.50
}

// £10,000 at the end of each of four quarters, at the Green Book's 3.5%.
func ExamplePresentValue() {
	start := calendar.NewDate(2020, 10, 1)
	quarters := []calendar.Quarter{start.Quarter(), start.Quarter().Add(1), start.Quarter().Add(2), start.Quarter().Add(3)}
	flows := []float64{10_000, 10_000, 10_000, 10_000}
	for _, rate := range []float64{0, 0.035} {
		fmt.Printf("at %.1f%%: £%.2f\n", 100*rate, finance.PresentValue(flows, finance.Factors(start, quarters, rate)))
	}
	// Output:
	// at 0.0%: £40000.00
	// at 3.5%: £39155.10
}
