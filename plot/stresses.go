package plot

import (
	"errors"
	"fmt"
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Stresses draws the effect of each stress on a case, in £: on the left the
// facility needed beside the investors' commitments, on the right the surplus,
// receipts less cost of delivery, with the probability of a loss to the
// consortium. Each stress is a median, or on the right a mean, with the range from
// the 5% to the 95% quantile, ordered by the facility needed in 95% of
// replications. The case without any stress is last, and a band behind the others.
//
// Results of a programme without delivery terms give an error that wraps
// [finance.ErrNoDelivery].
func Stresses(s *sensitivity.Stresses) (*Figure, error) {
	switch {
	case s == nil || len(s.Stressed) == 0:
		return nil, errors.New("plot: there is no stress: give the result of sensitivity.Stress")
	case !has(s.Version):
		return nil, errors.New("plot: the stresses have no programme: give the result of sensitivity.Stress")
	case len(s.Unstressed.FacilityNeeded.Quantiles) == 0:
		return nil, noCapital(s.Version)
	}
	p := s.Version.Programme
	all := append(s.WorstFirst(sensitivity.ByFacility), s.Unstressed)
	needed, surplus := newStressPlot(all, len(s.Stressed)), newStressPlot(all, len(s.Stressed))
	needed.write, surplus.write = facilityOf, surplusOf
	f := &Figure{
		Title:    "Effect of each stress on capital",
		Subtitle: "£ over replications, with the facility needed at the 95% quantile and the probability of a loss to the consortium" + versionSaid(s.Version),
		Key: []KeyEntry{
			{"Within the facility, no loss", rangeLine{at: 0.5, high: 1, limit: math.Inf(1), colour: middle}},
			{"Above the facility, a loss", rangeLine{at: 0.5, high: 1, limit: math.Inf(1), colour: alert}},
			{"Without stress", box{fill: mix(light, paper, 0.6)}},
		},
		SameScale: true,
		Note:      stressNote(p, s),
		Height:    tall(len(all) + 3),
		Columns: []string{
			"stress", "facility needed, low, £", "median, £", "high, £", "facility, £", "probability that it is too small",
			"surplus, low, £", "mean, £", "high, £", "probability of a loss", "low is the quantile", "high is the quantile",
		},
	}
	facility, limited := commitment(p)
	if !limited {
		facility = math.Inf(1)
	}
	f.Panels = []Panel{
		{"Facility needed", needed.plot(facility, facilityName(facility, limited), false)},
		{"Surplus: receipts less cost of delivery", surplus.plot(0, "", true)},
	}
	var said []string
	for _, one := range all {
		n, g := facilityOf(one), surplusOf(one)
		f.row(nameOfStress(one), n.low, n.at, n.high, facility, one.Short.Probability, g.low, g.at, g.high, one.Loses.Probability, n.from, n.to)
		said = append(said, stressSaid(one))
	}
	if limited {
		said = append(said, fmt.Sprintf("The facility is %s.", words.Pounds(facility)))
	}
	f.Summary = strings.Join(said, " ")
	return inCurrency(f, p), nil
}

func facilityName(facility float64, limited bool) string {
	if !limited {
		return ""
	}
	return "Facility " + money(facility)
}

func stressNote(p *model.Programme, s *sensitivity.Stresses) string {
	n := surplusOf(s.Unstressed)
	made := fmt.Sprintf("Simulated: %s of each stress on common random numbers, %s, seed %d, %s; lines run from the %s to the %s quantile, dots are the median facility and the mean surplus; the stresses are assumptions",
		words.Plural(s.Conventions.Replications, "replication"), rangesOver(s.Conventions), s.Conventions.Seed, s.Conventions.PriceBase, words.Percent(n.from), words.Percent(n.to))
	return note(p, nil, made, whatWasDrawn...)
}

// extent is the range of a figure over replications, and the label beside it.
type extent struct {
	low, at, high float64
	from, to      float64 // which quantiles low and high are
	beside        string
}

// extentOf is the range from the 5% to the 95% quantile, or the nearest to them that
// the result has.
func extentOf(s montecarlo.Summary) extent {
	e := extent{low: math.NaN(), at: s.Mean, high: math.NaN()}
	for _, q := range s.Quantiles {
		if q.P <= 0.5 && (!finite(e.low) || math.Abs(q.P-0.05) < math.Abs(e.from-0.05)) {
			e.low, e.from = q.Value, q.P
		}
		if q.P >= 0.5 && (!finite(e.high) || math.Abs(q.P-0.95) < math.Abs(e.to-0.95)) {
			e.high, e.to = q.Value, q.P
		}
	}
	return e
}

// facilityOf is the facility needed under a stress, with its median.
func facilityOf(s sensitivity.Stressed) extent {
	e := extentOf(s.FacilityNeeded)
	for _, q := range s.FacilityNeeded.Quantiles {
		if q.P == 0.5 {
			e.at = q.Value
		}
	}
	e.beside = money(e.high)
	return e
}

// surplusOf is the surplus under a stress, with its mean.
func surplusOf(s sensitivity.Stressed) extent {
	e := extentOf(s.Surplus)
	e.beside = likely(s.Loses)
	return e
}

func nameOfStress(s sensitivity.Stressed) string {
	if s.Name == "" {
		return "Without stress"
	}
	return words.Capital(s.Name)
}

// stressSaid puts one stress in words.
func stressSaid(s sensitivity.Stressed) string {
	n, g := facilityOf(s), surplusOf(s)
	return fmt.Sprintf("%s: facility needed %s at the median and %s at the %s quantile, too small in %s; mean surplus %s, a loss in %s.", nameOfStress(s),
		words.Pounds(n.at), words.Pounds(n.high), words.Percent(n.to), likely(s.Short), words.Pounds(g.at), likely(s.Loses))
}

// stressPlot is one panel: a range for every stress.
type stressPlot struct {
	all   []sensitivity.Stressed
	last  int // the place of the case without stress
	write func(sensitivity.Stressed) extent
}

func newStressPlot(all []sensitivity.Stressed, last int) *stressPlot {
	return &stressPlot{all: all, last: last}
}

// row is the place of a stress, from the top; the case without one stands apart.
func (s *stressPlot) row(i int) float64 {
	if i == s.last {
		return 0
	}
	return float64(s.last-i) + 0.4
}

// plot draws the ranges, in orange where they are on the wrong side of a limit:
// above a facility, or if worse is below, under it.
func (s *stressPlot) plot(limit float64, called string, worseBelow bool) *plot.Plot {
	p := newPlot()
	reference := s.write(s.all[s.last])
	top := s.row(0) + 0.8
	p.Add(box{x0: reference.low, x1: reference.high, y0: -0.6, y1: top, fill: mix(light, paper, 0.6)})
	addGrid(p, false, true)
	style := solid(ink, 1)
	if called != "" {
		style = dashed(alert)
	}
	if finite(limit) {
		p.Add(level{at: limit, style: style, upright: true}, box{x0: limit, x1: limit})
	}
	names, beside := rowTicks{}, labels{}
	name := lettering(8.5, ink)
	for i, one := range s.all {
		e, row := s.write(one), s.row(i)
		p.Add(rangeLine{low: e.low, at: e.at, high: e.high, row: row, limit: limit, worseBelow: worseBelow})
		names = append(names, plot.Tick{Value: row, Label: shortened(name, nameOfStress(one), 178)})
		beside = append(beside, label{x: e.high, y: row, text: e.beside, offset: vg.Point{X: 5, Y: 0.5}, style: lettering(smallSize, muted)})
	}
	if called != "" {
		p.Add(labels{{x: limit, y: top, text: called, offset: vg.Point{Y: 3}, style: aligned(bold(lettering(labelSize, alert)), draw.XCenter, draw.YBottom)}})
	}
	widen(&p.X)
	if worseBelow { // a column, so that the chances can be compared
		beside = nil
		for i, one := range s.all {
			beside = append(beside, label{x: p.X.Max, y: s.row(i), text: s.write(one).beside, offset: vg.Point{X: 10, Y: 0.5}, style: lettering(smallSize, ink)})
		}
		beside = append(beside, label{x: p.X.Max, y: top, text: "Loss", offset: vg.Point{X: 10, Y: 3}, style: aligned(bold(lettering(smallSize, ink)), draw.XLeft, draw.YBottom)})
	}
	p.Add(beside)
	p.Y.Min, p.Y.Max = -0.6, top
	p.X.Tick.Marker, p.Y.Tick.Marker = moneyTicks(), names
	p.Y.Tick.Label = aligned(name, draw.XRight, draw.YCenter)
	p.X.Width, p.X.Tick.Color = 0, paper
	return p
}

// rangeLine is a range with a dot, in blue up to a limit and in orange beyond it.
type rangeLine struct {
	low, at, high, row float64
	limit              float64 // +Inf for none
	worseBelow         bool
	colour             color.NRGBA // in a key
}

// Plot draws the range.
func (r rangeLine) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	under, over := middle, alert
	if r.worseBelow {
		under, over = alert, middle
	}
	stroke := func(from, to float64, colour color.NRGBA) {
		if to > from {
			c.StrokeLine2(solid(colour, 2.25), x(from), y(r.row), x(to), y(r.row))
		}
	}
	stroke(r.low, math.Min(r.high, r.limit), under)
	stroke(math.Max(r.low, r.limit), r.high, over)
	dot := under
	if r.at > r.limit {
		dot = over
	}
	r.dot(c, vg.Point{X: x(r.at), Y: y(r.row)}, dot)
}

func (rangeLine) dot(c draw.Canvas, at vg.Point, colour color.NRGBA) {
	c.DrawGlyph(draw.GlyphStyle{Color: paper, Radius: 4.25, Shape: draw.CircleGlyph{}}, at)
	c.DrawGlyph(draw.GlyphStyle{Color: colour, Radius: 3.25, Shape: draw.CircleGlyph{}}, at)
}

// DataRange returns the range itself.
func (r rangeLine) DataRange() (xmin, xmax, ymin, ymax float64) { return r.low, r.high, r.row, r.row }

// Thumbnail draws a range for a key.
func (r rangeLine) Thumbnail(c *draw.Canvas) {
	middle := c.Center()
	c.StrokeLine2(solid(r.colour, 2.25), c.Min.X, middle.Y, c.Max.X, middle.Y)
	r.dot(*c, middle, r.colour)
}
