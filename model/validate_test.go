package model_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

func TestSoundProgramme(t *testing.T) { require.NoError(t, sound().Validate()) }

// One fault each: where it is, what was given, what is allowed.
func TestFaults(t *testing.T) {
	first := func(p *model.Programme) *model.Cohort { return &p.Cohorts[0] }
	for _, c := range []struct {
		edit func(*model.Programme)
		want string
	}{
		// The frame.
		{func(p *model.Programme) { p.Name = "" }, "programme: the programme needs a short name"},
		{func(p *model.Programme) { p.Start = calendar.Date{} }, "start: the first day of week 0 is missing: it must be a date"},
		{func(p *model.Programme) { p.Weeks = 3121 }, "end: the horizon is 3121 weeks: it must be 1 to 3120"},
		{func(p *model.Programme) { p.Start = calendar.NewDate(9999, 10, 1) }, "end: the last week ends after the year 9999: it must end before"},
		{func(p *model.Programme) { p.DiscountRate.Yearly = 3.5 }, "discount rate: 3.5 is not a rate from 0 up to 1 (3.5% is 0.035)"},
		{func(p *model.Programme) { p.DiscountRate.Yearly = math.NaN() }, "discount rate: NaN is not a rate from 0 up to 1 (3.5% is 0.035)"},
		{
			func(p *model.Programme) { p.Commissioners[0].ReferralShare = 0.3 },
			"commissioners: the shares of referrals add up to 0.9: they must add up to 1 (100%)",
		},
		{func(p *model.Programme) { p.Ages = model.Ages{From: 17, To: 10} }, "ages at referral: from 17 to 10: ages must run from 0 or more to 18 or less, the first below the second"},
		{func(p *model.Programme) { p.Ages.To = 18.01 }, "ages at referral: from 10 to 18.01: ages must run from 0 or more to 18 or less, the first below the second"},
		{func(p *model.Programme) { p.Ages.To = 10.001 }, "ages at referral: there is no whole day of age between 10 and 10.001 years: they must be at least a day apart"},

		// States.
		{
			func(p *model.Programme) { p.States = append(p.States, model.State{Name: "foster"}) },
			`states: "foster" is there twice: names must differ`,
		},
		{
			func(p *model.Programme) { p.States = append(p.States, model.State{Name: "kin", Parent: "family"}) },
			`states.kin: its parent "family" is not a state: the states are "edge of care", "foster", "residential", "reunified", "left care", "foster, planned", "home, planned", "kin"`,
		},
		{
			func(p *model.Programme) {
				p.States = append(p.States, model.State{Name: "kin", Parent: "foster, planned"})
			},
			`states.kin: its parent "foster, planned" has a parent itself: only one level is allowed`,
		},

		// Moves.
		{
			func(p *model.Programme) { p.Background["hostel"] = always("foster", 0.1) },
			`background.hostel: there is no state called "hostel": the states are "edge of care", "foster", "residential", "reunified", "left care", "foster, planned", "home, planned"`,
		},
		{func(p *model.Programme) { p.Background[model.LeftCare] = always("foster", 0.1) }, `background.left care: "left care" cannot be left`},
		{
			func(p *model.Programme) { p.Background["home, planned"] = always("foster", 0.1) },
			`background.home, planned: a planned state moves as its parent "reunified" does: put the moves there`,
		},
		{
			func(p *model.Programme) { p.Background["edge of care"] = always("foster, planned", 0.1) },
			`background.edge of care: "foster, planned" is a planned state: it is entered at the start only`,
		},
		{
			func(p *model.Programme) { p.Background["edge of care"] = always("edge of care", 0.1) },
			`background.edge of care: a move from "edge of care" to itself: a child who does not move stays, so leave it out`,
		},
		{
			func(p *model.Programme) { p.Background["edge of care"] = always("foster", -0.1) },
			`background.edge of care: piece 1 (since referral: every week; in the state: every week): the probability of moving to "foster" is -0.1: must be from 0 to 1`,
		},
		{
			func(p *model.Programme) { p.Background["edge of care"] = always("foster", math.NaN()) },
			`background.edge of care: piece 1 (since referral: every week; in the state: every week): the probability of moving to "foster" is NaN: must be from 0 to 1`,
		},
		{
			func(p *model.Programme) {
				p.Background["edge of care"] = markov.Row{{Since: markov.Span{To: 26}, Moves: to("foster", 0.1)}}
			},
			"background.edge of care: no piece is in force since referral: week 26 onwards; in the state: every week: pieces must cover every week of both clocks (a piece without moves says that nobody leaves)",
		},
		{
			func(p *model.Programme) {
				p.Background["edge of care"] = markov.Row{{Since: markov.Span{To: 27}}, {Since: markov.Span{From: 26}}}
			},
			"background.edge of care: pieces 1 and 2 overlap (since referral: week 26; in the state: every week): only one piece may be in force at a time",
		},
		{
			func(p *model.Programme) { p.Background["edge of care"] = always("foster", 0.7, "residential", 0.4) },
			`background.edge of care: the moves out of "edge of care" in both arms add up to 1.1 a week from week 0 since referral: they may not add up to more than 1`,
		},
		{ // rows over 1 name cohort, arm, state, week and sum
			func(p *model.Programme) {
				first(p).Failure = markov.Row{
					{Since: markov.Span{To: 30}},
					{Since: markov.Span{From: 30}, In: markov.Span{To: 8}},
					{Since: markov.Span{From: 30}, In: markov.Span{From: 8}, Moves: to("foster", 0.75, "residential", 0.5)},
				}
			},
			`cohorts.step-down.failure: the moves out of "foster, planned" in the intervention arm add up to 1.25 a week from week 30 since referral and week 8 in the state: they may not add up to more than 1`,
		},
		{
			func(p *model.Programme) {
				first(p).Background = map[string]markov.Row{"residential": {
					{In: markov.Span{To: 13}},
					{In: markov.Span{From: 13}, Moves: to("foster", 0.999)},
				}}
			},
			`cohorts.step-down.background.residential: the moves out of "residential" of cohort "step-down" in both arms, override and common moves together, add up to 1.001 a week from week 0 since referral and week 13 in the state: they may not add up to more than 1`,
		},
		{
			func(p *model.Programme) {
				first(p).Background = map[string]markov.Row{"foster, planned": always("residential", 0.1)}
			},
			`cohorts.step-down.background.foster, planned: a planned state moves as its parent "foster" does: put the moves there`,
		},

		// Cohorts.
		{
			func(p *model.Programme) { first(p).Referrals.Children = -1 },
			"cohorts.step-down.referrals.children: -1 children: it must be from 0 to 1,000,000",
		},
		{
			func(p *model.Programme) { first(p).Referrals.First, first(p).Referrals.Last = 8, 7 },
			"cohorts.step-down.referrals: referrals run from week 8 to week 7: the window holds no whole week of the programme",
		},
		{
			func(p *model.Programme) { first(p).Referrals.Last = 313 },
			"cohorts.step-down.referrals: referrals run to week 313, and the programme ends with week 312",
		},
		{func(p *model.Programme) { first(p).Referrals.Ramp = -1 }, "cohorts.step-down.referrals.ramp: -1 weeks: it must be 0 or more"},
		{
			func(p *model.Programme) { first(p).Referrals.Law = 2 },
			`cohorts.step-down.referrals.law: unknown (2) is not a law of referrals: it must be one of "fixed", "poisson"`,
		},
		{
			func(p *model.Programme) { first(p).StartState = model.LeftCare },
			`cohorts.step-down.start state: "left care" is not a state in which a child can be referred: those are "edge of care", "foster", "residential", "reunified", "foster, planned", "home, planned"`,
		},
		{
			func(p *model.Programme) { first(p).PlannedState = "reunified" },
			`cohorts.step-down.planned state: "reunified" is not a planned state, which is a state with a parent: those are "foster, planned", "home, planned"`,
		},
		{func(p *model.Programme) { first(p).StartState = "foster, planned" }, "cohorts.step-down.start state: the start state is the planned state: they must differ"},
		{func(p *model.Programme) { first(p).Lag = -1 }, "cohorts.step-down.lag: -1 weeks: it must be 0 or more"},
		{func(p *model.Programme) { first(p).Tracking = -1 }, "cohorts.step-down.tracking: -1 weeks: it must be 0 or more"},
		{func(p *model.Programme) { first(p).AlreadyThere = -1 }, "cohorts.step-down.already there: -1 weeks: it must be 0 or more"},
		{func(p *model.Programme) { first(p).StartProbability = 1.5 }, "cohorts.step-down.start probability: 1.5 is outside 0 to 1"},
		{
			func(p *model.Programme) { first(p).CashableShare = pounds("80") },
			"cohorts.step-down.cashable share: a share of 80 is outside 0 to 1 (0% to 100%)",
		},

		// The contract.
		{
			func(p *model.Programme) { p.Contract.Metrics[1].Name = "M1" },
			`metrics: "M1" is there twice: names must differ`,
		},
		{func(p *model.Programme) { p.Contract.Metrics[0].Cohorts = nil }, "metrics.M1.cohorts: the metric pays for no cohort: it must name at least one"},
		{
			func(p *model.Programme) { p.Contract.Metrics[0].Cohorts = []string{"step-up"} },
			`metrics.M1.cohorts: there is no cohort called "step-up": the cohorts are "step-down", "reunification"`,
		},
		{
			func(p *model.Programme) { p.Contract.Metrics[0].States = []string{"family"} },
			`metrics.M1: there is no state called "family": the states are "edge of care", "foster", "residential", "reunified", "left care", "foster, planned", "home, planned"`,
		},
		{func(p *model.Programme) { p.Contract.Metrics[0].Trigger = nil }, "metrics.M1.trigger: there is none: it is one of " + quoted(contract.TriggerKinds())},
		{
			func(p *model.Programme) { p.Contract.Metrics[0].Trigger = &contract.FullWeeks{Window: -1} },
			"metrics.M1.trigger: window is -1: it must be 0 weeks or more",
		},
		{
			func(p *model.Programme) { p.Contract.Metrics[0].Tariff.Amount = pounds("401.105") },
			"metrics.M1.tariff: £401.105 has more than two decimals: write at most two",
		},
		{
			func(p *model.Programme) { p.Contract.Payers[0].Name = "Derby" },
			`payers.commissioner: another council pays a fixed share of all claims, so that no claim is a council's own: give each council that pays a share of all claims under its own name, and remove commissioner`,
		},
		{
			func(p *model.Programme) { p.Contract.Payers[0].Claims = []string{"Derby"} },
			"payers: the shares of Nottinghamshire's claim for Q3 2020/21 add up to 0.725 (72.5%): they must add up to 1 (100%)",
		},
		{func(p *model.Programme) { p.UnitCosts = p.UnitCosts[1:] }, `unit costs: there is none for "edge of care": write 0 if it costs nothing`},
		{
			func(p *model.Programme) { p.UnitCosts[1].PerWeek = pounds("0.001") }, // once, though the planned state costs the same
			"unit costs.foster: £0.001 has more than two decimals: write at most two",
		},
		{
			func(p *model.Programme) { p.UnitCosts[1].Commissioner = "Derby" }, // care in Nottinghamshire would be free
			"unit costs.foster: there is no cost for Nottinghamshire in 2020/21: write one for every commissioner from the first year on, and 0 if a week costs nothing",
		},

		// Promises.
		{
			func(p *model.Programme) { p.MinimumReferrals.Weeks = 314 },
			"minimum referrals: 55 children in 314 weeks: both must be 0 or more, and the weeks within the programme",
		},
		{
			func(p *model.Programme) { p.MinimumReferrals.Weeks = 0 },
			"minimum referrals: 55 children in 0 weeks: the weeks in which they must be referred are missing",
		},
		{
			func(p *model.Programme) { p.SavingsTargets[0].Commissioner = "Leicester" },
			`savings targets.1: there is no commissioner called "Leicester": the commissioners are "Nottinghamshire", "Derby"`,
		},
		{func(p *model.Programme) { p.SavingsTargets[0].Years = nil }, "savings targets.1: there are no financial years: there must be at least one"},
	} {
		t.Run(c.want, func(t *testing.T) {
			p := sound()
			c.edit(p)
			err := p.Validate()
			require.Equal(t, c.want, strings.Join(messages(err), "\n"))
			fault, ok := errors.AsType[*model.Fault](err)
			require.True(t, ok)
			require.Equal(t, c.want, fault.Path+": "+fault.Problem)
		})
	}
}

