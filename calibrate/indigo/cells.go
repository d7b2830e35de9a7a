package indigo

import (
	"fmt"
	"slices"
	"strings"
)

// row is one row of a sheet while it is read.
type row struct {
	cells
	s    *sheet
	data *Dataset
}

// whole reports whether the row's fields can be matched to columns.
func (w row) whole() bool {
	columns, fields := len(w.s.header), len(w.text)
	filled := func(text string) bool { return strings.TrimSpace(text) != "" }
	switch {
	case !slices.ContainsFunc(w.text, filled):
		w.leaveOut("", "", "it is empty")
		return false
	case fields > columns && slices.ContainsFunc(w.text[columns:], filled):
		w.leaveOut("", strings.Join(w.text, ","), fmt.Sprintf("it has %d fields for %d columns: put quotation marks around a text that has a comma in it", fields, columns))
		return false
	case fields < columns:
		w.repair("", "", "", fmt.Sprintf("it has %d fields for %d columns: the missing ones are read as empty", fields, columns))
	}
	return true
}

// repair adds a repair of a column.
func (w row) repair(column, given, made, problem string) {
	w.data.Repairs = append(w.data.Repairs, Repair{File: w.s.file, Row: w.row, Column: w.label(column), Letter: w.letter(column), Given: given, Made: made, Problem: problem})
}

// leaveOut adds that the row as a whole is left out.
func (w row) leaveOut(column, given, problem string) {
	w.data.Repairs = append(w.data.Repairs, Repair{File: w.s.file, Row: w.row, Column: w.label(column), Letter: w.letter(column), Given: given, Problem: problem, LeftOut: true})
}

// label is a column's name in the file.
func (w row) label(column string) string {
	if i, ok := w.s.column[canon(column)]; ok && column != "" {
		return strings.TrimSpace(w.s.header[i])
	}
	return column
}

// letter is a column's letter in a spreadsheet: A, Z, AA.
func (w row) letter(column string) string {
	i, ok := w.s.column[canon(column)]
	if !ok || column == "" {
		return ""
	}
	letters := ""
	for n := i + 1; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return letters
}

// get returns the text in a column, without spaces around it; empty if the file
// has no such column.
func (w row) get(column string) string {
	i, ok := w.s.column[canon(column)]
	if !ok || i >= len(w.text) {
		return ""
	}
	return strings.TrimSpace(w.text[i])
}

// both joins the texts in two columns.
func (w row) both(a, b, between string) string {
	first, second := w.get(a), w.get(b)
	if first == "" || second == "" {
		return first + second
	}
	return first + between + second
}

// id returns an id in small letters: the export sometimes uses capitals.
func (w row) id(column string) string {
	given := w.get(column)
	made := strings.ToLower(strings.Join(strings.Fields(given), " "))
	if given != made {
		w.repair(column, given, made, "ids are in small letters")
	}
	return made
}

// ids returns the items of a list, which may or may not have spaces after its
// commas.
func (w row) ids(column string) []string {
	var all []string
	for id := range strings.SplitSeq(w.get(column), ",") {
		if id = strings.TrimSpace(id); id != "" {
			all = append(all, id)
		}
	}
	return all
}

// when returns a date.
func (w row) when(column string) Period {
	given := w.get(column)
	if given == "" {
		return Period{}
	}
	date, made, ok := parseDate(given)
	if !ok {
		w.repair(column, given, "", "it is not a date such as 2021, 2021-07 or 2021-07-01")
		return Period{}
	}
	if made != "" {
		w.repair(column, given, made, "a spreadsheet has rewritten the month")
	}
	return date
}

// period returns the period between the two columns of a period.
func (w row) period() Period {
	p := Period{From: w.when(periodStart).From}
	end := w.get(periodEnd)
	if strings.EqualFold(end, "current") {
		p.Open = true
		return p
	}
	p.To = w.when(periodEnd).To
	if !p.From.IsZero() && !p.To.IsZero() && p.To.Before(p.From) {
		w.repair(periodEnd, w.get(periodStart)+" to "+end, "", "the period ends before it begins, so the row is kept without a period")
		return Period{}
	}
	return p
}
