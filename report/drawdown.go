package report

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// drawdowns lays out by financial year what each payer other than the councils,
// such as an outcomes fund, will be asked for: what it pays in the year, by day
// of payment, and what is claimed for the year.
func drawdowns(r *montecarlo.Result) []Table {
	var tables []Table
	for _, payer := range outsidePayers(r.Version.Programme) {
		if made, ok := paidByYear(r, montecarlo.PaymentsMade, payer); ok {
			tables = append(tables, drawdownTable(r, payer, made))
		}
	}
	return tables
}

// ownPaymentsMade sets what each council pays itself in a financial year, by day of
// payment, beside what is claimed for it, which is what its budget shows; and reports
// whether the two differ in any year.
func ownPaymentsMade(r *montecarlo.Result) (Table, bool) {
	t := Table{
		Title:   "What councils pay themselves, by financial year of payment",
		Columns: append(textColumns("council", "year"), figureColumns("claimed for the year, central", "paid in the year, central", "mean")...),
		Notes: []string{
			paidAfter(claimsPaidAfter(r.Version.Programme)) + " Claimed for the year is what the councils' tables by financial year show as own payments, as accounts that accrue have it. The cash leaves the council when it is paid.",
		},
	}
	if note := laterMoney(r.Ledger); note != "" {
		t.Notes = append(t.Notes, note)
	}
	differ := false
	for _, council := range r.Version.Programme.Shape().Commissioners {
		made, ok := paidByYear(r, montecarlo.PaymentsMade, council)
		claims, also := yearly(r, montecarlo.Payments, council)
		if !ok || !also {
			return t, false
		}
		t.About = quantilesLine(r, made.By[0])
		t.rangeColumns(made)
		claimed, paid, mean := 0.0, 0.0, 0.0
		for i, year := range r.PaidYears {
			if year < r.Years[0] {
				continue // of mobilisation
			}
			forYear := valueIn(r.Years, claims.Central, year)
			claimed, paid, mean = claimed+forYear, paid+made.Central[i], mean+made.By[i].Mean
			differ = differ || forYear != made.Central[i]
			t.add(append([]Cell{text(council), text(year.String()), money(forYear), money(made.Central[i])}, meanAndRange(made.By[i])...)...)
		}
		t.add(text(council), text("total"), money(claimed), money(paid), money(mean))
	}
	return t, differ
}

// rangeColumns adds columns for the outermost quantiles of a series, once.
func (t *Table) rangeColumns(s montecarlo.Series) {
	for _, q := range outermost(s.By[0]) {
		heading := words.Percentile(q.P)
		if !slices.ContainsFunc(t.Columns, func(c Column) bool { return c.Heading == heading }) {
			t.Columns = append(t.Columns, Column{Heading: heading})
		}
	}
}

// paidByYear returns a series over the financial years of payment, and whether the
// result has it.
func paidByYear(r *montecarlo.Result, name string, of ...string) (montecarlo.Series, bool) {
	s, ok := r.WhenPaid.Of(name, of...)
	return s, ok && len(s.By) == len(r.PaidYears) && len(s.Central) == len(s.By) && len(s.By) > 0 && len(r.Years) > 0
}

// valueIn is the value of a year; 0 for one that the years do not have.
func valueIn(years []calendar.FinancialYear, values []float64, year calendar.FinancialYear) float64 {
	if i := slices.Index(years, year); i >= 0 && i < len(values) {
		return values[i]
	}
	return 0
}

// claimsPaidAfter is how many days after its quarter a claim is paid.
func claimsPaidAfter(p *model.Programme) int {
	if p.Delivery == nil {
		return 0
	}
	return p.Delivery.ClaimsPaidAfter
}

// outsidePayers are the names of the payers that are no councils, in order.
func outsidePayers(p *model.Programme) (names []string) {
	for _, payer := range p.Contract.Payers {
		if payer.Name != contract.ClaimingCommissioner && !isCouncil(p, payer.Name) {
			names = append(names, payer.Name)
		}
	}
	return names
}

func drawdownTable(r *montecarlo.Result, payer string, made montecarlo.Series) Table {
	after := claimsPaidAfter(r.Version.Programme)
	t := Table{
		Title:   payer + " by financial year: what it will be asked for",
		Columns: append(textColumns("year"), figureColumns("claimed for the year", "paid in the year", "paid so far", "paid in the year, mean")...),
		Notes: []string{
			"Claimed, paid and paid so far are the central projection; the mean and the range are of what is paid in the year. " + paidAfter(after) +
				" What is claimed for a year is what the councils' tables show as paid by others. Nothing is taken off for what may be disallowed.",
		},
	}
	if note := laterMoney(r.Ledger); note != "" && after > 0 {
		t.Notes = append(t.Notes, note)
	}
	t.About = quantilesLine(r, made.By[0])
	t.rangeColumns(made)
	claims, _ := yearly(r, montecarlo.Payments, payer)
	paid, claimed, mean := 0.0, 0.0, 0.0
	for i, year := range r.PaidYears {
		if year < r.Years[0] {
			continue // of mobilisation
		}
		mean += made.By[i].Mean
		forYear := valueIn(r.Years, claims.Central, year)
		paid, claimed = paid+made.Central[i], claimed+forYear
		t.add(append([]Cell{text(year.String()), money(forYear), money(made.Central[i]), money(paid)}, meanAndRange(made.By[i])...)...)
	}
	t.add(text("total"), money(claimed), money(paid), Cell{}, money(mean))
	return t
}

// laterMoney says why what is paid for a claim in a later financial year is not what
// was claimed; empty where it is the same.
func laterMoney(l *contract.Ledger) string {
	switch {
	case l.Fixed == l.Prices || l.Index.Inflation.IsZero():
		return ""
	case l.Fixed == contract.Cash:
		return "Claims are fixed in cash, so one that is paid in the next financial year is worth less by then, in constant prices, than when it was made."
	}
	return "Claims keep their value until they are paid, so one that is paid in the next financial year is more in cash of the day."
}

// paidAfter says when a claim is paid, given by the days after its quarter.
func paidAfter(after int) string {
	if after == 0 {
		return "A claim is made for a quarter and taken to be paid on its last day."
	}
	return fmt.Sprintf("A claim is made for a quarter and paid %s after it, so that one for January to March can be paid in the next year.", days.Of(float64(after)))
}

// meanAndRange are the mean and the outermost quantiles of an amount.
func meanAndRange(d montecarlo.Distribution) []Cell {
	cells := []Cell{money(d.Mean)}
	for _, q := range outermost(d) {
		cells = append(cells, money(q.Value))
	}
	return cells
}
