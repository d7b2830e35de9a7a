package finance_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
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
	copy(tally.WeeksIn(contract.Tracking, contract.Counterfactual, 0, 0, slices.Index(shape.States, "residential")), weeks)
	copy(tally.WeeksIn(contract.Tracking, contract.Intervention, 0, 0, slices.Index(shape.States, "foster")), weeks)
	copy(tally.UnitsOf(0, 0), weeks)

	pricer, err := contract.NewPricer(contract.Terms{
		Metrics: []contract.Metric{{Name: "weeks fostered", Tariff: contract.Tariff{Amount: amount("500")}}},
		Payers: []contract.Payer{
			{Name: "Fund", Shares: []contract.DatedShare{{Share: amount("0.275")}}},
			{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: amount("0.725")}}},
		},
	}, contract.Care{
		UnitCosts: []contract.UnitCost{{State: "residential", PerWeek: amount("4000")}, {State: "foster", PerWeek: amount("1000")}},
		Cashable:  map[string]decimal.Decimal{"step-down": amount("0.8")},
	}, shape, contract.PriceIndex{}, contract.Constant)
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
		fmt.Printf("at %.1f%%: £%.2f\n", 100*rate, finance.PresentValue(flows, finance.DiscountFactors(start, quarters, rate)))
	}
	// Output:
	// at 0.0%: £40000.00
	// at 3.5%: £39155.10
}

// £3,000 a quarter is spent in equal parts at the end of each month, and claims
// are paid 30 days after each quarter. One investor commits £5,000 at a
// preferred return of 8% a year. On 30 April £2,000.00 comes in: £1,000.00 pays
// for April, and the rest is kept for May.
func ExampleFollow() {
	amount := decimal.RequireFromString
	programme := &model.Programme{
		Start: calendar.NewDate(2021, time.January, 1), Weeks: 25, DiscountRate: model.Rate{Yearly: 0.035},
		Commissioners: []model.Commissioner{{Name: "Derby", ReferralShare: 1}},
		Delivery:      &model.Delivery{FixedPerQuarter: []model.DatedAmount{{Amount: amount("3000")}}, ClaimsPaidAfter: 30},
		Facility: &model.Facility{
			Investors: []model.Investor{{Name: "Social bank", Commitment: amount("5000")}},
			Terms:     model.Terms{PreferredReturn: model.Rate{Yearly: 0.08}}, Hurdle: model.Rate{Yearly: 0.1},
		},
	}
	counts := contract.NewCounts[int64](programme.Shape()) // no cost follows the children here
	ledger := contract.NewLedger(programme.Shape(), []string{"Derby"})
	copy(ledger.PaymentsOf(0, 0), []int64{2_000_00, 4_500_00})

	cash, err := finance.NewCash(programme, contract.Constant)
	if err != nil {
		fmt.Println(err)
		return
	}
	account, capital := cash.NewAccount(), finance.CapitalFigures{}
	finance.Follow(cash, counts, ledger, account)
	cash.CapitalFigures(account, &capital)

	pounds := func(pence int64) string { return contract.Pounds(pence).StringFixed(2) }
	fmt.Printf("%-10s %9s %9s %9s %9s %9s\n", "day", "receipts", "costs", "drawn", "repaid", "cash")
	for i, day := range account.Days {
		fmt.Printf("%s %9s %9s %9s %9s %9s\n", day, pounds(account.Receipts[i]), pounds(account.Costs[i]),
			pounds(account.Drawn[i]), pounds(account.Repaid[i]), pounds(account.Cash[i]))
	}
	fmt.Printf("capital requirement: £%s, on %s\n", pounds(capital.Requirement), capital.RequiredOn)
	bank := capital.Investors[0]
	multiple, _ := bank.Multiple()
	fmt.Printf("%s: rate %s, %.2f%%; multiple %.3f; misses 10%%: %t\n", bank.Party, bank.RateIs, 100*bank.Rate, multiple, bank.MissesHurdle)
	fmt.Printf("%s: £%s in, £%s back\n", capital.Consortium.Party, pounds(capital.Consortium.PaidIn), pounds(capital.Consortium.Received))
	// Output:
	// day         receipts     costs     drawn    repaid      cash
	// 2021-01-31      0.00   1000.00   1000.00      0.00      0.00
	// 2021-02-28      0.00   1000.00   1000.00      0.00      0.00
	// 2021-03-31      0.00   1000.00   1000.00      0.00      0.00
	// 2021-04-30   2000.00   1000.00      0.00      0.00   1000.00
	// 2021-05-31      0.00   1000.00      0.00      0.00      0.00
	// 2021-06-30      0.00   1000.00   1000.00      0.00      0.00
	// 2021-07-30   4500.00      0.00      0.00   4500.00      0.00
	// capital requirement: £4000.00, on 2021-06-30
	// Social bank: rate found, 42.14%; multiple 1.125; misses 10%: false
	// consortium: £4000.00 in, £4500.00 back
}

// £10,000 is paid in; £2,750 to £4,250 come back over fifteen months. In the
// second series a closing cost follows the last receipt.
func ExampleInternalRate() {
	flows := []finance.Flow{
		{On: calendar.NewDate(2008, time.January, 1), Amount: -10_000_00},
		{On: calendar.NewDate(2008, time.March, 1), Amount: 2_750_00},
		{On: calendar.NewDate(2008, time.October, 30), Amount: 4_250_00},
		{On: calendar.NewDate(2009, time.February, 15), Amount: 3_250_00},
		{On: calendar.NewDate(2009, time.April, 1), Amount: 2_750_00},
	}
	rate, err := finance.InternalRate(flows)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("rate %.2f%%, net present value at 9%% £%.2f\n", 100*rate, finance.NetPresentValue(flows, 0.09, flows[0].On))

	flows = append(flows, finance.Flow{On: calendar.NewDate(2012, time.December, 31), Amount: -1_500_00})
	_, err = finance.InternalRate(flows)
	fmt.Println(err)
	// Output:
	// rate 37.34%, net present value at 9% £2086.65
	// more than one internal rate of return: -26.57%, 30.98%
}
