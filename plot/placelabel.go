package plot

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// placedLabel is a text that a caller added to a panel, at a point in units of the
// data.
type placedLabel struct {
	panel int
	x, y  float64
	text  string
	style text.Style
}

// PlaceLabel adds a text to a panel, counted from 0, beside the point x, y in units
// of its axes. It is written as near to the point as there is a place where it
// touches no other text, no line and no edge of the panel, and joined to the point
// by a thin line if that is further off. The style is best one of [Lettering]. The
// text is also added to what [Figure.Alt] says. A panel that the figure does not
// have, a point that is no number and an empty text give an error.
func (f *Figure) PlaceLabel(panel int, x, y float64, label string, style text.Style) error {
	switch {
	case f == nil:
		return fmt.Errorf("plot: there is no figure to place %q in", label)
	case panel < 0 || panel >= len(f.Panels):
		return fmt.Errorf("plot: there is no panel %d to place %q in: the figure has %d, counted from 0", panel, label, len(f.Panels))
	case !finite(x) || !finite(y):
		return fmt.Errorf("plot: %q cannot be placed at %v, %v: give two numbers", label, x, y)
	case label == "" || style.Handler == nil || style.Font.Size <= 0:
		return fmt.Errorf("plot: a label needs a text and a style: got %q and a font of %.4g points; give what plot.Lettering returns", label, style.Font.Size.Points())
	}
	f.placed = append(f.placed, placedLabel{panel, x, y, label, style})
	f.Additions = append(f.Additions, label)
	return nil
}

// place writes the labels that were added to a panel, once the rest is drawn.
func (f *Figure) place(panel int, drawn *plot.Plot, c, data draw.Canvas) {
	if !slices.ContainsFunc(f.placed, func(l placedLabel) bool { return l.panel == panel }) {
		return
	}
	seen := &traces{desk: newDesk(0, 1)}
	drawn.Draw(draw.Canvas{Canvas: seen, Rectangle: c.Rectangle})
	x, y := drawn.Transforms(&data)
	for _, l := range f.placed {
		if l.panel != panel {
			continue
		}
		at := vg.Point{X: x(l.x), Y: y(l.y)}
		r := seen.free(l.style, l.text, at, data)
		middle := vg.Point{X: r.Min.X, Y: (r.Min.Y + r.Max.Y) / 2}
		near := vg.Point{X: min(max(at.X, r.Min.X), r.Max.X), Y: min(max(at.Y, r.Min.Y), r.Max.Y)}
		if math.Hypot(float64(near.X-at.X), float64(near.Y-at.Y)) > 14 {
			data.StrokeLines(solid(muted, 0.5), []vg.Point{at, near})
		}
		data.FillText(aligned(l.style, draw.XLeft, draw.YCenter), middle, l.text)
		seen.texts = append(seen.texts, r)
	}
}

// traces is a canvas that notes where texts, lines and the grid are, and draws
// nothing.
type traces struct {
	desk

	texts       []vg.Rectangle
	lines, grid []vg.Point // points along them, close to one another
}

// Stroke notes the points of a line.
func (t *traces) Stroke(path vg.Path) {
	to := &walk{apart: 3}
	t.trace(path, to)
	if t.state.colour == color.Color(faint) {
		t.grid = append(t.grid, to.points...)
		return
	}
	t.lines = append(t.lines, to.points...)
}

// Fill notes the edge of an area, which a text may stand on or beside, not across.
func (t *traces) Fill(path vg.Path) {
	to := &walk{apart: 3}
	t.trace(path, to)
	t.lines = append(t.lines, to.points...)
}

// FillString notes the box of a text.
func (t *traces) FillString(face font.Face, at vg.Point, s string) {
	x, y := t.point(at)
	size := face.Font.Size
	t.texts = append(t.texts, vg.Rectangle{
		Min: vg.Point{X: vg.Length(x), Y: vg.Length(-y) - 0.2*size}, Max: vg.Point{X: vg.Length(x) + face.Width(s), Y: vg.Length(-y) + 0.8*size},
	})
}

// DrawImage notes nothing: text may stand on a picture.
func (t *traces) DrawImage(vg.Rectangle, image.Image) {}

// walk notes points along a path. What the desk gives it is measured downwards.
type walk struct {
	apart  float64
	points []vg.Point
	x, y   float64
}

// MoveTo begins a line.
func (a *walk) MoveTo(x, y float64) { a.x, a.y = x, y }

// LineTo notes points along a straight line.
func (a *walk) LineTo(x, y float64) {
	steps := max(1, int(math.Hypot(x-a.x, y-a.y)/a.apart))
	for s := range steps + 1 {
		share := float64(s) / float64(steps)
		a.points = append(a.points, vg.Point{X: vg.Length(a.x + share*(x-a.x)), Y: -vg.Length(a.y + share*(y-a.y))})
	}
	a.x, a.y = x, y
}

// CurveTo notes a curve by its ends and its control point.
func (a *walk) CurveTo(x1, y1, x, y float64) {
	a.LineTo(x1, y1)
	a.LineTo(x, y)
}

// CurveBezierCubicTo notes a curve by its ends and its control points.
func (a *walk) CurveBezierCubicTo(x1, y1, x2, y2, x, y float64) {
	a.LineTo(x1, y1)
	a.LineTo(x2, y2)
	a.LineTo(x, y)
}

// ClosePath notes nothing.
func (a *walk) ClosePath() {}

// free is the place nearest to a point where a text touches nothing; if there is
// none, that where it touches least.
func (t *traces) free(style text.Style, s string, at vg.Point, data draw.Canvas) vg.Rectangle {
	var best vg.Rectangle
	least := math.Inf(1)
	for distance := vg.Length(0); distance <= 120; distance += 12 {
		for turn := range 12 {
			angle := float64(turn) * math.Pi / 6
			from := at.Add(vg.Point{X: distance * vg.Length(math.Cos(angle)), Y: distance * vg.Length(math.Sin(angle))})
			for _, r := range around(style, s, from) {
				if score := t.touched(within(data, r)) + float64(distance)/1000; score < least {
					best, least = within(data, r), score
				}
			}
			if distance == 0 {
				break
			}
		}
		if least < 1 {
			break
		}
	}
	return best
}

// touched says how much a place touches: a text most, a line less, the grid least.
func (t *traces) touched(r vg.Rectangle) float64 {
	score := 0.0
	for _, other := range t.texts {
		if touch(r, other) {
			score += 1000
		}
	}
	inside := func(points []vg.Point) (n float64) {
		for _, p := range points {
			if p.X > r.Min.X-2 && p.X < r.Max.X+2 && p.Y > r.Min.Y-1 && p.Y < r.Max.Y+1 {
				n++
			}
		}
		return n
	}
	return score + 10*inside(t.lines) + inside(t.grid)
}
