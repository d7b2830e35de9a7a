package estimate_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
)

func TestHide(t *testing.T) {
	for _, one := range []struct {
		counts []int
		hidden []bool
	}{
		{[]int{6, 0, 20}, []bool{false, false, false}},
		{[]int{97, 3, 0}, []bool{true, true, false}},           // 100 less 97 would be 3
		{[]int{97, 3, 0, 8}, []bool{false, true, false, true}}, // the smallest other that is not 0
		{[]int{97, 3, 2}, []bool{false, true, true}},
		{[]int{97, 1, 1}, []bool{true, true, true}}, // 99 less 97 is 1 and 1
		{[]int{97, 5, 5}, []bool{true, true, true}},
		{[]int{0, 3, 0}, []bool{false, true, false}}, // their sum is hidden too
		{[]int{5, 5, 0}, []bool{true, true, true}},
		{[]int{3}, []bool{true}},
		{nil, []bool{}},
	} {
		require.Equal(t, one.hidden, estimate.Hide(one.counts), one.counts)
	}
}

// Whoever knows the sum and every count that is shown cannot work out a small one: there
// are other counts, of which the same would be hidden and shown.
func TestHiddenCountsCannotBeWorkedOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(0, 12), 2, 6).Draw(t, "counts")
		hidden := estimate.Hide(counts)
		total, small, more := 0, false, false
		for i, n := range counts {
			total += n
			small = small || estimate.Small(n)
			more = more || !hidden[i]
			require.True(t, hidden[i] || !estimate.Small(n))
		}
		if !small || estimate.Small(total) || !more { // where all are hidden there is no more to hide
			return
		}
		of, ones, fives := 0, true, true
		for i, n := range counts {
			if hidden[i] {
				of++
				ones, fives = ones && n == 1, fives && n == 5
			}
		}
		require.Greater(t, of, 1)
		require.False(t, ones || fives, "by their sum")
	})
}

func byCohort(counts ...int) []estimate.Rate {
	var cells []estimate.Cell
	for i, n := range counts {
		c := cell(0, 0, 1000*float64(i+1), moved("residential", n), moved("reunified", 40))
		c.Cohort = string(rune('A' + i))
		cells = append(cells, c)
	}
	return estimate.Rates(&estimate.Table{Cells: cells}, 0)
}

// A run by cohort beside one without: 51 moves in all, of which cohort A has 48 or 47.
// Every figure of both cohorts is the same.
func TestCohortsAgainstNone(t *testing.T) {
	require.Equal(t, estimate.Suppress(byCohort(48, 3)), estimate.Suppress(byCohort(47, 4)))
	require.Equal(t, estimate.Suppress(byCohort(48, 3)), estimate.Suppress(byCohort(50, 1)))
	for _, r := range estimate.Suppress(byCohort(48, 3)) {
		require.Equal(t, r.To == "residential", r.Suppressed)
	}
	require.Equal(t, []int{17, 34}, movesTo(estimate.Suppress(byCohort(48, 3)), "residential")) // 51 by 1,000 and 2,000 weeks
	require.Equal(t, []int{48, 6}, movesTo(estimate.Suppress(byCohort(48, 6)), "residential"))
	require.Equal(t, []int{1, 2}, movesTo(estimate.Suppress(byCohort(1, 1)), "residential")) // 3 for 2, which is small itself
	require.Equal(t, []int{8, 0, 9}, movesTo(estimate.Suppress(byCohort(8, 0, 9)), "residential"))
}

func movesTo(rates []estimate.Rate, to string) []int {
	var moves []int
	for _, r := range rates {
		if r.To == to {
			moves = append(moves, r.Moves)
		}
	}
	return moves
}

// What is shown of other rates does not change with the hidden counts, whatever bands,
// cohorts and destinations there are, as long as their sum is the same.
func TestOnlyTheSumOfHiddenCountsIsKnown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(0, 15), 3, 5).Draw(t, "counts")
		before := estimate.Suppress(byCohort(counts...))
		var hidden []int
		for i, n := range movesTo(before, "residential") {
			if before[2*i].To == "residential" && before[2*i].Suppressed {
				hidden = append(hidden, i)
			} else {
				require.Equal(t, counts[i], n)
			}
		}
		if len(hidden) < 2 {
			return
		}
		other := append([]int{}, counts...)
		other[hidden[0]]++
		other[hidden[1]]--
		if other[hidden[1]] < 0 {
			return
		}
		after := estimate.Suppress(byCohort(other...))
		for i := range after {
			if before[i].Suppressed != after[i].Suppressed {
				return // other counts, of which others are hidden
			}
		}
		require.Equal(t, before, after)
	})
}

// Over bands of weeks a pooled rate is one count; one that is not has one for each band.
func TestSuppressOverBands(t *testing.T) {
	table := &estimate.Table{Cells: []estimate.Cell{
		cell(0, 13, 1000, moved("left care", 1), moved("residential", 20), moved("reunified", 2)),
		cell(13, 0, 3000, moved("left care", 2), moved("residential", 30), moved("reunified", 18)),
	}}
	pooled := estimate.Suppress(estimate.Rates(table, 10))
	require.Equal(t, []int{3, 3}, movesTo(pooled, "left care"))
	require.Equal(t, []int{20, 20}, movesTo(pooled, "reunified"))
	require.Equal(t, []int{20, 30}, movesTo(pooled, "residential"))
	each := estimate.Suppress(estimate.Rates(table, 0))
	require.Equal(t, []int{1, 2}, movesTo(each, "left care")) // 3 by weeks, at least 1
	require.Equal(t, []int{5, 15}, movesTo(each, "reunified"))
	require.Equal(t, []int{20, 30}, movesTo(each, "residential"))
}

// Five cohorts by five bands of weeks. In each row and each column two numbers or more are
// hidden beside the small ones; all the sums together would still tell the 1 of cohort D.
// With one more hidden, 1 can be added and taken away in turn round the four.
func TestSumsTogetherGiveNothingAway(t *testing.T) {
	var cells []estimate.Cell
	for i, row := range [][]int{{15, 37, 14, 0, 22}, {0, 13, 21, 15, 27}, {32, 33, 11, 0, 1}, {0, 27, 1, 27, 0}, {18, 17, 1, 0, 7}} {
		for j, n := range row {
			c := cell(13*j, 13*j+13, 1000, moved("residential", n))
			c.Cohort = string(rune('A' + i))
			cells = append(cells, c)
		}
	}
	hidden := map[string]bool{}
	for _, r := range estimate.Suppress(estimate.Rates(&estimate.Table{Cells: cells}, 0)) {
		hidden[fmt.Sprint(r.Cohort, r.InState.From)] = r.Suppressed
	}
	for _, four := range []string{"D13", "D26", "E13", "E26"} {
		require.True(t, hidden[four], four)
	}
	require.False(t, hidden["A0"])
}
