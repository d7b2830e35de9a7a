package scenario

import (
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// published reads what has been published about the programme. Amounts are
// taken as published, fractions of a penny included.
func (d *decoder) published(c cursor) {
	f := c.fields("totals", "plans", "actual payments", "results")
	into := &d.p.Published
	for _, n := range f.may("totals").named("totals", mostTexts) {
		into.Totals = append(into.Totals, model.PublishedTotal{Name: n.name, Value: n.number(aNumber)})
	}
	for _, n := range f.may("plans").named("plans", mostTexts) {
		into.Plans = append(into.Plans, n.plan())
	}
	into.Actual = f.may("actual payments").quarters()
	for _, n := range f.may("results").named("dates", mostTexts) {
		into.Results = append(into.Results, d.results(n)...)
	}
}

func (n named) plan() model.Plan {
	f := n.fields("from", "to", "payments")
	from := f.need("from", want{"the day from which the plan was in force", aDate.example})
	plan := model.Plan{
		Name:     n.name,
		From:     from.date(),
		Payments: f.need("payments", sentence("an amount for each quarter, as {2021Q1: 16688}")).quarters(),
	}
	if to := f.may("to"); to.given() {
		plan.To = to.date()
		if !plan.To.IsZero() && plan.To.Before(plan.From) {
			later(from, to).fault("the plan ends on %s, before it begins on %s", plan.To, plan.From)
		}
	}
	return plan
}

// quarters reads an amount for each quarter named.
func (c cursor) quarters() []model.QuarterAmount {
	var all []model.QuarterAmount
	for _, n := range c.named("quarters", mostTexts) {
		quarter, err := calendar.ParseQuarter(n.name)
		if err != nil {
			n.fault("%s", err)
		}
		all = append(all, model.QuarterAmount{Quarter: quarter, Amount: n.number(anAmount)})
	}
	return all
}

// results reads the units of each metric up to one date.
func (d *decoder) results(n named) []model.Result {
	by, err := calendar.ParseDate(n.name)
	if err != nil {
		n.fault("%s", err)
	}
	var all []model.Result
	for _, m := range n.named("metrics", mostMetrics) {
		m.isOne(d.metrics)
		all = append(all, model.Result{Metric: m.name, By: by, Units: m.count()})
	}
	return all
}

// measures reads outcomes that are recorded and never priced. They stand in the
// register only.
func (c cursor) measures() {
	for _, n := range c.defined("measures", mostMetrics) {
		f := n.fields("note", "results")
		f.may("note").text()
		for _, result := range f.may("results").named("dates", mostTexts) {
			if _, err := calendar.ParseDate(result.name); err != nil {
				result.fault("%s", err)
			}
			result.number(aNumber)
		}
	}
}
