package sensitivity_test

import (
	"context"
	"encoding/json"
	"math"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Nothing that a caller can leave out or get wrong is more than an error that says
// what to do.
func TestWrongCallsAreErrors(t *testing.T) {
	d, o := open(t, "dn2"), few(4)
	good, options, ctx := o.version(t, d), o.runs(), context.Background()
	built := &scenario.Version{Programme: good.Programme} // in Go, without a file
	var none context.Context
	driver := sensitivity.Drivers(d)[0]
	with := func(change func(*sensitivity.Driver)) sensitivity.Driver {
		changed := driver
		change(&changed)
		return changed
	}
	curve := func(driver sensitivity.Driver, values ...float64) func() error {
		return func() error { _, err := sensitivity.Curve(ctx, good, driver, values, options); return err }
	}
	type call struct {
		call func() error
		says string
	}
	calls := map[string]call{
		"curve without a context": {func() error { _, err := sensitivity.Curve(none, good, driver, nil, options); return err }, "context"},
		"reverse without a context": {func() error {
			_, err := sensitivity.Reverse(none, good, nil, montecarlo.Saves, 0.5, options)
			return err
		}, "context"},
		"stress without a context": {func() error { _, err := sensitivity.Stress(none, good, nil, options); return err }, "context"},
		"size without a context":   {func() error { _, err := sensitivity.Size(none, good, 0.95, options.Run); return err }, "context"},
		"a zero driver":            {curve(sensitivity.Driver{}), "changes nothing"},
		"a value that is none":     {curve(driver, math.NaN()), "finite"},
		"an endless value":         {curve(driver, 1, math.Inf(-1)), "finite"},
		"a huge value":             {curve(driver, math.MaxFloat64), "driver"},
		"a range without end":      {curve(with(func(d *sensitivity.Driver) { d.To = math.Inf(1) })), "step"},
		"a range of all numbers":   {curve(with(func(d *sensitivity.Driver) { d.From, d.To = -math.MaxFloat64, math.MaxFloat64 })), "step"},
		"a range that is none":     {curve(with(func(d *sensitivity.Driver) { d.From = math.NaN() })), "range"},
		"no step":                  {curve(with(func(d *sensitivity.Driver) { d.Step = 0 })), "step"},
		"a step below zero":        {curve(with(func(d *sensitivity.Driver) { d.Step = -1 })), "step"},
		"the smallest step":        {curve(with(func(d *sensitivity.Driver) { d.Step = math.SmallestNonzeroFloat64 })), "step"},
		"a step that is none":      {curve(with(func(d *sensitivity.Driver) { d.Step = math.NaN() })), "step"},
		"an unknown operation":     {curve(with(func(d *sensitivity.Driver) { d.Changes = []sensitivity.Change{{Path: "contract cap", Does: "guess"}} })), "operation"},
		"a scale that is none": {curve(with(func(d *sensitivity.Driver) {
			d.Changes = []sensitivity.Change{{Path: "contract cap", Scale: math.NaN()}}
		})), "NaN"},
		"an unknown path": {curve(with(func(d *sensitivity.Driver) { d.Changes = []sensitivity.Change{{Path: ""}} })), "driver"},
		"an unknown party": {func() error {
			_, err := sensitivity.Stress(ctx, good, nil, sensitivity.Options{Party: "nobody"})
			return err
		}, "investor"},
		"an unknown stress":     {func() error { _, err := sensitivity.Stress(ctx, good, []string{""}, options); return err }, "stress"},
		"stress without a file": {func() error { _, err := sensitivity.Stress(ctx, built, nil, options); return err }, "no programme file"},
		"reverse without a file": {func() error {
			_, err := sensitivity.Reverse(ctx, built, nil, montecarlo.Saves, 0.5, options)
			return err
		}, "no programme file"},
		"tornado without a file": {func() error { _, err := sensitivity.Tornado(built, 0, nil, montecarlo.Payments); return err }, "no programme file"},
		"an unknown event": {func() error {
			_, err := sensitivity.Reverse(ctx, good, []sensitivity.Driver{driver}, "", 0.5, options)
			return err
		}, "event"},
		"reverse a zero driver": {func() error {
			_, err := sensitivity.Reverse(ctx, good, make([]sensitivity.Driver, 2), montecarlo.Saves, 0.5, options)
			return err
		}, "changes nothing"},
		"an unknown measure":  {func() error { _, err := sensitivity.Tornado(good, 0, nil, ""); return err }, "measure"},
		"prices that are not": {func() error { _, err := sensitivity.Tornado(good, 9, nil, montecarlo.Payments); return err }, "kind of prices"},
		"too many names": {func() error {
			_, err := sensitivity.Tornado(good, 0, nil, montecarlo.Payments, "a", "b", "c", "d")
			return err
		}, "no \"outcome payments"},
		"negative replications": {func() error {
			_, err := sensitivity.Size(ctx, good, 0.95, montecarlo.Options{Replications: -5})
			return err
		}, "replications"},
		"a run that stops by itself": {func() error {
			_, err := sensitivity.Size(ctx, good, 0.95, montecarlo.Options{Until: &montecarlo.Until{Share: 0.01}})
			return err
		}, "leave it out and give Run.Replications"},
	}
	for name, v := range map[string]*scenario.Version{"no": nil, "a zero": {}} {
		calls["curve of "+name+" version"] = call{func() error { _, err := sensitivity.Curve(ctx, v, driver, nil, options); return err }, "Document.Version"}
		calls["reverse of "+name+" version"] = call{func() error {
			_, err := sensitivity.Reverse(ctx, v, []sensitivity.Driver{driver}, montecarlo.Saves, 0.5, options)
			return err
		}, "Document.Version"}
		calls["reverse of all drivers of "+name+" version"] = call{func() error { _, err := sensitivity.Reverse(ctx, v, nil, montecarlo.Saves, 0.5, options); return err }, ""}
		calls["stress of "+name+" version"] = call{func() error { _, err := sensitivity.Stress(ctx, v, nil, options); return err }, "Document.Version"}
		calls["size of "+name+" version"] = call{func() error { _, err := sensitivity.Size(ctx, v, 0.95, options.Run); return err }, "Document.Version"}
		calls["tornado of "+name+" version"] = call{func() error {
			_, err := sensitivity.Tornado(v, contract.Constant, nil, montecarlo.Payments)
			return err
		}, "Document.Version"}
	}
	for _, p := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, 1, -0.5, 95} {
		calls["confidence "+decimalText(p)] = call{func() error { _, err := sensitivity.Size(ctx, good, p, options.Run); return err }, "between 0 and 1"}
		calls["probability "+decimalText(p)] = call{func() error { _, err := sensitivity.Reverse(ctx, good, nil, montecarlo.Saves, p, options); return err }, "between 0 and 1"}
	}
	for name, c := range calls {
		require.NotPanics(t, func() {
			err := c.call()
			require.Error(t, err, name)
			require.ErrorContains(t, err, c.says, name)
		}, name)
	}
}

