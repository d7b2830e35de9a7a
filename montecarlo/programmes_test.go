package montecarlo

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// dn2 is a case of the DN2 programme of the library.
func dn2(t testing.TB, caseName string, edits ...scenario.Edit) *model.Programme {
	t.Helper()
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	p, err := d.Programme(caseName, edits...)
	require.NoError(t, err)
	return p
}

// moves is a row of one piece.
func moves(to string, p float64, more ...any) markov.Row {
	row := markov.Row{{Moves: []markov.Move{{To: to, Probability: p}}}}
	for i := 0; i < len(more); i += 2 {
		row[0].Moves = append(row[0].Moves, markov.Move{To: more[i].(string), Probability: more[i+1].(float64)})
	}
	return row
}

// pounds is an amount in £.
func pounds(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// lively is a small programme in which everything happens often: fast moves
// with both clocks, returns, failures, birthdays, a cap per child below the
// window, an interruption that pauses. Its figures are invented. No £ cap.
func lively() *model.Programme {
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
			"residential": moves("foster", 0.06, "reunified", 0.01),
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
				CashableShare: pounds("0.5"),
			},
			{
				Name: "home", Referrals: model.Referrals{Children: 50, First: 4, Last: 80},
				StartState: "foster", PlannedState: "home, planned", Lag: 3, StartProbability: 0.9, Tracking: 40,
				Failure:    moves("foster", 0.02, "residential", 0.03, "reunified", 0.01),
				Background: map[string]markov.Row{"foster": moves("reunified", 0.03)},
			},
		},
		Contract: contract.Terms{
			Metrics: []contract.Metric{
				{
					Name: "placed", Cohorts: []string{"down"}, Tariff: contract.Tariff{Amount: pounds("500")},
					Trigger: &contract.FullWeeks{First: 1, Window: 45, CapPerChild: 20},
				},
				{
					Name: "at home", Cohorts: []string{"home"}, States: []string{"home, planned", "reunified"},
					Tariff:  contract.Tariff{Amount: pounds("350")},
					Trigger: &contract.FullWeeks{Window: 38, CapPerChild: 16, Interruption: contract.Pauses},
				},
				{
					Name: "still at home", Cohorts: []string{"home"}, Tariff: contract.Tariff{Amount: pounds("100")},
					Trigger: &contract.FullWeeks{Window: 24, CapPerChild: 24},
				},
				{
					Name: "days", Cohorts: []string{"down"}, States: []string{"foster", "foster, planned"},
					Tariff: contract.Tariff{Amount: pounds("59.15")}, Deadweight: pounds("0.33"),
					Trigger: &contract.Days{First: 2, Window: 30, CapPerChild: 100, Interruption: contract.Pauses},
				},
				{
					Name: "months", Cohorts: []string{"home"}, States: []string{"home, planned", "reunified"},
					Tariff:  contract.Tariff{Amount: pounds("1000")},
					Trigger: &contract.Months{First: 1, Window: 8, CapPerChild: 3, Interruption: contract.Pauses},
				},
				{
					Name: "milestones", Cohorts: []string{"down"}, Commissioners: []string{"North"},
					Tariff:  contract.Tariff{Amount: pounds("2000")},
					Trigger: &contract.Milestones{Weeks: []int{1, 13}, Months: []int{2, 6}},
				},
				{
					Name: "engaged", Cohorts: []string{"down", "home"}, Ages: contract.AgeRange{From: 16, To: 17},
					Tariff:  contract.Tariff{Amount: pounds("700")},
					Trigger: &contract.Engagement{After: 4},
				},
				{
					Name: "averted", Cohorts: []string{"home"}, States: []string{"home, planned", "reunified", "foster"},
					Tariff:  contract.Tariff{Amount: pounds("900")},
					Trigger: &contract.Averted{Months: 3},
				},
			},
			Payers: []contract.Payer{{Name: contract.Commissioner, Shares: []contract.DatedShare{{Share: pounds("1")}}}},
		},
		UnitCosts: []contract.UnitCost{
			{State: "edge of care", PerWeek: pounds("100")},
			{State: "foster", PerWeek: pounds("1000")},
			{State: "residential", PerWeek: pounds("4000")},
			{State: "reunified", PerWeek: pounds("100")},
		},
		MinimumReferrals: model.MinimumReferrals{Children: 30, Weeks: 26},
	}
	return p
}

