package report

import "strings"

// Table is rows of typed cells under column headings. Every table can be written
// by [Write] in each [Format].
type Table struct {
	Title string `json:"title,omitempty"`
	// About are lines below the title that say what the figures rest on: the
	// case, the replications, the prices.
	About   []string `json:"about,omitempty"`
	Columns []Column `json:"columns"`
	Rows    []Row    `json:"rows"`
	// Currency is the code of the currency of its amounts; empty for pounds sterling.
	// Texts and units of cells have the pound sign and GBP in its place, until [Write]
	// writes them.
	Currency string `json:"currency,omitempty"`
	// Notes say how the table is to be read, one paragraph each.
	Notes []string `json:"notes,omitempty"`
	// more says by which flags of the command more is shown. A page or a committee paper
	// has no flags, and leaves it out.
	more []string
	// Sheet marks a table for a spreadsheet, with one figure or one thing in a
	// row and its unit beside it or in the heading. CSV writes the tables of a
	// page that are marked and leaves the others out; the other formats do the
	// opposite.
	Sheet bool `json:"-"`
	// narrow marks a table whose lines have at most 100 characters, however wide the
	// page is: a first screen.
	narrow bool
}

// Column is the heading of a column and what stands below it.
type Column struct {
	Heading string `json:"heading"`
	// Text says that the column holds words: it is aligned to the left and
	// broken into lines where it is too wide. Other columns hold figures.
	Text bool `json:"text,omitempty"`
	// Detail says that the column may be left out: people see it only if they
	// ask for every column with [Options].
	Detail bool `json:"detail,omitempty"`
}

// Row is a line of a table: a heading for the rows below it, or cells.
type Row struct {
	Heading string `json:"heading,omitempty"`
	// Indent is how far the row stands below the one that it belongs to: 0 for
	// a row of its own, 1 for a part of the last row with 0.
	Indent int `json:"indent,omitempty"`
	// Level says in CSV which rows may be added up, where the indent does not: rows
	// of one level, never rows of two.
	Level string `json:"-"`
	Cells []Cell `json:"cells,omitempty"`
}

// Cell is one entry of a table: the text that people read and, where it is a
// figure, its value as it was worked out, not rounded.
type Cell struct {
	Text string `json:"text,omitempty"` // "£9.12m", "46.8% ± 1.1%", "£6.10m to £6.97m"
	// Value is the figure; nil for words and for a range. A share of 1 is a
	// share: 0.468.
	Value *float64 `json:"value,omitempty"`
	// StdErr is its Monte Carlo standard error, where the text shows it.
	StdErr *float64 `json:"standard_error,omitempty"`
	// Low and High are the ends of a range.
	Low  *float64 `json:"low,omitempty"`
	High *float64 `json:"high,omitempty"`
	// Unit is what the figure is counted in, in plain letters: "GBP", "weeks",
	// "probability".
	Unit string `json:"unit,omitempty"`
	// Decimals is to how many decimals of the value the text is rounded: 2 for
	// pence, 3 for a percentage with one decimal, -3 for thousands of pounds.
	Decimals int `json:"decimals,omitempty"`
	// Status is how far the figure can be relied on: "published", "derived"
	// from what is published, "assumed", or "modelled".
	Status string `json:"status,omitempty"`
}

// textColumns returns columns of words.
func textColumns(headings ...string) []Column {
	var columns []Column
	for _, heading := range headings {
		columns = append(columns, Column{Heading: heading, Text: true})
	}
	return columns
}

// figureColumns returns columns of figures.
func figureColumns(headings ...string) []Column {
	var columns []Column
	for _, heading := range headings {
		columns = append(columns, Column{Heading: heading})
	}
	return columns
}

// add adds a row.
func (t *Table) add(cells ...Cell) { t.Rows = append(t.Rows, Row{Cells: cells}) }

// part adds a row that belongs to the one above it.
func (t *Table) part(cells ...Cell) { t.Rows = append(t.Rows, Row{Indent: 1, Cells: cells}) }

// heading adds a heading for the rows below it.
func (t *Table) heading(heading string) { t.Rows = append(t.Rows, Row{Heading: heading}) }

// modelled says of every figure of tables that has no status that it is
// modelled.
func modelled(tables ...Table) []Table {
	for _, t := range tables {
		for _, row := range t.Rows {
			for i := range row.Cells {
				if c := &row.Cells[i]; c.Status == "" && c.Unit != "" {
					c.Status = statusModelled
				}
			}
		}
	}
	return tables
}

// headings are the column headings in one string each.
func (t *Table) headings() []string {
	var all []string
	for _, c := range t.Columns {
		all = append(all, c.Heading)
	}
	return all
}

// hasHeadings reports whether any column has a heading.
func (t *Table) hasHeadings() bool { return strings.Join(t.headings(), "") != "" }
