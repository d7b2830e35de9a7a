//go:build unix

package growth

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/plot"
)

// Where the drawings are.
const (
	timeFile   = "../../../docs/growth-time.svg"
	memoryFile = "../../../docs/growth-memory.svg"
)

// proportional is up to which slope a line grows in proportion, as far as times on a shared
// machine can tell.
const proportional = 1.15

// colours of what is measured, in the order of the key.
func colours() ([]string, map[string]color.Color) {
	c := plot.Colours()
	return []string{reading, exact, first, alive, totals, series, until, fixed, further}, map[string]color.Color{
		reading: c.Plans[2], exact: c.Plans[1], first: c.Plans[0], alive: c.Ink, totals: c.Medium, series: c.High, until: c.Alert,
		fixed: c.Medium, further: c.High,
	}
}

// drawing is the lines of times, or of memory, in a panel for each thing that is varied.
func drawing(all []figure, memory bool) (*plot.Figure, error) {
	var shown []*line
	for _, l := range lines(all) {
		if l.memory() == memory {
			shown = append(shown, l)
		}
	}
	f := &plot.Figure{
		Title: found(shown, memory), Subtitle: "Processor time (workers: by the clock). Both axes are logarithms; at the end of each line is its slope there: 1 is in proportion, 0 no growth",
		SameScale: true, Height: 7 * vg.Inch, Columns: []string{"with", "size", "what", "seconds"},
		Note: "A made-up programme of 1,000 children, 312 weeks, 4 cohorts, 4 metrics and 3 councils, in which one thing at a time is changed; 32 cohorts where inputs are uncertain. Of one worker. A slope is that of the last step.",
	}
	if memory {
		f.Subtitle, f.Columns[3] = strings.Replace(f.Subtitle, "Processor time (workers: by the clock)", "Most memory in use", 1), "bytes"
		f.Note = strings.Replace(f.Note, "Of one worker.", "Of one worker, with all series; of workers, totals alone.", 1)
	}
	low, high := math.Inf(1), 0.0
	for _, l := range shown {
		low, high = min(low, slices.Min(l.values)), max(high, slices.Max(l.values))
	}
	low, high = math.Pow(10, math.Floor(math.Log10(low))), math.Pow(10, math.Ceil(math.Log10(high)))
	order, colour := colours()
	for _, one := range everything() {
		panel, err := newPanel(low, high, memory, one.sizes)
		if err != nil {
			return nil, err
		}
		var ends labels
		for _, l := range shown {
			if l.of != one.of {
				continue
			}
			drawn, err := l.drawn(colour[l.measure])
			if err != nil {
				return nil, err
			}
			panel.Add(drawn)
			last := len(l.at) - 1
			ends = append(ends, label{float64(l.at[last]), l.values[last], l.slopeSaid(), colour[l.measure]})
			for i, at := range l.at {
				f.Rows = append(f.Rows, []any{l.of, at, l.measure, l.values[i]})
			}
			f.Summary += fmt.Sprintf("With %s, %s: %s at %s, %s at %s, slope %s. ", l.of, l.measure,
				said(l.values[0], memory), words.Count(float64(l.at[0])), said(l.values[last], memory), words.Count(float64(l.at[last])), l.slopeSaid())
		}
		panel.Add(ends)
		panel.Y.Min, panel.Y.Max, panel.X.Min, panel.X.Max = low, high, float64(one.sizes[0]), roomRight(one.sizes)
		f.Panels = append(f.Panels, plot.Panel{Name: panelName(one), Plot: panel})
	}
	for _, measure := range order {
		if slices.ContainsFunc(shown, func(l *line) bool { return l.measure == measure }) {
			f.Key = append(f.Key, plot.KeyEntry{Label: measure, Mark: &plotter.Line{LineStyle: draw.LineStyle{Color: colour[measure], Width: 2}}})
		}
	}
	f.Key = append(f.Key, plot.KeyEntry{Label: "in proportion", Mark: &plotter.Line{LineStyle: guide()}})
	return f, nil
}

// panelName is what is varied. Quarters go with weeks.
func panelName(one varied) string {
	if one.of != "weeks" {
		return words.Capital(one.of)
	}
	quarters := func(weeks int) int { return int(math.Round(float64(weeks) / 13)) }
	return fmt.Sprintf("Weeks: %d to %d quarters", quarters(one.sizes[0]), quarters(one.sizes[len(one.sizes)-1]))
}

// found is what the lines show.
func found(shown []*line, memory bool) string {
	what := "Time"
	if memory {
		what = "Memory"
	}
	var faster []string
	for _, l := range shown {
		if l.slope() > proportional {
			faster = append(faster, fmt.Sprintf("%s (%s)", l.measure, l.of))
		}
	}
	if len(faster) == 0 {
		return what + " grows in proportion at most, whatever there is more of"
	}
	return fmt.Sprintf("%s grows in proportion at most, but for %s", what, words.And(faster))
}

// slopeSaid is the slope with one digit after the point. What falls, as nothing does but by
// the accidents of measuring, does not grow.
func (l line) slopeSaid() string {
	if s := l.slope(); s >= 0.05 {
		return fmt.Sprintf("%.1f", s)
	}
	return "0"
}

