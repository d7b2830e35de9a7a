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

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"
	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// pdf writes the figure as one page of its size, with the font embedded.
func (f *Figure) pdf(w io.Writer) error {
	width, height, err := f.size()
	if err != nil {
		return err
	}
	c := newPage(width, height)
	c.doc.SetTitle(f.Title, true)
	c.doc.SetSubject(f.Alt(), true)
	f.draw(c)
	if c.err != nil {
		return c.err
	}
	if err := c.doc.Output(w); err != nil {
		return fmt.Errorf("plot: writing the PDF: %w", err)
	}
	return nil
}

// page is a vg.Canvas that draws on a page of a PDF. It works out every place
// itself, since the page's origin is at the top and a canvas' at the bottom.
type page struct {
	doc           *fpdf.Fpdf
	width, height vg.Length // that is drawn on
	paper         float64   // height of the page, in points
	state         pen
	stack         []pen
	images        int
	err           error // of the first image that could not be drawn
}

// pen is what Push keeps and Pop brings back.
type pen struct {
	// a point (x, y) is drawn at (ax + cy + e, bx + dy + f)
	a, b, c, d, e, f float64
	colour           color.Color
	width            vg.Length
	dashes           []vg.Length
	offset           vg.Length
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
	return &page{
		doc: doc, width: across, height: up, paper: height.Points(),
		state: pen{a: scale, d: scale, colour: color.Black, width: 1},
	}
}

// Size returns the size that is drawn on, which is scaled to the page.
func (p *page) Size() (width, height vg.Length) { return p.width, p.height }

// SetLineWidth, SetLineDash and SetColor set the pen, which the page is told
// only when something is drawn.
func (p *page) SetLineWidth(w vg.Length) { p.state.width = w }

// SetLineDash sets the pen's dashes.
func (p *page) SetLineDash(dashes []vg.Length, offset vg.Length) {
	p.state.dashes, p.state.offset = dashes, offset
}

// SetColor sets the pen's colour; nil is black.
func (p *page) SetColor(c color.Color) {
	if c == nil {
		c = color.Black
	}
	p.state.colour = c
}

// Rotate turns what follows, anticlockwise.
func (p *page) Rotate(angle float64) {
	sin, cos := math.Sincos(angle)
	p.transform(cos, sin, -sin, cos, 0, 0)
}

// Translate moves what follows.
func (p *page) Translate(by vg.Point) { p.transform(1, 0, 0, 1, by.X.Points(), by.Y.Points()) }

// Scale scales what follows.
func (p *page) Scale(x, y float64) { p.transform(x, 0, 0, y, 0, 0) }

func (p *page) transform(a, b, c, d, e, f float64) {
	s := &p.state
	s.a, s.b, s.c, s.d, s.e, s.f = s.a*a+s.c*b, s.b*a+s.d*b, s.a*c+s.c*d, s.b*c+s.d*d, s.a*e+s.c*f+s.e, s.b*e+s.d*f+s.f
}

// Push keeps the pen.
func (p *page) Push() { p.stack = append(p.stack, p.state) }

// Pop brings back the pen that was kept last.
func (p *page) Pop() {
	p.state, p.stack = p.stack[len(p.stack)-1], p.stack[:len(p.stack)-1]
}

// at returns where a point is drawn, from the top of the page.
func (p *page) at(x, y float64) (float64, float64) {
	s := p.state
	return s.a*x + s.c*y + s.e, p.paper - (s.b*x + s.d*y + s.f)
}

func (p *page) point(pt vg.Point) (float64, float64) { return p.at(pt.X.Points(), pt.Y.Points()) }

// scale is by how much lengths are scaled, on average.
func (p *page) scale() float64 {
	return math.Sqrt(math.Abs(p.state.a*p.state.d - p.state.b*p.state.c))
}

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
	p.path(path)
	p.doc.DrawPath("D")
}

// Fill fills a path.
func (p *page) Fill(path vg.Path) {
	p.doc.SetFillColor(rgb(p.state.colour))
	p.path(path)
	p.doc.DrawPath("F")
}

func (p *page) path(path vg.Path) {
	for _, part := range path {
		x, y := p.point(part.Pos)
		switch part.Type {
		case vg.MoveComp:
			p.doc.MoveTo(x, y)
		case vg.LineComp:
			p.doc.LineTo(x, y)
		case vg.ArcComp:
			p.arc(part)
		case vg.CurveComp:
			x1, y1 := p.point(part.Control[0])
			if len(part.Control) == 1 {
				p.doc.CurveTo(x1, y1, x, y)
				continue
			}
			x2, y2 := p.point(part.Control[1])
			p.doc.CurveBezierCubicTo(x1, y1, x2, y2, x, y)
		case vg.CloseComp:
			p.doc.ClosePath()
		}
	}
}

// arc draws an arc as curves of at most a quarter of a circle.
func (p *page) arc(part vg.PathComp) {
	steps := max(1, int(math.Ceil(math.Abs(part.Angle)/(math.Pi/2)-1e-9)))
	step, r := part.Angle/float64(steps), part.Radius.Points()
	reach := 4.0 / 3 * math.Tan(step/4)
	on := func(angle, along float64) (float64, float64) {
		sin, cos := math.Sincos(angle)
		return p.at(part.Pos.X.Points()+r*(cos-along*sin), part.Pos.Y.Points()+r*(sin+along*cos))
	}
	p.doc.LineTo(on(part.Start, 0))
	for i := range steps {
		from, to := part.Start+float64(i)*step, part.Start+float64(i+1)*step
		x1, y1 := on(from, reach)
		x2, y2 := on(to, -reach)
		x, y := on(to, 0)
		p.doc.CurveBezierCubicTo(x1, y1, x2, y2, x, y)
	}
}

// FillString writes text.
func (p *page) FillString(face font.Face, pt vg.Point, s string) {
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
