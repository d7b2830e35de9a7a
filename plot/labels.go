package plot

import (
	"cmp"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// label is text at a place in units of the data.
type label struct {
	x, y   float64
	text   string
	style  text.Style
	offset vg.Point // from the place
	// wide and tall are the room for the text in units of the data; 0 means no
	// limit. A text that is too long is replaced by the short one; if that is too
	// long, or empty, the label is left out.
	wide, tall float64
	short      string
	// inward is whether the short text is written where the text would reach beyond the
	// left or the right edge; where that would too, the text stands lower down, from the
	// edge on.
	inward bool
	clear  bool // whether the space under the text is cleared first
}

// labels writes texts beside the data and asks for the room that they need at the
// edges of the plot.
type labels []label

// Plot writes the labels. One that would touch another before it moves up.
func (all labels) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	var taken []vg.Rectangle
	for _, l := range all {
		if l.text == "" {
			continue
		}
		if of, ok := under(c).(ofCurrency); ok { // whose sign may be wider
			l.style.Handler = lettersOf(of.code)
		}
		if !l.fits(c, p) {
			l.text = l.short
			if l.text == "" || !l.fits(c, p) {
				continue
			}
		}
		at := vg.Point{X: x(l.x), Y: y(l.y)}.Add(l.offset)
		r := l.style.Rectangle(l.text).Add(at)
		beyond := func(r vg.Rectangle) vg.Length { return max(0, c.Min.X-r.Min.X) - max(0, r.Max.X-c.Max.X-2) }
		if l.inward && beyond(r) != 0 {
			full := l.text
			l.text = l.short
			r = l.style.Rectangle(l.text).Add(at)
			if beyond(r) != 0 {
				l.text = full
				r = l.style.Rectangle(l.text).Add(at)
				aside := vg.Point{X: beyond(r), Y: -l.style.Font.Size}
				r, at = r.Add(aside), at.Add(aside)
			}
		}
		for _, other := range taken {
			if touch(r, other) {
				up := vg.Point{Y: other.Max.Y - r.Min.Y + 0.5}
				r, at = r.Add(up), at.Add(up)
			}
		}
		taken = append(taken, r)
		if l.clear {
			c.SetColor(paper)
			c.Fill(r.Path())
		}
		c.FillText(l.style, at, l.text)
	}
}

func (l label) fits(c draw.Canvas, p *plot.Plot) bool {
	wide := (c.Max.X - c.Min.X) * vg.Length(l.wide/(p.X.Max-p.X.Min))
	tall := (c.Max.Y - c.Min.Y) * vg.Length(l.tall/(p.Y.Max-p.Y.Min))
	return (l.wide == 0 || l.style.Width(l.text) <= wide) && (l.tall == 0 || 1.3*l.style.Font.Size+5 <= tall)
}

// touch reports whether two rectangles share any area.
func touch(a, b vg.Rectangle) bool {
	return a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y
}

// GlyphBoxes returns the places of the labels, except those inside the shape that
// they name.
func (all labels) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	var boxes []plot.GlyphBox
	for _, l := range all {
		if l.tall > 0 {
			continue
		}
		r := asDrawn(l.style, p).Rectangle(l.text).Add(l.offset)
		if l.wide > 0 { // it stays inside sideways
			r.Min.X, r.Max.X = 0, 0
		}
		boxes = append(boxes, plot.GlyphBox{X: p.X.Norm(l.x), Y: p.Y.Norm(l.y), Rectangle: r})
	}
	return boxes
}

// asDrawn is a style with the letters of a plot, in which the sign of a currency may be wider
// than that of the pound.
func asDrawn(style text.Style, p *plot.Plot) text.Style {
	if p.TextHandler != nil {
		style.Handler = p.TextHandler
	}
	return style
}

// margin asks for room on the right of a plot for text that stands there.
type margin vg.Length

// Plot draws nothing.
func (m margin) Plot(draw.Canvas, *plot.Plot) {}

// GlyphBoxes returns the margin.
func (m margin) GlyphBoxes(*plot.Plot) []plot.GlyphBox {
	return []plot.GlyphBox{{X: 1, Y: 0.5, Rectangle: vg.Rectangle{Max: vg.Point{X: vg.Length(m)}}}}
}

// endLabel names a line at its right-hand end.
type endLabel struct {
	x, y   float64
	text   string
	style  text.Style
	series string // whose name it is; may be empty
}

// endLabels writes labels at the ends of lines, spread apart so that none touches
// another. A label that had to move is joined to its line.
type endLabels []endLabel

// The distances of a label from the end of its line.
const (
	labelGap  = 8
	labelLead = 1.22 // from label to label, in sizes of the text
)

// Plot writes the labels.
func (all endLabels) Plot(c draw.Canvas, p *plot.Plot) {
	if len(all) == 0 {
		return
	}
	x, y := p.Transforms(&c)
	ordered := slices.Clone(all)
	slices.SortStableFunc(ordered, func(a, b endLabel) int { return cmp.Compare(a.y, b.y) })
	wanted := make([]vg.Length, len(ordered))
	size := vg.Length(0)
	for i, l := range ordered {
		wanted[i] = y(l.y)
		size = max(size, l.style.Font.Size)
	}
	for i, at := range spread(wanted, labelLead*size, c.Min.Y+size/2, c.Max.Y+size/4) {
		l := ordered[i]
		inSeries(c, l.series, func() { l.write(c, x(l.x), wanted[i], at) })
	}
}

// write writes a label at a height, joined to its line at another if it had to move.
func (l endLabel) write(c draw.Canvas, end, wanted, at vg.Length) {
	size := l.style.Font.Size
	if shift := at - wanted; shift > size/3 || shift < -size/3 {
		c.StrokeLines(solid(l.style.Color, 0.5), []vg.Point{{X: end + 1, Y: wanted}, {X: end + labelGap - 2, Y: at}})
	}
	c.FillText(l.style, vg.Point{X: end + labelGap, Y: at + 0.08*l.style.Font.Size}, l.text)
}

// GlyphBoxes asks for room on the right alone: upwards labels are kept inside.
func (all endLabels) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	var boxes []plot.GlyphBox
	for _, l := range all {
		boxes = append(boxes, plot.GlyphBox{X: p.X.Norm(l.x), Y: 0.5, Rectangle: vg.Rectangle{
			Max: vg.Point{X: asDrawn(l.style, p).Width(l.text) + labelGap},
		}})
	}
	return boxes
}

// spread returns the places nearest to those wanted, which must be in order, such
// that neighbours are at least a distance apart and all lie between low and high,
// if there is room for that.
func spread(wanted []vg.Length, apart, low, high vg.Length) []vg.Length {
	// Less the distances, places need only be in order. The nearest such
	// places are the means of blocks that would otherwise run into each other.
	type block struct {
		mean  vg.Length
		count int
	}
	var blocks []block
	for i, w := range wanted {
		next := block{w - vg.Length(i)*apart, 1}
		for len(blocks) > 0 && blocks[len(blocks)-1].mean > next.mean {
			last := blocks[len(blocks)-1]
			blocks = blocks[:len(blocks)-1]
			all := last.count + next.count
			next = block{(last.mean*vg.Length(last.count) + next.mean*vg.Length(next.count)) / vg.Length(all), all}
		}
		blocks = append(blocks, next)
	}
	highest := max(low, high-vg.Length(len(wanted)-1)*apart)
	places := make([]vg.Length, 0, len(wanted))
	for _, b := range blocks {
		for range b.count {
			places = append(places, min(max(b.mean, low), highest)+vg.Length(len(places))*apart)
		}
	}
	return places
}
