package xlsx

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/model"
)

// The sheet Profile: what is claimed and paid by quarter and payer, beside what was
// planned and paid, in the shape of the payment profile of a fund.

func (m *maker) newProfile() {
	kind := m.w.Result.Prices
	s := m.workings("Profile", "Profile: payments by quarter of claim and by payer, in "+m.kindWords(kind),
		"An empty cell: nothing is published for the quarter. Published amounts are cash of their quarter; without inflation in the programme file they stay as they are.")
	r := m.results[kind]
	inPounds := func(as label, l line) line {
		as.unit = m.sign
		return s.calc(m.n, as, true, pounds, func(q int) string { return l.at(q) + "/" + m.k.pence })
	}
	for _, at := range m.paidKeys() {
		inPounds(label{what: "pays", of: at.payer, council: m.shape.Commissioners[at.council]}, r.pays[at])
	}
	all := inPounds(label{what: "all payments"}, r.total)
	s.calc(m.n, label{"all payments so far", "", "", m.sign}, false, pounds, func(q int) string {
		return fmt.Sprintf("IF(%s=1,0,%s)+%s", m.time.number.at(q), letterBack(s, q), all.at(q))
	})
	published := m.p.PublishedIn(kind)
	begin := len(s.rows)
	if len(published.Actual) > 0 {
		m.publishedLine(s, "paid, as published", published.Actual)
	}
	for _, plan := range published.Plans {
		m.publishedLine(s, "planned: "+plan.Name, plan.Payments)
	}
	m.paymentsChart(s, all, begin)
}

// letterBack is the cell to the left of the row that is being added.
func letterBack(s *sheet, q int) string {
	return fmt.Sprintf("%s!%s%d", s.name, letters(firstQuarter+q-1), s.first()+len(s.rows))
}

// publishedLine adds published amounts; quarters without one are empty.
func (m *maker) publishedLine(s *sheet, what string, amounts []model.QuarterAmount) {
	s.over(m.n, label{what, "", "", m.sign}, true, pounds, func(q int) cell {
		for _, a := range amounts {
			if a.Quarter == m.shape.Quarters[q] {
				return number(a.Amount.InexactFloat64(), pounds)
			}
		}
		return cell{value: ""}
	})
}

// paymentsChart draws the central projection beside what is published.
func (m *maker) paymentsChart(s *sheet, all line, published int) {
	c := chart{kind: lineChart, title: "Payments by quarter: central projection and what is published", unit: m.sign, alt: "Lines over quarters of the rows all payments, paid as published, and planned, of the sheet Profile."}
	c.series = append(c.series, m.series(s, all.row))
	for i := published; i < len(s.rows); i++ {
		c.series = append(c.series, m.series(s, s.first()+i))
	}
	s.draw = append(s.draw, c)
}

// series is a row over quarters in a chart.
func (m *maker) series(s *sheet, row int) series {
	across := func(row int) string {
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", s.name, letters(firstQuarter), row, letters(firstQuarter+m.n-1), row)
	}
	return series{name: fmt.Sprintf("%s!$A$%d", s.name, row), categories: across(s.first() - 1), values: across(row)}
}
