package plot

import (
	"fmt"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// tip is what a panel says at one place: along its horizontal axis, at its full height,
// or down its vertical one, at its full width. Only [Figure.WriteLive] writes tips: as
// rectangles that cannot be seen, with the text in the attribute data-tip, for the script
// of a page. The places of one panel stand in order.
type tip struct {
	panel int
	at    float64 // in units of the axis
	down  bool    // the vertical axis
	text  string
}

// tip adds what a panel says at a place.
func (f *Figure) tip(panel int, at float64, parts ...string) {
	f.tips = append(f.tips, tip{panel: panel, at: at, text: strings.Join(parts, "; ")})
}

// writeTips writes the tips of a panel, each from halfway to the one before to halfway to
// the next.
func (f *Figure) writeTips(panel int, p *plot.Plot, data draw.Canvas) {
	d, ok := liveOn(data)
	if !ok {
		return
	}
	var here []tip
	for _, one := range f.tips {
		if one.panel == panel {
			here = append(here, one)
		}
	}
	for i, one := range here {
		axis := p.X
		if one.down {
			axis = p.Y
		}
		from, to := one.at-0.5, one.at+0.5
		if i > 0 {
			from = (here[i-1].at + one.at) / 2
		}
		if i+1 < len(here) {
			to = (here[i+1].at + one.at) / 2
		}
		low, high := min(max(min(from, to), axis.Min), axis.Max), min(max(from, to, axis.Min), axis.Max)
		area := data.Rectangle
		if one.down {
			area.Min.Y, area.Max.Y = data.Y(axis.Norm(low)), data.Y(axis.Norm(high))
		} else {
			area.Min.X, area.Max.X = data.X(axis.Norm(low)), data.X(axis.Norm(high))
		}
		d.tip(area, one.text)
	}
}

// tip writes a rectangle with a text.
func (d *drawing) tip(area vg.Rectangle, text string) {
	x0, y0 := d.point(vg.Point{X: area.Min.X, Y: area.Max.Y})
	x1, y1 := d.point(vg.Point{X: area.Max.X, Y: area.Min.Y})
	fmt.Fprintf(&d.body, `<rect x="%s" y="%s" width="%s" height="%s" fill="none" pointer-events="all" data-tip="%s"/>`+"\n",
		length(x0), length(y0), length(x1-x0), length(y1-y0), escaped(text))
}

// jointly stands between the names of several series that one name is drawn for.
const jointly = "\n"

// inSeries draws what belongs to a series of a chart. [Figure.WriteLive] writes it as a
// group with the name of the series in the attribute data-series; what belongs to several
// has all, each on a line of its own, in data-joint.
func inSeries(c vg.Canvas, name string, do func()) {
	d, ok := liveOn(c)
	if !ok || name == "" {
		do()
		return
	}
	kind, names := "series", strings.Split(name, jointly)
	if len(names) > 1 {
		kind = "joint"
	}
	for i := range names {
		names[i] = escaped(names[i])
	}
	fmt.Fprintf(&d.body, "<g data-%s=\"%s\">\n", kind, strings.Join(names, "&#10;"))
	do()
	d.body.WriteString("</g>\n")
}

// liveOn is the drawing with live text that is drawn on in the end; false for any other.
func liveOn(c vg.Canvas) (d *drawing, ok bool) {
	c = under(c)
	if in, is := c.(ofCurrency); is {
		c = in.CanvasSizer
	}
	d, ok = c.(*drawing)
	return d, ok && d.live
}
