package estimate

import (
	"slices"
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

// The same where some cohorts are pooled over bands, or have bands that were joined, and
// others are not: what each has in each of the finest bands is unknown, and neither a small
// number nor a part of one that is not divided follows from the sums of cohorts, of bands
// and of all, with what is shown.
func TestSumsOfPooledAndDividedCannotBeSolved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bands := rapid.IntRange(2, 4).Draw(t, "bands")
		cohorts := rapid.IntRange(2, 4).Draw(t, "cohorts")
		var all []counted
		var parts [][]int64 // of the number: cohort × finest band
		total := 0
		for cohort := range cohorts {
			for from := 0; from < bands; {
				to := rapid.IntRange(from+1, bands).Draw(t, "to")
				c := counted{Where: Where{Cohort: string(rune('A' + cohort)), InState: Band{From: from, To: to % bands}}}
				c.moves = rapid.OneOf(rapid.IntRange(0, 5), rapid.IntRange(6, 40), rapid.IntRange(6, 40)).Draw(t, "moves")
				own := make([]int64, cohorts*bands)
				for b := from; b < to; b++ {
					own[cohort*bands+b] = 1
				}
				all, parts, total, from = append(all, c), append(parts, own), total+c.moves, to
			}
		}
		hideParts(all)
		if Small(total) || hiddenOf(all) == len(all) {
			return // no sum is shown, or there is no more to hide
		}
		var known [][]int64
		row := places(all, undivided)
		sums := map[int][]int64{}
		for i, c := range all {
			require.True(t, c.hidden || !Small(c.moves))
			if !c.hidden {
				known = append(known, parts[i])
			}
			if row[i] >= 0 {
				sums[row[i]] = plus(sums[row[i]], parts[i])
			}
		}
		if newMixed(all) == nil { // a less divided table hides small sums of bands
			for i, at := range places(all, func(c counted) Where { return Where{InState: c.InState} }) {
				if at >= 0 {
					sums[-1-at] = plus(sums[-1-at], parts[i])
				}
			}
		}
		for _, sum := range sums {
			known = append(known, sum)
		}
		everything := make([]int64, cohorts*bands)
		for b := range bands {
			column := make([]int64, cohorts*bands)
			for k := range cohorts {
				column[k*bands+b], everything[k*bands+b] = 1, 1
			}
			if newMixed(all) != nil {
				known = append(known, column)
			}
		}
		known = append(known, everything)
		for i, c := range all {
			require.False(t, Small(c.moves) && elimination.Determine(known, parts[i]), "%+v of %+v", c, all)
			n := int64(0)
			for _, x := range parts[i] {
				n += x
			}
			for k, x := range parts[i] {
				one := make([]int64, cohorts*bands)
				one[k] = 1
				require.False(t, x == 1 && n > 1 && c.moves > 0 && elimination.Determine(known, one), "part %d of %+v of %+v", k, c, all)
			}
		}
	})
}

// plus adds numbers up; none are as many of 0.
func plus(a, b []int64) []int64 {
	sum := slices.Clone(b)
	for k, x := range a {
		sum[k] += x
	}
	return sum
}

// Cohort A has 23 moves, pooled over two bands, and B 40 and 30. The run without cohorts
// has 43 in the first band, which would tell that 3 of those of A are there.
func TestPartOfAPooledNumberDoesNotFollow(t *testing.T) {
	all := []counted{
		{Where: Where{Cohort: "A"}, moves: 23},
		{Where: Where{Cohort: "B", InState: Band{To: 13}}, moves: 40},
		{Where: Where{Cohort: "B", InState: Band{From: 13}}, moves: 30},
	}
	hideParts(all)
	require.Equal(t, []bool{false, true, true}, []bool{all[0].hidden, all[1].hidden, all[2].hidden})
}