// Where one fault follows from another, both are reported.
func TestFaultsThatBringOthers(t *testing.T) {
	for _, c := range []struct {
		edit func(*model.Programme)
		want []string
	}{
		{func(p *model.Programme) { p.Weeks = 0 }, []string{
			"end: the horizon is 0 weeks: it must be 1 to 3120",
			"referrals run to week 207, and the programme ends with week -1",
		}},
		{func(p *model.Programme) { p.Commissioners = nil }, []string{"commissioners: there must be at least one"}},
		{func(p *model.Programme) { p.Commissioners[0].Name = "commissioner" }, []string{
			"commissioners.commissioner: this word stands for each commissioner in the list of payers: use the council's name",
		}},
		{func(p *model.Programme) { p.Commissioners[0].ReferralShare = -0.4 }, []string{
			"commissioners.Nottinghamshire: a share of referrals of -0.4 is outside 0 to 1",
		}},
		{func(p *model.Programme) { p.States = append(p.States, model.State{}) }, []string{"states: a name is empty: each needs one"}},
		{func(p *model.Programme) { p.States[4].Parent = "foster" }, []string{`states.left care: "left care" cannot have a parent`}},
		{func(p *model.Programme) { p.States = p.States[:4] }, []string{
			`states: there must be a state "left care", where everyone is from the 18th birthday`,
			`background.reunified: there is no state called "left care": the states are "edge of care", "foster", "residential", "reunified"`,
			`cohorts.step-down.planned state: "foster, planned" is not a planned state, which is a state with a parent: those are none`,
		}},
		{func(p *model.Programme) {
			for range 60 {
				p.States = append(p.States, model.State{Name: strings.Repeat("x", len(p.States))})
			}
		}, []string{"states: there are 67: at most 64 are allowed"}},
		{func(p *model.Programme) { p.Cohorts = nil }, []string{
			"cohorts: there must be at least one",
			`metrics.M1.cohorts: there is no cohort called "step-down": the cohorts are none`,
		}},
	} {
		p := sound()
		c.edit(p)
		all := strings.Join(messages(p.Validate()), "\n")
		for _, want := range c.want {
			require.Contains(t, all, want)
		}
	}
}

