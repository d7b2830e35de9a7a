package scenario_test

import (
	"fmt"
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

	low := programmeOf(t, d, "low")
	assert.Equal(t, 30.0, low.Cohorts[0].Referrals.Children)
	assert.Equal(t, 18.375, low.Cohorts[1].Referrals.Children)
	assert.Equal(t, 0.45, low.Cohorts[1].StartProbability)

	first, err := d.Version("")
	require.NoError(t, err)
	assert.Equal(t, "medium", first.Case, "the first case")
	medium := first.Programme
	assert.Equal(t, 40.0, medium.Cohorts[0].Referrals.Children, "cases do not change the document")
	assert.Equal(t, []string{"medium", "low"}, names(good(t).Cases()))
	assert.Equal(t, []string{"medium", "low"}, good(t).Compare(), "all, if the file does not say")
}

func TestUnknownNames(t *testing.T) {
	_, err := template(t).Version("hihg")
	var unknown *scenario.NameError
	require.ErrorAs(t, err, &unknown)
	assert.Equal(t, &scenario.NameError{What: "case", Name: "hihg", Valid: []string{"medium", "low", "high"}}, unknown)
	assert.EqualError(t, err, `there is no case called "hihg": did you mean "high"? The cases are "medium", "low" and "high"`)

	// What is put on top is a variant or a stress; stresses of the file are variants.
	d := changed(t, "  referrals down 20%: {edits: {cohorts.*.referrals.children: {times: 0.7}}}\nstresses: [referrals down 20%]\n")
	for text, problem := range map[string]string{
		"low + none at all": `there is no variant or stress called "none at all": the variants are "cheap" and "referrals down 20%"; ` +
			`the stresses are "start seven months late", "start 29 months late", "preparation takes twice as long", "referrals down 35%", "half the matches fail", "tariffs cut by 10%" and "all at once"`,
		"low + start seven month late": `there is no variant or stress called "start seven month late": did you mean "start seven months late"? The variants are "cheap" and "referrals down 20%"; the stresses are`,
		"low + cheep":                  `there is no variant or stress called "cheep": did you mean "cheap"? The variants are "cheap" and "referrals down 20%"; the stresses are`,
	} {
		_, err := d.Version(text)
		require.ErrorAs(t, err, &unknown)
		assert.ErrorContains(t, err, problem)
	}
}

func TestNameErrorsSayWhatThereIs(t *testing.T) {
	var many []string
	for i := range 16 {
		many = append(many, fmt.Sprintf("m%02d", i+1))
	}
	many = append(many, "net saving", "saving in cash")
	for _, test := range []struct {
		err  scenario.NameError
		want string
	}{
		{scenario.NameError{What: "programme", Name: "dn-2", Valid: []string{"dn2", "norfolk"}}, `there is no programme called "dn-2": did you mean "dn2"? The programmes are "dn2" and "norfolk"`},
		{scenario.NameError{What: "stress", Name: "rain", Valid: []string{"late", "cheap"}}, `there is no stress called "rain": the stresses are "late" and "cheap"`},
		{scenario.NameError{What: "cohort", Name: "stepdown", Valid: []string{"step-down"}}, `there is no cohort called "stepdown": did you mean "step-down", the only one?`},
		{scenario.NameError{What: "cohort", Name: "x", Valid: []string{"step-down"}}, `there is no cohort called "x": the only cohort is "step-down"`},
		// Of many names the nearest, and the first where none is near.
		{scenario.NameError{What: "measure", Name: "savin", Valid: many}, `there is no measure called "savin": did you mean "net saving"? The nearest of 18 measures are "net saving", "saving in cash", "m01", "m02", "m03" and "m04"`},
		{scenario.NameError{What: "measure", Name: "zzz", Valid: many}, `there is no measure called "zzz": 6 of 18 measures are "m01", "m02", "m03", "m04", "m05" and "m06"`},
		{
			scenario.NameError{What: "stress", Name: "zzz", Valid: many[:8], Or: &scenario.NameError{What: "driver", Valid: many[8:16]}},
			`there is no stress or driver called "zzz": 6 of 8 stresses are "m01", "m02", "m03", "m04", "m05" and "m06"; 6 of 8 drivers are "m09", "m10", "m11", "m12", "m13" and "m14"`,
		},
		{scenario.NameError{What: "case", Name: "low"}, `there is no case called "low": there are no cases`},
		{scenario.NameError{What: "kind of trigger", Name: "x", Valid: []string{"days", "milestones"}}, `there is no kind of trigger called "x": the kinds of trigger are "days" and "milestones"`},
		{scenario.NameError{What: "variant", Name: "x", Or: &scenario.NameError{What: "stress", Valid: []string{"late", "cheap"}}}, `there is no variant or stress called "x": the stresses are "late" and "cheap"`},
	} {
		assert.EqualError(t, &test.err, test.want)
	}
}

