package ssda903

import (
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

const (
	kindHeader   = "header"
	kindEpisodes = "episodes"
)

// needed are the columns without which a table cannot be used. The XML form of the
// return calls two of them otherwise: see also.
var (
	needed = map[string][]string{
		kindHeader:   {"CHILD", "SEX", "DOB"},
		kindEpisodes: {"CHILD", "DECOM", "RNE", "LS", "PLACE", "DEC", "REC"},
	}
	also = map[string]string{"CHILDID": "CHILD", "PL": "PLACE"}
)

// table is a file with its text.
type table struct {
	Table

	text     string
	elements []element      // in place of text, of a file in XML
	columns  map[string]int // by name in capitals
	years    bool           // a column YEAR gives the year of each row
}

// element is a row that was an element of a file in XML.
type element struct {
	at    position
	cells []string
}

// position is where a row begins. The column is 0 where the row is a line.
type position struct{ line, column int }

// recognise tells by the first line what a table is.
func (t *table) recognise() error {
	first, _, _ := strings.Cut(t.text, "\n")
	t.columns = map[string]int{}
	for i, name := range cells(strings.TrimRight(first, "\r"), nil) {
		name = strings.ReplaceAll(strings.ToUpper(strings.TrimSpace(name)), " ", "_")
		if other, ok := also[name]; ok {
			name = other
		}
		if _, twice := t.columns[name]; !twice {
			t.columns[name] = i
		}
	}
	switch {
	case t.has("CHILD", "DECOM"):
		t.Kind = kindEpisodes
	case t.has("CHILD", "SEX", "DOB") && !t.has("DUC") && (t.has("UPN") || t.has("ETHNIC") || t.has("MOTHER")):
		t.Kind = kindHeader
	case t.has("CHILD"):
		t.Note = "another table of the return, which is not needed"
		return nil
	default:
		t.Note = "its columns are those of no table of the return: not read"
		return nil
	}
	for _, name := range needed[t.Kind] {
		if !t.has(name) {
			return fmt.Errorf("%s: a table with the columns of %s lacks the column %s: export it with all columns, in any order", t.File, t.Kind, name)
		}
	}
	t.years = t.has("YEAR")
	return nil
}

func (t *table) has(names ...string) bool {
	for _, name := range names {
		if _, ok := t.columns[name]; !ok {
			return false
		}
	}
	return true
}

// each calls a function with the cells of every row that holds anything. The cells are
// only good until it returns.
func (t *table) each(with func(at position, c []string)) {
	for _, e := range t.elements {
		with(e.at, e.cells)
	}
	_, rest, _ := strings.Cut(t.text, "\n")
	var c []string
	for line := 2; rest != ""; line++ {
		var text string
		text, rest, _ = strings.Cut(rest, "\n")
		if strings.TrimSpace(text) == "" {
			continue
		}
		c = cells(strings.TrimRight(text, "\r"), c)
		with(position{line: line}, c)
	}
}

// cell is what a row has in a column, or nothing.
func (t *table) cell(c []string, name string) string {
	if i, ok := t.columns[name]; ok && i < len(c) {
		return c[i]
	}
	return ""
}

// yearOf is the year that a row is of: that of its table, or its own.
func (t *table) yearOf(c []string) calendar.FinancialYear {
	if !t.years {
		return t.Year
	}
	y, _ := yearIn(t.cell(c, "YEAR"))
	return y
}
