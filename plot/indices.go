package plot

import (
	"errors"
	"fmt"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/edgeofcare/edgeofcare/internal/inputname"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// indexRows is how many inputs of the indices have a row.
const indexRows = 12

// Indices draws how much of what is not known of a figure each input accounts for: a bar
// for its share of the variance in all, with the 90% interval, and in it the share that is
// its alone. The largest come first, and those without a row are named at the foot.
func Indices(x *sensitivity.Indexed) (*Figure, error) {
	switch {
	case x == nil || len(x.Indices) == 0:
		return nil, errors.New("plot: there is no share of variance to draw: give the result of sensitivity.Indices")
	case !has(x.Version):
		return nil, errors.New("plot: the shares have no programme: give the result of sensitivity.Indices")
	}
	p := x.Version.Programme
	measure, prices := x.Measure.String(), ""
	if x.Measure.Unit == montecarlo.Pounds {
		measure, prices = measure+", £", p.PriceText(x.Prices)
	}
	f := &Figure{
		Title:    indicesFound(x),
		Subtitle: setting("Share of the variance over what is uncertain of the expected "+measure, p, prices, x.Version),
		Key:      []KeyEntry{{"In all, with 90% interval", box{fill: light}}, {"Alone", box{fill: dark}}},
		Columns:  []string{"programme", "case", "measure", "inputs", "share", "estimate", "low", "high"},
	}
	var said []string
	left := 0
	shown := x.Indices[:min(indexRows, len(x.Indices))]
	for i, one := range x.Indices {
		for _, share := range []struct {
			name string
			of   sensitivity.Interval
		}{{"alone", one.First}, {"in all", one.Total}} {
			f.row(p.Name, x.Version.Name(), x.Measure.String(), one.Name(), share.name, share.of.Value, share.of.Low, share.of.High)
		}
		if i >= len(shown) {
			left++
			continue
		}
		said = append(said, fmt.Sprintf("%s: %s in all, %s alone.", words.Capital(one.Name()), words.Percent(max(0, one.Total.Value)), words.Percent(max(0, one.First.Value))))
	}
	made := fmt.Sprintf("Sobol indices at %s draws; in all is what would be left if all other inputs were known, alone what would go if this one were; inputs that go together are one row", words.Count(float64(x.Evaluations)))
	if left > 0 {
		made += fmt.Sprintf(". Smaller, and in the table of the figures: %s, each at most %s", words.Plural(left, "row"), words.Percent(max(0, shown[len(shown)-1].Total.Value)))
	}
	f.Note = note(p, nil, made)
	f.Height = tall(12 * len(shown) / 5)
	f.Panels, f.Summary = []Panel{{Plot: indicesPlot(shown)}}, strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// indicesFound says which input decides.
func indicesFound(x *sensitivity.Indexed) string {
	first := x.Indices[0]
	share := words.Count(100*first.Total.Value) + "%"
	if first.Total.Value > 0.95 { // what is not certain is not said to be all
		share = "Nearly all"
	}
	name := first.Name()
	return firstThatFits(
		fmt.Sprintf("What decides %s most: %s, %s of its variance", x.Measure, name, words.Small(share)),
		fmt.Sprintf("%s of the variance of %s is %s", share, x.Measure, name),
		fmt.Sprintf("%s of the variance of %s is %s and what goes with it", share, x.Measure, inputname.Of(first.Inputs[0])),
		fmt.Sprintf("One input makes %s of the variance of %s", words.Small(share), x.Measure))
}

func indicesPlot(shown []sensitivity.Index) *plot.Plot {
	p := newPlot()
	addGrid(p, false, true)
	name := lettering(labelSize, ink)
	names := make([]string, len(shown))
	var amounts labels
	for i, one := range shown {
		row := float64(len(shown) - 1 - i)
		names[len(shown)-1-i] = words.Capital(one.Name())
		total, first := max(0, one.Total.Value), max(0, one.First.Value)
		p.Add(box{x0: 0, x1: total, y0: row - 0.34, y1: row + 0.34, fill: light})
		p.Add(box{x0: 0, x1: min(first, max(total, one.Total.High)), y0: row - 0.17, y1: row + 0.17, fill: dark})
		low, high := max(0, one.Total.Low), max(0, one.Total.High)
		p.Add(line{x: []float64{low, high}, y: []float64{row, row}, style: solid(ink, 1.25)})
		for _, end := range []float64{low, high} {
			p.Add(line{x: []float64{end, end}, y: []float64{row - 0.12, row + 0.12}, style: solid(ink, 1.25)})
		}
		amounts = append(amounts, label{x: max(high, total), y: row, text: words.Percent(total), offset: vg.Point{X: 5, Y: 0.5}, style: lettering(labelSize, muted), clear: true})
	}
	p.Add(amounts)
	p.Y.Min, p.Y.Max, p.X.Min = -0.6, float64(len(shown))-0.4, 0
	p.X.Tick.Marker, p.Y.Tick.Marker = shareTicks(), rowNames{names: names, style: name, lines: 2}
	p.Y.Tick.Label, p.Y.Padding = aligned(name, draw.XRight, draw.YCenter), 9
	p.X.Width, p.X.Tick.Color = 0, paper
	return p
}
