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
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Programmes draws programmes side by side: on the left published outcome payments
// so far, in £, against the first plan and the latest maximum, on the right what
// was achieved as a share of the target, and below each of them the central
// projection of a case, to the same date in full colour and to the end of the
// contract in a tint. Where nothing is published the row says so. The first of several is
// the one that the others are set beside: it stands on top with its name in bold, and the
// title is about it.
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
		if err := projections[0].Version.Programme.SameCurrency(e.Version.Programme); err != nil {
			return nil, fmt.Errorf("plot: %w", err)
		}
	}
	var all []entry
	usual := usualCase(projections)
	for _, e := range projections {
		one := entry{programme: e.Version.Programme, paid: publishedPaymentsOf(e.Version.Programme), achieved: achievementOf(e.Version.Programme, countsOf(e))}
		if err := one.paid.modelPayments(e); err != nil {
			return nil, err
		}
		if phrase := e.Version.Phrase(); phrase != usual {
			one.paid.of, one.achieved.of = phrase, phrase
		}
		all = append(all, one)
	}
	f := entriesFigure(all)
	f.Title = besideOthers(all, "is modelled to end at", func(c contrast) float64 { return c.end }, modelledFinding(all))
	f.Subtitle = "Left: outcome payments, £. Right: achieved, as a share of the target\n" +
		"Full colour: to the last published date; tint: to the end of the contract; modelled: " + usual
	if slices.ContainsFunc(all, func(e entry) bool { return e.paid.of != "" }) {
		f.Subtitle += ", or as named"
	}
	f.Key = slices.Insert(f.Key, 1, KeyEntry{"Modelled, central projection", box{fill: middle}})
	f.Note += " Modelled: central projection on the assumptions of each programme. A case that was fitted to published payments agrees with them by construction."
	f.Height = max(defaultHeight, vg.Length(140+52*len(all)))
	return inCurrency(f, projections[0].Version.Programme), nil
}

// usualCase is the case of most projections, in words; of several as often, the
// first.
func usualCase(projections []*montecarlo.Projection) string {
	times, usual := map[string]int{}, projections[0].Version.Phrase()
	for _, e := range projections {
		times[e.Version.Phrase()]++
	}
	for _, e := range projections {
		if phrase := e.Version.Phrase(); times[phrase] > times[usual] {
			usual = phrase
		}
	}
	return usual
}

// countsOf is what a projection counts; one that was read from JSON has none.
func countsOf(e *montecarlo.Projection) *contract.Expected {
	if e.Expectation == nil {
		return nil
	}
	return e.Expectation.Counts
}

// entry is one programme in both panels.
type entry struct {
	programme      *model.Programme
	paid, achieved contrast
}

// entriesFigure sets programmes side by side.
func entriesFigure(all []entry) *Figure {
	var programmes []*model.Programme
	for _, e := range all {
		programmes = append(programmes, e.programme)
	}
	f := &Figure{
		Title:     besideOthers(all, "has paid", func(c contrast) float64 { return c.published }, entriesFinding(all)),
		Subtitle:  "Left: outcome payments to the last published date, £. Right: achieved by then, as a share of the target",
		Key:       entriesKey(),
		SameScale: true,
		Note:      entriesNote(programmes),
		Columns:   []string{"programme", "what", "unit", "published", "to", "target or first plan", "latest maximum", "modelled to date", "modelled to the end", "target of an earlier stage"},
	}
	paid, achieved := newEntriesPlot(programmes, moneyTicks()), newEntriesPlot(programmes, shareOfTarget())
	var said []string
	for i, e := range all {
		row := float64(len(all) - 1 - i)
		e.paid.draw(paid, row, 1, money)
		e.achieved.draw(achieved, row, e.achieved.target, words.Count)
		for _, c := range []contrast{e.paid, e.achieved} {
			f.row(e.programme.Name, c.what, c.unit, c.published, c.date, c.target, c.maximum, c.modelled, c.end, yes(c.earlier))
		}
		said = append(said, titleOf(e.programme)+": "+e.paid.said(words.Pounds)+"; "+e.achieved.said(words.Count)+".")
	}
	f.Panels, f.Summary = []Panel{{"Outcome payments", paid}, {"Achieved, of target", achieved}}, strings.Join(said, " ")
	return f
}

