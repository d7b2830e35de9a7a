package plot

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// NetSaving draws how the net public saving, gross avoided cost less all
// payments, is distributed over the replications of each case, in £: a density
// with the median, the range that holds 90% of replications, and the
// probability that something is saved. Areas are alike in all cases.
func NetSaving(p *model.Programme, results ...*montecarlo.Result) (*Figure, error) {
	if err := usable(p, results, 1); err != nil {
		return nil, err
	}
	f := &Figure{
		Title:    "Net public saving",
		Subtitle: "£: gross avoided cost in the tracking window less all payments; density over replications",
		Key: []KeyEntry{
			{"Above £0", box{fill: middle}},
			{"Below £0", box{fill: alert}},
			{"5% to 95%", line{style: solid(ink, 1.25)}},
			{"Median", medianMark{}},
		},
		Note: note(p, "", simulated(results)+"; the range is chance at fixed rates, not doubt about the rates", append([]kind{contractCap}, whatWasSpared...)...),
		Data: Table{Columns: []string{"case", "mean, £", "5%, £", "median, £", "95%, £", "probability of a saving"}},
	}
	pl := newPlot()
	addGrid(pl, false, true)
	pl.Add(level{at: 0, style: solid(ink, 1), upright: true})
	pl.Y.Tick.Label = bold(pl.Y.Tick.Label)
	pl.Y.Tick.Label.Color = ink
	var all []savings
	highest := 0.0
	for i, name := range caseNames(results) {
		s, err := newSavings(results[i])
		if err != nil {
			return nil, err
		}
		s.name = sentence(name)
		highest = max(highest, slices.Max(s.density))
		all = append(all, s)
	}
	names := rowTicks{}
	var said []string
	for i, s := range all {
		row := float64(len(all) - 1 - i)
		s.draw(pl, row, 0.72/highest)
		names = append(names, plot.Tick{Value: row, Label: strings.Join(broken(pl.Y.Tick.Label, s.name, 110, 4), "\n")})
		f.Data.Add(s.name, s.mean, s.low, s.median, s.high, s.probability)
		said = append(said, fmt.Sprintf("%s: mean %s, median %s, 90%% of replications from %s to %s, something is saved in %s of them.",
			s.name, exact(s.mean), exact(s.median), exact(s.low), exact(s.high), percent(s.probability)))
	}
	air := 0.03 * (pl.X.Max - pl.X.Min) // and on the left room for a label
	pl.X.Min, pl.X.Max = math.Min(0, pl.X.Min)-2.5*air, math.Max(0, pl.X.Max)+air
	var chances endLabels
	for i, s := range all {
		chances = append(chances, endLabel{
			x: pl.X.Max, y: float64(len(all)-1-i) + 0.06, text: percent(s.probability) + " chance of a saving", style: bold(words(labelSize, dark)),
		})
	}
	pl.Add(chances)
	pl.Y.Min, pl.Y.Max = -0.3, float64(len(all))-0.1
	pl.X.Tick.Marker, pl.Y.Tick.Marker = moneyTicks(), names
	pl.X.Width, pl.X.Tick.Color = 0, paper
	f.Panels, f.Summary = []Panel{{Plot: pl}}, strings.Join(said, " ")
	return f, nil
}

// savings is the net public saving of one case.
type savings struct {
	name                    string
	x, density              []float64
	mean, low, median, high float64
	probability             float64
}

func newSavings(r *montecarlo.Result) (savings, error) {
	total, ok := r.Total(montecarlo.NetPublic, "")
	values := r.Values(total.Measure)
	if !ok || len(values) == 0 {
		return savings{}, fmt.Errorf("plot: the result of case %q has lost its replications, as one that was read from JSON has: run it again", r.Case)
	}
	slices.Sort(values)
	s := savings{
		mean:   stat.Mean(values, nil),
		low:    stat.Quantile(0.05, stat.Empirical, values, nil),
		median: stat.Quantile(0.50, stat.Empirical, values, nil),
		high:   stat.Quantile(0.95, stat.Empirical, values, nil),
	}
	above, _ := slices.BinarySearchFunc(values, 0.0, func(v, zero float64) int {
		if v > zero {
			return 1
		}
		return -1
	})
	s.probability = float64(len(values)-above) / float64(len(values))
	s.x, s.density = smoothed(values)
	return s, nil
}

// smoothed returns the density of sorted values by a normal kernel, with
// Silverman's width.
func smoothed(values []float64) (x, density []float64) {
	const points, reach = 160, 3.0
	deviation := 0.0
	if len(values) > 1 {
		deviation = stat.StdDev(values, nil)
	}
	width := 0.9 * deviation * math.Pow(float64(len(values)), -0.2)
	width = max(width, 1e-3*math.Abs(values[0]), 1) // without any spread, a spike
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

// draw draws the density on its row.
func (s savings) draw(p *plot.Plot, row, scale float64) {
	base, top := make([]float64, len(s.x)), make([]float64, len(s.x))
	for i, d := range s.density {
		base[i], top[i] = row, row+d*scale
	}
	below, above := split(s.x, base, top)
	p.Add(
		band{x: below.x, low: below.low, high: below.high, fill: mix(alert, paper, 0.15)},
		band{x: above.x, low: above.low, high: above.high, fill: middle},
		rangeMark{s.low, s.median, s.high, row},
		labels{
			{x: s.median, y: row, text: money(s.median), offset: vg.Point{Y: -rangeDrop - 5}, style: aligned(bold(words(labelSize, ink)), draw.XCenter, draw.YTop), clear: true},
			{x: s.low, y: row, text: money(s.low), offset: vg.Point{X: -5, Y: -rangeDrop}, style: aligned(words(smallSize, muted), draw.XRight, draw.YCenter), wide: math.MaxFloat64},
			{x: s.high, y: row, text: money(s.high), offset: vg.Point{X: 5, Y: -rangeDrop}, style: words(smallSize, muted), wide: math.MaxFloat64},
		},
	)
}

// split cuts a shape at zero.
func split(x, low, high []float64) (below, above band) {
	for i := range x {
		if i > 0 && x[i-1] < 0 && x[i] >= 0 {
			share := -x[i-1] / (x[i] - x[i-1])
			at := high[i-1] + share*(high[i]-high[i-1])
			for _, b := range []*band{&below, &above} {
				b.x, b.low, b.high = append(b.x, 0), append(b.low, low[i]), append(b.high, at)
			}
		}
		b := &above
		if x[i] < 0 {
			b = &below
		}
		b.x, b.low, b.high = append(b.x, x[i]), append(b.low, low[i]), append(b.high, high[i])
	}
	return below, above
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
	medianMark{}.dot(c, vg.Point{X: x(m.median), Y: at})
}

// medianMark is the dot of a median in a key.
type medianMark struct{}

// Thumbnail draws the dot.
func (m medianMark) Thumbnail(c *draw.Canvas) { m.dot(*c, c.Center()) }

func (medianMark) dot(c draw.Canvas, at vg.Point) {
	c.DrawGlyph(draw.GlyphStyle{Color: ink, Radius: 3, Shape: draw.CircleGlyph{}}, at)
}
