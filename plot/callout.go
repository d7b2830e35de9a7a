package plot

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// callout is a dot at a point with a label below a height that is clear of the
// data.
type callout struct {
	x, y, under float64
	text        []string // line by line
	style       text.Style
}

// Plot draws the dot, a thin line down from it and the text, which stays inside.
func (m callout) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	const drop = 5
	at, foot := vg.Point{X: x(m.x), Y: y(m.y)}, y(m.under)-drop
	c.StrokeLine2(solid(m.style.Color, 0.75), at.X, at.Y, at.X, foot)
	c.DrawGlyph(draw.GlyphStyle{Color: paper, Radius: 4.5, Shape: draw.CircleGlyph{}}, at)
	c.DrawGlyph(draw.GlyphStyle{Color: m.style.Color, Radius: 3.5, Shape: draw.CircleGlyph{}}, at)
	style := aligned(m.style, draw.XCenter, draw.YTop)
	for n, line := range m.text {
		half := style.Width(line) / 2
		middle := max(c.Min.X+half+4, min(at.X, c.Max.X-half)) // clear of the labels of the axis
		c.FillText(style, vg.Point{X: middle, Y: foot - 2 - vg.Length(n)*1.2*style.Font.Size}, line)
	}
}
