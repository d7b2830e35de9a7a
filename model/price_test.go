package model_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

func TestShape(t *testing.T) {
	s := sound().Shape()
	require.Len(t, s.Quarters, 24)
	require.Equal(t, calendar.NewQuarter(2020, 4), s.Quarters[0])
	require.Equal(t, calendar.NewQuarter(2026, 3), s.Quarters[23])
	require.Equal(t, []string{"Nottinghamshire", "Derby"}, s.Commissioners)
	require.Equal(t, []string{"step-down", "reunification"}, s.Cohorts)
	require.Equal(t, []string{"edge of care", "foster", "residential", "reunified", "left care", "foster, planned", "home, planned"}, s.States)
	require.Equal(t, []string{"M1", "M3"}, s.Metrics)
}

// counted is counts of a programme with something in every cell.
func counted(p *model.Programme) *contract.Tally {
	counts := contract.NewCounts[int64](p.Shape())
	counts.Rules = p.Rules()
	for i := range counts.Weeks {
		counts.Weeks[i] = int64(i % 13)
	}
	for i := range counts.Units {
		counts.Units[i] = int64(i % 7)
	}
	return counts
}

// What may change without counting again, and what it does to the figures.
func TestPricesMayChange(t *testing.T) {
	for what, edit := range map[string]func(*model.Programme){
		"tariff": func(p *model.Programme) { p.Contract.Metrics[0].Tariff.Amount = pounds("650") },
		"tariff by council": func(p *model.Programme) {
			p.Contract.Metrics[0].Tariff.ByCommissioner = map[string]decimal.Decimal{"Derby": pounds("1")}
		},
		"indexation": func(p *model.Programme) {
			p.Contract.Metrics[0].Tariff.Indexation = decimal.NewNullDecimal(pounds("0.03"))
			p.Inflation, p.PriceYear = 0.02, 2020
		},
		"metric cap":   func(p *model.Programme) { p.Contract.Metrics[0].Cap.Units = decimal.NewNullDecimal(pounds("5")) },
		"contract cap": func(p *model.Programme) { p.Contract.Cap = decimal.NewNullDecimal(pounds("1000")) },
		"payers":       func(p *model.Programme) { p.Contract.Payers[0].Name = "Lottery" },
		"unit costs":   func(p *model.Programme) { p.UnitCosts[1].PerWeek = pounds("1200") },
		"unit cost of a plan": func(p *model.Programme) {
			p.UnitCosts = append(p.UnitCosts, contract.UnitCost{State: "foster, planned", PerWeek: pounds("1500")})
		},
		"growth":         func(p *model.Programme) { p.UnitCosts[2].Growth = pounds("0.073") },
		"cashable share": func(p *model.Programme) { p.Cohorts[0].CashableShare = pounds("0.5") },
	} {
		t.Run(what, func(t *testing.T) {
			p := sound()
			counts := counted(p)
			before, err := model.Price(p, counts, contract.Constant)
			require.NoError(t, err)
			fingerprint := p.Fingerprint()
			edit(p)
			require.NoError(t, p.Validate())
			after, err := model.Price(p, counts, contract.Constant)
			require.NoError(t, err)
			require.NotEqual(t, before, after)
			require.NotEqual(t, fingerprint, p.Fingerprint())
		})
	}
}

