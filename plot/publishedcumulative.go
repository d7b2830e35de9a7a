package plot

import (
	"errors"
	"fmt"
	"strings"

	"gonum.org/v1/plot/vg/draw"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
)

// PublishedCumulativePayments draws published payments added up, in £ as published: the
// plans, each from the quarter in which it came into force, actual payments, the contract
// cap where it is published, and a maximum that was published since. A programme without
// plans and payments by quarter gives an error.
func PublishedCumulativePayments(p *model.Programme) (*Figure, error) {
	if p == nil {
		return nil, errors.New("plot: there is no programme: give one")
	}
	all := addedUp(p)
	if len(all) == 0 {
		return nil, nothingPublished(p, "plans or payments", "published, as plans or actual payments")
	}
	f := &Figure{
		Title:    addedUpFound(p, all),
		Subtitle: setting("Cumulative outcome payments, £: "+words.And(publishedSeries(p)), p, "prices of each quarter, as published"),
		Note:     note(p, []string{"plans", "actual payments"}, derivedSaid(p)),
		Columns:  []string{"series", "quarter", "£ so far"},
	}
	pl, first := newPlot(), firstQuarter(all)
	addGrid(pl, true, false)
	var said []string
	for i, l := range all {
		end := len(l.y) - 1
		all[i].label = []string{l.name + "  " + money(l.y[end]), l.name + "\n" + money(l.y[end]), l.name}
		for k, q := range l.quarters {
			f.row(l.name, q.String(), l.y[k])
		}
		said = append(said, fmt.Sprintf("%s: %s by %s.", l.name, words.Pounds(l.y[end]), l.quarters[end]))
	}
	names := paymentNames(pl, all, first, 0.6)
	for _, limit := range publishedLimits(p) {
		said = append(said, fmt.Sprintf("%s: %s.", limit.name, words.Pounds(limit.pounds)))
		f.row(limit.name, "", limit.pounds)
		f.Key = append(f.Key, KeyEntry{limit.name + " " + money(limit.pounds), line{style: limit.style}})
		pl.Add(level{at: limit.pounds, style: limit.style})
		pl.Y.Max = max(pl.Y.Max, limit.pounds)
		names.lines = append(names.lines, curveLabel{x: []float64{pl.X.Min, pl.X.Max}, y: []float64{limit.pounds, limit.pounds}})
	}
	pl.Add(names)
	pl.X.Tick.Marker, pl.Y.Tick.Marker = quarterTicks{first: first}, moneyTicks()
	settle(pl)
	f.Panels, f.Summary = []Panel{{Plot: pl}}, strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// publishedSeries are what is drawn, in words.
func publishedSeries(p *model.Programme) (series []string) {
	if len(p.Published.Plans) > 0 {
		series = append(series, "plans from when they were in force")
	}
	if len(p.Published.Actual) > 0 {
		series = append(series, "actual payments")
	}
	return series
}

// addedUp are the plans and actual payments as running sums. A plan has the quarters
// before it came into force in its sum.
func addedUp(p *model.Programme) []payments {
	var all []payments
	for i, plan := range p.Published.Plans {
		l := payments{name: words.Capital(plan.Name), line: line{style: dotted(planColour(i)), dot: 1.6}}
		sum := 0.0
		for _, a := range plan.Payments {
			sum += a.Amount.InexactFloat64()
			if a.Quarter >= plan.From.Quarter() {
				l.quarters, l.y = append(l.quarters, a.Quarter), append(l.y, sum)
			}
		}
		if len(l.y) > 0 {
			all = append(all, l)
		}
	}
	if l := actualLine(p, p.Published.Actual); len(l.quarters) > 0 {
		for i := 1; i < len(l.y); i++ {
			l.y[i] += l.y[i-1]
		}
		l.square = nil
		all = append(all, l)
	}
	return all
}

// publishedLimit is a limit in £ that is published.
type publishedLimit struct {
	name   string
	pounds float64
	style  draw.LineStyle
}

// publishedLimits are the contract cap, where it is published or derived from what is, and
// a maximum that was published since.
func publishedLimits(p *model.Programme) (limits []publishedLimit) {
	if most, ok := capped(p); ok && isPublished(p, contractCap) {
		limits = append(limits, publishedLimit{"Contract cap", most, dashed(alert)})
	}
	if most, ok := laterMaximum(p); ok {
		limits = append(limits, publishedLimit{"Latest maximum", most, dashed(plans[0])})
	}
	return limits
}

// isPublished reports whether an input of a kind is published or derived from what is.
func isPublished(p *model.Programme, k kind) bool {
	for _, input := range p.Register {
		if _, ok := k.match(input); ok {
			return input.Status == model.Published || input.Status == model.Derived
		}
	}
	return false
}

// latestMaximum is the maximum of outcome payments that is published. One that is as much
// as was paid limits nothing and is left out.
func latestMaximum(p *model.Programme) (pounds float64, ok bool) {
	most, ok := p.Published.Total(model.Maximum, outcomePayments)
	if !ok {
		return 0, false
	}
	pounds = most.Value.InexactFloat64()
	paid := sumOf(p.Published.Actual)
	if total, ok := p.Published.Total(model.Paid, outcomePayments); ok {
		paid = total.Value.InexactFloat64()
	}
	return pounds, pounds < paid-0.5 || pounds > paid+0.5
}

// laterMaximum is that maximum where it is not the contract cap.
func laterMaximum(p *model.Programme) (pounds float64, ok bool) {
	pounds, ok = latestMaximum(p)
	limit, has := capped(p)
	return pounds, ok && has && (pounds < limit-0.5 || pounds > limit+0.5)
}

// addedUpFound says how much of the cap what was paid leaves, or how far it is from the
// first plan.
func addedUpFound(p *model.Programme, all []payments) string {
	actual := all[len(all)-1]
	end := len(actual.y) - 1
	if !actual.actual {
		return words.Capital(all[0].name) + " comes to " + money(all[0].y[len(all[0].y)-1])
	}
	paid, by := actual.y[end], actual.quarters[end]
	text := "The " + money(paid) + " paid by " + by.String()
	if limits := publishedLimits(p); len(limits) > 0 {
		limit := limits[len(limits)-1]
		what := money(limit.pounds) + " cap"
		if limit.name != "Contract cap" {
			what = money(limit.pounds) + " maximum"
		}
		if left := limit.pounds - paid; left >= 0 {
			return text + " leaves " + money(left) + " of the " + what
		}
		return text + " is above the " + what
	}
	plan := all[0]
	for i, q := range plan.quarters {
		if q != by || plan.actual {
			continue
		}
		if gap := plan.y[i] - paid; gap >= 0 {
			return text + " is " + money(gap) + " behind " + words.Small(plan.name)
		}
		return text + " is " + money(paid-plan.y[i]) + " ahead of " + words.Small(plan.name)
	}
	return money(paid) + " had been paid by " + by.String() + ", in all"
}
