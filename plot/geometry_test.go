package plot

import (
	"fmt"
	"image"
	"image/color"
	"regexp"
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

// recorder is a canvas that notes where text is written and draws nothing.
type recorder struct {
	width, height vg.Length
	texts         []placed
	moved         bool
	sure          []string // texts in bold that say 100%
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

func (r *recorder) SetLineWidth(vg.Length)              {}
func (r *recorder) SetLineDash([]vg.Length, vg.Length)  {}
func (r *recorder) SetColor(color.Color)                {}
func (r *recorder) Rotate(float64)                      { r.moved = true }
func (r *recorder) Translate(vg.Point)                  { r.moved = true }
func (r *recorder) Scale(float64, float64)              { r.moved = true }
func (r *recorder) Push()                               {}
func (r *recorder) Pop()                                {}
func (r *recorder) Stroke(vg.Path)                      {}
func (r *recorder) Fill(vg.Path)                        {}
func (r *recorder) DrawImage(vg.Rectangle, image.Image) {}
