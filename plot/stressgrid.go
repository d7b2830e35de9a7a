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
	made := fmt.Sprintf("Rows: %s, columns: %s; every step is drawn alike, whatever its size. ", g.Down.Name, g.Across.Name) + fmt.Sprintf("Simulated: %s of each cell on common random numbers, %s, seed %d, %s; the values of both drivers are assumptions",
		words.Plural(g.Conventions.Replications, "replication"), rangesOver(g.Conventions), g.Conventions.Seed, g.Conventions.PriceBase)
	title, foot := m.finding()
	made = sentences(made, m.errorSaid(), foot)
	better, worse := m.ends()
	f := &Figure{
		Title:    title,
		Subtitle: setting(m.said()+"; "+covering(m.covered(), g.Conventions), g.Version.Programme, g.Conventions.PriceBase, g.Version),
		Key:      []KeyEntry{{better, box{fill: m.fill(0)}}, {worse, box{fill: m.fill(1)}}},
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
		return roughly(p.Capital.Short)
	case sensitivity.ByHurdle:
		return roughly(p.Capital.Misses)
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

// crosses reports whether there are cells on both sides of the border.
func (m heatMap) crosses() bool {
	good, bad := false, false
	for _, row := range m.g.Cells {
		for _, p := range row {
			good, bad = good || !m.bad(p), bad || m.bad(p)
		}
	}
	return good && bad
}

// finding is what the grid shows along the driver that moves the figure most, from its first
// value to its last, with the other driver as it stands; without such a row and column, over
// all cells. Which of both it is along it says for the foot.
func (m heatMap) finding() (title, foot string) {
	row, column, ok := m.place()
	if !ok {
		return m.found("All combinations", m.text(m.extreme(false)), m.text(m.extreme(true))), ""
	}
	cells := m.g.Cells
	last, end := len(cells)-1, len(cells[row])-1
	down, across := [2]sensitivity.Point{cells[0][column], cells[last][column]}, [2]sensitivity.Point{cells[row][0], cells[row][end]}
	swing := func(of [2]sensitivity.Point) float64 { return math.Abs(m.value(of[1]) - m.value(of[0])) }
	by, other, of, ends := m.g.Down, m.g.Across, down, [2]float64{m.g.DownValues[0], m.g.DownValues[last]}
	if swing(across) > swing(down) {
		by, other, of, ends = m.g.Across, m.g.Down, across, [2]float64{across[0].Value, across[1].Value}
	}
	along := words.Capital(by.Name) + " " + span(by.Text(ends[0]), by.Text(ends[1]))
	return m.found(along, m.text(of[0]), m.text(of[1])), "The title is for " + other.Name + " of " + other.Text(other.Neutral)
}

// extreme is the cell with the least figure, or with the most.
func (m heatMap) extreme(most bool) (found sensitivity.Point) {
	at := m.low
	if most {
		at = m.high
	}
	for _, row := range m.g.Cells {
		for _, p := range row {
			if m.value(p) == at {
				found = p
			}
		}
	}
	return found
}

// found is the title of a figure that goes from one text to another.
func (m heatMap) found(along, from, to string) string {
	currency, values := m.g.Version.Programme.Currency, span(from, to)
	facility, limited := commitment(m.g.Version.Programme)
	switch m.by {
	case sensitivity.BySurplus:
		return onOneLine(currency, along+": the mean surplus is "+values, "The mean surplus is "+values)
	case sensitivity.ByShortfall:
		titles := []string{along + ": the facility is too small in " + values, along + ": facility too small in " + values, "The facility is too small in " + values}
		if limited {
			titles = append([]string{along + ": the " + money(facility) + " facility is too small in " + values}, titles...)
		}
		return onOneLine(currency, titles...)
	case sensitivity.ByHurdle:
		return onOneLine(currency, along+": "+m.g.Party+" misses the hurdle in "+values, along+": the hurdle is missed in "+values, "The hurdle is missed in "+values)
	}
	return onOneLine(currency, along+": the facility needed is "+values, "The facility needed is "+values)
}

// ends are what the two ends of the scale are called.
func (m heatMap) ends() (better, worse string) {
	switch m.by {
	case sensitivity.BySurplus:
		return "More surplus", "Less surplus"
	case sensitivity.ByShortfall:
		return "Less likely too small", "Likelier too small"
	case sensitivity.ByHurdle:
		return "Less likely missed", "Likelier missed"
	}
	return "Less needed", "More needed"
}

// errorSaid says how exact chances are; it is empty for other figures.
func (m heatMap) errorSaid() string {
	if !m.chance() {
		return ""
	}
	low, high := within95(evenChance, m.g.Conventions.Replications)
	return fmt.Sprintf("A chance is within %s points, by its 95%% Monte Carlo range, and the border of an even chance no surer than that", words.Count(math.Ceil(50*(high-low))))
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
	cost := costOf(m.g.Version.Programme, &sensitivity.Curved{Driver: m.g.Down, Unchanged: m.g.Unchanged})
	last := float64(len(m.g.Cells) - 1)
	for i, row := range m.g.Cells {
		y := last - float64(i)
		name := m.g.Down.Text(m.g.DownValues[i])
		if c := cost(m.g.DownValues[i]); finite(c) {
			name += "\n" + money(c)
		}
		rows = append(rows, plot.Tick{Value: y, Label: name})
		for j, point := range row {
			x := float64(j)
			fill := m.fill(m.share(m.value(point)))
			p.Add(box{x0: x - 0.5, x1: x + 0.5, y0: y - 0.5, y1: y + 0.5, fill: fill, outline: solid(paper, 1.5)})
			texts = append(texts, label{x: x, y: y, text: m.text(point), style: aligned(bold(lettering(axisSize, ink)), draw.XCenter, draw.YCenter), wide: 1})
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