// What decides where children live and what their lives earn may not change.
func TestRulesMayNotChange(t *testing.T) {
	for _, c := range []struct {
		what, section string
		edit          func(*model.Programme)
	}{
		{"start", "calendar", func(p *model.Programme) { p.Start = p.Start.AddDays(1) }},
		{"horizon", "calendar", func(p *model.Programme) { p.Weeks-- }},
		{"referral shares", "commissioners", func(p *model.Programme) {
			p.Commissioners[0].ReferralShare, p.Commissioners[1].ReferralShare = 0.5, 0.5
		}},
		{"order of commissioners", "commissioners", func(p *model.Programme) {
			p.Commissioners[0], p.Commissioners[1] = p.Commissioners[1], p.Commissioners[0]
		}},
		{"order of states", "states", func(p *model.Programme) { p.States[0], p.States[1] = p.States[1], p.States[0] }},
		{"background", "background", func(p *model.Programme) { p.Background["foster"] = always("residential", 0.02) }},
		{"ages", "ages", func(p *model.Programme) { p.Ages.To = 18 }},
		{"children", "cohorts", func(p *model.Programme) { p.Cohorts[0].Referrals.Children++ }},
		{"law", "cohorts", func(p *model.Programme) { p.Cohorts[0].Referrals.Law = model.Poisson }},
		{"ramp", "cohorts", func(p *model.Programme) { p.Cohorts[0].Referrals.Ramp = 0 }},
		{"lag", "cohorts", func(p *model.Programme) { p.Cohorts[0].Lag++ }},
		{"start probability", "cohorts", func(p *model.Programme) { p.Cohorts[0].StartProbability = 0.61 }},
		{"tracking", "cohorts", func(p *model.Programme) { p.Cohorts[0].Tracking++ }},
		{"failure", "cohorts", func(p *model.Programme) { p.Cohorts[0].Failure = always("residential", 0.01) }},
		{"override", "cohorts", func(p *model.Programme) { p.Cohorts[1].Background = nil }},
		{"already there", "cohorts", func(p *model.Programme) { p.Cohorts[0].AlreadyThere = 3 }},
		{"hold", "cohorts", func(p *model.Programme) { p.Cohorts[0].HoldUntilStart = true }},
		{"window", "metrics", func(p *model.Programme) {
			p.Contract.Metrics[0].Trigger = &contract.FullWeeks{Window: 103, CapPerChild: 104}
		}},
		{"kind of trigger", "metrics", func(p *model.Programme) { p.Contract.Metrics[0].Trigger = fortnights{p.Contract.Metrics[0].Trigger} }},
		{"payable states", "metrics", func(p *model.Programme) { p.Contract.Metrics[0].States = []string{"foster"} }},
		{"cohorts of a metric", "metrics", func(p *model.Programme) { p.Contract.Metrics[0].Cohorts = []string{"reunification"} }},
		{"commissioners of a metric", "metrics", func(p *model.Programme) { p.Contract.Metrics[0].Commissioners = []string{"Derby"} }},
		{"ages of a metric", "metrics", func(p *model.Programme) { p.Contract.Metrics[0].Ages.From = 16 }},
		{"minimum", "minimum referrals", func(p *model.Programme) { p.MinimumReferrals.Weeks = 26 }},
	} {
		t.Run(c.what, func(t *testing.T) {
			p := sound()
			counts := counted(p)
			fingerprint := p.Fingerprint()
			c.edit(p)
			require.NotEqual(t, fingerprint, p.Fingerprint())
			ledger, err := model.Price(p, counts, contract.Constant)
			require.Nil(t, ledger)
			require.ErrorIs(t, err, model.ErrOtherRules)
			require.EqualError(t, err, "the counts were made under other rules ("+c.section+"): only prices can change without running again")
			require.Equal(t, err, p.SameRules(counts.Rules))
		})
	}
}

// fortnights is a trigger with the terms of another.
type fortnights struct{ contract.Trigger }

func (f fortnights) Definition() contract.Definition {
	d := f.Trigger.Definition()
	d.Kind = "fortnights"
	return d
}

// What has no part in any figure may be worded anew.
func TestWordsMayChange(t *testing.T) {
	p := sound()
	counts, fingerprint := counted(p), p.Fingerprint()
	p.Name, p.Title, p.About, p.PriceBase = "other", "Other", "About", "nominal"
	p.Cohorts[0].Title = "Another title"
	p.Cautions, p.Sources, p.Register = []string{"Mind."}, []model.Source{{Name: "S"}}, []model.Input{{Path: "lag"}}
	_, err := model.Price(p, counts, contract.Constant)
	require.NoError(t, err)
	require.Equal(t, fingerprint, p.Fingerprint())
	require.NoError(t, p.SameRules(counts.Rules))
}

// Figures beside those of the ledger depend on these.
func TestFingerprintOfFigures(t *testing.T) {
	for what, edit := range map[string]func(*model.Programme){
		"discount rate":   func(p *model.Programme) { p.DiscountRate = model.Rate{} },
		"savings targets": func(p *model.Programme) { p.SavingsTargets = nil },
		"actual payments": func(p *model.Programme) { p.Published.Actual = []model.QuarterAmount{{Quarter: p.Start.Quarter()}} },
		"success":         func(p *model.Programme) { p.Contract.Metrics[0].Success = []string{"reunified"} },
	} {
		p := sound()
		before := p.Fingerprint()
		edit(p)
		require.NotEqual(t, before, p.Fingerprint(), what)
		require.NoError(t, p.SameRules(sound().Rules()), what)
	}
}

