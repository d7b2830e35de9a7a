package report

import (
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// newGrid lays columns out as wide as they want to be, or with the headings of
// figures broken as far as words allow.
func newGrid(t *Table, columns []int, compact bool) *grid {
	g := &grid{t: t, columns: columns}
	for n, i := range columns {
		cells := 0
		for r := range t.Rows {
			cells = max(cells, g.indent(n, t.Rows[r])+words.Width(t.Rows[r].cell(i).Text))
		}
		heading := max(cells, easyHeading)
		if compact {
			heading = max(cells, leastHeading, longestWord(t.Columns[i].Heading))
		}
		g.headings = append(g.headings, heading)
		width := cells
		for _, line := range words.Wrap(t.Columns[i].Heading, heading) {
			width = max(width, words.Width(line))
		}
		g.widths = append(g.widths, width)
	}
	return g
}

// indent is the number of blanks before a cell.
func (g *grid) indent(n int, row Row) int {
	if n > 0 {
		return 0
	}
	return step * row.Indent
}

func longestWord(text string) int {
	longest := 0
	for word := range strings.FieldsSeq(text) {
		longest = max(longest, words.Width(word))
	}
	return longest
}

// width is that of the lines.
func (g *grid) width() int {
	sum := gap * (len(g.widths) - 1)
	for _, width := range g.widths {
		sum += width
	}
	return sum
}

// fit lays columns out in lines of a width: as they want to be, with narrow
// headings, with words broken into lines, or else divided into parts that each
// have the columns of words.
func fit(t *Table, columns []int, width int) []*grid {
	if g := newGrid(t, columns, false); g.width() <= width {
		return []*grid{g}
	}
	g := newGrid(t, columns, true)
	if g.narrow(width) {
		return []*grid{g}
	}
	return divide(t, columns, g.least(), width)
}

// narrow breaks words into lines as far as a width needs it, each time in the
// column that breaks the fewest cells, and reports whether it is enough.
func (g *grid) narrow(width int) bool {
	least := g.least()
	lengths := g.lengths()
	for n := range g.columns { // no column needs more than all the room
		g.widths[n] = max(least[n], min(g.widths[n], width))
	}
	for g.width() > width {
		best, fewest := -1, 0
		for n := range g.columns {
			if g.widths[n] == least[n] {
				continue
			}
			g.widths[n]--
			pieces := g.pieces(lengths)
			g.widths[n]++
			if best < 0 || pieces < fewest || pieces == fewest && g.widths[n] > g.widths[best] {
				best, fewest = n, pieces
			}
		}
		if best < 0 {
			return false
		}
		g.widths[best]--
	}
	return true
}

// lengths are the characters of every cell of words, by row and column; 0 for
// figures.
func (g *grid) lengths() [][]int {
	var all [][]int
	for _, row := range g.t.Rows {
		lengths := make([]int, len(g.columns))
		for n, i := range g.columns {
			if g.t.Columns[i].Text {
				lengths[n] = g.indent(n, row) + words.Width(row.cell(i).Text)
			}
		}
		all = append(all, lengths)
	}
	return all
}

// pieces is about into how many pieces all cells are broken.
func (g *grid) pieces(lengths [][]int) int {
	sum := 0
	for _, row := range lengths {
		for n, length := range row {
			sum += (length + g.widths[n] - 1) / max(1, g.widths[n])
		}
	}
	return sum
}

// least is how narrow each column can be.
func (g *grid) least() []int {
	least := make([]int, len(g.columns))
	for n, i := range g.columns {
		least[n] = g.widths[n]
		if !g.t.Columns[i].Text {
			continue
		}
		floor := leastOther
		if n == 0 {
			floor = leastText
			if g.t.narrow {
				floor = leastNarrow
			}
		}
		floor = max(floor, longestWord(g.t.Columns[i].Heading))
		for _, row := range g.t.Rows {
			floor = max(floor, min(longWord, g.indent(n, row)+longestWord(row.cell(i).Text)))
		}
		least[n] = min(g.widths[n], floor)
	}
	return least
}

// divide lays columns out in as few parts as can be, each with the columns of
// words and about as many of the others.
func divide(t *Table, columns, least []int, width int) []*grid {
	repeated, divided := repeatedColumns(t, columns, least, width)
	widths, room := map[int]int{}, width
	for n, i := range columns {
		widths[i] = least[n]
	}
	for _, i := range repeated {
		room -= widths[i] + gap
	}
	parts := share(divided, widths, room, len(divided))
	if n := len(parts); n > 1 {
		parts = share(divided, widths, room, (len(divided)+n-1)/n)
	}
	var grids []*grid
	for _, part := range parts {
		g := newGrid(t, slices.Concat(repeated, part), true)
		g.narrow(width)
		grids = append(grids, g)
	}
	return grids
}

// repeatedColumns are the columns that every part has: those of words or, if they
// leave no room for any other, the first.
func repeatedColumns(t *Table, columns, least []int, width int) (repeated, divided []int) {
	used, widest := 0, 0
	for n, i := range columns {
		if t.Columns[i].Text {
			repeated = append(repeated, i)
			used += least[n] + gap
		} else {
			divided = append(divided, i)
			widest = max(widest, least[n])
		}
	}
	if used+widest > width || len(divided) == 0 {
		return columns[:1], columns[1:]
	}
	return repeated, divided
}

// share divides columns into runs of at most so many that fit into the room.
func share(columns []int, widths map[int]int, room, most int) [][]int {
	var parts [][]int
	used := 0
	for _, i := range columns {
		last := len(parts) - 1
		if last < 0 || len(parts[last]) == most || used+gap+widths[i] > room {
			parts, used = append(parts, nil), -gap
			last++
		}
		parts[last] = append(parts[last], i)
		used += gap + widths[i]
	}
	if len(parts) == 0 {
		parts = append(parts, nil)
	}
	return parts
}
