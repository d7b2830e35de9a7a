package xlsx

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// The sheet Caps: in the order of the contract's rules, the caps of metrics, a grant in
// place of claims, the cap of the year, the delivery fee and the cap of the contract.
// What is left of each is a balance: opening, less what is used, is closing.

func (m *maker) newCaps() {
	s := m.workings("Caps", "Caps: what the caps and grants leave of the claims, in pence, in the order of the contract's rules")
	var spend []func()
	for i := range m.p.Contract.Metrics {
		if len(m.current(ofMetric(i), now)) == 0 {
			continue
		}
		m.capUnits(s, i)
		if later := m.capAmount(s, i); later != nil {
			spend = append(spend, later)
		}
	}
	m.grants(s)
	m.capYear(s)
	m.feeAndCap(s)
	for _, later := range spend {
		later()
	}
	for _, l := range m.lines {
		m.allowed = append(m.allowed, s.calc(m.n, label{"allowed", m.shape.Metrics[l.metric], m.shape.Commissioners[l.council], "pence"}, true, whole, l.now.at))
		l.now = m.allowed[len(m.allowed)-1]
	}
}

// stated is what a cap is in the first financial year, in pence.
func (m *maker) stated(amount, rate string) string {
	since := m.time.since
	return m.risen(m.inPence(amount), rate, since.s.at(firstQuarter, since.row))
}

// carried is what is left of a cap at the beginning of a quarter: the cap in the first
// one, then what the last quarter left, which rises on each 1 April as the cap does.
func (m *maker) carried(cap, rate string, closing line) func(q int) string {
	return func(q int) string {
		left := closing.at(q - 1)
		if rate != "" {
			left = fmt.Sprintf("ROUND(%s*(1+%s*%s),0)", left, rate, m.time.newYear.at(q))
		}
		return fmt.Sprintf("IF(%s=1,%s,%s)", m.time.number.at(q), cap, left)
	}
}

// set gives a line other formulas.
func (l line) set(of func(q int) string) {
	cells := l.s.rows[l.row-l.s.first()]
	for q := range l.n {
		cells[firstQuarter+q].formula = of(q)
	}
}

// later adds a line whose formulas are set once the lines exist that they need.
func (m *maker) later(s *sheet, as label, f format) line {
	return s.calc(m.n, as, false, f, func(int) string { return "0" })
}

// capUnits limits the units of a metric, before deadweight is taken off: where the cap
// binds, those that are left are shared in proportion to the councils' units.
func (m *maker) capUnits(s *sheet, metric int) {
	t := &m.p.Contract.Metrics[metric]
	if !t.Cap.Units.Valid {
		return
	}
	cap := m.input("metrics."+t.Name+".cap.units", t.Name+": most units that are paid", "units", t.Cap.Units.Decimal.InexactFloat64(), whole)
	opening := m.later(s, label{"cap in units: left before", t.Name, "", "units"}, weeks)
	used := s.calc(m.n, label{"cap in units: earned", t.Name, "", "units"}, false, weeks, func(q int) string {
		return added(m.current(ofMetric(metric), func(l *contractLine) line { return l.units }), q)
	})
	closing := s.calc(m.n, label{"cap in units: left after", t.Name, "", "units"}, false, weeks, func(q int) string { return fmt.Sprintf("MAX(0,%s-%s)", opening.at(q), used.at(q)) })
	m.balances = append(m.balances, closing)
	opening.set(m.carried(cap, "", closing))
	for _, l := range m.lines {
		if l.metric != metric {
			continue
		}
		as := label{"claim after the cap in units", t.Name, m.shape.Commissioners[l.council], "pence"}
		l.now = s.calc(m.n, as, false, whole, func(q int) string {
			return fmt.Sprintf("IF(%s<=%s,%s,ROUND(%s*(%s/MAX(%s,1))*%s*%s/%s,0))", used.at(q), opening.at(q), l.claim.at(q), l.units.at(q), opening.at(q), used.at(q), l.tariff.at(q), m.paid[metric].at(q), m.k.billion)
		})
	}
}

