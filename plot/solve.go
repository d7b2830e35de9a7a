package plot

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Solved draws the figure of a goal along the unknown that was solved for, in the unit of
// the figure: every value that was tried, with all replications and with a few, the
// line of the goal, today's value and each answer with its 95% Monte Carlo interval.
func Solved(s *sensitivity.Solved) (*Figure, error) {
	switch {
	case s == nil || len(s.Steps) == 0:
		return nil, errors.New("plot: there is no answer to draw: give the result of sensitivity.Solve")
	case !has(s.Version):
		return nil, errors.New("plot: the answer has no programme: give the result of sensitivity.Solve")
	}
	l := solvedLine{s: s, unit: scaleOf(s.Goal.Unit())}
	for _, r := range s.Steps {
		if r.Figure != nil && (!finite(*r.Figure) || !finite(r.Value)) {
			return nil, errors.New("plot: a step of the search is not a finite number: leave it out")
		}
	}
	l.full, l.few = l.points()
	if len(l.full) == 0 {
		return nil, fmt.Errorf("plot: %q is not defined anywhere along %q: choose another figure", s.GoalText, s.Unknown.Name)
	}
	made := fmt.Sprintf("Simulated: %s of each run on common random numbers, %s, seed %d, %s; the band is the 95%% Monte Carlo interval of the answer; all inputs but %s unchanged",
		words.Plural(s.Conventions.Replications, "replication"), rangesOver(s.Conventions), s.Conventions.Seed, s.Conventions.PriceBase, s.Unknown.Name)
	depends := whatWasSaved
	if s.Goal.Measure.NeedsDelivery() {
		depends = whatWasDrawn
	}
	f := &Figure{
		Title:    l.finding(),
		Subtitle: setting(l.measured()+", by "+inUnit(s.Unknown), s.Version.Programme, s.Conventions.PriceBase, s.Version),
		Key:      []KeyEntry{{"All replications", line{style: solid(middle, 2), dot: 2.5}}},
		Panels:   []Panel{{Plot: l.plot()}},
		Note:     note(s.Version.Programme, nil, made, depends...),
		Columns:  []string{inUnit(s.Unknown), l.measured(), "replications", "met"},
	}
	if len(l.few) > 0 {
		f.Key = append(f.Key, KeyEntry{"A few of them, to look around", ring{colour: light}})
	}
	if len(s.Answers) > 0 {
		f.Key = append(f.Key, KeyEntry{"Answer", ring{colour: alert}})
	}
	for _, r := range s.Steps {
		if r.Figure != nil {
			f.row(r.Value, *r.Figure*l.unit.scale, r.Replications, fmt.Sprint(r.Met))
		}
	}
	f.Summary = l.said()
	return inCurrency(f, s.Version.Programme), nil
}

// solvedLine is a goal along an unknown.
type solvedLine struct {
	s         *sensitivity.Solved
	unit      measureScale
	full, few []sensitivity.Reading // by value
}

// points are the readings with all replications and, where there are none of these, with
// a few.
func (l solvedLine) points() (full, few []sensitivity.Reading) {
	known := map[float64]bool{}
	for _, r := range l.s.Steps {
		if r.Figure != nil && r.Replications == l.s.Conventions.Replications {
			full, known[r.Value] = append(full, r), true
		}
	}
	for _, r := range l.s.Steps {
		if r.Figure != nil && !known[r.Value] {
			few = append(few, r)
		}
	}
	for _, all := range [][]sensitivity.Reading{full, few} {
		slices.SortFunc(all, func(a, b sensitivity.Reading) int {
			if a.Value < b.Value {
				return -1
			}
			return 1
		})
	}
	return full, few
}

// measured is the figure of the goal in words.
func (l solvedLine) measured() string {
	g := l.s.Goal
	what := g.Measure.String()
	switch g.Figure {
	case "chance":
		if g.Side == "" {
			return "Probability: " + what + ", %"
		}
		return "Probability that " + what + ", is " + g.Side + " " + scaleOf(g.Measure.Unit).exact(g.Threshold) + ", %"
	case "quantile":
		return words.Capital(what) + ", " + words.P(g.P) + ", " + l.unit.name
	}
	return words.Capital(what) + ", " + g.Figure + ", " + l.unit.name
}

// near writes a value of the unknown to its step.
func (l solvedLine) near(x float64) string {
	return l.s.Unknown.Text(math.Round(x/l.s.Unknown.Step) * l.s.Unknown.Step)
}