func TestVariantsAndEditsAreAppliedInOrder(t *testing.T) {
	d := template(t)
	v, err := d.Version("high + no cap + referrals stop a year early", scenario.Set("contract cap", "5000"), scenario.Times("contract cap", decimal.RequireFromString("0.5")))
	require.NoError(t, err)
	assert.Equal(t, "high + no cap + referrals stop a year early + {contract cap=5000} + {contract cap*=0.5}", v.Name())
	p := v.Programme
	assert.Equal(t, "2500", p.Contract.Cap.Decimal.String())
	assert.Equal(t, 103, p.Cohorts[0].Referrals.Last, "to 31 March 2028")
}

func TestVersionsWithoutCases(t *testing.T) {
	text := strings.Split(string(scenario.Template()), "# A case is")[0]
	d, err := scenario.Read("x.yaml", strings.NewReader(text))
	require.NoError(t, err)
	assert.Empty(t, d.Compare())
	v, err := d.Version("")
	require.NoError(t, err)
	assert.Empty(t, v.Case)
	assert.Empty(t, v.Name())
	v, err = d.Version("", scenario.Set("contract cap", "none"))
	require.NoError(t, err)
	assert.Equal(t, "+ {contract cap=none}", v.Name())
	assert.Equal(t, "the programme with contract cap=none", v.Phrase())
	assert.False(t, v.Programme.Contract.Cap.Valid)
	_, err = d.Version("low")
	assert.EqualError(t, err, `there is no case called "low": there are no cases`)
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
		{"discount rate=0%", func(p *model.Programme) any { return p.DiscountRate.Yearly }, 0.0},
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

func TestEditsAreWrittenAsTheyAreRead(t *testing.T) {
	e, err := scenario.ParseEdit("cohorts.*.lag = 26 weeks")
	require.NoError(t, err)
	assert.Equal(t, "cohorts.*.lag=26 weeks", e.String())
	e, err = scenario.ParseEdit("cohorts.*.lag*=0.50")
	require.NoError(t, err)
	assert.Equal(t, "cohorts.*.lag*=0.5", e.String())
	e, err = scenario.ParseEdit("end+=7 months")
	require.NoError(t, err)
	assert.Equal(t, "end+=7 months", e.String())
	assert.Equal(t, "delivery.uplift+=-1.5%", scenario.Plus("delivery.uplift", "-1.5 %").String())
}

func TestParseEditErrors(t *testing.T) {
	for text, problem := range map[string]string{
		"":                   `edit "": this is not an edit: write path=value`,
		"cohorts":            `edit "cohorts": this is not an edit: write path=value`,
		"=3":                 `edit "=3": this is not an edit: write path=value`,
		"contract cap=":      `edit "contract cap=": there is no value: write path=value`,
		"contract cap*=much": `edit "contract cap*=much": "much" is not a number`,
		"contract cap+=":     `edit "contract cap+=": "" cannot be added: write a number, a percentage or a length of time, such as contract cap+=7 months`,
		"contract cap=[1, 2": `edit "contract cap=[1, 2": the bracket that was opened`,
		"contract cap=x0.9":  `edit "contract cap=x0.9": "x0.9" is not a value: to multiply the present number, write contract cap*=0.9`,
		"contract cap=* 0.9": `edit "contract cap=* 0.9": "* 0.9" is not a value: to multiply the present number, write contract cap*=0.9`,
		"contract cap=*all":  `edit "contract cap=*all": a name or value cannot begin with * or &`,
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
		{"cohorts.stepdown.lag=3", `edit "cohorts.stepdown.lag=3": "cohorts" has no "stepdown": did you mean "step-down"? It has "step-down" and "reunification"`},
		{"cohort.step-down.lag=3", `edit "cohort.step-down.lag=3": the programme has no "cohort": did you mean "cohorts"? It has`},
		{"cohorts.step-down.lag=26 days", `edit "cohorts.step-down.lag=26 days": cohorts.step-down.lag: "26 days" is not in weeks: write a whole number of weeks, such as 26 or 26 weeks`},
		{"cohorts.step-down.lagg=26", `edit "cohorts.step-down.lagg=26": cohorts.step-down.lagg: there is no setting called "lagg": did you mean "lag"?`},
		{"commissioners.Northmoor=70%", `edit "commissioners.Northmoor=70%": commissioners: the shares of referrals add up to 110%: they must add up to 100%`},
		{"cohorts.step-down.failure*=2", `edit "cohorts.step-down.failure*=2": "cohorts.step-down.failure" is not a number that can be multiplied: name the number in it that you mean (it has "hazard" and "to")`},
		{"delivery.fees.evaluation.per quarter*=2", `edit "delivery.fees.evaluation.per quarter*=2": "delivery.fees.evaluation" has no "per quarter" to multiply: it has "once" and "on"; write it in the file first`},
		{"facility.investors.First Investors=3", `edit "facility.investors.First Investors=3": "facility.investors" has no "First Investors": did you mean "First Investor"?`},
		{"stresses=[]", `edit "stresses=[]": "stresses" cannot be changed by an edit`},
		{"minimum referrals.*.x=3", `edit "minimum referrals.*.x=3": "minimum referrals.children" is the single value "12" and has no "x": set the whole of "minimum referrals.children"`},
		{"cases.low.note=3", `edit "cases.low.note=3": "cases" cannot be changed by an edit`},
		{"start=2026-13-01", `edit "start=2026-13-01": start: "2026-13-01" is not a date: months are 01 to 12`},
		{"commissioners.Southdales=40%", `edit "commissioners.Southdales=40%": "commissioners" has no "Southdales": did you mean "Southdale"? It has "Northmoor" and "Southdale"`},
		{"cohorts.step-down.start chance=50%", `edit "cohorts.step-down.start chance=50%": cohorts.step-down.start chance: there is no setting called "start chance": did you mean "start state"? The settings here are "title", "referrals", "start state"`},
		{"unit costs={value: 3, colour: blue}", `edit "unit costs={value: 3, colour: blue}": unit costs.colour: "colour" cannot stand beside value`},
	} {
		t.Run(test.edit, func(t *testing.T) {
			e, err := scenario.ParseEdit(test.edit)
			require.NoError(t, err)
			_, err = template(t).Version("", e)
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
	_, err := template(t).Version("high", scenario.Set("cohorts.*.start probability", "75%"), scenario.Set("states", "{}"))
	require.Error(t, err)
	faults := scenario.Faults(err)
	require.NotEmpty(t, faults)
	last := faults[len(faults)-1]
	assert.Equal(t, "template.yaml", last.File)
	assert.Positive(t, last.Line)
	assert.Contains(t, last.Problem, `in "high + {cohorts.*.start probability=75%} + {states={}}": `)
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
