package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// The sections of [InvestFigures].
const (
	cashByYear    = "cash by year"
	cashByDay     = "cash by day"
	balanceByYear = "balance by year"
	balanceByDay  = "balance by day"
	sumByYear     = "sum by year"
	figureOfAll   = "figure"
	figureByDay   = "figure by day"
)

// InvestFigures writes every figure of capital as CSV, one long table with one
// figure a row, for every result of a comparison. The programmes are those of
// the results, in the same order.
//
// Columns are programme, case, section, period, line, of, statistic, value, unit,
// replications, seed and price base. Sections are
//
//   - "cash by year" and "cash by day": the central projection to the penny, in
//     £, seen from the programme: what comes in is positive, what goes out
//     negative, and no row is a sum of others;
//   - "balance by year" and "balance by day": cash at the start and at the end,
//     which differ by the rows of cash of the year or day; and receipts less costs
//     added up from the first day;
//   - "sum by year": sums of rows of "cash by year", by kind;
//   - "figure" and "figure by day": totals, figures without a mean such as rates
//     of return, probabilities and the position by day over the replications; line
//     is the measure.
//
// A rate of return or a money multiple without a value means that no capital is
// needed, a time without one that it never comes. A result that was read back
// from JSON has figures only.
func InvestFigures(w io.Writer, c *montecarlo.Comparison, cases []*model.Programme) error {
	f := &longFigures{out: csv.NewWriter(w)}
	f.out.Write([]string{
		"programme", "case", "section", "period", "line", "of", "statistic", "value", "unit", "replications", "seed", "price_base",
	})
	for i, r := range c.Results {
		f.r = r
		f.years(cases[i])
		f.days()
		f.figures()
	}
	f.out.Flush()
	return f.out.Error()
}

// longFigures writes one figure a row; its writer keeps the first error.
type longFigures struct {
	out *csv.Writer
	r   *montecarlo.Result // that is being written
}

func (f *longFigures) row(section, period, statistic, value string, m montecarlo.Measure) {
	c := f.r.Conventions
	f.out.Write([]string{
		Safe(f.r.Programme), Safe(f.r.Case), section, period, Safe(m.Name), Safe(m.Of), statistic, value, unitInLetters(m.Unit),
		strconv.Itoa(c.Replications), strconv.FormatUint(c.Seed, 10), Safe(c.PriceBase),
	})
}

// unitInLetters is a unit in plain letters: a spreadsheet may not take the file
// for UTF-8.
func unitInLetters(u montecarlo.Unit) string {
	switch u {
	case montecarlo.Pounds:
		return "GBP"
	case montecarlo.Rate:
		return "rate a year"
	}
	return u.String()
}

// pence writes an amount of the central projection to the penny, unless it is 0.
func (f *longFigures) pence(section, period, line, of string, amount int64) {
	if amount != 0 {
		f.balance(section, period, line, of, amount)
	}
}

func (f *longFigures) balance(section, period, line, of string, amount int64) {
	f.row(section, period, "central", number(float64(amount)/100), montecarlo.Measure{Name: line, Of: of})
}

// The lines of cash. Costs come between what is found for a shortfall and
// interest.
const (
	cashReceipts        = "receipts"
	cashDrawn           = "drawn"
	cashShortfall       = "found for the shortfall"
	cashInterest        = "interest"
	cashRepaid          = "paid back"
	cashShortfallRepaid = "paid back of the shortfall"
)

// years writes cash by financial year, line by line, with its balances and sums.
func (f *longFigures) years(p *model.Programme) {
	a := f.r.Account()
	if a == nil {
		return
	}
	y := newCashYears(a)
	costs := y.costs(p)
	opening, closing := y.cash()
	receipts, all, position := y.sum(a.Receipts), y.sum(a.Costs), y.position()
	shortfall, shortfallRepaid := y.sum(a.Shortfall), y.sum(a.ShortfallRepaid)
	drawn, out := y.sum(overInvestors(a, a.Drawn)), y.sum(overInvestors(a, a.Interest, a.Repaid))
	for i, year := range y.years {
		period := year.String()
		f.pence(cashByYear, period, cashReceipts, "", receipts[i])
		for k, name := range a.Investors {
			f.pence(cashByYear, period, cashDrawn, name, y.party(a.Drawn, k)[i])
		}
		f.pence(cashByYear, period, cashShortfall, "", shortfall[i])
		for _, line := range costs {
			f.pence(cashByYear, period, "cost: "+strings.ToLower(line.name[:1])+line.name[1:], "", -line.pence[i])
		}
		for k, name := range a.Investors {
			f.pence(cashByYear, period, cashInterest, name, -y.party(a.Interest, k)[i])
			f.pence(cashByYear, period, cashRepaid, name, -y.party(a.Repaid, k)[i])
		}
		f.pence(cashByYear, period, cashShortfallRepaid, "", -shortfallRepaid[i])
		f.balance(balanceByYear, period, "cash at the start", "", opening[i])
		f.balance(balanceByYear, period, "cash at the end", "", closing[i])
		f.balance(balanceByYear, period, "receipts less costs, added up", "", position[i])
		f.balance(sumByYear, period, "all receipts", "", receipts[i])
		f.balance(sumByYear, period, "all costs of delivery", "", -all[i])
		f.balance(sumByYear, period, "all money from investors and for the shortfall", "", drawn[i]+shortfall[i])
		f.balance(sumByYear, period, "all money to investors and for the shortfall", "", -out[i]-shortfallRepaid[i])
	}
}

