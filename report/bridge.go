package report

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Bridge shows what each group of changes contributes to the difference of a figure between
// two versions: in all and by council, and by financial year.
func Bridge(b *sensitivity.Bridged) []Table {
	if b == nil || !readable(b.From) || !readable(b.To) || len(b.Groups) == 0 {
		return nothing("what sensitivity.Bridge returned")
	}
	about := []string{
		fmt.Sprintf("From %s to %s: central projection of each at stated values; £ in %s", headingOf(b.From), headingOf(b.To), b.From.Programme.PriceText(b.Prices)),
	}
	title := titleOf(b.From) + ": " + b.Measure.String() + ", from " + headingOf(b.From) + " to " + headingOf(b.To)
	tables := []Table{bridgeTable(b, title, about, b.Councils, func(a sensitivity.BridgeAmounts, i int) decimal.Decimal {
		return decimal.Sum(decimal.Zero, a.Cells[i]...)
	})}
	in := ""
	if len(b.Years) > 0 {
		in = ", in every council and year"
	}
	tables[0].Notes = append(tables[0].Notes, "Each contribution is the mean of what the group adds over all orders in which the groups can be made (Shapley value), so that what changes do together is shared between them. They add up to the difference to the penny"+in+".")
	if len(b.Years) > 0 {
		var years []string
		for _, y := range b.Years {
			years = append(years, y.String())
		}
		tables = append(tables, bridgeTable(b, "By financial year", nil, years, func(a sensitivity.BridgeAmounts, i int) decimal.Decimal {
			sum := decimal.Zero
			for _, council := range a.Cells {
				sum = sum.Add(council[i])
			}
			return sum
		}))
	}
	tables = append(tables, changesTable(b))
	return inCurrency(b.From.Programme, append(modelled(tables...), bridgeSheet(b))...)
}

// bridgeTable has a row for the start, each group and the end, and a column for each part.
// Parts in which nothing is anywhere are left out.
func bridgeTable(b *sensitivity.Bridged, title string, about, parts []string, of func(sensitivity.BridgeAmounts, int) decimal.Decimal) Table {
	t := Table{Title: title, About: about, Columns: append(textColumns(""), figureColumns("all")...)}
	all := []sensitivity.BridgeAmounts{b.Start, b.End}
	for _, g := range b.Groups {
		all = append(all, g.BridgeAmounts)
	}
	var shown []int
	for i, name := range parts {
		if len(parts) > 1 && slices.ContainsFunc(all, func(a sensitivity.BridgeAmounts) bool { return !of(a, i).IsZero() }) {
			shown = append(shown, i)
			t.Columns = append(t.Columns, figureColumns(name)...)
		}
	}
	row := func(name string, a sensitivity.BridgeAmounts) {
		cells := []Cell{text(name), penceOf(a.Total)}
		for _, i := range shown {
			cells = append(cells, penceOf(of(a, i)))
		}
		t.add(cells...)
	}
	row(headingOf(b.From), b.Start)
	for _, g := range b.Groups {
		row(g.Name, g.BridgeAmounts)
	}
	row(headingOf(b.To), b.End)
	return t
}

// penceOf is an amount to the penny.
func penceOf(d decimal.Decimal) Cell { return pence(d.InexactFloat64()) }

// changesTable says what is in each group.
func changesTable(b *sensitivity.Bridged) Table {
	t := Table{Title: "What changes", Columns: textColumns("group", "setting", "from", "to", "by")}
	for _, g := range b.Groups {
		for i, c := range g.Changes {
			name := ""
			if i == 0 {
				name = g.Name
			}
			t.add(texts(name, string(c.Path), orNotThere(c.From), orNotThere(c.To), c.By)...)
		}
	}
	t.Notes = []string{"How well inputs are known is left out, because the central projection has stated values. A setting that several layers change counts to the last."}
	return t
}

func orNotThere(value string) string {
	if value == "" {
		return "not there"
	}
	return value
}

// bridgeSheet has one amount in a row.
func bridgeSheet(b *sensitivity.Bridged) Table {
	t := Table{Sheet: true, Columns: append(append(textColumns("programme", "from", "to", "measure", "of", "step", "kind", "council", "year"), figureColumns("value")...), textColumns("unit", "price_base")...)}
	row := func(step, kind string, a sensitivity.BridgeAmounts) {
		add := func(council, year string, amount decimal.Decimal) {
			cells := texts(b.From.Programme.Name, versionOf(b.From), versionOf(b.To), b.Measure.Name, b.Measure.Of, step, kind, council, year)
			t.add(append(append(cells, penceOf(amount)), texts(unitPounds, b.From.Programme.PriceText(b.Prices))...)...)
		}
		add("all", "all", a.Total)
		for i, council := range a.Cells {
			for k, amount := range council {
				if len(b.Years) > 0 {
					add(b.Councils[i], b.Years[k].String(), amount)
				}
			}
		}
	}
	row(versionOf(b.From), "start", b.Start)
	for _, g := range b.Groups {
		row(g.Name, "change", g.BridgeAmounts)
	}
	row(versionOf(b.To), "end", b.End)
	for i := range t.Rows { // bare figures
		c := &t.Rows[i].Cells[9]
		*c = bareCell(*c.Value, unitPounds)
	}
	return t
}

func versionOf(v *scenario.Version) string { return v.Label() }
