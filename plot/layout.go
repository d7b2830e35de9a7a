package plot

import (
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// draw draws the figure on a canvas: title, subtitle and key at the top, the note at
// the bottom, and the panels in between.
func (f *Figure) draw(c vg.CanvasSizer) {
	if f.currency != "" {
		c = ofCurrency{c, f.currency}
	}
	page := draw.New(c)
	page.SetColor(paper)
	page.Fill(page.Rectangle.Path())

	width, _ := c.Size()
	// Text shrinks more slowly than the figure, so that it can be read.
	scale := vg.Length(min(1, max(0.78, math.Sqrt(float64(width/defaultWidth)))))
	margin := 16 * scale
	area := draw.Crop(page, margin, -margin, margin-4, -margin+2)

	title := bold(lettering(15*scale, ink))
	area.Max.Y -= paragraph(area, title, balanced(title, f.Title, area.Max.X-area.Min.X))
	area.Max.Y -= paragraph(area, lettering(10.5*scale, muted), f.Subtitle)
	area.Max.Y -= f.key(area, scale) + 8*scale
	area.Min.Y += f.note(area, lettering(7.6*scale, muted))
	f.panels(area)
}

// leading is the distance from line to line, in sizes of the text.
const leading = 1.28

// paragraph writes text at the top of an area, in as many lines as it needs, and
// returns its height. Text that has lines of its own keeps them.
func paragraph(area draw.Canvas, style text.Style, s string) vg.Length {
	style = aligned(style, draw.XLeft, draw.YTop)
	height := vg.Length(0)
	for _, line := range wrappedLines(style, s, area.Max.X-area.Min.X) {
		area.FillText(style, vg.Point{X: area.Min.X, Y: area.Max.Y - height}, line)
		height += leading * style.Font.Size
	}
	return height
}

// balanced breaks text into as few lines as a width allows, of about the same length, so
// that no word is left on a line of its own.
func balanced(style text.Style, s string, width vg.Length) string {
	best := wrappedLines(style, s, width)
	most := len(best)
	for narrower := width; most > 1 && narrower > width/2; narrower -= 4 {
		lines := wrappedLines(style, s, narrower)
		if len(lines) > most {
			break
		}
		best = lines
	}
	return strings.Join(best, "\n")
}

// wrappedLines breaks text into lines that are no wider than a width; lines of its own
// stay apart.
func wrappedLines(style text.Style, s string, width vg.Length) (lines []string) {
	for _, own := range strings.Split(s, "\n") {
		lines = append(lines, wrap(style, own, width)...)
	}
	return lines
}

// note writes the note at the bottom of an area and returns its height.
func (f *Figure) note(area draw.Canvas, style text.Style) vg.Length {
	lines := wrappedLines(style, f.Note, area.Max.X-area.Min.X)
	if len(lines) == 0 {
		return 0
	}
	height := leading * style.Font.Size * vg.Length(len(lines))
	foot := area
	foot.Max.Y = foot.Min.Y + height
	paragraph(foot, style, f.Note)
	return height + 8
}

// key draws the key in as many rows as it needs and returns its height.
func (f *Figure) key(area draw.Canvas, scale vg.Length) vg.Length {
	if len(f.Key) == 0 {
		return 0
	}
	style := lettering(9.5*scale, ink)
	mark, gap, row := 20*scale, 6*scale, 15*scale
	x, y := area.Min.X, area.Max.Y-row*0.7
	for _, entry := range f.Key {
		need := mark + gap + style.Width(entry.Label)
		if x > area.Min.X && x+need > area.Max.X {
			x, y = area.Min.X, y-row
		}
		if entry.Mark != nil {
			place := draw.Canvas{Canvas: area.Canvas, Rectangle: vg.Rectangle{
				Min: vg.Point{X: x, Y: y - 4.5*scale}, Max: vg.Point{X: x + mark, Y: y + 4.5*scale},
			}}
			entry.Mark.Thumbnail(&place)
		}
		area.FillText(style, vg.Point{X: x + mark + gap, Y: y + 0.08*style.Font.Size}, entry.Label)
		x += need + 18*scale
	}
	return area.Max.Y - y + row*0.5
}

// panels draws the panels side by side, with data areas of equal size.
func (f *Figure) panels(area draw.Canvas) {
	rows, columns := f.grid()
	plots := f.fitted(rows, columns)
	const between = 16
	// A name may reach into the gap before the next panel.
	width := func(i int, c, data draw.Canvas) vg.Length {
		if i%columns < columns-1 {
			return c.Max.X - data.Min.X + between - 4
		}
		return c.Max.X - data.Min.X
	}
	each := func(names vg.Length, do func(i int, p *plot.Plot, c, data draw.Canvas)) {
		below := area
		below.Max.Y -= names
		tiles := draw.Tiles{Rows: rows, Cols: columns, PadX: between, PadY: 14 + names}
		canvases := plot.Align(plots, tiles, below)
		if rows == 1 && len(f.shares) == columns {
			canvases[0] = f.unequal(below, between)
		}
		for i := range f.Panels {
			p, c := plots[i/columns][i%columns], canvases[i/columns][i%columns]
			do(i, p, c, p.DataCanvas(c))
		}
	}
	// Labels can be fitted and names broken only once the size is known.
	style, lines := bold(lettering(10.5, ink)), 0
	each(0, func(i int, p *plot.Plot, c, data draw.Canvas) {
		fit(&p.X, data.Max.X-data.Min.X, false)
		fit(&p.Y, data.Max.Y-data.Min.Y, true)
		lines = max(lines, len(broken(style, f.Panels[i].Name, width(i, c, data), 2)))
	})
	names := leading * style.Font.Size * vg.Length(lines)
	if lines > 0 {
		names += 8
	}
	each(names, func(i int, p *plot.Plot, c, data draw.Canvas) {
		fit(&p.Y, data.Max.Y-data.Min.Y, true)
		p.Draw(c)
		f.place(i, p, c, data)
		f.writeTips(i, p, data)
		name := broken(style, f.Panels[i].Name, width(i, c, data), 2)
		for n, line := range name {
			y := c.Max.Y + 6 + leading*style.Font.Size*vg.Length(len(name)-1-n)
			c.FillText(aligned(style, draw.XLeft, draw.YBottom), vg.Point{X: data.Min.X, Y: y}, line)
		}
	})
}

// unequal divides a row into canvases by the figure's shares. Their plots have labels of one
// height below them, so that they stand on one line.
func (f *Figure) unequal(row draw.Canvas, between vg.Length) (canvases []draw.Canvas) {
	parts := 0.0
	for _, share := range f.shares {
		parts += share
	}
	room := row.Max.X - row.Min.X - between*vg.Length(len(f.shares)-1)
	left := row.Min.X
	for _, share := range f.shares {
		c := row
		c.Min.X, c.Max.X = left, left+room*vg.Length(share/parts)
		canvases, left = append(canvases, c), c.Max.X+between
	}
	return canvases
}

// grid returns how many rows and columns panels stand in: up to four in a row.
func grid(panels int) (rows, columns int) {
	rows = (panels + 3) / 4
	return rows, (panels + rows - 1) / rows
}

// grid is how many rows and columns the panels of the figure stand in.
func (f *Figure) grid() (rows, columns int) {
	if f.columns == 0 {
		return grid(len(f.Panels))
	}
	return (len(f.Panels) + f.columns - 1) / f.columns, f.columns
}

// fitted returns copies of the plots in rows, so that drawing does not change the
// figure, with the same y axis if SameScale is set.
func (f *Figure) fitted(rows, columns int) [][]*plot.Plot {
	low, high := math.Inf(1), math.Inf(-1)
	for _, panel := range f.Panels {
		low, high = min(low, panel.Plot.Y.Min), max(high, panel.Plot.Y.Max)
	}
	plots := make([][]*plot.Plot, rows)
	for i := range rows * columns {
		if i >= len(f.Panels) {
			plots[i/columns] = append(plots[i/columns], nil)
			continue
		}
		p := *f.Panels[i].Plot
		if f.SameScale {
			p.Y.Min, p.Y.Max = low, high
			if i%columns > 0 {
				p.Y.Tick.Marker = unlabelled{p.Y.Tick.Marker}
			}
		}
		plots[i/columns] = append(plots[i/columns], &p)
	}
	return plots
}

// fit tells an axis how long it is.
func fit(a *plot.Axis, length vg.Length, vertical bool) {
	if length <= 0 || !(a.Max > a.Min) {
		return
	}
	r := room{length: length, vertical: vertical, min: a.Min, max: a.Max, style: a.Tick.Label}
	switch marker := a.Tick.Marker.(type) {
	case fitting:
		a.Tick.Marker = marker.fit(r)
	case unlabelled:
		if inner, ok := marker.Ticker.(fitting); ok {
			a.Tick.Marker = unlabelled{inner.fit(r)}
		}
	}
}
