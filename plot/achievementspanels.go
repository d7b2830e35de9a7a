package plot

import (
	"fmt"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// The heights in a panel of achievements, in rows: a bar is one row.
const (
	headRows = 1.25 // the name of a metric over its bars, and its target beside it
	tallRows = 2.2  // the same with the target under the name
	gapRows  = 0.6  // to the next metric

	fewMetrics = 2 // that stand under one another
)

// isEmpty reports whether there is nothing to draw.
func (g achieved) isEmpty() bool { return g.longest() == 0 && g.target == 0 }

// longest is the longest bar.
func (g achieved) longest() (most float64) {
	for _, b := range g.bars {
		most = max(most, b.end)
	}
	return most
}

// scale is what is drawn with a length of 1: the target, so that the targets of all
// metrics stand in one line, the end of a scale that all share, or the longest bar, where there is no target or where it is
// far above the target.
func (g achieved) scale() float64 {
	const far = 2.5
	if g.end > 0 {
		return g.end
	}
	if longest := g.longest(); g.target == 0 || longest > far*g.target {
		return longest
	}
	return g.target
}

// achievedLayout is how a panel of achievements is laid out.
type achievedLayout struct {
	head      float64   // rows of a heading
	most      float64   // how far the axis goes, in lengths of 1
	left      vg.Length // the names of bars take to the left of the plot
	data      vg.Length // that is at least left for bars and what stands beside them
	unitNamed bool      // whether headings have the unit
}

// rows is how many rows the metric takes.
func (l achievedLayout) rows(g achieved) float64 { return l.head + float64(len(g.bars)) + gapRows }

func (l achievedLayout) rowsOf(groups []achieved) (sum float64) {
	for _, g := range groups {
		sum += l.rows(g)
	}
	return sum
}

// heading is the name of a metric, and its unit where metrics differ in that.
func (l achievedLayout) heading(g achieved) (name, unit string) {
	if l.unitNamed && !strings.HasSuffix(g.name, g.unit) {
		unit = ", " + g.unit
	}
	return words.Capital(g.name), unit
}

// The lettering of headings, and of the names of bars.
func headingStyle() text.Style {
	return aligned(bold(lettering(labelSize, ink)), draw.XLeft, draw.YBottom)
}

func unitStyle() text.Style {
	return aligned(lettering(smallSize, muted), draw.XLeft, draw.YBottom)
}

func targetStyle() text.Style {
	return aligned(lettering(smallSize, ink), draw.XCenter, draw.YBottom)
}
func barNameStyle() text.Style { return lettering(8.5, ink) }

// panels puts the metrics into one column if they are few, or else into two, and returns
// the height that the longer column needs.
func (a *achievements) panels(f *Figure) ([]Panel, vg.Length) {
	var groups []achieved
	for _, g := range a.groups {
		if !g.isEmpty() {
			groups = append(groups, g)
		}
	}
	columns := [][]achieved{groups}
	l := achievedLayout{head: headRows, most: 1, data: 300}
	if len(groups) > fewMetrics {
		l.data = 130
		half := (len(groups) + 1) / 2
		columns = [][]achieved{groups[:half], groups[half:]}
	}
	for _, g := range groups {
		l.most = max(l.most, g.longest()/g.scale())
		l.unitNamed = l.unitNamed || g.unit != groups[0].unit
	}
	l.left = namesOf(groups)
	if l.crowded(groups) {
		l.head = tallRows
	}
	rows := 1.0
	for _, column := range columns {
		rows = max(rows, l.rowsOf(column))
	}
	var panels []Panel
	for i, column := range columns {
		panels = append(panels, Panel{Plot: l.plot(column, rows)})
		f.tips = append(f.tips, a.tips(l, i, column, rows)...)
	}
	return panels, tall(int(rows) + 1)
}

// namesOf is how much room the names of bars take, with the gap to the bars.
func namesOf(groups []achieved) (room vg.Length) {
	for _, g := range groups {
		for _, b := range g.bars {
			room = max(room, barNameStyle().Width(b.label(barNameStyle()))+barNameGap)
		}
	}
	return room
}

// besides is how much room what stands beside the bars needs to the right of the plot.
func (l achievedLayout) besides(groups []achieved) (room vg.Length) {
	for _, g := range groups {
		if g.target > 0 {
			at := vg.Length(g.target / g.scale() / l.most)
			room = max(room, targetStyle().Width(targetSaid(g.target))/2-(1-at)*l.data)
		}
		for _, b := range g.bars {
			width := b.style().Width(b.text(g.target)) + besideGap
			// The plot is as long as the room leaves it.
			at := vg.Length(b.end / g.scale() / l.most)
			if need := width - (1-at)*l.data; need > 0 {
				room = max(room, need/max(at, 0.2))
			}
		}
	}
	return min(room, 100)
}

// crowded reports whether a target cannot stand beside the name of its metric.
func (l achievedLayout) crowded(groups []achieved) bool {
	data := l.data - l.besides(groups)
	for _, g := range groups {
		if g.target == 0 {
			continue
		}
		name, unit := l.heading(g)
		end := headingStyle().Width(name) + unitStyle().Width(unit) + 6
		if from := l.left + data*vg.Length(g.target/g.scale()/l.most) - targetStyle().Width(targetSaid(g.target))/2; end > from {
			return true
		}
	}
	return false
}

// plot draws the metrics of one column from the top down.
func (l achievedLayout) plot(groups []achieved, rows float64) *plot.Plot {
	p := newPlot()
	l.left = namesOf(groups) // of this column
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, l.most, 0, rows
	names := rowTicks{}
	name := barNameStyle()
	top := rows
	for _, g := range groups {
		foot, scale := top-l.head-float64(len(g.bars)), g.scale()
		p.Add(achievedHead{achievedLayout: l, achieved: g, base: top - l.head, foot: foot})
		for i, b := range g.bars {
			y := top - l.head - float64(i) - 0.5
			p.Add(box{x1: b.end / scale, y0: y - 0.4, y1: y + 0.4, fill: mix(b.colour, paper, 0.62)}, box{x1: b.date / scale, y0: y - 0.4, y1: y + 0.4, fill: b.colour})
			p.Add(besideBar{b.end / scale, y, b.text(g.target), b.style()})
			names = append(names, plot.Tick{Value: y, Label: b.label(name)})
		}
		p.Add(line{x: []float64{0, 0}, y: []float64{foot, top - l.head}, style: solid(axis, 0.75)})
		top -= l.rows(g)
	}
	p.Add(margin(l.besides(groups)))
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, l.most, 0, rows
	p.X.Tick.Marker, p.Y.Tick.Marker = rowTicks{}, names
	p.Y.Tick.Label, p.Y.Padding = aligned(name, draw.XRight, draw.YCenter), barNameGap
	p.X.Width, p.X.Tick.Color, p.X.Tick.Length, p.Y.Color = 0, paper, 0, paper
	return p
}

// tips say what each bar is, from the top down.
func (a *achievements) tips(l achievedLayout, panel int, groups []achieved, rows float64) (all []tip) {
	top := rows
	for _, g := range groups {
		target := ""
		if g.target > 0 {
			target = "; target " + words.Count(g.target)
		}
		for i, b := range g.bars {
			text := fmt.Sprintf("%s, %s: %s %s", words.Capital(g.name), b.name, words.Number(b.end, b.decimals()), g.unit)
			switch {
			case b.isPublished() && !a.by.IsZero():
				text += " to " + a.by.Long()
			case !a.by.IsZero():
				text += " to the end, " + words.Number(b.date, b.decimals()) + " of them to " + a.by.Long()
			}
			all = append(all, tip{panel: panel, at: top - l.head - float64(i) - 0.5, down: true, text: text + target})
		}
		top -= l.rows(g)
	}
	return all
}

// widestBarName is the room for the names of bars.
const (
	widestBarName = vg.Length(84)
	barNameGap    = vg.Length(5) // from a name to its bar
)

// isPublished reports whether a bar is not modelled.
func (b bar) isPublished() bool { return b.name == "published" }

// label names a bar to the left of it.
func (b bar) label(style text.Style) string {
	const fitted = ", fitted"
	name := words.Capital(b.name)
	if !b.fitted {
		return shortened(style, name, widestBarName)
	}
	return shortened(style, name, widestBarName-style.Width(fitted)) + fitted
}

// decimals are one for a mean that whole numbers would not tell from others.
func (b bar) decimals() int {
	if b.end < 9.95 && !b.isPublished() {
		return 1
	}
	return 0
}

// text is what stands beside a bar: published units with their share of the target,
// modelled units to date and in total.
func (b bar) text(target float64) string {
	count := func(n float64) string { return words.Number(n, b.decimals()) }
	switch date, end := count(b.date), count(b.end); {
	case b.isPublished() && target > 0:
		return end + ", " + whole(b.end/target) + " of target"
	case b.isPublished() || date == end:
		return end
	default:
		return date + "; " + end + " in total"
	}
}

func (b bar) style() text.Style {
	if b.isPublished() {
		return bold(lettering(smallSize, ink))
	}
	return lettering(smallSize, muted)
}

// besideBar is text right of the end of a bar. Where the line of a target passes, it is
// interrupted.
type besideBar struct {
	x, y  float64
	text  string
	style text.Style
}

// Plot writes the text.
func (b besideBar) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	base := vg.Point{X: x(b.x) + besideGap, Y: y(b.y) + 0.5}
	r := b.style.Rectangle(b.text).Add(base)
	r.Min.X, r.Max.X = r.Min.X-1, r.Max.X+1
	c.SetColor(paper)
	c.Fill(r.Path())
	c.FillText(b.style, base, b.text)
}

