package plot

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// checkGeometry draws a figure at its own size and at half of it, and fails if
// two texts overlap or one leaves the canvas.
func checkGeometry(t *testing.T, f *Figure) {
	t.Helper()
	width, height, err := f.size()
	require.NoError(t, err)
	for _, share := range []vg.Length{1, 0.5} {
		across, up, _ := sheet(width*share, height*share)
		r := &recorder{width: across, height: up}
		f.draw(r)
		assert.NotEmpty(t, r.texts, "no text is drawn")
		for _, fault := range r.faults() {
			t.Errorf("at %.0f%% of its size: %s", 100*share, fault)
		}
	}
}

// checkLines draws a figure at its own size and at half of it, and fails if a line runs
// through a text.
func checkLines(t *testing.T, f *Figure) {
	t.Helper()
	width, height, err := f.size()
	require.NoError(t, err)
	for _, share := range []vg.Length{1, 0.5} {
		across, up, _ := sheet(width*share, height*share)
		r := &recorder{width: across, height: up}
		f.draw(r)
		for _, fault := range r.struck() {
			t.Errorf("at %.0f%% of its size: %s", 100*share, fault)
		}
	}
}

// recorder is a canvas that notes where text is written and draws nothing.
type recorder struct {
	width, height vg.Length
	texts         []placed
	moved         bool
	sure          []string // texts in bold that say 100%
	colour        color.Color
	strokes       [][2]vg.Point
	cleared       []clearing
}

// boldCertainty is what no bold text says of a simulated chance.
var boldCertainty = regexp.MustCompile(`(^|[^\d.,])100%`)

// placed is one text and the box that it fills.
type placed struct {
	text string
	box  vg.Rectangle
}

func (r *recorder) Size() (width, height vg.Length) { return r.width, r.height }

// FillString notes the box from the descent to the height of a capital.
func (r *recorder) FillString(face font.Face, at vg.Point, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	size := face.Font.Size
	if face.Font.Weight == xfont.WeightBold && boldCertainty.MatchString(text) {
		r.sure = append(r.sure, text)
	}
	r.texts = append(r.texts, placed{text, vg.Rectangle{
		Min: vg.Point{X: at.X, Y: at.Y - 0.2*size}, Max: vg.Point{X: at.X + face.Width(text), Y: at.Y + 0.73*size},
	}})
}

// faults returns what is wrong with where texts are.
func (r *recorder) faults() []string {
	var all []string
	if r.moved {
		all = append(all, "the recorder does not follow rotated or scaled text")
	}
	for _, text := range r.sure {
		all = append(all, fmt.Sprintf("%q is in bold", text))
	}
	for i, a := range r.texts {
		if a.box.Min.X < 0 || a.box.Min.Y < 0 || a.box.Max.X > r.width || a.box.Max.Y > r.height {
			all = append(all, fmt.Sprintf("%q leaves the canvas: %v", a.text, a.box))
		}
		for _, b := range r.texts[i+1:] {
			if touch(a.box, b.box) {
				all = append(all, fmt.Sprintf("%q and %q overlap: %v %v", a.text, b.text, a.box, b.box))
			}
		}
	}
	return all
}

func (r *recorder) SetLineWidth(vg.Length)             {}
func (r *recorder) SetLineDash([]vg.Length, vg.Length) {}
func (r *recorder) SetColor(c color.Color)             { r.colour = c }
func (r *recorder) Rotate(float64)                     { r.moved = true }
func (r *recorder) Translate(vg.Point)                 { r.moved = true }
func (r *recorder) Scale(float64, float64)             { r.moved = true }
func (r *recorder) Push()                              {}
func (r *recorder) Pop()                               {}
func (r *recorder) Stroke(path vg.Path) {
	if r.colour == faint || r.colour == paper { // a line of the grid, or the edge of another line
		return
	}
	for i := 1; i < len(path); i++ {
		if path[i].Type == vg.LineComp {
			r.strokes = append(r.strokes, [2]vg.Point{path[i-1].Pos, path[i].Pos})
		}
	}
}

// Fill forgets the lines under paper.
func (r *recorder) Fill(path vg.Path) {
	if r.colour != paper || len(path) < 4 {
		return
	}
	low, high := path[0].Pos, path[0].Pos
	for _, part := range path {
		if part.Type == vg.ArcComp {
			return
		}
		if part.Type != vg.CloseComp {
			low.X, low.Y = min(low.X, part.Pos.X), min(low.Y, part.Pos.Y)
			high.X, high.Y = max(high.X, part.Pos.X), max(high.Y, part.Pos.Y)
		}
	}
	r.cleared = append(r.cleared, clearing{vg.Rectangle{Min: low, Max: high}, len(r.strokes)})
}

// clearing is paper over all lines that were drawn before.
type clearing struct {
	box    vg.Rectangle
	before int
}

// struck are the texts that a line runs through, a grid line apart.
func (r *recorder) struck() (all []string) {
	for _, text := range r.texts {
		inner := vg.Rectangle{Min: text.box.Min.Add(vg.Point{X: 0.5, Y: 1.2}), Max: text.box.Max.Sub(vg.Point{X: 0.5, Y: 1.2})}
		for i, line := range r.strokes {
			under := slices.ContainsFunc(r.cleared, func(c clearing) bool { return i < c.before && inside(inner, c.box) })
			if !under && crosses(line, inner) {
				all = append(all, fmt.Sprintf("a line runs through %q: %v %v", text.text, line, text.box))
				break
			}
		}
	}
	return all
}

// inside reports whether a box is inside another, but for a hair.
func inside(a, b vg.Rectangle) bool {
	const hair = 1
	return a.Min.X >= b.Min.X-hair && a.Max.X <= b.Max.X+hair && a.Min.Y >= b.Min.Y-hair && a.Max.Y <= b.Max.Y+hair
}

// crosses reports whether a line has a point in a box, by points along it.
func crosses(line [2]vg.Point, box vg.Rectangle) bool {
	length := math.Hypot(float64(line[1].X-line[0].X), float64(line[1].Y-line[0].Y))
	steps := max(1, int(2*length))
	for s := range steps + 1 {
		share := vg.Length(s) / vg.Length(steps)
		x, y := line[0].X+share*(line[1].X-line[0].X), line[0].Y+share*(line[1].Y-line[0].Y)
		if x > box.Min.X && x < box.Max.X && y > box.Min.Y && y < box.Max.Y {
			return true
		}
	}
	return false
}
func (r *recorder) DrawImage(vg.Rectangle, image.Image) {}
