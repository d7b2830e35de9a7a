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

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// StressGrid draws one figure of a case at every pair of values of two drivers as a
// heat map: the facility needed for 95% confidence or the mean surplus in £, or the
// probability that the facility is not enough or that the hurdle is missed, by the
// order. The worse, the darker the orange; every cell has its figure in text, and the
// case as it stands has a frame if the grid has its values.
//
// A grid of a programme without delivery terms gives an error that wraps
// [finance.ErrNoDelivery].
func StressGrid(g *sensitivity.Gridded, by sensitivity.Order) (*Figure, error) {
	switch {
	case g == nil || len(g.Cells) == 0 || len(g.Cells) != len(g.DownValues):
		return nil, errors.New("plot: there is no grid: give the result of sensitivity.Grid")
	case !has(g.Version):
		return nil, errors.New("plot: the grid has no programme: give the result of sensitivity.Grid")
	case g.Unchanged.Capital == nil:
		return nil, noCapital(g.Version)
	}
	m := heatMap{g: g, by: by, low: math.Inf(1), high: math.Inf(-1)}
	if err := m.measure(); err != nil {
		return nil, err
	}
	made := fmt.Sprintf("Rows: %s, columns: %s. ", g.Down.Name, g.Across.Name) + fmt.Sprintf("Simulated: %s of each cell on common random numbers, %s, seed %d, %s; the values of both drivers are assumptions",
		words.Plural(g.Conventions.Replications, "replication"), rangesOver(g.Conventions), g.Conventions.Seed, g.Conventions.PriceBase)
	f := &Figure{
		Title:    m.finding(),
		Subtitle: setting(m.said()+"; "+covering(m.covered(), g.Conventions), g.Version.Programme, g.Conventions.PriceBase, g.Version),
		Key:      []KeyEntry{{"Better", box{fill: m.fill(0)}}, {"Worse", box{fill: m.fill(1)}}},
		Panels:   []Panel{{words.Capital(g.Down.Name), m.plot()}},
		Note:     note(g.Version.Programme, nil, made, whatWasDrawn...),
		Height:   tall(4 * len(g.Cells)),
		Columns:  []string{g.Down.Name + ", " + g.Down.Unit, g.Across.Name + ", " + g.Across.Unit, m.said()},
	}
	if name := m.lineName(); name != "" && m.crosses() {
		f.Key = append(f.Key, KeyEntry{name, line{style: evenBorder()}})
	}
	if m.frames() {
		f.Key = append(f.Key, KeyEntry{"The case as it stands", box{outline: solid(ink, 2.5)}})
	}
	var said []string
	for i, row := range g.Cells {
		for _, p := range row {
			v := m.value(p)
			f.row(g.DownValues[i], p.Value, v)
			said = append(said, fmt.Sprintf("%s %s, %s %s: %s.", words.Capital(g.Down.Name), g.Down.Text(g.DownValues[i]), g.Across.Name, g.Across.Text(p.Value), m.text(p)))
		}
	}
	f.Summary = strings.Join(said, " ")
	return inCurrency(f, g.Version.Programme), nil
}

// heatMap is one figure of a grid.
type heatMap struct {
	g         *sensitivity.Gridded
	by        sensitivity.Order
	low, high float64 // the least and the most of all cells
}

// measure finds the ends of the scale.
func (m *heatMap) measure() error {
	for i, row := range m.g.Cells {
		for _, p := range row {
			if p.Capital == nil {
				return fmt.Errorf("plot: row %d of the grid has no figures of capital: %w", i+1, finance.ErrNoDelivery)
			}
			v := m.value(p)
			if !finite(v) {
				return fmt.Errorf("plot: row %d of the grid has a figure that is not a finite number", i+1)
			}
			m.low, m.high = math.Min(m.low, v), math.Max(m.high, v)
		}
	}
	return nil
}

// chance reports whether the figure is a probability.
func (m heatMap) chance() bool {
	return m.by == sensitivity.ByShortfall || m.by == sensitivity.ByHurdle
}

