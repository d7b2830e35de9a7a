package plot

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ridge is the distribution of a figure over the replications of one case: a
// density, its median, and the range that contains 90% of replications.
type ridge struct {
	name                    string
	x, density              []float64 // in order of x
	mean, low, median, high float64
	least, most             float64  // of all
	first, last             float64  // the ends of the middle 98%
	beside                  []string // labels to the right of it, the first in bold
}

// newRidge sorts values, at least one, and describes them. Where they hardly vary
// the density has a least width, in their unit.
func newRidge(values []float64, least float64) ridge {
	slices.Sort(values)
	r := ridge{
		mean:   stat.Mean(values, nil),
		low:    stat.Quantile(0.05, stat.Empirical, values, nil),
		median: stat.Quantile(0.50, stat.Empirical, values, nil),
		high:   stat.Quantile(0.95, stat.Empirical, values, nil),
		least:  values[0],
		most:   values[len(values)-1],
		first:  stat.Quantile(0.01, stat.Empirical, values, nil),
		last:   stat.Quantile(0.99, stat.Empirical, values, nil),
	}
	r.x, r.density = seen(smoothed(values, least))
	return r
}

// seen leaves out the ends of a density that are too low to be seen, so that they do not
// stretch the axis.
func seen(x, density []float64) (drawnX, drawnDensity []float64) {
	const least = 0.004 // of the highest
	from, to, lowest := 0, len(x)-1, least*slices.Max(density)
	for from < to && density[from] < lowest {
		from++
	}
	for to > from && density[to] < lowest {
		to--
	}
	return x[from : to+1], density[from : to+1]
}

// notBelow is the ridge with the part of its density that smoothing put below the least
// possible value folded back above it, so that the area stays the same.
func (r ridge) notBelow(least float64) ridge {
	if r.x[0] >= least {
		return r
	}
	at := func(v float64) float64 {
		i, _ := slices.BinarySearch(r.x, v)
		if i == 0 || i == len(r.x) {
			return 0
		}
		share := (v - r.x[i-1]) / (r.x[i] - r.x[i-1])
		return r.density[i-1] + share*(r.density[i]-r.density[i-1])
	}
	x, density := []float64{least}, []float64{2 * at(least)}
	for i, v := range r.x {
		if v > least {
			x, density = append(x, v), append(density, r.density[i]+at(2*least-v))
		}
	}
	r.x, r.density = x, density
	return r
}

// above is the share of sorted values that are above a threshold.
func above(sorted []float64, threshold float64) float64 {
	first, _ := slices.BinarySearchFunc(sorted, threshold, func(v, t float64) int {
		if v > t {
			return 1
		}
		return -1
	})
	return float64(len(sorted)-first) / float64(len(sorted))
}

// smoothed returns the density of sorted values by a normal kernel, with
// Silverman's width.
func smoothed(values []float64, least float64) (x, density []float64) {
	const points, reach = 160, 3.0
	deviation := 0.0
	if len(values) > 1 {
		deviation = stat.StdDev(values, nil)
	}
	width := 0.9 * deviation * math.Pow(float64(len(values)), -0.2)
	width = max(width, 1e-3*math.Abs(values[0]), least) // without any spread, a spike
	low, high := values[0]-reach*width, values[len(values)-1]+reach*width
	x, density = make([]float64, points), make([]float64, points)
	first := 0
	for i := range x {
		x[i] = low + (high-low)*float64(i)/(points-1)
		for first < len(values) && values[first] < x[i]-4*width {
			first++
		}
		for _, v := range values[first:] {
			z := (v - x[i]) / width
			if z > 4 {
				break
			}
			density[i] += math.Exp(-z * z / 2)
		}
		density[i] /= width * float64(len(values)) * math.Sqrt(2*math.Pi)
	}
	return x, density
}

// ridges are the distributions of several cases, one above the other, of equal
// area, in two colours that meet at a threshold.
type ridges struct {
	rows         []ridge
	threshold    float64 // +Inf if there is none
	below, above color.NRGBA
	line         draw.LineStyle // at the threshold
	called       string         // what is written over the line; may be empty
	sides        [2]string      // what is written over the two sides of the line; may be empty
	named        bool           // whether the first row names the median and the ends
	write        func(float64) string
	ticks        plot.Ticker
	tails        bool // whether long tails are left out
	worse        bool // whether what stands beside the rows is a chance of the worse
}

