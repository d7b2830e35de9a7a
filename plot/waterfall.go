package plot

import (
	"fmt"
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Waterfall draws what is left of avoided cost in one case, in £: from gross
// avoided cost, less payments by payer, to the net saving, and from the cashable
// part, less the same payments, to the net cashable saving. Where there are two to
// four councils, each has a panel of its own beside the total, with its own
// payments alone. All figures are means over replications for the tracking
// window.
func Waterfall(result *montecarlo.Result) (*Figure, error) {
	p, err := programmeOf([]*montecarlo.Result{result})
	if err != nil {
		return nil, err
	}
	f := &Figure{
		Title:     "What is left of avoided cost after payments",
		Subtitle:  "£, mean of replications, in the tracking window: gross avoided cost and its cashable part",
		Key:       []KeyEntry{{"Avoided", box{fill: middle}}, {"Paid", box{fill: hex(0xf0a56b)}}, {"Left", box{fill: dark}}},
		SameScale: true,
		Note:      note(p, nil, simulated([]*montecarlo.Result{result}), append([]kind{contractCap}, whatWasSpared...)...),
		Columns:   []string{"of", "step", "level", "£", "from, £", "to, £"},
	}
	f.Subtitle += versionSaid(result.Version)
	falls, err := fallsOf(p, result)
	if err != nil {
		return nil, err
	}
	const usual = 10 // steps that there is room for
	f.Height = defaultHeight + 16*vg.Length(max(0, len(falls[0].steps)-usual))
	var said []string
	low, high := 0.0, 0.0
	for _, w := range falls {
		f.Panels = append(f.Panels, Panel{w.name, w.plot()})
		if len(falls) == 1 {
			f.Panels[0].Name = ""
		}
		for i, s := range w.steps {
			low, high = min(low, s.from, s.to), max(high, s.from, s.to)
			if !s.blank {
				f.row(w.name, s.name, w.level(i), s.to-s.from, s.from, s.to)
			}
		}
		said = append(said, w.said())
	}
	if low < 0 {
		f.Key = append(f.Key, KeyEntry{"Below zero", box{fill: alert}})
	}
	if high <= low {
		high = low + 1
	}
	for _, panel := range f.Panels {
		panel.Plot.X.Min, panel.Plot.X.Max = low, high
	}
	f.Summary = strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// fall is one waterfall: its steps from top to bottom.
type fall struct {
	name  string
	steps []step
}

// step is one bar of a waterfall, from one amount to another.
type step struct {
	name     string
	from, to float64 // £
	kind     stepKind
	blank    bool // for a step that this waterfall does not have
}

type stepKind int

const (
	isAvoided stepKind = iota
	isPaid
	isLeft
)

// colour returns the colour of a step: a warning for what is left below zero.
func (s step) colour() color.NRGBA {
	switch {
	case s.kind == isAvoided:
		return middle
	case s.kind == isPaid:
		return hex(0xf0a56b)
	case s.to < s.from:
		return alert
	}
	return dark
}

// fallsOf returns the waterfall of the total and, where there are two to four, of
// each council.
func fallsOf(p *model.Programme, r *montecarlo.Result) ([]fall, error) {
	b := &balance{result: r}
	councils := p.Shape().Commissioners
	apart := len(councils) >= 2 && len(councils) <= 4
	own := 0.0
	for _, c := range councils {
		own += b.mean(montecarlo.Avoided, c) - b.mean(montecarlo.NetSaving, c)
	}
	gross, net := b.mean(montecarlo.Avoided, ""), b.mean(montecarlo.NetPublic, "")
	// Payments are the amounts deducted in the net saving, so that indexed
	// payments are in the same prices as the rest.
	rest := gross - net - own
	payments := b.byPayer(outsidePayers(p), rest)
	if apart {
		payments = append(payments, step{name: "councils", to: own})
	} else {
		for _, c := range councils {
			payments = append(payments, step{name: c, to: b.mean(montecarlo.Avoided, c) - b.mean(montecarlo.NetSaving, c)})
		}
	}
	falls := []fall{newFall(allCouncils, gross, b.mean(montecarlo.Cashable, ""), payments)}
	if apart {
		for _, c := range councils {
			ownPayments := make([]step, len(payments))
			for i := range payments {
				ownPayments[i] = step{name: payments[i].name, blank: true}
			}
			ownPayments[len(payments)-1] = step{name: "councils", to: b.mean(montecarlo.Avoided, c) - b.mean(montecarlo.NetSaving, c)}
			falls = append(falls, newFall(c, b.mean(montecarlo.Avoided, c), b.mean(montecarlo.Cashable, c), ownPayments))
		}
	}
	return falls, b.err
}

// balance reads means of a result and keeps the error of the first that is missing.
type balance struct {
	result *montecarlo.Result
	err    error
}

func (b *balance) mean(name, of string) float64 {
	total, err := totalOf(b.result, name, of)
	if b.err == nil {
		b.err = err
	}
	return total.Mean
}

// level is whose step i is: of all councils or one, of all that is avoided or of its
// cashable part, which the same payments are taken from, and by payer. Steps of one
// level may be added up, steps of two not.
func (w fall) level(i int) string {
	level := "council"
	if w.name == allCouncils {
		level = "total"
	}
	if i >= len(w.steps)/2 {
		level += " cashable"
	}
	if w.steps[i].kind == isPaid {
		level += " by payer"
	}
	return level
}

// byPayer divides what payers other than the councils pay among these payers.
func (b *balance) byPayer(others []string, rest float64) []step {
	all := 0.0
	for _, name := range others {
		all += b.mean(montecarlo.Payments, name)
	}
	var steps []step
	for _, name := range others {
		if all > 0 {
			steps = append(steps, step{name: name, to: rest * b.mean(montecarlo.Payments, name) / all})
		}
	}
	return steps
}

// allCouncils names the waterfall of all councils together.
const allCouncils = "Total"

// newFall lays out the steps: payments, given as amounts, are deducted twice.
func newFall(name string, gross, cash float64, payments []step) fall {
	w := fall{name: name}
	lay := func(from, to string, amount float64) {
		w.steps = append(w.steps, step{name: from, to: amount})
		for _, s := range payments {
			if s.blank {
				w.steps = append(w.steps, step{name: s.name, from: amount, to: amount, kind: isPaid, blank: true})
				continue
			}
			w.steps = append(w.steps, step{name: "less " + s.name, from: amount, to: amount - s.to, kind: isPaid})
			amount -= s.to
		}
		w.steps = append(w.steps, step{name: to, to: amount, kind: isLeft})
	}
	lay("Gross avoided cost", "Net saving", gross)
	lay("Cashable part", "Net cashable saving", cash)
	return w
}

// row is the place of a step from the top, with a gap between the two halves.
func (w fall) row(i int) float64 {
	half := len(w.steps) / 2
	row := float64(len(w.steps) - i)
	if i < half {
		return row + 0.5
	}
	return row - 0.5
}

func (w fall) plot() *plot.Plot {
	p := newPlot()
	addGrid(p, false, true)
	names := rowTicks{}
	var amounts labels
	for i, s := range w.steps {
		row := w.row(i)
		names = append(names, plot.Tick{Value: row, Label: s.name})
		if s.blank {
			continue
		}
		p.Add(box{x0: s.from, x1: s.to, y0: row - 0.36, y1: row + 0.36, fill: s.colour()})
		if s.kind != isLeft && i+1 < len(w.steps) { // to the next bar
			p.Add(line{x: []float64{s.to, s.to}, y: []float64{row - 0.36, w.row(w.next(i)) + 0.36}, style: solid(axis, 0.75)})
		}
		amounts = append(amounts, s.amount(row))
	}
	room := vg.Length(0)
	for _, l := range amounts {
		room = max(room, l.style.Width(l.text)+l.offset.X)
	}
	p.Add(level{at: 0, style: solid(axis, 0.75), upright: true}, amounts, margin(room))
	p.Y.Min, p.Y.Max = 0, float64(len(w.steps))+1
	p.Y.Tick.Marker, p.X.Tick.Marker = names, moneyTicks()
	p.Y.Tick.Label.Color = ink
	p.X.Width, p.X.Tick.Color = 0, paper
	return p
}

// next is the next step that is drawn.
func (w fall) next(i int) int {
	for i++; i < len(w.steps)-1 && w.steps[i].blank; i++ {
	}
	return i
}

// amount labels a step, beyond its right-hand end or, below zero, its left.
func (s step) amount(row float64) label {
	text := money(s.to - s.from)
	l := label{x: max(s.from, s.to), y: row, text: text, offset: vg.Point{X: 4, Y: 0.8}, style: lettering(labelSize, ink), wide: math.MaxFloat64, clear: true}
	if s.kind == isLeft {
		l.style = bold(l.style)
	}
	if s.kind == isLeft && s.to < 0 {
		l.x = 0
	}
	return l
}

// said puts the waterfall in words.
func (w fall) said() string {
	var parts []string
	for _, s := range w.steps {
		if !s.blank {
			parts = append(parts, fmt.Sprintf("%s %s", words.Small(s.name), words.Pounds(s.to-s.from)))
		}
	}
	return w.name + ": " + strings.Join(parts, ", ") + "."
}