func (m heatMap) value(p sensitivity.Point) float64 {
	switch m.by {
	case sensitivity.BySurplus:
		return p.Capital.Surplus.Mean
	case sensitivity.ByShortfall:
		return p.Capital.Short.Probability
	case sensitivity.ByHurdle:
		return p.Capital.Misses.Probability
	}
	for _, q := range p.Capital.FacilityNeeded.Quantiles {
		if q.P == 0.95 {
			return q.Value
		}
	}
	return math.NaN()
}

// text is the figure in a cell.
func (m heatMap) text(p sensitivity.Point) string {
	switch m.by {
	case sensitivity.ByShortfall:
		return likely(p.Capital.Short)
	case sensitivity.ByHurdle:
		return likely(p.Capital.Misses)
	}
	return money(m.value(p))
}

// said is what the figure is.
func (m heatMap) said() string {
	switch m.by {
	case sensitivity.BySurplus:
		return "Mean surplus, receipts less cost of delivery, £"
	case sensitivity.ByShortfall:
		return "% of replications in which the facility is too small for all it must pay"
	case sensitivity.ByHurdle:
		return "% of replications in which " + m.g.Party + " earns less than the hurdle"
	}
	return "Facility needed for 95% confidence, £"
}

// covered is what it is that covers chance, with or without rates.
func (m heatMap) covered() string {
	switch {
	case m.chance():
		return "chances"
	case m.by == sensitivity.BySurplus:
		return "means"
	}
	return "quantiles"
}

// bad reports whether a figure is on the wrong side of the border that is drawn: an even
// chance, a surplus of nothing, or the facility.
func (m heatMap) bad(p sensitivity.Point) bool {
	switch m.by {
	case sensitivity.ByShortfall, sensitivity.ByHurdle:
		return m.value(p) > evenChance
	case sensitivity.BySurplus:
		return m.value(p) < 0
	}
	facility, limited := commitment(m.g.Version.Programme)
	return limited && m.value(p) > facility
}

// lineName is what the border is called; it is empty for a facility without a limit.
func (m heatMap) lineName() string {
	switch m.by {
	case sensitivity.ByShortfall, sensitivity.ByHurdle:
		return "Even chance"
	case sensitivity.BySurplus:
		return "Costs covered"
	}
	facility, limited := commitment(m.g.Version.Programme)
	return facilityName(facility, limited)
}

// count is how many cells are on the wrong side, and of how many.
func (m heatMap) count() (bad, all int) {
	for _, row := range m.g.Cells {
		for _, p := range row {
			all++
			if m.bad(p) {
				bad++
			}
		}
	}
	return bad, all
}

func (m heatMap) crosses() bool {
	bad, all := m.count()
	return bad > 0 && bad < all
}

// finding is what the grid shows: in how many cells the figure is on the wrong side.
func (m heatMap) finding() string {
	bad, all := m.count()
	of := fmt.Sprintf("in %d of %d combinations", bad, all)
	switch {
	case bad == all:
		of = fmt.Sprintf("in all %d combinations", all)
	case bad == 0:
		of = fmt.Sprintf("in none of %d combinations", all)
	}
	facility, limited := commitment(m.g.Version.Programme)
	small := "The " + money(facility) + " facility is "
	switch {
	case m.by == sensitivity.BySurplus:
		return "Delivery costs more than it earns, on average, " + of
	case m.by == sensitivity.ByShortfall && limited:
		return onOneLine(m.g.Version.Programme.Currency, small+"likelier than not too small "+of, "The facility is likelier than not too small "+of)
	case m.by == sensitivity.ByShortfall:
		return "The facility is likelier than not too small " + of
	case m.by == sensitivity.ByHurdle:
		return onOneLine(m.g.Version.Programme.Currency, words.Capital(m.g.Party)+" is likelier than not to miss the hurdle "+of, "The hurdle is likelier than not missed "+of)
	case limited:
		return onOneLine(m.g.Version.Programme.Currency, "More than the "+money(facility)+" facility is needed "+of, "More than the facility is needed "+of)
	}
	return fmt.Sprintf("The facility needed runs from %s to %s", money(m.low), money(m.high))
}

