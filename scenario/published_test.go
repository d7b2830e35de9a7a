package scenario_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// A published total says what it is beside its value, or nothing.
func TestPublishedTotals(t *testing.T) {
	p := programmeOf(t, template(t), "")
	pounds := decimal.RequireFromString
	require.Equal(t, []model.PublishedTotal{
		{Name: "maximum outcome payments, £", Value: pounds("1900000"), Kind: model.Maximum, Counts: "outcome payments"},
		{Name: "children targeted", Value: pounds("60"), Kind: model.Targeted, Counts: "children"},
		{Name: "children targeted at first", Value: pounds("80"), Kind: model.Targeted, Counts: "children", Superseded: true},
		{Name: "children engaged", Value: pounds("14"), Kind: model.Engaged, Counts: "children"},
		{Name: "weeks in a family to December 2026", Value: pounds("30"), Kind: model.Achieved, Counts: "weeks", To: calendar.NewDate(2026, 12, 31)},
		{Name: "outcome payments made, £", Value: pounds("11500"), Kind: model.Paid, Counts: "outcome payments"},
		{Name: "capital raised, £", Value: pounds("250000")},
	}, p.Published.Totals)
	for _, input := range p.Register {
		require.NotContains(t, string(input.Path), ".kind", "what a total is is no figure")
	}
}

// Another value is of the same thing, unless the edit says what it is of.
func TestEditsOfPublishedTotals(t *testing.T) {
	const name = "children targeted at first"
	at := "published.totals." + name
	dec := decimal.RequireFromString
	for _, c := range []struct {
		edit scenario.Edit
		want model.PublishedTotal
	}{
		{scenario.Set(at, "90"), model.PublishedTotal{Name: name, Value: dec("90"), Kind: model.Targeted, Counts: "children", Superseded: true}},
		{scenario.Times(at, dec("0.5")), model.PublishedTotal{Name: name, Value: dec("40"), Kind: model.Targeted, Counts: "children", Superseded: true}},
		{scenario.Set(at, "{value: 90, status: derived}"), model.PublishedTotal{Name: name, Value: dec("90"), Kind: model.Targeted, Counts: "children", Superseded: true}},
		{scenario.Set(at, "{value: 90, counts: families, superseded: no}"), model.PublishedTotal{Name: name, Value: dec("90"), Kind: model.Targeted, Counts: "families"}},
	} {
		v, err := template(t).Version("", c.edit)
		require.NoError(t, err, c.edit)
		p := v.Programme
		require.Equal(t, c.want.Value.String(), p.Published.Totals[2].Value.String())
		c.want.Value = p.Published.Totals[2].Value
		require.Equal(t, c.want, p.Published.Totals[2], c.edit)
	}
	p := programmeOf(t, template(t), "", scenario.Set(at, "{value: 90, status: derived}"))
	for _, input := range p.Register {
		if string(input.Path) == at {
			require.Equal(t, model.Derived, input.Status)
			require.Equal(t, "edit", input.By)
		}
	}
	_, err := template(t).Version("", scenario.Set(at, "{value: 90, kind: hoped}"))
	require.ErrorContains(t, err, `"hoped" is not a kind of published total`)
}

// Totals of the library that say of what kind they are say what is published in
// their sources: these are the ones that charts set beside the model.
func TestPublishedTotalsOfTheLibrary(t *testing.T) {
	want := map[string]map[model.TotalKind]string{ // programme, kind, value of the first that is not superseded
		"dn2":                {model.Maximum: "9123323", model.Targeted: "304"},
		"dn2-2018":           {model.Targeted: "423"},
		"cheshire-west":      {model.Maximum: "1028926", model.Targeted: "20", model.Engaged: "12"},
		"essex-mst":          {model.Maximum: "7100000", model.Targeted: "380"},
		"lancashire":         {model.Targeted: "854", model.Engaged: "0", model.Paid: "0"},
		"norfolk":            {model.Maximum: "8629679.5", model.Targeted: "431", model.Engaged: "404", model.Paid: "8629679.5"},
		"positive-families":  {model.Maximum: "10000000", model.Targeted: "350"},
		"pyramid":            {model.Maximum: "11341260", model.Targeted: "92", model.Engaged: "16", model.Paid: "1066524"},
		"staffordshire-ifss": {model.Maximum: "5331000", model.Targeted: "6233"},
		"suffolk":            {model.Maximum: "6704975", model.Targeted: "542"},
	}
	for _, info := range scenario.List() {
		name := info.Name
		d, err := scenario.Open(name)
		require.NoError(t, err)
		p := programmeOf(t, d, "")
		got := map[model.TotalKind]string{}
		for kind, counts := range map[model.TotalKind]string{
			model.Maximum: "outcome payments", model.Paid: "outcome payments", model.Targeted: "service users", model.Engaged: "service users",
		} {
			if total, ok := p.Published.Total(kind, counts); ok {
				got[kind] = total.Value.String()
			}
		}
		if len(got) > 0 || want[name] != nil {
			require.Equal(t, want[name], got, name)
		}
	}
}
