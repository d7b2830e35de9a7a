package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Figures writes every figure of some results as CSV, one row each: totals,
// probabilities, and series with their periods. Amounts are in £, to
// a millionth. Quantile columns are those of the first result.
func Figures(w io.Writer, results ...*montecarlo.Result) error {
	out := csv.NewWriter(w)
	header := []string{
		"programme", "case", "measure", "of", "arm", "period", "unit",
		"central", "central_is_exact_mean", "mean", "standard_deviation", "monte_carlo_standard_error",
	}
	quantiles := 0
	if len(results) > 0 && len(results[0].Totals) > 0 {
		for _, q := range results[0].Totals[0].Quantiles {
			header = append(header, fmt.Sprintf("quantile_%g", 100*q.P))
			quantiles++
		}
	}
	header = append(header, "replications", "seed", "price_base")
	if err := out.Write(header); err != nil {
		return err
	}
	for _, r := range results {
		row := func(m montecarlo.Measure, period, central, exact string, d montecarlo.Distribution) {
			cells := []string{
				Safe(r.Programme), Safe(r.Case), m.Name, Safe(m.Of), m.Arm, period, m.Unit.String(),
				central, exact, number(d.Mean), number(d.SD), number(d.StdErr),
			}
			for i := range quantiles {
				cell := ""
				if i < len(d.Quantiles) {
					cell = number(d.Quantiles[i].Value)
				}
				cells = append(cells, cell)
			}
			cells = append(cells, strconv.Itoa(r.Conventions.Replications), strconv.FormatUint(r.Conventions.Seed, 10), Safe(r.Conventions.PriceBase))
			out.Write(cells) // the writer keeps its first error
		}
		for _, s := range r.Totals {
			row(s.Measure, "", number(s.Central), strconv.FormatBool(s.Exact), s.Distribution)
		}
		for _, p := range r.Probabilities {
			m := montecarlo.Measure{Name: p.Event, Of: p.Of, Unit: montecarlo.Probability}
			row(m, "", "", "", montecarlo.Distribution{Mean: p.Probability, StdErr: p.StdErr})
		}
		for _, series := range [][]montecarlo.Series{r.Quarterly, r.Yearly} {
			for _, s := range series {
				for i, period := range s.Periods {
					row(s.Measure, period, number(s.Central[i]), strconv.FormatBool(s.Exact), s.By[i])
				}
			}
		}
	}
	out.Flush()
	return out.Error()
}

// number writes a figure to a millionth of its unit.
func number(v float64) string {
	return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64)
}
