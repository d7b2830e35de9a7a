package report

import (
	"cmp"
	"encoding/csv"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// writeCSV writes the tables for a spreadsheet if there are any, and otherwise
// all, an empty line between two.
func writeCSV(w io.Writer, tables []Table) error {
	if slices.ContainsFunc(tables, func(t Table) bool { return t.Sheet }) {
		tables = slices.DeleteFunc(slices.Clone(tables), func(t Table) bool { return !t.Sheet })
	}
	out := csv.NewWriter(w)
	for i, t := range tables {
		if i > 0 {
			out.Flush()
			if _, err := io.WriteString(w, "\n"); err != nil {
				return err
			}
		}
		for _, record := range t.records() {
			for i := range record {
				record[i] = words.OneLine(record[i])
			}
			if err := out.Write(record); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// records are the heading and the rows of a table for CSV.
func (t *Table) records() [][]string {
	switch {
	case t.Sheet:
		return t.fieldByField()
	case slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Heading != "" }):
		return t.headingsInAColumn()
	}
	return t.withUnits()
}

// withUnits writes figures with their units; where rows are details of others, the
// level of each stands last.
func (t *Table) withUnits() [][]string {
	if slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Indent > 0 || r.Level != "" }) {
		return t.withLevels().withUnits()
	}
	if t.oneUnitAColumn() {
		return t.unitsInHeadings()
	}
	return t.unitsInAColumn()
}

// withLevels is a table with the level of each row in a column before the figures.
func (t *Table) withLevels() *Table {
	left := max(1, slices.IndexFunc(t.Columns, func(c Column) bool { return !c.Text }))
	more := *t
	more.Columns = slices.Insert(slices.Clone(t.Columns), left, textColumns("level")...)
	more.Rows = nil
	parents := labels{}
	for _, row := range t.Rows {
		cells := slices.Clone(row.Cells)
		for len(cells) < left {
			cells = append(cells, Cell{})
		}
		level := cmp.Or(row.Level, levelFigure)
		if row.Level == "" && row.Indent > 0 {
			level = levelDetail
		}
		cells[0] = parents.label(row)
		more.Rows = append(more.Rows, Row{Cells: slices.Insert(cells, left, text(level))})
	}
	return &more
}

// headingsInAColumn writes the heading above each row beside it, in the first
// column, so that every record is a row.
func (t *Table) headingsInAColumn() [][]string {
	rest := *t
	rest.Rows = nil
	heading, headings := "", []string{"part"}
	oneUnit := t.oneUnitAColumn()
	for _, row := range t.Rows {
		if row.Heading != "" {
			heading = row.Heading
			continue
		}
		rest.Rows = append(rest.Rows, row)
		records := 1
		if !oneUnit {
			records = max(1, len(unitsOf(row.Cells))) * len(held(row.Cells))
		}
		for range records {
			headings = append(headings, heading)
		}
	}
	all := rest.withUnits()
	for i := range all {
		all[i] = slices.Insert(all[i], 0, words.Safe(headings[i]))
	}
	return all
}

// named are the headings with a name where a page needs none: a pivot table takes no
// column without one.
func (t *Table) named() []string {
	all := t.headings()
	for i, c := range t.Columns {
		switch {
		case all[i] != "":
		case i == 0:
			all[i] = "item"
		case c.Text:
			all[i] = "text"
		default:
			all[i] = "figure"
		}
	}
	return all
}

// fieldByField gives each cell one field.
func (t *Table) fieldByField() [][]string {
	records := [][]string{safe(t.named())}
	for _, row := range t.Rows {
		record := make([]string, len(t.Columns))
		for i := range record {
			record[i] = field(row.cell(i))
		}
		records = append(records, record)
	}
	return records
}

// field is a cell: the figure itself, or words that no spreadsheet takes for a
// formula.
func field(c Cell) string {
	if c.Value != nil {
		return bare(*c.Value)
	}
	return wordsOf(c)
}

// wordsOf are the words of a cell; none where a dash says that there is no
// figure.
func wordsOf(c Cell) string {
	if c.Text == noFigure {
		return ""
	}
	return words.Safe(c.Text)
}

// bare writes a figure to a millionth of its unit, so that pence are exact. What
// rounds to nothing has no sign.
func bare(v float64) string {
	return strconv.FormatFloat(signless(math.Round(v*1e6)/1e6), 'f', -1, 64)
}

// signless is 0 for -0, and any other figure itself.
func signless(v float64) float64 {
	if v == 0 {
		return 0
	}
	return v
}

