package estimate

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/internal/subtraction"
	"github.com/edgeofcare/edgeofcare/internal/subtraction/elimination"
)

// Whoever has the run without bands of weeks, that without cohorts and that without
// either cannot solve for a small number.
func TestSumsCannotBeSolved(t *testing.T) {
	row := func(c counted) Where { return Where{Cohort: c.Cohort} }
	column := func(c counted) Where { return Where{InState: c.InState} }
	rapid.Check(t, func(t *rapid.T) {
		var all []counted
		bands := rapid.IntRange(2, 5).Draw(t, "bands")
		total := 0
		for cohort := range rapid.IntRange(2, 5).Draw(t, "cohorts") {
			for band := range bands {
				c := counted{Where: Where{Cohort: string(rune('A' + cohort)), InState: Band{From: band, To: band + 1}}}
				c.moves = rapid.OneOf(rapid.IntRange(0, 5), rapid.IntRange(6, 40), rapid.IntRange(6, 40)).Draw(t, "moves")
				total += c.moves
				all = append(all, c)
			}
		}
		hideParts(all)
		rows, columns := places(all, row), places(all, column)
		var cells []subtraction.Cell
		shown := 0
		for i, c := range all {
			require.True(t, c.hidden || !Small(c.moves))
			cells = append(cells, subtraction.Cell{Row: rows[i], Column: columns[i], Small: Small(c.moves), Hidden: c.hidden})
			if !c.hidden {
				shown++
			}
		}
		if Small(total) || shown == 0 {
			return // no sum is shown, or there is no more to hide
		}
		require.Empty(t, elimination.Follow(cells), "%+v", all)
	})
}
