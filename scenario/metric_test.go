package scenario_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/scenario"
)

const trigger = "metrics.M1 step-down.trigger"

func TestTriggers(t *testing.T) {
	for _, test := range []struct {
		text string
		want contract.Trigger
	}{
		{
			"{full weeks: {first payable week: 14 weeks, window: 104, cap per child: 78 weeks, interruption: pauses}}",
			&contract.FullWeeks{First: 14, Window: 104, CapPerChild: 78, Interruption: contract.Pauses},
		},
		{
			"{days: {first payable week: 14, window: 92 weeks, cap per child: 489 days, interruption: ends}}",
			&contract.Days{First: 14, Window: 92, CapPerChild: 489},
		},
		{
			"{calendar months: {first payable month: 1 month, window: 24 months, cap per child: 23, interruption: pauses}}",
			&contract.Months{First: 1, Window: 24, CapPerChild: 23, Interruption: contract.Pauses},
		},
		// Counted from 1, as a contract counts: the 4th week is three weeks after the start.
		{
			"{full weeks: {first week paid: 4th, window: 104, cap per child: 78, interruption: ends}}",
			&contract.FullWeeks{First: 3, Window: 104, CapPerChild: 78},
		},
		{
			"{days: {first week paid: {value: 1st, status: assumed}, window: 92, cap per child: 489, interruption: ends}}",
			&contract.Days{First: 0, Window: 92, CapPerChild: 489},
		},
		{
			"{calendar months: {first month paid: 2, window: 24, cap per child: 23, interruption: ends}}",
			&contract.Months{First: 1, Window: 24, CapPerChild: 23},
		},
		{"{milestones: {weeks: [1, 13 weeks]}}", &contract.Milestones{Weeks: []int{1, 13}}},
		{"{milestones: {months: [6 months, 9, {value: 12, status: assumed}]}}", &contract.Milestones{Months: []int{6, 9, 12}}},
		{"{milestones: {weeks: [1 week], months: [6]}}", &contract.Milestones{Weeks: []int{1}, Months: []int{6}}},
		{"{engagement: {after: 0 weeks}}", &contract.Engagement{}},
		{"{engagement: {after: 26}}", &contract.Engagement{After: 26}},
		{"{status averted: {months: 6 months}}", &contract.Averted{Months: 6}},
		{"{status on a date: {date: 2028-03-31}}", &contract.OnDate{Date: calendar.NewDate(2028, 3, 31)}},
	} {
		t.Run(test.text, func(t *testing.T) {
			p := programme(t, scenario.Set(trigger, test.text))
			assert.Equal(t, test.want, p.Contract.Metrics[0].Trigger)
		})
	}
}

// Every kind of trigger that there is can be asked for, with all of its terms.
func TestEveryTermCanBeSet(t *testing.T) {
	for _, kind := range contract.TriggerKinds() {
		made, _ := contract.NewTrigger(kind)
		var terms []string
		for _, term := range made.Definition().Terms {
			value := "4"
			switch {
			case term.EachWeeks != nil, term.EachMonths != nil:
				value = "[4]"
			case term.Date != nil:
				value = "2028-03-31"
			case term.Interruption != nil:
				value = "pauses"
			}
			terms = append(terms, term.Name+": "+value)
			assert.Contains(t, string(scenario.Template()), term.Name+":", "the template shows every term")
			if term.FromOne != "" {
				assert.Contains(t, string(scenario.Template()), term.FromOne+":", "in both words")
			}
		}
		p := programme(t, scenario.Set(trigger, "{"+kind+": {"+strings.Join(terms, ", ")+"}}"))
		for _, term := range p.Contract.Metrics[0].Trigger.Definition().Terms {
			for _, number := range []*int{term.Weeks, term.Months, term.Days} {
				assert.True(t, number == nil || *number == 4, "%s: %s", kind, term.Name)
			}
			for _, list := range []*[]int{term.EachWeeks, term.EachMonths} {
				assert.True(t, list == nil || len(*list) == 1 && (*list)[0] == 4, "%s: %s", kind, term.Name)
			}
			assert.True(t, term.Date == nil || *term.Date == calendar.NewDate(2028, 3, 31), kind)
			assert.True(t, term.Interruption == nil || *term.Interruption == contract.Pauses, kind)
		}
	}
}

