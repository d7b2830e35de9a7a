package indigo_test

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// invented is a project with everything that a draft can hold.
func invented(t require.TestingT) indigo.Project {
	folder := inPounds(map[string][]string{
		projectsFile: {`X-1,"Northmoor's ""first"" bond: 100% # new",Complete,2031-02,2030-01,90000.5,15,70,24`},
		metricsFile:  {"X-1,outcomemetric1,\"Weeks\nat home\",2496,Individual,", "X-1,outcomemetric2,Families who engage,12,Other,"},
		plansFile:    {"X-1,plan1,2030-01,2030-12", "X-1,plan2,2031-01,current", "X-1,plan3,,", "X-1,plan4,2031-01,"},
		paymentsFile: {
			pay("plan1", "2030-01", "2030-03", "Planned", "0"), pay("plan1", "2030-04", "2030-06", "Planned", "470.58823"),
			pay("plan1", "2030-07", "2031-03", "Planned", "800"),
			pay("plan2", "2030-01", "2030-03", "Planned", "12"), pay("plan3", "2030-01", "2030-03", "Planned", "13"),
			pay("plan4", "2030-01", "2030-02", "Planned", "14"), pay("", "2030-01", "2030-03", "Planned", "15"),
			pay("", "2030-01", "2030-03", "Actual", "1.5"), pay("", "2030-01", "2030-03", "Actual", "2"),
			pay("", "2030-04", "2030-05", "Actual", "3"), pay("", "2030-04", "2030-06", "Actual", ""),
		},
		commitmentsFile: {"X-1,ORG-1,60,14", "X-1,ORG-1,40,", "X-1,,5,"},
		resultsFile:     {"X-1,outcomemetric1,Final,2030-01,2031-02,33,weeks", "X-1,outcomemetric2,Final,2030-01,2031-02,7,"},
		investmentsFile: {"X-1,investment1,ORG-8,30,", "X-1,Bank,ORG-9,,30"},
		pricingsFile:    {"X-1,outcomemetric1,GBP,401.1"},
	})
	return project(t, read(t, folder))
}

// asYAML reads a draft back.
func asYAML(t require.TestingT, draft []byte) map[string]any {
	var file map[string]any
	require.NoError(t, yaml.Load(draft, &file), "%s", draft)
	return file
}

func TestDraft(t *testing.T) {
	draft := invented(t).Draft("an invented export")
	file := asYAML(t, draft)
	require.Equal(t, "northmoors-first-bond-100-new", file["programme"])
	require.Equal(t, `Northmoor's "first" bond: 100% # new`, file["title"])
	require.Contains(t, file["sources"].(map[string]any)["INDIGO export"], "an invented export, project X-1. GO Lab shares these data for research")
	flat := regexp.MustCompile(`\n *# *`).ReplaceAllString(string(draft), " ")
	for _, part := range []string{
		" cohorts: ", "They are not in INDIGO: write them from the contract", " unit costs: ", " payers: ", " background: ",
		"- outcomemetric1: Weeks at home [target 2496 with unit \"Individual\", which may be", "[achieved 33 weeks, 2030-01 to 2031-02]",
		"[price per unit £401.10]", " contract cap: INDIGO's maximum potential outcome payment is £90,000.50",
		"2030-07 to 2031-03 800.", "fractions of a penny", "2 rows added up",
		"plan3 is left out", "plan4, valid from 2031-01, is left out", "name no plan are left out: 2030-01 to 2030-03 15.",
	} {
		require.Contains(t, flat, part)
	}
	require.NotContains(t, string(draft), "TODO")
}

