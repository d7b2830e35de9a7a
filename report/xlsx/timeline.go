package xlsx

import (
	"time"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// timeline is the lines that say what a quarter is.
type timeline struct {
	number, year, last, newYear line
	since                       line // financial years since the price base
	index, toConstant           line // none without inflation
	discount                    map[contract.Prices]line
	grant, cap                  line // what an input for the quarter is called
}

// serial is a day as spreadsheets count it.
func serial(d calendar.Date) float64 {
	return float64(d.Sub(calendar.NewDate(1899, time.December, 30)))
}

// numbers are numbers of a line.
func (m *maker) eachQuarter(of func(calendar.Quarter) float64) []float64 {
	var all []float64
	for _, q := range m.shape.Quarters {
		all = append(all, of(q))
	}
	return all
}

func (m *maker) newTimeline() {
	s := m.workings("Timeline", "Timeline: what the columns are")
	t := &m.time
	t.number = s.values(label{"number of the quarter", "", "", "count"}, false, plain, m.eachQuarter(func(q calendar.Quarter) float64 { return float64(q.Sub(m.shape.Quarters[0]) + 1) }))
	t.year = s.values(label{"financial year begins in", "", "", "year"}, false, plain, m.eachQuarter(func(q calendar.Quarter) float64 { return float64(q.FinancialYear()) }))
	t.last = s.values(label{"last day", "", "", "date"}, false, calendarDay, m.eachQuarter(func(q calendar.Quarter) float64 { return serial(q.Last()) }))
	t.newYear = s.calc(m.n, label{"begins a financial year after the first", "", "", "1 or 0"}, false, plain, func(q int) string {
		return "IF(ISNUMBER(" + t.year.at(q-1) + "),IF(" + t.year.at(q) + "<>" + t.year.at(q-1) + ",1,0),0)"
	})
	t.since = s.calc(m.n, label{"financial years since the price base", "", "", "years"}, false, plain, func(q int) string { return t.year.at(q) + "-" + m.k.base })
	if m.inflation != "" {
		t.index = s.calc(m.n, label{"index of prices", "", "", "base year = 1"}, false, factor, func(q int) string { return "(1+" + m.inflation + ")^" + t.since.at(q) })
		t.toConstant = s.calc(m.n, label{"cash to constant prices", "", "", "factor"}, false, factor, func(q int) string { return "1/" + t.index.at(q) })
	}
	t.discount = map[contract.Prices]line{}
	for _, kind := range m.kinds {
		t.discount[kind] = s.calc(m.n, label{"discount factor", kind.String() + " prices", "", "factor"}, false, factor, func(q int) string {
			return "(1+" + m.discountIn(kind) + ")^(-(" + t.last.at(q) + "-" + m.k.start + ")/" + m.k.days + ")"
		})
	}
	named := func(what, before string, of func(calendar.Quarter) string) line {
		return s.over(m.n, label{what, "", "", "name"}, false, plain, func(q int) cell { return text(before + of(m.shape.Quarters[q])) })
	}
	if len(m.p.Contract.Grants) > 0 {
		t.grant = named("input of a grant", "grants.", calendar.Quarter.String)
	}
	if len(m.p.Contract.YearCaps) > 0 {
		t.cap = named("input of the cap of the year", "year caps.", func(q calendar.Quarter) string { return q.FinancialYear().String() })
	}
}

// discountIn is the rate of present values in one kind of prices: 1 + nominal = (1 +
// real) × (1 + inflation).
func (m *maker) discountIn(kind contract.Prices) string {
	switch rate := m.p.DiscountRate; {
	case rate.Nominal && kind == contract.Constant:
		return "(1+" + m.discount + ")/(1+" + m.inflation + ")-1"
	case !rate.Nominal && kind == contract.Cash:
		return "(1+" + m.discount + ")*(1+" + m.inflation + ")-1"
	}
	return m.discount
}

// shown brings a line of pence into a kind of prices, each cell to the penny.
func (m *maker) shown(s *sheet, l line, as label, from, kind contract.Prices) line {
	if from == kind || m.inflation == "" {
		return l
	}
	by := m.time.index
	if kind == contract.Constant {
		by = m.time.toConstant
	}
	return s.calc(m.n, as, true, whole, func(q int) string { return "ROUND(" + l.at(q) + "*" + by.at(q) + ",0)" })
}
