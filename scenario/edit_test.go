package scenario_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func TestCases(t *testing.T) {
	d := template(t)
	assert.Equal(t, []scenario.CaseInfo{
		{Name: "medium", Note: "as above"},
		{Name: "low", Note: "fewer children, later, and placements that last less long", Edits: 4},
		{Name: "high", Note: "every place filled and few breakdowns", Edits: 2},
	}, d.Cases())
	assert.Equal(t, []scenario.CaseInfo{{Name: "referrals stop a year early", Edits: 1}, {Name: "no cap", Edits: 1}}, d.Variants()[:2])

	low, err := d.Programme("low")
	require.NoError(t, err)
	assert.Equal(t, "low", low.Case)
	assert.Equal(t, 30.0, low.Cohorts[0].Referrals.Children)
	assert.Equal(t, 18.375, low.Cohorts[1].Referrals.Children)
	assert.Equal(t, 0.45, low.Cohorts[1].StartProbability)

	medium, err := d.Programme("")
	require.NoError(t, err)
	assert.Equal(t, "medium", medium.Case, "the first case")
	assert.Equal(t, 40.0, medium.Cohorts[0].Referrals.Children, "cases do not change the document")
	assert.Equal(t, []string{"medium", "low"}, names(good(t).Cases()))
	assert.Equal(t, []string{"medium", "low"}, good(t).Compare(), "all, if the file does not say")
}

func names(infos []scenario.CaseInfo) []string {
	var all []string
	for _, info := range infos {
		all = append(all, info.Name)
	}
	return all
}

func TestUnknownNames(t *testing.T) {
	_, err := template(t).Programme("hihg")
	var unknown *scenario.NameError
	require.ErrorAs(t, err, &unknown)
	assert.Equal(t, &scenario.NameError{What: "case", Name: "hihg", Valid: []string{"medium", "low", "high"}}, unknown)
	assert.EqualError(t, err, `"hihg" is no case: did you mean "high"? There are "medium", "low", "high"`)
	_, err = template(t).Variant("none at all")
	assert.EqualError(t, err, `"none at all" is no variant: write one of "referrals stop a year early", "no cap", "referrals pause for half a year", "wage settlement"`)
}

func TestVariantsAndEditsAreAppliedInOrder(t *testing.T) {
	d := template(t)
	noCap, err := d.Variant("no cap")
	require.NoError(t, err)
	early, err := d.Variant("referrals stop a year early")
	require.NoError(t, err)
	edits := append(append(noCap, early...), scenario.Set("contract cap", "5000"), scenario.Times("contract cap", decimal.RequireFromString("0.5")))
	p, err := d.Programme("high", edits...)
	require.NoError(t, err)
	assert.Equal(t, "high, with no cap, referrals stop a year early, contract cap = 5000 and contract cap × 0.5", p.Case)
	assert.Equal(t, "2500", p.Contract.Cap.Decimal.String())
	assert.Equal(t, 103, p.Cohorts[0].Referrals.Last, "to 31 March 2028")
}

func TestCaseInWordsWithoutCases(t *testing.T) {
	text := strings.Split(string(scenario.Template()), "# A case is")[0]
	d, err := scenario.Read("x.yaml", strings.NewReader(text))
	require.NoError(t, err)
	assert.Empty(t, d.Compare())
	p, err := d.Programme("")
	require.NoError(t, err)
	assert.Empty(t, p.Case)
	p, err = d.Programme("", scenario.Set("contract cap", "none"))
	require.NoError(t, err)
	assert.Equal(t, "with contract cap = none", p.Case)
	_, err = d.Programme("low")
	assert.EqualError(t, err, `"low" is no case: there is none`)
}