// The published block can be read as it stands: it is put into the template in
// place of the template's own.
func TestDraftIsPublishedFigures(t *testing.T) {
	p := publishedOf(t, invented(t).Draft(""))
	var totals []string
	for _, total := range p.Totals {
		text := total.Name + " = " + total.Value.String()
		if total.Kind != "" {
			text += " (" + string(total.Kind) + ": " + total.Counts + ")"
		}
		totals = append(totals, text)
	}
	require.Equal(t, []string{
		"maximum potential outcome payment, £ = 90000.5 (maximum: outcome payments)", "outcome payments made, £ = 15 (paid: outcome payments)", "capital committed, £ = 70",
		"service users targeted = 24 (targeted: service users)", "commitment of ORG-1, £ = 60", "paid by ORG-1, £ = 14", "commitment of ORG-1, £ (2) = 40",
		"commitment of a payer without a name, £ = 5", "capital from ORG-8, at least, £ = 30", "capital from ORG-9, £ = 30",
	}, totals)
	require.Len(t, p.Plans, 2)
	require.Equal(t, "plan1", p.Plans[0].Name)
	require.Equal(t, "2030-12-31", p.Plans[0].To.String())
	require.True(t, p.Plans[1].To.IsZero())
	require.Len(t, p.Plans[0].Payments, 2)
	require.Equal(t, "470.59", p.Plans[0].Payments[1].Amount.String())
	require.Len(t, p.Actual, 1)
	require.Equal(t, "3.5", p.Actual[0].Amount.String())
}

// publishedOf reads what is published in a draft, which can be read as it stands if the
// export says when the programme runs.
func publishedOf(t require.TestingT, draft []byte) model.PublishedFigures {
	d, err := scenario.Read("draft.yaml", bytes.NewReader(draft))
	require.NoError(t, err, "%s", draft)
	v, err := d.Version("")
	require.NoError(t, err)
	return v.Programme.Published
}

// libraryDN2 is what the programme file of the library has as published.
func libraryDN2(t require.TestingT) model.PublishedFigures {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("")
	require.NoError(t, err)
	return v.Programme.Published
}

// A draft can be read: what is published can be drawn, nobody is referred, nothing costs
// anything, and a caution says that what is modelled means nothing.
func TestDraftCanBeReadAndModelsNothing(t *testing.T) {
	d, err := scenario.Read("draft.yaml", bytes.NewReader(invented(t).Draft("")))
	require.NoError(t, err)
	v, err := d.Version("")
	require.NoError(t, err)
	require.Contains(t, v.Programme.Cautions[0], "placeholders: every modelled figure is 0 and means nothing")
	for _, c := range v.Programme.Cohorts {
		require.Zero(t, c.Referrals.Children)
	}
	for _, u := range v.Programme.UnitCosts {
		require.True(t, u.PerWeek.IsZero())
	}
	require.Len(t, v.Programme.Contract.Metrics, 2)
	for _, m := range v.Programme.Contract.Metrics {
		require.True(t, m.Tariff.Amount.IsZero())
	}
	for _, in := range v.Programme.Register { // nothing that the export does not hold has another status
		if in.Source == "" && in.Status != model.Unstated {
			require.Contains(t, []string{"a placeholder", "the file does not say: the default"}, in.Note, in.Path)
		}
	}
	p, err := montecarlo.Central(v, contract.Constant)
	require.NoError(t, err)
	for _, name := range []string{montecarlo.Payments, montecarlo.Avoided, montecarlo.Referred} {
		total, err := p.Totals.Find(name)
		require.NoError(t, err)
		require.Zero(t, total.Value)
	}

	// Of the results one is stated in weeks, which is a metric of weeks, and the other in no
	// unit, so that it is left out.
	out := v.Programme.Published
	require.Equal(t, []model.PublishedResult{{Metric: "outcomemetric1", By: calendar.NewDate(2031, 2, 28), Units: 33}}, out.Results)
	flat := strings.Join(strings.Fields(strings.ReplaceAll(string(invented(t).Draft("")), "#", "")), " ")
	require.Contains(t, flat, "outcomemetric2 7 (2030-01 to 2031-02, in a unit not stated)")
	for _, draw := range []func(*model.Programme) (*plot.Figure, error){plot.PublishedPayments, plot.PublishedAchievements} {
		figure, err := draw(v.Programme)
		require.NoError(t, err)
		require.NoError(t, figure.Write(io.Discard, plot.SVG))
	}
}

