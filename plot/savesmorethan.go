package plot

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// SavesMoreThan draws how likely one case is to save more than an amount, in % of
// replications over the amount in £: all together, after all payments, and each
// council, after its own payments alone. With all avoided care and in cash are two
// panels. What other payers pay on average, which lies between all together and the
// councils, is at the foot. Amounts run from the lowest 1% to the highest 99%
// quantile, and the probability of more than £0 is written beside each curve. Up to
// three councils are drawn, those with the highest means; the foot has the probabilities
// of others, and what is the reason where many replications save exactly £0.
func SavesMoreThan(result *montecarlo.Result) (*Figure, error) {
	p, err := programmeOf([]*montecarlo.Result{result})
	if err != nil {
		return nil, err
	}
	f := &Figure{
		SameScale: true,
		Columns:   []string{"case", "of", "saving", "more than, £", "probability", "low", "high"},
	}
	councils := p.Shape().Commissioners
	if len(councils) == 1 && len(outsidePayers(p)) == 0 {
		councils = nil // the one that pays is all together
	}
	f.Subtitle = setting("% of replications that save more than an amount, £"+whoseSaving(councils)+"; "+covering("chances", result.Conventions),
		p, result.Conventions.PriceBase, result.Version) + fittedLine(bearsOn{ranges: true, money: true, held: anyHeld(result)}, result.Version)
	var pairings, said []string
	var zero []montecarlo.ProbabilityOf // that all together save, in each way
	var ways [][]savedBy
	for _, m := range waysToSave {
		curves, err := savingsOf(result, councils, m)
		if err != nil {
			return nil, err
		}
		ways = append(ways, curves)
	}
	drawSome(ways)
	for i, m := range waysToSave {
		curves := ways[i]
		panel, amounts := drawnOf(curves)
		for _, c := range curves {
			c.rows(f, result.Version.Label(), m.name, amounts)
			pairings = append(pairings, c.pairing)
		}
		chancesOver(f, i, curves, amounts)
		zero = append(zero, curves[0].zero)
		said = append(said, m.said(curves))
		f.Panels = append(f.Panels, Panel{m.title, panel})
	}
	f.Note = note(p, nil, sentences(withPairing(simulated([]*montecarlo.Result{result})+betweenThem(result, councils), paired("probabilities", pairings)), notDrawn(ways), exactlyNothing(ways[0])),
		append([]kind{contractCap}, whatWasSpared...)...)
	f.Title = savesMoreThanFound(result.Version, zero[0], zero[1])
	f.Summary = strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// savesMoreThanFound says how likely a saving is, in all and in cash.
func savesMoreThanFound(v *scenario.Version, all, cash montecarlo.ProbabilityOf) string {
	of, in := howLikely(all), howLikely(cash)
	if of == in {
		return after("A saving is", of, inCase(v)) + ", and in cash too"
	}
	in = strings.TrimSuffix(in, " likely")
	return brief(after("A public saving is", of, inCase(v))+", and "+in+" in cash", "A public saving is "+of+", and "+in+" in cash")
}

// wayToSave is how a saving is counted, and the measures that hold it: of all together,
// and of a council after its own payments.
type wayToSave struct {
	name, title string
	all, own    string // totals in £
	event, ownE string // whether they are above £0
}

var waysToSave = []wayToSave{
	{"all avoided care", "With all avoided care, after payments", montecarlo.NetPublic, montecarlo.NetSaving, montecarlo.Saves, montecarlo.OwnSaves},
	{"in cash", "In cash, after payments", montecarlo.NetCashable, montecarlo.OwnNetCashable, montecarlo.CashableSaves, montecarlo.OwnCashableSaves},
}

// said puts the curves of a panel in words.
func (m wayToSave) said(curves []savedBy) string {
	var each []string
	for _, c := range curves {
		each = append(each, fmt.Sprintf("%s: more than £0 with a probability of %s, median %s, 5%% of replications above %s", c.name, c.aboveZero(), words.Pounds(c.quantile(0.5)), words.Pounds(c.quantile(0.95))))
	}
	return m.title + ". " + strings.Join(each, ". ") + "."
}

// whoseSaving says who saves.
func whoseSaving(councils []string) string {
	if len(councils) == 0 {
		return ""
	}
	return ", all together and each council"
}

// betweenThem says after whose payments savings are, and what lies between that of
// all together and those of the councils.
func betweenThem(r *montecarlo.Result, councils []string) string {
	if len(councils) == 0 {
		return "; savings are after all payments"
	}
	text := "; all together save after all payments, each council after its own alone"
	others := outsidePayers(r.Version.Programme)
	if len(others) == 0 {
		return text
	}
	paid := 0.0
	for _, payer := range others {
		if total, ok := r.Totals.Of(montecarlo.Payments, payer); ok {
			paid += total.Mean
		}
	}
	mean, _ := words.ThreeFigures(paid)
	return text + " (between the two, " + words.And(others) + " pays " + mean + " on average)"
}

// mostCouncils is how many councils are drawn.
const mostCouncils = 3

// notDrawn says how likely councils save that are not drawn: in all, and in cash.
func notDrawn(ways [][]savedBy) string {
	var each []string
	for i, c := range ways[0] {
		if c.hidden {
			each = append(each, c.name+" "+atZero(c)+" and "+atZero(ways[1][i]))
		}
	}
	const most = 8 // that the foot has room for
	if len(each) > most {
		return fmt.Sprintf("%d councils are not drawn and are in the table of figures (CSV)", len(each))
	}
	if len(each) == 0 {
		return ""
	}
	return "Not drawn, with the probability of more than £0, and in cash: " + strings.Join(each, "; ")
}

// atZero is the probability of more than £0, or what is said of it in words.
func atZero(c savedBy) string {
	if certainly(c.zero)+nearly(c.zero) != "" {
		return boldly(c.zero)
	}
	return roughly(c.zero)
}

// exactlyNothing says why curves drop at £0, where at least one replication in fifty saves
// neither more nor less: no child of the council has started.
func exactlyNothing(curves []savedBy) string {
	const least = 0.02
	var each []string
	for _, c := range curves {
		zero := montecarlo.ProbabilityOf{Probability: above(c.sorted, -0.005) - above(c.sorted, 0.005), Replications: len(c.sorted)}
		switch {
		case zero.Probability == 1:
			each = append(each, c.name+" all")
		case zero.Probability >= least:
			each = append(each, c.name+" "+roughly(zero))
		}
	}
	if len(each) == 0 {
		return ""
	}
	return "Exactly £0, because no child starts: " + strings.Join(each, "; ") + " of replications"
}

// savedBy is what somebody saves in every replication.
type savedBy struct {
	of, name string
	sorted   []float64                // £
	zero     montecarlo.ProbabilityOf // of more than £0
	pairing  string
	style    draw.LineStyle
	hidden   bool // in the table alone
}

// savingsOf are the savings of all together and of each council.
func savingsOf(r *montecarlo.Result, councils []string, m wayToSave) ([]savedBy, error) {
	public, err := newSavedBy(r, "", m.all, m.event)
	if err != nil {
		return nil, err
	}
	public.of, public.name, public.style = "public", "All together", solid(dark, 2.25)
	all := []savedBy{public}
	for _, council := range councils {
		one, err := newSavedBy(r, council, m.own, m.ownE)
		if err != nil {
			return nil, err
		}
		one.name = council
		all = append(all, one)
	}
	return all, nil
}

// drawSome chooses the councils that are drawn, the same in every panel: those that save
// most on average in the first.
func drawSome(ways [][]savedBy) {
	own := func(i int) float64 { return stat.Mean(ways[0][i].sorted, nil) }
	var order []int
	for i := 1; i < len(ways[0]); i++ {
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(own(b), own(a)) })
	for place, i := range order {
		for _, curves := range ways {
			curves[i].style, curves[i].hidden = councilStyle(place), place >= mostCouncils
		}
	}
}

