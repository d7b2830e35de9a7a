package plot

import (
	"errors"
	"fmt"
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// TwoInputs draws a figure of the central projection at every pair of values of two inputs
// as a heat map, with a dashed line between what is below 0 and what is not. The worse, the darker the orange; a figure
// of which more is good for one side and bad for the other is darker where it is more.
func TwoInputs(g *sensitivity.TwoInputs) (*Figure, error) {
	switch {
	case g == nil || len(g.Cells) == 0 || len(g.Cells) != len(g.Down.Values):
		return nil, errors.New("plot: there is no grid: give the result of sensitivity.GridOf")
	case !has(g.Version):
		return nil, errors.New("plot: the grid has no programme: give the result of sensitivity.GridOf")
	}
	m := pairMap{TwoInputs: g, unit: scaleOf(g.Measure.Unit), low: math.Inf(1), high: math.Inf(-1)}
	for i, row := range g.Cells {
		for _, v := range row {
			if !finite(float64(v)) {
				return nil, fmt.Errorf("plot: row %d of the grid has no figure in a cell: choose inputs for which there is one everywhere", i+1)
			}
			m.low, m.high = math.Min(m.low, float64(v)), math.Max(m.high, float64(v))
		}
	}
	if about, err := montecarlo.MeasureOf(g.Measure.Name); err == nil {
		m.moreIsBetter = about.MoreIsBetter
	}
	p, prices := g.Version.Programme, ""
	if g.Measure.Unit == montecarlo.Pounds {
		prices = p.PriceText(g.Prices)
	}
	f := &Figure{
		Title:    m.found(),
		Subtitle: setting(words.Capital(g.Measure.String())+", "+m.unit.name+", central projection; unchanged "+m.unit.write(g.Central), p, prices, g.Version),
		Panels:   []Panel{{words.Capital(g.Down.Name), m.plot()}},
		Note:     note(p, nil, fmt.Sprintf("Rows: %s, columns: %s. Exact expectation with caps applied to it; all else at stated values", g.Down.Name, g.Across.Name), contractCap),
		Height:   tall(4 * len(g.Cells) / 3),
		Columns:  []string{g.Down.Name, g.Across.Name, g.Measure.String() + ", " + m.unit.name},
	}
	if len(m.evenLines()) > 0 {
		f.Key = []KeyEntry{{"Break-even", line{style: evenBorder()}}}
	}
	var said []string
	for i, row := range g.Cells {
		for j, v := range row {
			f.row(g.Down.Labels[i], g.Across.Labels[j], float64(v)*m.unit.scale)
		}
		said = append(said, fmt.Sprintf("%s %s: from %s to %s.", words.Capital(g.Down.Name), g.Down.Labels[i], m.unit.exact(float64(row[0])), m.unit.exact(float64(row[len(row)-1]))))
	}
	f.Summary = strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// pairMap is a grid with the ends of its scale.
type pairMap struct {
	*sensitivity.TwoInputs
	unit         measureScale
	low, high    float64
	moreIsBetter bool
}

// found says in how many cells the figure is below 0, or between what it runs.
func (m pairMap) found() string {
	below, all := 0, 0
	for _, row := range m.Cells {
		for _, v := range row {
			all++
			if v < 0 {
				below++
			}
		}
	}
	what := words.Capital(m.Measure.String())
	if below > 0 && below < all {
		return firstThatFits(
			fmt.Sprintf("%s is below 0 in %d of %d combinations", what, below, all),
			fmt.Sprintf("It is below 0 in %d of %d combinations", below, all))
	}
	return firstThatFits(
		fmt.Sprintf("%s runs from %s to %s over both inputs", what, m.unit.write(m.low), m.unit.write(m.high)),
		fmt.Sprintf("From %s to %s over both inputs", m.unit.write(m.low), m.unit.write(m.high)))
}

// fill is the colour of a cell.
func (m pairMap) fill(v float64) color.NRGBA {
	share := 0.0
	if m.high > m.low {
		share = (v - m.low) / (m.high - m.low)
	}
	if m.moreIsBetter {
		share = 1 - share
	}
	return mix(mix(alert, paper, 0.92), alert, share)
}

// plot draws the cells, the first row on top.
func (m pairMap) plot() *plot.Plot {
	p := newPlot()
	rows, columns := rowTicks{}, rowTicks{}
	var texts labels
	last := float64(len(m.Cells) - 1)
	for i, row := range m.Cells {
		y := last - float64(i)
		rows = append(rows, plot.Tick{Value: y, Label: m.Down.Labels[i]})
		for j, v := range row {
			x, fill := float64(j), m.fill(float64(v))
			p.Add(box{x0: x - 0.5, x1: x + 0.5, y0: y - 0.5, y1: y + 0.5, fill: fill, outline: solid(paper, 1.5)})
			texts = append(texts, label{x: x, y: y, text: m.unit.write(float64(v)), style: aligned(lettering(labelSize, over(fill)), draw.XCenter, draw.YCenter), wide: 1})
		}
	}
	for j, text := range m.Across.Labels {
		columns = append(columns, plot.Tick{Value: float64(j), Label: text})
	}
	style := evenBorder()
	style.Width = 1.75
	for _, part := range m.evenLines() {
		p.Add(line{x: []float64{part[0], part[2]}, y: []float64{last - part[1], last - part[3]}, style: style})
	}
	p.Add(texts)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = -0.5, float64(len(m.Cells[0]))-0.5, -0.5, last+0.5
	p.X.Tick.Marker, p.Y.Tick.Marker = columns, rows
	p.X.Tick.Length, p.X.Width = 0, 0
	p.X.Label.Text = words.Capital(m.Across.Name)
	p.X.Label.TextStyle = bold(lettering(axisSize, ink))
	return p
}

// evenLines are the borders between neighbours of which one is below 0: column and row of
// either end. Between which values of the inputs the figure is 0 is in the table of the grid.
func (m pairMap) evenLines() (pieces [][4]float64) {
	for i, row := range m.Cells {
		for j, v := range row {
			x, y := float64(j), float64(i)
			if j+1 < len(row) && (v < 0) != (row[j+1] < 0) {
				pieces = append(pieces, [4]float64{x + 0.5, y - 0.5, x + 0.5, y + 0.5})
			}
			if i+1 < len(m.Cells) && (v < 0) != (m.Cells[i+1][j] < 0) {
				pieces = append(pieces, [4]float64{x - 0.5, y + 0.5, x + 0.5, y + 0.5})
			}
		}
	}
	return pieces
}
