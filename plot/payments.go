package plot

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Payments draws outcome payments by quarter, in £: the published plans, each from
// the quarter in which it came into force, actual payments, with squares for
// quarters paid as a grant, and the mean of each case.
func Payments(results ...*montecarlo.Result) (*Figure, error) {
	p, err := programmeOf(results)
	if err != nil {
		return nil, err
	}
	all, err := paymentLines(p, results)
	if err != nil {
		return nil, err
	}
	f := &Figure{
		Title:    paymentsFound(p, results, all),
		Subtitle: setting(paymentsMeasure(p), p, pricesBeside(results[0], p, len(p.Published.Plans) > 0), versionsOf(results)...),
		Note:     note(p, []string{"plans", "actual payments"}, sentences(simulated(results), derivedSaid(p)), whatWasPaid...),
		Columns:  []string{"series", "quarter", "£", "paid as a grant", "derived from other claims"},
	}
	pl, first, derived := newPlot(), firstQuarter(all), derivedQuarters(p)
	addGrid(pl, true, false)
	var said []string
	for _, l := range all {
		if slices.Contains(l.square, true) {
			f.Key = append(f.Key, KeyEntry{"Quarter paid as a grant", l.line})
		}
		for i, q := range l.quarters {
			f.row(l.name, q.String(), l.y[i], yes(i < len(l.square) && l.square[i]), yes(l.actual && derived[q]))
		}
		said = append(said, l.said())
	}
	names := paymentNames(pl, all, first, 0)
	if len(all) == 1 && all[0].modelled {
		names.lines = append(names.lines, halfPaid(pl, all[0], first)...)
	}
	pl.Add(names)
	pl.X.Tick.Marker, pl.Y.Tick.Marker = quarterTicks{first: first}, moneyTicks()
	settle(pl)
	tipsOfPayments(f, all, first)
	f.Panels, f.Summary = []Panel{{Plot: pl}}, strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// paymentNames draws the lines of payments, and returns their names. Lines that end at one
// point share a name there; others have theirs after a share of the line. If that is more
// than none, lines that end at the right, or in one quarter, have their names at their ends.
func paymentNames(pl *plot.Plot, all []payments, first calendar.Quarter, after float64) curveLabels {
	names := curveLabels{clearOf: math.NaN()}
	var drawn []payments
	for _, l := range all {
		l.line = l.drawn()
		l.series = l.name
		l.x = nil
		for _, q := range l.quarters[:len(l.y)] {
			l.x = append(l.x, float64(q.Sub(first)))
		}
		pl.Add(l.line)
		drawn = append(drawn, l)
	}
	var ends endLabels
	for i, l := range drawn {
		name := curveLabel{x: l.x, y: l.y, style: l.lettering(), series: l.name}
		switch together := endTogether(drawn, i); {
		case len(together) < 2 && after > 0 && endsBeside(drawn, i):
			end := len(l.x) - 1
			ends = append(ends, endLabel{l.x[end], l.y[end], l.label[0], name.style, l.name})
		case len(together) < 2:
			name.text, name.shorter = l.label[0], l.label[1:]
		case together[len(together)-1] == i: // the line on top
			end := len(l.x) - 1
			ends = append(ends, endLabel{x: l.x[end], y: l.y[end], text: plansSaid(drawn, together), style: name.style, series: seriesOf(drawn, together)})
		}
		if from := int(after * float64(len(l.x))); name.text != "" && from > 0 {
			names.lines = append(names.lines, curveLabel{x: l.x, y: l.y})
			name.x, name.y = l.x[from:], l.y[from:]
		}
		names.lines = append(names.lines, name)
	}
	pl.Add(ends)
	return names
}

// endsBeside reports whether line i ends where the chart does, or in a quarter in which
// others do.
func endsBeside(all []payments, i int) bool {
	end := func(l payments) float64 { return l.x[len(l.x)-1] }
	last, same := end(all[i]), 0
	for _, l := range all {
		last = max(last, end(l))
		if end(l) == end(all[i]) {
			same++
		}
	}
	return same > 1 || end(all[i]) == last
}

// endTogether are the plans that end where plan i does, that one among them.
func endTogether(all []payments, i int) (together []int) {
	end := func(l payments) (x, y float64) { return l.x[len(l.x)-1], l.y[len(l.y)-1] }
	x, y := end(all[i])
	most := 0.0
	for _, l := range all {
		most = max(most, slices.Max(l.y))
	}
	for k, l := range all {
		const near = 0.012 // of the height
		if atX, atY := end(l); !l.actual && !l.modelled && !all[i].actual && !all[i].modelled && atX == x && math.Abs(atY-y) <= near*most {
			together = append(together, k)
		}
	}
	return together
}

// seriesOf are the series of plans that share a name.
func seriesOf(all []payments, which []int) string {
	var names []string
	for _, k := range which {
		names = append(names, all[k].name)
	}
	return strings.Join(names, jointly)
}

// plansSaid names plans together: "Plans 3 and 4".
func plansSaid(all []payments, which []int) string {
	var names, short []string
	for _, k := range which {
		names = append(names, all[k].name)
		if rest, ok := strings.CutPrefix(all[k].name, "Plan "); ok {
			short = append(short, rest)
		}
	}
	if len(short) == len(names) {
		return "Plans " + words.And(short)
	}
	return words.And(names)
}

// halfPaid marks by when half of all is paid.
func halfPaid(pl *plot.Plot, l payments, first calendar.Quarter) []curveLabel {
	by, ok := l.half()
	if !ok {
		return nil
	}
	at := float64(by.Sub(first))
	upright := line{x: []float64{at, at}, y: []float64{0, l.y[slices.Index(l.quarters, by)]}, style: dashed(muted)}
	pl.Add(upright)
	return []curveLabel{{upright.x, upright.y, "Half is paid\nby " + by.String(), lettering(labelSize, muted), nil, ""}}
}

// drawn is a line as far as anything is paid: where more than nothing follows the last
// claim, it comes down to the axis and ends there.
func (l payments) drawn() line {
	least := 0.5 // £
	if len(l.y) > 0 {
		least = max(least, 0.005*slices.Max(l.y))
	}
	last := len(l.y) - 1
	for last > 0 && !l.actual && l.y[last] < least {
		last--
	}
	cut := l.line
	cut.y = l.y[:min(last+2, len(l.y))]
	return cut
}

// tipsOfPayments say for each quarter what every line has.
func tipsOfPayments(f *Figure, all []payments, first calendar.Quarter) {
	last := first
	for _, l := range all {
		for _, q := range l.quarters {
			last = max(last, q)
		}
	}
	for q := first; q <= last; q = q.Add(1) {
		var parts []string
		for _, l := range all {
			if i := slices.Index(l.quarters, q); i >= 0 && i < len(l.y) {
				parts = append(parts, l.name+" "+words.Pounds(l.y[i]))
			}
		}
		if len(parts) > 0 {
			parts[0] = q.String() + ": " + parts[0]
			f.tip(0, float64(q.Sub(first)), parts...)
		}
	}
}

// yes writes "yes" into a table, or nothing.
func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// settle sets the ranges of a plot over time: from zero, with a margin on top.
func settle(p *plot.Plot) {
	if p.X.Min >= p.X.Max { // one quarter
		p.X.Min, p.X.Max = p.X.Min-0.5, p.X.Max+0.5
	}
	p.Y.Min = math.Min(0, p.Y.Min)
	if p.Y.Max <= p.Y.Min {
		p.Y.Max = p.Y.Min + 1
	}
	p.Y.Max += 0.04 * (p.Y.Max - p.Y.Min)
}

// payments is one line of payments.
type payments struct {
	name     string
	actual   bool     // not planned and not modelled
	modelled bool     // the mean of a case
	fitted   bool     // to actual payments
	label    []string // beside the line, the fullest first
	quarters []calendar.Quarter
	line
}

// lettering is that of the line's label.
func (l payments) lettering() text.Style {
	hue, ok := l.style.Color.(color.NRGBA)
	if !ok {
		hue = ink
	}
	style := lettering(labelSize, mix(hue, ink, 0.4))
	if l.actual || l.modelled {
		style = bold(style)
	}
	return style
}

// paymentLines returns the lines to draw: plans, cases, and on top actual payments.
func paymentLines(p *model.Programme, results []*montecarlo.Result) ([]payments, error) {
	out := p.PublishedIn(results[0].Prices)
	var all []payments
	for i, plan := range out.Plans {
		if l := planLine(plan); len(l.quarters) > 0 {
			l.style, l.dot, l.label = dotted(planColour(i)), 1.6, []string{l.name}
			all = append(all, l)
		}
	}
	names := versionNames(results)
	colours := caseColours(names)
	for i, r := range results {
		series, quarters, err := quarterlyOf(r, montecarlo.Payments, "")
		if err != nil {
			return nil, err
		}
		l := payments{name: words.Capital(names[i]) + ", mean", modelled: true, line: line{style: solid(colours[i], 1.5)}}
		l.label, l.fitted = fittedSaid(words.Capital(names[i]), r.Version.Programme, out.Actual)
		for n, q := range quarters {
			l.quarters, l.y = append(l.quarters, q), append(l.y, series.By[n].Mean)
		}
		all = append(all, l)
	}
	if l := actualLine(p, out.Actual); len(l.quarters) > 0 {
		all = append(all, l)
	}
	return all, nil
}

// planLine is a plan from the quarter in which it came into force.
func planLine(plan model.Plan) payments {
	l := payments{name: words.Capital(plan.Name)}
	for _, a := range plan.Payments {
		if a.Quarter >= plan.From.Quarter() {
			l.quarters, l.y = append(l.quarters, a.Quarter), append(l.y, a.Amount.InexactFloat64())
		}
	}
	return l
}

// actualLine is actual payments, with the quarters marked that were paid as a
// grant.
func actualLine(p *model.Programme, actual []model.QuarterAmount) payments {
	l := payments{name: "Actual", label: []string{"Actual"}, actual: true, line: line{style: solid(ink, 2.25), dot: 2.2}}
	for _, a := range actual {
		granted := slices.ContainsFunc(p.Contract.Grants, func(g contract.Grant) bool { return g.Quarter == a.Quarter })
		l.quarters, l.y = append(l.quarters, a.Quarter), append(l.y, a.Amount.InexactFloat64())
		l.square = append(l.square, granted)
	}
	if !slices.Contains(l.square, true) {
		l.square = nil
	}
	return l
}

func firstQuarter(all []payments) calendar.Quarter {
	first := calendar.Quarter(0)
	for _, l := range all {
		for _, q := range l.quarters {
			if first.IsZero() || q < first {
				first = q
			}
		}
	}
	return first
}

func paymentsMeasure(p *model.Programme) string {
	shown := []string{"mean of replications"}
	if len(p.Published.Actual) > 0 {
		shown = append([]string{"actual"}, shown...)
	}
	if len(p.Published.Plans) > 0 {
		shown = append([]string{"plans from when they were in force"}, shown...)
	}
	return "Outcome payments by quarter of claim, £: " + words.And(shown)
}

// said puts a line in words: its sum, its highest quarter and its last.
func (l payments) said() string {
	sum, highest := 0.0, 0
	for i, v := range l.y {
		sum += v
		if v > l.y[highest] {
			highest = i
		}
	}
	last := len(l.y) - 1
	return fmt.Sprintf("%s: %s in total from %s to %s; highest %s, in %s.", l.name, words.Pounds(sum), l.quarters[0], l.quarters[last],
		words.Pounds(l.y[highest]), l.quarters[highest])
}

// over is the sum of a line over some quarters. It has nothing outside its own.
func (l payments) over(quarters []calendar.Quarter) (sum float64) {
	for i, q := range l.quarters {
		if slices.Contains(quarters, q) {
			sum += l.y[i]
		}
	}
	return sum
}

// has reports whether a line has a quarter.
func (l payments) has(q calendar.Quarter) bool { return slices.Contains(l.quarters, q) }

// from is the sum of a line from a quarter on.
func (l payments) from(first calendar.Quarter) (sum float64) {
	for i, q := range l.quarters {
		if q >= first {
			sum += l.y[i]
		}
	}
	return sum
}
