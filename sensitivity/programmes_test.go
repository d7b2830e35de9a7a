package sensitivity_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// opened are the programmes of the library that were read, by name.
var opened sync.Map

// open returns a programme of the library.
func open(t testing.TB, name string) *scenario.Document {
	t.Helper()
	if d, ok := opened.Load(name); ok {
		return d.(*scenario.Document)
	}
	d, err := scenario.Open(name)
	require.NoError(t, err)
	opened.Store(name, d)
	return d
}

// changed returns the template with some text replaced.
func changed(t testing.TB, oldNew ...string) *scenario.Document {
	t.Helper()
	for i := 0; i < len(oldNew); i += 2 {
		require.Contains(t, string(scenario.Template()), oldNew[i])
	}
	d, err := scenario.Read("template.yaml", strings.NewReader(strings.NewReplacer(oldNew...).Replace(string(scenario.Template()))))
	require.NoError(t, err)
	return d
}

// funded are delivery and capital terms for DN2 whose amounts are the test's own,
// so that answers lie where the test looks for them.
func funded() []scenario.Edit {
	return []scenario.Edit{
		scenario.Set("delivery", "{scale: 1, mobilisation: {amount: 120000, months: 6}, fixed per quarter: [{amount: 120000}, "+
			"{from: 2024-10-01, amount: 60000}, {from: 2025-10-01, amount: 60000}], per referral: 300, per start: 1000, per case week: 120, uplift: 0%, claims paid after: 30 days}"),
		scenario.Set("facility", "{investors: {First: 450000, Second: 430001}, recycling: yes, repay from: 2024-10-01, hurdle: 8%}"),
	}
}

// options are what is run in a test and how.
type options struct {
	Case  string
	Edits []scenario.Edit
	Party string
	Run   montecarlo.Options
}

// version is the version of a document that is run.
func (o options) version(t testing.TB, d *scenario.Document, edits ...scenario.Edit) *scenario.Version {
	t.Helper()
	v, err := d.Version(o.Case, append(o.Edits[:len(o.Edits):len(o.Edits)], edits...)...)
	require.NoError(t, err)
	return v
}

func (o options) runs() sensitivity.Options { return sensitivity.Options{Party: o.Party, Run: o.Run} }

// few are options that are quick, at stated values.
func few(replications int, edits ...scenario.Edit) options {
	return options{Case: "medium", Edits: edits, Run: montecarlo.Options{Replications: replications, Seed: 1, FixedRates: true}}
}

func programme(t testing.TB, d *scenario.Document, o options, edits ...scenario.Edit) *model.Programme {
	t.Helper()
	return o.version(t, d, edits...).Programme
}

// run runs a programme on its own.
func run(t testing.TB, p *model.Programme, o options) *montecarlo.Result {
	t.Helper()
	o.Run.TotalsOnly = true
	r, err := montecarlo.Run(context.Background(), &scenario.Version{Programme: p}, o.Run)
	require.NoError(t, err)
	return r
}

func total(t testing.TB, r *montecarlo.Result, name string) montecarlo.Summary {
	t.Helper()
	s, ok := r.Totals.Of(name)
	require.True(t, ok, name)
	return s
}

// fitted are the drivers of documents, so that they are looked for once.
var fitted sync.Map

func drivers(d *scenario.Document) []sensitivity.Driver {
	all, ok := fitted.Load(d)
	if !ok {
		all = sensitivity.Drivers(d)
		fitted.Store(d, all)
	}
	return all.([]sensitivity.Driver)
}

func driver(t testing.TB, d *scenario.Document, name string) sensitivity.Driver {
	t.Helper()
	for _, one := range drivers(d) {
		if one.Name == name {
			return one
		}
	}
	require.Fail(t, "no such driver", name)
	return sensitivity.Driver{}
}
