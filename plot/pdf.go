package plot

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"time"
	"unicode/utf16"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"
	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// pdf writes the figure as one page of its size, with the font embedded.
func (f *Figure) pdf(w io.Writer) error {
	width, height, err := f.size()
	if err != nil {
		return err
	}
	c := newPage(width, height)
	c.doc.SetTitle(wide(f.Title), false)
	c.doc.SetSubject(wide(f.Alt()), false)
	f.draw(c)
	if c.err != nil {
		return c.err
	}
	if err := c.doc.Output(w); err != nil {
		return fmt.Errorf("plot: writing the PDF: %w", err)
	}
	return nil
}

// page is a vg.Canvas that draws on a page of a PDF.
type page struct {
	desk

	doc           *fpdf.Fpdf
	width, height vg.Length // that is drawn on
	images        int
	err           error // of the first image that could not be drawn
}

const fontName = "LiberationSans"

func newPage(width, height vg.Length) *page {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: width.Points(), Ht: height.Points()}})
	// The same figure gives the same bytes, whenever it is written.
	fixed := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	doc.SetCreationDate(fixed)
	doc.SetModificationDate(fixed)
	doc.SetCatalogSort(true)
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.AddUTF8FontFromBytes(fontName, "", bytes.Clone(liberationsansregular.TTF))
	doc.AddUTF8FontFromBytes(fontName, "B", bytes.Clone(liberationsansbold.TTF))
	doc.AddPage()
	doc.SetLineJoinStyle("round")
	across, up, scale := sheet(width, height)
	return &page{desk: newDesk(height, scale), doc: doc, width: across, height: up}
}

// Size returns the size that is drawn on, which is scaled to the page.
func (p *page) Size() (width, height vg.Length) { return p.width, p.height }

// Stroke draws a path.
func (p *page) Stroke(path vg.Path) {
	if p.state.width <= 0 {
		return
	}
	p.doc.SetLineWidth(p.state.width.Points() * p.scale())
	dashes := make([]float64, len(p.state.dashes))
	for i, d := range p.state.dashes {
		dashes[i] = d.Points() * p.scale()
	}
	p.doc.SetDashPattern(dashes, p.state.offset.Points()*p.scale())
	p.doc.SetDrawColor(rgb(p.state.colour))
	p.trace(path, p.doc)
	p.doc.DrawPath("D")
}

// Fill fills a path.
func (p *page) Fill(path vg.Path) {
	p.doc.SetFillColor(rgb(p.state.colour))
	p.trace(path, p.doc)
	p.doc.DrawPath("F")
}

// wide encodes a text for the properties of a PDF, which are in UTF-16.
func wide(s string) string {
	b := []byte{0xfe, 0xff}
	for _, unit := range utf16.Encode([]rune(words.Printable(s))) {
		b = append(b, byte(unit>>8), byte(unit))
	}
	return string(b)
}

// FillString writes text. A sign that the font lacks would stop the writing of
// the PDF, so none is let through, whoever drew it.
func (p *page) FillString(face font.Face, pt vg.Point, s string) {
	s, _ = inFont(s)
	if face.Font.Size == 0 {
		return
	}
	style := ""
	if face.Font.Weight >= xfont.WeightSemiBold {
		style = "B"
	}
	p.doc.SetFont(fontName, style, face.Font.Size.Points()*p.scale())
	p.doc.SetTextColor(rgb(p.state.colour))
	x, y := p.point(pt)
	angle := math.Atan2(p.state.b, p.state.a) * 180 / math.Pi
	if angle != 0 {
		p.doc.TransformBegin()
		p.doc.TransformRotate(angle, x, y)
	}
	p.doc.Text(x, y, s)
	if angle != 0 {
		p.doc.TransformEnd()
	}
}

// DrawImage draws a picture.
func (p *page) DrawImage(r vg.Rectangle, img image.Image) {
	var encoded bytes.Buffer
	if err := png.Encode(&encoded, img); err != nil {
		if p.err == nil {
			p.err = fmt.Errorf("plot: a picture cannot be drawn in the PDF: %w", err)
		}
		return
	}
	p.images++
	name, options := fmt.Sprint("image ", p.images), fpdf.ImageOptions{ImageType: "png"}
	p.doc.RegisterImageOptionsReader(name, options, &encoded)
	x0, y0 := p.point(r.Min)
	x1, y1 := p.point(r.Max)
	p.doc.ImageOptions(name, min(x0, x1), min(y0, y1), math.Abs(x1-x0), math.Abs(y1-y0), false, options, 0, "")
}

// rgb returns a colour as it looks on white paper.
func rgb(c color.Color) (r, g, b int) {
	red, green, blue, alpha := c.RGBA()
	white := 0xffff - alpha
	return int((red + white) >> 8), int((green + white) >> 8), int((blue + white) >> 8)
}
