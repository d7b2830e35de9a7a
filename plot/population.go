package plot

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/population"
)

// mostStates is how many states have a panel of their own: those with most children today.
const mostStates = 3

// Population draws a forecast of all looked-after children of a council: those in care on
// 31 March, all and in the states with most of them, as the expected number and the ranges
// that contain 50%, 80% and 95% of replications. With a programme, what is expected with it
// is a line beside. A forecast without replications is an error.
func Population(f *population.Forecast) (*Figure, error) {
	if f == nil || f.Replications == 0 {
		return nil, errors.New("a forecast without replications has no ranges to draw: run it with some")
	}
	p := &peopled{f}
	figure := &Figure{
		Subtitle: fmt.Sprintf("Children in care on 31 March: expected, with ranges of 50%%, 80%% and 95%%, which cover chance and rates\nAll looked-after children of a council, March %d to March %d",
			f.Start.Year(), f.Start.Year()+len(f.Years)),
		Columns: []string{"state", "on", "expected", "2.5%", "10%", "25%", "median", "75%", "90%", "97.5%", "expected with the programme"},
		Note: fmt.Sprintf("Returns to %s; %s replications, seed %d. Nothing covers rates that change. Each panel has a scale of its own, which need not begin at 0.",
			f.Start.Long(), words.Count(float64(f.Replications)), f.Seed),
	}
	if w := f.With; w != nil {
		figure.Key = []KeyEntry{{"Expected", line{style: solid(dark, 2)}}, {"Expected with " + setBeside(w), line{style: dashed(alert)}}}
		figure.Note += " With the programme: the difference that its own file makes, as if it began on the first day, added to what is expected without it."
	}
	var said []string
	for i, at := range p.shown() {
		figure.Panels = append(figure.Panels, Panel{words.Capital(p.name(at)), p.panel(at)})
		said = append(said, p.said(at))
		p.write(figure, i, at)
	}
	figure.columns = 2
	if len(figure.Panels) == 1 {
		figure.columns = 1
	}
	figure.Title, figure.Summary = p.found(), strings.Join(said, " ")
	return figure, nil
}

// setBeside names a programme, and the one council whose children are counted.
func setBeside(w *population.With) string {
	if w.Council == "" {
		return w.Programme
	}
	return w.Programme + " for " + w.Council
}

// peopled is a forecast while it is drawn.
type peopled struct{ *population.Forecast }

// shown are the lines that have a panel: all in care, then the largest states.
func (p *peopled) shown() []int {
	var states []int
	for i, s := range p.Stock {
		if i > 0 && s.Age == nil {
			states = append(states, i)
		}
	}
	slices.SortStableFunc(states, func(a, b int) int { return p.Stock[b].Today - p.Stock[a].Today })
	if len(states) == 1 { // all are in it
		states = nil
	}
	return append([]int{0}, states[:min(len(states), mostStates)]...)
}

func (p *peopled) name(at int) string {
	if at == 0 {
		return "all in care"
	}
	return p.Stock[at].State
}

// fan are the edges of the ranges, from today on.
func (p *peopled) fan(at int) (x []float64, edges [len(fanQuantiles)][]float64, expected, with []float64) {
	s := p.Stock[at]
	for year := range len(s.Years) + 1 {
		x = append(x, float64(year))
		for k, share := range fanQuantiles {
			n := float64(s.Today)
			if year > 0 {
				n = s.Years[year-1].Range[slices.Index(population.Quantiles(), share)]
			}
			edges[k] = append(edges[k], n)
		}
		n, change := float64(s.Today), 0.0
		if year > 0 {
			n = s.Years[year-1].Expected
			if p.With != nil {
				change = p.With.Stock[at][year-1]
			}
		}
		expected, with = append(expected, n), append(with, n+change)
	}
	return x, edges, expected, with
}