// anyProgramme draws a small programme of one cohort, valid by construction.
func anyProgramme(t *rapid.T) *model.Programme {
	p := lively()
	p.Weeks = rapid.IntRange(1, 60).Draw(t, "weeks")
	p.MinimumReferrals = model.MinimumReferrals{}
	p.Background = map[string]markov.Row{}
	names := []string{"edge of care", "foster", "residential", "reunified"}
	for _, from := range names {
		p.Background[from] = anyRow(t, from, names)
	}
	if rapid.Bool().Draw(t, "no ages") {
		p.Ages = model.Ages{}
	}
	c := &p.Cohorts[0]
	c.Referrals = model.Referrals{Children: rapid.Float64Range(0, 6).Draw(t, "children"), Last: rapid.IntRange(0, p.Weeks-1).Draw(t, "last")}
	for range rapid.IntRange(0, 2).Draw(t, "pauses") {
		from := rapid.IntRange(0, p.Weeks).Draw(t, "pause")
		c.Referrals.Pauses = append(c.Referrals.Pauses, model.Pause{From: from, To: from + rapid.IntRange(1, 20).Draw(t, "paused")})
	}
	c.Referrals.Law = model.ReferralLaw(rapid.IntRange(0, 1).Draw(t, "law"))
	c.StartState = rapid.SampledFrom(names).Draw(t, "start state")
	c.PlannedState = rapid.SampledFrom([]string{"foster, planned", "home, planned"}).Draw(t, "planned state")
	c.AlreadyThere = rapid.IntRange(0, 9).Draw(t, "already there")
	c.Lag = rapid.IntRange(0, 12).Draw(t, "lag")
	c.Tracking = rapid.IntRange(0, 20).Draw(t, "tracking")
	c.StartProbability = rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "start")
	c.HoldUntilStart = rapid.Bool().Draw(t, "hold")
	if !c.HoldUntilStart && rapid.Bool().Draw(t, "limited") {
		p.Capacity = model.Capacity{StartsPerQuarter: rapid.IntRange(1, 5).Draw(t, "starts"), Lapse: rapid.IntRange(0, 30).Draw(t, "lapse")}
	}
	c.Failure = anyRow(t, "planned", names)
	c.Background = nil
	if rapid.Bool().Draw(t, "override") {
		c.Background = map[string]markov.Row{"foster": moves("residential", 0)}
	}
	p.Cohorts = p.Cohorts[:1]
	p.Contract.Metrics = p.Contract.Metrics[:1]
	p.Contract.Metrics[0].Trigger = &contract.FullWeeks{
		First: rapid.IntRange(0, 5).Draw(t, "first"), Window: rapid.IntRange(0, 25).Draw(t, "window"),
		CapPerChild:  rapid.IntRange(0, 25).Draw(t, "cap"),
		Interruption: contract.Interruption(rapid.IntRange(0, 1).Draw(t, "interruption")),
	}
	require.NoError(t, p.Validate())
	return p
}

// anyRow draws the moves out of a state: none, or pieces cut on either clock,
// with probabilities from 0 to 1 that sum to at most 1.
func anyRow(t *rapid.T, from string, names []string) markov.Row {
	if rapid.IntRange(0, 4).Draw(t, from+" stays") == 0 {
		return nil
	}
	spans := func(label string) []markov.Span {
		cut := rapid.IntRange(0, 20).Draw(t, label)
		if cut == 0 {
			return []markov.Span{{}}
		}
		return []markov.Span{{To: cut}, {From: cut}}
	}
	var row markov.Row
	for i, since := range spans(from + " since") {
		for j, in := range spans(from + " in") {
			piece := markov.Piece{Since: since, In: in}
			left := 1.0
			for _, to := range names {
				if to == from {
					continue
				}
				share := rapid.SampledFrom([]float64{0, 0.01, 0.1, 0.5, 1}).Draw(t, fmt.Sprint(from, i, j, to))
				piece.Moves = append(piece.Moves, markov.Move{To: to, Probability: left * share})
				left -= left * share
			}
			row = append(row, piece)
		}
	}
	return row
}
