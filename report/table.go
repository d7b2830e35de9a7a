package report

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Table is rows of text under column headings. The first column is text, the
// others figures; a row with one cell is a sub-heading.
type Table struct {
	Title string
	// Columns are headings; one may have several lines.
	Columns []string
	Rows    [][]string
	Notes   []string
	// Text is how many columns from the left hold text; 0 means 1.
	Text int
	// Width is the number of characters at which their text is broken into
	// lines, if Text is given; 0 means 56.
	Width int
}

// Add adds a row.
func (t *Table) Add(cells ...string) { t.Rows = append(t.Rows, cells) }

// Format is a way to write tables.
type Format string

// The formats.
const (
	Terminal Format = "table"
	Markdown Format = "markdown"
	CSV      Format = "csv"
	JSON     Format = "json"
)

// Write writes tables in a format: aligned text, Markdown or CSV. JSON is not a
// format for tables: marshal the result instead.
func Write(w io.Writer, f Format, tables ...Table) error {
	out := bufio.NewWriter(w)
	for i, t := range tables {
		if i > 0 {
			fmt.Fprintln(out)
		}
		var err error
		switch f {
		case Terminal:
			err = t.text(out)
		case Markdown:
			t.markdown(out)
		case CSV:
			err = t.csv(out)
		default:
			err = fmt.Errorf("report: tables cannot be written as %q: choose table, markdown or csv", f)
		}
		if err != nil {
			return err
		}
	}
	return out.Flush()
}

// text writes the table with figures aligned to the right.
func (t *Table) text(w io.Writer) error {
	if t.Title != "" {
		fmt.Fprintf(w, "%s\n\n", t.Title)
	}
	widths := t.widths()
	line := func(cells []string) {
		if len(cells) == 1 {
			fmt.Fprintln(w, cells[0])
			return
		}
		for _, cells := range t.wrapped(cells) {
			var b strings.Builder
			for i, cell := range cells {
				pad := strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(cell)))
				if i < t.textColumns() {
					cell, pad = pad, cell
				}
				b.WriteString(pad + cell + "  ")
			}
			fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
		}
	}
	if strings.Join(t.Columns, "") != "" {
		for _, cells := range t.headings() {
			line(cells)
		}
	}
	for i, row := range t.Rows {
		if len(row) == 1 && i > 0 {
			fmt.Fprintln(w)
		}
		line(row)
	}
	for i, note := range t.Notes {
		if i == 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintln(w, wrap(note, 100, "  "))
	}
	return nil
}

// headings are the lines of the column headings; the last of each stands on the
// last line.
func (t *Table) headings() [][]string {
	most := 1
	for _, column := range t.Columns {
		most = max(most, strings.Count(column, "\n")+1)
	}
	lines := make([][]string, most)
	for _, column := range t.Columns {
		parts := strings.Split(column, "\n")
		for i := range lines {
			part := ""
			if k := i - most + len(parts); k >= 0 {
				part = parts[k]
			}
			lines[i] = append(lines[i], part)
		}
	}
	return lines
}

// most is how many characters a line of the tables for investors has.
const most = 110

// fitted divides a table that is too wide into several, each with the columns of
// text and about as many of the others. The first has the title and the last the
// notes.
func (t *Table) fitted() []Table {
	tables, figures := t.divided(len(t.Columns)), len(t.Columns)-t.textColumns()
	if len(tables) < 2 {
		return []Table{*t}
	}
	tables = t.divided((figures + len(tables) - 1) / len(tables))
	tables[0].Title, tables[len(tables)-1].Notes = t.Title, t.Notes
	return tables
}

// divided gives each part as many columns of figures as have room, up to a number.
func (t *Table) divided(each int) []Table {
	var tables []Table
	widths, text := t.widths(), t.textColumns()
	room := most
	for _, width := range widths[:text] {
		room -= width + 2
	}
	for from := text; from < len(widths); {
		to, used := from+1, widths[from]
		for to < len(widths) && to-from < each && used+2+widths[to] <= room {
			used += 2 + widths[to]
			to++
		}
		tables = append(tables, t.part(from, to))
		from = to
	}
	return tables
}