// councilStyle tells councils apart by hue and, in grey print, by dashes.
func councilStyle(i int) draw.LineStyle {
	hues := append(slices.Clone(plans), hex(0xb5838d), muted, axis)
	dashes := [][]vg.Length{nil, {6, 2.5}, {2, 2}, {8, 2, 2, 2}}
	return draw.LineStyle{Color: hues[i%len(hues)], Width: 1.5, Dashes: dashes[i%len(dashes)]}
}

// newSavedBy takes a saving in the pairing that its total's range comes from.
func newSavedBy(r *montecarlo.Result, of, name, event string) (s savedBy, err error) {
	total, err := totalOf(r, name, of)
	if err != nil {
		return s, err
	}
	if s.sorted, err = valuesOf(r, name, of, "", total.Pairing); err != nil {
		return s, err
	}
	slices.Sort(s.sorted)
	s.of, s.pairing = of, total.Pairing
	var ok bool
	if s.zero, ok = r.Probabilities.Of(event, of); !ok {
		s.zero = montecarlo.ProbabilityOf{Probability: above(s.sorted, 0), Replications: len(s.sorted)}
	}
	return s, nil
}

func (s savedBy) quantile(p float64) float64 { return stat.Quantile(p, stat.Empirical, s.sorted, nil) }

// aboveZero writes the probability of more than £0.
func (s savedBy) aboveZero() string { return likely(s.zero) }

// chances are the probabilities of more than each amount.
func (s savedBy) chances(amounts []float64) (p []float64) {
	for _, a := range amounts {
		p = append(p, above(s.sorted, a))
	}
	return p
}

// rows adds the probabilities to the table, with their 95% Monte Carlo ranges.
func (s savedBy) rows(f *Figure, version, way string, amounts []float64) {
	for i, p := range s.chances(amounts) {
		low, high := within95(p, len(s.sorted))
		if amounts[i] == 0 && s.zero.Certain {
			low, high = p, p
		}
		f.row(version, s.of, way, amounts[i], Share(p), Share(low), Share(high))
	}
}

