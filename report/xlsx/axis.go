package xlsx

import (
	"fmt"
	"strings"
)

// Every sheet with quarters has the same columns: what a row is, of whom, in which
// unit, its total, and then the quarters, so that one column is one quarter all
// through the workbook.

var axisHeads = []string{"row", "of", "council", "unit", "total"}

// firstQuarter is the column of the first quarter, counted from 0.
const firstQuarter = 5

// noTotal stands in the column of totals where a sum would mean nothing.
const noTotal = "no total"

// line is a row over quarters.
type line struct {
	s   *sheet
	row int
	n   int // quarters
}

// at is the address of the line in a quarter, counted from 0; -1 is the column before
// the first.
func (l line) at(q int) string {
	return fmt.Sprintf("%s!%s%d", l.s.name, letters(firstQuarter+q), l.row)
}

// fixed is the address of the line's total.
func (l line) total() string { return l.s.at(firstQuarter-1, l.row) }

// all is the address of all quarters of the line.
func (l line) all() string {
	return fmt.Sprintf("%s!$%s$%d:$%s$%d", l.s.name, letters(firstQuarter), l.row, letters(firstQuarter+l.n-1), l.row)
}

// none reports whether there is no such line.
func (l line) none() bool { return l.s == nil }

// label says what a row is.
type label struct{ what, of, council, unit string }

// over adds a line whose quarters a function gives, with their sum or without.
func (s *sheet) over(n int, as label, sum bool, f format, of func(q int) cell) line {
	l := line{s, s.first() + len(s.rows), n}
	cells := texts(as.what, or(as.of, "all"), or(as.council, "all"), as.unit)
	if sum {
		cells = append(cells, formula(f, "SUM(%s)", strings.ReplaceAll(l.all(), "$", "")))
	} else {
		cells = append(cells, text(noTotal))
	}
	for q := range n {
		c := of(q)
		c.format = f
		cells = append(cells, c)
	}
	s.add(cells...)
	return l
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// values adds a line of numbers.
func (s *sheet) values(as label, sum bool, f format, values []float64) line {
	return s.over(len(values), as, sum, f, func(q int) cell { return number(values[q], f) })
}

// calc adds a line of one formula, copied to the right.
func (s *sheet) calc(n int, as label, sum bool, f format, of func(q int) string) line {
	return s.over(n, as, sum, f, func(q int) cell { return cell{formula: of(q)} })
}

// sumOf adds the sum of lines, which must follow one another on one sheet.
func (s *sheet) sumOf(as label, f format, lines []line) line {
	first, last := lines[0], lines[len(lines)-1]
	return s.calc(first.n, as, true, f, func(q int) string { return "SUM(" + column(first, last, q) + ")" })
}

// column is the cells of a quarter from one line to another.
func column(first, last line, q int) string {
	a, b := first.at(q), last.at(q)
	return a + ":" + b[strings.Index(b, "!")+1:]
}

// fixedColumn is the same, for formulas that are copied downwards.
func fixedColumn(first, last line, q int) string {
	name := letters(firstQuarter + q)
	return fmt.Sprintf("%s!%s$%d:%s$%d", first.s.name, name, first.row, name, last.row)
}

// plus adds addresses up, or is 0.
func plus(all []string) string {
	if len(all) == 0 {
		return "0"
	}
	return strings.Join(all, "+")
}

// added is the sum of some lines in a quarter.
func added(lines []line, q int) string {
	var all []string
	for _, l := range lines {
		all = append(all, l.at(q))
	}
	return plus(all)
}
