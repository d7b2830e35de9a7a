package plot

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	record "gonum.org/v1/plot/vg/recorder"
)

// liveFamily is the name of the font of live text in a page.
const liveFamily = "Edge of Care Sans"

// WriteLive writes the figure as SVG whose text is text, for a page that embeds the
// font: [FontStyle] returns the style for all figures of a page, once. Each line of
// text has the width that was measured, so that it fits also where a page has no
// such style and another font takes its place. A file of its own is better written
// by [Figure.Write], whose letters are shapes.
func (f *Figure) WriteLive(w io.Writer) error {
	if f == nil || w == nil {
		return errors.New("plot: there is no figure, or no writer to write it to: give both")
	}
	return f.svgOn(w, func(c *drawing) { c.live = true })
}

// FontStyle returns a style sheet, the inside of a style element, that embeds the
// letters of all texts of some figures in regular and in bold, as they are written
// by [Figure.WriteLive]. A figure that cannot be drawn has no letters. The font is
// Liberation Sans, under the SIL Open Font License 1.1.
func FontStyle(figures ...*Figure) (string, error) {
	used := &reader{letters: map[xfont.Weight][]rune{}}
	for _, f := range figures {
		if f == nil {
			continue
		}
		width, height, err := f.size()
		if err != nil {
			continue
		}
		used.width, used.height, _ = sheet(width, height)
		f.draw(used)
	}
	var b strings.Builder
	for _, face := range []struct {
		weight xfont.Weight
		css    string
		ttf    []byte
	}{{xfont.WeightNormal, "400", liberationsansregular.TTF}, {xfont.WeightBold, "700", liberationsansbold.TTF}} {
		file, err := subset(face.ttf, used.letters[face.weight])
		if err != nil {
			return "", fmt.Errorf("plot: the font cannot be embedded: %w", err)
		}
		fmt.Fprintf(&b, "@font-face{font-family:%q;font-weight:%s;src:url(data:font/ttf;base64,%s) format(\"truetype\")}\n",
			liveFamily, face.css, base64.StdEncoding.EncodeToString(file))
	}
	return b.String(), nil
}

// reader is a canvas that draws nothing and notes letters by weight.
type reader struct {
	record.Canvas

	width, height vg.Length
	letters       map[xfont.Weight][]rune
}

// Size returns the size that is drawn on.
func (r *reader) Size() (width, height vg.Length) { return r.width, r.height }

// FillString notes the letters of a line of text.
func (r *reader) FillString(face font.Face, _ vg.Point, s string) {
	r.letters[face.Font.Weight] = append(r.letters[face.Font.Weight], []rune(s)...)
}

// Stroke and Fill keep nothing.
func (r *reader) Stroke(vg.Path) {}

// Fill keeps nothing.
func (r *reader) Fill(vg.Path) {}

// family is the font of a drawing with live text, as an attribute.
func (d *drawing) family() string {
	if !d.live {
		return ""
	}
	return fmt.Sprintf(` font-family="'%s', 'Liberation Sans', Arial, Helvetica, sans-serif"`, liveFamily)
}

// text writes a line of text as text, in the width that was measured.
func (d *drawing) text(face font.Face, x, y float64, s string) {
	weight := ""
	if face.Font.Weight == xfont.WeightBold {
		weight = ` font-weight="bold"`
	}
	k := d.scale()
	fmt.Fprintf(&d.body, `<text x="%s" y="%s" font-size="%s"%s textLength="%s" lengthAdjust="spacingAndGlyphs"%s>%s</text>`+"\n", length(x), length(y),
		length(face.Font.Size.Points()*k), weight, length(face.Width(s).Points()*k), d.colour("fill"), escaped(s))
}