// All faults come in one go, also those of prices, in the order of a file.
func TestAllFaultsInOneGo(t *testing.T) {
	p := sound()
	p.DiscountRate.Yearly = 35
	p.Background["edge of care"] = always("hostel", 0.1)
	p.Cohorts[0].Lag = -1
	p.Cohorts[1].StartProbability = 70
	p.Contract.Metrics[0].Trigger = &contract.FullWeeks{Window: -1, CapPerChild: -1}
	p.Contract.Metrics[1].Tariff.Amount = pounds("-350")
	p.Contract.Payers[0].Name = "Derby"
	p.SavingsTargets[0].Years = nil
	var paths []string
	for _, err := range unjoin(p.Validate()) {
		fault, ok := errors.AsType[*model.Fault](err)
		require.True(t, ok)
		paths = append(paths, fault.Path)
	}
	require.Equal(t, []string{
		"discount rate", "background.edge of care", "cohorts.step-down.lag", "cohorts.reunification.start probability",
		"metrics.M1.trigger", "metrics.M1.trigger", "savings targets.1", "metrics.M3.tariff", "payers.commissioner",
	}, paths)
}

// Nothing is asked of an empty programme that makes it panic.
func TestEmptyProgramme(t *testing.T) {
	require.ErrorContains(t, (&model.Programme{}).Validate(), "programme: the programme needs a short name")
}

// quoted lists names as messages do.
func quoted(names []string) string { return `"` + strings.Join(names, `", "`) + `"` }

func unjoin(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return nil
}

// messages are the faults as text.
func messages(err error) []string {
	var all []string
	for _, e := range unjoin(err) {
		all = append(all, e.Error())
	}
	return all
}