// targetSaid writes a target over its line.
func targetSaid(target float64) string { return "Target " + words.Count(target) }

// achievedHead is the name of a metric over its bars and its target, an upright
// line along them that is labelled at its top.
type achievedHead struct {
	achievedLayout
	achieved
	base, foot float64 // in rows, of the heading and of the bars
}

// Plot writes the name and the target.
func (h achievedHead) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	base, from := y(h.base)+3, c.Min.X-h.left
	name, unit := h.heading(h.achieved)
	up := vg.Length(0) // from the target to the name
	if h.target > 0 {
		at := x(h.target / h.scale())
		c.StrokeLine2(dashed(ink), at, y(h.foot)-1, at, base-1)
		style := targetStyle()
		c.FillText(style, vg.Point{X: at, Y: base}, targetSaid(h.target))
	}
	if h.head == tallRows {
		up = 1.25 * smallSize
	}
	written := shortened(headingStyle(), name, c.Max.X+60-from-unitStyle().Width(unit))
	c.FillText(headingStyle(), vg.Point{X: from, Y: base + up}, written)
	c.FillText(unitStyle(), vg.Point{X: from + headingStyle().Width(written), Y: base + up}, unit)
}

// empty names the metrics that are not drawn.
func (a *achievements) empty() string {
	var names []string
	for _, g := range a.groups {
		if g.isEmpty() {
			names = append(names, g.name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	what := "No units are published or modelled under "
	if len(a.results) == 0 {
		what = "No units are published under "
	}
	return what + strings.Join(names, "; ")
}
