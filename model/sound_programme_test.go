package model_test

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

func pounds(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// to is moves in pairs of a state and a weekly probability.
func to(pairs ...any) []markov.Move {
	var moves []markov.Move
	for i := 0; i < len(pairs); i += 2 {
		moves = append(moves, markov.Move{To: pairs[i].(string), Probability: pairs[i+1].(float64)})
	}
	return moves
}

// always is a row of one piece.
func always(pairs ...any) markov.Row { return markov.Row{{Moves: to(pairs...)}} }

// sound is a programme without a fault that uses every part of one.
func sound() *model.Programme {
	fullWeeks := func() contract.Trigger { return &contract.FullWeeks{Window: 104, CapPerChild: 104} }
	share := func(s string) []contract.DatedShare { return []contract.DatedShare{{Share: pounds(s)}} }
	return &model.Programme{
		Name: "sound", Title: "A sound programme", Start: calendar.NewDate(2020, time.October, 1), Weeks: 313,
		PriceBase: "constant 2022/23 prices", DiscountRate: model.Rate{Yearly: 0.035},
		Commissioners: []model.Commissioner{{Name: "Nottinghamshire", ReferralShare: 0.4}, {Name: "Derby", ReferralShare: 0.6}},
		States: append(model.DefaultStates(),
			model.State{Name: "foster, planned", Parent: "foster"}, model.State{Name: "home, planned", Parent: "reunified"}),
		Background: map[string]markov.Row{
			"foster":      always("residential", 0.002, "reunified", 0.003),
			"residential": always("foster", 0.004, "reunified", 0.002),
			"reunified":   always("foster", 0.003, model.LeftCare, 0.001),
		},
		Ages: model.Ages{From: 10, To: 17},
		Cohorts: []model.Cohort{
			{
				Name: "step-down", Title: "Stepping down", Referrals: model.Referrals{Children: 53.46, Last: 207, Ramp: 26},
				StartState: "residential", PlannedState: "foster, planned", Lag: 26, StartProbability: 0.6, Tracking: 104,
				Failure: always("residential", 0.0057, "foster", 0.0024), CashableShare: pounds("0.8"),
			},
			{
				Name: "reunification", Referrals: model.Referrals{Children: 41.31, Law: model.Poisson, Last: 207},
				StartState: "foster", PlannedState: "home, planned", AlreadyThere: 20, Lag: 13, StartProbability: 0.7, Tracking: 104,
				Failure: always("foster", 0.008), Background: map[string]markov.Row{"foster": always("residential", 0.01)},
				CashableShare: pounds("0.6"),
			},
		},
		Contract: contract.Terms{
			Metrics: []contract.Metric{
				{Name: "M1", Cohorts: []string{"step-down"}, Trigger: fullWeeks(), Tariff: contract.Tariff{Amount: pounds("500")}},
				{Name: "M3", Cohorts: []string{"reunification"}, States: []string{"home, planned", "reunified"}, Success: []string{"reunified"}, Trigger: fullWeeks(), Tariff: contract.Tariff{Amount: pounds("350")}},
			},
			Cap:    decimal.NewNullDecimal(pounds("9123323")),
			Payers: []contract.Payer{{Name: "Life Chances Fund", Shares: share("0.275")}, {Name: contract.ClaimingCommissioner, Shares: share("0.725")}},
		},
		UnitCosts: []contract.UnitCost{
			{State: "edge of care", PerWeek: pounds("100")},
			{State: "foster", PerWeek: pounds("1000")},
			{State: "residential", PerWeek: pounds("4000")},
			{State: "reunified", PerWeek: pounds("100")},
		},
		MinimumReferrals: model.MinimumReferrals{Children: 55, Weeks: 52},
		SavingsTargets:   []model.SavingsTarget{{Commissioner: "Derby", Years: []calendar.FinancialYear{2021, 2022}, Amount: pounds("250000")}},
	}
}
