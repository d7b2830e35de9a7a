package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// Format is a way to write tables.
type Format string

// The formats.
const (
	Terminal Format = "table"    // aligned text that fits a width
	Markdown Format = "markdown" // for a paper or a web page
	CSV      Format = "csv"      // the figures themselves, for a spreadsheet
	JSON     Format = "json"     // every cell with its value, unit and status
	HTML     Format = "html"     // a piece of a page, which package report/html makes the rest of
)

// Options say how tables are written. The zero value fits text to 120
// characters.
type Options struct {
	Width int  // of a line of text, in characters; 0 means 120
	Wide  bool // shows columns of detail too, in text, Markdown and HTML
}

// Write writes the tables of a page in a format.
//
// Text fits the width: the first columns of words are broken into lines, and a
// table that is still too wide is divided into parts that repeat them. Columns of
// detail are left out of text, Markdown and HTML unless they are asked for, and a note
// says so; another says where parts do not add up to their total as they are shown.
// CSV and JSON have every column; CSV has the tables marked with
// Table.Sheet if there are any, and the others otherwise.
func Write(w io.Writer, f Format, o Options, tables ...Table) error {
	if w == nil {
		return errors.New("there is no writer to write the tables to")
	}
	out := bufio.NewWriter(w)
	var err error
	switch f {
	case Terminal:
		err = writeText(out, o, printable(inTheirCurrency(withRounding(forPeople(tables)))))
	case Markdown:
		writeMarkdown(out, o, printable(inTheirCurrency(withRounding(forPeople(tables)))))
	case CSV:
		err = writeCSV(out, printable(inTheirCurrency(tables)))
	case HTML:
		err = writeHTML(out, o, printable(inTheirCurrency(withRounding(forPeople(tables)))))
	case JSON:
		err = writeJSON(out, withoutNegativeZero(inTheirCurrency(withRounding(forPeople(tables)))))
	default:
		err = fmt.Errorf("tables cannot be written as %q: choose table, markdown, csv, json or html", f)
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// writeJSON writes tables as JSON.
func writeJSON(w io.Writer, tables []Table) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(withoutNegativeZero(tables)); err != nil {
		return err
	}
	_, err := w.Write(words.PrintableJSON(b.Bytes()))
	return err
}

// printable are tables none of whose texts a terminal would obey or that turns the
// direction of what stands beside it, whoever wrote it.
func printable(tables []Table) []Table {
	var all []Table
	for _, t := range tables {
		t.Title, t.About = words.Printable(t.Title), printableTexts(t.About)
		t.Notes, t.more = printableTexts(t.Notes), printableTexts(t.more)
		t.Columns = slices.Clone(t.Columns)
		for i := range t.Columns {
			t.Columns[i].Heading = words.Printable(t.Columns[i].Heading)
		}
		t.Rows = slices.Clone(t.Rows)
		for n := range t.Rows {
			row := &t.Rows[n]
			row.Heading, row.Cells = words.Printable(row.Heading), slices.Clone(row.Cells)
			for i := range row.Cells {
				row.Cells[i].Text, row.Cells[i].Unit = words.Printable(row.Cells[i].Text), words.Printable(row.Cells[i].Unit)
			}
		}
		all = append(all, t)
	}
	return all
}

func printableTexts(texts []string) []string {
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = words.Printable(text)
	}
	return all
}

// forPeople leaves out the tables for a spreadsheet.
func forPeople(tables []Table) []Table {
	return slices.DeleteFunc(slices.Clone(tables), func(t Table) bool { return t.Sheet })
}

// withoutNegativeZero are tables none of whose figures is -0, which is how a
// computer writes nothing times -1.
func withoutNegativeZero(tables []Table) []Table {
	for i, t := range tables {
		t.Rows = slices.Clone(t.Rows)
		for n, row := range t.Rows {
			row.Cells = slices.Clone(row.Cells)
			for k := range row.Cells {
				c := &row.Cells[k]
				for _, v := range []**float64{&c.Value, &c.StdErr, &c.Low, &c.High} {
					if *v != nil {
						bare := signless(**v)
						*v = &bare
					}
				}
			}
			t.Rows[n] = row
		}
		tables[i] = t
	}
	return tables
}

// shown returns the columns that people see, and what says that some are left
// out.
func (t *Table) shown(o Options) (columns []int, note string) {
	for i, c := range t.Columns {
		if o.Wide || !c.Detail {
			columns = append(columns, i)
		}
	}
	switch hidden := len(t.Columns) - len(columns); hidden {
	case 0:
	case 1:
		note = "1 column is left out: --wide shows it."
	default:
		note = fmt.Sprintf("%d columns are left out: --wide shows them.", hidden)
	}
	return columns, note
}
