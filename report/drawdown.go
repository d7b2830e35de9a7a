package report

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Drawdowns lays out by financial year what each payer other than the
// commissioners, such as an outcomes fund, will be asked for: what it pays in
// the year, by day of payment, and what is claimed for the year. The programme
// must be the result's.
func Drawdowns(r *montecarlo.Result, p *model.Programme) []Table {
	var tables []Table
	for _, payer := range p.Contract.Payers {
		if payer.Name == contract.ClaimingCommissioner {
			continue
		}
		after := 0
		if p.Delivery != nil {
			after = p.Delivery.ClaimsPaidAfter
		}
		schedule, err := drawdown(p, payer.Name, after)
		if err != nil {
			continue // a programme that has been run can be priced; its days may pass the year 9999
		}
		tables = append(tables, drawdownTable(r, schedule, after))
	}
	return tables
}

// drawdown is what a payer pays in the central projection.
func drawdown(p *model.Programme, payer string, after int) (finance.PayerSchedule, error) {
	e, err := expect.Of(p)
	if err != nil {
		return finance.PayerSchedule{}, err
	}
	pricer, err := p.Pricer()
	if err != nil {
		return finance.PayerSchedule{}, err
	}
	ledger := pricer.NewLedger()
	contract.Price(pricer, e.Counts, ledger)
	return finance.Drawdown(ledger, payer, after)
}

func drawdownTable(r *montecarlo.Result, s finance.PayerSchedule, after int) Table {
	t := Table{
		Title:   s.Payer + " by financial year: what it will be asked for",
		Columns: []string{"year", "paid in the year", "paid so far", "claimed for the year"},
		Notes: []string{fmt.Sprintf("Paid and claimed are the central projection. A claim is made for a quarter and paid %d days after it, so that for January to March can fall into the next year. Nothing is taken off for what may be disallowed.",
			after)},
	}
	series, ok := yearly(r, montecarlo.Payments, s.Payer)
	if ok {
		t.Columns = append(t.Columns, "mean of claims")
		for _, q := range outermost(series.By[0]) {
			t.Columns = append(t.Columns, fmt.Sprintf("%g%%", 100*q.P))
		}
	}
	paid, claimed := 0.0, 0.0
	for _, year := range drawdownYears(s) {
		inYear, forYear := paidIn(s, year), claimedFor(s, year)
		paid, claimed = paid+inYear, claimed+forYear
		cells := []string{year.String(), Money(inYear), Money(paid), Money(forYear)}
		if i := slices.Index(series.Periods, year.String()); i >= 0 {
			cells = append(cells, Money(series.By[i].Mean))
			for _, q := range outermost(series.By[i]) {
				cells = append(cells, Money(q.Value))
			}
		}
		t.Add(pad(cells, len(t.Columns))...)
	}
	cells := []string{"total", Money(paid), "", Money(claimed)}
	if total, found := r.Total(montecarlo.Payments, s.Payer); found && ok {
		cells = append(cells, Money(total.Mean))
		for _, q := range outermost(total.Distribution) {
			cells = append(cells, Money(q.Value))
		}
	}
	t.Add(pad(cells, len(t.Columns))...)
	return t
}

// pad adds empty cells up to a number of columns.
func pad(cells []string, columns int) []string {
	for len(cells) < columns {
		cells = append(cells, "")
	}
	return cells
}

// outermost are the outermost quantiles.
func outermost(d montecarlo.Distribution) []montecarlo.Quantile {
	if len(d.Quantiles) == 0 {
		return nil
	}
	return []montecarlo.Quantile{d.Quantiles[0], d.Quantiles[len(d.Quantiles)-1]}
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

// Affordable sets what commissioners pay themselves against what they can pay,
// and says whether the programme states any limit.
func Affordable(r *montecarlo.Result, p *model.Programme) (Table, bool) {
	t := Table{
		Title:   "Own payments against what is affordable in the year",
		Columns: []string{"commissioner", "year", "affordable", "central", "left, central", "mean", upperLabel(r), "chance of more than is affordable"}, Text: 2,
		Notes: []string{"Own payments only: what other payers pay of a commissioner's claims is left out. Payments are not cut at these limits."},
	}
	for _, limit := range p.Affordability {
		affordable := limit.Amount.InexactFloat64()
		cells := []string{limit.Commissioner, limit.Year.String(), Money(affordable)}
		series, ok := yearly(r, montecarlo.Payments, limit.Commissioner)
		if i := slices.Index(series.Periods, limit.Year.String()); ok && i >= 0 {
			cells = append(cells, Money(series.Central[i]), Money(affordable-series.Central[i]),
				within(series.By[i].Mean, series.By[i].StdErr, montecarlo.Pounds), highest(series.By[i]))
		} else { // run for totals only
			cells = append(cells, "-", "-", "-", "-")
		}
		chance, _ := r.Probability(montecarlo.AboveAffordable, limit.String())
		t.Add(append(cells, within(chance.Probability, chance.StdErr, montecarlo.Probability))...)
	}
	return t, len(t.Rows) > 0
}

// upperLabel names the highest quantile of a result.
func upperLabel(r *montecarlo.Result) string {
	if len(r.Totals) == 0 || len(r.Totals[0].Quantiles) == 0 {
		return "high"
	}
	q := r.Totals[0].Quantiles
	return fmt.Sprintf("%g%%", 100*q[len(q)-1].P)
}

func highest(d montecarlo.Distribution) string {
	if q := outermost(d); len(q) > 0 {
		return Money(q[1].Value)
	}
	return "-"
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