// evenBorder is the line between cells on the two sides.
func evenBorder() draw.LineStyle { return dashed(ink) }

// border is the line between neighbours of which one is on the wrong side.
func (m heatMap) border(p *plot.Plot) {
	last := float64(len(m.g.Cells) - 1)
	style := evenBorder()
	style.Width = 1.75
	add := func(x0, y0, x1, y1 float64) {
		p.Add(line{x: []float64{x0, x1}, y: []float64{y0, y1}, style: style})
	}
	for i, row := range m.g.Cells {
		y := last - float64(i)
		for j, point := range row {
			x := float64(j)
			if j+1 < len(row) && m.bad(point) != m.bad(row[j+1]) {
				add(x+0.5, y-0.5, x+0.5, y+0.5)
			}
			if i+1 < len(m.g.Cells) && m.bad(point) != m.bad(m.g.Cells[i+1][j]) {
				add(x-0.5, y-0.5, x+0.5, y-0.5)
			}
		}
	}
}

// share is how bad a figure is, from 0 to 1: of the range of a probability, and of the
// cells otherwise.
func (m heatMap) share(v float64) float64 {
	switch {
	case m.chance():
		return v
	case m.high == m.low:
		return 0
	case m.by == sensitivity.BySurplus:
		return (m.high - v) / (m.high - m.low)
	}
	return (v - m.low) / (m.high - m.low)
}

// fill is the colour of a share.
func (heatMap) fill(share float64) color.NRGBA { return mix(mix(alert, paper, 0.92), alert, share) }

// place is the row and the column of the case as it stands, if the grid has it.
func (m heatMap) place() (row, column int, ok bool) {
	row, column = -1, -1
	for i, y := range m.g.DownValues {
		if y == m.g.Down.Neutral {
			row = i
		}
	}
	for i, p := range m.g.Cells[0] {
		if p.Value == m.g.Across.Neutral {
			column = i
		}
	}
	return row, column, row >= 0 && column >= 0
}

func (m heatMap) frames() bool {
	_, _, ok := m.place()
	return ok
}

// plot draws the cells, the first row on top.
func (m heatMap) plot() *plot.Plot {
	p := newPlot()
	rows, columns := rowTicks{}, rowTicks{}
	var texts labels
	last := float64(len(m.g.Cells) - 1)
	for i, row := range m.g.Cells {
		y := last - float64(i)
		rows = append(rows, plot.Tick{Value: y, Label: m.g.Down.Text(m.g.DownValues[i])})
		for j, point := range row {
			x := float64(j)
			fill := m.fill(m.share(m.value(point)))
			p.Add(box{x0: x - 0.5, x1: x + 0.5, y0: y - 0.5, y1: y + 0.5, fill: fill, outline: solid(paper, 1.5)})
			texts = append(texts, label{x: x, y: y, text: m.text(point), style: aligned(lettering(labelSize, over(fill)), draw.XCenter, draw.YCenter), wide: 1})
		}
	}
	for j, point := range m.g.Cells[0] {
		columns = append(columns, plot.Tick{Value: float64(j), Label: m.g.Across.Text(point.Value)})
	}
	if i, j, ok := m.place(); ok {
		x, y := float64(j), last-float64(i)
		p.Add(box{x0: x - 0.5, x1: x + 0.5, y0: y - 0.5, y1: y + 0.5, outline: solid(ink, 2.5)})
	}
	m.border(p)
	p.Add(texts)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = -0.5, float64(len(m.g.Cells[0]))-0.5, -0.5, last+0.5
	p.X.Tick.Marker, p.Y.Tick.Marker = columns, rows
	p.X.Tick.Length, p.X.Width = 0, vg.Length(0)
	p.X.Label.Text = words.Capital(m.g.Across.Name)
	p.X.Label.TextStyle = bold(lettering(axisSize, ink))
	return p
}
