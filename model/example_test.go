package model_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// A council thinks of paying £500 for each full week that a child who was in
// residential care lives with a planned foster family. The figures are
// invented.
func Example() {
	p := &model.Programme{
		Name:          "step-down",
		Start:         calendar.NewDate(2026, time.April, 1),
		Weeks:         26,
		PriceBase:     "constant 2026/27 prices",
		DiscountRate:  model.Rate{Yearly: 0.035},
		Commissioners: []model.Commissioner{{Name: "Derby", ReferralShare: 1}},
		States:        append(model.DefaultStates(), model.State{Name: "foster, planned", Parent: "foster"}),
		Background: map[string]markov.Row{
			"residential": {{Moves: []markov.Move{{To: "foster", Probability: 0.004}}}},
		},
		Ages: model.Ages{From: 10, To: 17},
		Cohorts: []model.Cohort{{
			Name:       "step-down",
			Referrals:  model.Referrals{Children: 10, First: 0, Last: 12},
			StartState: "residential", PlannedState: "foster, planned",
			Lag: 4, StartProbability: 0.6, Tracking: 104,
			Failure:       markov.Row{{Moves: []markov.Move{{To: "residential", Probability: 0.008}}}},
			CashableShare: decimal.RequireFromString("0.8"),
		}},
		Contract: contract.Terms{
			Metrics: []contract.Metric{{
				Name: "weeks fostered", Cohorts: []string{"step-down"},
				Trigger: &contract.FullWeeks{Window: 104, CapPerChild: 104},
				Tariff:  contract.Tariff{Amount: decimal.NewFromInt(500)},
			}},
			Payers: []contract.Payer{{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: decimal.NewFromInt(1)}}}},
		},
		UnitCosts: []contract.UnitCost{
			{State: "residential", PerWeek: decimal.NewFromInt(4000)},
			{State: "foster", PerWeek: decimal.NewFromInt(1000)},
			{State: "edge of care"},
			{State: "reunified"},
		},
	}
	if err := p.Validate(); err != nil {
		fmt.Println(err)
		return
	}

	// Package expect would work out the expected counts. Here they are two
	// figures from a plan: 20.5 and 66.25 paid weeks, each spent in foster
	// rather than residential care.
	counts := contract.NewCounts[float64](p.Shape())
	counts.Rules = p.Rules()
	paid := []float64{20.5, 66.25}
	copy(counts.UnitsOf(0, 0), paid)
	copy(counts.WeeksIn(contract.Tracking, contract.Counterfactual, 0, 0, slices.Index(counts.Shape.States, "residential")), paid)
	copy(counts.WeeksIn(contract.Tracking, contract.Intervention, 0, 0, slices.Index(counts.Shape.States, "foster, planned")), paid)

	show := func() {
		ledger, err := model.Price(p, counts, contract.Constant)
		if err != nil {
			fmt.Println(err)
			return
		}
		for q, quarter := range ledger.Shape.Quarters {
			fmt.Printf("%s: pays £%s, cashable £%s\n", quarter,
				contract.Pounds(ledger.PaymentsOf(0, 0)[q]).StringFixed(2), contract.Pounds(ledger.CashableOf(0, 0)[q]).StringFixed(2))
		}
	}
	show()

	fmt.Println("\nAt £650 a week:")
	p.Contract.Metrics[0].Tariff.Amount = decimal.NewFromInt(650)
	show()

	fmt.Println("\nIf only 52 weeks were paid for:")
	p.Contract.Metrics[0].Trigger = &contract.FullWeeks{Window: 104, CapPerChild: 52}
	show()
	// Output:
	// Q1 2026/27: pays £10250.00, cashable £49200.00
	// Q2 2026/27: pays £33125.00, cashable £159000.00
	//
	// At £650 a week:
	// Q1 2026/27: pays £13325.00, cashable £49200.00
	// Q2 2026/27: pays £43062.50, cashable £159000.00
	//
	// If only 52 weeks were paid for:
	// the counts were made under other rules (metrics): only prices can change without running again
}

// Validate reports everything at once.
func ExampleProgramme_Validate() {
	p := &model.Programme{
		Name: "draft", Start: calendar.NewDate(2026, time.April, 1), Weeks: 104,
		Commissioners: []model.Commissioner{{Name: "Derby", ReferralShare: 0.5}, {Name: "Nottingham", ReferralShare: 0.4}},
		States:        []model.State{{Name: "foster"}, {Name: "residential"}, {Name: model.LeftCare}, {Name: "foster, planned", Parent: "foster"}},
		Cohorts: []model.Cohort{{
			Name: "step-down", StartState: "residental", PlannedState: "foster, planned", StartProbability: 60, Tracking: 104,
			Failure: markov.Row{{Moves: []markov.Move{{To: "residential", Probability: 0.7}, {To: "foster", Probability: 0.4}}}},
		}},
		Contract:  contract.Terms{Payers: []contract.Payer{{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: decimal.NewFromInt(1)}}}}},
		UnitCosts: []contract.UnitCost{{State: "residential", PerWeek: decimal.NewFromInt(4000)}},
	}
	fmt.Println(p.Validate())
	// Output:
	// commissioners: the shares of referrals add up to 0.9: they must add up to 1 (100%)
	// cohorts.step-down.start state: "residental" is not a state in which a child can be referred: those are "foster", "residential", "foster, planned"
	// cohorts.step-down.start probability: 60 is outside 0 to 1
	// cohorts.step-down.failure: the moves out of "foster, planned" in the intervention arm add up to 1.1 a week from week 0 since referral: they may not add up to more than 1
	// unit costs: there is none for "foster": write 0 if it costs nothing
}
