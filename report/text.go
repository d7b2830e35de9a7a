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
	leastNarrow  = 20 // the same of a narrow table
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
	if t.narrow {
		o.Width = min(o.Width, noteWidth)
	}
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
	for _, note := range slices.Concat([]string{hidden}, t.Notes, t.more) {
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
		return []string{words.OneLine(text)}
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
