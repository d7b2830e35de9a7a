package indigo

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// fault is why a file could not be read at all. Every error of [Read] is one or
// several joined.
type fault struct {
	file string
	// row is the row as a spreadsheet numbers it, the header being row 1; 0 for
	// a fault of the file as a whole.
	row int
	// column is the column wanted, or the place in the row; empty for a fault
	// of the row as a whole.
	column string
	// problem says what was given and what is needed, in a sentence.
	problem string
	// cause is the error that another package gave, if any.
	cause error
}

// Error returns file, row, column and problem on one line.
func (f *fault) Error() string { return place(f.file, f.row, f.column) + ": " + f.problem }

// Unwrap returns the cause.
func (f *fault) Unwrap() error { return f.cause }

// join makes one error of faults; nil if there are none.
func join(faults []*fault) error {
	var errs []error
	for _, f := range faults {
		errs = append(errs, f)
	}
	return errors.Join(errs...)
}

// Repair is something in a file that was not read as it is written: a value that
// was corrected, a value that could not be used, or a row that was left out.
type Repair struct {
	File   string
	Row    int    // as a spreadsheet numbers it, the header being row 1
	Column string // as the file names it; empty where the row as a whole is meant
	Letter string // of the column, as a spreadsheet shows it: J
	Given  string // what is written there
	Made   string // what it was read as; empty if the value could not be used
	// Problem says what is wrong, in a sentence.
	Problem string
	// LeftOut reports that the row as a whole is not in the dataset.
	LeftOut bool
}

// String returns the repair on one line.
func (r Repair) String() string {
	column := r.Column
	if r.Letter != "" {
		column += " (column " + r.Letter + ")"
	}
	at := place(r.File, r.Row, column) + ": "
	switch {
	case r.LeftOut:
		return at + "the row is left out: " + r.Problem
	case r.Made != "":
		return at + quote(r.Given) + " read as " + quote(r.Made) + ": " + r.Problem
	case r.Given != "":
		return at + quote(r.Given) + " not used: " + r.Problem
	}
	return at + r.Problem
}

// Note is something in the data that cannot be repaired but that users of them
// should know: figures that disagree, periods that overlap, a unit that cannot be
// right.
type Note struct {
	Project string // id; empty for a note on a file
	File    string // which it is in, if only one
	Row     int    // as a spreadsheet numbers it; 0 if in several rows
	Text    string
}

// String returns the note on one line.
func (n Note) String() string {
	var at []string
	if n.Project != "" {
		at = append(at, n.Project)
	}
	if n.File != "" {
		at = append(at, place(n.File, n.Row, ""))
	}
	return clean(strings.Join(append(at, n.Text), ": "))
}

// place is file:row:column, as much of it as there is.
func place(file string, row int, column string) string {
	at := file
	if row > 0 {
		at += ":" + strconv.Itoa(row)
		if column != "" {
			at += ":" + column
		}
	} else if column != "" {
		at += ": " + column
	}
	return strings.Map(func(r rune) rune {
		if strconv.IsPrint(r) {
			return r
		}
		return ' '
	}, at)
}

// quote puts what was given in quotation marks, and shortens it if it is long.
func quote(text string) string {
	const show = 60
	runes := []rune(text)
	if len(runes) > show {
		return strconv.Quote(string(runes[:show])) + "…"
	}
	return strconv.Quote(text)
}

// list puts names in a sentence, each quoted; a long list is cut short.
func list(names []string, most int) string {
	var quoted []string
	for i, name := range names {
		if i == most {
			quoted = append(quoted, fmt.Sprintf("and %d more", len(names)-most))
			break
		}
		quoted = append(quoted, quote(name))
	}
	return strings.Join(quoted, ", ")
}
