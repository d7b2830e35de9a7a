package ssda903

import "github.com/edgeofcare/edgeofcare/model/calendar"

// Log says what became of every row.
type Log struct {
	Tables  []Table `json:"tables"`
	Entries []Entry `json:"entries"` // by file and row
}

// Table is one table of one file. Rows is Used + Repaired + Rejected.
type Table struct {
	File string `json:"file"`
	// Kind is "header", "episodes", the name of a table of the return that is not
	// needed, or empty for a file that is no table of the return.
	Kind string `json:"kind"`
	// Year is that of the return; unset where the rows are of several.
	Year     calendar.FinancialYear `json:"year,omitzero"`
	Rows     int                    `json:"rows"`
	Used     int                    `json:"used"`     // as they are
	Repaired int                    `json:"repaired"` // used with a change
	Rejected int                    `json:"rejected"` // not used
}

// Entry is one repair, or one row that is not used. A row may have several.
type Entry struct {
	File string `json:"file"`
	Row  int    `json:"row"` // line of the file, the first being 1
	Rule Rule   `json:"rule"`
	// Text says what was done. It holds no identifier and no date of birth.
	Text     string `json:"text"`
	Rejected bool   `json:"rejected"`
}

// Rule names what was found.
type Rule string
