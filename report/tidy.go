package report

import (
	"strconv"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Tidy tables: one figure in a row, with what it is of in columns beside it, its unit and
// how it was made. They are what CSV has of pages that set offers, programmes or quarters
// side by side; R and Python read them as they are.

// tidyColumns are those of a figure, after the columns that say what it is of.
func tidyColumns(of ...string) []Column {
	return append(textColumns(of...), append(figureColumns("value", "low", "high"), textColumns("words", "unit")...)...)
}

// tidyCells are a figure: its value or the ends of its range, or words where it has none.
func tidyCells(c Cell) []Cell {
	said := ""
	if c.Value == nil && c.Low == nil {
		said = wordsOf(c)
	}
	bound := func(v *float64) Cell { return orNothing(v, c.Unit) }
	return []Cell{bound(c.Value), bound(c.Low), bound(c.High), text(said), text(c.Unit)}
}

// bidSheet has a row for each figure of each offer and case, and for each input in which
// offers differ.
func bidSheet(offers []Offer, side Table, differ Table) Table {
	t := Table{Sheet: true, Columns: append(tidyColumns("offer", "programme", "case", "part", "item"), textColumns("replications", "seed", "price_base")...)}
	part := ""
	for _, row := range side.Rows {
		if row.Heading != "" {
			part = row.Heading
			continue
		}
		for k, o := range offers {
			cells := append(texts(o.Name, o.programme().Name, row.Cells[1].Text, part, row.Cells[0].Text), tidyCells(row.Cells[2+k])...)
			c := o.Results[0].Conventions
			t.add(append(cells, append(runCells(c), text(c.PriceBase))...)...)
		}
	}
	for _, row := range differ.Rows {
		for k, o := range offers {
			cells := append(texts(o.Name, o.programme().Name, o.Cases[0], differ.Title, row.Cells[0].Text), tidyCells(row.Cells[1+k])...)
			t.add(append(cells, Cell{}, Cell{}, text(o.Results[0].Conventions.PriceBase))...)
		}
	}
	return t
}

// benchmarkSheet has a row for each figure of each programme.
func benchmarkSheet(projections []*montecarlo.Projection, tables ...Table) Table {
	t := Table{Sheet: true, Columns: append(tidyColumns("programme", "case", "part", "item"), textColumns("status", "price_base")...)}
	for i, part := range []string{"published", "modelled"} {
		parents := labels{}
		for _, row := range tables[i].Rows {
			item := parents.label(row).Text
			for k, p := range projections {
				c := row.Cells[1+k]
				if c.Text == noFigure {
					continue
				}
				v, base := p.Version, ""
				if part == "modelled" {
					base = v.Programme.PriceText(p.Prices) // published amounts are those of their day
				}
				t.add(append(append(texts(v.Programme.Name, v.Name(), part, item), tidyCells(c)...), texts(c.Status, base)...)...)
			}
		}
	}
	return t
}

// backtestSheet has a row for each figure of each fit as a whole, and then for each figure
// of each of its quarters. A fit that was refused has no quarters.
func backtestSheet(b *calibrate.Backtest) Table {
	t := Table{Sheet: true, Columns: append(
		textColumns("programme", "case", "fitted_to", "input", "verdict", "quarter", "held_out", "seen", "measure"),
		append(figureColumns("value"), textColumns("unit", "replications", "seed")...)...)}
	for _, f := range b.Fits {
		of := texts(b.Version.Programme.Name, b.Version.Name(), f.FittedTo.String(), f.Input, verdict(f))
		add := func(quarter []Cell, measure string, value *float64, unit string) {
			if value == nil {
				return
			}
			cells := append(append(append([]Cell{}, of...), quarter...), text(measure), bareCell(*value, unit), text(unit))
			t.add(append(cells, texts(strconv.Itoa(b.Replications), strconv.FormatUint(b.Seed, 10))...)...)
		}
		whole := texts("", "", "")
		add(whole, "multiplier", &f.Multiplier, unitName(montecarlo.Ratio))
		add(whole, "typical error", &f.Typical, unitShare)
		add(whole, "chance of typical error", f.Stray, unitName(montecarlo.Probability))
		for _, q := range f.Quarters {
			quarter := texts(q.Quarter.String(), strconv.FormatBool(q.Held), trueFalse(seen(b, q.Quarter)))
			add(quarter, "actual", &q.Actual, unitPounds)
			add(quarter, "modelled", &q.Modelled, unitPounds)
			add(quarter, "error", q.Error, unitShare)
			add(quarter, "range low 5%", q.Low, unitPounds)
			add(quarter, "range high 95%", q.High, unitPounds)
			add(quarter, "inside the range", oneOrZero(q.Inside), unitName(montecarlo.Probability))
		}
	}
	return t
}

// oneOrZero is 1 for true and 0 for false.
func oneOrZero(b *bool) *float64 {
	if b == nil {
		return nil
	}
	v := 0.0
	if *b {
		v = 1
	}
	return &v
}
