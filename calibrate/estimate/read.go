package estimate

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/csvrows"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// columns are those of a file of spells: four that it needs and four that it may have.
var columns = []string{"child", "state", "start", "end", "next", "seen", "born", "cohort"}

const needed = 4

// ReadSpells reads spells from CSV with the columns child, state, start and end, and
// next, seen, born and cohort where they are known, in any order: see [Spell] for what
// each means. Dates are 2022-04-01 or 01/04/2022. Children are numbered in the order in
// which they appear, and whatever the column child holds goes no further, not into
// errors either. The error joins every fault by its line, or the first twenty.
func ReadSpells(r io.Reader) ([]Spell, error) {
	var spells []Spell
	children := map[string]int{}
	err := csvrows.Read(r, columns, needed, func(row csvrows.Row) error {
		s, err := spellOf(row, children)
		if err == nil {
			err = s.check()
		}
		if err == nil {
			spells = append(spells, s)
		}
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case len(spells) == 0:
		return nil, errors.New("there is no spell below the names of the columns")
	}
	return spells, nil
}

// visitColumns are those of a file of visits.
var visitColumns = []string{"child", "on", "state"}

// ReadVisits reads visits from CSV with the columns child, on (a day) and state, in any
// order; dates, children and errors are as those of [ReadSpells].
func ReadVisits(r io.Reader) ([]Visit, error) {
	var visits []Visit
	children := map[string]int{}
	err := csvrows.Read(r, visitColumns, len(visitColumns), func(row csvrows.Row) error {
		child, err := childOf(row, children)
		on, ok := csvrows.Date(row.Text("on"))
		switch {
		case err != nil:
			return err
		case !ok || on.IsZero():
			return errors.New("the day is not a date: write 2022-04-01 or 01/04/2022 under on")
		case row.Text("state") == "":
			return errors.New("it has no state: name the state that the child was found in")
		}
		visits = append(visits, Visit{Child: child, On: on, State: row.Text("state")})
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case len(visits) == 0:
		return nil, errors.New("there is no visit below the names of the columns")
	}
	return visits, nil
}

// childOf numbers children in the order in which they appear.
func childOf(row csvrows.Row, children map[string]int) (int, error) {
	child := row.Text("child")
	if child == "" {
		return 0, errors.New("the child is not given: write a number or a code, the same on every line of one child")
	}
	if _, ok := children[child]; !ok {
		children[child] = len(children) + 1
	}
	return children[child], nil
}

// spellOf reads one row.
func spellOf(row csvrows.Row, children map[string]int) (Spell, error) {
	child, err := childOf(row, children)
	if err != nil {
		return Spell{}, err
	}
	s := Spell{Child: child, State: row.Text("state"), Next: row.Text("next"), Cohort: row.Text("cohort")}
	var faults []error
	for name, to := range map[string]*calendar.Date{"start": &s.Start, "end": &s.End, "seen": &s.Seen, "born": &s.Born} {
		d, ok := csvrows.Date(row.Text(name))
		if !ok {
			faults = append(faults, fmt.Errorf("the %s is not a date: write 2022-04-01 or 01/04/2022", name))
		}
		*to = d
	}
	slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return s, errors.Join(faults...)
}
