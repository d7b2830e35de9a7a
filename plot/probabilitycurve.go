package plot

import (
	"cmp"
	"errors"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// chance is a probability along a driver, in one case.
type chance struct {
	name      string
	x, p      []float64 // in order of x
	certain   []bool    // whether p is so by arithmetic
	low, high []float64 // 95% Monte Carlo range of p
	n         int       // replications of each point
	now       int       // the index of the current value
	colour    color.NRGBA
	width     vg.Length
	quiet     bool // a second line: without its range and dots
	ends      bool // whether it is named at its end rather than beside itself
}

// newChance collects the probabilities of a curve's points and the current value.
func newChance(c *sensitivity.Curved, x func(sensitivity.Point) float64, of func(sensitivity.Point) montecarlo.ProbabilityOf) chance {
	one := chance{width: 2, n: c.Conventions.Replications}
	for i, point := range inOrder(c, x) {
		if point.Value == c.Unchanged.Value {
			one.now = i
		}
		p := of(point)
		low, high := within95(p.Probability, c.Conventions.Replications)
		if p.Certain {
			low, high = p.Probability, p.Probability
		}
		one.x, one.p, one.certain = append(one.x, x(point)), append(one.p, p.Probability), append(one.certain, p.Certain)
		one.low, one.high = append(one.low, low), append(one.high, high)
	}
	return one
}

// inOrder are a curve's points with the current value, in order of x.
func inOrder(c *sensitivity.Curved, x func(sensitivity.Point) float64) []sensitivity.Point {
	points := slices.Clone(c.Points)
	if !slices.ContainsFunc(points, func(p sensitivity.Point) bool { return p.Value == c.Unchanged.Value }) {
		points = append(points, c.Unchanged)
	}
	slices.SortStableFunc(points, func(a, b sensitivity.Point) int { return cmp.Compare(x(a), x(b)) })
	return points
}

// at writes the probability at a point.
func (c chance) at(i int) string { return words.Chance(c.p[i], c.n, c.certain[i]) }

// within writes the 95% Monte Carlo range at a point. That of none or all of the
// replications has an end that nothing says is certain, which is left open.
func (c chance) within(i int) string {
	switch low, high := words.Percent(c.low[i]), words.Percent(c.high[i]); {
	case c.certain[i]:
		return "certain"
	case c.p[i] == 0:
		return "95% Monte Carlo range below " + high
	case c.p[i] == 1:
		return "95% Monte Carlo range above " + low
	default:
		return "95% Monte Carlo range " + low + " to " + high
	}
}

// likely writes a probability.
func likely(p montecarlo.ProbabilityOf) string {
	return words.Chance(p.Probability, p.Replications, p.Certain)
}

// within95 is Wilson's 95% confidence interval of a probability that was p in n
// replications. It has a width where p is 0 or 1 too.
func within95(p float64, n int) (low, high float64) {
	const z = 1.96
	if n <= 0 {
		return p, p
	}
	each := z * z / float64(n)
	middle, half := p+each/2, z*math.Sqrt(p*(1-p)/float64(n)+each/float64(4*n))
	return max(0, (middle-half)/(1+each)), min(1, (middle+half)/(1+each))
}

// curvesOf returns the programme that curves are drawn of, the first one's, or why
// they cannot be drawn together.
func curvesOf(curves []*sensitivity.Curved) (*model.Programme, error) {
	if len(curves) == 0 {
		return nil, errors.New("plot: there is no curve: give the result of sensitivity.Curve")
	}
	for i, c := range curves {
		switch {
		case c == nil:
			return nil, fmt.Errorf("plot: curve %d is missing", i+1)
		case !has(c.Version):
			return nil, fmt.Errorf("plot: curve %d has no programme: give the result of sensitivity.Curve", i+1)
		case slices.ContainsFunc(append(slices.Clone(c.Points), c.Unchanged), func(p sensitivity.Point) bool { return !finite(p.Value) || !finite(p.Deadweight) }):
			return nil, fmt.Errorf("plot: curve %d has a point at a value that is not a finite number: run it at others", i+1)
		case c.Driver.Name != curves[0].Driver.Name || c.Driver.Unit != curves[0].Driver.Unit:
			return nil, fmt.Errorf("plot: curve %d is along %q and the first along %q: draw one driver at a time", i+1, c.Driver.Name, curves[0].Driver.Name)
		}
	}
	return curves[0].Version.Programme, nil
}

// casesOf names the cases of curves.
func casesOf(curves []*sensitivity.Curved) []string {
	var names []string
	for _, c := range curves {
		names = append(names, c.Version.Label())
	}
	return names
}

// along says how curves were simulated.
func along(curves []*sensitivity.Curved) string {
	c := curves[0].Conventions
	return fmt.Sprintf("Simulated: %s of each point on common random numbers, %s, seed %d, %s; bands are 95%% Monte Carlo ranges", words.Plural(c.Replications, "replication"), alongOver(curves), c.Seed, c.PriceBase)
}

// chances draws probabilities along one driver, with the current value marked on
// each line and, if it is the same for all, by an upright line that is called so.
func chances(all []chance, ticks plot.Ticker, asIs string) *plot.Plot {
	p := newPlot()
	low, high := sideOfEven(all)
	addGrid(p, true, false)
	for _, c := range all {
		if !c.quiet {
			p.Add(band{x: c.x, low: c.low, high: c.high, fill: mix(c.colour, paper, 0.78)})
		}
	}
	one := oneNow(all)
	if one {
		p.Add(level{at: all[0].x[all[0].now], style: draw.LineStyle{Color: axis, Width: 1, Dashes: []vg.Length{4, 3}}, upright: true})
	}
	ends, names := nameChances(all, one)
	if high > evenChance {
		even := evenLine(all)
		names.lines = append(names.lines, even)
		p.Add(line{x: even.x, y: even.y, style: draw.LineStyle{Color: axis, Width: 1, Dashes: []vg.Length{2, 3}}})
	}
	for _, c := range all {
		l := line{x: c.x, y: c.p, style: solid(c.colour, c.width), dot: 2}
		if c.quiet {
			l.dot = 0
		}
		p.Add(l)
	}
	for _, c := range all {
		if !c.quiet {
			p.Add(ring{x: c.x[c.now], y: c.p[c.now], colour: c.colour})
		}
	}
	widen(&p.X)
	p.Y.Min, p.Y.Max = low, high
	p.Add(names, ends, margin(18))
	if one {
		p.Add(labels{{x: all[0].x[all[0].now], y: high, text: asIs, offset: vg.Point{Y: 8}, style: aligned(lettering(labelSize, muted), draw.XCenter, draw.YBottom)}})
	}
	p.X.Tick.Marker, p.Y.Tick.Marker = ticks, shareTicks()
	return p
}

// oneNow reports whether the current value is the same for all.
func oneNow(all []chance) bool {
	return !slices.ContainsFunc(all, func(c chance) bool { return c.x[c.now] != all[0].x[all[0].now] })
}

// evenChance is the chance of what is as likely as not.
const evenChance = 0.5

// evenLine is the level of an even chance, with its name.
func evenLine(all []chance) curveLabel {
	low, high := math.Inf(1), math.Inf(-1)
	for _, c := range all {
		low, high = min(low, c.x[0]), max(high, c.x[len(c.x)-1])
	}
	return curveLabel{x: []float64{low, high}, y: []float64{evenChance, evenChance}, text: "Even chance", style: lettering(smallSize, muted)}
}

// sideOfEven is the part of the scale from 0 to 1 that chances are drawn on. It is all of
// it where they lie on both sides of an even chance, and otherwise their own side: the
// other would be empty.
func sideOfEven(all []chance) (low, high float64) {
	least, most := 1.0, 0.0
	for _, c := range all {
		for i, p := range c.p {
			least, most = min(least, p, c.low[i]), max(most, p, c.high[i])
		}
	}
	switch {
	case least >= evenChance:
		return 0.4, 1
	case most <= 0.08:
		return 0, 0.1
	case most <= evenChance:
		return 0, 0.6
	}
	return 0, 1
}

// axisSaid says in a subtitle that the scale of chances is not all of 0% to 100%.
func axisSaid(all []chance) string {
	switch low, high := sideOfEven(all); {
	case low > 0:
		return " (axis from " + words.Percent(low) + ")"
	case high < 1:
		return " (axis to " + words.Percent(high) + ")"
	}
	return ""
}

// nameChances names lines: with quiet ones among them, which run close together, all at
// their ends, and otherwise each beside itself. Where each has a current value of its
// own, it is named there: see namedAtNow.
func nameChances(all []chance, oneNow bool) (endLabels, curveLabels) {
	names := curveLabels{clearOf: math.NaN()}
	if oneNow {
		names.clearOf = all[0].x[all[0].now]
	}
	atEnds := slices.ContainsFunc(all, func(c chance) bool { return c.quiet || c.ends })
	var ends endLabels
	for _, c := range all {
		last := len(c.x) - 1
		style := lettering(labelSize, mix(c.colour, ink, 0.4))
		if !c.quiet {
			style = bold(style)
		}
		l := curveLabel{x: c.x, y: c.p, style: style}
		if atEnds {
			ends = append(ends, endLabel{c.x[last], c.p[last], shortened(style, c.name, 110), style, ""})
		} else if c.name != "" && oneNow {
			short, _, _ := strings.Cut(c.name, ",")
			l.text, l.shorter = strings.Replace(c.name, ", ", "\n", 1), []string{short}
		}
		names.lines = append(names.lines, l)
	}
	return ends, names
}

// namedAtNow names lines at the rings of their current values, with the value, where that
// is not the same for all: "Low, now 74%". Lines on one another have one name.
func namedAtNow(all []chance, write func(float64) string) (placed []placedLabel) {
	if oneNow(all) {
		return nil
	}
	style := func(c chance) text.Style { return bold(lettering(labelSize, mix(c.colour, ink, 0.4))) }
	for _, group := range onOneAnother(all) {
		first := all[group[0]]
		var names []string
		for _, i := range group {
			names = append(names, words.Small(all[i].name))
		}
		name := words.Capital(words.And(names))
		if len(names) > 1 && len(names) == len(all) {
			name = "All cases, on one line"
		}
		placed = append(placed, placedLabel{
			x: first.x[first.now], y: first.p[first.now], text: name + ", now " + write(first.x[first.now]), style: style(first),
		})
	}
	return placed
}

// onOneAnother puts lines together, by their places, that can hardly be told apart: their
// chances differ by less than four points, or than their Monte Carlo ranges, wherever both
// are drawn, and their current values by less than a hundredth of the axis.
func onOneAnother(all []chance) (groups [][]int) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, c := range all {
		low, high = min(low, c.x[0]), max(high, c.x[len(c.x)-1])
	}
	alike := func(a, b chance) bool {
		if math.Abs(a.x[a.now]-b.x[b.now]) > 0.01*(high-low) {
			return false
		}
		for i, x := range a.x {
			if p, ok := b.over(x); ok && math.Abs(p-a.p[i]) >= max(0.04, (a.high[i]-a.low[i])/2) {
				return false
			}
		}
		return true
	}
	for i, c := range all {
		at := slices.IndexFunc(groups, func(group []int) bool { return alike(all[group[0]], c) })
		if at < 0 {
			groups = append(groups, []int{i})
			continue
		}
		groups[at] = append(groups[at], i)
	}
	return groups
}