// panel draws one line.
func (p *peopled) panel(at int) *plot.Plot {
	x, edges, expected, with := p.fan(at)
	c := newPlot()
	addGrid(c, true, false)
	last := len(fanQuantiles) - 1
	for i, tint := range fanTints() {
		c.Add(band{x: x, low: edges[i], high: edges[last-i], fill: tint})
	}
	c.Add(line{x: x, y: expected, style: solid(dark, 2), series: "Expected"})
	end := x[len(x)-1]
	labels := endLabels{
		{x: end, y: edges[0][len(x)-1], text: words.Count(edges[0][len(x)-1]), style: lettering(labelSize, muted)},
		{x: end, y: edges[last][len(x)-1], text: words.Count(edges[last][len(x)-1]), style: lettering(labelSize, muted)},
		{x: end, y: expected[len(x)-1], text: words.Count(expected[len(x)-1]), style: bold(lettering(labelSize, dark))},
	}
	if p.With != nil {
		c.Add(line{x: x, y: with, style: dashed(alert), series: "With the programme"})
		labels = append(labels, endLabel{x: end, y: with[len(x)-1], text: words.Count(with[len(x)-1]), style: bold(lettering(labelSize, alert))})
	}
	names := []string{fmt.Sprint(p.Start.Year())}
	for _, y := range p.Years {
		names = append(names, fmt.Sprint(int(y)+1))
	}
	c.X.Tick.Marker, c.Y.Tick.Marker = nameTicks{names: names}, countTicks()
	settle(c)
	low, high := slices.Min(edges[0]), slices.Max(edges[last])
	if p.With != nil {
		low, high = min(low, slices.Min(with)), max(high, slices.Max(with))
	}
	air := 0.12 * max(high-low, 1)
	c.Y.Min, c.Y.Max = max(0, low-air), high+air
	c.Add(labels)
	return c
}

// write adds figures and tips of a line.
func (p *peopled) write(f *Figure, panel, at int) {
	x, edges, expected, with := p.fan(at)
	for i := range x {
		on := fmt.Sprintf("31 March %d", p.Start.Year()+i)
		row := []any{p.name(at), on, expected[i]}
		for k := range fanQuantiles {
			row = append(row, edges[k][i])
		}
		tips := []string{fmt.Sprintf("%s, %s: %s expected", words.Capital(p.name(at)), on, words.Count(expected[i])), fmt.Sprintf("95%% range %s to %s", words.Count(edges[0][i]), words.Count(edges[len(edges)-1][i]))}
		if p.With != nil {
			row = append(row, with[i])
			tips = append(tips, words.Number(with[i], 1)+" with the programme")
		} else {
			row = append(row, "")
		}
		f.row(row...)
		f.tip(panel, x[i], tips...)
	}
}

// said puts a line in words.
func (p *peopled) said(at int) string {
	x, edges, expected, with := p.fan(at)
	last := len(x) - 1
	text := fmt.Sprintf("%s: %s today, %s expected on 31 March %d, 95%% range %s to %s", words.Capital(p.name(at)), words.Count(expected[0]),
		words.Count(expected[last]), p.Start.Year()+last, words.Count(edges[0][last]), words.Count(edges[len(edges)-1][last]))
	if p.With != nil {
		text += fmt.Sprintf("; %s with the programme", words.Number(with[last], 1))
	}
	return text + "."
}

// found is the finding: how many will be in care, or what the programme changes.
func (p *peopled) found() string {
	all := p.Stock[0]
	year, end := p.Start.Year()+len(all.Years), len(all.Years)-1
	if w := p.With; w != nil {
		most := 0
		for i := range w.Stock {
			if math.Abs(w.Stock[i][end]) > math.Abs(w.Stock[most][end]) {
				most = i
			}
		}
		where := "in care"
		if most > 0 {
			where = livesIn([]string{p.name(most)})
		}
		without := p.Stock[most].Years[end].Expected
		return fmt.Sprintf("With %s, %s children are expected %s in March %d, not %s", setBeside(w), words.Count(without+w.Stock[most][end]), where, year, words.Count(without))
	}
	last := all.Years[end]
	low, high := last.Range[slices.Index(population.Quantiles(), 0.05)], last.Range[slices.Index(population.Quantiles(), 0.95)]
	return fmt.Sprintf("%s children are expected in care in March %d (90%% range %s to %s), today %s",
		words.Count(last.Expected), year, words.Count(low), words.Count(high), words.Count(float64(all.Today)))
}