func decimalText(x float64) string {
	text, err := json.Marshal(x)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// What has no error to give gives nothing, or something that can be read.
func TestNothingOfNothing(t *testing.T) {
	for _, d := range []*scenario.Document{nil, {}} {
		require.Empty(t, sensitivity.Drivers(d))
		require.Empty(t, sensitivity.Inputs(d))
	}
	require.Empty(t, (*sensitivity.Stresses)(nil).WorstFirst(""))
	require.Len(t, (&sensitivity.Stresses{Stressed: make([]sensitivity.Stressed, 3)}).WorstFirst("worst"), 3)
	require.NotPanics(t, func() { sensitivity.MostRuns(make([]sensitivity.Driver, 3)) })
	for _, unit := range []string{"", "×", "£ a week", "% a year", "days"} {
		for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, 0} {
			require.NotEmpty(t, sensitivity.Driver{Unit: unit}.Text(x))
		}
	}
	wide := sensitivity.Driver{From: 0, To: 1e9, Step: 1e-3}
	require.LessOrEqual(t, len(wide.Values(math.MaxInt)), 1_000_000)
	require.Empty(t, wide.Values(math.MinInt))
	for _, does := range []sensitivity.Operation{"", sensitivity.Add, sensitivity.Put} {
		for _, x := range []float64{math.NaN(), math.Inf(1), math.MaxFloat64, math.SmallestNonzeroFloat64} {
			edits := sensitivity.Driver{Changes: []sensitivity.Change{{Path: "contract cap", Does: does, Scale: x}}}.Edits(x)
			_, err := open(t, "dn2").Version("base", edits...)
			if math.IsNaN(x) || math.IsInf(x, 0) || x == math.MaxFloat64 {
				require.NotEmpty(t, scenario.Faults(err), "%s %v", does, x)
			}
		}
	}
}

// An answer holds a version of its own.
func TestAnswersShareNothing(t *testing.T) {
	d, o := open(t, "dn2"), few(4)
	v, ctx := o.version(t, d), context.Background()
	driver := sensitivity.Drivers(d)[0]
	curved, err := sensitivity.Curve(ctx, v, driver, []float64{driver.From}, o.runs())
	require.NoError(t, err)
	sized, err := sensitivity.Size(ctx, v, 0.5, o.runs().Run)
	require.NoError(t, err)
	stressed, err := sensitivity.Stress(ctx, v, []string{}, o.runs())
	require.NoError(t, err)
	tornadoed, err := sensitivity.Tornado(v, contract.Constant, []sensitivity.Input{}, montecarlo.Payments)
	require.NoError(t, err)
	for _, own := range []*scenario.Version{curved.Version, sized.Version, stressed.Version, tornadoed.Version} {
		require.Equal(t, v.Programme.Fingerprint(), own.Programme.Fingerprint())
		own.Programme.Cohorts[0].CashableShare = decimal.New(1, 0)
		own.Programme.UnitCosts = own.Programme.UnitCosts[:1]
		require.NotEqual(t, v.Programme.Fingerprint(), own.Programme.Fingerprint())
		require.NoError(t, v.Programme.Validate())
	}
}
