package expect_test

import (
	"fmt"
	"log"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// stepDown is a programme of two years that moves children from residential
// to foster care.
func stepDown() *model.Programme {
	pounds := decimal.NewFromInt
	return &model.Programme{
		Name:          "step-down",
		Start:         calendar.NewDate(2024, 4, 1),
		Weeks:         104,
		Commissioners: []model.Commissioner{{Name: "Council", ReferralShare: 1}},
		States:        append(model.DefaultStates(), model.State{Name: "foster, planned", Parent: "foster"}),
		// Without the programme 4 children in 1,000 go on to foster care
		// each week, and 2 in 1,000 come back.
		Background: map[string]markov.Row{
			"residential": {{Moves: []markov.Move{{To: "foster", Probability: 0.004}}}},
			"foster":      {{Moves: []markov.Move{{To: "residential", Probability: 0.002}}}},
		},
		Ages: model.Ages{From: 10, To: 17},
		Cohorts: []model.Cohort{{
			Name:       "step-down",
			Referrals:  model.Referrals{Children: 20, First: 0, Last: 25},
			StartState: "residential", PlannedState: "foster, planned",
			Lag: 13, StartProbability: 0.6, Tracking: 52,
			Failure: markov.Row{{Moves: []markov.Move{{To: "residential", Probability: 0.01}}}},
		}},
		Contract: contract.Terms{
			Metrics: []contract.Metric{{
				Name:    "weeks fostered",
				Cohorts: []string{"step-down"},
				Trigger: &contract.FullWeeks{Window: 52, CapPerChild: 52},
				Tariff:  contract.Tariff{Amount: pounds(500)},
			}},
			Payers: []contract.Payer{{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: pounds(1)}}}},
		},
		UnitCosts: []contract.UnitCost{
			{State: "residential", PerWeek: pounds(4000)},
			{State: "foster", PerWeek: pounds(1000)},
			{State: "edge of care"},
			{State: "reunified"},
		},
	}
}

func ExampleOf() {
	e, err := expect.Of(stepDown())
	if err != nil {
		log.Fatal(err)
	}
	for q, quarter := range e.Counts.Shape.Quarters {
		fmt.Printf("%s: %5.2f children start, %6.2f weeks are paid\n",
			quarter, e.Counts.StartedIn(0, 0)[q], e.Counts.UnitsOf(0, 0)[q])
	}
	one := e.PerChild[0]
	fmt.Printf("weeks paid per child referred: mean %.2f, variance %.1f\n", one.Mean, one.Variance)
	d := e.Deadweight[0]
	fmt.Printf("weeks fostered per child who starts: %.1f, and %.1f without the programme (%.0f%%)\n",
		d.InterventionWeeks, d.CounterfactualWeeks, 100*d.Share)
	// Output:
	// Q1 2024/25:  0.00 children start,   0.00 weeks are paid
	// Q2 2024/25:  5.70 children start,  38.34 weeks are paid
	// Q3 2024/25:  5.70 children start, 103.44 weeks are paid
	// Q4 2024/25:  0.00 children start, 122.24 weeks are paid
	// Q1 2025/26:  0.00 children start, 106.94 weeks are paid
	// Q2 2025/26:  0.00 children start,  70.54 weeks are paid
	// Q3 2025/26:  0.00 children start,  20.74 weeks are paid
	// Q4 2025/26:  0.00 children start,   0.00 weeks are paid
	// weeks paid per child referred: mean 23.11, variance 559.5
	// weeks fostered per child who starts: 41.3, and 4.8 without the programme (12%)
}

// Counts in expectation are priced like those of a simulation.
func ExampleOf_priced() {
	p := stepDown()
	e, err := expect.Of(p)
	if err != nil {
		log.Fatal(err)
	}
	ledger, err := model.Price(p, e.Counts, contract.Constant)
	if err != nil {
		log.Fatal(err)
	}
	paid, avoided := int64(0), int64(0) // pence
	for q := range ledger.Shape.Quarters {
		paid += ledger.AllowedOf(0, 0)[q]
		avoided += ledger.CostsOf(contract.Tracking, contract.Counterfactual, 0, 0)[q] -
			ledger.CostsOf(contract.Tracking, contract.Intervention, 0, 0)[q]
	}
	fmt.Printf("the council pays £%s and avoids care that costs £%s\n", contract.Pounds(paid), contract.Pounds(avoided))
	// Output:
	// the council pays £231119.16 and avoids care that costs £1248232.92
}

func ExampleOccupancy() {
	p := stepDown()
	shares, err := expect.Occupancy(p, "step-down", contract.Intervention)
	if err != nil {
		log.Fatal(err)
	}
	for _, week := range []int{0, 12, 13, 65} {
		fmt.Printf("week %2d:", week)
		for s, state := range p.States {
			if share := shares[s][week]; share > 0 {
				fmt.Printf("  %s %.1f%%", state.Name, 100*share)
			}
		}
		fmt.Println()
	}
	// Output:
	// week  0:  residential 100.0%
	// week 12:  foster 4.6%  residential 95.4%
	// week 13:  foster 5.0%  residential 38.0%  foster, planned 57.0%
	// week 65:  foster 13.2%  residential 50.5%  left care 3.8%  foster, planned 32.5%
}