func TestEdits(t *testing.T) {
	for _, test := range []struct {
		edit string
		get  func(p *model.Programme) any
		want any
	}{
		{"cohorts.step-down.lag=13 weeks", func(p *model.Programme) any { return p.Cohorts[0].Lag }, 13},
		{" cohorts . step-down . lag = 13 ", func(p *model.Programme) any { return p.Cohorts[0].Lag }, 13},
		{"cohorts.*.lag=13", func(p *model.Programme) any { return []int{p.Cohorts[0].Lag, p.Cohorts[1].Lag} }, []int{13, 13}},
		{"cohorts.step-down.lag*=0.5", func(p *model.Programme) any { return p.Cohorts[0].Lag }, 13},
		{"cohorts.step-down.lag *= 2", func(p *model.Programme) any { return p.Cohorts[0].Lag }, 52},
		{"cohorts.*.start probability*=0.9", func(p *model.Programme) any { return p.Cohorts[1].StartProbability }, 0.495},
		{"commissioners.*=50%", func(p *model.Programme) any { return p.Commissioners[1].ReferralShare }, 0.5},
		{"ages at referral.**=0.5", func(p *model.Programme) any { return p.Ages }, model.Ages{From: 5, To: 8.5}},
		{"cohorts.step-down.lag+=4 weeks", func(p *model.Programme) any { return p.Cohorts[0].Lag }, 30},
		{"cohorts.*.lag += -1 week", func(p *model.Programme) any { return []int{p.Cohorts[0].Lag, p.Cohorts[1].Lag} }, []int{25, 12}},
		{"contract cap={plus: 500.50}", func(p *model.Programme) any { return p.Contract.Cap.Decimal.String() }, "1900500.5"},
		{"cohorts.*.referrals.to+=7 months", func(p *model.Programme) any { return p.Cohorts[0].Referrals.Last }, 186},
		{"contract cap={times: 0.5}", func(p *model.Programme) any { return p.Contract.Cap.Decimal.String() }, "950000"},
		{"discount rate=0%", func(p *model.Programme) any { return p.DiscountRate }, 0.0},
		// through evidence, and evidence with the value
		{"unit costs.foster=900", func(p *model.Programme) any { return p.UnitCosts[3].PerWeek.String() }, "900"},
		{"unit costs.foster={value: 900, status: derived}", func(p *model.Programme) any { return p.UnitCosts[3].PerWeek.String() }, "900"},
		{"unit costs.foster*=0.9", func(p *model.Programme) any { return p.UnitCosts[3].PerWeek.String() }, "900"},
		// items of lists
		{"savings targets.1.amount=1", func(p *model.Programme) any { return p.SavingsTargets[0].Amount.String() }, "1"},
		{"cohorts.reunification.failure.2.weeks in state=26 onwards", func(p *model.Programme) any { return p.Cohorts[1].Failure[1].In.From }, 26},
		{"savings targets.*.years.2=2029/30", func(p *model.Programme) any { return p.SavingsTargets[0].Years[1].String() }, "2029/30"},
		// settings that were not there
		{"metrics.M1 step-down.cap={units: 4000}", func(p *model.Programme) any { return p.Contract.Metrics[0].Cap.Units.Decimal.String() }, "4000"},
		{"payers.Outcomes Fund.then=stop", func(p *model.Programme) any { return p.Contract.Payers[0].Then }, contract.Stop},
		{"cohorts.*.background.foster.residential=0.01", func(p *model.Programme) any {
			return []int{len(p.Cohorts[0].Background["foster"]), len(p.Cohorts[1].Background["foster"][0].Moves)}
		}, []int{1, 2}},
		{"background.foster.left care=0.001", func(p *model.Programme) any { return len(p.Background["foster"][0].Moves) }, 3},
		{"states.kinship={}", func(p *model.Programme) any { return len(p.States) }, 8},
		// whole blocks
		{"cohorts.step-down.failure={hazard: 0.01, to: {foster: 100%}}", func(p *model.Programme) any { return p.Cohorts[0].Failure[0].Moves[0].Probability }, 0.01},
	} {
		t.Run(test.edit, func(t *testing.T) {
			e, err := scenario.ParseEdit(test.edit)
			require.NoError(t, err)
			edits := []scenario.Edit{e}
			if strings.HasPrefix(test.edit, "states") { // a state needs a cost
				edits = append(edits, scenario.Set("unit costs.kinship", "300"))
			}
			assert.Equal(t, test.want, test.get(programme(t, edits...)))
		})
	}
}

func TestEditInWords(t *testing.T) {
	e, err := scenario.ParseEdit("cohorts.*.lag = 26 weeks")
	require.NoError(t, err)
	assert.Equal(t, "cohorts.*.lag", e.Path())
	assert.Equal(t, "cohorts.*.lag = 26 weeks", e.String())
	e, err = scenario.ParseEdit("cohorts.*.lag*=0.50")
	require.NoError(t, err)
	assert.Equal(t, "cohorts.*.lag × 0.5", e.String())
	e, err = scenario.ParseEdit("end+=7 months")
	require.NoError(t, err)
	assert.Equal(t, "end + 7 months", e.String())
	assert.Equal(t, "delivery.uplift − 1.5%", scenario.Plus("delivery.uplift", "-1.5 %").String())
	edits, err := template(t).Variant("no cap")
	require.NoError(t, err)
	assert.Equal(t, "contract cap = none", edits[0].String())
}

func TestParseEditErrors(t *testing.T) {
	for text, problem := range map[string]string{
		"":                   `edit "": this is no edit: write path=value`,
		"cohorts":            `edit "cohorts": this is no edit: write path=value`,
		"=3":                 `edit "=3": this is no edit: write path=value`,
		"contract cap=":      `edit "contract cap = ": there is no value: write path=value`,
		"contract cap*=much": `edit "contract cap*=much": "much" is not a number`,
		"contract cap+=":     `edit "contract cap + ": "" is nothing that can be added: write a number, per cent or a span of time, such as contract cap+=7 months`,
		"contract cap+=£5":   `edit "contract cap + £5": "£5" is nothing that can be added`,
		"contract cap=[1, 2": `edit "contract cap = [1, 2": the bracket that was opened`,
		"contract cap=x0.9":  `edit "contract cap = x0.9": "x0.9" is no value: to multiply the number that is there, write contract cap*=0.9`,
		"contract cap=* 0.9": `edit "contract cap = * 0.9": "* 0.9" is no value: to multiply the number that is there, write contract cap*=0.9`,
		"contract cap=*all":  `edit "contract cap = *all": a name or value cannot begin with * or &`,
	} {
		_, err := scenario.ParseEdit(text)
		require.Error(t, err, text)
		assert.True(t, strings.HasPrefix(err.Error(), problem), "%s\n%s", err, problem)
		require.Len(t, scenario.Faults(err), 1)
		assert.Zero(t, scenario.Faults(err)[0].Line)
	}
}