// What the template shows in remarks can be put in place of what stands there.
func TestRemarksOfTheTemplateCanBeUsed(t *testing.T) {
	shown := regexp.MustCompile(`(?m)^ *#   (days|calendar months|milestones|engagement|status averted|status on a date|tariff|commissioners|ages|deadweight|year caps|grants): (\{.*?\}|\[.*?\]|\S+)( {3,}.*)?$`).
		FindAllStringSubmatch(string(scenario.Template()), -1)
	require.Len(t, shown, 13)
	for _, m := range shown {
		name, value := m[1], m[2]
		path := "metrics.M1 step-down." + name
		switch name {
		case "year caps", "grants":
			path = name
		case "commissioners", "ages", "deadweight":
		case "tariff":
			if strings.Contains(value, "tiers") { // only with a measuring date
				onADate := scenario.Set(trigger, "{status on a date: {date: 2028-03-31}}")
				assert.NotEqual(t, programme(t, onADate).Fingerprint(), programme(t, onADate, scenario.Set(path, value)).Fingerprint(), name)
				continue
			}
		default:
			path, value = trigger, "{"+name+": "+value+"}"
		}
		assert.NotEqual(t, programme(t).Fingerprint(), programme(t, scenario.Set(path, value)).Fingerprint(), name)
	}
}

func TestMetricsForSomeChildren(t *testing.T) {
	m := programme(t,
		scenario.Set("metrics.M1 step-down.commissioners", "[Southdale]"),
		scenario.Set("metrics.M1 step-down.ages", "{from: 16 years, to: 17.5}"),
		scenario.Set("metrics.M1 step-down.deadweight", "33%"),
		scenario.Set("metrics.M1 step-down.tariff", "none"),
	).Contract.Metrics[0]
	assert.Equal(t, []string{"Southdale"}, m.Commissioners)
	assert.Equal(t, contract.AgeRange{From: 16, To: 17.5}, m.Ages)
	assert.Equal(t, "0.33", m.AgreedDeadweight.String())
	assert.True(t, m.Tariff.Amount.IsZero())

	m = programme(t, scenario.Set("metrics.M1 step-down.ages", "{to: 12}")).Contract.Metrics[0]
	assert.Equal(t, contract.AgeRange{To: 12}, m.Ages)
	assert.Empty(t, m.Commissioners)
	assert.True(t, m.AgreedDeadweight.IsZero())
	m = programme(t, scenario.Set("metrics.M1 step-down.ages", "{from: 12}")).Contract.Metrics[0]
	assert.Equal(t, contract.AgeRange{From: 12}, m.Ages)
}

func TestAgesOfAMetricNeedAges(t *testing.T) {
	_, err := good(t).Version("", scenario.Set("metrics.M1.ages", "{from: 16}"))
	require.Error(t, err)
	assert.Contains(t, err.Error(), "metrics.M1.ages: the programme has no ages at referral: write them, or remove this")
}

func TestGrantsAndYearCaps(t *testing.T) {
	pounds := decimal.NewFromInt
	p := programme(t, scenario.Set("grants", "{Q2 2026/27: 45000, Q1 2026/27: {value: 30000, status: assumed}}"),
		scenario.Set("year caps", "{every year: 500000, 2027/28: 450000}"))
	assert.Equal(t, []contract.Grant{
		{Quarter: calendar.NewQuarter(2026, 3), Amount: pounds(45000)},
		{Quarter: calendar.NewQuarter(2026, 2), Amount: pounds(30000)},
	}, p.Contract.Grants)
	assert.Equal(t, []contract.YearCap{{Amount: pounds(500000)}, {Year: 2027, Amount: pounds(450000)}}, p.Contract.YearCaps)

	p = programme(t, scenario.Set("grants", "none"), scenario.Set("year caps", "none"))
	assert.Empty(t, p.Contract.Grants)
	assert.Empty(t, p.Contract.YearCaps)
	assert.Equal(t, programme(t).Fingerprint(), p.Fingerprint())
}