// days writes cash day by day.
func (f *longFigures) days() {
	a := f.r.Account()
	if a == nil {
		return
	}
	n, position, before := len(a.Days), int64(0), int64(0)
	for day, date := range a.Days {
		period := date.String()
		f.pence(cashByDay, period, cashReceipts, "", a.Receipts[day])
		for k, name := range a.Investors {
			f.pence(cashByDay, period, cashDrawn, name, a.Drawn[k*n+day])
		}
		f.pence(cashByDay, period, cashShortfall, "", a.Shortfall[day])
		f.pence(cashByDay, period, "cost of delivery", "", -a.Costs[day])
		for k, name := range a.Investors {
			f.pence(cashByDay, period, cashInterest, name, -a.Interest[k*n+day])
			f.pence(cashByDay, period, cashRepaid, name, -a.Repaid[k*n+day])
		}
		f.pence(cashByDay, period, cashShortfallRepaid, "", -a.ShortfallRepaid[day])
		position += a.Receipts[day] - a.Costs[day]
		f.balance(balanceByDay, period, "cash at the start", "", before)
		f.balance(balanceByDay, period, "cash at the end", "", a.Cash[day])
		f.balance(balanceByDay, period, "receipts less costs, added up", "", position)
		before = a.Cash[day]
	}
}

// figures writes totals, ranked figures, probabilities and the position by day.
func (f *longFigures) figures() {
	for _, s := range f.r.Totals {
		if s.OfCapital() {
			f.distribution(figureOfAll, "", s.Measure, s.Central, s.Distribution)
		}
	}
	for _, one := range f.r.Ranked {
		f.ranked(one)
	}
	for _, p := range f.r.Probabilities {
		m := montecarlo.Measure{Name: p.Event, Of: p.Of, Unit: montecarlo.Probability}
		if m.OfCapital() {
			f.row(figureOfAll, "", "probability", number(p.Probability), m)
			f.row(figureOfAll, "", "standard error", number(p.StdErr), m)
		}
	}
	for _, s := range f.r.Daily {
		for i, period := range s.Periods {
			f.distribution(figureByDay, period, s.Measure, s.Central[i], s.By[i])
		}
	}
}

func (f *longFigures) distribution(section, period string, m montecarlo.Measure, central float64, d montecarlo.Distribution) {
	write := func(statistic string, v float64) { f.row(section, period, statistic, number(v), m) }
	write("central", central)
	write("mean", d.Mean)
	write("standard error", d.StdErr)
	write("standard deviation", d.SD)
	for _, q := range d.Quantiles {
		name := quantileName(q.P)
		write(name, q.Value)
		if section == figureByDay {
			continue
		}
		write(name+" low", q.Low)
		write(name+" high", q.High)
		if q.Beyond != 0 {
			write("mean beyond "+name, q.Beyond)
			write("standard error of mean beyond "+name, q.BeyondStdErr)
		}
	}
}

// ranked writes a figure that has no mean. Where none is defined there is
// nothing but the share of replications in which one is.
func (f *longFigures) ranked(one montecarlo.Ranked) {
	write := func(statistic string, v *float64) { f.row(figureOfAll, "", statistic, orNothing(v), one.Measure) }
	write("central", one.Central)
	for _, q := range one.Quantiles {
		name := quantileName(q.P)
		write(name, q.Value)
		write(name+" low", q.Low)
		write(name+" high", q.High)
	}
	defined := one.Measure
	defined.Unit = montecarlo.Probability
	f.row(figureOfAll, "", "share of replications that have one", number(one.Defined), defined)
}

// quantileName is "P95" for 0.95.
func quantileName(p float64) string { return fmt.Sprintf("P%g", 100*p) }

// orNothing is number, or nothing for a figure without bound.
func orNothing(v *float64) string {
	if v == nil {
		return ""
	}
	return number(*v)
}
