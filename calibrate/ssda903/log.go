package ssda903

import (
	"cmp"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Log says what became of every row.
type Log struct {
	Tables  []Table `json:"tables"`
	Entries []Entry `json:"entries"` // by file and row
}

// Table is one file, or one of the two tables of a file in XML. Rows is Used + Repaired
// + Rejected.
type Table struct {
	File string `json:"file"`
	// Kind is "header", "episodes", or empty for a file that is not read.
	Kind string `json:"kind"`
	// Note says why a file is not read, or what was assumed of it.
	Note string `json:"note,omitempty"`
	// Year is that of the return; unset where it is not known or rows are of several.
	Year     calendar.FinancialYear `json:"year,omitzero"`
	Rows     int                    `json:"rows"`     // lines below the first that hold anything; in XML, elements
	Used     int                    `json:"used"`     // as they are
	Repaired int                    `json:"repaired"` // used with a change, or with a doubt
	Rejected int                    `json:"rejected"` // not used
}

// Entry is one repair, or one row that is not used. A row may have several.
type Entry struct {
	File string `json:"file"`
	Row  int    `json:"row"` // line of the file, the first being 1
	// Column is where in the line the element of the row begins, the first being 1; 0 for
	// CSV, where the row is the whole line.
	Column int  `json:"column,omitempty"`
	Rule   Rule `json:"rule"`
	// Text says what was found and done. It holds no identifier and no date.
	Text     string `json:"text"`
	Rejected bool   `json:"rejected"`
}

// Rule names what was found. The package documentation lists the rules.
type Rule string

// fate is what becomes of a row.
type fate uint8

const (
	used fate = iota
	repaired
	rejected
)

// row is one row of one table.
type row struct {
	table int
	at    position
	fate  fate
}

// note is an entry before its place is known.
type note struct {
	row  int
	rule Rule
	text string
	fate fate
}

// repair notes that a row is used with a change. A row that is rejected stays so.
func (r *reader) repair(row int, rule Rule, text string) {
	r.rows[row].fate = max(r.rows[row].fate, repaired)
	r.notes = append(r.notes, note{row, rule, text, repaired})
}

// reject notes that a row is not used.
func (r *reader) reject(row int, rule Rule, text string) {
	r.rows[row].fate = rejected
	r.notes = append(r.notes, note{row, rule, text, rejected})
}

// log adds up what became of the rows.
func (r *reader) log() Log {
	for _, w := range r.rows {
		t := &r.tables[w.table].Table
		t.Rows++
		switch w.fate {
		case used:
			t.Used++
		case repaired:
			t.Repaired++
		case rejected:
			t.Rejected++
		}
	}
	slices.SortStableFunc(r.notes, func(a, b note) int { return cmp.Compare(a.row, b.row) })
	var l Log
	for _, t := range r.tables {
		l.Tables = append(l.Tables, t.Table)
	}
	for _, n := range r.notes {
		w := r.rows[n.row]
		l.Entries = append(l.Entries, Entry{r.tables[w.table].File, w.at.line, w.at.column, n.rule, n.text, n.fate == rejected})
	}
	return l
}
