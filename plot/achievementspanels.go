package plot

import (
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// The heights in a panel of achievements, in rows: a bar is one row.
const (
	headRows = 1.25 // the name of a metric over its bars
	gapRows  = 0.6  // to the next metric

	widestRows = 13 // that one column has of a single unit
)

// isEmpty reports whether there is nothing to draw.
func (g achieved) isEmpty() bool {
	for _, b := range g.bars {
		if b.end > 0 {
			return false
		}
	}
	return targetOf(g.metric) == 0
}

// rows is how many rows the metric takes.
func (g achieved) rows() float64 { return headRows + float64(len(g.bars)) + gapRows }

func rowsOf(groups []achieved) float64 {
	sum := 0.0
	for _, g := range groups {
		sum += g.rows()
	}
	return sum
}

// panels divides the metrics by unit, many of a single unit over two columns, and
// returns the height that the longest column needs.
func (a *achievements) panels() ([]Panel, vg.Length) {
	var units []string
	by := map[string][]achieved{}
	for _, g := range a.groups {
		unit := unitOf(g.metric).Many
		if g.isEmpty() {
			continue
		}
		if len(by[unit]) == 0 {
			units = append(units, unit)
		}
		by[unit] = append(by[unit], g)
	}
	var columns [][]achieved
	for _, unit := range units {
		all := by[unit]
		if len(units) == 1 && len(all) > 2 && rowsOf(all) > widestRows {
			half := (len(all) + 1) / 2
			columns = append(columns, all[:half], all[half:])
			continue
		}
		columns = append(columns, all)
	}
	if len(columns) == 0 { // an axis without a bar
		columns = [][]achieved{nil}
	}
	rows := 1.0
	for _, column := range columns {
		rows = max(rows, rowsOf(column))
	}
	var panels []Panel
	for i, column := range columns {
		name := ""
		if len(units) > 1 {
			name = words.Capital(units[i])
		}
		scale := column
		if len(units) == 1 {
			scale = by[units[0]]
		}
		panels = append(panels, Panel{name, achievementsPlot(column, longestOf(scale), rows)})
	}
	lines, _ := grid(len(columns))
	return panels, tall(lines * int(rows+1))
}

// longestOf is the longest bar or target of some metrics.
func longestOf(groups []achieved) float64 {
	most := 0.0
	for _, g := range groups {
		most = max(most, float64(targetOf(g.metric)))
		for _, b := range g.bars {
			most = max(most, b.end)
		}
	}
	return most
}

// achievementsPlot draws the metrics of one column from the top down.
func achievementsPlot(groups []achieved, most, rows float64) *plot.Plot {
	p := newPlot()
	addGrid(p, false, true)
	p.X.Min, p.X.Max = 0, max(1, 1.02*most)
	p.Y.Min, p.Y.Max = 0, rows
	names := rowTicks{}
	name := lettering(8.5, ink)
	left, right := spareRoom(groups, name, p.X.Max)
	top := rows
	for _, g := range groups {
		target := float64(targetOf(g.metric))
		foot := top - headRows - float64(len(g.bars))
		p.Add(achievedHead{name: g.metric.Name, top: top, foot: foot, target: target, left: left, right: right})
		for i, b := range g.bars {
			y := top - headRows - float64(i) - 0.5
			p.Add(box{x1: b.end, y0: y - 0.4, y1: y + 0.4, fill: mix(b.colour, paper, 0.62)}, box{x1: b.date, y0: y - 0.4, y1: y + 0.4, fill: b.colour})
			p.Add(beside{x: b.end, y: y, text: b.text(target), style: b.style(), marks: marksOf(target)})
			names = append(names, plot.Tick{Value: y, Label: b.label(name)})
		}
		top -= g.rows()
	}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, max(1, 1.02*most), 0, rows
	p.X.Tick.Marker, p.Y.Tick.Marker = numberTicks{write: countLabels, whole: true}, names
	p.Y.Tick.Label, p.Y.Padding = aligned(name, draw.XRight, draw.YCenter), barNameGap
	p.X.Width, p.X.Tick.Color = 0, paper
	return p
}

// widestBarName is the room for the names of bars.
const (
	widestBarName = vg.Length(84)
	barNameGap    = vg.Length(5) // from a name to its bar
)

// spareRoom is how much room the names of bars take to the left of the plot, and the
// texts beside the bars at least to the right of it: the name over the bars may take
// it too.
func spareRoom(groups []achieved, name text.Style, most float64) (left, right vg.Length) {
	for _, g := range groups {
		target := float64(targetOf(g.metric))
		for _, b := range g.bars {
			left = max(left, name.Width(b.label(name)))
			mark := max(b.end, target) / most
			right = max(right, b.style().Width(b.text(target))+besideGap-48*vg.Length(1-mark))
		}
	}
	return left + barNameGap, right
}

func marksOf(target float64) []float64 {
	if target > 0 {
		return []float64{target}
	}
	return nil
}

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

// text is what stands beside a bar: published units with their share of the target,
// modelled units to date and in total.
func (b bar) text(target float64) string {
	switch date, end := words.Count(b.date), words.Count(b.end); {
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

// achievedHead is the name of a metric over its bars and its target, an upright
// line along them that is labelled at its top.
type achievedHead struct {
	name      string
	top, foot float64 // in rows
	target    float64 // 0 for none
	// left and right are how far the name may reach beyond the plot.
	left, right vg.Length
}

// Plot writes the name and the target.
func (h achievedHead) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	base, from, to := y(h.top-headRows)+3, c.Min.X-h.left, c.Max.X+h.right
	name := aligned(bold(lettering(labelSize, ink)), draw.XLeft, draw.YBottom)
	if h.target == 0 {
		c.FillText(name, vg.Point{X: from, Y: base}, shortened(name, h.name, to-from))
		return
	}
	at := x(h.target)
	c.StrokeLine2(dashed(ink), at, y(h.foot)-1, at, base-2)
	style := aligned(lettering(smallSize, ink), draw.XLeft, draw.YBottom)
	text := "Target " + words.Count(h.target)
	wide := style.Width(text)
	written := shortened(name, h.name, to-from-wide-8)
	left := min(max(from+name.Width(written)+8, at-wide/2), to-wide)
	c.FillText(name, vg.Point{X: from, Y: base}, written)
	c.FillText(style, vg.Point{X: left, Y: base}, text)
}

// empty names the metrics that are not drawn.
func (a *achievements) empty() string {
	var names []string
	for _, g := range a.groups {
		if g.isEmpty() {
			names = append(names, g.metric.Name)
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
