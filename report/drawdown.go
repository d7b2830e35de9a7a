package report

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
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
	p := r.Version.Programme
	var tables []Table
	for _, payer := range outsidePayers(p) {
		after := 0
		if p.Delivery != nil {
			after = p.Delivery.ClaimsPaidAfter
		}
		schedule, err := finance.Drawdown(r.Ledger, payer, after)
		if err != nil {
			continue // a programme that has been run can be priced; its days may pass the year 9999
		}
		tables = append(tables, drawdownTable(r, schedule, after))
	}
	return tables
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

func drawdownTable(r *montecarlo.Result, s finance.PayerSchedule, after int) Table {
	t := Table{
		Title:   s.Payer + " by financial year: what it will be asked for",
		Columns: append(textColumns("year"), figureColumns("paid in the year", "paid so far", "claimed for the year")...),
		Notes:   []string{"Paid and claimed are the central projection. " + paidAfter(after) + " Nothing is taken off for what may be disallowed."},
	}
	if note := laterMoney(r.Ledger); note != "" && after > 0 {
		t.Notes = append(t.Notes, note)
	}
	series, ok := yearly(r, montecarlo.Payments, s.Payer)
	if ok {
		t.Columns = append(t.Columns, Column{Heading: "mean of claims"})
		t.About = quantilesLine(r, series.By[0])
		for _, q := range outermost(series.By[0]) {
			t.Columns = append(t.Columns, Column{Heading: words.Percentile(q.P)})
		}
	}
	paid, claimed := 0.0, 0.0
	for _, year := range drawdownYears(s) {
		inYear, forYear := paidIn(s, year), claimedFor(s, year)
		paid, claimed = paid+inYear, claimed+forYear
		cells := []Cell{text(year.String()), money(inYear), money(paid), money(forYear)}
		if i := slices.Index(r.Years, year); i >= 0 && i < len(series.By) { // a run without series has none
			cells = append(cells, meanAndRange(series.By[i])...)
		}
		t.add(cells...)
	}
	cells := []Cell{text("total"), money(paid), {}, money(claimed)}
	if total, found := r.Totals.Of(montecarlo.Payments, s.Payer); found && ok {
		cells = append(cells, meanAndRange(total.Distribution)...)
	}
	t.add(cells...)
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
	return "Claims keep their value until they are paid, so one that is paid in the next financial year is paid in more pounds of the day."
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

// drawdownYears are the financial years of claims and of payments.
func drawdownYears(s finance.PayerSchedule) []calendar.FinancialYear {
	var years []calendar.FinancialYear
	for _, q := range s.Quarters {
		years = append(years, q.Quarter.FinancialYear())
	}
	for _, y := range s.Years {
		years = append(years, y.Year)
	}
	slices.Sort(years)
	return slices.Compact(years)
}

func paidIn(s finance.PayerSchedule, year calendar.FinancialYear) float64 {
	for _, y := range s.Years {
		if y.Year == year {
			return y.Paid.InexactFloat64()
		}
	}
	return 0
}

func claimedFor(s finance.PayerSchedule, year calendar.FinancialYear) float64 {
	sum := 0.0
	for _, q := range s.Quarters {
		if q.Quarter.FinancialYear() == year {
			sum += q.Claimed.InexactFloat64()
		}
	}
	return sum
}
