package plot

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// addGrid adds thin lines at the ticks of an axis.
func addGrid(p *plot.Plot, horizontal, vertical bool) {
	g := plotter.NewGrid()
	quiet := draw.LineStyle{Color: faint, Width: 0.75}
	g.Horizontal, g.Vertical = draw.LineStyle{}, draw.LineStyle{}
	if horizontal {
		g.Horizontal = quiet
	}
	if vertical {
		g.Vertical = quiet
	}
	p.Add(g)
}

// line joins points; where y is not a number there is a gap.
type line struct {
	x, y  []float64
	style draw.LineStyle
	dot   vg.Length // radius of a dot at every point; 0 for none
	// square says which points are filled squares rather than dots.
	square []bool
	halo   bool   // whether the line has a white edge, to stand out on colour
	series string // that it draws; may be empty
}

// Plot draws the line.
func (l line) Plot(c draw.Canvas, p *plot.Plot) {
	inSeries(c, l.series, func() { l.drawOn(c, p) })
}

func (l line) drawOn(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	var points []vg.Point
	stroke := func() {
		if l.halo && len(points) > 1 {
			c.StrokeLines(draw.LineStyle{Color: paper, Width: l.style.Width + 2}, points)
		}
		if len(points) > 1 {
			c.StrokeLines(l.style, points)
		}
		points = points[:0:0]
	}
	for i := range l.x {
		if !finite(l.y[i]) {
			stroke()
			continue
		}
		points = append(points, vg.Point{X: x(l.x[i]), Y: y(l.y[i])})
	}
	stroke()
	l.dots(c, x, y)
}

func (l line) dots(c draw.Canvas, x, y func(float64) vg.Length) {
	for i := range l.x {
		if !finite(l.y[i]) {
			continue
		}
		at := vg.Point{X: x(l.x[i]), Y: y(l.y[i])}
		if i < len(l.square) && l.square[i] {
			c.DrawGlyph(draw.GlyphStyle{Color: l.style.Color, Radius: 1.9 * max(l.dot, 2), Shape: draw.BoxGlyph{}}, at)
		} else if l.dot > 0 || len(l.x) == 1 {
			c.DrawGlyph(draw.GlyphStyle{Color: l.style.Color, Radius: max(l.dot, 2), Shape: draw.CircleGlyph{}}, at)
		}
	}
}

// DataRange returns the range of the points.
func (l line) DataRange() (xmin, xmax, ymin, ymax float64) { return bounds(l.x, l.y) }

// Thumbnail draws a piece of the line for a key.
func (l line) Thumbnail(c *draw.Canvas) {
	middle := c.Center()
	if len(l.square) > 0 {
		c.DrawGlyph(draw.GlyphStyle{Color: l.style.Color, Radius: 4, Shape: draw.BoxGlyph{}}, middle)
		return
	}
	c.StrokeLine2(l.style, c.Min.X, middle.Y, c.Max.X, middle.Y)
	if l.dot > 0 {
		c.DrawGlyph(draw.GlyphStyle{Color: l.style.Color, Radius: l.dot, Shape: draw.CircleGlyph{}}, middle)
	}
}

// solid is a line without dashes.
func solid(c color.Color, width vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: c, Width: width}
}

// dotted is the line of a plan.
func dotted(c color.Color) draw.LineStyle {
	return draw.LineStyle{Color: c, Width: 1.5, Dashes: []vg.Length{1.2, 2.6}}
}

// dashed is the line of a target or a cap.
func dashed(c color.Color) draw.LineStyle {
	return draw.LineStyle{Color: c, Width: 1, Dashes: []vg.Length{4, 3}}
}

// band fills what lies between low and high.
type band struct {
	x, low, high []float64
	fill         color.Color
	edge         bool // whether a thin white line sets it off from its neighbours
}

// Plot draws the band.
func (b band) Plot(c draw.Canvas, p *plot.Plot) {
	if len(b.x) < 2 {
		return
	}
	x, y := p.Transforms(&c)
	var outline []vg.Point
	for i := range b.x {
		outline = append(outline, vg.Point{X: x(b.x[i]), Y: y(b.high[i])})
	}
	upper := len(outline)
	for i := len(b.x) - 1; i >= 0; i-- {
		outline = append(outline, vg.Point{X: x(b.x[i]), Y: y(b.low[i])})
	}
	c.FillPolygon(b.fill, outline)
	if b.edge {
		c.StrokeLines(solid(paper, 0.75), outline[:upper])
	}
}

// DataRange returns the range of both edges.
func (b band) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, xmax, ymin, _ = bounds(b.x, b.low)
	_, _, _, ymax = bounds(b.x, b.high)
	return xmin, xmax, ymin, ymax
}

// Thumbnail draws a patch for a key.
func (b band) Thumbnail(c *draw.Canvas) { box{fill: b.fill}.Thumbnail(c) }

// box is a rectangle in units of the data: a bar, a step of a waterfall, or
// without a fill the outline of a target.
type box struct {
	x0, x1, y0, y1 float64
	fill           color.Color    // nil for none
	outline        draw.LineStyle // width 0 for none
}

// Plot draws the rectangle.
func (b box) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	b.draw(c, vg.Rectangle{Min: vg.Point{X: x(b.x0), Y: y(b.y0)}, Max: vg.Point{X: x(b.x1), Y: y(b.y1)}})
}

func (b box) draw(c draw.Canvas, r vg.Rectangle) {
	corners := []vg.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}}
	if b.fill != nil {
		c.FillPolygon(b.fill, corners)
	}
	if b.outline.Width > 0 {
		c.StrokeLines(b.outline, append(corners, r.Min))
	}
}

// DataRange returns the corners.
func (b box) DataRange() (xmin, xmax, ymin, ymax float64) {
	return math.Min(b.x0, b.x1), math.Max(b.x0, b.x1), math.Min(b.y0, b.y1), math.Max(b.y0, b.y1)
}

// Thumbnail draws a patch for a key.
func (b box) Thumbnail(c *draw.Canvas) {
	r := c.Rectangle
	r.Min.X += 3
	b.draw(*c, r)
}

// level is a straight line across a plot at one value, or up it if it is upright.
type level struct {
	at      float64
	style   draw.LineStyle
	upright bool
}

// Plot draws the line.
func (l level) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	if l.upright {
		c.StrokeLine2(l.style, x(l.at), c.Min.Y, x(l.at), c.Max.Y)
		return
	}
	c.StrokeLine2(l.style, c.Min.X, y(l.at), c.Max.X, y(l.at))
}

// bounds returns the range of points, those that are not finite left out.
func bounds(x, y []float64) (xmin, xmax, ymin, ymax float64) {
	xmin, ymin, xmax, ymax = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for i := range x {
		if finite(x[i]) && finite(y[i]) {
			xmin, xmax = math.Min(xmin, x[i]), math.Max(xmax, x[i])
			ymin, ymax = math.Min(ymin, y[i]), math.Max(ymax, y[i])
		}
	}
	return xmin, xmax, ymin, ymax
}

// dashedWide is the line of the counterfactual.
func dashedWide() draw.LineStyle {
	return draw.LineStyle{Color: alert, Width: 1.75, Dashes: []vg.Length{5, 3}}
}
