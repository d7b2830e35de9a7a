package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// How text is laid out, in characters.
const (
	defaultWidth = 120
	gap          = 2 // between columns
	step         = 2 // of an indent
	noteWidth    = 100
	leastText    = 28 // to which the first column of words is broken before a table is divided
	leastOther   = 12 // to which further columns of words are broken
	longWord     = 30 // that need not stand in its column: an address
	easyHeading  = 20 // to which headings of figures are broken in any case
	leastHeading = 10 // to which they are broken in a table that is too wide
)

// writeText writes tables as aligned text, an empty line between two.
func writeText(w io.Writer, o Options, tables []Table) error {
	if o.Width == 0 {
		o.Width = defaultWidth
	}
	for i, t := range tables {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if _, err := io.WriteString(w, t.text(o)); err != nil {
			return err
		}
	}
	return nil
}

// text lays a table out.
func (t *Table) text(o Options) string {
	var b strings.Builder
	columns, hidden := t.shown(o)
	t.above(&b, o.Width)
	for i, g := range fit(t, columns, o.Width) {
		if i > 0 {
			b.WriteString("\n")
		}
		g.write(&b)
	}
	t.below(&b, o.Width, hidden)
	return b.String()
}

// above writes the title and what stands below it.
func (t *Table) above(b *strings.Builder, width int) {
	for _, line := range append([]string{t.Title}, t.About...) {
		if line != "" {
			b.WriteString(hanging(line, width) + "\n")
		}
	}
	if t.Title != "" || len(t.About) > 0 {
		b.WriteString("\n")
	}
}

// below writes the notes.
func (t *Table) below(b *strings.Builder, width int, hidden string) {
	first := true
	for _, note := range append([]string{hidden}, t.Notes...) {
		if note == "" {
			continue
		}
		if first {
			b.WriteString("\n")
		}
		first = false
		b.WriteString(hanging(note, min(width, noteWidth)) + "\n")
	}
}

// hanging breaks text into lines, all but the first indented.
func hanging(text string, width int) string {
	return strings.Join(words.Wrap(text, width-step), "\n"+strings.Repeat(" ", step))
}

// grid is a table, or a part of one, in columns of known widths.
type grid struct {
	t        *Table
	columns  []int
	widths   []int // by column of the grid
	headings []int // to which headings of figures are broken, by column of the grid
}

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

// write writes the headings and the rows.
func (g *grid) write(b *strings.Builder) {
	if g.t.hasHeadings() {
		g.head(b)
	}
	for n, row := range g.t.Rows {
		if row.Heading != "" {
			if n > 0 {
				b.WriteString("\n")
			}
			b.WriteString(strings.Join(words.Wrap(strings.ToUpper(row.Heading), max(g.width(), leastText)), "\n") + "\n")
			continue
		}
		g.row(b, row)
	}
}

// head writes the headings; the last line of each stands on the last line.
func (g *grid) head(b *strings.Builder) {
	broken := make([][]string, len(g.columns))
	most := 0
	for n, i := range g.columns {
		width := g.headings[n]
		if g.t.Columns[i].Text {
			width = g.widths[n]
		}
		broken[n] = words.Wrap(g.t.Columns[i].Heading, width)
		most = max(most, len(broken[n]))
	}
	for n := range broken {
		broken[n] = append(make([]string, most-len(broken[n])), broken[n]...)
	}
	g.lines(b, broken, most)
}

// row writes a row in as many lines as its words need.
func (g *grid) row(b *strings.Builder, row Row) {
	broken := make([][]string, len(g.columns))
	most := 0
	for n, i := range g.columns {
		broken[n] = g.broken(n, row, row.cell(i).Text)
		most = max(most, len(broken[n]))
	}
	g.lines(b, broken, most)
}

// broken breaks the text of a cell into lines if it holds words. In the first
// column the lines after the first are indented.
func (g *grid) broken(n int, row Row, text string) []string {
	if !g.t.Columns[g.columns[n]].Text {
		return []string{text}
	}
	before := strings.Repeat(" ", g.indent(n, row))
	if one := before + words.OneLine(text); words.Width(one) <= g.widths[n] {
		return []string{one}
	}
	room, further := g.widths[n]-len(before), ""
	if n == 0 {
		further = strings.Repeat(" ", 2*step) // further in than a part of the row
		room -= len(further)
	}
	if n < len(g.columns)-1 { // beyond the last column there is room for a long word
		text = breakable(text, max(1, room))
	}
	lines := words.Wrap(text, room)
	for i := range lines {
		if i > 0 {
			lines[i] = further + lines[i]
		}
		lines[i] = before + lines[i]
	}
	return lines
}

// breakable is a text in which words longer than a width can be broken: after a
// sign that parts them, as in "cohorts.step-down.lag", or anywhere.
func breakable(text string, width int) string {
	var all []string
	for word := range strings.FieldsSeq(text) {
		for words.Width(word) > width {
			start := string([]rune(word)[:width])
			at := strings.LastIndexAny(start, "./-_") + 1
			if at == 0 {
				at = len(start)
			}
			all, word = append(all, word[:at]), word[at:]
		}
		all = append(all, word)
	}
	return strings.Join(all, " ")
}

// lines writes cells side by side, words to the left and figures to the right.
func (g *grid) lines(b *strings.Builder, broken [][]string, most int) {
	for l := range most {
		var line strings.Builder
		for n, i := range g.columns {
			cell := ""
			if l < len(broken[n]) {
				cell = broken[n][l]
			}
			pad := strings.Repeat(" ", max(0, g.widths[n]-words.Width(cell)))
			if g.t.Columns[i].Text {
				cell, pad = pad, cell
			}
			line.WriteString(pad + cell + strings.Repeat(" ", gap))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}
