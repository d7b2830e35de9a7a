// Package programmes holds the programmes that the simulation is tested with.
package programmes

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// DN2 is a case of the DN2 programme of the library at its stated values: nothing in it
// is uncertain, so that a test may change any of it and know what follows.
func DN2(t testing.TB, caseName string, edits ...scenario.Edit) *model.Programme {
	t.Helper()
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version(caseName, edits...)
	require.NoError(t, err)
	v.Programme.Uncertain, v.Programme.Correlations = nil, nil
	return v.Programme
}

// Moves is a row of one piece.
func Moves(to string, p float64, more ...any) markov.Row {
	row := markov.Row{{Moves: []markov.Move{{To: to, Probability: p}}}}
	for i := 0; i < len(more); i += 2 {
		row[0].Moves = append(row[0].Moves, markov.Move{To: more[i].(string), Probability: more[i+1].(float64)})
	}
	return row
}

// Pounds is an amount in £.
func Pounds(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// Lively is a small programme in which everything happens often: fast moves
// with both clocks, returns, failures, birthdays, a cap per child below the
// window, an interruption that pauses. Its figures are invented. No £ cap.
func Lively() *model.Programme {
	p := &model.Programme{
		Name: "lively", Start: calendar.NewDate(2021, 2, 10), Weeks: 130,
		Commissioners: []model.Commissioner{{Name: "North", ReferralShare: 0.7}, {Name: "South", ReferralShare: 0.3}},
		States: append(model.DefaultStates(),
			model.State{Name: "foster, planned", Parent: "foster"},
			model.State{Name: "home, planned", Parent: "reunified"}),
		Background: map[string]markov.Row{
			"foster": {
				{In: markov.Span{To: 6}, Moves: []markov.Move{{To: "residential", Probability: 0.08}, {To: "reunified", Probability: 0.02}}},
				{In: markov.Span{From: 6}, Moves: []markov.Move{{To: "residential", Probability: 0.03}, {To: "reunified", Probability: 0.04}}},
			},
			"residential": Moves("foster", 0.06, "reunified", 0.01),
			"reunified": {
				{Since: markov.Span{To: 40}, Moves: []markov.Move{{To: "foster", Probability: 0.07}}},
				{Since: markov.Span{From: 40}, Moves: []markov.Move{{To: "foster", Probability: 0.02}, {To: model.LeftCare, Probability: 0.01}}},
			},
		},
		Ages: model.Ages{From: 15.5, To: 17.5},
		Cohorts: []model.Cohort{
			{
				Name: "down", Referrals: model.Referrals{Children: 40, Last: 60, Ramp: 20},
				StartState: "residential", PlannedState: "foster, planned", AlreadyThere: 9,
				Lag: 5, StartProbability: 0.8, Tracking: 50,
				Failure: markov.Row{
					{In: markov.Span{To: 8}, Moves: []markov.Move{{To: "residential", Probability: 0.05}, {To: "foster", Probability: 0.01}}},
					{In: markov.Span{From: 8}, Moves: []markov.Move{{To: "residential", Probability: 0.01}, {To: "foster", Probability: 0.01}}},
				},
				CashableShare: Pounds("0.5"),
			},
			{
				Name: "home", Referrals: model.Referrals{Children: 50, First: 4, Last: 80},
				StartState: "foster", PlannedState: "home, planned", Lag: 3, StartProbability: 0.9, Tracking: 40,
				Failure:    Moves("foster", 0.02, "residential", 0.03, "reunified", 0.01),
				Background: map[string]markov.Row{"foster": Moves("reunified", 0.03)},
			},
		},
		Contract: contract.Terms{
			Metrics: []contract.Metric{
				{
					Name: "placed", Cohorts: []string{"down"}, Tariff: contract.Tariff{Amount: Pounds("500")},
					Trigger: &contract.FullWeeks{First: 1, Window: 45, CapPerChild: 20},
				},
				{
					Name: "at home", Cohorts: []string{"home"}, States: []string{"home, planned", "reunified"},
					Tariff:  contract.Tariff{Amount: Pounds("350")},
					Trigger: &contract.FullWeeks{Window: 38, CapPerChild: 16, Interruption: contract.Pauses},
				},
				{
					Name: "still at home", Cohorts: []string{"home"}, Tariff: contract.Tariff{Amount: Pounds("100")},
					Trigger: &contract.FullWeeks{Window: 24, CapPerChild: 24},
				},
				{
					Name: "days", Cohorts: []string{"down"}, States: []string{"foster", "foster, planned"},
					Tariff: contract.Tariff{Amount: Pounds("59.15")}, AgreedDeadweight: Pounds("0.33"),
					Trigger: &contract.Days{First: 2, Window: 30, CapPerChild: 100, Interruption: contract.Pauses},
				},
				{
					Name: "months", Cohorts: []string{"home"}, States: []string{"home, planned", "reunified"},
					Tariff:  contract.Tariff{Amount: Pounds("1000")},
					Trigger: &contract.Months{First: 1, Window: 8, CapPerChild: 3, Interruption: contract.Pauses},
				},
				{
					Name: "milestones", Cohorts: []string{"down"}, Commissioners: []string{"North"},
					Tariff:  contract.Tariff{Amount: Pounds("2000")},
					Trigger: &contract.Milestones{Weeks: []int{1, 13}, Months: []int{2, 6}},
				},
				{
					Name: "engaged", Cohorts: []string{"down", "home"}, Ages: contract.AgeRange{From: 16, To: 17},
					Tariff:  contract.Tariff{Amount: Pounds("700")},
					Trigger: &contract.Engagement{After: 4},
				},
				{
					Name: "averted", Cohorts: []string{"home"}, States: []string{"home, planned", "reunified", "foster"},
					Tariff:  contract.Tariff{Amount: Pounds("900")},
					Trigger: &contract.Averted{Months: 3},
				},
			},
			Payers: []contract.Payer{{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: Pounds("1")}}}},
		},
		UnitCosts: []contract.UnitCost{
			{State: "edge of care", PerWeek: Pounds("100")},
			{State: "foster", PerWeek: Pounds("1000")},
			{State: "residential", PerWeek: Pounds("4000")},
			{State: "reunified", PerWeek: Pounds("100")},
		},
		MinimumReferrals: model.MinimumReferrals{Children: 30, Weeks: 26},
	}
	return p
}