// Every project of the real exports has a draft that can be read, of which what is
// published by quarter is drawn.
func TestDraftsOfRealExportsCanBeDrawn(t *testing.T) {
	for _, name := range []string{may, december} {
		for _, p := range vintage(t, name).Projects {
			d, err := scenario.Read(p.ID+".yaml", bytes.NewReader(p.Draft(name)))
			require.NoError(t, err, p.ID)
			v, err := d.Version("")
			require.NoError(t, err)
			require.True(t, p.OfChildrensCare())
			if out := v.Programme.Published; len(out.Plans)+len(out.Actual) > 0 {
				figure, err := plot.PublishedPayments(v.Programme)
				require.NoError(t, err, p.ID)
				require.NoError(t, figure.Write(io.Discard, plot.SVG))
			}
		}
	}
}

// Organisations have names where the export has a file of them, and ids otherwise: here a
// payer of two, an investor and nobody's payee. Other columns of the file are not read.
func TestOrganisations(t *testing.T) {
	folder := inPounds(map[string][]string{
		projectsFile:    {"X-1,Northmoor,Complete,2031-02,2030-01,90000,15,70,24"},
		commitmentsFile: {"X-1,ORG-1,60,14", "X-1,ORG-2,40,"},
		investmentsFile: {"X-1,investment1,org-8,30,"},
	})
	folder["original_orgs.csv"] = &fstest.MapFile{Data: []byte("ID,Name,Contact - Email - (Value)\nORG-1,Northmoor Council,a@b.example\nORG-8,A Trust,\nORG-9,,\n,Nobody,\nORG-1,Again,\n")}
	d := read(t, folder)
	p := project(t, d)
	require.Equal(t, map[string]string{"ORG-1": "Northmoor Council", "org-8": "A Trust"}, p.Organisations)
	require.Equal(t, []string{"Northmoor Council", "ORG-2"}, []string{p.Organisation("ORG-1"), p.Organisation("ORG-2")})
	require.Len(t, d.Repairs, 3) // without a name, without an id, a second row
	draft := string(p.Draft(""))
	for _, part := range []string{"commitment of Northmoor Council, £", "commitment of ORG-2, £", "capital from A Trust", "Northmoor Council (ORG-1)"} {
		require.Contains(t, draft, part)
	}
	require.NotContains(t, draft, "a@b.example")
}

// What is in doubt about a project stands at the top of its draft, and a project of
// another service is in doubt.
func TestDoubtsOfAProject(t *testing.T) {
	p := invented(t)
	require.NotEmpty(t, p.Doubts)
	flat := strings.Join(strings.Fields(strings.ReplaceAll(string(p.Draft("")), "#", "")), " ")
	for _, n := range p.Doubts {
		require.Equal(t, p.ID, n.Project)
		require.Contains(t, flat, strings.Join(strings.Fields(strings.ReplaceAll(n.Text, "#", "")), " "))
	}
	folder := export(map[string][]string{projectsFile: {"X-1,Jobs,,,,,,,", "X-2,Families,,,,,,,"}})
	text := string(folder[projectsFile].Data)
	text = strings.Replace(text, "\r\n", ",Purpose and classifications - Policy sector\r\n", 1)
	text = strings.Replace(strings.Replace(text, "X-1,Jobs,,,,,,,", "X-1,Jobs,,,,,,,,Employment and training", 1), "X-2,Families,,,,,,,", "X-2,Families,,,,,,,,Child and family welfare", 1)
	folder[projectsFile].Data = []byte(text)
	d := read(t, folder)
	require.False(t, d.Projects[0].OfChildrensCare())
	require.True(t, d.Projects[1].OfChildrensCare())
	hasNote(t, d, `X-1: the policy sector is "Employment and training", not child and family welfare`)
}

