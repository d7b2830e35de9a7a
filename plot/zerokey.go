package plot

import (
	"cmp"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// zeroLine is a falling curve, its probability where x is 0, and what it is called.
type zeroLine struct {
	line
	at           float64
	chance, name string
}

// lettering is that of the curve's name.
func (l zeroLine) lettering(scale vg.Length) text.Style {
	hue, ok := l.style.Color.(color.NRGBA)
	if !ok {
		hue = ink
	}
	return lettering(scale*labelSize, mix(hue, ink, 0.5))
}

// zeroKey names curves in a list beside the upright line where x is 0, with the
// probability of each there, the highest first, and marks that point on each.
type zeroKey struct {
	heading string
	curves  []zeroLine
	scale   vg.Length // of all in the list
}

// The distances in the list.
const (
	keySample = 20 // length of the piece of line
	keyGap    = 5
	keyLead   = 12
	keyClear  = 7 // from the curves
)

// Plot marks the points and writes the list.
func (k zeroKey) Plot(c draw.Canvas, p *plot.Plot) {
	zeroPoints(k.curves).Plot(c, p)
	k, corner := k.placed(c, p)
	chances, size := k.size()
	c.SetColor(paper) // no line of the grid runs through the list
	c.Fill(vg.Rectangle{Min: corner, Max: corner.Add(size)}.Path())
	slices.SortStableFunc(k.curves, func(a, b zeroLine) int { return cmp.Compare(b.at, a.at) })
	after := corner.X + k.scale*(keySample+keyGap)
	at := vg.Point{X: corner.X, Y: corner.Y + size.Y - k.scale*keyLead/2}
	c.FillText(k.headed(), vg.Point{X: after, Y: at.Y}, k.heading)
	for _, l := range k.curves {
		at.Y -= k.scale * keyLead
		c.StrokeLine2(l.style, at.X, at.Y, at.X+k.scale*keySample, at.Y)
		style, middle := l.lettering(k.scale), at.Y+0.08*k.scale*labelSize
		c.FillText(aligned(bold(style), draw.XRight, draw.YCenter), vg.Point{X: after + chances, Y: middle}, l.chance)
		c.FillText(style, vg.Point{X: after + chances + k.scale*keyGap, Y: middle}, l.name)
	}
}

// zeroPoints marks the point of each curve where x is 0.
type zeroPoints []zeroLine

// Plot marks the points.
func (all zeroPoints) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for _, l := range slices.Backward(all) {
		at := vg.Point{X: x(0), Y: y(l.at)}
		c.DrawGlyph(draw.GlyphStyle{Color: paper, Radius: l.style.Width + 2.5, Shape: draw.CircleGlyph{}}, at)
		c.DrawGlyph(draw.GlyphStyle{Color: l.style.Color, Radius: l.style.Width + 1.5, Shape: draw.CircleGlyph{}}, at)
	}
}

// headed is the lettering of the heading.
func (k zeroKey) headed() text.Style { return bold(lettering(k.scale*smallSize, muted)) }

// smallList is how large a list is that has no place at full size.
const smallList = 0.78

// placed is the list with its lower left corner. Where it has no place it is smaller.
func (k zeroKey) placed(c draw.Canvas, p *plot.Plot) (list zeroKey, corner vg.Point) {
	for _, scale := range []vg.Length{1, smallList} {
		list = zeroKey{k.heading, slices.Clone(k.curves), scale}
		for i, l := range list.curves {
			list.curves[i].name = shortened(l.lettering(scale), l.name, 0.6*(c.Max.X-c.Min.X))
		}
		var ok bool
		if corner, ok = list.place(c, p); ok {
			break
		}
	}
	return list, corner
}

// size is that of the list, and the width of its chances.
func (k zeroKey) size() (chances vg.Length, size vg.Point) {
	names := vg.Length(0)
	for _, l := range k.curves {
		style := l.lettering(k.scale)
		chances, names = max(chances, bold(style).Width(l.chance)), max(names, style.Width(l.name))
	}
	rows := max(chances+k.scale*keyGap+names, k.headed().Width(k.heading))
	return chances, vg.Point{X: k.scale*(keySample+keyGap) + rows, Y: k.scale * keyLead * vg.Length(len(k.curves)+1)}
}

// place is the lower left corner of the list: above all curves or under them, off the
// upright line, and as near to the points as can be. Where it fits nowhere, it is where
// it covers least of the curves.
func (k zeroKey) place(c draw.Canvas, p *plot.Plot) (corner vg.Point, ok bool) {
	x, y := p.Transforms(&c)
	_, size := k.size()
	var points []vg.Point
	middle := vg.Point{X: x(0)}
	for _, l := range k.curves {
		points = append(points, sampled(l.x, l.y, x, y)...)
		middle.Y += y(l.at) / vg.Length(len(k.curves))
	}
	nearest, fewest := math.Inf(1), math.MaxInt
	for left := c.Min.X; left+size.X <= c.Max.X+keyClear; left += 3 {
		beside := vg.Rectangle{Min: vg.Point{X: left - keyClear}, Max: vg.Point{X: left + size.X + keyClear}}
		low, high := reach(c, points, beside)
		for _, room := range [][2]vg.Length{{high + keyClear, c.Max.Y}, {c.Min.Y + keyClear, low - keyClear}} {
			at := vg.Point{X: left, Y: min(max(middle.Y-size.Y/2, room[0]), room[1]-size.Y)}
			free := room[0]+size.Y <= room[1] && (beside.Min.X > middle.X || beside.Max.X < middle.X)
			across := max(at.X-middle.X, middle.X-at.X-size.X)
			distance := math.Hypot(float64(across), float64(at.Y+size.Y/2-middle.Y))
			if free && distance < nearest {
				corner, nearest, ok = at, distance, true
			}
			if n := covered(points, at, size); !ok && at.Y >= c.Min.Y && n < fewest {
				corner, fewest = at, n
			}
		}
	}
	return corner, ok
}

// reach is how low and how high points are within the sides of a rectangle.
func reach(c draw.Canvas, points []vg.Point, sides vg.Rectangle) (low, high vg.Length) {
	low, high = c.Max.Y, c.Min.Y
	for _, at := range points {
		if at.X >= sides.Min.X && at.X <= sides.Max.X {
			low, high = min(low, at.Y), max(high, at.Y)
		}
	}
	return low, high
}

// covered is how many points a rectangle covers.
func covered(points []vg.Point, corner, size vg.Point) (n int) {
	for _, at := range points {
		if at.X >= corner.X && at.X <= corner.X+size.X && at.Y >= corner.Y && at.Y <= corner.Y+size.Y {
			n++
		}
	}
	return n
}
