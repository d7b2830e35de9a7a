package plot

import (
	"errors"
	"fmt"
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
)

// Programmes draws programmes side by side: on the left published outcome payments
// so far, in £, against the first plan and the latest maximum, on the right what
// was achieved as a share of the target, and below each of them the central
// projection of a case, to the same date in full colour and to the end of the
// contract in a tint. Where nothing is published the row says so.
//
// Achievements are in the units for which a programme publishes a target: units of
// its metrics, or else a published total that was targeted and achieved, or
// engaged (see [model.TotalKind]), or children by metric. Numbers engaged are
// published without a date and are set beside all children who start in the
// projection.
func Programmes(projections ...*montecarlo.Projection) (*Figure, error) {
	if len(projections) == 0 {
		return nil, errors.New("plot: there is no programme: give the programmes to set side by side")
	}
	for i, e := range projections {
		switch {
		case e == nil:
			return nil, fmt.Errorf("plot: projection %d is missing", i+1)
		case !has(e.Version):
			return nil, fmt.Errorf("plot: projection %d has no programme: give the result of montecarlo.Central", i+1)
		}
	}
	f := &Figure{
		Title: "Programmes side by side: published and modelled",
		Subtitle: "Left: outcome payments, £. Right: achieved, as a share of the target. " +
			"Full colour: to the last published date; tint: to the end of the contract",
		Key:       entriesKey(),
		SameScale: true,
		Note:      entriesNote(projections),
		Height:    max(defaultHeight, vg.Length(140+52*len(projections))),
		Columns:   []string{"programme", "what", "unit", "published", "to", "target or first plan", "latest maximum", "modelled to date", "modelled to the end", "target of an earlier stage"},
	}
	paid, achieved := newEntriesPlot(projections, moneyTicks()), newEntriesPlot(projections, shareTicks())
	var said []string
	for i, e := range projections {
		left, err := paymentsOf(e)
		if err != nil {
			return nil, err
		}
		right, err := achievementOf(e)
		if err != nil {
			return nil, err
		}
		row := float64(len(projections) - 1 - i)
		left.draw(paid, row, 1, money)
		right.draw(achieved, row, right.target, words.Count)
		for _, c := range []contrast{left, right} {
			f.row(e.Version.Programme.Name, c.what, c.unit, c.published, c.date, c.target, c.maximum, c.modelled, c.end, yes(c.earlier))
		}
		said = append(said, titleOf(e.Version.Programme)+": "+left.said(words.Pounds)+"; "+right.said(words.Count)+".")
	}
	f.Panels, f.Summary = []Panel{{"Outcome payments", paid}, {"Achieved, of target", achieved}}, strings.Join(said, " ")
	return f, nil
}

// newEntriesPlot is a plot with a row for every programme, the first on top.
func newEntriesPlot(projections []*montecarlo.Projection, ticks plot.Ticker) *plot.Plot {
	p := newPlot()
	addGrid(p, false, true)
	names := make([]string, len(projections))
	for i, e := range projections {
		names[len(projections)-1-i] = titleOf(e.Version.Programme)
	}
	p.Y.Tick.Label.Font.Size, p.Y.Tick.Label.Color = labelSize, ink
	p.X.Tick.Marker, p.Y.Tick.Marker = ticks, rowNames{names, p.Y.Tick.Label, 2}
	p.X.Width, p.X.Tick.Color, p.Y.Padding = 0, paper, 5
	p.Y.Min, p.Y.Max, p.X.Min, p.X.Max = -0.5, float64(len(projections))-0.5, 0, 1
	return p
}

func titleOf(p *model.Programme) string {
	if p.Title != "" {
		return p.Title
	}
	return p.Name
}

// entriesKey explains the marks. Published figures are drawn in ink.
func entriesKey() []KeyEntry {
	return []KeyEntry{
		{"Published", box{fill: ink}},
		{"Modelled, central projection", box{fill: middle}},
		{"First plan, target", box{outline: dashed(muted)}},
		{"Latest maximum", line{style: solid(plans[0], 2)}},
	}
}