// cut are the ends of an axis that leaves out a long tail, one replication in a
// hundred of each case. An end is infinite where that would hardly shorten it, and where
// the tail passes the threshold.
func (s ridges) cut() (low, high float64) {
	if !s.tails {
		return math.Inf(-1), math.Inf(1)
	}
	low, high = math.Inf(1), math.Inf(-1)
	least, most := low, high
	for _, r := range s.rows {
		if len(r.x) > 0 {
			low, high = min(low, r.first, r.low, r.median), max(high, r.last, r.high, r.median)
			least, most = min(least, r.least), max(most, r.most)
		}
	}
	long := 0.25 * (high - low)
	// A tail that passes the threshold is drawn: what stands beside the rows counts it.
	if !finite(long) || low-least < long || least < s.threshold && s.threshold < low {
		low = math.Inf(-1)
	}
	if !finite(long) || most-high < long || high < s.threshold && s.threshold < most {
		high = math.Inf(1)
	}
	return low, high
}

// cutSaid says at the foot that a tail is left out; it is empty if none is.
func (s ridges) cutSaid() string {
	low, high := s.cut()
	if math.IsInf(low, 0) && math.IsInf(high, 0) {
		return ""
	}
	return "The axis leaves out a tail with 1 in 100 replications of a case, or fewer"
}

// plot draws the ridges from the top down.
func (s ridges) plot() *plot.Plot {
	p := newPlot()
	addGrid(p, false, true)
	p.Y.Tick.Label = bold(p.Y.Tick.Label)
	p.Y.Tick.Label.Color = ink
	limited := !math.IsInf(s.threshold, 0)
	if limited {
		p.Add(level{at: s.threshold, style: s.line, upright: true})
	}
	highest := 0.0
	from, to := s.cut()
	for _, r := range s.rows {
		if len(r.density) > 0 {
			highest = max(highest, slices.Max(r.density))
		}
	}
	names := make([]string, len(s.rows))
	for i, r := range s.rows {
		row := float64(len(s.rows) - 1 - i)
		s.draw(p, r.within(from, to), row, highest)
		names[len(s.rows)-1-i] = r.name
	}
	if limited {
		p.X.Min, p.X.Max = math.Min(s.threshold, p.X.Min), math.Max(s.threshold, p.X.Max)
	}
	if !(p.X.Max > p.X.Min) { // no case has a figure
		p.X.Min, p.X.Max = 0, 1
		if limited {
			p.X.Min, p.X.Max = s.threshold-1, s.threshold+1
		}
	}
	air := 0.03 * (p.X.Max - p.X.Min) // and on the left room for a label
	right := air
	for _, r := range s.rows { // the label at the high end needs room before the labels beside the row
		if len(r.x) > 0 && min(r.high, r.x[len(r.x)-1]) > p.X.Max-4*air {
			right = 5 * air
		}
	}
	p.X.Min, p.X.Max = p.X.Min-2.5*air, p.X.Max+right
	p.Y.Min, p.Y.Max = -0.3, float64(len(s.rows))-0.1
	s.aside(p)
	if limited && s.called != "" {
		p.Add(labels{{x: s.threshold, y: p.Y.Max, text: s.called, offset: vg.Point{Y: 3}, style: aligned(bold(lettering(labelSize, s.line.Color)), draw.XCenter, draw.YBottom)}})
	}
	for i, side := range s.sides {
		style, gap := aligned(bold(lettering(labelSize, mix(s.below, ink, 0.25))), draw.XRight, draw.YBottom), vg.Length(-5)
		if i == 1 {
			style, gap = aligned(bold(lettering(labelSize, mix(s.above, ink, 0.4))), draw.XLeft, draw.YBottom), 5
		}
		p.Add(labels{{x: s.threshold, y: p.Y.Max, text: side, offset: vg.Point{X: gap, Y: 3}, style: style}})
	}
	p.X.Tick.Marker, p.Y.Tick.Marker = s.ticks, rowNames{names, p.Y.Tick.Label, 3}
	p.X.Width, p.X.Tick.Color = 0, paper
	return p
}

// tips say of each row what is said of it in words.
func (s ridges) tips(f *Figure, said []string) {
	const middle = 0.3 // of a row, whose density stands on its line and whose range hangs under it
	for i, text := range said {
		f.tips = append(f.tips, tip{at: float64(len(s.rows)-1-i) + middle, down: true, text: text})
	}
}

// aside writes the labels to the right of each row.
func (s ridges) aside(p *plot.Plot) {
	for i, r := range s.rows {
		for n, text := range r.beside {
			hue := dark
			if s.worse {
				hue = mix(alert, ink, 0.3)
			}
			style := bold(lettering(labelSize, hue))
			if n > 0 {
				style = lettering(smallSize, muted)
			}
			p.Add(aside{x: p.X.Max, y: float64(len(s.rows) - 1 - i), line: n, text: text, style: style})
		}
	}
}

