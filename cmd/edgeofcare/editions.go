package main

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
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

// dated adds to the notes of the first table which inputs are of an edition that a
// newer one was due to follow by today.
func dated(tables []report.Table, result any, today calendar.Date) []report.Table {
	caution := overdue(versionsIn(result), today)
	if caution == "" || len(tables) == 0 {
		return tables
	}
	tables[0].Notes = append(tables[0].Notes, caution)
	return tables
}

// versionsIn are the versions that a result is about.
func versionsIn(result any) []*scenario.Version {
	switch r := result.(type) {
	case *scenario.Version:
		return []*scenario.Version{r}
	case *montecarlo.Result:
		return []*scenario.Version{r.Version}
	case *montecarlo.Comparison:
		var all []*scenario.Version
		for _, one := range r.Results {
			all = append(all, one.Version)
		}
		return all
	}
	return nil
}

// overdue is a caution about inputs of which a newer edition was due before today;
// none without a day.
func overdue(versions []*scenario.Version, today calendar.Date) string {
	if today.IsZero() {
		return ""
	}
	var found []string
	seen := map[model.Path]bool{}
	for _, v := range versions {
		for _, in := range v.Programme.Register {
			if in.NextDue.IsZero() || !in.NextDue.Before(today) || seen[in.Path] {
				continue
			}
			seen[in.Path] = true
			found = append(found, fmt.Sprintf("%s (%s; due %s)", in.Path, in.Edition, in.NextDue.Long()))
		}
	}
	if len(found) == 0 {
		return ""
	}
	return fmt.Sprintf("Caution: a newer edition was due before today, %s, of %s. Look for it, and run again with what it says.",
		today.Long(), words.And(found))
}
