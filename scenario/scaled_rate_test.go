package scenario_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// A rate in any form is multiplied as a weekly probability.
func TestRatesAreMultipliedInEveryForm(t *testing.T) {
	const path = "cohorts.step-down.failure.hazard"
	for form, weekly := range map[string]float64{
		"0.004":                                0.004,
		"0.4%":                                 0.004,
		"{still there: 70%, at: 52 weeks}":     1 - math.Pow(0.7, 1.0/52),
		"{within: 52 weeks, probability: 30%}": 1 - math.Pow(0.7, 1.0/52),
		"{annual rate: 0.3}":                   1 - math.Exp(-0.3/markov.WeeksPerYear),
		"{mean stay: 40 weeks}":                1.0 / 40,
		"{value: {mean stay: 40 weeks}, status: published, source: S1}": 1.0 / 40,
	} {
		t.Run(form, func(t *testing.T) {
			set := scenario.Set(path, form)
			for _, factor := range []string{"1.2", "0.5", "1", "0"} {
				edit, err := scenario.ParseEdit(path + "*=" + factor)
				require.NoError(t, err)
				p := programme(t, set, edit)
				sum := 0.0
				for _, move := range p.Cohorts[0].Failure[0].Moves {
					sum += move.Probability
				}
				require.InDelta(t, weekly*map[string]float64{"1.2": 1.2, "0.5": 0.5, "1": 1, "0": 0}[factor], sum, 1e-12)
			}
			// Twice is twice, and a factor of 1 changes nothing at all.
			require.InDelta(t, 6*weekly, leaving(programme(t, set, times(t, path, "2"), times(t, path, "3"))), 1e-12)
			require.Equal(t, programme(t, set).Fingerprint(), programme(t, set, times(t, path, "1")).Fingerprint())
		})
	}
}

func times(t *testing.T, path, factor string) scenario.Edit {
	t.Helper()
	edit, err := scenario.ParseEdit(path + "*=" + factor)
	require.NoError(t, err)
	return edit
}

// leaving is the weekly probability of leaving the first cohort's placements.
func leaving(p *model.Programme) float64 {
	sum := 0.0
	for _, move := range p.Cohorts[0].Failure[0].Moves {
		sum += move.Probability
	}
	return sum
}

// One of several moves within the same weeks is multiplied alone: the others are
// what they were when all were converted together.
func TestOneOfSeveralMovesIsMultiplied(t *testing.T) {
	row := scenario.Set("background.foster", "{residential: {within: 52 weeks, probability: 20%}, reunified: {within: 52 weeks, probability: 10%}}")
	as, up := programme(t, row), programme(t, row, times(t, "background.foster.residential", "1.5"))
	// All who leave are 30% in 52 weeks, two thirds of them to residential care.
	h := 1 - math.Pow(0.7, 1.0/52)
	for to, want := range map[string][2]float64{"residential": {h * 2 / 3, 1.5 * h * 2 / 3}, "reunified": {h / 3, h / 3}} {
		require.InDelta(t, want[0], chance(as, to), 1e-12)
		require.InDelta(t, want[1], chance(up, to), 1e-12)
	}
}

func chance(p *model.Programme, to string) float64 {
	for _, move := range p.Background["foster"][0].Moves {
		if move.To == to {
			return move.Probability
		}
	}
	return math.NaN()
}

// What was measured stays in the register with its source; the factor is the
// edit's. A file may have a factor too.
func TestMultipliedRatesInTheRegister(t *testing.T) {
	const path = "cohorts.step-down.failure.hazard"
	p := programme(t, scenario.Set(path, "{value: {still there: 70%, at: 52 weeks}, status: published, source: S1}"), times(t, path, "1.2"))
	assert.Equal(t, model.Input{Path: path + ".still there", Value: "70%", Status: model.Published, Source: "S1", By: "edit"}, input(t, p, path+".still there"))
	assert.Equal(t, model.Input{Path: path + ".times", Value: "1.2", Note: "1.2 × the weekly probability", By: "edit"}, input(t, p, path+".times"))

	d := template(t)
	v, err := d.Version("", scenario.Set(path, "{still there: 70%, at: 52 weeks, times: 150%}"), times(t, path, "2"))
	require.NoError(t, err)
	require.InDelta(t, 3*(1-math.Pow(0.7, 1.0/52)), leaving(v.Programme), 1e-12)
	changes := v.Changes
	require.Equal(t, "{still there: 70%, at: 52 weeks, times: 300%}", changes[len(changes)-1].After)
}

func TestFactorsOfRatesThatCannotBe(t *testing.T) {
	const path = "cohorts.step-down.failure.hazard"
	for _, test := range []struct{ form, factor, problem string }{
		{"{mean stay: 2 weeks}", "3", "the weekly probability is 1.5 after it was multiplied: it must be at most 1"},
		{"{within: 52 weeks, probability: 30%}", "500", "after it was multiplied: it must be at most 1"},
		{"{mean stay: 2 weeks}", "-1", "-1 is below 0: write what the weekly probability is multiplied by"},
		{"{mean stay: 2 weeks, times: often}", "2", `"often", which is not a number that can be multiplied`},
		{"{mean stay: 2 weeks, times: often}", "", `"often" is not a factor`},
	} {
		edits := []scenario.Edit{scenario.Set(path, test.form)}
		if test.factor != "" {
			edits = append(edits, times(t, path, test.factor))
		}
		_, err := template(t).Version("", edits...)
		require.ErrorContains(t, err, test.problem)
	}
}
