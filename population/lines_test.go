package population

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/internal/subtraction"
	"github.com/edgeofcare/edgeofcare/internal/subtraction/elimination"
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

// follow are the small cells that the sums of rows and columns determine.
func follow(counts [][]int, shown [][]bool) []int {
	var cells []subtraction.Cell
	for i := range counts {
		for j, n := range counts[i] {
			cells = append(cells, subtraction.Cell{Row: i, Column: j, Small: estimate.Small(n), Hidden: !shown[i][j]})
		}
	}
	return elimination.Follow(cells)
}

// Each row and each column hides two cells or more; together they would give away the 1
// in the fourth row: (13+15) + (27+1+27) - (13+27) - (15+27).
func TestSumsTogetherGiveNothingAway(t *testing.T) {
	counts := [][]int{{15, 37, 14, 0, 22}, {0, 13, 21, 15, 27}, {32, 33, 11, 0, 1}, {0, 27, 1, 27, 0}, {18, 17, 1, 0, 7}}
	each := [][]bool{{true, true, true, true, true}, {true, false, true, false, true}, {true, true, false, true, false}, {true, false, false, false, true}, {true, true, false, true, false}}
	require.Equal(t, []int{3*5 + 2}, follow(counts, each))
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
