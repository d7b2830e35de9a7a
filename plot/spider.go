package plot

import (
	"errors"
	"fmt"
	"strings"

	"gonum.org/v1/plot"

	"github.com/edgeofcare/edgeofcare/internal/inputname"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// spiderLines is how many inputs have a panel.
const spiderLines = 4

// Spider draws the mean of a figure by tenth of each of the inputs that move it most, from
// the replications in which the input is lowest to those in which it is highest: a panel for each, all on one scale. The tenths
// are of one run, so that other inputs are as they were drawn. Alternatives, which have no
// tenths, are in the table alone.
func Spider(s *sensitivity.Spidered) (*Figure, error) {
	switch {
	case s == nil || len(s.Lines) == 0:
		return nil, errors.New("plot: there is no line to draw: give the result of sensitivity.Spider")
	case !has(s.Version):
		return nil, errors.New("plot: the lines have no programme: give the result of sensitivity.Spider")
	}
	p, unit := s.Version.Programme, scaleOf(s.Measure.Unit)
	prices := ""
	if s.Measure.Unit == montecarlo.Pounds {
		prices = s.Conventions.PriceBase
	}
	f := &Figure{
		Subtitle: setting("Mean "+s.Measure.String()+", "+unit.name+", by tenth of each input's draws; dashed: of all, "+unit.write(s.Mean), p, prices, s.Version),
		Columns:  []string{"programme", "case", "measure", "input", "tenth or value", "value of the input", "mean, " + unit.name, "Monte Carlo standard error, " + unit.name},
	}
	var lines []sensitivity.SpiderLine
	var said []string
	aside := 0
	blocks := map[model.Path]bool{"": false}
	for _, one := range s.Lines {
		name := inputname.Of(one.Input)
		for i, point := range one.Points {
			f.row(p.Name, s.Version.Name(), s.Measure.String(), name, i+1, point.Label, point.Figure*unit.scale, point.StdErr*unit.scale)
		}
		if len(one.Input.Values) > 0 || len(lines) == spiderLines || blocks[one.Input.Shares] {
			aside++
			continue
		}
		lines, blocks[one.Input.Shares] = append(lines, one), one.Input.Shares != ""
		first, last := one.Points[0], one.Points[len(one.Points)-1]
		said = append(said, fmt.Sprintf("%s: %s where it is lowest (about %s), %s where it is highest (about %s).", words.Capital(name), unit.exact(first.Figure), first.Label, unit.exact(last.Figure), last.Label))
	}
	if len(lines) == 0 {
		return nil, errors.New("plot: none of the inputs has tenths to draw: they are alternatives alone")
	}
	f.Title = spiderFound(s, lines[0], unit)
	made := fmt.Sprintf("%s; other inputs as they were drawn, so that a line has what goes together with its input", words.Plural(s.Conventions.Replications, "replication"))
	if aside > 0 {
		made += fmt.Sprintf(". Not drawn but in the table of the figures: %s that move it less or are alternatives", words.Plural(aside, "input"))
	}
	f.Note = note(p, nil, made)
	for _, one := range lines {
		f.Panels = append(f.Panels, Panel{words.Capital(inputname.Of(one.Input)), spiderPlot(s, one, unit)})
	}
	f.Height = defaultHeight * 5 / 4
	f.SameScale, f.Summary = true, strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// spiderFound says between what the mean runs along the first line.
func spiderFound(s *sensitivity.Spidered, first sensitivity.SpiderLine, unit measureScale) string {
	from, to := unit.write(first.Points[0].Figure), unit.write(first.Points[len(first.Points)-1].Figure)
	name := inputname.Of(first.Input)
	return firstThatFits(
		fmt.Sprintf("Mean %s runs from %s to %s with %s", s.Measure, from, to, name),
		fmt.Sprintf("Mean %s runs from %s to %s with the input that moves it most", s.Measure, from, to),
		fmt.Sprintf("From %s to %s with the input that moves it most", from, to))
}

func spiderPlot(s *sensitivity.Spidered, one sensitivity.SpiderLine, unit measureScale) *plot.Plot {
	p := newPlot()
	addGrid(p, true, false)
	p.Add(level{at: s.Mean, style: dashed(muted)})
	var x, y []float64
	for k, point := range one.Points {
		x, y = append(x, float64(k+1)), append(y, point.Figure)
	}
	p.Add(line{x: x, y: y, style: solid(dark, 2), dot: 2.5})
	p.X.Min, p.X.Max = 0.5, 10.5
	p.X.Tick.Marker, p.Y.Tick.Marker = tenthTicks{}, unit.ticks
	return p
}

// tenthTicks are the tenths of an input.
type tenthTicks struct{}

// Ticks name the first and the last.
func (tenthTicks) Ticks(float64, float64) []plot.Tick {
	return []plot.Tick{{Value: 1, Label: "lowest"}, {Value: 10, Label: "highest"}}
}
