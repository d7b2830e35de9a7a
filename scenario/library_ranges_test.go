package scenario_test

import (
	"io/fs"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/uncertain"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// whatIsUncertain is what every programme of the library must have ranges of, in
// every case: without any of these a range would leave out what decides the answer.
var whatIsUncertain = map[string]func(path model.Path) bool{
	"failure":                        func(p model.Path) bool { return of(p, "failure", "hazard") },
	"where failures lead":            func(p model.Path) bool { return of(p, "failure", "to") },
	"what would have happened":       func(p model.Path) bool { return strings.HasPrefix(string(p), "background.") },
	"the cost of residential care":   func(p model.Path) bool { return p == "unit costs.residential" },
	"how much is cashable":           func(p model.Path) bool { return of(p, "cashable share") },
	"the cost of support at home":    func(p model.Path) bool { return p == "unit costs.reunified" },
	"the cost of a foster placement": func(p model.Path) bool { return p == "unit costs.foster" },
}

// of reports whether a path of a cohort has all of some names.
func of(path model.Path, names ...string) bool {
	all := strings.Split(string(path), ".")
	return all[0] == "cohorts" && !slices.ContainsFunc(names, func(name string) bool { return !slices.Contains(all, name) })
}

// Every programme of the library says how well its inputs are known, in every case,
// and what that rests on.
func TestLibraryHasRanges(t *testing.T) {
	for _, info := range scenario.List() {
		t.Run(info.Name, func(t *testing.T) {
			t.Parallel()
			d, err := scenario.Open(info.Name)
			require.NoError(t, err)
			for _, c := range d.Cases() {
				v, err := d.Version(c.Name)
				require.NoError(t, err)
				p := v.Programme
				for what, is := range whatIsUncertain {
					assert.True(t, slices.ContainsFunc(p.Uncertain, func(u model.Uncertain) bool {
						return is(u.Path) || slices.ContainsFunc(u.Multiplies, is)
					}), "%s: %s", c.Name, what)
				}
				for _, u := range p.Uncertain {
					soundRange(t, p, u)
				}
				drawer, err := v.Drawer()
				require.NoError(t, err, c.Name)
				require.NotNil(t, drawer)
			}
		})
	}
}

// soundRange requires that an uncertain input has evidence, and that its law fits
// what it is of.
func soundRange(t *testing.T, p *model.Programme, u model.Uncertain) {
	t.Helper()
	path := string(u.Path)
	require.NoError(t, u.Law.Check(), path)
	if strings.HasPrefix(path, "alternatives.") {
		assert.Equal(t, "as in the file", u.Values[0], "%s: the first is that of the central projection", path)
		weights := 0.0
		for _, value := range u.Law.Values {
			assert.Greater(t, value.Weight, 0.0, path)
			weights += value.Weight
		}
		assert.InDelta(t, 1, weights, 1e-12, path)
		return
	}
	i := slices.IndexFunc(p.Register, func(in model.Input) bool { return in.Path == u.Path })
	require.GreaterOrEqual(t, i, 0, "%s is not in the register", path)
	input := p.Register[i]
	assert.NotEmpty(t, input.Source+input.Note, "%s: what does it rest on?", path)
	assert.NotEqual(t, model.Unstated, input.Status, path)

	low, high := u.Law.Range()
	mean := u.Law.Mean()
	assert.Less(t, low, mean, path)
	assert.Greater(t, high, mean, path)
	assert.Greater(t, low, 0.0, "%s: none of these can be 0", path)
	switch {
	case len(u.Multiplies) > 0:
		assert.Equal(t, uncertain.LogNormal, u.Law.Family, path)
		assert.InDelta(t, 1, mean, 1e-9, path)
		assert.Less(t, high/low, 10.0, "%s: a factor of ten between the ends says nothing", path)
	case strings.HasSuffix(path, ".failure.hazard"), strings.HasPrefix(path, "background."), strings.Contains(path, ".background."):
		assert.Equal(t, uncertain.LogNormal, u.Law.Family, path)
		assert.Less(t, high, 0.1, path)
	case strings.HasPrefix(path, "unit costs."), strings.HasSuffix(path, ".children"), strings.HasSuffix(path, ".tariff"):
		assert.Equal(t, uncertain.Gamma, u.Law.Family, path)
		assert.Less(t, high/low, 10.0, path)
	case strings.HasSuffix(path, " probability"), strings.HasSuffix(path, " share"), u.Shares != "":
		assert.Equal(t, uncertain.Beta, u.Law.Family, path)
		assert.LessOrEqual(t, high, 1.0, path)
	case path == "delivery.scale":
		assert.Equal(t, uncertain.LogNormal, u.Law.Family, path)
	default:
		assert.Fail(t, "no programme of the library had a range of this before", path)
	}
}

// The factor on the failure of step-down comes to what was counted in Birmingham: 20
// of 31 placements stable at 52 weeks.
func TestRangeOfStepDownFailureIsBirminghams(t *testing.T) {
	d, err := scenario.Open("birmingham-step-down")
	require.NoError(t, err)
	v, err := d.Version("base")
	require.NoError(t, err)
	stable, err := uncertain.OfCounts(20, 31)
	require.NoError(t, err)
	least, most := stable.Range() // of those stable, so the rates are the other way round
	weekly := func(share float64) float64 { return -math.Log(share) / 52 }
	low, high := inputOf(t, v, "uncertain.failure rate.factor").Law.Range()
	assert.InDelta(t, weekly(most)/weekly(20./31), low, 0.05)
	assert.InDelta(t, weekly(least)/weekly(20./31), high, 0.05)
}

// A correlation with an input that an edit made certain stays with that input; with one
// that never was uncertain it is a mistake.
func TestCorrelationWithACertainInput(t *testing.T) {
	dn2, err := scenario.Open("dn2")
	require.NoError(t, err)
	whole, err := versionOf(t, dn2)
	require.NoError(t, err)
	for _, edit := range []string{
		"unit costs.residential=4100",
		"uncertain.foster stability failure rate.factor=1",
		"cohorts.step-down.cashable share=80%",
	} {
		v, err := versionOf(t, dn2, edit)
		require.NoError(t, err, edit)
		assert.Len(t, v.Programme.Correlations, len(whole.Programme.Correlations)-1, edit)
		require.Len(t, v.Programme.MadeCertain, 1, edit)
		made := v.Programme.MadeCertain[0]
		assert.Equal(t, strings.Split(edit, "=")[0], string(made.Input))
		assert.Len(t, made.Correlations, 1)
		assert.Contains(t, made.Correlations[0].Inputs, made.Input)
		_, err = v.Drawer()
		require.NoError(t, err, edit)
	}
	text, err := fs.ReadFile(scenario.Library(), "dn2.yaml")
	require.NoError(t, err)
	wrong := strings.Replace(string(text), "between: [unit costs.residential,", "between: [contract cap,", 1)
	_, err = scenario.Read("dn2.yaml", strings.NewReader(wrong))
	assert.ErrorContains(t, err, `"contract cap" is not uncertain`)
}

// A draw writes pieces of a failure and the scale of delivery into the programme, as
// reading the file with the drawn numbers in it would.
func TestDrawsOfPiecesAndOfDelivery(t *testing.T) {
	for name, path := range map[string]string{
		"birmingham-step-down": "cohorts.step-down.failure.2.hazard",
		"dn2":                  "delivery.scale",
	} {
		d, err := scenario.Open(name)
		require.NoError(t, err)
		v, err := versionOf(t, d, "metrics.*.tariff=500", path+"={value: 0.01, range: 0.006 to 0.016}")
		require.NoError(t, err, name)
		drawer, err := v.Drawer()
		require.NoError(t, err)
		i := slices.IndexFunc(drawer.Inputs(), func(u model.Uncertain) bool { return string(u.Path) == path })
		require.GreaterOrEqual(t, i, 0)
		quantiles := slices.Repeat([]float64{0.3}, len(drawer.Inputs()))
		drawn, err := drawer.Draw(quantiles)
		require.NoError(t, err)
		require.False(t, drawn.Whole, "%s is read again", name)
		x := drawn.Values[i]
		if name == "dn2" {
			assert.InDelta(t, x, drawn.Programme.Delivery.Factor().InexactFloat64(), 1e-9)
			assert.InDelta(t, 0.01, v.Programme.Delivery.Factor().InexactFloat64(), 1e-12, "the version is as it was")
			continue
		}
		factor := slices.IndexFunc(drawer.Inputs(), func(u model.Uncertain) bool {
			return string(u.Path) == "uncertain.failure rate.factor"
		})
		x *= drawn.Values[factor]
		got, was := drawn.Programme.Cohorts[0].Failure, v.Programme.Cohorts[0].Failure
		require.Len(t, got, 2)
		assert.InDelta(t, x, got[1].Moves[0].Probability+got[1].Moves[1].Probability, 1e-12)
		assert.InDelta(t, 0.0203*drawn.Values[factor], got[0].Moves[0].Probability+got[0].Moves[1].Probability, 1e-12)
		assert.InDelta(t, 0.01, was[1].Moves[0].Probability+was[1].Moves[1].Probability, 1e-12, "the version is as it was")
	}
}
