package indigo_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
	"github.com/edgeofcare/edgeofcare/model"
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

// publishedOf reads the published block of a draft in the place of the one that
// the template of programme files has.
func publishedOf(t require.TestingT, draft []byte) model.PublishedFigures {
	_, block, ok := strings.Cut(string(draft), "\npublished:\n")
	require.True(t, ok)
	before, _, ok := strings.Cut(string(scenario.Template()), "\npublished:\n")
	require.True(t, ok)
	before = strings.Replace(before, "\nstart: 2026-04-01", "\nstart: 2016-04-01", 1) // so that what is published is of its time
	cases := "cases: {base: {edits: {}}}\n"
	before = regexp.MustCompile(`(?m)^sources:.*$`).ReplaceAllLiteralString(before, regexp.MustCompile(`sources:\n.*`).FindString(string(draft)))
	d, err := scenario.Read("grafted.yaml", strings.NewReader(before+"\npublished:\n"+block+cases))
	require.NoError(t, err)
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

// What a draft lacks is all that keeps it from being a programme.
func TestDraftLacksOnlyWhatINDIGOHasNot(t *testing.T) {
	_, err := scenario.Read("draft.yaml", bytes.NewReader(invented(t).Draft("")))
	require.Error(t, err)
	for _, f := range scenario.Faults(err) {
		require.Contains(t, f.Problem, "is missing")
		require.Contains(t, []string{"commissioners", "cohorts", "metrics", "payers", "unit costs", "background", "states"}, f.Path)
	}
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
		publishedOf(t, draft)
	}
	usd := invented(t)
	usd.Payments[0].Currency = "USD"
	draft := usd.Draft("")
	require.Contains(t, string(draft), "There are payments in USD")
	require.Empty(t, publishedOf(t, draft).Plans)
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
