package plot

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Waterfall draws what is left of avoided cost in one case, in £: from gross
// avoided cost, less what councils pay, to what is left to them, and less what others
// pay, such as a fund, to the net public saving; and from the cashable part, less the
// same payments, to the same in cash. Where there are two to four councils, each has a
// panel of its own beside the total, with its own payments alone, on a scale that the
// councils share and the total does not; what is left to them adds up to that in the
// total. All figures are means over replications for the tracking window.
func Waterfall(result *montecarlo.Result) (*Figure, error) {
	p, err := programmeOf([]*montecarlo.Result{result})
	if err != nil {
		return nil, err
	}
	f := &Figure{
		SameScale: true,
		Note:      note(p, nil, sentences(simulated([]*montecarlo.Result{result}), othersPay(p)), append([]kind{contractCap}, whatWasSpared...)...),
		Columns:   []string{"of", "step", "level", "£", "from, £", "to, £"},
	}
	falls, err := fallsOf(p, result)
	if err != nil {
		return nil, err
	}
	measure := "Avoided cost and its cashable part less payments, £, means in the tracking window"
	if len(falls) > 1 {
		measure += "; councils share a scale of their own"
	}
	f.Title = waterfallFound(falls[0], result)
	f.Subtitle = setting(measure, p, result.Conventions.PriceBase, result.Version) + fittedLine(bearsOn{money: true}, result.Version)
	const usual = 10 // steps that there is room for
	f.Height = defaultHeight + 16*vg.Length(max(0, len(falls[0].steps)-usual))
	if len(falls) > 1 { // in rows of two, so that each has room
		f.columns = 2
		f.Height = tall((len(falls) + 1) / 2 * (len(falls[0].steps) + 4))
	}
	var said []string
	scales := make([][2]float64, len(falls))
	for n, w := range falls {
		scales[n] = w.drawInto(f)
		said = append(said, w.said())
	}
	if len(falls) == 1 {
		f.Panels[0].Name = ""
	}
	shareScale(scales[min(1, len(scales)):])
	for n, panel := range f.Panels {
		panel.Plot.X.Min, panel.Plot.X.Max = scales[n][0], max(scales[n][1], scales[n][0]+1)
	}
	f.Summary = strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// drawInto adds a waterfall to a figure as a panel, with what it says at each step and its
// figures, and returns the ends of its scale.
func (w fall) drawInto(f *Figure) (scale [2]float64) {
	w.tips(f, len(f.Panels))
	f.Panels = append(f.Panels, Panel{w.name, w.plot()})
	for i, s := range w.steps {
		scale = [2]float64{min(scale[0], s.from, s.to), max(scale[1], s.from, s.to)}
		if !s.blank {
			f.row(w.name, words.Capital(s.name), w.level(i), s.to-s.from, s.from, s.to)
		}
	}
	return scale
}

// shareScale gives councils one scale.
func shareScale(scales [][2]float64) {
	low, high := 0.0, 0.0
	for _, s := range scales {
		low, high = min(low, s[0]), max(high, s[1])
	}
	for i := range scales {
		scales[i] = [2]float64{low, high}
	}
}

// waterfallFound says what is left after all payments, in all and in cash.
func waterfallFound(all fall, r *montecarlo.Result) string {
	half := len(all.steps) / 2
	gross, net, cash := all.steps[0].to, all.steps[half-1].to, all.steps[len(all.steps)-1].to
	left := fmt.Sprintf("%s of %s avoided is left after payments", money(net), money(gross))
	if net < 0 {
		left = fmt.Sprintf("Payments exceed the %s avoided by %s", money(gross), money(-net))
	}
	if gross < 0 {
		left = fmt.Sprintf("Care costs %s more; with payments %s is lost", money(-gross), money(-net))
	}
	inCash := ", " + money(cash) + " of it in cash"
	switch {
	case gross < 0:
		inCash = "; in cash " + money(-cash)
	case cash < 0 && net < 0:
		inCash = ", in cash by " + money(-cash)
	case cash < 0:
		inCash = "; in cash " + money(-cash) + " is lost"
	case net < 0:
		inCash = "; in cash " + money(cash) + " is left"
	}
	ways := []string{left + inCash}
	if of := inCase(r.Version); of != "" {
		ways = append([]string{words.Capital(of) + " " + words.Small(left) + inCash}, ways...)
	}
	return brief(ways...)
}

// fall is one waterfall: its steps from top to bottom.
type fall struct {
	name   string
	levels string // of its figures: whose they are
	write  func(pounds float64) string
	steps  []step
}

// step is one bar of a waterfall, from one amount to another.
type step struct {
	name     string  // as it stands in a sentence: "own payments", "Derby pays"
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
	case s.kind == isAvoided && s.to < s.from: // an extra cost
		return mix(alert, ink, 0.35)
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
	var payments []step
	if apart {
		payments = append(payments, step{name: "councils pay", to: own})
	} else {
		for _, c := range councils {
			payments = append(payments, step{name: c + " pays", to: b.mean(montecarlo.Avoided, c) - b.mean(montecarlo.NetSaving, c)})
		}
	}
	for i, s := range b.byPayer(outsidePayers(p), rest) {
		if i == 0 {
			payments = append(payments, step{name: leftTo(councils), kind: isLeft})
		}
		s.name += " pays"
		payments = append(payments, s)
	}
	falls := []fall{newFall(allCouncils, gross, b.mean(montecarlo.Cashable, ""), payments)}
	if apart {
		for _, c := range councils {
			ownPayments := make([]step, len(payments))
			for i := range payments {
				ownPayments[i] = step{name: payments[i].name, kind: payments[i].kind, blank: payments[i].kind != isLeft}
			}
			if len(payments) > 1 {
				ownPayments[1].blank = false
			}
			ownPayments[0] = step{name: payments[0].name, to: b.mean(montecarlo.Avoided, c) - b.mean(montecarlo.NetSaving, c)}
			falls = append(falls, newFall(c, b.mean(montecarlo.Avoided, c), b.mean(montecarlo.Cashable, c), ownPayments))
		}
	}
	return falls, b.err
}

// othersPay says whose payments stand between the saving of councils and that of all.
func othersPay(p *model.Programme) string {
	others := outsidePayers(p)
	if len(others) == 0 {
		return ""
	}
	if len(p.Shape().Commissioners) == 1 {
		return "What " + words.And(others) + " pays comes off the net public saving and not off what is left to the council"
	}
	return "What " + words.And(others) + " pays comes off the total alone: net savings of councils add up to what is left to councils, and not to the net public saving"
}

// leftTo names what avoided cost leaves to councils after their own payments.
func leftTo(councils []string) string {
	if len(councils) == 1 {
		return "left to the council"
	}
	return "left to councils"
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
	level := w.levels
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
	w := fall{name: name, levels: "council", write: money}
	if name == allCouncils {
		w.levels = "total"
	}
	// Where others pay too, what is left to a council is its net saving.
	others := slices.ContainsFunc(payments, func(s step) bool { return s.kind == isLeft })
	lay := func(from, to string, amount float64) {
		w.steps = append(w.steps, step{name: from, to: amount})
		for _, s := range payments {
			switch {
			case s.blank:
				w.steps = append(w.steps, step{name: s.name, from: amount, to: amount, kind: isPaid, blank: true})
			case s.kind == isLeft:
				w.steps = append(w.steps, step{name: s.name, to: amount, kind: isLeft})
			default:
				w.steps = append(w.steps, step{name: s.name, from: amount, to: amount - s.to, kind: isPaid})
				amount -= s.to
			}
		}
		w.steps = append(w.steps, step{name: to, to: amount, kind: isLeft, blank: others && name != allCouncils})
	}
	if others {
		lay("gross avoided cost", "net public saving", gross)
		lay("cashable part", "net cashable saving", cash)
		return w
	}
	lay("gross avoided cost", "net saving", gross)
	lay("cashable part", "net cashable saving", cash)
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
	half := len(w.steps) / 2
	for i, s := range w.steps {
		row := w.row(i)
		if s.blank {
			continue
		}
		names = append(names, plot.Tick{Value: row, Label: words.Capital(s.name)})
		p.Add(box{x0: s.from, x1: s.to, y0: row - 0.36, y1: row + 0.36, fill: s.colour()})
		if to := w.next(i); i != half-1 && to < len(w.steps) && !w.steps[to].blank && (to >= half) == (i >= half) { // to the next bar
			p.Add(line{x: []float64{s.to, s.to}, y: []float64{row - 0.36, w.row(to) + 0.36}, style: solid(axis, 0.75)})
		}
		amounts = append(amounts, s.amount(row, w.write))
	}
	p.Add(level{at: 0, style: solid(axis, 0.75), upright: true}, amounts, roomFor(amounts))
	p.Y.Min, p.Y.Max = 0, float64(len(w.steps))+1
	p.Y.Tick.Marker, p.X.Tick.Marker = names, moneyTicks()
	p.Y.Tick.Label.Color, p.Y.Padding = ink, 6
	p.X.Width, p.X.Tick.Color = 0, paper
	return p
}

// tips say what each step is.
func (w fall) tips(f *Figure, panel int) {
	for i, s := range w.steps {
		if !s.blank {
			f.tips = append(f.tips, tip{panel: panel, at: w.row(i), down: true, text: w.name + ", " + s.name + ": " + words.Pounds(s.to-s.from)})
		}
	}
}

// roomFor asks for room on the right for the widest of some amounts.
type roomFor labels

// Plot draws nothing.
func (r roomFor) Plot(draw.Canvas, *plot.Plot) {}

// GlyphBoxes returns the room.
func (r roomFor) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	room := vg.Length(0)
	for _, l := range r {
		room = max(room, asDrawn(l.style, p).Width(l.text)+l.offset.X)
	}
	return margin(room).GlyphBoxes(p)
}

// next is the next step that is drawn.
func (w fall) next(i int) int {
	for i++; i < len(w.steps) && w.steps[i].blank; i++ {
	}
	return i
}

// amount labels a step, beyond its right-hand end or, below zero, its left.
func (s step) amount(row float64, write func(float64) string) label {
	text := write(s.to - s.from)
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
			amount := s.to - s.from
			if s.kind == isPaid {
				amount = -amount
			}
			parts = append(parts, fmt.Sprintf("%s %s", s.name, words.Pounds(amount)))
		}
	}
	return w.name + ": " + strings.Join(parts, ", ") + "."
}
