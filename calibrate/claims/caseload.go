package claims

import (
	"errors"
	"io"
	"strconv"

	"github.com/edgeofcare/edgeofcare/internal/csvrows"
)

// Group is one child of today's caseload, or several who are alike.
type Group struct {
	Line    int // of the file, the first being 1
	Cohort  string
	Council string
	// Waiting is whether the children wait for a planned placement. Weeks are then
	// whole weeks since referral, and otherwise since the placement began.
	Waiting  bool
	Weeks    int
	Children int
}

// caseloadColumns are those of a file of children today, the two that are needed first.
var caseloadColumns = []string{"cohort", "council", "weeks in placement", "weeks since referral", "children"}

// Most weeks and children that a row may have.
const (
	mostWeeks    = 1000
	mostChildren = 10_000
)

// ReadCaseload reads today's children from CSV: the package documentation has the
// columns. Cohorts and councils are not compared with a programme. The error joins every
// fault with its line, or the first twenty, and repeats nothing of what a row holds.
func ReadCaseload(r io.Reader) ([]Group, error) {
	var all []Group
	err := csvrows.Read(r, caseloadColumns, 2, func(row csvrows.Row) error {
		g, err := groupOf(row)
		all = append(all, g)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case len(all) == 0:
		return nil, errors.New("there is no child below the names of the columns")
	}
	return all, nil
}

// groupOf reads one row.
func groupOf(row csvrows.Row) (Group, error) {
	g := Group{Line: row.Line, Cohort: row.Text("cohort"), Council: row.Text("council"), Children: 1}
	var faults []error
	if g.Cohort == "" {
		faults = append(faults, errors.New("it has no cohort"))
	}
	if g.Council == "" {
		faults = append(faults, errors.New("it has no council"))
	}
	placed, referred := row.Text("weeks in placement"), row.Text("weeks since referral")
	g.Waiting = placed == ""
	var ok bool
	if (placed == "") == (referred == "") {
		faults = append(faults, errors.New("it needs weeks in placement or, of a child who waits, weeks since referral, and not both"))
	} else if g.Weeks, ok = whole(placed+referred, 0, mostWeeks); !ok {
		faults = append(faults, errors.New("the number of weeks is none: write whole weeks, from 0 to 1000"))
	}
	if children := row.Text("children"); children != "" {
		if g.Children, ok = whole(children, 1, mostChildren); !ok {
			faults = append(faults, errors.New("the number of children is none: write a whole number from 1 to 10000, or leave it out for one child"))
		}
	}
	return g, errors.Join(faults...)
}

// whole reads a whole number between two others.
func whole(text string, least, most int) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= least && n <= most
}
