package scenario

import (
	"cmp"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// published reads what has been published about the programme. Amounts are
// taken as published, fractions of a penny included. A file may list plans,
// quarters and dates in any order: they are put in order of time.
func (d *decoder) published(c cursor) {
	f := c.fields("totals", "plans", "actual payments", "results")
	into := &d.p.Published
	totals := f.may("totals")
	totals.beside = besideTotal
	for _, n := range totals.defined("totals", mostTexts) {
		into.Totals = append(into.Totals, n.total())
	}
	for _, n := range f.may("plans").defined("plans", mostTexts) {
		into.Plans = append(into.Plans, n.plan())
	}
	slices.SortStableFunc(into.Plans, func(a, b model.Plan) int { return a.From.Compare(b.From) })
	into.Actual = f.may("actual payments").quarters()
	for _, n := range f.may("results").named("dates", mostTexts) {
		into.Results = append(into.Results, d.results(n)...)
	}
	slices.SortStableFunc(into.Results, func(a, b model.PublishedResult) int { return a.By.Compare(b.By) })
}

// besideTotal says what a published total is, beside its value.
var besideTotal = []string{"kind", "counts", "to", "superseded"}

var aKindOfTotal = want{what: "targeted, engaged, achieved, maximum or paid"}

// total reads a headline figure: its value alone, or {value: 304, kind: targeted,
// counts: service users}.
func (n named) total() model.PublishedTotal {
	total := model.PublishedTotal{Name: n.name, Value: n.number(aNumber)}
	kind, counts := n.aside("kind"), n.aside("counts")
	to, superseded := n.aside("to"), n.aside("superseded")
	if !kind.given() {
		for _, c := range []cursor{counts, to, superseded} {
			if c.given() && !n.strayAside(besideTotal) {
				c.fault("the total does not say what kind it is: write kind: beside it, which is %s", aKindOfTotal)
				break
			}
		}
		return total
	}
	kind.unmarshal(&total.Kind, aKindOfTotal)
	if counts.given() {
		total.Counts = counts.text()
	} else {
		kind.warn(`the total does not say what it counts: write counts: beside it, such as counts: service users`)
	}
	switch {
	case to.given():
		total.To = to.publishedDay()
	case total.Kind == model.Achieved:
		kind.warn("the total does not say by when it was achieved: write to: and the last day that is counted beside it, such as to: 2024-09-30")
	}
	if superseded.given() {
		total.Superseded = superseded.yesNo()
	}
	return total
}

func (n named) plan() model.Plan {
	f := n.fields("from", "to", "payments")
	from := f.need("from", want{"the day from which the plan was in force", aDate.example})
	plan := model.Plan{
		Name:     n.name,
		From:     from.publishedDay(),
		Payments: f.need("payments", sentence("an amount for each quarter, as {Q4 2020/21: 16688}")).quarters(),
	}
	if to := f.may("to"); to.given() {
		plan.To = to.publishedDay()
		if !plan.To.IsZero() && plan.To.Before(plan.From) {
			later(from, to).fault("the plan ends on %s, before it begins on %s", plan.To, plan.From)
		}
	}
	return plan
}

// quarters reads an amount for each quarter named, and puts them in order.
func (c cursor) quarters() []model.QuarterAmount {
	var all []model.QuarterAmount
	for _, n := range c.named("quarters", mostTexts) {
		quarter, err := calendar.ParseQuarter(n.name)
		if err != nil {
			n.fault("%s", err)
		} else {
			n.during(quarter.First(), quarter.Last(), publishedYears)
		}
		all = append(all, model.QuarterAmount{Quarter: quarter, Amount: n.number(anAmount)})
	}
	slices.SortStableFunc(all, func(a, b model.QuarterAmount) int { return cmp.Compare(a.Quarter, b.Quarter) })
	return all
}

// results reads the units of each metric up to one date.
func (d *decoder) results(n named) []model.PublishedResult {
	by, err := calendar.ParseDate(n.name)
	if err != nil {
		n.fault("%s", err)
	} else {
		n.during(by, by, publishedYears)
	}
	var all []model.PublishedResult
	for _, m := range n.named("metrics", mostMetrics) {
		m.isOne(d.metrics)
		all = append(all, model.PublishedResult{Metric: m.name, By: by, Units: m.count()})
	}
	return all
}
