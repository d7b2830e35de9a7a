package report

import (
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// The sections of a sheet of capital.
const (
	cashByYear    = "cash by year"
	cashByDay     = "cash by day"
	balanceByYear = "balance by year"
	balanceByDay  = "balance by day"
	sumByYear     = "sum by year"
	figureOfAll   = "figure"
	figureByYear  = "figure by year"
	figureByDay   = "figure by day"
)

// investSheet has every figure of capital, one in a row, for every result of a
// comparison. Sections are
//
//   - "cash by year" and "cash by day": the central projection to the penny, in
//     £, seen from the programme: what comes in is positive, what goes out
//     negative, and no row is a sum of others;
//   - "balance by year" and "balance by day": cash at the start and at the end,
//     which differ by the rows of cash of the year or day; and receipts less costs
//     added up from the first day;
//   - "sum by year": sums of rows of "cash by year", by kind;
//   - "figure by year": the mean, error and quantiles of what comes in and goes out in
//     a year, by day of payment, and of its balances; the central projection of these
//     is in the sections above;
//   - "figure" and "figure by day": totals, figures without a mean such as rates
//     of return, probabilities and the position by day over the replications; line
//     is the measure.
//
// A rate of return or a money multiple without a value means that no capital is
// needed, a time without one that it never comes. A result that was read back
// from JSON has figures only.
func investSheet(c *montecarlo.Comparison) Table {
	s := &capitalSheet{table: Table{Sheet: true, Columns: append(append(
		textColumns("programme", "case", "section", "period", "level", "line", "of", "statistic"),
		figureColumns("value")...), textColumns("unit", "replications", "seed", "price_base")...)}}
	for _, r := range c.Results {
		s.result = r
		s.years(r.Version.Programme)
		s.days()
		s.figures()
	}
	return s.table
}

// capitalSheet is one figure in a row.
type capitalSheet struct {
	table  Table
	result *montecarlo.Result // that is being laid out
}

func (s *capitalSheet) add(section, period, statistic string, v *float64, m montecarlo.Key) {
	c, unit := s.result.Conventions, capitalUnit(m.Unit)
	cells := texts(s.result.Version.Programme.Name, s.result.Version.Name(), section, period, s.level(section, m), m.Name, m.Of, statistic)
	cells = append(cells, orNothing(v, unit), text(unit))
	s.table.add(append(append(cells, runCells(c)...), text(c.PriceBase))...)
}

// level is which rows of a section may be added up.
func (s *capitalSheet) level(section string, m montecarlo.Key) string {
	switch section {
	case cashByYear:
		return levelLine + " by year"
	case cashByDay:
		return levelLine + " by day"
	case balanceByYear:
		return levelBalance + " by year"
	case balanceByDay, figureByDay:
		return levelBalance + " by day"
	case sumByYear:
		return levelTotal + " by year"
	case figureByYear:
		if m.Name == montecarlo.CashHeld || m.Name == montecarlo.Position {
			return levelBalance + " by year"
		}
		return levelTotal + " by year"
	}
	return levelOf(m, s.result.Version.Programme)
}

func capitalUnit(u montecarlo.Unit) string {
	if u == montecarlo.Rate {
		return "rate a year"
	}
	return unitName(u)
}

// pence adds an amount of the central projection to the penny, unless it is 0.
func (s *capitalSheet) pence(section, period, line, of string, amount int64) {
	if amount != 0 {
		s.balance(section, period, line, of, amount)
	}
}

func (s *capitalSheet) balance(section, period, line, of string, amount int64) {
	pounds := float64(amount) / 100
	s.add(section, period, "central", &pounds, montecarlo.Key{Name: line, Of: of, Unit: montecarlo.Pounds})
}

// The lines of cash. Costs come between what is found for a shortfall and
// interest.
const (
	cashReceipts        = "receipts"
	cashDrawn           = "drawn"
	cashShortfall       = "found for the shortfall"
	cashGuaranteed      = "paid under the guarantee"
	cashFee             = "commitment fee"
	cashInterest        = "interest"
	cashRepaid          = "paid back"
	cashShortfallRepaid = "paid back of the shortfall"
	cashRevalued        = "change in the value of cash held"
)

// years adds cash by financial year, line by line, with its balances and sums.
func (s *capitalSheet) years(p *model.Programme) {
	a := s.result.Account
	if a == nil {
		return
	}
	y := newCashYears(a)
	costs := y.costs(p)
	opening, closing := y.cash()
	receipts, all, position := y.sum(a.Receipts), y.sum(a.Costs), y.position()
	revalued, in, out := y.sum(a.Revalued), y.sum(a.Drawn, a.Shortfall, a.Guaranteed), y.sum(a.Fees, a.Interest, a.Repaid, a.ShortfallRepaid)
	for i, year := range y.years {
		period := year.String()
		s.pence(cashByYear, period, cashReceipts, "", receipts[i])
		for k, name := range a.Investors {
			s.pence(cashByYear, period, cashDrawn, name, y.party(a.Drawn, k)[i])
		}
		for k := range a.Finders {
			s.pence(cashByYear, period, cashShortfall, s.finder(k), y.party(a.Shortfall, k)[i])
		}
		for k, name := range a.Investors {
			s.pence(cashByYear, period, cashGuaranteed, name, y.party(a.Guaranteed, k)[i])
		}
		for _, line := range costs {
			s.pence(cashByYear, period, "cost: "+words.Small(line.name), "", -line.pence[i])
		}
		for k, name := range a.Investors {
			s.pence(cashByYear, period, cashFee, name, -y.party(a.Fees, k)[i])
			s.pence(cashByYear, period, cashInterest, name, -y.party(a.Interest, k)[i])
			s.pence(cashByYear, period, cashRepaid, name, -y.party(a.Repaid, k)[i])
		}
		for k := range a.Finders {
			s.pence(cashByYear, period, cashShortfallRepaid, s.finder(k), -y.party(a.ShortfallRepaid, k)[i])
		}
		s.pence(cashByYear, period, cashRevalued, "", revalued[i])
		s.balance(balanceByYear, period, "cash at the start", "", opening[i])
		s.balance(balanceByYear, period, "cash at the end", "", closing[i])
		s.balance(balanceByYear, period, "receipts less costs, added up", "", position[i])
		s.balance(sumByYear, period, "all receipts", "", receipts[i])
		s.balance(sumByYear, period, "all costs of delivery", "", -all[i])
		s.balance(sumByYear, period, "all money from investors and for the shortfall", "", in[i])
		s.balance(sumByYear, period, "all money to investors and for the shortfall", "", -out[i])
	}
}

// finder is the name of who finds the money for a shortfall; nothing where it is
// the only one, whose name nobody needs.
func (s *capitalSheet) finder(k int) string {
	if len(s.result.Account.Finders) == 1 {
		return ""
	}
	return s.result.Account.Finders[k]
}

// days adds cash day by day.
func (s *capitalSheet) days() {
	a := s.result.Account
	if a == nil {
		return
	}
	n, position, before := len(a.Days), int64(0), int64(0)
	for day, date := range a.Days {
		period := date.String()
		s.pence(cashByDay, period, cashReceipts, "", a.Receipts[day])
		for k, name := range a.Investors {
			s.pence(cashByDay, period, cashDrawn, name, a.Drawn[k*n+day])
		}
		for k := range a.Finders {
			s.pence(cashByDay, period, cashShortfall, s.finder(k), a.Shortfall[k*n+day])
		}
		for k, name := range a.Investors {
			s.pence(cashByDay, period, cashGuaranteed, name, a.Guaranteed[k*n+day])
		}
		s.pence(cashByDay, period, "cost of delivery", "", -a.Costs[day])
		for k, name := range a.Investors {
			s.pence(cashByDay, period, cashFee, name, -a.Fees[k*n+day])
			s.pence(cashByDay, period, cashInterest, name, -a.Interest[k*n+day])
			s.pence(cashByDay, period, cashRepaid, name, -a.Repaid[k*n+day])
		}
		for k := range a.Finders {
			s.pence(cashByDay, period, cashShortfallRepaid, s.finder(k), -a.ShortfallRepaid[k*n+day])
		}
		s.pence(cashByDay, period, cashRevalued, "", a.Revalued[day])
		position += a.Receipts[day] - a.Costs[day]
		s.balance(balanceByDay, period, "cash at the start", "", before)
		s.balance(balanceByDay, period, "cash at the end", "", a.Cash[day])
		s.balance(balanceByDay, period, "receipts less costs, added up", "", position)
		before = a.Cash[day]
	}
}

// figures adds totals, ranked figures, probabilities and the position by day.
func (s *capitalSheet) figures() {
	for _, t := range s.result.Totals {
		if t.NeedsDelivery() {
			s.distribution(figureOfAll, "", t.Key, &t.Central, t.Distribution)
		}
	}
	for _, one := range s.result.Ranked {
		s.ranked(one)
	}
	for _, p := range s.result.Probabilities {
		m := p.Key
		if m.NeedsDelivery() {
			s.add(figureOfAll, "", "probability", &p.Probability, m)
			s.add(figureOfAll, "", "standard error", p.StdErr, m)
		}
	}
	if stopping := s.result.Stopping; stopping != nil {
		for _, k := range stopping.Means {
			s.add(figureOfAll, "", "best estimate of the mean", &k.Mean, k.Key)
			s.add(figureOfAll, "", "standard error of the best estimate", &k.StdErr, k.Key)
		}
	}
	for _, one := range s.result.WhenPaid {
		for i, year := range s.result.PaidYears {
			if one.NeedsDelivery() {
				s.distribution(figureByYear, year.String(), one.Key, nil, one.By[i])
			}
		}
	}
	for _, one := range s.result.Daily {
		for i, day := range s.result.Days {
			s.distribution(figureByDay, day.String(), one.Key, &one.Central[i], one.By[i])
		}
	}
}

func (s *capitalSheet) distribution(section, period string, m montecarlo.Key, central *float64, d montecarlo.Distribution) {
	add := func(statistic string, v *float64) { s.add(section, period, statistic, v, m) }
	if central != nil {
		add("central", central)
	}
	add("mean", &d.Mean)
	add("standard error", d.StdErr)
	add("standard deviation", d.SD)
	for _, q := range d.Quantiles {
		name := words.P(q.P)
		add(name, &q.Value)
		if section != figureOfAll {
			continue
		}
		add(name+" low", q.Low)
		add(name+" high", q.High)
		if q.Beyond != 0 {
			add("mean beyond "+name, &q.Beyond)
			add("standard error of mean beyond "+name, q.BeyondStdErr)
		}
	}
}

// ranked adds a figure that has no mean. A quantile that is no figure is empty.
func (s *capitalSheet) ranked(one montecarlo.Ranked) {
	add := func(statistic string, v *float64) { s.add(figureOfAll, "", statistic, v, one.Key) }
	add("central", one.Central)
	for _, q := range one.Quantiles {
		name := words.P(q.P)
		add(name, q.Value)
		add(name+" low", q.Low)
		add(name+" high", q.High)
	}
	defined := one.Key
	defined.Unit = montecarlo.Probability
	s.add(figureOfAll, "", "share of replications that have one", &one.Defined, defined)
	s.add(figureOfAll, "", "share of replications that have none and lose money", &one.Lost, defined)
}
