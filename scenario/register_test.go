package scenario_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// withEvidence is the good file with statements on where its figures come from.
const withEvidence = `
format: 1
programme: small
title: A small programme
evidence: {source: the council, note: asked in May}
start: {value: 2026-04-01, status: published}
end: 2031-03-31
commissioners:
  status: derived
  source: S4
  note: by population
  value:
    Northmoor: 60%
    Southdale: {value: 40%, status: assumed, note: the rest}
states: {"foster, planned": {parent: foster}}
cohorts:
  step-down:
    title: Step down
    referrals: {children: 40, from: 2026-04-01, to: 2029-03-31}
    start state: residential
    planned state: foster, planned
    lag: {value: {value: 26 weeks, note: inner}, status: published, source: S0}
    start probability: 60%
    tracking: 104
    failure: none
metrics:
  M1:
    cohorts: [step-down]
    states: ["foster, planned", foster]
    trigger: {full weeks: {first payable week: 0, window: 104, cap per child: 104, interruption: ends}}
    tariff: 401.10
payers: {commissioner: {share: 100%}}
unit costs: {residential: 4000, foster: 1000, edge of care: 100, reunified: 100}
cases:
  low:
    status: assumed
    source: ours
    note: cautious
    edits:
      commissioners.Northmoor: {value: 55%, status: published}
      commissioners.Southdale: {value: 45%, note: half of the rest}
      unit costs.*: {times: 0.5}
      cohorts.step-down.failure: {hazard: {value: 0.01, status: derived}, to: {foster: 100%}}
variants:
  cheap: {edits: {unit costs.foster: 900}}
`

func register(t *testing.T, edits ...scenario.Edit) map[string]model.Input {
	t.Helper()
	d, err := scenario.Read("x.yaml", strings.NewReader(withEvidence))
	require.NoError(t, err)
	text := "low"
	if edits == nil {
		text = "low + cheap"
	}
	p := programmeOf(t, d, text, edits...)
	lines := map[string]model.Input{}
	for _, input := range p.Register {
		require.NotContains(t, lines, string(input.Path), "every input once")
		lines[string(input.Path)] = input
	}
	return lines
}

func TestRegister(t *testing.T) {
	lines := register(t)
	for _, want := range []model.Input{
		{Path: "start", Value: "2026-04-01", Status: model.Published},
		{Path: "end", Value: "2031-03-31", Source: "the council", Note: "asked in May"},
		{Path: "discount rate", Value: "3.5% real", Status: model.Assumed, Source: "Green Book", Note: "the file does not say: the default", Edition: "The Green Book, 5 February 2026", NextDue: calendar.NewDate(2027, 2, 5)},
		{Path: "commissioners.Northmoor", Value: "55%", Status: model.Published, By: "low"},
		{Path: "commissioners.Southdale", Value: "45%", Status: model.Assumed, Source: "ours", Note: "half of the rest", By: "low"},
		{Path: "states.foster, planned.parent", Value: "foster", Source: "the council", Note: "asked in May"},
		{Path: "cohorts.step-down.lag", Value: "26 weeks", Status: model.Published, Source: "S0", Note: "inner"},
		{Path: "cohorts.step-down.failure.hazard", Value: "0.01", Status: model.Derived, By: "low"},
		{Path: "cohorts.step-down.failure.to.foster", Value: "100%", Status: model.Assumed, Source: "ours", Note: "cautious", By: "low"},
		{Path: "cohorts.step-down.cashable share", Value: "0%", Status: model.Assumed, Note: "the file does not say: the default"},
		{Path: "metrics.M1.states", Value: `"foster, planned", foster`, Source: "the council", Note: "asked in May"},
		{Path: "unit costs.residential", Value: "2000", Status: model.Assumed, Source: "ours", Note: "cautious", By: "low"},
		{Path: "unit costs.foster", Value: "900", By: "cheap"},
	} {
		assert.Equal(t, want, lines[string(want.Path)])
	}
	for _, path := range []string{"format", "programme", "title", "inflation", "evidence.source", "cases.low.note", "cohorts.step-down.title", "cohorts.step-down.failure"} {
		assert.NotContains(t, lines, path)
	}
}

