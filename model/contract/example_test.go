package contract_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Two councils claim for full weeks in the planned placement at £500 each. A
// fund pays 27.5% until it closes. Who pays what, when the contract is capped
// at £40,000?
func Example() {
	share := func(s string) decimal.Decimal { return decimal.RequireFromString(s) }
	closes := calendar.NewDate(2024, time.October, 1)
	terms := contract.Terms{
		Metrics: []contract.Metric{{Name: "weeks in the planned placement", Tariff: contract.Tariff{Amount: decimal.NewFromInt(500)}}},
		Cap:     decimal.NewNullDecimal(decimal.NewFromInt(40_000)),
		Payers: []contract.Payer{
			{Name: "Fund", Shares: []contract.DatedShare{{Share: share("0.275")}, {From: closes, Share: share("0")}}},
			{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: share("0.725")}, {From: closes, Share: share("1")}}},
		},
	}
	shape := &contract.Shape{
		Quarters:      []calendar.Quarter{calendar.NewQuarter(2024, 2), calendar.NewQuarter(2024, 3), calendar.NewQuarter(2024, 4)},
		Commissioners: []string{"Derby", "Nottingham"},
		Metrics:       []string{"weeks in the planned placement"},
	}
	tally := contract.NewCounts[int64](shape)
	copy(tally.UnitsOf(0, slices.Index(shape.Commissioners, "Derby")), []int64{13, 9, 13})
	copy(tally.UnitsOf(0, slices.Index(shape.Commissioners, "Nottingham")), []int64{11, 13, 26})

	pricer, err := contract.NewPricer(terms, contract.Care{}, shape, contract.PriceIndex{}, contract.Constant)
	if err != nil {
		fmt.Println(err)
		return
	}
	ledger := pricer.NewLedger()
	contract.Price(pricer, tally, ledger)

	fmt.Println("Claim of    Paid by        Q1 2024/25     Q2 2024/25     Q3 2024/25")
	for c, council := range shape.Commissioners {
		for p, payer := range ledger.Payers {
			if payer != "Fund" && payer != council {
				continue // a council pays its own claims only
			}
			fmt.Printf("%-10s  %-10s", council, payer)
			for _, pence := range ledger.PaymentsOf(p, c) {
				fmt.Printf(" %10s", contract.Pounds(pence).StringFixed(2))
			}
			fmt.Println()
		}
	}
	// Output:
	// Claim of    Paid by        Q1 2024/25     Q2 2024/25     Q3 2024/25
	// Derby       Fund          1787.50    1237.50       0.00
	// Derby       Derby         4712.50    3262.50    5666.67
	// Nottingham  Fund          1512.50    1787.50       0.00
	// Nottingham  Nottingham    3987.50    4712.50   11333.33
}

// A child is placed in week 4, leaves in week 10 and comes back in week 12.
// The contract pays for at most 8 weeks, from the second on.
func ExampleFullWeeks() {
	const home, placed = 0, 1
	path := contract.Path{
		Stays:   []contract.Stay{{State: home, From: 0, To: 4}, {State: placed, From: 4, To: 10}, {State: home, From: 10, To: 12}, {State: placed, From: 12, To: 30}},
		Start:   4,
		Payable: contract.StateSet(0).Add(placed),
	}
	for _, interruption := range []contract.Interruption{contract.Ends, contract.Pauses} {
		terms := contract.FullWeeks{First: 1, Window: 104, CapPerChild: 8, Interruption: interruption}
		fmt.Printf("an interruption %s the claim:\n", interruption)
		for _, span := range terms.Count(path, nil) {
			fmt.Printf("  weeks %d to %d are paid\n", span.From, span.To-1)
		}
	}
	// Output:
	// an interruption ends the claim:
	//   weeks 5 to 9 are paid
	// an interruption pauses the claim:
	//   weeks 5 to 9 are paid
	//   weeks 12 to 14 are paid
}