// over is the chance at a value, on a straight line between two points; there is none
// beyond the ends.
func (c chance) over(x float64) (p float64, ok bool) {
	for i := 1; i < len(c.x); i++ {
		if x >= c.x[i-1] && x <= c.x[i] && c.x[i] > c.x[i-1] {
			return c.p[i-1] + (c.p[i]-c.p[i-1])*(x-c.x[i-1])/(c.x[i]-c.x[i-1]), true
		}
	}
	return 0, false
}

// widen gives an axis a margin at both ends, and an axis of one value some length.
func widen(a *plot.Axis) {
	air := 0.025 * (a.Max - a.Min)
	if !(air > 0) {
		air = max(0.1*math.Abs(a.Min), 0.1)
	}
	a.Min, a.Max = a.Min-air, a.Max+air
}

// ring marks the current value on a line.
type ring struct {
	x, y   float64
	colour color.Color
}

// Plot draws the ring.
func (r ring) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	r.at(c, vg.Point{X: x(r.x), Y: y(r.y)})
}

func (r ring) at(c draw.Canvas, at vg.Point) {
	c.DrawGlyph(draw.GlyphStyle{Color: r.colour, Radius: 5, Shape: draw.CircleGlyph{}}, at)
	c.DrawGlyph(draw.GlyphStyle{Color: paper, Radius: 3, Shape: draw.CircleGlyph{}}, at)
}

