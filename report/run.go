package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Run lays one result out: every total, the probabilities, payments by quarter
// beside what was planned and paid, what is affordable, what payers other than
// the commissioners will be asked for, and budgets by financial year. What those
// who put up capital want to know is left to [Invest].
func Run(r *montecarlo.Result, p *model.Programme) []Table {
	tables := []Table{totals(r, p), probabilities(r)}
	if t, ok := Quarters(r, p); ok {
		tables = append(tables, t)
	}
	if t, ok := Achieved(r, p); ok {
		tables = append(tables, t)
	}
	if t, ok := Affordable(r, p); ok {
		tables = append(tables, t)
	}
	return slices.Concat(tables, Drawdowns(r, p), Budgets(r))
}

func totals(r *montecarlo.Result, p *model.Programme) Table {
	t := Table{
		Title: fmt.Sprintf("%s\nCase: %s\n%s replications, seed %d; £ in %s",
			r.Title, r.Case, Count(float64(r.Conventions.Replications)), r.Conventions.Seed, r.Conventions.PriceBase),
		Columns: []string{"", "central", "mean", "standard error", "standard deviation"},
		Notes:   notes(r),
	}
	if len(r.Totals) > 0 {
		for _, q := range r.Totals[0].Quantiles {
			t.Columns = append(t.Columns, fmt.Sprintf("%g%%", 100*q.P))
		}
	}
	if p.Delivery != nil {
		t.Notes = slices.Insert(t.Notes, 0, "What delivery costs, the capital it takes and what investors get back: edgeofcare invest.")
	}
	for _, group := range grouping(withoutCapital(r.Totals)) {
		if len(group) > 1 && group[0].part() {
			t.Add(heading(group[0].Name, p))
		}
		for _, s := range group {
			label := heading(s.Name, p)
			if s.part() {
				label = "  " + strings.TrimPrefix(s.Measure.String(), s.Name+", ")
				if len(group) == 1 {
					label = heading(s.Name, p) + ", " + s.Of
				}
			}
			cells := []string{label, value(s.Central, s.Unit), value(s.Mean, s.Unit), fine(s.StdErr, s.Unit), fine(s.SD, s.Unit)}
			for _, q := range s.Quantiles {
				cells = append(cells, value(q.Value, s.Unit))
			}
			t.Add(cells...)
		}
	}
	return t
}

// withoutCapital leaves out what only those who put up capital ask for.
func withoutCapital(totals []montecarlo.Summary) []montecarlo.Summary {
	return slices.DeleteFunc(slices.Clone(totals), func(s montecarlo.Summary) bool { return s.OfCapital() })
}

// total is a summary to be laid out.
type total struct{ montecarlo.Summary }

// part tells whether the figure is a part of a whole.
func (t total) part() bool { return t.Of != "" || t.Arm != "" }

// grouping puts the figures of one name together, the whole before its parts.
func grouping(totals []montecarlo.Summary) [][]total {
	var groups [][]total
	place := map[string]int{}
	for _, s := range totals {
		i, ok := place[s.Name]
		if !ok {
			i = len(groups)
			place[s.Name] = i
			groups = append(groups, nil)
		}
		if one := (total{s}); one.part() {
			groups[i] = append(groups[i], one)
		} else {
			groups[i] = append([]total{one}, groups[i]...)
		}
	}
	return groups
}

// heading is what a measure is called in a programme's report.
func heading(name string, p *model.Programme) string {
	switch name {
	case montecarlo.ReferredEarly:
		return fmt.Sprintf("Children referred in the first %d weeks (minimum %d)", p.MinimumReferrals.Weeks, p.MinimumReferrals.Children)
	case montecarlo.PaidUnits:
		if unit, ok := oneUnit(p); ok {
			return "Payable " + unit + before(p)
		}
		return "Payable units" + before(p)
	case montecarlo.PaymentsToDate:
		return "Outcome payments to the last published quarter"
	}
	return capital(name)
}