// Measures, and what follows too few referrals, are told and not modelled.
func TestWhatIsOnlyRecorded(t *testing.T) {
	p := programme(t, scenario.Set("measures.Outcomes Star.results", "{2027-03-31: 0.6, 2026-12-31: {value: 0.4, status: assumed}}"))
	assert.Equal(t, []model.RecordedOutcome{{
		Name: "Outcomes Star", Note: "mean distance travelled, in steps of ten",
		Results: []model.RecordedResult{
			{By: calendar.NewDate(2026, 12, 31), Value: decimal.RequireFromString("0.4")},
			{By: calendar.NewDate(2027, 3, 31), Value: decimal.RequireFromString("0.6")},
		},
	}}, p.Recorded)

	lines := map[string]string{}
	for _, input := range programme(t).Register {
		lines[string(input.Path)] = input.Value
	}
	assert.Equal(t, "0.4", lines["measures.Outcomes Star.results.2026-12-31"])
	assert.NotContains(t, lines, "measures.Outcomes Star.note")
	assert.Equal(t, "the councils and the provider agree a new plan", lines["minimum referrals.consequence"])
	before := programme(t).Fingerprint()
	assert.Equal(t, before, programme(t, scenario.Set("measures.Outcomes Star.results.2026-12-31", "-0.25")).Fingerprint())
}

// A state beside the five can be where children are referred, with moves and a
// cost of its own, and can be the parent of a planned state.
func TestOtherStates(t *testing.T) {
	const plan, supported = "child protection plan", "child protection plan, supported"
	p := programme(t,
		scenario.Set("states.child protection plan", "{}"),
		scenario.Set("states.child protection plan, supported", "{parent: child protection plan}"),
		scenario.Set("background.child protection plan", "{edge of care: 0.02, foster: 0.004}"),
		scenario.Set("background.edge of care", "{child protection plan: 0.01, foster: 0.001}"),
		scenario.Set("cohorts.step-down.start state", plan),
		scenario.Set("cohorts.step-down.planned state", supported),
		scenario.Set("cohorts.step-down.failure", "{hazard: 0.01, to: {child protection plan: 60%, foster: 40%}}"),
		scenario.Set("cohorts.step-down.background", "{child protection plan: {foster: 0.006}}"),
		scenario.Set("metrics.M1 step-down.states", `["child protection plan, supported", edge of care]`),
		scenario.Set("metrics.M1 step-down.success", "[child protection plan]"),
		scenario.Set("unit costs.child protection plan", "150"),
		scenario.Set("unit costs.child protection plan, supported", "{amount: 180, by commissioner: {Southdale: 190}}"),
	)
	assert.Equal(t, []model.State{{Name: plan}, {Name: supported, Parent: plan}}, p.States[len(p.States)-2:])
	assert.Equal(t, plan, p.Cohorts[0].StartState)
	assert.Equal(t, supported, p.Cohorts[0].PlannedState)
	assert.Equal(t, markov.Row{{Moves: []markov.Move{{To: "edge of care", Probability: 0.02}, {To: "foster", Probability: 0.004}}}}, p.Background[plan])
	assert.Equal(t, []string{supported, "edge of care"}, p.Contract.Metrics[0].States)
	assert.Equal(t, plan, p.Cohorts[0].Failure[0].Moves[0].To)
	costs := map[string]string{}
	for _, u := range p.UnitCosts {
		costs[u.State+"/"+u.Commissioner] = u.PerWeek.String()
	}
	assert.Equal(t, "150", costs[plan+"/"])
	assert.Equal(t, "190", costs[supported+"/Southdale"])

	_, err := template(t).Version("", scenario.Set("states.kinship", "{}"))
	require.Error(t, err)
	assert.Contains(t, err.Error(), `there is no cost for a week in "kinship": write one, or 0 if it costs nothing`)
}

