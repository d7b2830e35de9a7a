package report

import (
	"fmt"
	"io"
	"strconv"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// InvestFigures writes every figure of capital as CSV, one row each, for every
// result of a comparison: totals, figures without a mean such as rates of
// return, probabilities, the position by day if the results have it, and the
// central cash by financial year. Columns are those of [Figures], and for each
// quantile its bounds and the mean of the replications beyond it. An empty
// quantile of a rate of return or a money multiple means that no capital is
// needed, one of a time that it never comes. The programmes are those of the
// results, in the same order.
func InvestFigures(w io.Writer, c *montecarlo.Comparison, cases []*model.Programme) error {
	f := newTailFigures(w, c.Results[0])
	for i, r := range c.Results {
		f.capital(r)
		f.cash(r, cases[i])
	}
	return f.flush()
}

// newTailFigures is newFigures with more columns for every quantile.
func newTailFigures(w io.Writer, first *montecarlo.Result) *figures {
	return startFigures(w, first, func(p float64) []string {
		name := fmt.Sprintf("quantile_%g", 100*p)
		return []string{name, name + "_low", name + "_high", fmt.Sprintf("mean_beyond_%g", 100*p), fmt.Sprintf("mean_beyond_%g_standard_error", 100*p)}
	}, func(q montecarlo.Quantile) []string {
		return []string{number(q.Value), number(q.Low), number(q.High), unlessZero(q.Beyond), unlessZero(q.BeyondStdErr)}
	})
}

// unlessZero is number, or nothing where there is no such figure.
func unlessZero(v float64) string {
	if v == 0 {
		return ""
	}
	return number(v)
}

// capital writes the figures of capital of one result.
func (f *figures) capital(r *montecarlo.Result) {
	for _, s := range r.Totals {
		if s.OfCapital() {
			f.row(r.Case, s.Measure, "", number(s.Central), strconv.FormatBool(s.Exact), s.Distribution)
		}
	}
	f.ranked(r)
	for _, p := range r.Probabilities {
		if m := (montecarlo.Measure{Name: p.Event, Of: p.Of, Unit: montecarlo.Probability}); m.OfCapital() {
			f.row(r.Case, m, "", "", "", montecarlo.Distribution{Mean: p.Probability, StdErr: p.StdErr})
		}
	}
	for _, s := range r.Daily {
		for i, period := range s.Periods {
			f.row(r.Case, s.Measure, period, number(s.Central[i]), strconv.FormatBool(s.Exact), s.By[i])
		}
	}
}

// ranked writes figures that have no mean.
func (f *figures) ranked(r *montecarlo.Result) {
	for _, one := range r.Ranked {
		var cells []string
		for _, q := range one.Quantiles {
			cells = append(cells, orNothing(q.Value))
			for range f.perQuantile - 1 {
				cells = append(cells, "")
			}
			if f.perQuantile > 2 {
				copy(cells[len(cells)-f.perQuantile+1:], []string{orNothing(q.Low), orNothing(q.High)})
			}
		}
		f.write(r.Case, one.Measure, "", []string{orNothing(one.Central), "", "", "", ""}, cells)
		m := one.Measure
		m.Name, m.Unit = m.Name+" is defined", montecarlo.Probability
		f.row(r.Case, m, "", "", "", montecarlo.Distribution{Mean: one.Defined})
	}
}

// orNothing is number, or nothing for a figure without bound.
func orNothing(v *float64) string {
	if v == nil {
		return ""
	}
	return number(*v)
}

// cash writes the central cash flow by financial year.
func (f *figures) cash(r *montecarlo.Result, p *model.Programme) {
	for _, t := range CashFlow(r, p) {
		for _, row := range t.Rows {
			for i := 1; i < len(row)-1; i++ {
				m := montecarlo.Measure{Name: "cash by financial year", Of: row[0]}
				f.write(r.Case, m, t.Columns[i], []string{bare.Replace(row[i]), "", "", "", ""}, nil)
			}
		}
	}
}
