package population

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// hidden hides cells of a table, whose sums of rows and columns are known.
func hidden(counts [][]int) (shown [][]bool) {
	cells := make([][]line, len(counts))
	for i := range counts {
		for _, n := range counts[i] {
			cells[i] = append(cells[i], line{today: n})
		}
		shown = append(shown, make([]bool, len(counts[i])))
	}
	hide(cells, shown)
	return shown
}

// follow are the small cells that the sums of rows and columns determine, by elimination:
// a cell is determined if its own equation adds nothing to theirs.
func follow(counts [][]int, shown [][]bool) (found [][2]int) {
	var places [][2]int
	for i := range shown {
		for j := range shown[i] {
			if !shown[i][j] {
				places = append(places, [2]int{i, j})
			}
		}
	}
	equations := make([][]int64, len(shown)+len(shown[0]))
	for e := range equations {
		equations[e] = make([]int64, len(places))
		for k, at := range places {
			if at[0] == e || len(shown)+at[1] == e {
				equations[e][k] = 1
			}
		}
	}
	all := rank(equations)
	for k, at := range places {
		own := make([]int64, len(places))
		own[k] = 1
		if estimate.Small(counts[at[0]][at[1]]) && rank(append(equations[:len(equations):len(equations)], own)) == all {
			found = append(found, at)
		}
	}
	return found
}

func rank(equations [][]int64) int {
	rows := make([][]*big.Rat, len(equations))
	for i, e := range equations {
		for _, x := range e {
			rows[i] = append(rows[i], new(big.Rat).SetInt64(x))
		}
	}
	n := 0
	for k := range equations[0] {
		at := n
		for at < len(rows) && rows[at][k].Sign() == 0 {
			at++
		}
		if at == len(rows) {
			continue
		}
		rows[n], rows[at] = rows[at], rows[n]
		for _, row := range rows[n+1:] {
			by := new(big.Rat).Quo(row[k], rows[n][k])
			if by.Sign() == 0 {
				continue
			}
			for c := k; c < len(row); c++ {
				row[c].Sub(row[c], new(big.Rat).Mul(by, rows[n][c]))
			}
		}
		n++
	}
	return n
}

// Each row and each column hides two cells or more; together they would give away the 1
// in the fourth row: (13+15) + (27+1+27) - (13+27) - (15+27).
func TestSumsTogetherGiveNothingAway(t *testing.T) {
	counts := [][]int{{15, 37, 14, 0, 22}, {0, 13, 21, 15, 27}, {32, 33, 11, 0, 1}, {0, 27, 1, 27, 0}, {18, 17, 1, 0, 7}}
	each := [][]bool{{true, true, true, true, true}, {true, false, true, false, true}, {true, true, false, true, false}, {true, false, false, false, true}, {true, true, false, true, false}}
	require.Equal(t, [][2]int{{3, 2}}, follow(counts, each))
	require.Empty(t, follow(counts, hidden(counts)))
}

func TestHiddenCellsDoNotFollowFromSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := rapid.IntRange(1, 6).Draw(t, "rows"), rapid.IntRange(1, 6).Draw(t, "columns")
		counts := make([][]int, rows)
		byRow, byColumn := make([]int, rows), make([]int, columns)
		for i := range counts {
			for j := range columns {
				n := rapid.OneOf(rapid.IntRange(0, 5), rapid.IntRange(6, 40), rapid.IntRange(6, 40)).Draw(t, "children")
				counts[i] = append(counts[i], n)
				byRow[i], byColumn[j] = byRow[i]+n, byColumn[j]+n
			}
		}
		for _, sum := range append(byRow, byColumn...) {
			if estimate.Small(sum) {
				t.Skip("states and bands that are small have been joined before")
			}
		}
		shown := hidden(counts)
		for i := range counts {
			for j, n := range counts[i] {
				require.False(t, shown[i][j] && estimate.Small(n))
			}
		}
		require.Empty(t, follow(counts, shown), "%v %v", counts, shown)
	})
}

// Whatever the day of the birthday, a child is in the band of its age today.
func TestTodayIsCountedByBirthday(t *testing.T) {
	to := calendar.NewDate(2025, 3, 31)
	for _, age := range []int{1, 5, 10, 16} {
		for days := -10; days <= 10; days++ { // from the birthday to the last day
			born := calendar.NewDate(2025-age, 3, 31).AddDays(-days)
			spell := estimate.Spell{State: "foster", Start: to.AddDays(-60), End: to.AddDays(1), Born: born}
			p, err := FromSpells([]estimate.Spell{spell}, Settings{From: calendar.NewDate(2020, 4, 1), To: to, Ages: []int{1, 5, 10, 16}})
			require.NoError(t, err)
			lines, _, _ := p.lines(false)
			total := 0
			for _, l := range lines {
				if l.age == nil {
					require.Equal(t, 1, l.today)
					continue
				}
				total += l.today
				if l.today > 0 {
					require.Equal(t, days >= 0, l.age.From == age, "%d days after birthday %d: %+v", days, age, l.age)
				}
			}
			require.Equal(t, 2, total, "once by age, once by state and age")
		}
	}
}