func entriesNote(projections []*montecarlo.Projection) string {
	var sources []string
	seen := map[string]bool{}
	for _, e := range projections {
		for _, source := range publishedSources(e.Version.Programme, "plans", "actual payments", "results", "totals") {
			if !seen[source] {
				sources, seen[source] = append(sources, source), true
			}
		}
	}
	text := "Published or derived from what is published: " + words.And(sources) + ". A first plan is a best case, and a maximum is reset when a contract is varied."
	if len(sources) == 0 {
		text = "The programme files do not say where their published figures come from."
	}
	return text + " Modelled: central projection on the assumptions of each programme. A case that was fitted to published payments agrees with them by construction."
}

// contrast is one programme in one panel. Figures are in £ or in the unit, and not
// a number where nothing is published or modelled.
type contrast struct {
	what, unit string
	published  float64
	date       string  // up to which it is published
	target     float64 // or first plan
	earlier    bool    // the target is not the latest one
	later      string  // the latest target, in words
	maximum    float64
	modelled   float64 // to the same date
	end        float64 // modelled, to the end
}

func noContrast(what, unit string) contrast {
	none := math.NaN()
	return contrast{what: what, unit: unit, published: none, target: none, maximum: none, modelled: none, end: none}
}

// outcomePayments is what a published total of them counts.
const outcomePayments = "outcome payments"

// paymentsOf sets published payments beside the plan, the maximum and the
// central projection.
func paymentsOf(e *montecarlo.Projection) (contrast, error) {
	p, c := e.Version.Programme, noContrast(outcomePayments, "£")
	if len(p.Published.Plans) > 0 {
		c.target = sumOf(p.Published.Plans[0].Payments)
	}
	if most, ok := p.Published.Total(model.Maximum, outcomePayments); ok {
		c.maximum = most.Value.InexactFloat64()
	}
	if n := len(p.Published.Actual); n > 0 {
		c.published, c.date = sumOf(p.Published.Actual), p.Published.Actual[n-1].Quarter.String()
	} else if paid, ok := p.Published.Total(model.Paid, outcomePayments); ok {
		c.published = paid.Value.InexactFloat64()
	}
	total, ok := e.Totals.Of(montecarlo.Payments)
	if !ok {
		return c, fmt.Errorf("plot: the projection of %s has no %s", e.Version.Label(), montecarlo.Payments)
	}
	c.end = total.Value
	if toDate, ok := e.Totals.Of(montecarlo.PaymentsToDate); ok {
		c.modelled = toDate.Value
	}
	return c, nil
}

func sumOf(amounts []model.QuarterAmount) float64 {
	sum := 0.0
	for _, a := range amounts {
		sum += a.Amount.InexactFloat64()
	}
	return sum
}

// draw draws the row of one programme. Amounts are divided by whole: 1 for £,
// the target where shares of it are drawn.
func (c contrast) draw(p *plot.Plot, row, whole float64, write func(float64) string) {
	published, modelled := c.texts(write)
	at := 0.0
	var marks []float64
	if finite(c.target) {
		marks = append(marks, c.target/whole)
		p.Add(box{x1: c.target / whole, y0: row - 0.42, y1: row + 0.42, outline: dashed(muted)})
	}
	if finite(c.published / whole) {
		at = c.published / whole
		p.Add(box{x1: at, y0: row + 0.03, y1: row + 0.33, fill: ink})
	}
	if finite(c.end / whole) {
		p.Add(box{x1: c.end / whole, y0: row - 0.33, y1: row - 0.03, fill: mix(middle, paper, 0.62)})
	}
	if finite(c.modelled / whole) {
		p.Add(box{x1: c.modelled / whole, y0: row - 0.33, y1: row - 0.03, fill: middle})
	}
	if finite(c.maximum) {
		most := c.maximum / whole
		marks = append(marks, most)
		p.Add(line{x: []float64{most, most}, y: []float64{row - 0.42, row + 0.42}, style: solid(plans[0], 2)})
	}
	slices.Sort(marks)
	p.Add(beside{at, row + 0.18, published, lettering(smallSize, ink), marks})
	if finite(c.end / whole) {
		p.Add(beside{c.end / whole, row - 0.18, modelled, lettering(smallSize, dark), marks})
	}
}

