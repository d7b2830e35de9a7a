package xlsx

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// The sheet Cashflow: receipts and cost of delivery on each day on which money moves,
// and the capital that they take. Its rows are days, since money is paid after the
// quarter that it is for, and spent before the first.

var cashHeads = []string{
	"day", "number of the quarter paid for", "receipts", "cost of delivery (engine)", "receipts less cost", "balance before", "balance after",
	"drawn (engine)", "interest and fees (engine)", "repaid (engine)", "shortfall met by others (engine)", "cash held (engine)",
}

func (m *maker) newCashflow() {
	a := m.central[m.w.Result.Prices].Account
	if a == nil {
		m.b.paste("Cash flow and capital", "the programme file states no cost of delivery")
		return
	}
	s := m.b.sheet("Cashflow", "Cashflow: cash by day, central projection, in "+m.sign+", "+m.kindWords(m.w.Result.Prices), cashHeads,
		"Balance is receipts less cost of delivery added up; the capital requirement is its deepest point below zero.",
		"Columns called engine are values: they do not follow a changed input.")
	m.b.paste("Cost of delivery, and what investors draw, earn and get back (sheet Cashflow)", "it depends on the children and on the terms of the facility, which the workbook does not work out")
	live := m.receiptsLive()
	if !live {
		m.b.paste("Receipts and capital requirement (sheet Cashflow)", "with inflation what is paid in another financial year than it is earned for changes its value, and a delivery fee is paid by the month: the workbook works out neither")
	}
	disallowed := ""
	if live && m.p.Delivery.Disallowed.IsPositive() {
		disallowed = m.share("delivery.disallowed", "share of claims that is never received", m.p.Delivery.Disallowed)
	}
	for i := range a.Days {
		m.cashRow(s, a, i, live, disallowed)
	}
	m.capital(s, live)
}

// receiptsLive reports whether receipts are what is paid for a quarter on one day, less
// what is disallowed.
func (m *maker) receiptsLive() bool { return m.p.Inflation == 0 && m.p.Contract.Fee == nil }

// cashRow adds a day.
func (m *maker) cashRow(s *sheet, a *finance.Account, i int, live bool, disallowed string) {
	row := s.first() + len(s.rows)
	at := func(column, row int) string { return fmt.Sprintf("%s!%s%d", s.name, letters(column), row) }
	quarter := m.paidFor(a.Days[i])
	receipts := number(float64(a.Receipts[i])/100, pounds)
	if live {
		paid := fmt.Sprintf("INDEX(%s,%s)", m.total.all(), at(1, row))
		if disallowed != "" {
			paid = fmt.Sprintf("(%s-ROUND(%s*%s,0))", paid, paid, disallowed)
		}
		receipts = formula(pounds, "IF(%s=0,0,%s/%s)", at(1, row), paid, m.k.pence)
	}
	before := fmt.Sprintf("IF(ISNUMBER(%s),%s,0)", at(6, row-1), at(6, row-1))
	if i == 0 {
		before = "0"
	}
	s.add(number(serial(a.Days[i]), calendarDay), number(float64(quarter), plain), receipts, number(float64(a.Costs[i])/100, pounds),
		formula(pounds, "ROUND(%s-%s,%s)", at(2, row), at(3, row), m.k.twoDecimals),
		formula(pounds, "%s", before), formula(pounds, "ROUND(%s+%s,%s)", at(5, row), at(4, row), m.k.twoDecimals),
		m.onDay(a, a.Drawn, i), m.onDay(a, slices.Concat(a.Interest, a.Fees), i), m.onDay(a, a.Repaid, i), m.onDay(a, a.Shortfall, i), m.onDay(a, a.Cash, i))
}

// onDay is the sum over parties of a series by party × day.
func (m *maker) onDay(a *finance.Account, series []int64, day int) cell {
	sum := int64(0)
	for at := day; at < len(series); at += len(a.Days) {
		sum += series[at]
	}
	return number(float64(sum)/100, pounds)
}

// paidFor is the number of the quarter whose claims are paid on a day, 0 for none.
func (m *maker) paidFor(day calendar.Date) int {
	for i, q := range m.shape.Quarters {
		if q.Last().AddDays(m.p.Delivery.ClaimsPaidAfter) == day {
			return i + 1
		}
	}
	return 0
}

// capital adds the checks, and where the balance is worked out the capital requirement.
func (m *maker) capital(s *sheet, live bool) {
	column := func(i int) string {
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", s.name, letters(i), s.first(), letters(i), s.first()+len(s.rows)-1)
	}
	last := s.at(6, s.first()+len(s.rows)-1)
	m.check("the balance of the last day is all receipts less all cost", fmt.Sprintf("ABS(ROUND(SUM(%s)-SUM(%s)-%s,%s))", column(2), column(3), last, m.k.twoDecimals), 0)
	if live {
		m.needed = fmt.Sprintf("MAX(0,0-MIN(%s))", column(6))
		m.received = fmt.Sprintf("SUM(%s)", column(2))
	}
}
