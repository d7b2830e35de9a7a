package plot

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Bridge draws what each group of changes contributes to the difference of an amount between
// two versions: a waterfall from the first through the groups to the second. Blue is better
// and orange worse; an amount of which more is good for one side and bad for the other is
// drawn in two blues.
func Bridge(b *sensitivity.Bridged) (*Figure, error) {
	switch {
	case b == nil || len(b.Groups) == 0:
		return nil, errors.New("plot: there is no change to draw: give the result of sensitivity.Bridge")
	case !has(b.From) || !has(b.To):
		return nil, errors.New("plot: the bridge has no programme: give the result of sensitivity.Bridge")
	}
	p := b.From.Programme
	steps := bridgeSteps(b)
	f := &Figure{
		Title:    bridgeFound(b),
		Subtitle: setting(words.Capital(b.Measure.String())+", £, central projection: from "+b.From.Phrase()+" to "+b.To.Phrase(), p, p.PriceText(b.Prices)),
		Columns:  []string{"programme", "from", "to", "measure", "step", "kind", "£"},
		Note:     note(p, nil, "Contributions are Shapley values: the mean of what a group of changes adds over all orders in which the groups can be made; they add up to the penny", contractCap),
	}
	var said []string
	for _, s := range steps {
		f.row(p.Name, b.From.Label(), b.To.Label(), b.Measure.String(), s.name, s.kind, s.to-s.from)
		said = append(said, fmt.Sprintf("%s: %s.", words.Capital(s.name), words.Pounds(s.to-s.from)))
	}
	f.Height = tall(8 * len(steps) / 5)
	f.Panels, f.Summary = []Panel{{Plot: bridgePlot(b, steps)}}, strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// bridgeStep is one bar, from one amount to another.
type bridgeStep struct {
	name, kind string
	from, to   float64
}

func bridgeSteps(b *sensitivity.Bridged) []bridgeStep {
	at := b.Start.Total.InexactFloat64()
	steps := []bridgeStep{{b.From.Label(), "start", 0, at}}
	for _, g := range b.Groups {
		more := g.Total.InexactFloat64()
		steps = append(steps, bridgeStep{g.Name, "change", at, at + more})
		at += more
	}
	return append(steps, bridgeStep{b.To.Label(), "end", 0, b.End.Total.InexactFloat64()})
}

// bridgeFound says by how much the amount changes, and by what most.
func bridgeFound(b *sensitivity.Bridged) string {
	most := b.Groups[0]
	for _, g := range b.Groups {
		if g.Total.Abs().GreaterThan(most.Total.Abs()) {
			most = g
		}
	}
	change := b.End.Total.Sub(b.Start.Total).InexactFloat64()
	verb := "rises"
	if change < 0 {
		verb = "falls"
	}
	what := words.Capital(b.Measure.String())
	whole := fmt.Sprintf("%s %s by %s", what, verb, money(math.Abs(change)))
	if change == 0 {
		whole = what + " stays as it is"
	}
	part := most.Total.InexactFloat64()
	return firstThatFits(
		fmt.Sprintf("%s; the largest part is %s, %s", whole, words.Small(most.Name), money(part)),
		fmt.Sprintf("%s, most of all by %s", whole, words.Small(most.Name)),
		whole)
}

func bridgePlot(b *sensitivity.Bridged, steps []bridgeStep) *plot.Plot {
	p := newPlot()
	addGrid(p, false, true)
	look := newTornadoLook(b.Measure.Name)
	names := rowTicks{}
	var amounts labels
	room := vg.Length(0)
	for i, s := range steps {
		row := float64(len(steps) - i)
		fill := dark
		switch {
		case s.kind == "change" && s.to < s.from:
			fill = look.below
		case s.kind == "change":
			fill = look.above
		}
		p.Add(box{x0: s.from, x1: s.to, y0: row - 0.36, y1: row + 0.36, fill: fill})
		if i+1 < len(steps) {
			p.Add(line{x: []float64{s.to, s.to}, y: []float64{row - 0.36, row - 0.64}, style: solid(axis, 0.75)})
		}
		names = append(names, plot.Tick{Value: row, Label: words.Capital(s.name)})
		amount := label{x: max(s.from, s.to), y: row, text: money(s.to - s.from), offset: vg.Point{X: 5, Y: 0.5}, style: lettering(labelSize, ink), clear: true}
		room = max(room, amount.style.Width(amount.text)+amount.offset.X)
		amounts = append(amounts, amount)
	}
	p.Add(level{at: 0, style: solid(axis, 0.75), upright: true}, amounts, margin(room))
	p.Y.Min, p.Y.Max = 0.2, float64(len(steps))+0.8
	p.Y.Tick.Marker, p.X.Tick.Marker = names, moneyTicks()
	p.Y.Tick.Label.Color = ink
	p.X.Width, p.X.Tick.Color = 0, paper
	return p
}
