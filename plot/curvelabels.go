package plot

import (
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// curveLabel names a line beside some point of it, in one line of text or several.
// Where y is not a number the line has a gap.
type curveLabel struct {
	x, y  []float64
	text  string
	style text.Style
	// shorter are other ways to write the name, for where the first has no place that
	// is clear.
	shorter []string
	series  string // whose name it is; may be empty
}

// curveLabels writes the name of each of several lines where the line is apart from
// the others and the name is as clear of all of them as possible and touches no
// other name.
type curveLabels struct {
	lines   []curveLabel
	clearOf float64 // an upright line; not a number for none
}

// Plot writes the names. One that has no place clear of all lines is written on paper of
// its own.
func (all curveLabels) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	paths := all.paths(p, x, y)
	all.lines = slices.Clone(all.lines)
	if _, ok := under(c).(ofCurrency); ok { // whose sign may be wider
		for i, l := range all.lines {
			all.lines[i].style = asDrawn(l.style, p)
		}
	}
	var taken []vg.Rectangle
	for i, l := range all.lines {
		if l.text == "" || len(paths[i]) == 0 {
			continue
		}
		place, name := all.best(c, paths, i, taken)
		taken = append(taken, vg.Rectangle{Min: place.Min.Sub(vg.Point{X: nameGap}), Max: place.Max.Add(vg.Point{X: nameGap})})
		inSeries(c, l.series, func() { l.write(c, place, name, nearest(place, paths, i, 1) < clearBy) })
	}
}

// write writes a name at its place, on paper of its own where that is not clear.
func (l curveLabel) write(c draw.Canvas, place vg.Rectangle, name string, onPaper bool) {
	if onPaper {
		c.SetColor(paper)
		c.Fill(place.Path())
	}
	style := aligned(l.style, draw.XLeft, draw.YCenter)
	for n, line := range strings.Split(name, "\n") {
		middle := place.Max.Y - (vg.Length(n)+0.5)*nameLead*style.Font.Size
		c.FillText(style, vg.Point{X: place.Min.X, Y: middle}, line)
	}
}

// The distance from line to line of a name, in sizes of the text, how far a name that is
// clear of lines is from them, and from other names.
const (
	nameLead = 1.2
	clearBy  = 1
	nameGap  = 5 // between two names side by side
)

// best is the place of a name: beside its own line, where that is apart from the others
// and the name is clear of all and touches no other name. Where every such place is
// outside the plot it is moved inside. Of several ways to write a name it is the first
// with a clear place, or else the last.
func (all curveLabels) best(c draw.Canvas, paths [][]vg.Point, i int, taken []vg.Rectangle) (place vg.Rectangle, name string) {
	l := all.lines[i]
	width := 0.9 * (c.Max.X - c.Min.X)
	ways := append([]string{l.text}, l.shorter...)
	for n, way := range ways {
		name = narrowed(l.style, way, width)
		if name != way && n < len(ways)-1 {
			continue // one that need not be cut is better
		}
		place = all.bestFor(name, c, paths, i, taken)
		covers := slices.ContainsFunc(taken, func(other vg.Rectangle) bool { return touch(place, other) })
		if !covers && nearest(place, paths, i, 1) >= clearBy {
			break
		}
	}
	return place, name
}

// clear reports whether every name has a place on a canvas that is clear of all lines and of
// the other names.
func (all curveLabels) clear(c draw.Canvas, p *plot.Plot) bool {
	x, y := p.Transforms(&c)
	paths := all.paths(p, x, y)
	var taken []vg.Rectangle
	for i := range all.lines {
		place, _ := all.best(c, paths, i, taken)
		if nearest(place, paths, i, 1) < clearBy || slices.ContainsFunc(taken, func(other vg.Rectangle) bool { return touch(place, other) }) {
			return false
		}
		taken = append(taken, place)
	}
	return true
}

// paths are the lines on a canvas, and last the upright one.
func (all curveLabels) paths(p *plot.Plot, x, y func(float64) vg.Length) (paths [][]vg.Point) {
	for _, l := range all.lines {
		paths = append(paths, sampled(l.x, l.y, x, y))
	}
	if finite(all.clearOf) {
		paths = append(paths, sampled([]float64{all.clearOf, all.clearOf}, []float64{p.Y.Min, p.Y.Max}, x, y))
	}
	return paths
}