func TestRegisterOfOtherEdits(t *testing.T) {
	lines := register(t,
		scenario.Times("cohorts.step-down.lag", decimal.NewFromInt(2)),
		scenario.Set("end", "{value: 2030-03-31, status: derived, source: S9}"),
		scenario.Set("start", "2026-03-25"))
	assert.Equal(t, model.Input{Path: "cohorts.step-down.lag", Value: "52 weeks", Note: "2 × 26 weeks", By: "edit"}, lines["cohorts.step-down.lag"])
	assert.Equal(t, model.Input{Path: "end", Value: "2030-03-31", Status: model.Derived, Source: "S9", By: "edit"}, lines["end"])
	assert.Equal(t, model.Input{Path: "start", Value: "2026-03-25", By: "edit"}, lines["start"], "where the old value came from says nothing of the new one")
}

// The register follows the order of the file.
func TestRegisterOrder(t *testing.T) {
	p := programme(t)
	var paths []string
	for _, input := range p.Register {
		paths = append(paths, string(input.Path))
	}
	require.Greater(t, len(paths), 80)
	assert.Equal(t, []string{"start", "end", "price base", "inflation", "discount rate", "commissioners.Northmoor"}, paths[:6])
	assert.Equal(t, "published.results.2026-12-31.M2 reunification", paths[len(paths)-1])
}

// What a value was solved for stands beside it as data: for the value, for a block
// of them, and for what an edit puts there or works out. Another value is not
// solved for anything.
func TestSolvedFor(t *testing.T) {
	text := strings.NewReplacer(
		"tariff: 401.10", "tariff: {value: 401.10, status: assumed, solved for: {case: low, measure: payments, result: £1m}}",
		"referrals: {children: 40, from: 2026-04-01, to: 2029-03-31}",
		"referrals: {value: {children: 40, from: {value: 2026-04-01, status: published}, to: 2029-03-31}, solved for: {measure: children referred, result: 40}}",
		"variants:", `variants:
  solved:
    edits:
      metrics.M1.tariff: {value: 402, solved for: {measure: payments, result: £1.1m}}
      unit costs.residential: {times: 1.1, solved for: {measure: cost of care, result: £3m}}`,
	).Replace(withEvidence)
	d, err := scenario.Read("x.yaml", strings.NewReader(text))
	require.NoError(t, err)
	for _, c := range []struct {
		what    string
		version string
		want    map[string]*model.SolvedFor
	}{
		{"the file", "", map[string]*model.SolvedFor{
			"metrics.M1.tariff":                   {Case: "low", Measure: "payments", Result: "£1m"},
			"cohorts.step-down.referrals.to":      {Measure: "children referred", Result: "40"},
			"cohorts.step-down.referrals.from":    nil, // it has a status, and so inherits nothing
			"cohorts.step-down.start probability": nil,
		}},
		{"a variant", "+ solved", map[string]*model.SolvedFor{
			"metrics.M1.tariff":      {Measure: "payments", Result: "£1.1m"},
			"unit costs.residential": {Measure: "cost of care", Result: "£3m"},
			"unit costs.foster":      nil,
		}},
		{"an edit", "+ {metrics.M1.tariff=403}", map[string]*model.SolvedFor{"metrics.M1.tariff": nil}},
	} {
		p := programmeOf(t, d, c.version)
		seen := map[string]*model.SolvedFor{}
		for _, input := range p.Register {
			seen[string(input.Path)] = input.SolvedFor
		}
		for path, want := range c.want {
			require.Contains(t, seen, path)
			assert.Equal(t, want, seen[path], "%s: %s", c.what, path)
		}
	}
}

// The last day of what a value was fitted to stands beside it as data. Another value
// in its place was not fitted, and text that is no date is a fault.
func TestFittedTo(t *testing.T) {
	text := strings.Replace(withEvidence, "tariff: 401.10", "tariff: {value: 401.10, status: assumed, fitted to: 2026-12-31}", 1)
	d, err := scenario.Read("x.yaml", strings.NewReader(text))
	require.NoError(t, err)
	for version, want := range map[string]string{"": "2026-12-31", "+ {metrics.M1.tariff=403}": "no date"} {
		for _, input := range programmeOf(t, d, version).Register {
			if input.Path == "metrics.M1.tariff" {
				assert.Equal(t, want, input.FittedTo.String(), version)
			} else {
				assert.True(t, input.FittedTo.IsZero(), input.Path)
			}
		}
	}
	_, err = scenario.Read("x.yaml", strings.NewReader(strings.Replace(text, "fitted to: 2026-12-31", "fitted to: payments", 1)))
	require.ErrorContains(t, err, "metrics.M1.tariff.fitted to: ")
}