// part is the columns of text with some of the others.
func (t *Table) part(from, to int) Table {
	cut := func(row []string) []string {
		if len(row) == 1 {
			return row
		}
		return slices.Concat(row[:t.textColumns()], row[from:min(to, len(row))])
	}
	some := Table{Columns: cut(t.Columns), Text: t.Text, Width: t.Width}
	for _, row := range t.Rows {
		some.Rows = append(some.Rows, cut(row))
	}
	return some
}

func (t *Table) textColumns() int { return max(1, t.Text) }

// widest is the width at which a column of text is broken into lines.
func (t *Table) widest() int {
	if t.Width > 0 {
		return t.Width
	}
	return 56
}

// wrapped breaks the text of a row into as many lines as it needs.
func (t *Table) wrapped(cells []string) [][]string {
	var lines [][]string
	for i, cell := range cells {
		broken := []string{cell}
		if i < t.textColumns() && t.Text > 0 {
			text := strings.TrimLeft(cell, " ")
			indent := cell[:len(cell)-len(text)]
			if i == 0 {
				text = wrap(text, t.widest()-len(indent), indent+"  ")
			} else {
				text = wrap(text, t.widest(), "")
			}
			broken = strings.Split(indent+text, "\n")
		}
		for n, text := range broken {
			if n == len(lines) {
				lines = append(lines, make([]string, len(cells)))
			}
			lines[n][i] = text
		}
	}
	return lines
}

// widths is the widest cell of every column, sub-headings apart.
func (t *Table) widths() []int {
	var widths []int
	for _, row := range slices.Concat(t.headings(), t.Rows) {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			if len(row) == 1 {
				continue
			}
			width := utf8.RuneCountInString(cell)
			if i < t.textColumns() && t.Text > 0 {
				width = min(width, t.widest())
			}
			widths[i] = max(widths[i], width)
		}
	}
	return widths
}

// wrap breaks text into lines of at most width characters, each but the first
// after an indent.
func wrap(text string, width int, indent string) string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimLeft(line+" "+word, " ")
	}
	return strings.Join(append(lines, line), "\n"+indent)
}

func (t *Table) markdown(w io.Writer) {
	if t.Title != "" {
		fmt.Fprintf(w, "**%s**\n\n", escape(t.Title))
	}
	columns := len(t.Columns)
	line := func(cells []string) {
		for _, cell := range cells {
			text := strings.TrimLeft(cell, " ")
			fmt.Fprintf(w, "| %s%s ", strings.Repeat("&nbsp;", len(cell)-len(text)), escape(text))
		}
		fmt.Fprintln(w, "|")
	}
	line(t.Columns)
	for i := range t.Columns {
		if i < t.textColumns() {
			fmt.Fprint(w, "| --- ")
		} else {
			fmt.Fprint(w, "| ---: ")
		}
	}
	fmt.Fprintln(w, "|")
	for _, row := range t.Rows {
		if len(row) == 1 {
			fmt.Fprintf(w, "| **%s** %s|\n", escape(row[0]), strings.Repeat("| ", columns-1))
			continue
		}
		line(row)
	}
	for _, note := range t.Notes {
		fmt.Fprintf(w, "\n%s\n", escape(note))
	}
}

// escape keeps text from being read as Markdown or HTML.
func escape(text string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", ">", "&gt;", "*", `\*`, "_", `\_`, "\n", " ").Replace(text)
}

// bare takes from a figure what a spreadsheet would not read as a number.
var bare = strings.NewReplacer("£", "", ",", "")

func (t *Table) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := slices.Concat([][]string{t.Columns}, t.Rows)
	for n, row := range rows {
		safe := make([]string, len(t.Columns))
		for i, cell := range row {
			if n == 0 || i < t.textColumns() {
				safe[i] = Safe(strings.ReplaceAll(cell, "\n", " "))
			} else {
				safe[i] = bare.Replace(cell)
			}
		}
		if err := out.Write(safe); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Safe returns text that a spreadsheet will not take for a formula.
func Safe(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}