// safe are words that no spreadsheet takes for a formula.
func safe(all []string) []string {
	for i, s := range all {
		all[i] = words.Safe(s)
	}
	return all
}

// facet is one of the figures that a cell may hold.
type facet struct {
	name string // after the heading or the label
	of   func(Cell) *float64
}

var facets = []facet{
	{"", func(c Cell) *float64 { return c.Value }},
	{", low", func(c Cell) *float64 { return c.Low }},
	{", high", func(c Cell) *float64 { return c.High }},
	{", standard error", func(c Cell) *float64 { return c.StdErr }},
}

// held are the facets that any of some cells has; the first if none has any.
func held(cells []Cell) []facet {
	var all []facet
	for _, f := range facets {
		if slices.ContainsFunc(cells, func(c Cell) bool { return f.of(c) != nil }) {
			all = append(all, f)
		}
	}
	if len(all) == 0 {
		return facets[:1]
	}
	return all
}

// in is the field of a cell for a facet. Words stand where the first would.
func (f facet) in(c Cell, first bool) string {
	if v := f.of(c); v != nil {
		return bare(*v)
	}
	if first && c.Unit == "" {
		return wordsOf(c)
	}
	return ""
}

// column are the cells of a column.
func (t *Table) column(i int) []Cell {
	var cells []Cell
	for _, row := range t.Rows {
		if row.Heading == "" {
			cells = append(cells, row.cell(i))
		}
	}
	return cells
}

// unitsOf are the units of cells, without repetition.
func unitsOf(cells []Cell) []string {
	var all []string
	for _, c := range cells {
		if c.Unit != "" && !slices.Contains(all, c.Unit) {
			all = append(all, c.Unit)
		}
	}
	return all
}

// oneUnitAColumn reports whether the figures of each column have one unit.
func (t *Table) oneUnitAColumn() bool {
	for i := range t.Columns {
		if len(unitsOf(t.column(i))) > 1 {
			return false
		}
	}
	return true
}

// unitsInHeadings writes a field for every figure of a cell, with its unit in
// the heading.
func (t *Table) unitsInHeadings() [][]string {
	var heading []string
	names := t.named()
	columns := make([][]facet, len(t.Columns))
	for i := range t.Columns {
		cells := t.column(i)
		columns[i] = held(cells)
		unit := ""
		for _, u := range unitsOf(cells) {
			unit = " (" + u + ")"
		}
		for _, f := range columns[i] {
			heading = append(heading, words.Safe(names[i]+f.name+unit))
		}
	}
	records := [][]string{heading}
	parents := labels{}
	for _, row := range t.Rows {
		record := make([]string, 0, len(heading))
		for i, facets := range columns {
			cell := row.cell(i)
			if i == 0 {
				cell = parents.label(row)
			}
			for n, f := range facets {
				record = append(record, f.in(cell, n == 0))
			}
		}
		records = append(records, record)
	}
	return records
}

// unitsInAColumn writes a row for every unit and figure that the cells of a row
// hold, with the unit in a column after the words on the left.
func (t *Table) unitsInAColumn() [][]string {
	left := slices.IndexFunc(t.Columns, func(c Column) bool { return !c.Text })
	headings := safe(t.named())
	records := [][]string{slices.Insert(headings, left, "unit")}
	parents := labels{}
	for _, row := range t.Rows {
		label := parents.label(row)
		units := unitsOf(row.Cells)
		if len(units) == 0 {
			units = []string{""}
		}
		for _, unit := range units {
			for n, f := range held(row.Cells) {
				record := []string{words.Safe(label.Text + f.name)}
				for i := 1; i < left; i++ {
					record = append(record, wordsOf(row.cell(i)))
				}
				record = append(record, unit)
				for i := left; i < len(t.Columns); i++ {
					value := ""
					if c := row.cell(i); c.Unit == unit || c.Unit == "" && unit == units[0] {
						value = f.in(c, n == 0)
					}
					record = append(record, value)
				}
				records = append(records, record)
			}
		}
	}
	return records
}

// labels knows the label of the row that a part belongs to.
type labels struct{ whole string }

// label is the first cell of a row; of a part, with what it is a part of before
// it.
func (l *labels) label(row Row) Cell {
	if row.Heading != "" {
		return text(row.Heading)
	}
	c := row.cell(0)
	if row.Indent == 0 {
		l.whole = c.Text
	} else if l.whole != "" {
		c.Text = l.whole + ": " + c.Text
	}
	return c
}