// texts are the labels of the two bars.
func (c contrast) texts(write func(float64) string) (published, modelled string) {
	published = write(c.published)
	switch {
	case !finite(c.published):
		published = "nothing published"
	case c.unit != "£" && finite(c.target):
		published += " of " + write(c.target) + " " + c.unit
		if c.earlier {
			published += ", the earlier target"
		}
	case c.unit != "£":
		published += " " + c.unit + "; no target published"
	case !finite(c.target) && !finite(c.maximum):
		published += "; no plan published"
	}
	switch {
	case !finite(c.modelled):
		modelled = write(c.end) + " in total"
	case write(c.modelled) == write(c.end):
		modelled = write(c.end)
	default:
		modelled = write(c.modelled) + "; " + write(c.end) + " in total"
	}
	return published, modelled
}

// beside is text to the right of a bar, moved past any upright mark that it would
// cross.
type beside struct {
	x, y  float64
	text  string
	style text.Style
	marks []float64 // in order
}

const besideGap = 4

// Plot writes the text.
func (b beside) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	at, width := x(b.x)+besideGap, b.style.Width(b.text)
	for _, mark := range b.marks {
		if m := x(mark); m > at-besideGap && m < at+width+1 {
			at = m + besideGap
		}
	}
	c.FillText(b.style, vg.Point{X: at, Y: y(b.y) + 0.5}, b.text)
}

// GlyphBoxes asks for room on the right as if the text stood past every mark. All
// boxes are at the right-hand edge: of several at different places only the one
// that reaches furthest before room is made would get its room.
func (b beside) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	const narrowest = 48 // of a panel
	at := b.x
	if n := len(b.marks); n > 0 {
		at = max(at, b.marks[n-1])
	}
	left := vg.Length(1-p.X.Norm(at)) * narrowest
	return []plot.GlyphBox{{X: 1, Y: 0.5, Rectangle: vg.Rectangle{Max: vg.Point{X: max(0, besideGap+b.style.Width(b.text)-left)}}}}
}

// said puts the row of one panel in words.
func (c contrast) said(write func(float64) string) string {
	if !finite(c.published) && !finite(c.end) {
		return "no " + c.what + " published"
	}
	text := c.what + " published"
	switch {
	case !finite(c.published):
		text = "no " + text
	default:
		text += " " + write(c.published)
		if c.date != "" {
			text += " to " + c.date
		}
	}
	if finite(c.target) && c.unit == "£" {
		text += ", first plan " + write(c.target)
	} else if finite(c.target) {
		text += ", target " + write(c.target)
		if c.earlier {
			text += ", since superseded"
		}
		if c.later != "" {
			text += " (the latest is " + c.later + ")"
		}
	}
	if finite(c.maximum) {
		text += ", latest maximum " + write(c.maximum)
	}
	if finite(c.modelled) {
		text += ", modelled to the same date " + write(c.modelled)
	}
	if finite(c.end) {
		text += ", modelled in total " + write(c.end)
	}
	return text
}

// rowNames names the rows 0, 1, 2 … beside an axis, each in as many lines as there
// is room for.
type rowNames struct {
	names []string
	style text.Style
	lines int // of a name at most
}

// widestName is the room for names beside an axis.
const widestName = vg.Length(132)

// Ticks returns a tick for every name.
func (t rowNames) Ticks(low, high float64) []plot.Tick {
	var ticks []plot.Tick
	for i, name := range t.names {
		if v := float64(i); v >= low && v <= high {
			ticks = append(ticks, plot.Tick{Value: v, Label: strings.Join(broken(t.style, name, widestName, t.lines), "\n")})
		}
	}
	return ticks
}

func (t rowNames) fit(r room) plot.Ticker {
	row := float64(r.length) / (r.max - r.min)
	t.style, t.lines = r.style, max(1, int(row/(1.25*float64(r.style.Font.Size))))
	return t
}
