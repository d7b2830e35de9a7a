package report

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// explained is the page of a measure in the central projection of a version.
func explained(t *testing.T, v *scenario.Version, name string, of ...string) ([]Table, *montecarlo.Projection) {
	t.Helper()
	p, err := montecarlo.Central(v, contract.Constant)
	require.NoError(t, err)
	e, err := p.Explain(name, of...)
	require.NoError(t, err)
	return Explain(e, &p.Basis), p
}

// projected is a total of a projection.
func projected(t *testing.T, p *montecarlo.Projection, name string, of ...string) float64 {
	t.Helper()
	total, ok := p.Totals.Of(name, of...)
	require.True(t, ok, name)
	return total.Value
}

// sumOfSigned adds the cells of a sum up but for the last, those whose label
// begins with "less" negative, and returns the last beside it.
func sumOfSigned(labels []string, cells []Cell) (sum, last float64) {
	n := len(cells) - 1
	for i, c := range cells[:n] {
		if len(labels[i]) > 5 && labels[i][:5] == "less " {
			sum -= *c.Value
		} else {
			sum += *c.Value
		}
	}
	return sum, *cells[n].Value
}

// Every measure can be explained in words, without a programme.
func TestEveryMeasureIsExplained(t *testing.T) {
	for _, m := range montecarlo.Measures() {
		tables := Explain(&montecarlo.Explanation{Measure: m}, nil)
		require.Len(t, tables, 1, m.Name)
		shown := map[string]string{}
		for _, row := range tables[0].Rows {
			require.NotEmpty(t, row.Cells[1].Text, m.Name)
			shown[row.Cells[0].Text] = row.Cells[1].Text
		}
		require.Equal(t, m.Plain, shown["What it is"])
		require.Equal(t, m.Rule, shown["The rule"])
		require.Equal(t, m.Where, shown["Defined in"])
		require.NotEmpty(t, shown["Known for"], m.Name)
		require.Equal(t, len(m.Sum) > 0, shown["The sum"] != "", m.Name)
		require.Equal(t, m.Arms, shown["In each arm"] != "", m.Name)
		printed(t, tables...)
	}
}

func TestExplainedInWords(t *testing.T) {
	for want, m := range map[string]montecarlo.Measure{
		"all together": {AllTogether: true},
		"each council": {By: []string{"council"}},
		"all together, and each cohort and council": {AllTogether: true, By: []string{"cohort", "council"}},
	} {
		require.Equal(t, want, whomInWords(m))
	}
	require.Equal(t, "£ per £", unitInWords(montecarlo.Ratio))
	require.Equal(t, "% a year", unitInWords(montecarlo.Rate))
	require.Equal(t, "% of replications", unitInWords(montecarlo.Probability))
	require.Equal(t, "£", unitInWords(montecarlo.Pounds))
	for name, want := range map[string]string{
		montecarlo.NetPublic:      "gross avoided cost, less outcome payments",
		montecarlo.Avoided:        "cost of care in the tracking window, counterfactual, less cost of care in the tracking window, intervention",
		montecarlo.BenefitCost:    "present value of gross avoided cost, divided by present value of payments",
		montecarlo.FacilityNeeded: "drawn, plus shortfall beyond the facility",
	} {
		m, err := montecarlo.MeasureOf(name)
		require.NoError(t, err)
		require.Equal(t, want, sumInWords(m.Sum))
	}
}

// A sum has its terms with their signs, and the figure below them.
func TestExplainedSum(t *testing.T) {
	v := versionsOf(t, "dn2", "high")[0]
	tables, p := explained(t, v, montecarlo.NetPublic)
	require.Len(t, tables, 2)
	require.Equal(t, "DN2 Children's Services Social Impact Bond: net public saving", tables[1].Title)
	require.Equal(t, []string{"Case: high; central projection; £ in constant 2022/23 prices"}, tables[1].About)
	require.Equal(t, []string{"gross avoided cost", "less outcome payments", "net public saving"}, labelsOf(tables[1]))
	for i, name := range []string{montecarlo.Avoided, montecarlo.Payments, montecarlo.NetPublic} {
		require.Equal(t, figure(projected(t, p, name), montecarlo.Pounds).Text, tables[1].Rows[i].Cells[1].Text)
		require.Equal(t, "modelled", tables[1].Rows[i].Cells[1].Status)
	}

	tables, p = explained(t, v, montecarlo.BenefitCost)
	ratio := tables[1].Rows[2].Cells[1]
	require.Equal(t, []string{"present value of gross avoided cost", "divided by present value of payments", "benefit-cost ratio"}, labelsOf(tables[1]))
	require.InDelta(t, projected(t, p, "present value of gross avoided cost")/projected(t, p, "present value of payments"), *ratio.Value, 1e-9)
	require.Equal(t, "ratio", ratio.Unit)
}

