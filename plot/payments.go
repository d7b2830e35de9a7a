package plot

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"

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
		Title:    "Outcome payments by quarter",
		Subtitle: paymentsSubtitle(p),
		Note:     note(p, []string{"plans", "actual payments"}, sentences(simulated(results), derivedSaid(p)), whatWasPaid...),
		Columns:  []string{"series", "quarter", "£", "paid as a grant", "derived from other claims"},
	}
	pl, first, derived := newPlot(), firstQuarter(all), derivedQuarters(p)
	addGrid(pl, true, false)
	var said []string
	for _, l := range all {
		drawn := l.line
		for _, q := range l.quarters {
			drawn.x = append(drawn.x, float64(q.Sub(first)))
		}
		pl.Add(drawn)
		entry := drawn
		entry.square = nil
		f.Key = append(f.Key, KeyEntry{l.name, entry})
		if slices.Contains(l.square, true) {
			f.Key = append(f.Key, KeyEntry{"Quarter paid as a grant", drawn})
		}
		for i, q := range l.quarters {
			f.row(l.name, q.String(), l.y[i], yes(i < len(l.square) && l.square[i]), yes(l.actual && derived[q]))
		}
		said = append(said, l.said())
	}
	pl.X.Tick.Marker, pl.Y.Tick.Marker = quarterTicks{first: first}, moneyTicks()
	settle(pl)
	f.Panels, f.Summary = []Panel{{Plot: pl}}, strings.Join(said, " ")
	return f, nil
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
	actual   bool // not planned and not modelled
	quarters []calendar.Quarter
	line
}

// paymentLines returns the lines to draw: plans, cases, and on top actual payments.
func paymentLines(p *model.Programme, results []*montecarlo.Result) ([]payments, error) {
	out := p.PublishedIn(results[0].Prices)
	var all []payments
	for i, plan := range out.Plans {
		if l := planLine(plan); len(l.quarters) > 0 {
			l.style, l.dot = dotted(plans[i%len(plans)]), 1.6
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
		l := payments{name: words.Capital(names[i]) + ", mean", line: line{style: solid(colours[i], 1.5)}}
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
	l := payments{name: "Actual", actual: true, line: line{style: solid(ink, 2.25), dot: 2.2}}
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

func paymentsSubtitle(p *model.Programme) string {
	text := "£ by quarter of claim; "
	if len(p.Published.Plans) > 0 {
		text += "plans from the quarter in which they came into force; "
	}
	return text + "cases: mean of replications"
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