func TestCountsWithoutRules(t *testing.T) {
	p := sound()
	_, err := model.Price(p, contract.NewCounts[int64](p.Shape()), contract.Constant)
	require.EqualError(t, err, "the counts were made under other rules (ages, background, calendar, capacity, cohorts, commissioners, metrics, minimum referrals, states): only prices can change without running again")
}

func TestPriceOfFaultyTerms(t *testing.T) {
	p := sound()
	counts := counted(p)
	p.Contract.Cap = decimal.NewNullDecimal(pounds("-1"))
	_, err := model.Price(p, counts, contract.Constant)
	require.EqualError(t, err, "contract cap: £-1 is below 0: it must be £0 or more")
}

// A planned state costs what its parent does, unless it is priced apart.
func TestCostOfPlannedStates(t *testing.T) {
	p := sound()
	counts := contract.NewCounts[int64](p.Shape())
	counts.Rules = p.Rules()
	counts.WeeksIn(contract.Tracking, contract.Intervention, 0, 0, slices.Index(counts.Shape.States, "foster, planned"))[0] = 3
	cost := func() string {
		ledger, err := model.Price(p, counts, contract.Constant)
		require.NoError(t, err)
		return contract.Pounds(ledger.CostsOf(contract.Tracking, contract.Intervention, 0, 0)[0]).String()
	}
	require.Equal(t, "3000", cost())
	p.UnitCosts[1].Commissioner = "Derby"
	p.UnitCosts = append(p.UnitCosts, contract.UnitCost{State: "foster", Commissioner: "Nottinghamshire", PerWeek: pounds("900.50")})
	require.Equal(t, "2701.5", cost())
	p.UnitCosts = append(p.UnitCosts, contract.UnitCost{State: "foster, planned", PerWeek: pounds("1500")})
	require.Equal(t, "4500", cost())
}

// A programme with a number that is none is invalid, but has a fingerprint.
func TestFingerprintOfNaN(t *testing.T) {
	p := sound()
	p.Background["foster"] = always("residential", math.NaN())
	require.Error(t, p.Validate())
	require.Len(t, p.Fingerprint(), 16)
	require.Equal(t, p.Fingerprint(), p.Fingerprint())
	require.NotEqual(t, sound().Fingerprint(), p.Fingerprint())
}

// A programme marshals with names like those of a programme file, and leaves
// out what it does not use.
func TestProgrammeAsJSON(t *testing.T) {
	p := &model.Programme{
		Name: "small", Start: calendar.NewDate(2020, 10, 1), Weeks: 52, DiscountRate: model.Rate{Yearly: 0.035},
		Commissioners: []model.Commissioner{{Name: "Derby", ReferralShare: 1}},
		States:        []model.State{{Name: "foster"}, {Name: "foster, planned", Parent: "foster"}},
		Ages:          model.Ages{From: 10, To: 17},
		Cohorts: []model.Cohort{{
			Name: "M2", Referrals: model.Referrals{Children: 92.34, Last: 207, Ramp: 26}, StartState: "foster", PlannedState: "foster, planned",
			Lag: 2, StartProbability: 1, Tracking: 104, CashableShare: pounds("0.1"),
		}},
		MinimumReferrals: model.MinimumReferrals{Children: 55, Weeks: 52},
		SavingsTargets:   []model.SavingsTarget{{Commissioner: "Derby", Years: []calendar.FinancialYear{2021}, Amount: pounds("250000")}},
	}
	text, err := json.Marshal(p)
	require.NoError(t, err)
	require.JSONEq(t, `{
		"name": "small", "start": "2020-10-01", "weeks": 52, "price_base": "", "discount_rate": {"yearly": 0.035},
		"commissioners": [{"name": "Derby", "referral_share": 1}],
		"states": [{"name": "foster"}, {"name": "foster, planned", "parent": "foster"}],
		"ages": {"from": 10, "to": 17},
		"cohorts": [{
			"name": "M2", "referrals": {"children": 92.34, "law": "fixed", "first": 0, "last": 207, "ramp": 26},
			"start_state": "foster", "planned_state": "foster, planned",
			"lag": 2, "start_probability": 1, "tracking": 104, "cashable_share": "0.1"
		}],
		"contract": {"metrics": null, "payers": null}, "unit_costs": null,
		"minimum_referrals": {"children": 55, "weeks": 52},
		"savings_targets": [{"commissioner": "Derby", "years": ["2021/22"], "amount": "250000"}]
	}`, string(text))
}
