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

// spellOf reads one row.
func spellOf(row csvrows.Row, children map[string]int) (Spell, error) {
	child := row.Text("child")
	if child == "" {
		return Spell{}, errors.New("the child is not given: write a number or a code, the same for all stays of one child")
	}
	if _, ok := children[child]; !ok {
		children[child] = len(children) + 1
	}
	s := Spell{Child: children[child], State: row.Text("state"), Next: row.Text("next"), Cohort: row.Text("cohort")}
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