// bestFor is the best place of one way to write a name.
func (all curveLabels) bestFor(name string, c draw.Canvas, paths [][]vg.Point, i int, taken []vg.Rectangle) vg.Rectangle {
	l := all.lines[i]
	best, most := vg.Rectangle{}, vg.Length(math.Inf(-1))
	for n, at := range paths[i] {
		apart := min(nearest(vg.Rectangle{Min: at, Max: at}, paths[:len(all.lines)], i, 0), 24)
		for _, r := range around(l.style, name, at) {
			inside := within(c, r)
			// Its own line may be near. Of places that are as good the one
			// furthest right is taken.
			score := 3*min(nearest(inside, paths, i, 4), 10) + apart + 2*vg.Length(n)/vg.Length(len(paths[i]))
			if inside != r {
				score -= 20
			}
			if slices.ContainsFunc(taken, func(other vg.Rectangle) bool { return touch(inside, other) }) {
				score -= 200
			}
			if score > most {
				best, most = inside, score
			}
		}
	}
	return best
}

// narrowed shortens the lines of a name that are wider than a width.
func narrowed(style text.Style, name string, width vg.Length) string {
	lines := strings.Split(name, "\n")
	for i, line := range lines {
		lines[i] = shortened(style, line, width)
	}
	return strings.Join(lines, "\n")
}

// within is a rectangle moved into a canvas.
func within(c draw.Canvas, r vg.Rectangle) vg.Rectangle {
	by := vg.Point{
		X: max(0, c.Min.X-r.Min.X) - max(0, r.Max.X-c.Max.X),
		Y: max(0, c.Min.Y-r.Min.Y) - max(0, r.Max.Y-c.Max.Y),
	}
	return r.Add(by)
}

// sampled returns points along a line close to one another on the page.
func sampled(xs, ys []float64, x, y func(float64) vg.Length) []vg.Point {
	const apart = 4
	var points []vg.Point
	for i := range xs {
		if !finite(ys[i]) {
			continue
		}
		to := vg.Point{X: x(xs[i]), Y: y(ys[i])}
		if len(points) == 0 {
			points = append(points, to)
			continue
		}
		from := points[len(points)-1]
		steps := max(1, int(math.Hypot(float64(to.X-from.X), float64(to.Y-from.Y))/apart))
		for s := 1; s <= steps; s++ {
			share := vg.Length(s) / vg.Length(steps)
			points = append(points, vg.Point{X: from.X + share*(to.X-from.X), Y: from.Y + share*(to.Y-from.Y)})
		}
	}
	return points
}

// around returns the places of a text around a point.
func around(style text.Style, s string, at vg.Point) []vg.Rectangle {
	const gap = 7
	width, height := vg.Length(0), vg.Length(0)
	for line := range strings.SplitSeq(s, "\n") {
		width, height = max(width, style.Width(line)), height+nameLead*style.Font.Size
	}
	var all []vg.Rectangle
	for _, corner := range []vg.Point{
		{X: gap, Y: -height - gap/2},
		{X: -width - gap, Y: gap / 2},
		{X: gap, Y: gap / 2},
		{X: -width - gap, Y: -height - gap/2},
		{X: gap, Y: -height / 2},
		{X: -width - gap, Y: -height / 2},
		{X: -width / 2, Y: gap},
		{X: -width / 2, Y: -height - gap},
	} {
		low := at.Add(corner)
		all = append(all, vg.Rectangle{Min: low, Max: vg.Point{X: low.X + width, Y: low.Y + height}})
	}
	return all
}

// nearest is how far a place is from the nearest line. Its own counts as so many
// times further; with 0 it does not count.
func nearest(r vg.Rectangle, paths [][]vg.Point, own int, times vg.Length) vg.Length {
	least := vg.Length(math.Inf(1))
	for i, path := range paths {
		if i == own && times == 0 {
			continue
		}
		for _, at := range path {
			across := max(r.Min.X-at.X, 0, at.X-r.Max.X)
			up := max(r.Min.Y-at.Y, 0, at.Y-r.Max.Y)
			distance := vg.Length(math.Hypot(float64(across), float64(up)))
			if i == own {
				distance *= times
			}
			least = min(least, distance)
		}
	}
	return least
}
