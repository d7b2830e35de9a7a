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
		Title:    paymentsFound(results, all),
		Subtitle: setting(paymentsMeasure(p), p, results[0].Conventions.PriceBase, versionsOf(results)...),
		Note:     note(p, []string{"plans", "actual payments"}, sentences(simulated(results), derivedSaid(p)), whatWasPaid...),
		Columns:  []string{"series", "quarter", "£", "paid as a grant", "derived from other claims"},
	}
	pl, first, derived := newPlot(), firstQuarter(all), derivedQuarters(p)
	addGrid(pl, true, false)
	var said []string
	names := curveLabels{clearOf: math.NaN()}
	for _, l := range all {
		drawn := l.line
		for _, q := range l.quarters {
			drawn.x = append(drawn.x, float64(q.Sub(first)))
		}
		pl.Add(drawn)
		names.lines = append(names.lines, curveLabel{drawn.x, drawn.y, l.label[0], l.lettering(), l.label[1:]})
		if slices.Contains(l.square, true) {
			f.Key = append(f.Key, KeyEntry{"Quarter paid as a grant", drawn})
		}
		for i, q := range l.quarters {
			f.row(l.name, q.String(), l.y[i], yes(i < len(l.square) && l.square[i]), yes(l.actual && derived[q]))
		}
		said = append(said, l.said())
	}
	pl.Add(names)
	pl.X.Tick.Marker, pl.Y.Tick.Marker = quarterTicks{first: first}, moneyTicks()
	settle(pl)
	f.Panels, f.Summary = []Panel{{Plot: pl}}, strings.Join(said, " ")
	return inCurrency(f, p), nil
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

// paymentsFound says how actual payments compare with the first plan and with what the
// cases expect, over the same quarters; without any, when payments are highest.
func paymentsFound(results []*montecarlo.Result, all []payments) string {
	var plan, actual *payments
	var cases []*payments
	for i := range all {
		switch l := &all[i]; {
		case l.actual:
			actual = l
		case l.modelled:
			cases = append(cases, l)
		case plan == nil:
			plan = l
		}
	}
	switch {
	case actual != nil && plan != nil:
		return againstPlan(results, plan, actual, cases)
	case actual != nil:
		return againstCases(results, actual, cases)
	}
	top, of := 0.0, 0
	for i, c := range cases {
		if pounds, _ := c.highest(); pounds > top {
			top, of = pounds, i
		}
	}
	_, in := cases[of].highest()
	text := "Payments peak at " + money(top) + " in " + in.String()
	return brief(after(text, inCase(results[of].Version)), text)
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

// againstPlan compares actual payments with the first plan, and says of one case whether
// it ever reaches that.
func againstPlan(results []*montecarlo.Result, plan, actual *payments, cases []*payments) string {
	quarters := shared(plan, actual)
	paid, planned := actual.over(quarters), plan.over(quarters)
	if len(quarters) == 0 || planned <= 0 {
		return againstCases(results, actual, cases)
	}
	text := "Actual payments run at " + words.Count(100*paid/planned) + "% of " + words.Small(plan.name)
	var shares []float64
	for _, c := range cases {
		shares = append(shares, c.over(quarters)/planned)
	}
	low, high := lowestHighest(shares)
	expected := span(words.Count(100*low)+"%", words.Count(100*high)+"%")
	if len(cases) > 1 {
		return brief(text+"; the cases expect "+expected, text)
	}
	who := theCase(results[0].Version)
	switch expects := text + "; " + who + " expects " + expected; {
	case cases[0].fitted:
		whole := cases[0].from(plan.quarters[0]) / plan.from(plan.quarters[0])
		return brief(text+"; "+who+" ends at "+words.Count(100*whole)+"%", text)
	case !cases[0].reaches(plan):
		return brief(text+", which "+who+" never reaches", expects, text)
	default:
		return brief(expects, text)
	}
}

// againstCases compares actual payments with what the cases expect in the same quarters.
func againstCases(results []*montecarlo.Result, actual *payments, cases []*payments) string {
	var sums []float64
	for _, c := range cases {
		sums = append(sums, c.over(actual.quarters))
	}
	low, high := lowestHighest(sums)
	who := "the cases expect "
	if len(cases) == 1 {
		who = theCase(results[0].Version) + " expects "
	}
	last := actual.quarters[len(actual.quarters)-1]
	text := "Actual payments come to " + money(actual.over(actual.quarters)) + " by " + last.String()
	return brief(text+"; "+who+span(money(low), money(high)), text)
}

// shared are the quarters that two lines both have.
func shared(a, b *payments) (both []calendar.Quarter) {
	for _, q := range a.quarters {
		if slices.Contains(b.quarters, q) {
			both = append(both, q)
		}
	}
	return both
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

// from is the sum of a line from a quarter on.
func (l payments) from(first calendar.Quarter) (sum float64) {
	for i, q := range l.quarters {
		if q >= first {
			sum += l.y[i]
		}
	}
	return sum
}

// reaches reports whether a line is as high as a plan in any quarter that both have in
// which something is planned.
func (l payments) reaches(plan *payments) bool {
	for i, q := range plan.quarters {
		if k := slices.Index(l.quarters, q); k >= 0 && plan.y[i] > 0 && l.y[k] >= plan.y[i] {
			return true
		}
	}
	return false
}

// highest is the largest payment of a line and its quarter.
func (l payments) highest() (pounds float64, in calendar.Quarter) {
	for i, q := range l.quarters {
		if i == 0 || l.y[i] > pounds {
			pounds, in = l.y[i], q
		}
	}
	return pounds, in
}
