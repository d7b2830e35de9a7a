package report

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Crossed shows a figure of each case under each stress, with the chance that it is below
// zero.
func Crossed(c *sensitivity.Crossed) []Table {
	if c == nil || len(c.Versions) == 0 || !readable(c.Versions[0]) {
		return nothing("what sensitivity.CasesByStresses returned")
	}
	first := c.Versions[0]
	t := Table{
		Title:   titleOf(first) + ": " + c.Measure.String() + " of each case under each stress",
		About:   append(changedLines(c.Versions...), "Mean and, in brackets, the chance of being below zero", words.Capital(runLine(c.Conventions, " of each run"))),
		Columns: textColumns("stress"),
	}
	for _, v := range c.Versions {
		t.Columns = append(t.Columns, figureColumns(headingOf(v))...)
	}
	var faults []string
	worst := 0.0
	for i, cells := range c.Cells {
		row := texts(stressNamed(c.Stresses[i]))
		for k, one := range cells {
			if one.LeftOut != "" {
				row = append(row, none())
				faults = append(faults, fmt.Sprintf("No figure for %s under %s: %s.", headingOf(c.Versions[k]), c.Stresses[i], one.LeftOut))
				continue
			}
			if one.Figure.StdErr != nil {
				worst = max(worst, *one.Figure.StdErr)
			}
			row = append(row, crossedCell(one, c.Conventions.Replications))
		}
		t.add(row...)
	}
	t.Notes = append([]string{fmt.Sprintf("Monte Carlo error of a mean at most %s (one standard error). All cells use the same random numbers.", figure(worst, c.Measure.Unit).Text)}, faults...)
	t.Notes = append(t.Notes, crossedRanges(c)...)
	return inCurrency(first.Programme, append(modelled(t), crossedSheet(c))...)
}

// crossedRanges say what the figures of each case range over, once for those that are
// alike.
func crossedRanges(c *sensitivity.Crossed) (notes []string) {
	var said []string
	for k, text := range c.Uncertainty {
		if slices.Contains(said, text) {
			continue
		}
		said = append(said, text)
		var alike []string
		for other := range c.Uncertainty {
			if c.Uncertainty[other] == text {
				alike = append(alike, headingOf(c.Versions[other]))
			}
		}
		of := ""
		if len(alike) < len(c.Versions) {
			of = " of " + words.And(alike)
		}
		notes = append(notes, fmt.Sprintf("Means and chances%s cover %s.", of, c.Uncertainty[k]))
	}
	return notes
}

// stressNamed is a stress as the heading of a row.
func stressNamed(name string) string {
	if name == "" {
		return "as it is"
	}
	return name
}

// crossedCell is a mean with the chance of being below zero.
func crossedCell(one sensitivity.CrossedCell, replications int) Cell {
	c := figure(one.Figure.Mean, one.Figure.Unit)
	if one.Figure.Unit == montecarlo.Pounds && large(one.Figure.Mean) {
		c = amountOf(one.Figure.Mean, inThousands)
	}
	c.Text += " (" + words.Chance(one.Below, replications, false) + ")"
	c.StdErr = one.Figure.StdErr
	return c
}

// crossedSheet has a row for each case and stress.
func crossedSheet(c *sensitivity.Crossed) Table {
	t := Table{Sheet: true, Columns: append(append(textColumns("programme", "case", "measure", "of", "arm", "stress", "unit"),
		figureColumns("mean", "standard_error", "central", "probability_below_zero", "probability_below_zero_standard_error")...), textColumns("replications", "seed", "price_base", "why_none")...)}
	for i, cells := range c.Cells {
		for k, one := range cells {
			key, unit := c.Measure, unitName(c.Measure.Unit)
			row := texts(c.Versions[k].Programme.Name, c.Versions[k].Name(), key.Name, key.Of, key.Arm, stressNamed(c.Stresses[i]), unit)
			if one.LeftOut != "" {
				row = append(row, Cell{}, Cell{}, Cell{}, Cell{}, Cell{})
			} else {
				row = append(row, bareCell(one.Figure.Mean, unit), orNothing(one.Figure.StdErr, unit), bareCell(one.Figure.Central, unit), bareCell(one.Below, unitShare), bareCell(one.BelowErr, unitShare))
			}
			t.add(append(append(row, runCells(c.Conventions)...), texts(c.Conventions.PriceBase, one.LeftOut)...)...)
		}
	}
	return t
}