// draw draws one density on its row, with its range under it.
func (s ridges) draw(p *plot.Plot, r ridge, row, highest float64) {
	if len(r.x) == 0 {
		return
	}
	texts := []string{s.write(r.median), s.write(r.low), s.write(r.high)}
	if s.named && row == float64(len(s.rows)-1) { // said once, in the first row, instead of a key
		texts = []string{"Median " + texts[0], "5%: " + texts[1], "95%: " + texts[2]}
	}
	below, above := split(r.x, r.density, s.threshold)
	first, last := r.x[0], r.x[len(r.x)-1] // an end beyond all figures is drawn at the end of the density
	low, median, high := min(max(r.low, first), last), min(max(r.median, first), last), min(max(r.high, first), last)
	lowest := label{x: low, y: row, text: texts[1], short: s.write(r.low), inward: true, offset: vg.Point{X: -5, Y: -rangeDrop}, style: aligned(lettering(smallSize, muted), draw.XRight, draw.YCenter), wide: math.MaxFloat64, clear: true}
	if s.write(r.low) == s.write(r.median) { // one label is enough, and two would touch
		texts[0] = "5% and median: " + s.write(r.median)
		lowest.text, lowest.short = "", ""
	}
	p.Add(
		hump{density: below, row: row, highest: highest, fill: s.below},
		hump{density: above, row: row, highest: highest, fill: s.above},
		rangeMark{low, median, high, row},
		labels{
			{x: median, y: row, text: texts[0], offset: vg.Point{Y: -rangeDrop - 5}, style: aligned(bold(lettering(labelSize, ink)), draw.XCenter, draw.YTop), clear: true},
			lowest,
			{x: high, y: row, text: texts[2], short: s.write(r.high), inward: true, offset: vg.Point{X: 5, Y: -rangeDrop}, style: lettering(smallSize, muted), wide: math.MaxFloat64, clear: true},
		},
	)
}

// within is the ridge with the part of its density from low to high alone.
func (r ridge) within(low, high float64) ridge {
	var x, density []float64
	for i := range r.x {
		if r.x[i] >= low && r.x[i] <= high {
			x, density = append(x, r.x[i]), append(density, r.density[i])
		}
	}
	if len(x) < 2 { // a spike
		return r
	}
	r.x, r.density = x, density
	return r
}

// density is part of a density: how high it is at each x.
type density struct{ x, high []float64 }

// split cuts a density at a threshold.
func split(x, high []float64, threshold float64) (below, above density) {
	for i := range x {
		if i > 0 && x[i-1] < threshold && x[i] >= threshold {
			share := (threshold - x[i-1]) / (x[i] - x[i-1])
			at := high[i-1] + share*(high[i]-high[i-1])
			for _, d := range []*density{&below, &above} {
				d.x, d.high = append(d.x, threshold), append(d.high, at)
			}
		}
		d := &above
		if x[i] < threshold {
			d = &below
		}
		d.x, d.high = append(d.x, x[i]), append(d.high, high[i])
	}
	return below, above
}

// hump is a density on a row. Even the highest leaves room above it for the labels
// under the row before.
type hump struct {
	density
	row, highest float64
	fill         color.Color
}

// Plot draws the density.
func (h hump) Plot(c draw.Canvas, p *plot.Plot) {
	if len(h.x) < 2 {
		return
	}
	const written = 24
	x, y := p.Transforms(&c)
	base, pitch := y(h.row), y(h.row+1)-y(h.row)
	tallest := max(min(0.72*pitch, pitch-written), 0.3*pitch)
	var outline []vg.Point
	for i := range h.x {
		outline = append(outline, vg.Point{X: x(h.x[i]), Y: base + tallest*vg.Length(h.high[i]/h.highest)})
	}
	outline = append(outline, vg.Point{X: x(h.x[len(h.x)-1]), Y: base}, vg.Point{X: x(h.x[0]), Y: base})
	c.FillPolygon(h.fill, outline)
}

// DataRange returns the places of the density and its row.
func (h hump) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, xmax, _, _ = bounds(h.x, h.high)
	return xmin, xmax, h.row, h.row + 0.72
}

// rangeDrop is how far under its row a range is drawn.
const rangeDrop = 7

// rangeMark is a line from a low to a high value, with a dot at the median,
// under a row.
type rangeMark struct{ low, median, high, row float64 }

// Plot draws the range.
func (m rangeMark) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	at := y(m.row) - rangeDrop
	c.StrokeLine2(solid(ink, 1.25), x(m.low), at, x(m.high), at)
	c.DrawGlyph(draw.GlyphStyle{Color: ink, Radius: 3, Shape: draw.CircleGlyph{}}, vg.Point{X: x(m.median), Y: at})
}
