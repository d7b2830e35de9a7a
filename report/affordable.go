package report

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// affordable sets what councils pay themselves against what they can pay, and
// reports whether the programme states any limit.
func affordable(r *montecarlo.Result) (Table, bool) {
	p := r.Version.Programme
	highest := "highest quantile"
	if q := quantilesOf(r); len(q) > 0 {
		highest = words.Percentile(q[len(q)-1])
	}
	t := Table{
		Title: "Own payments against what is affordable in the year",
		Columns: append(textColumns("council", "year"), figureColumns(
			"affordable", "central", "left, central", "mean", highest, "probability of more than is affordable, "+over(r))...),
		Notes: []string{"Own payments only: what other payers pay of a council's claims is left out. Payments are not cut at these limits."},
	}
	for n, limit := range p.Affordability {
		most := amount(limit.Amount).from(p, fmt.Sprintf("affordability.%d.amount", n+1))
		cells := []Cell{text(limit.Commissioner), text(limit.Year.String()), most}
		series, ok := yearly(r, montecarlo.Payments, limit.Commissioner)
		if i := slices.Index(r.Years, limit.Year); ok && i >= 0 {
			by := series.By[i]
			high := none()
			if q := outermost(by); len(q) > 0 {
				high = money(q[1].Value)
			}
			cells = append(cells, money(series.Central[i]), money(*most.Value-series.Central[i]), estimate(by.Mean, by.StdErr, montecarlo.Pounds), high)
		} else { // run for totals only
			cells = append(cells, none(), none(), none(), none())
		}
		chance, _ := r.Probabilities.Of(montecarlo.AboveAffordable, limit.String())
		t.add(append(cells, chanceErr(chance))...)
	}
	return t, len(t.Rows) > 0
}

// yearly returns a series by financial year, and whether the result has it.
func yearly(r *montecarlo.Result, name, of string) (montecarlo.Series, bool) {
	for _, s := range r.Yearly {
		if s.Name == name && s.Of == of && len(s.By) > 0 {
			return s, true
		}
	}
	return montecarlo.Series{}, false
}
