package xlsx

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/finance"
)

// The sheet Budget: each council by financial year, in each kind of prices.

var budgetHeads = []string{"council", "financial year", "begins in", "prices", "own payments", "paid by others", "gross avoided cost", "net saving", "cashable saving", "cashable less own payments"}

func (m *maker) newBudget() {
	s := m.b.sheet("Budget", "Budget: each council by financial year, central projection, in "+m.sign,
		budgetHeads,
		"Net saving is gross avoided cost less own payments; most of it may never appear in a budget. Cashable saving releases money already budgeted.",
		"Quarters are those of claim, not of payment. Rows called all years have the sums of the quarters; begins in is 0 there.")
	years, _ := finance.Years(m.shape.Quarters)
	for _, kind := range m.kinds {
		r := m.results[kind]
		for c, council := range m.shape.Commissioners {
			series := []line{r.own[c], r.others[c], r.gross[c], r.cash[c]}
			first := s.first() + len(s.rows)
			for _, year := range years {
				m.budgetRow(s, council, year.String(), float64(year), kind.String(), series)
			}
			last := s.first() + len(s.rows) - 1
			m.budgetRow(s, council, "all years", 0, kind.String(), series)
			m.yearsAddUp(s, first, last, council+", "+kind.String()+" prices")
			if kind == m.w.Result.Prices {
				m.savingChart(s, council, first, last)
			}
		}
	}
}

// budgetRow adds a year, or all years together.
func (m *maker) budgetRow(s *sheet, council, year string, begins float64, kind string, of []line) {
	row := s.first() + len(s.rows)
	at := func(column int) string { return fmt.Sprintf("%s!%s%d", s.name, letters(column), row) }
	in := func(l line) cell {
		if begins == 0 {
			return formula(pounds, "%s/%s", l.total(), m.k.pence)
		}
		return formula(pounds, "SUMIF(%s,%s,%s)/%s", m.time.year.all(), at(2), l.all(), m.k.pence)
	}
	s.add(text(council), text(year), number(begins, plain), text(kind), in(of[0]), in(of[1]), in(of[2]),
		formula(pounds, "ROUND(%s-%s,%s)", at(6), at(4), m.k.twoDecimals), in(of[3]), formula(pounds, "ROUND(%s-%s,%s)", at(8), at(4), m.k.twoDecimals))
}

// yearsAddUp adds the check that years come to the total of the quarters.
func (m *maker) yearsAddUp(s *sheet, first, last int, what string) {
	for _, column := range []int{4, 6, 8} {
		years := fmt.Sprintf("%s!$%s$%d:$%s$%d", s.name, letters(column), first, letters(column), last)
		m.check(budgetHeads[column]+" by year add up to the quarters, "+what, fmt.Sprintf("ABS(ROUND(SUM(%s)-%s,%s))", years, s.at(column, last+1), m.k.twoDecimals), 0)
	}
}

// savingChart draws net saving by year.
func (m *maker) savingChart(s *sheet, council string, first, last int) {
	down := func(column int) string {
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", s.name, letters(column), first, letters(column), last)
	}
	c := chart{kind: columnChart, title: "Net saving by financial year: " + council, unit: m.sign, alt: "Columns of the sheet Budget: net saving, and cashable saving less own payments, by financial year, of " + council + "."}
	for _, column := range []int{7, 9} {
		c.series = append(c.series, series{name: s.at(column, s.first()-1), categories: down(1), values: down(column)})
	}
	s.draw = append(s.draw, c)
}
