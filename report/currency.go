package report

import (
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// inCurrency says which currency tables are in: that of a programme.
func inCurrency(p *model.Programme, tables ...Table) []Table {
	for i := range tables {
		tables[i].Currency = p.Currency
	}
	return tables
}

// inTheirColumns says which currency tables with a column for each programme are in.
// Where programmes are in different ones, each column is in its own, its heading names
// it, and a note says that nothing is converted.
func inTheirColumns(projections []*montecarlo.Projection, tables []Table) []Table {
	if len(projections) == 0 {
		return tables
	}
	first, mixed := projections[0].Version.Programme, false
	for _, p := range projections {
		mixed = mixed || first.SameCurrency(p.Version.Programme) != nil
	}
	if !mixed {
		return inCurrency(first, tables...)
	}
	for i := range tables {
		if tables[i].Sheet {
			inTheirRows(projections, &tables[i])
			continue
		}
		tables[i].Columns = slices.Clone(tables[i].Columns) // which tables may share
		for k, p := range projections {
			code := p.Version.Programme.Currency
			tables[i].Columns[k+1].Heading += ", " + strings.TrimSpace(words.CurrencySign(code))
			for _, row := range tables[i].Rows {
				if k+1 < len(row.Cells) {
					row.Cells[k+1].inCurrency(code)
				}
			}
		}
		tables[i].Notes = append(tables[i].Notes, "These programmes are in different currencies. Each column is in its own, and nothing is converted: amounts of two currencies can be neither compared nor added.")
	}
	return tables
}

// inTheirRows writes the rows of a sheet, each of which begins with the name of a
// programme, in the currency of that.
func inTheirRows(projections []*montecarlo.Projection, t *Table) {
	for _, row := range t.Rows {
		for _, p := range projections {
			if p.Version.Programme.Name == row.Cells[0].Text && p.Version.Programme.Currency != "" {
				for k := range row.Cells {
					row.Cells[k].inCurrency(p.Version.Programme.Currency)
				}
				break
			}
		}
	}
}

// inTheirCurrency writes tables in their currencies. They are made with the pound sign
// in the place of the sign of the currency, and GBP in that of its code, which is all
// that there is to change: see words.In. Tables in pounds sterling stay as they are.
func inTheirCurrency(tables []Table) []Table {
	tables = slices.Clone(tables)
	for i := range tables {
		if tables[i].Currency != "" {
			tables[i] = tables[i].written()
		}
	}
	return tables
}

// written is a table in its currency.
func (t Table) written() Table {
	in := func(lines []string) []string {
		lines = slices.Clone(lines)
		for i := range lines {
			lines[i] = words.In(t.Currency, lines[i])
		}
		return lines
	}
	t.Title, t.About, t.Notes, t.more = words.In(t.Currency, t.Title), in(t.About), in(t.Notes), in(t.more)
	t.Columns, t.Rows = slices.Clone(t.Columns), slices.Clone(t.Rows)
	for i := range t.Columns {
		heading := words.In(t.Currency, t.Columns[i].Heading)
		t.Columns[i].Heading = strings.ReplaceAll(heading, "_"+unitPounds, "_"+t.Currency) // of a sheet with a column for each figure
	}
	for i := range t.Rows {
		row := &t.Rows[i]
		row.Heading, row.Cells = words.In(t.Currency, row.Heading), slices.Clone(row.Cells)
		for j := range row.Cells {
			row.Cells[j].inCurrency(t.Currency)
		}
	}
	return t
}

// inCurrency writes a cell in a currency.
func (c *Cell) inCurrency(code string) {
	for _, text := range []*string{&c.Text, &c.Unit} {
		if *text == unitPounds && code != "" {
			*text = code
		}
		*text = words.In(code, *text)
	}
}
