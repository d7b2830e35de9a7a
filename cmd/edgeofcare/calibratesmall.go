package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/report"
)

// What calibrate does not show because a count of 1 to 5 could be worked out from it.

// hiddenMoves are the states of which no total of moves is shown, as a small part of one
// could be worked out from what the rates show of the others.
func (e *estimated) hiddenMoves() map[string]bool {
	hidden := map[string]bool{}
	if !e.Suppress {
		return hidden
	}
	for _, r := range e.rates {
		hidden[r.State] = hidden[r.State] || r.Suppressed
	}
	for _, c := range e.table.Cells {
		hidden[c.State] = hidden[c.State] || e.givesPartAway(c)
	}
	return hidden
}

// givesPartAway reports whether the moves of a cell, all together, give a small part of
// them away. Destinations with a rate of their own there are known; what is left is then
// those that were pooled over bands of weeks, of which each is known over all bands alone.
func (e *estimated) givesPartAway(c estimate.Cell) bool {
	all, known, small, joined := 0, 0, false, true
	for _, m := range c.Moves {
		all += m.Moves
		small = small || e.hidden(m.Moves)
		for _, r := range e.rates {
			if r.Where == c.Where && r.To == m.To {
				joined = false
				if !r.Pooled {
					known += m.Moves
				}
			}
		}
	}
	if joined { // with another band: its parts stand nowhere
		return small || e.hidden(all)
	}
	return e.hidden(all) || e.hidden(all-known)
}

// hiddenChildren says of each cell whether its number of children is hidden: that of
// cells which differ in age, year or cohort alone may be known together.
func (e *estimated) hiddenChildren() []bool {
	hidden := make([]bool, len(e.table.Cells))
	if !e.Suppress {
		return hidden
	}
	type where struct {
		state string
		band  estimate.Band
	}
	groups := map[where][]int{}
	for i, c := range e.table.Cells {
		w := where{c.State, c.InState}
		groups[w] = append(groups[w], i)
	}
	for _, group := range groups {
		var counts []int
		for _, i := range group {
			counts = append(counts, e.table.Cells[i].Children)
		}
		for k, hide := range estimate.Hide(counts) {
			hidden[group[k]] = hide
		}
	}
	return hidden
}

// fewChildren reports whether all that is counted somewhere is of few children, whose
// length of stay time at risk would tell.
func (e *estimated) fewChildren(w estimate.Where) bool {
	few := false
	for _, cell := range e.table.Cells {
		c := cell.Where
		if c.InState.From < w.InState.From || w.InState.To > 0 && c.InState.From >= w.InState.To {
			continue
		}
		if c.InState = w.InState; c != w {
			continue
		}
		if !e.hidden(cell.Children) {
			return false
		}
		few = true
	}
	return few
}

// givesAway reports whether the moves out of a state, all together, would give a hidden
// part of them away.
func (e *estimated) givesAway(m estimate.Memory) bool {
	return slices.ContainsFunc(m.Bands, func(b estimate.Rate) bool { return e.hidden(b.Moves) }) ||
		slices.ContainsFunc(e.rowRates, func(r estimate.Rate) bool { return r.Suppressed && r.State == m.State && r.Cohort == m.Cohort })
}

// parts are the cells of counts of which the sum may be known.
func (e *estimated) parts(counts ...int) []report.Cell {
	hidden := make([]bool, len(counts))
	if e.Suppress {
		hidden = estimate.Hide(counts)
	}
	var cells []report.Cell
	for i, n := range counts {
		if hidden[i] {
			cells = append(cells, suppressedCell)
			continue
		}
		cells = append(cells, figureCell(float64(n), 0, ""))
	}
	return cells
}

// atStake says how much of the rows rests on counts that are not the true ones; empty if
// nothing does.
func (e *estimated) atStake() string {
	all, not := 0, 0
	var moves []string
	counted := map[[3]string]bool{}
	for _, r := range slices.Concat(e.common, e.rowRates) {
		key := [3]string{r.Cohort, r.State, r.To}
		if r.Pooled && counted[key] {
			continue
		}
		all += r.Moves
		if r.Suppressed {
			not += r.Moves
			if !counted[key] {
				moves = append(moves, r.State+" to "+r.To)
			}
		}
		counted[key] = true
	}
	if not == 0 {
		return ""
	}
	slices.Sort(moves)
	return fmt.Sprintf("%d of %d moves in the rows are not the true numbers (%s): 3 stands for 1 to 5, or for hidden parts of a sum their share of it by child-weeks, so that such a rate may truly be a third or five thirds of what is written. With --no-suppress rows have the true numbers: keep them inside the council.",
		not, all, strings.Join(slices.Compact(moves), "; "))
}
