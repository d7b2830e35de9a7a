package plot

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"strconv"
	"strings"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// drawing is a vg.Canvas that writes SVG. Letters are drawn as shapes, each kept
// once, so that a chart looks the same where the font is not installed and in
// programs that read no fonts from a file. The text of each line stands beside its
// shapes, for search and for readers.
type drawing struct {
	desk

	width, height vg.Length
	body          bytes.Buffer
	shapes        bytes.Buffer // of the letters that were used
	kept          map[string]bool
	letters       sfnt.Buffer
	live          bool  // whether text is written as text
	err           error // of the first thing that could not be drawn
}

func newDrawing(width, height vg.Length) *drawing {
	return &drawing{desk: newDesk(height, 1), width: width, height: height, kept: map[string]bool{}}
}

// Size returns the size that is drawn on.
func (d *drawing) Size() (width, height vg.Length) { return d.width, d.height }

// length writes a length with at most two decimals, far less than a screen shows.
func length(v float64) string {
	text := strconv.FormatFloat(v, 'f', 2, 64)
	text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	if text == "-0" {
		return "0"
	}
	return text
}

// outline is the data of a path.
type outline struct{ strings.Builder }

func (o *outline) add(command string, at ...float64) {
	o.WriteString(command)
	for i, v := range at {
		text := length(v)
		if i > 0 && text[0] != '-' {
			o.WriteByte(' ')
		}
		o.WriteString(text)
	}
}

func (o *outline) MoveTo(x, y float64)          { o.add("M", x, y) }
func (o *outline) LineTo(x, y float64)          { o.add("L", x, y) }
func (o *outline) CurveTo(x1, y1, x, y float64) { o.add("Q", x1, y1, x, y) }
func (o *outline) CurveBezierCubicTo(x1, y1, x2, y2, x, y float64) {
	o.add("C", x1, y1, x2, y2, x, y)
}
func (o *outline) ClosePath() { o.WriteByte('Z') }

// colour is a colour as an attribute, with how much of it covers what is below.
func (d *drawing) colour(attribute string) string {
	c := color.NRGBAModel.Convert(d.state.colour).(color.NRGBA)
	text := fmt.Sprintf(` %s="#%02x%02x%02x"`, attribute, c.R, c.G, c.B)
	if c.A < 255 {
		text += fmt.Sprintf(` %s-opacity="%.3g"`, attribute, float64(c.A)/255)
	}
	return text
}

// Stroke draws a path.
func (d *drawing) Stroke(path vg.Path) {
	if d.state.width <= 0 {
		return
	}
	var o outline
	d.trace(path, &o)
	k := d.scale()
	fmt.Fprintf(&d.body, `<path d="%s" fill="none"%s stroke-width="%s"`, o.String(), d.colour("stroke"), length(d.state.width.Points()*k))
	if len(d.state.dashes) > 0 {
		var dashes []string
		for _, dash := range d.state.dashes {
			dashes = append(dashes, length(dash.Points()*k))
		}
		fmt.Fprintf(&d.body, ` stroke-dasharray="%s"`, strings.Join(dashes, " "))
		if d.state.offset != 0 {
			fmt.Fprintf(&d.body, ` stroke-dashoffset="%s"`, length(d.state.offset.Points()*k))
		}
	}
	d.body.WriteString("/>\n")
}

// Fill fills a path.
func (d *drawing) Fill(path vg.Path) {
	var o outline
	d.trace(path, &o)
	fmt.Fprintf(&d.body, "<path d=\"%s\"%s/>\n", o.String(), d.colour("fill"))
}

