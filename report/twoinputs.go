package report

import (
	"fmt"
	"math"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// TwoInputs shows a figure at every pair of values of two inputs, and where it is 0.
func TwoInputs(g *sensitivity.TwoInputs) []Table {
	if g == nil || !readable(g.Version) || len(g.Cells) == 0 {
		return nothing("what sensitivity.GridOf returned")
	}
	t := Table{
		Title:   titleOf(g.Version) + ": " + g.Measure.String(),
		About:   append(append([]string{caseLine(g.Version)}, changedLines(g.Version)...), fmt.Sprintf("Central projection; unchanged %s; £ in %s", figure(g.Central, g.Measure.Unit).Text, g.Version.Programme.PriceText(g.Prices))),
		Columns: append(textColumns(g.Down.Name+" ↓, "+g.Across.Name+" →"), figureColumns(g.Across.Labels...)...),
	}
	write := func(v float64) Cell { return figure(v, g.Measure.Unit) }
	if g.Measure.Unit == montecarlo.Pounds && anyLarge(g) {
		write = func(v float64) Cell { return amountOf(v, inThousands) }
	}
	for i, row := range g.Cells {
		cells := texts(g.Down.Labels[i])
		for _, v := range row {
			if math.IsNaN(float64(v)) {
				cells = append(cells, none())
				continue
			}
			cells = append(cells, write(float64(v)))
		}
		t.add(cells...)
	}
	even := Table{
		Title: "Where " + g.Measure.String() + " is 0", Columns: figureColumns(g.Across.Name, g.Down.Name),
		Notes: []string{"Between neighbours of the grid, by a straight line."},
	}
	for _, p := range g.BreakEven {
		even.add(axisCell(g.Across, p.Across), axisCell(g.Down, p.Down))
	}
	tables := []Table{t, even}
	if len(g.BreakEven) == 0 {
		tables[0].Notes = append(tables[0].Notes, "It has one sign at all of these pairs: there is no break-even among them.")
		tables = tables[:1]
	}
	return inCurrency(g.Version.Programme, append(modelled(tables...), twoInputsSheet(g))...)
}

func anyLarge(g *sensitivity.TwoInputs) bool {
	for _, row := range g.Cells {
		for _, v := range row {
			if large(float64(v)) {
				return true
			}
		}
	}
	return false
}

// axisCell is a value of an axis.
func axisCell(a sensitivity.Axis, x float64) Cell {
	return Cell{Text: a.Text(x), Value: &x, Unit: words.Small(a.Name), Status: statusModelled}
}

// twoInputsSheet has one figure in a row.
func twoInputsSheet(g *sensitivity.TwoInputs) Table {
	t := Table{Sheet: true, Columns: append(append(textColumns("programme", "case", "measure", "of", "arm", "what", "across", "down"), figureColumns("across_value", "down_value", "value")...), textColumns("unit", "price_base")...)}
	k, unit := g.Measure, unitName(g.Measure.Unit)
	row := func(what string, x, y, v float64) {
		t.add(append(append(texts(g.Version.Programme.Name, g.Version.Name(), k.Name, k.Of, k.Arm, what, g.Across.Name, g.Down.Name), bareCell(x, ""), bareCell(y, ""), bareCell(v, unit)), texts(unit, g.Version.Programme.PriceText(g.Prices))...)...)
	}
	for i, cells := range g.Cells {
		for j, v := range cells {
			if !math.IsNaN(float64(v)) {
				row("pair", g.Across.Values[j], g.Down.Values[i], float64(v))
			}
		}
	}
	for _, p := range g.BreakEven {
		row("break-even", p.Across, p.Down, 0)
	}
	return t
}