// fine writes an error or deviation, with a decimal more for small counts.
func fine(v float64, u montecarlo.Unit) string {
	switch u {
	case montecarlo.Pounds:
		return Money(v)
	case montecarlo.Ratio, montecarlo.Children:
		return grouped(v, 3)
	default:
		return Decimal(v)
	}
}

func probabilities(r *montecarlo.Result) Table {
	t := Table{Title: "How likely, at these rates", Columns: []string{"", "probability", "standard error"}}
	for _, p := range r.Probabilities {
		if (montecarlo.Measure{Name: p.Event}).OfCapital() || p.Event == montecarlo.AboveAffordable {
			continue // each has a table of its own
		}
		name := capital(p.Event)
		if p.Of != "" {
			name = p.Of + ": " + p.Event
		}
		t.Add(name, Percent(p.Probability), Percent(p.StdErr))
	}
	t.Add("Deadweight: weeks of success without the programme, as a share of those with it")
	for _, d := range r.Deadweight {
		t.Add("  "+d.Metric+", cohort "+d.Cohort, Percent(d.Share), "exact")
	}
	return t
}

// Quarters lays payments out by quarter: the plans in force, what was paid, and
// the model; and says whether there is anything to lay out.
func Quarters(r *montecarlo.Result, p *model.Programme) (Table, bool) {
	s, ok := r.Quarters(montecarlo.Payments, "")
	if !ok {
		return Table{}, false
	}
	t := Table{Title: "Outcome payments by quarter, modelled against published", Columns: []string{"quarter"}}
	for _, plan := range p.Published.Plans {
		t.Columns = append(t.Columns, plan.Name)
	}
	t.Columns = append(t.Columns, "actual", "central", "mean")
	if len(s.By) > 0 && len(s.By[0].Quantiles) > 0 {
		q := s.By[0].Quantiles
		t.Columns = append(t.Columns, fmt.Sprintf("%g%%", 100*q[0].P), fmt.Sprintf("%g%%", 100*q[len(q)-1].P))
	}
	t.Columns = append(t.Columns, "actual so far", "central so far", "difference")
	paid, modelled, before, found := 0.0, 0.0, 0.0, false
	quarters := p.Shape().Quarters
	for i, period := range s.Periods {
		quarter := quarters[i]
		cells := []string{period}
		for _, plan := range p.Published.Plans {
			cells = append(cells, amount(plan.Payments, quarter))
		}
		cells = append(cells, amount(p.Published.Actual, quarter), Money(s.Central[i]), Money(s.By[i].Mean))
		if q := s.By[i].Quantiles; len(q) > 0 {
			cells = append(cells, Money(q[0].Value), Money(q[len(q)-1].Value))
		}
		if actual, ok := find(p.Published.Actual, quarter); ok {
			paid += actual
			modelled += before + s.Central[i]
			before, found = 0, true
			cells = append(cells, Money(paid), Money(modelled), over(modelled, paid))
		} else {
			cells = append(cells, "", "", "")
			if !found {
				before += s.Central[i] // nothing was paid before the first published payment
			}
		}
		t.Add(cells...)
	}
	if paid > 0 {
		t.Notes = append(t.Notes, "The difference is central over actual so far, less 1, over the quarters whose payments are published and those before them.")
	}
	for _, plan := range p.Published.Plans {
		t.Notes = append(t.Notes, planNote(plan, quarters))
	}
	return t, true
}

// over is how far one amount is above another, as a share of the other.
func over(a, b float64) string {
	if b == 0 {
		return ""
	}
	return Percent(a/b - 1)
}

// planNote says when a plan was in force and what of it the table does not show.
func planNote(plan model.Plan, quarters []calendar.Quarter) string {
	note := plan.Name + " was in force from " + plan.From.Long()
	if plan.To.IsZero() {
		note += " on"
	} else {
		note += " to " + plan.To.Long()
	}
	total, outside := 0.0, 0.0
	for _, a := range plan.Payments {
		v := a.Amount.InexactFloat64()
		total += v
		if !slices.Contains(quarters, a.Quarter) {
			outside += v
		}
	}
	note += "; it comes to " + Money(total)
	if outside != 0 {
		note += ", of which " + Money(outside) + " is for quarters outside the horizon"
	}
	return note + "."
}

