package estimate

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// columns are those of a file of spells: four that it needs and four that it may have.
var columns = []string{"child", "state", "start", "end", "next", "seen", "born", "cohort"}

const needed = 4

// mostFaults is how many faulty rows are named.
const mostFaults = 20

// ReadSpells reads spells from CSV with the columns child, state, start and end, and
// next, seen, born and cohort where they are known, in any order: see [Spell] for what
// each means. Dates are 2022-04-01 or 01/04/2022. Children are numbered in the order in
// which they appear, and whatever the column child holds goes no further, not into
// errors either. The error joins every fault by its line, or the first twenty.
func ReadSpells(r io.Reader) ([]Spell, error) {
	in := bufio.NewReader(r)
	if mark, _ := in.Peek(3); string(mark) == "\xef\xbb\xbf" {
		_, _ = in.Discard(3)
	}
	rows := csv.NewReader(in)
	rows.TrimLeadingSpace = true
	heading, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("the first line must name the columns, as %s: %w", strings.Join(columns, ","), err)
	}
	at, err := places(heading)
	if err != nil {
		return nil, err
	}
	var (
		spells   []Spell
		faults   []error
		children = map[string]int{}
	)
	for len(faults) < mostFaults {
		row, err := rows.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			var broken *csv.ParseError
			if errors.As(err, &broken) {
				err = fmt.Errorf("line %d: %w", broken.Line, broken.Err)
			}
			faults = append(faults, err)
			continue
		}
		line, _ := rows.FieldPos(0)
		s, err := spellOf(row, at, children)
		if err == nil {
			err = s.check()
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("line %d: %w", line, err))
			continue
		}
		spells = append(spells, s)
	}
	if len(faults) == mostFaults {
		faults = append(faults, fmt.Errorf("only the first %d faults are listed", mostFaults))
	}
	if len(faults) == 0 && len(spells) == 0 {
		faults = append(faults, errors.New("there is no spell below the names of the columns"))
	}
	return spells, errors.Join(faults...)
}

// places finds the columns.
func places(heading []string) (map[string]int, error) {
	at := map[string]int{}
	var faults []error
	for i, name := range heading {
		name = strings.ToLower(strings.TrimSpace(name))
		if !slices.Contains(columns, name) {
			faults = append(faults, fmt.Errorf("column %d is called %q: the columns are %s; remove others", i+1, name, strings.Join(columns, ", ")))
		}
		if _, twice := at[name]; twice {
			faults = append(faults, fmt.Errorf("two columns are called %s: remove one", name))
		}
		at[name] = i
	}
	for _, name := range columns[:needed] {
		if _, ok := at[name]; !ok {
			faults = append(faults, fmt.Errorf("there is no column %s: the columns child, state, start and end are needed", name))
		}
	}
	return at, errors.Join(faults...)
}

// spellOf reads one row.
func spellOf(row []string, at map[string]int, children map[string]int) (Spell, error) {
	field := func(name string) string {
		if i, ok := at[name]; ok {
			return strings.TrimSpace(row[i])
		}
		return ""
	}
	child := field("child")
	if child == "" {
		return Spell{}, errors.New("the child is not given: write a number or a code, the same for all stays of one child")
	}
	if _, ok := children[child]; !ok {
		children[child] = len(children) + 1
	}
	s := Spell{Child: children[child], State: field("state"), Next: field("next"), Cohort: field("cohort")}
	var faults []error
	for name, to := range map[string]*calendar.Date{"start": &s.Start, "end": &s.End, "seen": &s.Seen, "born": &s.Born} {
		d, ok := dateOf(field(name))
		if !ok {
			faults = append(faults, fmt.Errorf("the %s is not a date: write 2022-04-01 or 01/04/2022", name))
		}
		*to = d
	}
	slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return s, errors.Join(faults...)
}

// dateOf reads a date in either form; nothing is no date.
func dateOf(text string) (calendar.Date, bool) {
	if text == "" {
		return calendar.Date{}, true
	}
	if p := strings.Split(text, "/"); len(p) == 3 && len(p[0]) == 2 && len(p[1]) == 2 {
		text = p[2] + "-" + p[1] + "-" + p[0]
	}
	d, err := calendar.ParseDate(text)
	return d, err == nil
}