// besideOthers says what share of its first plan the first programme pays, and what the
// others do. Where it has no plan, or there are no others with one, it is another title.
func besideOthers(all []entry, verb string, of func(contrast) float64, otherwise string) string {
	var shares []float64
	for _, e := range all {
		if share := of(e.paid) / e.paid.target; finite(share) {
			shares = append(shares, share)
		}
	}
	own := of(all[0].paid) / all[0].paid.target
	if !finite(own) || len(shares) < 2 {
		return otherwise
	}
	low, high := lowestHighest(shares[1:])
	text := " " + verb + " " + whole(own) + " of its first plan, "
	others := "others "
	if len(shares) == 2 {
		others = "the other "
	}
	if verb == "is modelled to end at" {
		others += "at "
	}
	text += others + span(whole(low), whole(high))
	return firstThatFits(titleOf(all[0].programme)+text, "The programme on top"+text)
}

// modelledFinding says how many programmes reach their target in the end on the model,
// and how many pay their first plan.
func modelledFinding(all []entry) string {
	reach, targeted := attained(all, func(e entry) (value, target float64) { return e.achieved.end, e.achieved.target })
	pay, planned := attained(all, func(e entry) (value, target float64) { return e.paid.end, e.paid.target })
	var parts []string
	count := func(n, of int, one, many string) {
		who := fmt.Sprintf("%d of %d ", n, of)
		if len(parts) == 0 {
			who = fmt.Sprintf("%d of %s ", n, words.Plural(of, "programme"))
		}
		if n == 1 {
			many = one
		}
		parts = append(parts, who+many)
	}
	if targeted > 0 {
		count(reach, targeted, "reaches its target", "reach their target")
	}
	if planned > 0 {
		count(pay, planned, "pays its first plan", "pay their first plan")
	}
	if len(parts) == 0 {
		return "No target or plan is published to compare the model with"
	}
	return "By the end, as modelled, " + strings.Join(parts, " and ")
}

// attained is how many programmes have both a value and a target, and how many of them
// have a value of at least the target.
func attained(all []entry, of func(entry) (value, target float64)) (attaining, targeted int) {
	for _, e := range all {
		value, target := of(e)
		if !finite(value) || !finite(target) {
			continue
		}
		targeted++
		if value >= target {
			attaining++
		}
	}
	return attaining, targeted
}

// entriesFinding says how many programmes have paid what their first plan was and
// reached their target, as far as that is published.
func entriesFinding(all []entry) string {
	paid, planned := attained(all, func(e entry) (value, target float64) { return e.paid.published, e.paid.target })
	reached, targeted := attained(all, func(e entry) (value, target float64) { return e.achieved.published, e.achieved.target })
	count := func(n, of int, one, none string) string {
		if of == 1 && n == 1 {
			return "The programme has " + one
		}
		if n == 0 {
			return none
		}
		return fmt.Sprintf("%d of %s %s %s", n, words.Plural(of, "programme"), map[bool]string{true: "has", false: "have"}[n == 1], one)
	}
	var parts []string
	if targeted > 0 {
		parts = append(parts, count(reached, targeted, "reached its target", "No programme has reached its target"))
	}
	if planned > 0 {
		parts = append(parts, count(paid, planned, "paid its first plan", "no programme has paid its first plan"))
	}
	switch {
	case len(parts) == 0:
		return "No target or plan is published to compare with"
	case reached == 0 && paid == 0 && len(parts) == 2:
		return "So far no programme has reached its target or paid its first plan"
	}
	return words.Capital(strings.Join(parts, "; "))
}

// newEntriesPlot is a plot with a row for every programme, the first on top.
func newEntriesPlot(programmes []*model.Programme, ticks plot.Ticker) *plot.Plot {
	p := newPlot()
	addGrid(p, false, true)
	names := make([]string, len(programmes))
	for i, one := range programmes {
		names[len(programmes)-1-i] = titleOf(one)
	}
	p.Y.Tick.Label.Font.Size, p.Y.Tick.Label.Color = labelSize, ink
	if len(programmes) > 1 {
		p.Y.Tick.Label.Handler = someBold{typeface(), []string{titleOf(programmes[0])}}
	}
	p.X.Tick.Marker, p.Y.Tick.Marker = ticks, rowNames{names, p.Y.Tick.Label, 2}
	p.X.Width, p.X.Tick.Color, p.Y.Padding = 0, paper, 5
	p.Y.Min, p.Y.Max, p.X.Min, p.X.Max = -0.5, float64(len(programmes))-0.5, 0, 1
	return p
}