// An unknown council is one fault, wherever it stands.
func TestUnknownCouncilIsOneFault(t *testing.T) {
	for path, value := range map[string]string{
		"metrics.M1 step-down.commissioners":                 "[Northmoore, Southdale]",
		"metrics.M1 step-down.tariff":                        "{amount: 500, by commissioner: {Northmoore: 400}}",
		"payers.Outcomes Fund.claims":                        "[Northmoore, Southdale]",
		"payers.Northmoore":                                  "{share: 25%}",
		"unit costs.residential.by commissioner":             "{Northmoore: 400}",
		"savings targets.1.commissioner":                     "Northmoore",
		"commissioners.Northmoore":                           "10%",
		"metrics.M2 reunification.tariff.by commissioner":    "{Northmoore: 400}",
		"unit costs.residential.by commissioner.Northmoore":  "300",
		"metrics.M2 reunification.tariff.by commissioner.Ox": "300",
	} {
		_, err := template(t).Version("", scenario.Set(path, value))
		require.Len(t, scenario.Faults(err), 1, "%s: %v", path, err)
	}
}

// Free text may stand as a source beside those that a file lists.
func TestSources(t *testing.T) {
	for source, problem := range map[string]string{
		"S1": "", "the council's return": "", "S1 and others": "", "ours": "",
		"S2": `"S2" is not listed under sources: did you mean "S1"? If it is a different source, list it there`,
		"s1": `"s1" is not listed under sources: did you mean "S1"?`,
	} {
		_, err := template(t).Version("", scenario.Set("contract cap", "{value: 5000, source: "+source+"}"))
		if problem == "" {
			require.NoError(t, err)
			continue
		}
		require.Len(t, scenario.Faults(err), 1)
		assert.Contains(t, err.Error(), problem)
	}
	_, err := good(t).Version("", scenario.Set("contract cap", "{value: 5000, source: S2}"))
	require.NoError(t, err, "the file lists no sources")
}

// A sum of shares that are not in per cent is told as they are.
func TestSumsOfShares(t *testing.T) {
	for path, test := range map[string]struct{ value, problem string }{
		"commissioners": {"{Northmoor: 0.6, Southdale: 0.5}", "the shares of referrals add up to 1.1: they must add up to 1"},
		"payers":        {"{Fund: {share: 0.25}, commissioner: {share: 0.7}}", "the shares of Northmoor's claim for Q1 2026/27 add up to 0.95 (95%): they must add up to 1 (100%)"},
		"cohorts.step-down.failure": {
			"{hazard: 0.1, to: {foster: 0.5, residential: 0.6}}", "the shares add up to 1.1: they must add up to 1",
		},
	} {
		_, err := template(t).Version("", scenario.Set(path, test.value))
		require.Error(t, err)
		assert.Contains(t, err.Error(), test.problem)
	}
}

// What a case and a variant break together stands at the later edit and names
// both.
func TestFaultsOfAVariantOnACase(t *testing.T) {
	text := strings.Replace(string(scenario.Template()), "cohorts.*.start probability: 75%", "cohorts.*.referrals.from: 2028-06-01", 1)
	d, err := scenario.Read("x.yaml", strings.NewReader(text))
	require.NoError(t, err)
	_, err = d.Version("high + referrals stop a year early")
	faults := scenario.Faults(err)
	require.Len(t, faults, 1)
	assert.Equal(t, `in "high + referrals stop a year early": referrals end on 2028-03-31, before they begin on 2028-06-01: write a later last day or an earlier first one`, faults[0].Problem)
	assert.Contains(t, strings.Split(text, "\n")[faults[0].Line-1], "cohorts.*.referrals.to: 2028-03-31")
}

func TestNameErrorByWords(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	_, err = d.Version("medium + Life Chances Fund ends")
	var unknown *scenario.NameError
	require.ErrorAs(t, err, &unknown)
	assert.Contains(t, err.Error(), `did you mean "Life Chances Fund ends September 2024"?`)
}
