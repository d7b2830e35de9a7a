package xlsx

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// A workbook is described before it is written: sheets of one table each, whose rows
// are cells with a value or a formula. Formulas name cells by the places that the
// description hands out, so that no address stands anywhere else.

// book is a workbook that is being described.
type book struct {
	sheets []*sheet
	pasted []pasted // what is not worked out in the workbook
}

// sheet is one sheet with one table, which begins in column A.
type sheet struct {
	name  string   // one word, so that formulas need no quotes
	title string   // in A1
	about []string // below it, one line each
	table string   // name of the table
	heads []string // its columns
	wide  []int    // widths of columns, once they are known
	rows  [][]cell
	axis  bool // whether its columns from firstQuarter on are the quarters
	draw  []chart
}

// cell is one cell: a text or a number and, where it is worked out, its formula.
type cell struct {
	value   any    // string, float64; nil until a formula is worked out
	formula string // without the equals sign
	format  format
}

// format is how a number is shown.
type format int

const (
	plain       format = iota
	whole              // whole numbers with thousands separated, as of pence
	pounds             // an amount in the currency to the penny
	percent            // a share with four decimals
	factor             // six decimals
	weeks              // expected weeks or units, two decimals
	calendarDay        // a day
)

// pasted is what a sheet has as a value where a formula cannot work it out.
type pasted struct{ what, why string }

// paste records that something is a value of the engine and does not follow inputs.
func (b *book) paste(what, why string, values ...any) {
	b.pasted = append(b.pasted, pasted{what, fmt.Sprintf(why, values...)})
}

// sheet adds a sheet with the columns of its table.
func (b *book) sheet(name, title string, heads []string, about ...string) *sheet {
	s := &sheet{name: name, title: title, about: about, table: "T" + name, heads: heads}
	b.sheets = append(b.sheets, s)
	return s
}

// first is the number of the first row below the heads, counted from 1: title, lines
// about it, an empty row, heads.
func (s *sheet) first() int { return len(s.about) + 4 }

// add adds a row and returns its number, counted from 1.
func (s *sheet) add(cells ...cell) int {
	s.rows = append(s.rows, cells)
	return s.first() + len(s.rows) - 1
}

// at is the address of a cell for formulas, fixed in both directions. Columns are
// counted from 0.
func (s *sheet) at(column, row int) string {
	return fmt.Sprintf("%s!$%s$%d", s.name, letters(column), row)
}

// letters is the name of a column, counted from 0.
func letters(column int) string {
	name, err := excelize.ColumnNumberToName(column + 1)
	if err != nil {
		panic(err) // more than 16,384 columns: a programme has 400 quarters at most
	}
	return name
}

// text, number and formula are cells.
func text(s string) cell { return cell{value: safe(s)} }

func texts(all ...string) []cell {
	var cells []cell
	for _, s := range all {
		cells = append(cells, text(s))
	}
	return cells
}

func number(v float64, f format) cell { return cell{value: v, format: f} }

func formula(f format, text string, values ...any) cell {
	return cell{formula: fmt.Sprintf(text, values...), format: f}
}

// safe is a text that no spreadsheet takes for a formula, as in the CSV files of the
// command.
func safe(s string) string { return words.Safe(strings.TrimSpace(s)) }