// FillString draws a line of text as the shapes of its letters, in units of the
// font.
func (d *drawing) FillString(face font.Face, at vg.Point, s string) {
	if face.Font.Size == 0 || strings.TrimSpace(s) == "" {
		return
	}
	units := face.Face.UnitsPerEm()
	k := face.Font.Size.Points() / float64(units)
	x, y := d.point(at)
	p := d.state
	if turned := p.b != 0 || p.c != 0 || p.a != p.d; d.live && !turned {
		d.text(face, x, y, s)
		return
	}
	place := fmt.Sprintf("translate(%s %s)scale(%.5g)", length(x), length(y), k*p.a)
	if p.b != 0 || p.c != 0 || p.a != p.d { // y runs down here
		place = fmt.Sprintf("matrix(%.5g %.5g %.5g %.5g %s %s)", k*p.a, -k*p.b, -k*p.c, k*p.d, length(x), length(y))
	}
	fmt.Fprintf(&d.body, `<g aria-label="%s" transform="%s"%s>`, escaped(s), place, d.colour("fill"))
	err := glyphsOf(face, &d.letters, s, func(index sfnt.GlyphIndex, along fixed.Int26_6) {
		if id := d.shape(face, index); id != "" {
			fmt.Fprintf(&d.body, `<use xlink:href="#%s" x="%d"/>`, id, along)
		}
	})
	if err != nil {
		d.fail(err)
	}
	d.body.WriteString("</g>\n")
}

// shape keeps the shape of a letter and returns its name, which is the same in all
// figures, so that several can stand in one page. A blank has none.
func (d *drawing) shape(face font.Face, index sfnt.GlyphIndex) string {
	id := fmt.Sprintf("%s%d", shapeNames(face), index)
	if has, ok := d.kept[id]; ok {
		if !has {
			return ""
		}
		return id
	}
	segments, err := shapeOf(face, &d.letters, index)
	if err != nil {
		d.fail(err)
	}
	if d.kept[id] = len(segments) > 0; !d.kept[id] {
		return ""
	}
	var o outline
	on := func(p fixed.Point26_6) (float64, float64) { return float64(p.X) / 64, float64(p.Y) / 64 }
	for i, s := range segments {
		x, y := on(s.Args[0])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				o.ClosePath()
			}
			o.MoveTo(x, y)
		case sfnt.SegmentOpLineTo:
			o.LineTo(x, y)
		case sfnt.SegmentOpQuadTo:
			x1, y1 := on(s.Args[1])
			o.CurveTo(x, y, x1, y1)
		case sfnt.SegmentOpCubeTo:
			x1, y1 := on(s.Args[1])
			x2, y2 := on(s.Args[2])
			o.CurveBezierCubicTo(x, y, x1, y1, x2, y2)
		}
	}
	o.ClosePath()
	fmt.Fprintf(&d.shapes, "<path id=\"%s\" d=\"%s\"/>\n", id, o.String())
	return id
}

// shapeNames begins the names of a font's shapes, which are short for the fonts of
// this package.
func shapeNames(face font.Face) string {
	switch name := face.Name(); name {
	case "LiberationSans-Regular":
		return "ls"
	case "LiberationSans-Bold":
		return "lsb"
	default:
		return escaped(strings.ReplaceAll(name, " ", "-")) + "-"
	}
}

// DrawImage draws a picture.
func (d *drawing) DrawImage(r vg.Rectangle, img image.Image) {
	var encoded bytes.Buffer
	if err := png.Encode(&encoded, img); err != nil {
		d.fail(err)
		return
	}
	x0, y0 := d.point(r.Min)
	x1, y1 := d.point(r.Max)
	fmt.Fprintf(&d.body, `<image x="%s" y="%s" width="%s" height="%s" preserveAspectRatio="none" xlink:href="data:image/png;base64,%s"/>`+"\n",
		length(min(x0, x1)), length(min(y0, y1)), length(max(x0, x1)-min(x0, x1)), length(max(y0, y1)-min(y0, y1)), base64.StdEncoding.EncodeToString(encoded.Bytes()))
}

func (d *drawing) fail(err error) {
	if d.err == nil {
		d.err = fmt.Errorf("plot: the figure cannot be drawn as SVG: %w", err)
	}
}

// escaped writes text for XML, which has no place for control characters.
func escaped(s string) string { return html.EscapeString(words.Printable(s)) }