// What is counted or priced has no terms, only its figure and its parts.
func TestExplainedParts(t *testing.T) {
	tables, p := explained(t, versionsOf(t, "dn2", "base")[0], montecarlo.Referred)
	require.Len(t, tables, 4)
	require.Equal(t, []string{"children referred"}, labelsOf(tables[1]))
	for _, table := range tables[2:] {
		require.Len(t, table.Columns, 2)
		sum := 0.0
		for _, row := range table.Rows {
			require.Equal(t, projected(t, p, montecarlo.Referred, row.Cells[0].Text), *row.Cells[1].Value)
			sum += *row.Cells[1].Value
		}
		require.InDelta(t, projected(t, p, montecarlo.Referred), sum, 1e-9)
	}
	require.Equal(t, "Children referred by cohort", tables[2].Title)
	require.Equal(t, "council", tables[3].Columns[0].Heading)

	tables, p = explained(t, versionsOf(t, "dn2", "base")[0], montecarlo.Payments, "Derby")
	require.Len(t, tables, 2)
	require.Equal(t, "DN2 Children's Services Social Impact Bond: outcome payments, Derby", tables[1].Title)
	require.Equal(t, projected(t, p, montecarlo.Payments, "Derby"), *tables[1].Rows[0].Cells[1].Value)
}

// What is known for each council alone has no sum of all, but one of each.
func TestExplainedByPartAlone(t *testing.T) {
	tables, p := explained(t, versionsOf(t, "dn2", "base")[0], montecarlo.NetSaving)
	require.Len(t, tables, 2)
	require.Equal(t, "Net saving by council", tables[1].Title)
	require.Equal(t, []string{"council", "gross avoided cost", "less outcome payments", "net saving"}, tables[1].headings())
	require.Equal(t, []string{"Nottinghamshire", "Nottingham", "Derby"}, labelsOf(tables[1]))
	for _, row := range tables[1].Rows {
		for i, name := range []string{montecarlo.Avoided, montecarlo.Payments, montecarlo.NetSaving} {
			require.Equal(t, projected(t, p, name, row.Cells[0].Text), *row.Cells[i+1].Value)
		}
		sum, last := sumOfSigned(tables[1].headings()[1:], row.Cells[1:])
		require.InDelta(t, last, sum, 1e-6)
	}
}

// Everything is in the same prices, so that every sum can be added up as it is
// shown, whatever is indexed.
func TestExplainedUnderIndexedTariffs(t *testing.T) {
	v := template(t, "metrics.M1 step-down.tariff={amount: 500, indexation: 5%}")
	tables, p := explained(t, v, montecarlo.NetPublic)
	sum := tables[1]
	require.Equal(t, []string{"gross avoided cost", "less outcome payments", "net public saving"}, labelsOf(sum))
	var cells []Cell
	for _, row := range sum.Rows {
		cells = append(cells, row.Cells[1])
	}
	added, last := sumOfSigned(labelsOf(sum), cells)
	require.InDelta(t, projected(t, p, montecarlo.NetPublic), last, 1e-9)
	require.InDelta(t, last, added, 1e-6)

	tables, _ = explained(t, v, montecarlo.NetSaving)
	by := tables[1]
	require.Equal(t, []string{"council", "gross avoided cost", "less outcome payments", "net saving"}, by.headings())
	for _, row := range by.Rows {
		added, last := sumOfSigned(by.headings()[1:], row.Cells[1:])
		require.InDelta(t, last, added, 1e-6)
	}
}

// Where the central projection has no figure, the page says which page has one,
// or why there is none.
func TestExplainedWithoutAFigure(t *testing.T) {
	dn2, suffolk := versionsOf(t, "dn2", "base")[0], versionsOf(t, "suffolk", "")[0]
	for _, c := range []struct {
		v          *scenario.Version
		name, want string
	}{
		{dn2, montecarlo.Saves, "edgeofcare run shows it"},
		{dn2, montecarlo.FacilityShort, "edgeofcare invest shows it"},
		{suffolk, montecarlo.CapitalRequirement, "it states no delivery terms"},
		{suffolk, montecarlo.MoneyMultiple, "it states no delivery terms"},
	} {
		tables, _ := explained(t, c.v, c.name)
		require.Len(t, tables, 1, c.name)
		require.Len(t, tables[0].Notes, 1)
		require.Contains(t, tables[0].Notes[0], c.want)
	}
	tables, _ := explained(t, dn2, montecarlo.MoneyMultiple)
	require.Equal(t, []string{"party", "received", "divided by capital paid in", "money multiple"}, tables[1].headings())
	require.Equal(t, finance.Consortium, tables[1].Rows[0].Cells[0].Text)
	require.Equal(t, "ratio", tables[1].Rows[0].Cells[3].Unit)
	tables, _ = explained(t, versionsOf(t, "dn2", "medium")[0], montecarlo.InternalRate)
	require.Equal(t, "8.0%", tables[1].Rows[0].Cells[1].Text) // what its costs were solved for
}

// A council's saving and that of all have names of their own, and the page says what
// lies between: DN2's fund pays the rest.
func TestExplanationSaysWhatLiesBetweenCouncilsAndAll(t *testing.T) {
	for own, all := range map[string]string{montecarlo.NetSaving: montecarlo.NetPublic, montecarlo.OwnNetCashable: montecarlo.NetCashable} {
		tables, p := explained(t, versionsOf(t, "dn2", "base")[0], own)
		sum := 0.0
		for _, council := range []string{"Nottinghamshire", "Nottingham", "Derby"} {
			sum += projected(t, p, own, council)
		}
		_, ok := p.Totals.Of(own) // of all together
		require.False(t, ok)
		fund := projected(t, p, montecarlo.Payments, "Life Chances Fund")
		require.InDelta(t, projected(t, p, all), sum-fund, 0.01)
		require.Contains(t, strings.Join(strings.Fields(printed(t, tables...)), " "), "less the "+words.Pounds(fund)+" that Life Chances Fund pays as well, they are the "+all)
	}
}