// chancesOver say how likely each of those who are drawn saves more than an amount.
func chancesOver(f *Figure, panel int, curves []savedBy, amounts []float64) {
	for _, amount := range amounts {
		parts := []string{"More than " + words.Pounds(amount)}
		for _, c := range curves {
			if !c.hidden {
				chance := words.Chance(above(c.sorted, amount), len(c.sorted), amount == 0 && c.zero.Certain)
				parts = append(parts, c.name+" "+chance)
			}
		}
		f.tip(panel, amount, strings.Replace(strings.Join(parts, "; "), "; ", ": ", 1))
	}
}

// amountsOver are round amounts from the lowest 1% quantile to the highest 99% quantile,
// with £0 among them and some on both sides of it. More on the right, as a share of
// these, make room for a list.
func amountsOver(curves []savedBy, more float64) (amounts []float64) {
	const most, beside = 120, 3 // amounts in all, and of them at either side of £0
	low, high := 0.0, 0.0
	for _, c := range curves {
		low, high = min(low, c.quantile(0.01)), max(high, c.quantile(0.99))
	}
	step := max(1, niceStep((high-low)/most))
	first, last := min(math.Floor(low/step), -beside), max(math.Ceil(high/step), beside)
	for i := first; i <= last+math.Ceil(more*(last-first)); i++ {
		amounts = append(amounts, i*step)
	}
	return amounts
}

// between puts amounts between those of the table, so that a fall is drawn where it is.
func between(amounts []float64) (finer []float64) {
	const each = 2
	for i := 1; i < len(amounts); i++ {
		for k := range each {
			finer = append(finer, amounts[i-1]+(amounts[i]-amounts[i-1])*float64(k)/each)
		}
	}
	return append(finer, amounts[len(amounts)-1])
}

// drawnOf draws the curves of a panel. One or two are named beside their lines, more in a
// list, for which amounts make room where they must.
func drawnOf(curves []savedBy) (p *plot.Plot, amounts []float64) {
	whole := draw.Canvas{Rectangle: vg.Rectangle{Max: vg.Point{X: 300, Y: 200}}}
	half := draw.Canvas{Rectangle: vg.Rectangle{Max: vg.Point{X: 196, Y: 118}}}
	for more := 0.0; more < 0.8; more += 0.05 {
		amounts = amountsOver(curves, more)
		var list zeroKey
		p, list = drawnOver(curves, amounts)
		if len(list.curves) <= mostNamed {
			const most = 0.2
			if more >= most || zeroNames(list.curves).clear(half, p) {
				break
			}
			continue
		}
		_, fits := list.place(whole, p)
		list.scale = smallList
		if _, ok := list.place(half, p); ok && fits {
			break
		}
	}
	return p, amounts
}

// mostNamed is how many curves are named beside their lines.
const mostNamed = 2

// drawnOver draws the curves over some amounts.
func drawnOver(curves []savedBy, amounts []float64) (*plot.Plot, zeroKey) {
	p := newPlot()
	addGrid(p, true, false)
	p.Add(level{style: dashed(muted), upright: true})
	list := zeroKey{heading: "More than £0", scale: 1}
	finer := between(amounts)
	for _, c := range curves {
		if !c.hidden {
			list.curves = append(list.curves, zeroLine{line{x: finer, y: c.chances(finer), style: c.style}, above(c.sorted, 0), atZero(c), c.name})
		}
	}
	for _, l := range slices.Backward(list.curves) { // all together on top
		p.Add(l.line)
	}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = amounts[0], amounts[len(amounts)-1], 0, 1
	p.X.Tick.Marker, p.Y.Tick.Marker = moneyTicks(), shareTicks()
	if len(list.curves) <= mostNamed {
		p.Add(zeroPoints(list.curves), zeroNames(list.curves), margin(10))
		return p, list
	}
	p.Add(list, margin(10))
	return p, list
}

// zeroNames are the names of curves beside them, with the probability of more than £0.
func zeroNames(curves []zeroLine) curveLabels {
	names := curveLabels{}
	for _, l := range curves {
		chance, name := l.chance+" above £0", l.name
		ways := []string{name + "\n" + chance}
		if parts := strings.Fields(name); len(parts) > 2 {
			half := (len(parts) + 1) / 2
			ways = append(ways, strings.Join(parts[:half], " ")+"\n"+strings.Join(parts[half:], " ")+"\n"+chance,
				parts[0]+"\n"+strings.Join(parts[1:], " ")+"\n"+chance)
		}
		ways = append(ways, name+"\n"+l.chance+"\nabove £0")
		names.lines = append(names.lines, curveLabel{l.x, l.y, ways[0], bold(l.lettering(1)), ways[1:], ""})
	}
	return names
}