// drawn is the line, with a point at each size.
func (l line) drawn(c color.Color) (gonum.Plotter, error) {
	var points plotter.XYs
	for i, at := range l.at {
		points = append(points, plotter.XY{X: float64(at), Y: l.values[i]})
	}
	drawn, err := plotter.NewLine(points)
	if err != nil {
		return nil, fmt.Errorf("%s with %s: %w", l.measure, l.of, err)
	}
	drawn.LineStyle = draw.LineStyle{Color: c, Width: 1.75}
	return drawn, nil
}

func guide() draw.LineStyle {
	return draw.LineStyle{Color: plot.Colours().Muted, Width: 0.9, Dashes: []vg.Length{2, 2.6}}
}

// roomRight is the end of the axis of sizes, with room for the slopes.
func roomRight(sizes []int) float64 {
	least, most := float64(sizes[0]), float64(sizes[len(sizes)-1])
	return most * math.Pow(most/least, 0.16)
}

// newPanel is an empty panel with a grid of powers of ten and a line in proportion.
func newPanel(low, high float64, memory bool, sizes []int) (*gonum.Plot, error) {
	p, c := gonum.New(), plot.Colours()
	p.BackgroundColor = nil
	p.X.Scale, p.Y.Scale = gonum.LogScale{}, gonum.LogScale{}
	for _, a := range []*gonum.Axis{&p.X, &p.Y} {
		a.Padding, a.Tick.Length = 0, 0
		a.LineStyle = draw.LineStyle{Color: c.Muted, Width: 0.75}
		a.Tick.LineStyle = a.LineStyle
		turned := a.Tick.Label
		a.Tick.Label = plot.Lettering(9, c.Muted)
		a.Tick.Label.XAlign, a.Tick.Label.YAlign = turned.XAlign, turned.YAlign
	}
	p.X.Tick.Label.YAlign = draw.YTop
	p.X.Tick.Length, p.Y.Width = 3, 0
	var sized, powers gonum.ConstantTicks
	for _, n := range sizes {
		sized = append(sized, gonum.Tick{Value: float64(n), Label: short(n)})
	}
	p.X.Tick.Marker = sized
	for power := low; power <= high*1.001; power *= 10 {
		powers = append(powers, gonum.Tick{Value: power, Label: said(power, memory)})
		across, err := plotter.NewLine(plotter.XYs{{X: float64(sizes[0]), Y: power}, {X: roomRight(sizes), Y: power}})
		if err != nil {
			return nil, err
		}
		across.LineStyle = draw.LineStyle{Color: c.Grid, Width: 0.75}
		p.Add(across)
	}
	p.Y.Tick.Marker = powers
	least, most := float64(sizes[0]), float64(sizes[len(sizes)-1])
	end := min(most, least*high/low)
	up, err := plotter.NewLine(plotter.XYs{{X: least, Y: low}, {X: end, Y: low * end / least}})
	if err != nil {
		return nil, err
	}
	up.LineStyle = guide()
	p.Add(up)
	return p, nil
}

// short is a size that fits under an axis: "100k".
func short(n int) string {
	switch {
	case n >= 1_000_000:
		return fmt.Sprintf("%dm", n/1_000_000)
	case n >= 10_000:
		return fmt.Sprintf("%dk", n/1000)
	}
	return words.Count(float64(n))
}

// label is a slope at the end of a line.
type label struct {
	x, y float64
	text string
	c    color.Color
}

// labels are those of a panel, moved apart where they would cover one another.
type labels []label

// Plot writes the labels from the lowest up.
func (all labels) Plot(c draw.Canvas, p *gonum.Plot) {
	toX, toY := p.Transforms(&c)
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b label) int { return int(math.Copysign(1, a.y-b.y)) })
	const gap = vg.Length(9.5)
	at := make([]vg.Length, len(sorted))
	for i, l := range sorted {
		at[i] = toY(l.y)
	}
	for range 100 { // each pass moves those that are too near half of the way
		for i := 1; i < len(at); i++ {
			if missing := gap - (at[i] - at[i-1]); missing > 0 {
				at[i-1], at[i] = at[i-1]-missing/2, at[i]+missing/2
			}
		}
	}
	for i, l := range sorted {
		style := plot.Lettering(8.5, l.c)
		style.YAlign = draw.YCenter
		c.FillText(style, vg.Point{X: toX(l.x) + 3, Y: at[i]}, l.text)
	}
}

// redraw writes both drawings.
func redraw(t testing.TB, all []figure) {
	for file, drawn := range drawings(t, all) {
		require.NoError(t, os.WriteFile(file, drawn, 0o644))
	}
}

// drawings are both, by file.
func drawings(t testing.TB, all []figure) map[string][]byte {
	drawn := map[string][]byte{}
	for file, memory := range map[string]bool{timeFile: false, memoryFile: true} {
		f, err := drawing(all, memory)
		require.NoError(t, err)
		var out bytes.Buffer
		require.NoError(t, f.Write(&out, plot.SVG))
		drawn[file] = out.Bytes()
	}
	return drawn
}

// The drawings are of the figures that are kept.
func TestGrowthIsDrawn(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip("the last digits differ between architectures")
	}
	all := kept(t)
	if *update {
		redraw(t, all)
	}
	for file, want := range drawings(t, all) {
		drawn, err := os.ReadFile(file)
		require.NoError(t, err)
		require.True(t, bytes.Equal(want, drawn), "run go test ./montecarlo/internal/growth -run Drawn -update and look at %s", file)
	}
}
