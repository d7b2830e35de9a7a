package main

import (
	"bytes"
	"maps"
	"slices"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/report"
)

// curveWeeks is how far curves go, and marks are the weeks that are printed.
const curveWeeks = 104

var marks = []int{13, 26, 52, 104}

// mayStand reports whether a week of a curve may be shown beside an earlier and, if it is
// not below 0, a later one that are: few moves between two give themselves away.
func (e *estimated) mayStand(c *estimate.Curve, before, week, after int, destinations bool) bool {
	if c.AtRisk[week] <= 5 { // few children stand behind the rest of the curve
		return false
	}
	few := func(from, to int) bool {
		all := 0
		for _, moves := range c.Moves {
			n := moves[to] - moves[from]
			all += n
			if destinations && e.hidden(n) {
				return true
			}
		}
		return e.hidden(all)
	}
	return !few(before, week) && (after < 0 || !few(week, after))
}

// shownMarks are the weeks of a curve that are printed.
func (e *estimated) shownMarks(c *estimate.Curve) []int {
	var shown []int
	before := 0
	for _, week := range marks {
		if e.mayStand(c, before, week, -1, false) {
			shown, before = append(shown, week), week
		}
	}
	return shown
}

// shownWeeks are the weeks of a curve in the file of curves: those printed, and between
// them any that give no few moves away.
func (e *estimated) shownWeeks(c *estimate.Curve) []int {
	ends, shown := e.shownMarks(c), []int{0}
	for week := 1; week <= curveWeeks; week++ {
		after := -1
		if i, printed := slices.BinarySearch(ends, week); !printed && i < len(ends) {
			after = ends[i]
		}
		if e.mayStand(c, shown[len(shown)-1], week, after, false) {
			shown = append(shown, week)
		}
	}
	return shown
}

// shownDestinations are those of the shown weeks in which it may be said where children
// went: of all destinations together, as they add up to those who are gone.
func (e *estimated) shownDestinations(c *estimate.Curve) []int {
	shown := []int{0}
	for _, week := range e.shownWeeks(c)[1:] {
		if e.mayStand(c, shown[len(shown)-1], week, -1, true) {
			shown = append(shown, week)
		}
	}
	return shown
}

// curveSheet has what was seen and what was fitted: of those still there, and of those
// gone, by where they went first.
func (e *estimated) curveSheet() report.Table {
	t := figures(textTable("", "state", "cohort", "share"), "week", "at_risk", "seen", "low_95", "high_95", "fitted")
	t.Sheet = true
	share := func(p float64) report.Cell { return figureCell(p, 6, "probability") }
	for i := range e.curves {
		c := &e.curves[i]
		row := func(what string, week int, figures ...report.Cell) {
			risk := figureCell(float64(c.AtRisk[week]), 0, "children")
			if e.Suppress { // the difference of two weeks is children who moved, or were seen no longer
				risk = suppressedCell
			}
			cells := []report.Cell{{Text: c.State}, {Text: c.Cohort}, {Text: what}, figureCell(float64(week), 0, "weeks"), risk}
			t.Rows = append(t.Rows, report.Row{Cells: append(cells, figures...)})
		}
		for _, week := range e.shownWeeks(c) {
			row("still there", week, share(c.Still[week]), share(c.Low[week]), share(c.High[week]), share(c.FittedStill[week]))
		}
		weeks := e.shownDestinations(c)
		for _, to := range slices.Sorted(maps.Keys(c.Gone)) {
			for _, week := range weeks {
				row("gone to "+to, week, share(c.Gone[to][week]), report.Cell{}, report.Cell{}, share(c.FittedGone[to][week]))
			}
		}
	}
	return t
}

// writeCurves writes the file of curves.
func (c *calibrateCommand) writeCurves(to *streams, e *estimated) error {
	if c.curves == nil {
		return nil
	}
	var text bytes.Buffer
	if err := report.Write(&text, report.CSV, report.Options{}, e.curveSheet()); err != nil {
		return err
	}
	return saveBeside(to, c.curves, text.Bytes(), true)
}