func TestEditErrors(t *testing.T) {
	for _, test := range []struct{ edit, problem string }{
		{"cohorts.stepdown.lag=3", `edit "cohorts.stepdown.lag = 3": "cohorts" has no "stepdown": did you mean "step-down"? It has "step-down", "reunification"`},
		{"cohort.step-down.lag=3", `edit "cohort.step-down.lag = 3": the programme has no "cohort": did you mean "cohorts"? It has`},
		{"cohorts.step-down.lag=26 days", `edit "cohorts.step-down.lag = 26 days": cohorts.step-down.lag: "26 days" is not in weeks: write a whole number of weeks, such as 26 or 26 weeks`},
		{"cohorts.step-down.lagg=26", `edit "cohorts.step-down.lagg = 26": cohorts.step-down.lagg: "lagg" is no setting: did you mean "lag"?`},
		{"commissioners.Northmoor=70%", `edit "commissioners.Northmoor = 70%": commissioners: the shares of referrals add up to 110%: they must add up to 100%`},
		{"cohorts.step-down.failure*=2", `edit "cohorts.step-down.failure × 2": "cohorts.step-down.failure" is not a number that can be multiplied: name the number in it that you mean (it has "hazard", "to")`},
		{"contract cap*=1.00000001", `edit "contract cap × 1.00000001": contract cap: £1900000.019 is not a whole number of pence: write at most two decimals`},
		{"delivery.fees.evaluation.per quarter*=2", `edit "delivery.fees.evaluation.per quarter × 2": "delivery.fees.evaluation" has no "per quarter" to multiply: it has "once", "on"; write it there first`},
		{"facility.investors.First Investors=3", `edit "facility.investors.First Investors = 3": "facility.investors" has no "First Investors": did you mean "First Investor"?`},
		{"stresses=[]", `edit "stresses = []": "stresses" cannot be changed by an edit`},
		{"minimum referrals.*.x=3", `edit "minimum referrals.*.x = 3": "minimum referrals.children" is the single value "12": there is no "x" in it, so set "minimum referrals.children" as a whole`},
		{"cases.low.note=3", `edit "cases.low.note = 3": "cases" cannot be changed by an edit`},
		{"start=2026-13-01", `edit "start = 2026-13-01": start: "2026-13-01" is not a date: months are 01 to 12`},
		{"commissioners.Southdales=40%", `edit "commissioners.Southdales = 40%": "commissioners" has no "Southdales": did you mean "Southdale"? It has "Northmoor", "Southdale"`},
		{"cohorts.step-down.start chance=50%", `edit "cohorts.step-down.start chance = 50%": cohorts.step-down.start chance: "start chance" is no setting: did you mean "start state"? The settings here are "title", "referrals", "start state"`},
		{"unit costs={value: 3, colour: blue}", `edit "unit costs = {value: 3, colour: blue}": unit costs.colour: beside value`},
	} {
		t.Run(test.edit, func(t *testing.T) {
			e, err := scenario.ParseEdit(test.edit)
			require.NoError(t, err)
			_, err = template(t).Programme("", e)
			require.Error(t, err)
			assert.True(t, strings.HasPrefix(err.Error(), test.problem), "%s\n%s", err, test.problem)
			for _, f := range scenario.Faults(err) {
				assert.Zero(t, f.Line, "an edit has no line")
			}
		})
	}
}

// A fault that a case and an edit make together stands at the edit; one that
// stands in the file says what brought it about.
func TestFaultsOfCombinations(t *testing.T) {
	_, err := template(t).Programme("high", scenario.Set("cohorts.*.start probability", "75%"), scenario.Set("states", "{}"))
	require.Error(t, err)
	faults := scenario.Faults(err)
	require.NotEmpty(t, faults)
	last := faults[len(faults)-1]
	assert.Equal(t, "template.yaml", last.File)
	assert.Positive(t, last.Line)
	assert.Contains(t, last.Problem, `in "high, with cohorts.*.start probability = 75% and states = {}": `)
}

// Documents are shared: applying edits at the same time must be safe.
func TestProgrammeAtTheSameTime(t *testing.T) {
	d := template(t)
	want := fingerprint(t, d, scenario.Set("cohorts.*.lag", "3"))
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, want, fingerprint(t, d, scenario.Set("cohorts.*.lag", "3")))
		})
	}
}
