package report

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// quarters lays payments out by quarter: the plans in force, what was paid, and
// the model; and reports whether there is anything to lay out.
func quarters(r *montecarlo.Result) (Table, bool) {
	p := r.Version.Programme
	s, ok := r.Quarterly.Of(montecarlo.Payments)
	if !ok {
		return Table{}, false
	}
	t := Table{Title: "Outcome payments by quarter, modelled against published", Columns: textColumns("quarter")}
	out := p.PublishedIn(r.Prices)
	for _, plan := range out.Plans {
		t.Columns = append(t.Columns, Column{Heading: plan.Name})
	}
	t.Columns = append(t.Columns, Column{Heading: "actual"}, Column{Heading: "central"}, Column{Heading: "mean", Detail: true})
	if len(s.By) > 0 {
		t.About = quantilesLine(r, s.By[0])
		for _, q := range outermost(s.By[0]) {
			t.Columns = append(t.Columns, Column{Heading: words.Percentile(q.P)})
		}
	}
	t.Columns = append(t.Columns, figureColumns("actual so far", "central so far", "difference")...)
	all := p.Shape().Quarters
	soFar := soFar(all, out.Actual, s.Central)
	for i, quarter := range all {
		cells := []Cell{text(quarter.String())}
		for _, plan := range out.Plans {
			cells = append(cells, published(p, plan.Payments, quarter, planPath(plan, quarter)))
		}
		cells = append(cells, published(p, out.Actual, quarter, actualPath(quarter)), money(s.Central[i]), money(s.By[i].Mean))
		for _, q := range outermost(s.By[i]) {
			cells = append(cells, money(q.Value))
		}
		if c := soFar[i]; c.published {
			cells = append(cells, money(c.actual).from(p, c.paths...), money(c.modelled), difference(c.modelled, c.actual))
		}
		t.add(cells...)
	}
	if len(out.Actual) > 0 {
		t.Notes = append(t.Notes, "The difference is central so far over actual so far, less 1, over the quarters whose payments are published and those before them.")
	}
	for _, plan := range out.Plans {
		t.Notes = append(t.Notes, planNote(plan, all))
	}
	return t, true
}

// cumulated is what was paid up to a quarter, and what the model has for the
// same quarters.
type cumulated struct {
	actual, modelled float64
	published        bool     // whether the payment of this quarter is published
	paths            []string // of the payments in the register
}

// soFar adds payments up over the quarters whose payments are published. Nothing
// was paid before the first of them, so that what the model has before it counts.
func soFar(quarters []calendar.Quarter, actual []model.QuarterAmount, modelled []float64) []cumulated {
	all := make([]cumulated, len(quarters))
	sum, before, found := cumulated{published: true}, 0.0, false
	for i, quarter := range quarters {
		paid, ok := find(actual, quarter)
		if !ok {
			if !found {
				before += modelled[i]
			}
			continue
		}
		sum.actual += paid
		sum.paths = append(sum.paths[:len(sum.paths):len(sum.paths)], actualPath(quarter))
		sum.modelled += before + modelled[i]
		before, found = 0, true
		all[i] = sum
	}
	return all
}

// difference is how far a modelled figure is above an actual one, as a share of
// the actual one: 0.1 where 110 was modelled and 100 happened.
func difference(modelled, actual float64) Cell {
	if actual == 0 {
		return Cell{}
	}
	return change(modelled/actual - 1)
}

// change is a relative difference, with its sign.
func change(share float64) Cell {
	c := percent(share)
	c.Text = words.Signed(share, words.Change(share))
	return c
}

// planNote says when a plan was in force and what of it the table does not show.
func planNote(plan model.Plan, quarters []calendar.Quarter) string {
	note := words.Capital(plan.Name) + " was in force from " + plan.From.Long()
	if plan.To.IsZero() {
		note += " on"
	} else {
		note += " to " + plan.To.Long()
	}
	total, outside, shown := 0.0, 0.0, 0.0
	for _, a := range plan.Payments {
		v := a.Amount.InexactFloat64()
		total += v
		shown += rounded(v, 0)
		if !slices.Contains(quarters, a.Quarter) {
			outside += v
		}
	}
	note += "; it comes to " + words.Pounds(total)
	if shown != rounded(total, 0) {
		note += " before quarters are rounded"
	}
	if outside != 0 {
		note += ", of which " + words.Pounds(outside) + " is for quarters outside the horizon"
	}
	return note + "."
}

// achieved lays units earned by metric out beside what has been published, and
// reports whether anything has.
func achieved(r *montecarlo.Result) (Table, bool) {
	p := r.Version.Programme
	t := Table{
		Title:   "Units by metric, modelled against published",
		Columns: append(textColumns("metric", "by"), figureColumns("published", "central", "difference", "target for the whole contract")...),
	}
	for _, result := range p.Published.Results {
		series, ok := r.Quarterly.Of(montecarlo.PaidUnits, result.Metric)
		if !ok {
			continue
		}
		modelled := 0.0
		for i, q := range p.Shape().Quarters {
			if !q.Last().After(result.By) {
				modelled += series.Central[i]
			}
		}
		units := unitName(series.Unit)
		paid := number(float64(result.Units), 0, units).from(p, resultPath(result))
		t.add(text(result.Metric), text(result.By.Long()), paid, number(modelled, 0, units),
			difference(modelled, float64(result.Units)), targetUnits(p, result.Metric, units))
	}
	return t, len(t.Rows) > 0
}

// targetUnits is the contract's target for a metric; empty without one.
func targetUnits(p *model.Programme, metric, units string) Cell {
	for _, m := range p.Contract.Metrics {
		if m.Name == metric && m.TargetUnits > 0 {
			return number(float64(m.TargetUnits), 0, units).from(p, "metrics."+m.Name+".target.units")
		}
	}
	return Cell{}
}

func find(amounts []model.QuarterAmount, q calendar.Quarter) (float64, bool) {
	for _, a := range amounts {
		if a.Quarter == q {
			return a.Amount.InexactFloat64(), true
		}
	}
	return 0, false
}

// published is the amount of a quarter, which the register has at a path; empty
// if none is published.
func published(p *model.Programme, amounts []model.QuarterAmount, q calendar.Quarter, path string) Cell {
	v, ok := find(amounts, q)
	if !ok {
		return Cell{}
	}
	return money(v).from(p, path)
}