// Achieved lays units earned by metric out beside what has been published, and
// says whether anything has.
func Achieved(r *montecarlo.Result, p *model.Programme) (Table, bool) {
	t := Table{
		Title:   "Units by metric, modelled against published",
		Columns: []string{"metric", "by", "published", "central", "difference", "target for the whole contract"}, Text: 2,
	}
	for _, result := range p.Published.Results {
		series, ok := r.Quarters(montecarlo.PaidUnits, result.Metric)
		if !ok {
			continue
		}
		modelled := 0.0
		for i, q := range p.Shape().Quarters {
			if !q.Last().After(result.By) {
				modelled += series.Central[i]
			}
		}
		target := ""
		for _, m := range p.Contract.Metrics {
			if m.Name == result.Metric && m.TargetUnits > 0 {
				target = Count(float64(m.TargetUnits))
			}
		}
		difference := ""
		if result.Units > 0 {
			difference = Percent(modelled/float64(result.Units) - 1)
		}
		t.Add(result.Metric, result.By.Long(), Count(float64(result.Units)), Count(modelled), difference, target)
	}
	return t, len(t.Rows) > 0
}

func find(amounts []model.QuarterAmount, q calendar.Quarter) (float64, bool) {
	for _, a := range amounts {
		if a.Quarter == q {
			return a.Amount.InexactFloat64(), true
		}
	}
	return 0, false
}

func amount(amounts []model.QuarterAmount, q calendar.Quarter) string {
	v, ok := find(amounts, q)
	if !ok {
		return ""
	}
	return Money(v)
}

// Budgets lays the central projection out by commissioner and financial year.
func Budgets(r *montecarlo.Result) []Table {
	var tables []Table
	for _, b := range r.Budgets {
		t := Table{
			Title: b.Commissioner + " by financial year, central projection",
			Columns: []string{
				"year", "own payments", "paid by others", "gross avoided", "net saving", "cashable", "cashable less own payments",
			},
		}
		total := make([]float64, 6)
		for _, y := range b.Years {
			cells := []string{y.Year.String()}
			for i, amount := range []decimal.Decimal{y.OwnPayments, y.OthersPayments, y.GrossAvoided, y.NetSaving, y.Cashable, y.NetCashable} {
				total[i] += amount.InexactFloat64()
				cells = append(cells, Money(amount.InexactFloat64()))
			}
			t.Add(cells...)
		}
		cells := []string{"total"}
		for _, v := range total {
			cells = append(cells, Money(v))
		}
		t.Add(cells...)
		tables = append(tables, t)
	}
	if n := len(tables); n > 0 {
		c := r.Conventions
		tables[n-1].Notes = append(tables[n-1].Notes,
			fmt.Sprintf("The first year begins on %s and the last ends on %s. Net saving is gross avoided less own payments; over all commissioners it is more than the net public saving by what the other payers pay.",
				c.Start.Long(), c.Horizon.Long()))
	}
	return tables
}

// Backtest lays a backtest out: cumulative payments, modelled and actual.
func Backtest(b *calibrate.Backtest) Table {
	t := Table{
		Title:   fmt.Sprintf("%s × %.4f, fitted to payments to %s", b.Path, b.Multiplier, b.FittedTo),
		Columns: []string{"quarter", "", "actual so far", "modelled so far", "error"}, Text: 2,
		Notes: []string{"Error is modelled over actual, less 1. Only quarters after the fit say anything about how well the model predicts."},
	}
	for _, q := range b.Quarters {
		kind := "fitted"
		if q.Held {
			kind = "held out"
		}
		t.Add(q.Quarter.String(), kind, Money(q.Actual), Money(q.Modelled), Percent(q.Error))
	}
	return t
}
