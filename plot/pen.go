package plot

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// pen is what Push keeps and Pop brings back.
type pen struct {
	// a point (x, y) is drawn at (ax + cy + e, bx + dy + f)
	a, b, c, d, e, f float64
	colour           color.Color
	width            vg.Length
	dashes           []vg.Length
	offset           vg.Length
}

// desk is the part of a vg.Canvas that PDF and SVG share: the pens, and where a
// point is drawn. A canvas' origin is at the bottom, that of a page or drawing at
// the top.
type desk struct {
	state pen
	stack []pen
	paper float64 // height of the page, in points
}

// newDesk returns a desk for a page of a height on which everything is drawn
// larger by a factor.
func newDesk(height vg.Length, scale float64) desk {
	return desk{state: pen{a: scale, d: scale, colour: color.Black, width: 1}, paper: height.Points()}
}

// SetLineWidth, SetLineDash and SetColor set the pen, which the page is told
// only when something is drawn.
func (k *desk) SetLineWidth(w vg.Length) { k.state.width = w }

// SetLineDash sets the pen's dashes.
func (k *desk) SetLineDash(dashes []vg.Length, offset vg.Length) {
	k.state.dashes, k.state.offset = dashes, offset
}

// SetColor sets the pen's colour; nil is black.
func (k *desk) SetColor(c color.Color) {
	if c == nil {
		c = color.Black
	}
	k.state.colour = c
}

// Rotate turns what follows, anticlockwise.
func (k *desk) Rotate(angle float64) {
	sin, cos := math.Sincos(angle)
	k.transform(cos, sin, -sin, cos, 0, 0)
}

// Translate moves what follows.
func (k *desk) Translate(by vg.Point) { k.transform(1, 0, 0, 1, by.X.Points(), by.Y.Points()) }

// Scale scales what follows.
func (k *desk) Scale(x, y float64) { k.transform(x, 0, 0, y, 0, 0) }

func (k *desk) transform(a, b, c, d, e, f float64) {
	s := &k.state
	s.a, s.b, s.c, s.d, s.e, s.f = s.a*a+s.c*b, s.b*a+s.d*b, s.a*c+s.c*d, s.b*c+s.d*d, s.a*e+s.c*f+s.e, s.b*e+s.d*f+s.f
}

// Push keeps the pen.
func (k *desk) Push() { k.stack = append(k.stack, k.state) }

// Pop brings back the pen that was kept last.
func (k *desk) Pop() {
	k.state, k.stack = k.stack[len(k.stack)-1], k.stack[:len(k.stack)-1]
}

// at returns where a point is drawn, from the top of the page.
func (k *desk) at(x, y float64) (float64, float64) {
	s := k.state
	return s.a*x + s.c*y + s.e, k.paper - (s.b*x + s.d*y + s.f)
}

func (k *desk) point(pt vg.Point) (float64, float64) { return k.at(pt.X.Points(), pt.Y.Points()) }

// scale is by how much lengths are scaled, on average.
func (k *desk) scale() float64 {
	return math.Sqrt(math.Abs(k.state.a*k.state.d - k.state.b*k.state.c))
}

// tracer draws the parts of a path, from the top of the page.
type tracer interface {
	MoveTo(x, y float64)
	LineTo(x, y float64)
	CurveTo(x1, y1, x, y float64)
	CurveBezierCubicTo(x1, y1, x2, y2, x, y float64)
	ClosePath()
}

// trace draws a path.
func (k *desk) trace(path vg.Path, to tracer) {
	for _, part := range path {
		x, y := k.point(part.Pos)
		switch part.Type {
		case vg.MoveComp:
			to.MoveTo(x, y)
		case vg.LineComp:
			to.LineTo(x, y)
		case vg.ArcComp:
			k.arc(part, to)
		case vg.CurveComp:
			x1, y1 := k.point(part.Control[0])
			if len(part.Control) == 1 {
				to.CurveTo(x1, y1, x, y)
				continue
			}
			x2, y2 := k.point(part.Control[1])
			to.CurveBezierCubicTo(x1, y1, x2, y2, x, y)
		case vg.CloseComp:
			to.ClosePath()
		}
	}
}

// arc draws an arc as curves of at most a quarter of a circle.
func (k *desk) arc(part vg.PathComp, to tracer) {
	steps := max(1, int(math.Ceil(math.Abs(part.Angle)/(math.Pi/2)-1e-9)))
	step, r := part.Angle/float64(steps), part.Radius.Points()
	reach := 4.0 / 3 * math.Tan(step/4)
	on := func(angle, along float64) (float64, float64) {
		sin, cos := math.Sincos(angle)
		return k.at(part.Pos.X.Points()+r*(cos-along*sin), part.Pos.Y.Points()+r*(sin+along*cos))
	}
	to.LineTo(on(part.Start, 0))
	for i := range steps {
		from, end := part.Start+float64(i)*step, part.Start+float64(i+1)*step
		x1, y1 := on(from, reach)
		x2, y2 := on(end, -reach)
		x, y := on(end, 0)
		to.CurveBezierCubicTo(x1, y1, x2, y2, x, y)
	}
}