// capAmount limits the claims of a metric to what is left of its cap in pounds, and
// returns what takes the rest out of it once all caps have been applied.
func (m *maker) capAmount(s *sheet, metric int) (spend func()) {
	t := &m.p.Contract.Metrics[metric]
	if !t.Cap.Amount.Valid {
		return nil
	}
	at := "metrics." + t.Name + ".cap"
	amount := m.amount(at+".amount", t.Name+": most that is paid", t.Cap.Amount.Decimal)
	rate := m.rate(at+".indexation", t.Name+": most that is paid", t.Cap.Indexation, m.fixed == contract.Cash)
	opening := m.later(s, label{"cap of the metric: left before", t.Name, "", "pence"}, whole)
	lines := m.current(ofMetric(metric), now)
	paid := s.calc(m.n, label{"cap of the metric: let through", t.Name, "", "pence"}, false, whole, func(q int) string { return fmt.Sprintf("MIN(%s,%s)", added(lines, q), opening.at(q)) })
	m.limit(s, "cap of "+t.Name, ofMetric(metric), paid, lines)
	return func() {
		final := m.current(ofMetric(metric), now)
		used := s.calc(m.n, label{"cap of the metric: used in the end", t.Name, "", "pence"}, true, whole, func(q int) string { return added(final, q) })
		closing := s.calc(m.n, label{"cap of the metric: left after", t.Name, "", "pence"}, false, whole, func(q int) string { return fmt.Sprintf("MAX(0,%s-%s)", opening.at(q), used.at(q)) })
		m.balances = append(m.balances, closing)
		opening.set(m.carried(m.stated(amount, rate), rate, closing))
	}
}

// byQuarter is an amount that inputs give by quarter or year, found by the name of the
// input, in pence.
func (m *maker) byQuarter(called line, rate string) func(q int) string {
	return func(q int) string {
		stated := fmt.Sprintf("SUMIF(%s,%s,%s)", m.inputCells(0), called.at(q), m.inputCells(inputColumn))
		return m.risen(m.inPence(stated), rate, m.time.since.at(q))
	}
}

// isGiven counts the inputs by the name.
func (m *maker) isGiven(called line) func(q int) string {
	return func(q int) string { return fmt.Sprintf("COUNTIF(%s,%s)", m.inputCells(0), called.at(q)) }
}

// grants replace the claims of whole quarters.
func (m *maker) grants(s *sheet) {
	all := m.p.Contract.Grants
	if len(all) == 0 {
		return
	}
	for _, g := range all {
		m.amount("grants."+g.Quarter.String(), "grant in place of the claims of "+g.Quarter.String(), g.Amount)
	}
	rate := m.rate("grants, indexation", "grants", all[0].Indexation, m.fixed == contract.Cash)
	has := s.calc(m.n, label{"grant: is there one", "", "", "1 or 0"}, false, plain, m.isGiven(m.time.grant))
	amount := s.calc(m.n, label{"grant", "", "", "pence"}, true, whole, m.byQuarter(m.time.grant, rate))
	lines := m.current(nil, now)
	claimed := s.calc(m.n, label{"grant: claims in its place", "", "", "pence"}, false, whole, func(q int) string { return added(lines, q) })
	total := s.calc(m.n, label{"grant, or claims", "", "", "pence"}, false, whole, func(q int) string { return fmt.Sprintf("IF(%s=1,%s,%s)", has.at(q), amount.at(q), claimed.at(q)) })
	var weights []line
	for _, l := range m.lines { // a quarter without claims: every line the same
		weights = append(weights, s.calc(m.n, label{"grant: weight", m.shape.Metrics[l.metric], m.shape.Commissioners[l.council], "weight"}, false, whole, func(q int) string {
			return fmt.Sprintf("IF(AND(%s=1,%s=0),1,%s)", has.at(q), claimed.at(q), l.now.at(q))
		}))
	}
	m.limit(s, "grant", nil, total, weights)
	m.granted = amount
}

// capYear limits each financial year.
func (m *maker) capYear(s *sheet) {
	all := m.p.Contract.YearCaps
	if len(all) == 0 || len(m.lines) == 0 {
		return
	}
	rate := m.yearInputs()
	has := s.calc(m.n, label{"cap of the year: is there one", "", "", "1 or 0"}, false, plain, m.isGiven(m.time.cap))
	limit := s.calc(m.n, label{"cap of the year", "", "", "pence"}, false, whole, m.byQuarter(m.time.cap, rate))
	opening := m.later(s, label{"cap of the year: left before", "", "", "pence"}, whole)
	lines := m.current(nil, now)
	claimed := s.calc(m.n, label{"cap of the year: claimed", "", "", "pence"}, false, whole, func(q int) string { return added(lines, q) })
	paid := s.calc(m.n, label{"cap of the year: let through", "", "", "pence"}, true, whole, func(q int) string {
		return fmt.Sprintf("IF(%s=0,%s,MIN(%s,%s))", has.at(q), claimed.at(q), claimed.at(q), opening.at(q))
	})
	closing := s.calc(m.n, label{"cap of the year: left after", "", "", "pence"}, false, whole, func(q int) string {
		return fmt.Sprintf("IF(%s=0,0,%s-%s)", has.at(q), opening.at(q), paid.at(q))
	})
	m.balances = append(m.balances, closing)
	opening.set(func(q int) string {
		return fmt.Sprintf("IF(OR(%s=1,%s=1),%s,%s)", m.time.number.at(q), m.time.newYear.at(q), limit.at(q), closing.at(q-1))
	})
	m.limit(s, "cap of the year", nil, paid, lines)
}

