package sensitivity_test

import (
	"context"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// rated is a programme whose children are referred in foster care, which counts as
// success, with its rates in one form.
func rated(t *testing.T, failure, toResidential string) *scenario.Document {
	t.Helper()
	d, err := scenario.Read("rated.yaml", strings.NewReader(`
format: 1
programme: rated
title: Rates in several forms
start: 2026-04-06
end: 2029-04-01
price base: constant 2026/27 prices
commissioners: {A: 100%}
states: {planned: {parent: foster}}
background:
  foster: {residential: `+toResidential+`}
cohorts:
  c1:
    referrals: {children: 30, from: 2026-04-06, to: 2027-04-04}
    start state: foster
    planned state: planned
    lag: 0 weeks
    start probability: 90%
    tracking: 104 weeks
    failure: `+failure+`
    cashable share: 100%
metrics:
  M1:
    cohorts: [c1]
    trigger:
      full weeks: {first payable week: 0 weeks, window: 104 weeks, cap per child: 104 weeks, interruption: ends}
    tariff: 500
payers:
  commissioner: {share: 100%}
unit costs: {residential: 4000, foster: 1000, edge of care: 0, reunified: 0}
`))
	require.NoError(t, err)
	return d
}

// The same rate has the same bar and the same curve, whichever form it is written
// in: × 1.25 is the weekly probability × 1.25.
func TestRatesInEveryForm(t *testing.T) {
	h := 1 - math.Pow(0.7, 1.0/52) // a week
	forms := map[string]string{
		"share still there": "{still there: 70%, at: 52 weeks}",
		"share gone within": "{within: 52 weeks, probability: 30%}",
		"annual rate":       "{annual rate: " + decimal9(-math.Log1p(-h)*markov.WeeksPerYear) + "}",
		"mean stay":         "{mean stay: " + decimal9(1/h) + "}",
	}
	plain := rated(t, "{hazard: "+decimal9(h)+", to: {residential: 100%}}", decimal9(h))
	want := tornadoOf(t, plain)
	wanted := curveOf(t, plain)
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			d := rated(t, "{hazard: "+form+", to: {residential: 100%}}", form)
			got := tornadoOf(t, d)
			require.Equal(t, len(want.Bars), len(got.Bars))
			require.Empty(t, got.LeftOut)
			for i, bar := range want.Bars {
				assert.Equal(t, bar.Name, got.Bars[i].Name)
				assert.InDelta(t, bar.Low, got.Bars[i].Low, 1, bar.Name)
				assert.InDelta(t, bar.High, got.Bars[i].High, 1, bar.Name)
			}
			curve := curveOf(t, d)
			for i, point := range wanted.Points {
				assert.InDelta(t, point.Deadweight, curve.Points[i].Deadweight, 1e-6)
			}
			up := programme(t, d, options{}, driver(t, d, "placement breakdown").Edits(1.25)...)
			assert.InDelta(t, 1.25*h, up.Cohorts[0].Failure[0].Moves[0].Probability, 1e-9)
		})
	}
	moved := false
	for _, bar := range want.Bars {
		moved = moved || bar.Name == sensitivity.WithoutProgramme && bar.Swing > 1000
	}
	assert.True(t, moved)
}

// decimal9 writes a number to more places than its effect is compared to.
func decimal9(x float64) string { return strconv.FormatFloat(x, 'f', 12, 64) }

func tornadoOf(t *testing.T, d *scenario.Document) *sensitivity.Tornadoed {
	t.Helper()
	made, err := sensitivity.Tornado(options{}.version(t, d), contract.Constant, nil, montecarlo.NetPublic)
	require.NoError(t, err)
	return made
}

func curveOf(t *testing.T, d *scenario.Document) *sensitivity.Curved {
	t.Helper()
	one := driver(t, d, sensitivity.WithoutProgramme)
	curve, err := sensitivity.Curve(context.Background(), options{}.version(t, d), one, one.Values(4), few(4).runs())
	require.NoError(t, err)
	return curve
}

// What a tornado leaves out it says, with the reason.
func TestTornadoSaysWhatItLeavesOut(t *testing.T) {
	left := func(made *sensitivity.Tornadoed) map[string]string {
		why := map[string]string{}
		for _, input := range made.LeftOut {
			why[input.Name] = input.LeftOut
		}
		for _, bar := range made.Bars {
			require.NotContains(t, why, bar.Name)
		}
		return why
	}
	d := rated(t, "none", "0.002")
	assert.Equal(t, map[string]string{"placement breakdown": "no placement breaks down in this file"}, left(tornadoOf(t, d)))

	// A weekly probability of 90% cannot be a quarter higher.
	assert.Contains(t, left(tornadoOf(t, rated(t, "{hazard: 0.9, to: {residential: 100%}}", "0.002")))["placement breakdown"], "1.125")

	// What is put on top of a version may not fit an input that fits every case.
	v := options{}.version(t, rated(t, "{residential: 0.002}", "0.002"), scenario.Set("cohorts.c1.failure", "{residential: 0.9}"))
	made, err := sensitivity.Tornado(v, contract.Constant, nil, montecarlo.NetPublic)
	require.NoError(t, err)
	assert.Contains(t, left(made)["placement breakdown"], "1.125")

	made, err = sensitivity.Tornado(options{}.version(t, open(t, "dn2")), contract.Constant, nil, montecarlo.NetPublic)
	require.NoError(t, err)
	assert.Empty(t, made.LeftOut)
}

// Values are such as a file may hold: whole pounds between odd ends.
func TestValuesAreWhatAFileMayHold(t *testing.T) {
	for _, name := range []string{"birmingham-step-down", "essex-mst", "manchester"} {
		d := open(t, name)
		for _, one := range drivers(d) {
			values := one.Values(13)
			assert.Equal(t, []float64{one.From, one.To}, []float64{values[0], values[len(values)-1]}, one.Name)
			for i, x := range values {
				assert.InDelta(t, math.Round(x/one.Step), x/one.Step, 1e-6, one.Name)
				assert.True(t, i == 0 || x > values[i-1])
				var p *model.Programme
				require.NotPanics(t, func() { p = programme(t, d, options{}, one.Edits(x)...) })
				require.NotNil(t, p)
			}
		}
	}
	months := sensitivity.Driver{From: 0, To: 3, Step: 1}
	assert.Equal(t, []float64{0, 1, 2, 3}, months.Values(11))
	assert.Equal(t, []float64{0, 1.5, 3}, sensitivity.Driver{From: 0, To: 3}.Values(3))
}