func TestDraftOfLittle(t *testing.T) {
	for _, p := range []indigo.Project{
		{},
		{ID: "X-1"},
		{Name: "\x00\xff: - {"},
		{Name: "£££"},
		{Name: "null"},
		{Name: "2030"},
		{Plans: []indigo.Plan{{}, {}}, Payments: []indigo.Payment{{Type: indigo.Planned}, {Type: indigo.Actual}}},
	} {
		draft := p.Draft("")
		asYAML(t, draft)
		_, err := scenario.Read("draft.yaml", bytes.NewReader(draft))
		require.Error(t, err)
		for _, f := range scenario.Faults(err) { // which INDIGO does not give, as the draft says
			require.Contains(t, []string{"start", "end", "cohorts.children (placeholder).referrals", "metrics"}, f.Path, f.Problem)
		}
	}
	usd := invented(t)
	usd.Payments[0].Currency = "USD"
	draft := usd.Draft("")
	require.Contains(t, string(draft), "There are payments in USD")
	require.Empty(t, publishedOf(t, draft).Plans)
}

// A project in another currency than pounds gets a file in that, with the plans and
// payments of the export, which can be read. What is in pounds has its code.
func TestDraftInAnotherCurrency(t *testing.T) {
	inPounds := publishedOf(t, invented(t).Draft(""))
	require.NotEmpty(t, inPounds.Plans)
	p := invented(t)
	p.Intervention = "a place costs £500 a week"
	for i := range p.Payments {
		p.Payments[i].Currency = "AUD"
	}
	p.Finance.MaximumCurrency, p.Finance.CapitalCurrency = "AUD", "GBP"
	p.Finance.Maximum, p.Finance.Capital.Exact = valid("90000"), valid("100")
	draft := p.Draft("")
	d, err := scenario.Read("draft.yaml", bytes.NewReader(draft))
	require.NoError(t, err)
	v, err := d.Version("")
	require.NoError(t, err)
	require.Equal(t, "AUD", v.Programme.Currency)
	require.Equal(t, inPounds.Plans, v.Programme.Published.Plans)
	require.Equal(t, inPounds.Actual, v.Programme.Published.Actual)
	require.Contains(t, string(draft), `"maximum potential outcome payment, AUD": {value: 90000, kind: maximum`)
	require.Contains(t, string(draft), `"capital committed, GBP": 100`)
	require.Contains(t, string(draft), `about: "a place costs GBP 500 a week"`)
	require.Contains(t, string(draft), "unit costs: AUD for a child-week")

	// Without payments it is that of all amounts, and of several it is pounds.
	p.Payments, p.Finance.CapitalCurrency, p.Finance.MadeCurrency = nil, "AUD", "AUD"
	for i := range p.Commitments {
		p.Commitments[i].Currency, p.Commitments[i].PaidCurrency = "AUD", "AUD"
	}
	for i := range p.Investments {
		p.Investments[i].Currency = "AUD"
	}
	for i := range p.Pricings {
		p.Pricings[i].Currency = "AUD"
	}
	require.Contains(t, string(p.Draft("")), "currency: {value: AUD, ")
	p.Finance.CapitalCurrency = "NZD"
	require.NotContains(t, string(p.Draft("")), "\ncurrency:")
	require.Contains(t, string(p.Draft("")), "# currency: the export does not state one currency")
	require.NotContains(t, string(invented(t).Draft("")), "currency: the export")
}