// yearInputs adds an input for each financial year that has a cap, and returns its rise.
func (m *maker) yearInputs() (rate string) {
	every, byYear := contract.YearCap{}, map[string]contract.YearCap{}
	hasEvery := false
	for _, c := range m.p.Contract.YearCaps {
		if c.Year.IsZero() {
			every, hasEvery = c, true
		} else {
			byYear[c.Year.String()] = c
		}
	}
	seen := ""
	for _, q := range m.shape.Quarters {
		year := q.FinancialYear().String()
		c, own := byYear[year]
		if !own {
			c = every
		}
		if year != seen && (own || hasEvery) {
			m.amount("year caps."+year, "most that is paid for "+year, c.Amount)
		}
		seen = year
	}
	return m.rate("year caps, indexation", "caps of years", m.p.Contract.YearCaps[0].Indexation, m.fixed == contract.Cash)
}

// feeAndCap are the delivery fee and the cap of the contract, in which it may have room
// first.
func (m *maker) feeAndCap(s *sheet) {
	given := m.p.Contract.Fee
	capped := m.p.Contract.Cap.Valid && len(m.lines) > 0
	var opening line
	var cap, rate string
	if capped {
		amount := m.amount("contract cap", "most that the contract pays", m.p.Contract.Cap.Decimal)
		rate = m.rate("contract cap.indexation", "most that the contract pays", m.p.Contract.CapIndexation, m.fixed == contract.Cash)
		cap = m.stated(amount, rate)
		opening = m.later(s, label{"cap of the contract: left before", "", "", "pence"}, whole)
	}
	var fee line
	if given != nil {
		fee = m.deliveryFee(s, opening)
	}
	if !capped {
		return
	}
	room := opening
	if given != nil && given.InCap {
		room = s.calc(m.n, label{"cap of the contract: left after the fee", "", "", "pence"}, false, whole, func(q int) string { return opening.at(q) + "-" + fee.at(q) })
	}
	lines := m.current(nil, now)
	paid := s.calc(m.n, label{"cap of the contract: let through", "", "", "pence"}, true, whole, func(q int) string { return fmt.Sprintf("MIN(%s,%s)", added(lines, q), room.at(q)) })
	closing := s.calc(m.n, label{"cap of the contract: left after", "", "", "pence"}, false, whole, func(q int) string { return room.at(q) + "-" + paid.at(q) })
	m.balances = append(m.balances, closing)
	opening.set(m.carried(cap, rate, closing))
	m.limit(s, "cap of the contract", nil, paid, lines)
}

// deliveryFee adds the fee of each quarter, shared over the councils.
func (m *maker) deliveryFee(s *sheet, room line) line {
	given := m.p.Contract.Fee
	monthly := m.amount("delivery fee.per month", "delivery fee a month", given.PerMonth)
	rate := m.rate("delivery fee.indexation", "delivery fee", given.Indexation, m.fixed == contract.Cash)
	months := s.values(label{"delivery fee: months", "", "", "months"}, true, plain, m.feeMonths())
	due := s.calc(m.n, label{"delivery fee: due", "", "", "pence"}, true, whole, func(q int) string {
		return months.at(q) + "*" + m.risen(m.inPence(monthly), rate, m.time.since.at(q))
	})
	fee := s.calc(m.n, label{"delivery fee: let through", "", "", "pence"}, true, whole, func(q int) string {
		if given.InCap && !room.none() {
			return fmt.Sprintf("MIN(%s,%s)", due.at(q), room.at(q))
		}
		return due.at(q)
	})
	var weights []line
	var as []label
	order := inOrder(m.shape.Commissioners)
	for _, c := range order {
		council := m.shape.Commissioners[c]
		share := m.share("delivery fee.shares."+council, "share of the delivery fee: "+council, given.Shares[council])
		weights = append(weights, s.calc(m.n, label{"delivery fee: share", "", council, "billionths"}, false, whole, func(int) string { return "ROUND(" + share + "*" + m.k.billion + ",0)" }))
		as = append(as, label{council: council})
	}
	for i, part := range m.apportion(s, "delivery fee", fee, weights, as) {
		m.fees[order[i]] = part
	}
	m.fee = fee
	return fee
}