// shareOfTarget marks none of a target and all of it.
func shareOfTarget() plot.Ticker {
	return rowTicks{{Value: 0, Label: "0%"}, {Value: 0.5}, {Value: 1, Label: "100%"}, {Value: 1.5}, {Value: 2, Label: "200%"}}
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
		{"First plan, target", box{outline: dashed(muted)}},
		{"Latest maximum", line{style: solid(plans[0], 2)}},
	}
}

func entriesNote(programmes []*model.Programme) string {
	var sources []string
	seen := map[string]bool{}
	for _, p := range programmes {
		for _, source := range publishedSources(p, "plans", "actual payments", "results", "totals") {
			if !seen[source] {
				sources, seen[source] = append(sources, source), true
			}
		}
	}
	text := "Published or derived from what is published: " + words.And(sources) + ". A first plan is a best case, and a maximum is reset when a contract is varied."
	if len(sources) == 0 {
		text = "The programme files do not say where their published figures come from."
	}
	for _, p := range programmes {
		if _, published := p.Published.Total(model.Maximum, outcomePayments); published {
			if _, limits := latestMaximum(p); !limits {
				text += " The maximum published for " + titleOf(p) + " is what was paid and limits nothing: it is not drawn."
			}
		}
	}
	return text
}

// contrast is one programme in one panel. Figures are in £ or in the unit, and not
// a number where nothing is published or modelled.
type contrast struct {
	what, unit string
	published  float64
	date       string        // up to which it is published
	to         calendar.Date // the same day, of a published total
	target     float64       // or first plan
	earlier    bool          // the target is not the latest one
	later      string        // the latest target, in words
	maximum    float64
	modelled   float64 // to the same date
	end        float64 // modelled, to the end
	of         string  // what is modelled, where that is not what it is of the others
}

func noContrast(what, unit string) contrast {
	none := math.NaN()
	return contrast{what: what, unit: unit, published: none, target: none, maximum: none, modelled: none, end: none}
}

// outcomePayments is what a published total of them counts.
const outcomePayments = "outcome payments"

// publishedPaymentsOf sets published payments beside the plan and the maximum.
func publishedPaymentsOf(p *model.Programme) contrast {
	c := noContrast(outcomePayments, "£")
	if len(p.Published.Plans) > 0 {
		c.target = sumOf(p.Published.Plans[0].Payments)
	}
	if most, ok := latestMaximum(p); ok {
		c.maximum = most
	}
	if n := len(p.Published.Actual); n > 0 {
		c.published, c.date = sumOf(p.Published.Actual), p.Published.Actual[n-1].Quarter.String()
	} else if paid, ok := p.Published.Total(model.Paid, outcomePayments); ok {
		c.published = paid.Value.InexactFloat64()
	}
	return c
}

// modelPayments adds the payments of the central projection.
func (c *contrast) modelPayments(e *montecarlo.Projection) error {
	total, ok := e.Totals.Of(montecarlo.Payments)
	if !ok {
		return fmt.Errorf("plot: the projection of %s has no %s", e.Version.Label(), montecarlo.Payments)
	}
	c.end = total.Value
	if toDate, ok := e.Totals.Of(montecarlo.PaymentsToDate); ok {
		c.modelled = toDate.Value
	}
	return nil
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
	centre, below, above := row+0.18, -0.15, 0.15
	if !finite(c.end) { // nothing modelled stands under it
		centre = row
	}
	var marks []float64
	if finite(c.target) {
		marks = append(marks, c.target/whole)
		p.Add(box{x1: c.target / whole, y0: row - 0.42, y1: row + 0.42, outline: dashed(muted)})
	}
	if finite(c.published / whole) {
		at = c.published / whole
		p.Add(box{x1: at, y0: centre + below, y1: centre + above, fill: ink})
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
	p.Add(beside{at, centre, published, lettering(smallSize, ink), marks})
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
	case !finite(c.end):
	case !finite(c.modelled):
		modelled = write(c.end) + " in total"
	case write(c.modelled) == write(c.end):
		modelled = write(c.end)
	default:
		modelled = write(c.modelled) + "; " + write(c.end) + " in total"
	}
	if c.of != "" && modelled != "" {
		modelled += ", " + c.of
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
		if m := x(mark); m > at-besideGap && m < at+width+3 {
			at = m + besideGap
		}
	}
	base := vg.Point{X: at, Y: y(b.y) + 0.5}
	c.SetColor(paper) // no line of the grid runs through the text
	c.Fill(b.style.Rectangle(b.text).Add(base).Path())
	c.FillText(b.style, base, b.text)
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
