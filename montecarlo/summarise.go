package montecarlo

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
)

// summarise turns the values of the first n replications into a result.
func (r *runner) summarise(n int) *Result {
	result := &Result{
		Programme: r.programme.Name, Title: r.programme.Title, Case: r.programme.Case,
		Conventions: r.conventions(n), Incomplete: n < r.options.Replications,
		Budgets: finance.Budgets(r.central), Deadweight: r.expectation.Deadweight,
		Cautions: r.programme.Cautions, run: r,
	}
	described := r.describe(n)
	for _, c := range r.columns {
		switch {
		case c.period == quarterly:
			var periods []string
			for _, q := range r.sheet.shape.Quarters {
				periods = append(periods, q.String())
			}
			result.Quarterly = append(result.Quarterly, r.series(c, periods, described))
		case c.period == yearly:
			var periods []string
			for _, y := range r.sheet.years {
				periods = append(periods, y.String())
			}
			result.Yearly = append(result.Yearly, r.series(c, periods, described))
		case c.period == daily:
			var periods []string
			for _, day := range r.account.Days {
				periods = append(periods, day.String())
			}
			result.Daily = append(result.Daily, r.series(c, periods, described))
		case slices.Contains(ranked, c.Name):
			result.Ranked = append(result.Ranked, r.rank(c, n))
		case c.Unit == Probability:
			d := described[c.at]
			result.Probabilities = append(result.Probabilities, ProbabilityOf{c.Name, c.Of, d.Mean, d.StdErr})
		case !finite(r.centre[c.at]) || !finite(described[c.at].Mean):
			result.warn(NoPayments, "the %s is left out: there are replications without any payment", c.Measure)
		default:
			result.Totals = append(result.Totals, Summary{
				Measure: c.Measure, Central: c.scale(r.centre[c.at]), Exact: r.exact(c), ExactSD: r.exactSD(c), Distribution: described[c.at],
			})
		}
	}
	result.check()
	r.warnings(result, n)
	return result
}

func (r *runner) series(c column, periods []string, described []Distribution) Series {
	s := Series{Measure: c.Measure, Exact: r.exact(c), Periods: periods, By: described[c.at : c.at+c.width]}
	for _, v := range r.centre[c.at : c.at+c.width] {
		s.Central = append(s.Central, c.scale(v))
	}
	return s
}

// describe works out the distribution of every value, on all workers.
func (r *runner) describe(n int) []Distribution {
	described := make([]Distribution, len(r.centre))
	columns := r.byValue()
	r.overValues(func(i int) {
		tails := columns[i].period == overall
		if r.condensed != nil {
			described[i] = r.condensed[i].distribution(r.options.Quantiles, tails)
			return
		}
		described[i] = distribution(r.column(columns[i], i, n), r.options.Quantiles, tails)
	})
	return described
}
