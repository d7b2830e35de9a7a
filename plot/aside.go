package plot

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// aside is a line of text to the right of a row.
type aside struct {
	x, y  float64
	line  int // 0 is the first, others stand under it
	text  string
	style text.Style
}

// Plot writes the line.
func (a aside) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	at := vg.Point{X: x(a.x) + labelGap, Y: y(a.y) + 5 - vg.Length(a.line)*1.25*labelSize}
	c.FillText(a.style, at, a.text)
}

// GlyphBoxes asks for room on the right alone.
func (a aside) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	return []plot.GlyphBox{{X: p.X.Norm(a.x), Y: 0.5, Rectangle: vg.Rectangle{Max: vg.Point{X: asDrawn(a.style, p).Width(a.text) + labelGap}}}}
}
