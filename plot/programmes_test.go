package plot

import (
	"encoding/xml"
	"math"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// projections are the central projections of the first case of programmes.
func projections(t *testing.T, names ...string) []*montecarlo.Projection {
	t.Helper()
	var all []*montecarlo.Projection
	for _, name := range names {
		all = append(all, central(t, version(t, name, "")))
	}
	return all
}

func TestProgrammes(t *testing.T) {
	f, err := Programmes(projections(t, "dn2", "staffordshire-ifss", "cheshire-west", "suffolk", "norfolk", "lancashire", "pyramid")...)
	drawn(t, "programmes", f, err)
	rows := map[string][]any{}
	for _, row := range f.Rows {
		rows[row[0].(string)+" "+row[1].(string)] = row[2:]
	}
	for name, want := range map[string][]any{ // unit, published, to, target or first plan
		"dn2 outcome payments":           {"£", 4_102_992.0, "Q2 2024/25", 10_094_649.0, 9_123_323.0},
		"dn2 weeks":                      {"weeks", 9_247.0, "30 June 2024", 30_576.0},
		"staffordshire-ifss outcomes":    {"outcomes", 2_779.0, "30 June 2024", 4_869.0},
		"cheshire-west service users":    {"service users", 12.0, "", 20.0},
		"suffolk children":               {"children", 266.0, "31 March 2024", 288.0},
		"norfolk days out of care":       {"days", 145_852.0, "September 2024", 166_784.0},
		"lancashire service users":       {"service users", 0.0, "", 854.0},
		"pyramid service users":          {"service users", 16.0, "", 92.0},
		"pyramid outcome payments":       {"£", 1_066_524.0, "Q2 2024/25", 14_441_764.0, 11_341_260.0},
		"norfolk outcome payments":       {"£", 8_626_543.0, "Q2 2024/25"},
		"lancashire outcome payments":    {"£", 0.0, ""},
		"cheshire-west outcome payments": {"£", 964_058.0, "Q2 2024/25", 4_180_000.0, 1_028_926.0},
	} {
		require.Contains(t, rows, name)
		assert.Equal(t, want, rows[name][:len(want)], name)
	}
	// What was fitted agrees: days are after deadweight, as those published are.
	assert.InEpsilon(t, 145_852, rows["norfolk days out of care"][5], 0.01)
	assert.InEpsilon(t, 9_247, rows["dn2 weeks"][5], 0.01)
	assert.Contains(t, f.Summary, "Lancashire: outcome payments published £0, modelled in total £")
}

// Nothing published and names that are too long have their place too.
func TestProgrammesWithLittle(t *testing.T) {
	all := projections(t, "dn2", "essex-mst", "dn2")
	long := all[2].Version.Programme
	long.Title = strings.Repeat("A very long name of a programme ", 6)
	long.Published.Totals, long.Published.Plans = nil, nil
	f, err := Programmes(all...)
	drawn(t, "programmes-little", f, err)
	f, err = Programmes(all[1])
	drawn(t, "programmes-unpublished", f, err)
	assert.Contains(t, f.Summary, "no outcome payments published, latest maximum £7,100,000, modelled in total £")
	assert.True(t, math.IsNaN(f.Rows[0][3].(float64)), "nothing is published")

	_, err = Programmes()
	assert.ErrorContains(t, err, "give the programmes to set side by side")
	_, err = Programmes(all[0], nil)
	assert.ErrorContains(t, err, "projection 2 is missing")
	_, err = Programmes(all[0], &montecarlo.Projection{})
	assert.ErrorContains(t, err, "projection 2 has no programme")
	_, err = Programmes(&montecarlo.Projection{Basis: all[0].Basis})
	assert.ErrorContains(t, err, "has no outcome payments")
}

// A total is set beside the model by what the file says that it is, whatever its
// name: a name alone says nothing.
func TestProgrammesTakeTotalsByWhatTheyAre(t *testing.T) {
	total := func(name string, value int64, kind model.TotalKind, counts string) model.PublishedTotal {
		return model.PublishedTotal{Name: name, Value: decimal.NewFromInt(value), Kind: kind, Counts: counts}
	}
	achieved := total("c", 40, model.Achieved, "nights at home")
	achieved.To = calendar.NewDate(2024, 3, 15)
	old := total("d", 50, model.Targeted, "nights at home")
	old.Superseded = true
	lancashire := central(t, version(t, "lancashire", ""))
	p := lancashire.Version.Programme
	for _, c := range []struct {
		totals []model.PublishedTotal
		want   []any // what, unit, published, to, target
	}{
		{[]model.PublishedTotal{
			{Name: "service users targeted", Value: decimal.NewFromInt(9)}, {Name: "service users engaged", Value: decimal.NewFromInt(4)},
		}, []any{"achievement against a target", ""}},
		{[]model.PublishedTotal{total("a", 9, model.Targeted, "families"), total("b", 4, model.Engaged, "families")}, []any{"families", "families", 4.0, "", 9.0}},
		{[]model.PublishedTotal{total("a", 9, model.Targeted, "families"), total("b", 4, model.Engaged, "children")}, []any{"achievement against a target", ""}},
		{[]model.PublishedTotal{old, total("e", 60, model.Targeted, "nights at home"), achieved}, []any{"nights at home", "weeks", 40.0, "15 March 2024", 60.0}},
		{[]model.PublishedTotal{old, achieved}, []any{"achievement against a target", ""}},
	} {
		p.Published.Totals = c.totals
		f, err := Programmes(lancashire)
		require.NoError(t, err)
		assert.Equal(t, c.want, f.Rows[1][1:1+len(c.want)])
	}
	p.Published.Totals = []model.PublishedTotal{total("paid", 7, model.Paid, "outcome payments"), total("most", 8, model.Maximum, "outcome payments")}
	f, err := Programmes(lancashire)
	require.NoError(t, err)
	assert.Equal(t, 7.0, f.Rows[0][3])
	assert.Equal(t, 8.0, f.Rows[0][6])
}

// The first programme stands on top, and its name alone is in bold in full, also where it
// breaks into lines or is cut, and where the name of another is part of it.
func TestProgrammesFirstIsBold(t *testing.T) {
	for _, first := range []string{"dn2", "staffordshire-ifss", "suffolk"} {
		all := projections(t, first, "pyramid", "cheshire-west", "lancashire")
		for _, title := range []string{"", strings.Repeat("A very long name of a programme ", 6)} {
			p := all[0].Version.Programme
			if title != "" {
				p.Title = title
			}
			words := strings.Fields(p.Title)
			all[1].Version.Programme.Title = words[len(words)-1]
			f, err := Programmes(all...)
			require.NoError(t, err)
			var drawn strings.Builder
			require.NoError(t, f.WriteLive(&drawn))
			var names struct {
				Text []struct {
					Weight string `xml:"font-weight,attr"`
					Line   string `xml:",chardata"`
				} `xml:"text"`
			}
			require.NoError(t, xml.Unmarshal([]byte(drawn.String()), &names))
			bold, plain := "", 0
			for _, text := range names.Text {
				line := strings.TrimSpace(text.Line)
				switch start := strings.TrimSuffix(line, "…"); {
				case line == f.Title:
				case text.Weight == "bold" && strings.Contains(p.Title, start):
					bold = strings.TrimSpace(bold + " " + start)
				case line == all[1].Version.Programme.Title:
					plain++
				}
			}
			require.True(t, bold == p.Title || strings.HasPrefix(p.Title, bold) && len(bold) > 30, "%q of %q", bold, p.Title)
			require.Positive(t, plain, "another programme is called as the last word of the first")
		}
	}
}
