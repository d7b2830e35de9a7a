package xlsx

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// The sheet Checks: what must hold whatever the inputs are. The master check on the
// cover is all of them.

// check is something that must not be more than so much.
type check struct {
	what, fault string
	most        float64
}

// check adds one.
func (m *maker) check(what, fault string, most float64) {
	m.checks = append(m.checks, check{what, fault, most})
}

const (
	met    = "met"
	notMet = "NOT MET"
)

func (m *maker) newChecks() {
	m.moreChecks()
	s := m.b.sheet("Checks", "Checks: what must hold whatever the inputs are", []string{"check", "is", "may be at most", "result"},
		"Amounts are in pence, shares in billionths, and others in the unit of their sheet.")
	for _, c := range m.checks {
		row := s.first() + len(s.rows)
		s.add(text(c.what), formula(whole, "%s", c.fault), number(c.most, whole), formula(plain, `IF(%s<=%s,"%s","%s")`, s.at(1, row), s.at(2, row), met, notMet))
	}
	results := fmt.Sprintf("%s!$D$%d:$D$%d", s.name, s.first(), s.first()+len(s.rows)-1)
	m.checked = fmt.Sprintf("ROWS(%s)-COUNTIF(%s,\"%s\")", results, results, met) // one that is an error is not met
}

// moreChecks are those of the whole workbook.
func (m *maker) moreChecks() {
	changed := "SUM(" + m.inputCells(changedColumn) + ")"
	if n := len(m.heads); n > 0 {
		first, last := m.heads[0], m.heads[n-1]
		column := func(c int) string {
			return fmt.Sprintf("%s!$%s$%d:$%s$%d", first.s.name, letters(c), first.row, letters(c), last.row)
		}
		m.check("as delivered, the workbook's headline figures are the engine's: largest difference in "+m.sign,
			fmt.Sprintf("IF(%s>0,0,MAX(%s)-MIN(%s))", changed, column(6), column(6)), 0)
	}
	if !m.claimed.none() {
		m.check("claims of a quarter that are shared out to the penny: largest", "MAX("+m.claimed.all()+")", 1e9)
	}
	for c, council := range m.shape.Commissioners {
		for _, at := range m.paidKeys() {
			if at.council == c {
				m.check("least payment of "+at.payer+" for claims of "+council+" is not below 0", "0-MIN("+m.pays[at].all()+")", 0)
			}
		}
	}
	var due []string
	for _, l := range m.due {
		due = append(due, l.total())
	}
	what, fault := "payments add up to what is due", fmt.Sprintf("ABS(%s-(%s))", m.total.total(), plus(due))
	for _, p := range m.p.Contract.Payers {
		if p.Cap.Valid && p.Then == contract.Stop {
			what, fault = "payments are not above what is due", fmt.Sprintf("MAX(0,%s-(%s))", m.total.total(), plus(due))
		}
	}
	m.check(what, fault, 0)
	for _, l := range m.balances {
		as := m.labelOf(l)
		m.check("balance is not below 0: "+as, "0-MIN("+l.all()+")", 0)
	}
}

// labelOf is what a line is called.
func (m *maker) labelOf(l line) string {
	cells := l.s.rows[l.row-l.s.first()]
	return fmt.Sprintf("%v, %v", cells[0].value, cells[1].value)
}
