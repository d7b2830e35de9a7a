package main

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// today is the day on which the command is run; no day in a test that says none.
func (s *streams) today() calendar.Date {
	if s.now.IsZero() {
		return calendar.Date{}
	}
	year, month, day := s.now.Date()
	return calendar.NewDate(year, month, day)
}

// about says which versions the tables are about, for what is said of the editions of
// their inputs. Every command that works something out for a version calls it.
func (f *outputFlags) about(versions ...*scenario.Version) {
	f.shown = append(f.shown, versions...)
}

// dated adds to the notes of the first table which inputs are of an edition that a
// newer one was due to follow by today.
func (f *outputFlags) dated(tables []report.Table, today calendar.Date) []report.Table {
	caution := overdue(f.shown, today)
	if caution == "" || len(tables) == 0 {
		return tables
	}
	tables[0].Notes = append(tables[0].Notes, caution)
	return tables
}

// overdue is a caution about inputs of which a newer edition was due before today;
// none without a day.
func overdue(versions []*scenario.Version, today calendar.Date) string {
	if today.IsZero() {
		return ""
	}
	var found []string
	seen := map[string]bool{}
	for _, v := range versions {
		for _, in := range v.Programme.Register {
			text := fmt.Sprintf("%s (%s; due %s)", in.Path, in.Edition, in.NextDue.Long())
			if in.NextDue.IsZero() || !in.NextDue.Before(today) || seen[text] {
				continue
			}
			seen[text] = true
			found = append(found, text)
		}
	}
	if len(found) == 0 {
		return ""
	}
	return fmt.Sprintf("Caution: a newer edition was due before today, %s, of %s. Look for it, and run again with what it says.",
		today.Long(), words.And(found))
}