// Thumbnail draws the ring for a key.
func (r ring) Thumbnail(c *draw.Canvas) { r.at(*c, c.Center()) }

// driverTicks marks the axis of a driver in its unit.
func driverTicks(d sensitivity.Driver) plot.Ticker {
	switch d.Unit {
	case "×":
		return factorTicks(nil)
	case "£ a week":
		return moneyTicks()
	}
	return countTicks()
}

// factorTicks marks an axis of factors, "× 1.2", with a second label under each if
// there is one.
func factorTicks(under func(x float64) string) plot.Ticker {
	return numberTicks{write: func(step, _ float64) func(float64) string {
		decimals := decimalsOf(step)
		return func(v float64) string {
			text := "× " + words.Number(v, decimals)
			if under != nil {
				text += "\n" + under(v)
			}
			return text
		}
	}}
}

// inUnit says what a curve runs along, with its unit where the axis does not have it: "price
// of residential care, £ a week".
func inUnit(d sensitivity.Driver) string {
	if d.Unit == "" || d.Unit == "×" {
		return d.Name
	}
	return d.Name + ", " + d.Unit
}

// councils are the probabilities of net savings of each council, with its own
// payments alone.
func councils(c *sensitivity.Curved, x func(sensitivity.Point) float64) []chance {
	var all []chance
	for k, council := range c.Unchanged.Commissioners {
		one := newChance(c, x, func(p sensitivity.Point) montecarlo.ProbabilityOf { return p.Commissioners[k].Saves })
		one.name, one.quiet, one.width = council.Name, true, 1.5
		all = append(all, one)
	}
	return all
}

// saves is the probability of a net public saving.
func saves(p sensitivity.Point) montecarlo.ProbabilityOf { return p.Saves }

// runs adds points to a table, one row for each.
func (c chance) runs(f *Figure, caseName, of string, values func(i int) []any) {
	for i := range c.x {
		row := append([]any{caseName, of}, values(i)...)
		f.row(append(row, Share(c.p[i]), Share(c.low[i]), Share(c.high[i]))...)
	}
}