// Whatever text an export holds, a draft is YAML and says the same.
func TestDraftEscapes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ -~\n\t:#'"\\{}\[\]&*!|>%@£’]{0,80}`)).Draw(t, "text")
		p := indigo.Project{
			ID: "X-1", Name: s, Intervention: s, TargetPopulation: s, COVID: s,
			Metrics:      []indigo.Metric{{ID: s, Definition: s, Unit: s, Target: valid("5"), Row: 2}},
			Achievements: []indigo.Achievement{{Metric: s, Description: s, Achieved: valid("3")}},
			Plans:        []indigo.Plan{{ID: s, Valid: indigo.Period{From: quarter(t, "Q4 2029/30").First()}}},
			Payments:     []indigo.Payment{{Type: indigo.Planned, Plan: s, Payers: []string{s}, Currency: "GBP", Amount: valid("2.5"), Period: indigo.Period{From: quarter(t, "Q4 2029/30").First(), To: quarter(t, "Q4 2029/30").Last()}}},
			Commitments:  []indigo.Commitment{{Organisation: s, Maximum: valid("7")}, {Organisation: s, Maximum: valid("8")}},
			Users:        indigo.Users{Targeted: valid("5"), TargetedIs: s},
		}
		draft := p.Draft(s)
		file := asYAML(t, draft)
		if title := file["title"].(string); strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) < 0 && strings.TrimSpace(s) != "" {
			require.Equal(t, strings.Join(strings.Fields(s), " "), title)
		}
		figures := file["published"].(map[string]any)["value"].(map[string]any)
		require.Len(t, figures["totals"], 3)
		require.Len(t, figures["plans"], 1)
		for _, plan := range figures["plans"].(map[string]any) {
			require.Equal(t, map[string]any{"Q4 2029/30": 2.5}, plan.(map[string]any)["payments"])
		}
	})
}

// A draft of what was read is YAML too.
func checkDrafts(t require.TestingT, d *indigo.Dataset) {
	for _, p := range d.Projects {
		asYAML(t, p.Draft("an export"))
	}
}

func TestDraftOfAnyRows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := read(t, anyExport(t))
		asYAML(t, rapid.SampledFrom(append(d.Projects, indigo.Project{})).Draw(t, "project").Draft("an export"))
	})
}

// anyExport is a folder with rows that are right, nearly right or nonsense.
func anyExport(t *rapid.T) fstest.MapFS {
	id := rapid.SampledFrom([]string{"X-1", "X-2", "x-1", "", "INDIGO"})
	plan := rapid.SampledFrom([]string{"plan1", "Plan1", "plan2", "", "latest plan"})
	when := rapid.SampledFrom([]string{"2030-01", "2030-03", "2030-04", "2030-06", "2030-07", "2030-09", "2031-06", "2031-09", "2030", "2030-13", "current", "", "Jan-30", "x"})
	amount := rapid.SampledFrom([]string{"1", "2.5", "0.3333", "", "£5", "\"1,000\"", "-3", "n/a"})
	kind := rapid.SampledFrom([]string{"Planned", "Actual", "actual", "", "Grant"})
	row := func(cells ...*rapid.Generator[string]) string {
		var all []string
		for _, cell := range cells {
			all = append(all, cell.Draw(t, "cell"))
		}
		return strings.Join(all, ",")
	}
	any := rapid.SampledFrom([]string{"", "ORG-1", "\"ORG-1, ORG-2\"", "outcomemetric1", "GBP", "USD", "two\tparts", "’"})
	rows := func(cells ...*rapid.Generator[string]) []string {
		var all []string
		for range rapid.IntRange(0, 5).Draw(t, "rows") {
			all = append(all, row(cells...))
		}
		return all
	}
	return export(map[string][]string{
		projectsFile:    rows(id, any, any, when, when, amount, amount, amount, amount),
		metricsFile:     rows(id, any, any, amount, any, any),
		plansFile:       rows(id, plan, when, when),
		paymentsFile:    rows(id, plan, any, when, when, any, kind, any, amount),
		commitmentsFile: rows(id, any, amount, amount),
		resultsFile:     rows(id, any, any, when, when, amount, any),
		investmentsFile: rows(id, any, any, amount, amount),
		pricingsFile:    rows(id, any, any, amount),
	})
}
