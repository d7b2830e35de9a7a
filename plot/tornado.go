package plot

import (
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

// Tornado draws how much a figure of the central projection depends on each of
// several inputs, changed one at a time, in the figure's unit: a bar from the
// figure at the input's low value to that at its high value, the widest first,
// with these values at its ends. Orange is worse than the central projection and
// blue is better; a figure of which more is good for one side and bad for the
// other is drawn in two blues, lower and higher. Inputs that do not move the
// figure, and those that are left out, are named at the foot.
//
// The central projection is at stated values of the uncertain inputs. A result of the same
// version may be given whose mean, over chance and their ranges, is said beside it.
func Tornado(t *sensitivity.Tornadoed, simulated ...*montecarlo.Result) (*Figure, error) {
	switch {
	case t == nil || len(t.Bars) == 0:
		return nil, errors.New("plot: there is no input to draw: give the result of sensitivity.Tornado")
	case !has(t.Version):
		return nil, errors.New("plot: the inputs have no programme: give the result of sensitivity.Tornado")
	}
	for _, b := range append([]sensitivity.Bar{{Name: "unchanged", Low: t.Central, High: t.Central}}, t.Bars...) {
		if !finite(b.Low) || !finite(b.High) || !finite(b.Swing) {
			return nil, fmt.Errorf("plot: the figure of %q is not a finite number: leave this input out", b.Name)
		}
	}
	unit := scaleOf(t.Measure.Unit)
	mean, ranges := simulatedMean(t, simulated)
	f := &Figure{
		Title: tornadoFound(t, unit),
		Subtitle: setting(words.Capital(t.Measure.String())+", "+unit.name+", one input changed at a time; "+unit.write(t.Central)+" at stated values"+overRanges(mean, ranges, unit),
			t.Version.Programme, t.Version.Programme.PriceText(t.Prices), t.Version),
		Columns: []string{"programme", "case", "input", "end", "value of the input", "measure", "figure, " + unit.name, "unchanged, " + unit.name, "mean of replications, " + unit.name},
	}
	look := newTornadoLook(t.Measure.Name)
	// Bars that are hardly visible beside the widest are not drawn.
	const share = 0.002
	widest := 0.0
	for _, b := range t.Bars {
		widest = math.Max(widest, b.Swing)
	}
	var bars []sensitivity.Bar
	var still, said []string
	said = append(said, "Unchanged: "+unit.exact(t.Central)+".")
	for _, b := range t.Bars {
		of, measure := t.Version, t.Measure.String()
		f.row(of.Programme.Name, of.Name(), b.Name, "low", b.LowLabel, measure, b.Low*unit.scale, t.Central*unit.scale, mean*unit.scale)
		f.row(of.Programme.Name, of.Name(), b.Name, "high", b.HighLabel, measure, b.High*unit.scale, t.Central*unit.scale, mean*unit.scale)
		if b.Swing <= share*widest {
			still = append(still, b.Name)
			continue
		}
		bars = append(bars, b)
		said = append(said, fmt.Sprintf("%s: %s at %s, %s at %s.", words.Capital(b.Name), unit.exact(b.Low), b.LowLabel, unit.exact(b.High), b.HighLabel))
	}
	if len(bars) == 0 {
		return nil, fmt.Errorf("plot: no input moves %q: choose other inputs or another figure", t.Measure)
	}
	f.Note = tornadoNote(t.Version.Programme, t, still)
	rows := 8 * len(bars) / 5
	if slices.ContainsFunc(bars, func(b sensitivity.Bar) bool { return lettering(labelSize, ink).Width(b.Name) > widestName }) {
		rows = 12 * len(bars) / 5 // names of two lines
	}
	f.Height = tall(rows)
	for i := range bars {
		f.tips = append(f.tips, tip{at: float64(len(bars) - 1 - i), down: true, text: said[i+1]}) // the first is of none
	}
	f.Panels, f.Summary = []Panel{{Plot: tornado{bars, t.Central, look, unit}.plot()}}, strings.Join(said, " ")
	return inCurrency(f, t.Version.Programme), nil
}

// simulatedMean is the mean of the figure in a result, over chance and the ranges of inputs,
// and whether there are ranges; not a number if there is no result with the figure.
func simulatedMean(t *sensitivity.Tornadoed, simulated []*montecarlo.Result) (mean float64, ranges bool) {
	for _, r := range simulated {
		var of []string
		if t.Measure.Of != "" {
			of = []string{t.Measure.Of}
		}
		if total, ok := r.Totals.Of(t.Measure.Name, of...); ok {
			return total.Mean, r.Conventions.Uncertain > 0
		}
	}
	return math.NaN(), true
}

// overRanges says what the mean is that is not at stated values; empty without ranges.
func overRanges(mean float64, ranges bool, unit measureScale) string {
	switch {
	case !ranges:
		return ""
	case !finite(mean):
		return ", not over ranges"
	}
	return ", mean over ranges " + unit.write(mean)
}

// tornadoFound says which input the figure depends on most, and between what it then is.
func tornadoFound(t *sensitivity.Tornadoed, unit measureScale) string {
	widest := t.Bars[0]
	for _, b := range t.Bars {
		if b.Swing > widest.Swing {
			widest = b
		}
	}
	what, name := words.Capital(t.Measure.String()), words.Small(widest.Name)
	short := strings.TrimSuffix(name, " without the programme")
	low, high := min(widest.Low, widest.High, t.Central), max(widest.Low, widest.High, t.Central)
	ends := unit.write(low) + " to " + unit.write(high)
	return onOneLine(t.Version.Programme.Currency,
		fmt.Sprintf("%s depends most on %s: %s", what, name, ends),
		fmt.Sprintf("%s depends most on %s: %s", what, short, ends),
		fmt.Sprintf("Most depends on %s: %s from %s", short, words.Small(what), ends),
		fmt.Sprintf("Most depends on %s: from %s", short, ends),
		fmt.Sprintf("%s runs from %s with the input that matters most", what, ends),
	)
}

// tornadoNote says how the figures were made and names the inputs without a bar.
func tornadoNote(p *model.Programme, t *sensitivity.Tornadoed, still []string) string {
	made := "Exact expectation at stated values, " + t.Version.Programme.PriceText(t.Prices) + "; rates of moving are multiplied as weekly probabilities; the range of an input is not a measure of how well it is known"
	if steps, ranged := fixedSteps(t.Bars); ranged {
		made = "Exact expectation at stated values, " + t.Version.Programme.PriceText(t.Prices) + "; each input from the 5% to the 95% point of what the file says of it"
		if len(steps) > 0 {
			made += "; by a round step, as the file says nothing: " + words.And(steps)
		}
	}
	if len(still) > 0 {
		made += ". Little or no effect: " + words.And(still)
	}
	if len(t.Undefined) > 0 {
		made += ". Undefined at one end of its range: " + words.And(t.Undefined)
	}
	if left := len(t.LeftOut); left > 0 {
		var each []string
		for _, input := range t.LeftOut {
			each = append(each, input.Name+" ("+input.LeftOut+")")
		}
		made += fmt.Sprintf(". Left out, %d of %s: %s", left, words.Plural(left+len(t.Bars)+len(t.Undefined), "input"), strings.Join(each, "; "))
	}
	depends := append([]kind{contractCap}, whatWasSpared...)
	if t.Measure.NeedsDelivery() {
		depends = whatWasDrawn
	}
	return note(p, nil, made, depends...)
}

// fixedSteps are the inputs that are moved by a round step for want of a range of their own,
// and whether any has one.
func fixedSteps(bars []sensitivity.Bar) (steps []string, ranged bool) {
	for _, b := range bars {
		if b.Range == sensitivity.FixedStep {
			steps = append(steps, b.Name)
		}
		ranged = ranged || b.Range != ""
	}
	return steps, ranged
}

// tornadoLook is the colours below and above the central projection.
type tornadoLook struct {
	below, above         color.NRGBA
	belowName, aboveName string
}

func newTornadoLook(measure string) tornadoLook {
	m, err := montecarlo.MeasureOf(measure)
	switch {
	case err != nil || !m.MoreIsBetter && !m.MoreIsWorse:
		return tornadoLook{light, dark, "Lower", "Higher"}
	case m.MoreIsWorse:
		return tornadoLook{better, alert, "Better", "Worse"}
	}
	return tornadoLook{alert, better, "Worse", "Better"}
}

// better is the blue of what is better.
var better = hex(0x2166ac)

// sides names the two sides at the top of the central line, in their colours.
func (l tornadoLook) sides(at, top float64, clear vg.Length) labels {
	style := func(c color.NRGBA, x draw.XAlignment) text.Style {
		return aligned(bold(lettering(labelSize, mix(c, ink, 0.15))), x, draw.YBottom)
	}
	return labels{
		{x: at, y: top, text: l.belowName, offset: vg.Point{X: -clear, Y: 3}, style: style(l.below, draw.XRight)},
		{x: at, y: top, text: l.aboveName, offset: vg.Point{X: clear, Y: 3}, style: style(l.above, draw.XLeft)},
	}
}

// measureScale is how a figure is written.
type measureScale struct {
	name  string
	scale float64 // from the figure to what is in the table
	write func(float64) string
	exact func(float64) string
	ticks plot.Ticker
}

func scaleOf(u montecarlo.Unit) measureScale {
	switch u {
	case montecarlo.Pounds:
		return measureScale{"£", 1, money, words.Pounds, moneyTicks()}
	case montecarlo.Rate:
		return measureScale{"% a year", 100, rate, rate, rateTicks()}
	case montecarlo.Probability:
		return measureScale{"%", 100, words.Percent, words.Percent, shareTicks()}
	case montecarlo.Ratio:
		write := func(v float64) string { return signed(v, "", words.Number(math.Abs(v), 2)) }
		return measureScale{"£ per £", 1, write, write, countTicks()}
	}
	return measureScale{string(u), 1, words.Count, words.Count, countTicks()}
}

// tornado is the bars around the central projection.
type tornado struct {
	bars    []sensitivity.Bar
	central float64
	look    tornadoLook
	unit    measureScale
}

func (t tornado) plot() *plot.Plot {
	p := newPlot()
	addGrid(p, false, true)
	name := lettering(labelSize, ink)
	names := make([]string, len(t.bars))
	for i, b := range t.bars {
		row := len(t.bars) - 1 - i
		t.add(p, b, float64(row))
		names[row] = words.Capital(b.Name)
	}
	top := float64(len(t.bars)) - 0.3
	p.Add(level{at: t.central, style: solid(ink, 1.25), upright: true}, labels{{
		x: t.central, y: top, text: t.unit.write(t.central), offset: vg.Point{Y: 3}, style: aligned(bold(lettering(labelSize, ink)), draw.XCenter, draw.YBottom),
	}})
	p.Add(t.look.sides(t.central, top, bold(lettering(labelSize, ink)).Width(t.unit.write(t.central))/2+14))
	p.Y.Min, p.Y.Max = -0.6, top
	p.X.Tick.Marker, p.Y.Tick.Marker = t.unit.ticks, rowNames{names: names, style: name, lines: 2}
	p.Y.Tick.Label, p.Y.Padding = aligned(name, draw.XRight, draw.YCenter), 9
	p.X.Width, p.X.Tick.Color = 0, paper
	return p
}

// add adds one bar: first the end further from the central projection, and over it
// the other end if it is on the same side, whose value is then written on the
// other side.
func (t tornado) add(p *plot.Plot, b sensitivity.Bar, row float64) {
	type end struct {
		value float64
		text  string
	}
	far, near := end{b.Low, b.LowLabel}, end{b.High, b.HighLabel}
	if math.Abs(near.value-t.central) > math.Abs(far.value-t.central) {
		far, near = near, far
	}
	fill := func(value float64) color.NRGBA {
		if value < t.central {
			return t.look.below
		}
		return t.look.above
	}
	const half = 0.34
	p.Add(box{x0: t.central, x1: far.value, y0: row - half, y1: row + half, fill: fill(far.value)})
	outward := far.value > t.central
	p.Add(labels{t.label(far.value, row, far.text, outward)})
	if same := near.value != t.central && near.value > t.central == outward; same {
		p.Add(line{x: []float64{near.value, near.value}, y: []float64{row - half, row + half}, style: solid(paper, 1.5)})
		p.Add(labels{t.label(t.central, row, near.text, !outward)})
		return
	}
	p.Add(box{x0: t.central, x1: near.value, y0: row - half, y1: row + half, fill: fill(near.value)})
	p.Add(labels{t.label(near.value, row, near.text, !outward)})
}

// label writes the value of an input at an end of its bar.
func (t tornado) label(at, row float64, text string, right bool) label {
	l := label{x: at, y: row, text: text, offset: vg.Point{X: 5, Y: 0.5}, style: lettering(labelSize, muted), clear: true}
	if !right {
		l.offset.X, l.style = -5, aligned(l.style, draw.XRight, draw.YCenter)
	}
	return l
}