// finding is what was found.
func (l solvedLine) finding() string {
	s, name := l.s, words.Capital(l.s.Unknown.Name)
	if len(s.Answers) == 0 {
		if s.Today.Met {
			return firstThatFits("Whatever "+s.Unknown.Name+": "+s.GoalText, "The goal is met all along the range of "+s.Unknown.Name)
		}
		return firstThatFits("No value of "+s.Unknown.Name+" in the range reaches: "+s.GoalText, "The goal is reached nowhere in the range of "+s.Unknown.Name)
	}
	var at []string
	for _, a := range s.Answers {
		side := " or less"
		if a.MetAbove() {
			side = " or more"
		}
		at = append(at, l.near(a.Value)+side)
	}
	values := at[0]
	if len(at) > 1 {
		values = fmt.Sprintf("%d answers, the nearest %s", len(at), at[0])
	}
	return firstThatFits(name+" at "+values+": "+s.GoalText, name+" at "+values+" reach the goal", "The goal is reached at "+values)
}

// said is the answer and the ends in words.
func (l solvedLine) said() string {
	s := l.s
	all := []string{fmt.Sprintf("Goal: %s. Today, at %s: %s.", s.GoalText, l.near(s.Today.Value), l.text(s.Today))}
	for _, a := range s.Answers {
		one := fmt.Sprintf("Answer: %s, where it is %s", l.near(a.Value), l.text(a.Reading))
		if a.Low != nil {
			one += fmt.Sprintf("; 95%% Monte Carlo interval %s to %s", l.near(*a.Low), l.near(*a.High))
		}
		all = append(all, one+".")
	}
	return strings.Join(all, " ")
}

// text is the figure of a reading.
func (l solvedLine) text(r sensitivity.Reading) string {
	if r.Figure == nil {
		return "not defined"
	}
	return l.unit.exact(*r.Figure)
}

// plot draws the line.
func (l solvedLine) plot() *plot.Plot {
	p := newPlot()
	addGrid(p, true, false)
	x, y := columnsOf(l.full)
	low, high := l.ends()
	for _, a := range l.s.Answers {
		if a.Low != nil {
			from, to := math.Max(*a.Low, l.s.Unknown.From), math.Min(*a.High, l.s.Unknown.To)
			p.Add(box{x0: from, x1: to, y0: low, y1: high, fill: mix(alert, paper, 0.85)})
		}
	}
	p.Add(level{at: l.s.Goal.Wanted, style: dashed(alert)})
	p.Add(level{at: l.s.Today.Value, style: dashed(axis), upright: true})
	for _, r := range l.few {
		p.Add(ring{x: r.Value, y: *r.Figure, colour: light})
	}
	p.Add(line{x: x, y: y, style: solid(middle, 2), dot: 2.5})
	var texts labels
	for _, a := range l.s.Answers {
		if a.Figure != nil {
			p.Add(ring{x: a.Value, y: *a.Figure, colour: alert})
		}
	}
	relation := "At least "
	if l.s.Goal.AtMost {
		relation = "At most "
	}
	texts = append(texts, label{x: l.s.Unknown.From, y: l.s.Goal.Wanted, text: relation + l.unit.exact(l.s.Goal.Wanted), offset: vg.Point{X: 2, Y: 3}, style: aligned(lettering(labelSize, ink), draw.XLeft, draw.YBottom), clear: true})
	texts = append(texts, label{x: l.s.Today.Value, y: high, text: "Today", offset: vg.Point{Y: 6}, style: aligned(lettering(labelSize, muted), draw.XCenter, draw.YBottom)})
	if len(l.s.Answers) > 0 { // above the other, so that neither stands in the way
		nearest := l.s.Answers[0].Value
		texts = append(texts, label{x: nearest, y: high, text: l.near(nearest), offset: vg.Point{Y: 19}, style: aligned(bold(lettering(labelSize, ink)), draw.XCenter, draw.YBottom)})
	}
	p.Add(texts, margin(18))
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = l.s.Unknown.From, l.s.Unknown.To, low, high
	widen(&p.X)
	p.X.Tick.Marker, p.Y.Tick.Marker = driverTicks(l.s.Unknown), l.unit.ticks
	return p
}

// ends are those of the axis of the figure: all that was read, and the goal.
func (l solvedLine) ends() (low, high float64) {
	low, high = l.s.Goal.Wanted, l.s.Goal.Wanted
	for _, r := range slices.Concat(l.full, l.few) {
		low, high = math.Min(low, *r.Figure), math.Max(high, *r.Figure)
	}
	air := 0.06 * (high - low)
	if air == 0 {
		air = math.Max(0.1, 0.1*math.Abs(high))
	}
	if l.unit.name == "%" {
		return math.Max(0, low-air), math.Min(1, high+air)
	}
	return low - air, high + air
}

// columnsOf are the values and the figures of readings.
func columnsOf(all []sensitivity.Reading) (x, y []float64) {
	for _, r := range all {
		x, y = append(x, r.Value), append(y, *r.Figure)
	}
	return x, y
}
