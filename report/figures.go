package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Figures writes every figure of a result as CSV, one row each: totals, figures
// without a mean such as rates of return, probabilities, deadweight, series by
// quarter and financial year, and, with published as their case, the plans and
// payments that are published. Amounts are in £ (GBP), to a millionth.
func Figures(w io.Writer, r *montecarlo.Result, p *model.Programme) error {
	f := newFigures(w, r)
	f.result(r)
	f.published(p)
	return f.flush()
}

// ComparedFigures is Figures for every result of a comparison, with the paired
// differences as cases of their own: "high less low".
func ComparedFigures(w io.Writer, c *montecarlo.Comparison, p *model.Programme) error {
	f := newFigures(w, c.Results[0])
	for _, r := range c.Results {
		f.result(r)
	}
	for _, d := range c.Differences {
		f.row(d.Case+" less "+d.Against, d.Measure, "", number(d.Central), "", d.Distribution)
	}
	f.published(p)
	return f.flush()
}

// figures writes rows of one width; its writer keeps the first error.
type figures struct {
	out       *csv.Writer
	first     *montecarlo.Result
	quantiles int // columns
}

// newFigures writes the header.
func newFigures(w io.Writer, first *montecarlo.Result) *figures {
	f := &figures{out: csv.NewWriter(w), first: first}
	header := []string{
		"programme", "case", "measure", "of", "arm", "period", "unit",
		"central", "central_is_exact_mean", "mean", "standard_deviation", "monte_carlo_standard_error",
	}
	if len(first.Totals) > 0 {
		for _, q := range first.Totals[0].Quantiles {
			header = append(header, fmt.Sprintf("quantile_%g", 100*q.P))
			f.quantiles++
		}
	}
	f.out.Write(append(header, "replications", "seed", "price_base"))
	return f
}

func (f *figures) flush() error {
	f.out.Flush()
	return f.out.Error()
}

func (f *figures) result(r *montecarlo.Result) {
	for _, s := range r.Totals {
		f.row(r.Case, s.Measure, "", number(s.Central), strconv.FormatBool(s.Exact), s.Distribution)
	}
	f.ranked(r)
	for _, p := range r.Probabilities {
		m := montecarlo.Measure{Name: p.Event, Of: p.Of, Unit: montecarlo.Probability}
		f.row(r.Case, m, "", "", "", montecarlo.Distribution{Mean: p.Probability, StdErr: p.StdErr})
	}
	for _, d := range r.Deadweight {
		f.fact(r.Case, montecarlo.Measure{Name: "deadweight", Of: d.Metric + ", cohort " + d.Cohort, Unit: montecarlo.Ratio}, "", d.Share)
	}
	for _, series := range [][]montecarlo.Series{r.Quarterly, r.Yearly} {
		for _, s := range series {
			for i, period := range s.Periods {
				f.row(r.Case, s.Measure, period, number(s.Central[i]), strconv.FormatBool(s.Exact), s.By[i])
			}
		}
	}
}

// ranked writes figures that have no mean.
func (f *figures) ranked(r *montecarlo.Result) {
	for _, one := range r.Ranked {
		var cells []string
		for _, q := range one.Quantiles {
			cells = append(cells, orNothing(q.Value))
		}
		f.write(r.Case, one.Measure, "", []string{orNothing(one.Central), "", "", "", ""}, cells)
		m := one.Measure
		m.Name, m.Unit = m.Name+" is defined", montecarlo.Probability
		f.row(r.Case, m, "", "", "", montecarlo.Distribution{Mean: one.Defined})
	}
}

func (f *figures) published(p *model.Programme) {
	for _, a := range p.Published.Actual {
		f.fact("published", montecarlo.Measure{Name: "actual payments"}, a.Quarter.String(), a.Amount.InexactFloat64())
	}
	for _, plan := range p.Published.Plans {
		for _, a := range plan.Payments {
			f.fact("published", montecarlo.Measure{Name: "planned payments", Of: plan.Name}, a.Quarter.String(), a.Amount.InexactFloat64())
		}
	}
	for _, r := range p.Published.Results {
		f.fact("published", montecarlo.Measure{Name: "units achieved", Of: r.Metric, Unit: montecarlo.Units}, r.By.String(), float64(r.Units))
	}
}

// fact writes a figure that has no distribution.
func (f *figures) fact(caseName string, m montecarlo.Measure, period string, v float64) {
	f.write(caseName, m, period, []string{number(v), "", "", "", ""}, nil)
}

func (f *figures) row(caseName string, m montecarlo.Measure, period, central, exact string, d montecarlo.Distribution) {
	var quantiles []string
	for _, q := range d.Quantiles {
		quantiles = append(quantiles, number(q.Value))
	}
	f.write(caseName, m, period, []string{central, exact, number(d.Mean), number(d.SD), number(d.StdErr)}, quantiles)
}

func (f *figures) write(caseName string, m montecarlo.Measure, period string, values, quantiles []string) {
	unit := m.Unit.String()
	if m.Unit == montecarlo.Pounds {
		unit = "GBP" // plain letters: a spreadsheet may not take the file for UTF-8
	}
	cells := append([]string{Safe(f.first.Programme), Safe(caseName), m.Name, Safe(m.Of), m.Arm, period, unit}, values...)
	for i := range f.quantiles {
		cell := ""
		if i < len(quantiles) {
			cell = quantiles[i]
		}
		cells = append(cells, cell)
	}
	c := f.first.Conventions
	f.out.Write(append(cells, strconv.Itoa(c.Replications), strconv.FormatUint(c.Seed, 10), Safe(c.PriceBase)))
}

// number writes a figure to a millionth of its unit.
func number(v float64) string {
	return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64)
}
