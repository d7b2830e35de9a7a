package xlsx

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// The sheet Payers: what is allowed, and the delivery fee, shared over the payers by
// their dated shares, then limited by their own caps.

// payer is one payer of the contract, in the order of the programme file.
type payer struct {
	contract.Payer
	share line // billionths by quarter
}

// paidTo names what a payer pays of a council's claims.
type paidTo struct {
	payer   string
	council int
}

func (m *maker) newPayers() {
	s := m.workings("Payers", "Payers: what each payer pays of each council's claims, in pence")
	for c, council := range m.shape.Commissioners {
		lines := m.current(ofCouncil(c), now)
		if fee, ok := m.fees[c]; ok {
			lines = append(lines, fee)
		}
		m.due = append(m.due, s.calc(m.n, label{"due", "", council, "pence"}, true, whole, func(q int) string { return added(lines, q) }))
	}
	var all []payer
	for i, p := range m.p.Contract.Payers {
		all = append(all, payer{p, m.shareLine(s, i)})
	}
	m.sharesAdded(s, all)
	if m.p.Contract.FixedShares(m.shape) {
		m.payFixed(s, all)
	} else {
		m.payOwn(s, all)
	}
	m.total = s.calc(m.n, label{"all payments", "", "", "pence"}, true, whole, func(q int) string {
		var all []line
		for _, at := range m.paidKeys() {
			all = append(all, m.pays[at])
		}
		return added(all, q)
	})
}

// paidKeys are what payers pay in order: other payers, then councils.
func (m *maker) paidKeys() []paidTo {
	var keys []paidTo
	for _, name := range m.ledgers[m.fixed].Payers {
		for c := range m.shape.Commissioners {
			if _, ok := m.pays[paidTo{name, c}]; ok {
				keys = append(keys, paidTo{name, c})
			}
		}
	}
	return keys
}

// shareLine is a payer's share by quarter: of its dated shares the latest in force.
func (m *maker) shareLine(s *sheet, i int) line {
	p := m.p.Contract.Payers[i]
	type dated struct{ from, share string }
	var all []dated
	at, what := "payers."+p.Name+".share", "share of claims: "+p.Name
	for i, one := range p.Shares {
		path := at
		if len(p.Shares) > 1 { // a list in the file
			path = fmt.Sprintf("%s.%d.share", at, i+1)
		}
		if one.From.IsZero() {
			all = append(all, dated{"", m.share(path, what, one.Share)})
			continue
		}
		from := m.constant(what+", from "+one.From.String(), serial(one.From), calendarDay, "from when the share is in force")
		all = append(all, dated{from, m.share(path, what+", from "+one.From.Long(), one.Share)})
	}
	order := inDates(p.Shares)
	return s.calc(m.n, label{"share", p.Name, "", "billionths"}, false, whole, func(q int) string {
		text := "0"
		for _, n := range order {
			one := all[n]
			if one.from == "" {
				text = one.share
			} else {
				text = fmt.Sprintf("IF(%s>=%s,%s,%s)", m.time.last.at(q), one.from, one.share, text)
			}
		}
		return fmt.Sprintf("ROUND(%s*%s,0)", text, m.k.billion)
	})
}

// inDates are the indices of shares in order of date.
func inDates(shares []contract.DatedShare) []int {
	order := make([]int, len(shares))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return shares[i].From.Compare(shares[j].From) })
	return order
}

// sharesAdded adds the check that shares add up to 1, of each council's claims.
func (m *maker) sharesAdded(s *sheet, all []payer) {
	for _, council := range m.shape.Commissioners {
		var lines []line
		for _, p := range all {
			if sharesIn(p, council) {
				lines = append(lines, p.share)
			}
		}
		missing := s.calc(m.n, label{"shares that are missing", "", council, "billionths"}, false, whole, func(q int) string { return fmt.Sprintf("ABS(%s-(%s))", m.k.billion, added(lines, q)) })
		m.check("payers' shares of the claims of "+council+" add up to 1", "SUM("+missing.all()+")", 0)
		if m.p.Contract.FixedShares(m.shape) {
			break
		}
	}
}

// sharesIn reports whether a payer shares in a council's claims.
func sharesIn(p payer, council string) bool {
	return len(p.Claims) == 0 || slices.Contains(p.Claims, council)
}

// payOwn splits each council's claims over those who share in them.
func (m *maker) payOwn(s *sheet, all []payer) {
	for c, council := range m.shape.Commissioners {
		var weights []line
		var as []label
		var names []string
		for _, p := range all {
			if sharesIn(p, council) {
				weights, as = append(weights, p.share), append(as, label{of: p.Name, council: council})
				names = append(names, payerName(p.Name, council))
			}
		}
		parts := m.apportion(s, "shared over payers", m.due[c], weights, as)
		for i, part := range parts {
			at := paidTo{names[i], c}
			if before, ok := m.pays[at]; ok { // a council may be listed more than once
				part = s.calc(m.n, label{"both parts", names[i], council, "pence"}, true, whole, func(q int) string { return before.at(q) + "+" + part.at(q) })
			}
			m.pays[at] = part
		}
	}
	for _, p := range all {
		if p.Cap.Valid {
			m.capPayer(s, p)
		}
	}
}

// payerName is the name of a payer of a council's claims in ledgers.
func payerName(name, council string) string {
	if name == contract.ClaimingCommissioner {
		return council
	}
	return name
}

// payerCap adds the inputs of a payer's cap.
func (m *maker) payerCap(p payer) (cap, rate string) {
	at, what := "payers."+p.Name+".cap", "most that is paid by "+p.Name
	amount := m.amount(at, what, p.Cap.Decimal)
	rate = m.rate(at+".indexation", what, p.CapIndexation, m.fixed == contract.Cash)
	return m.stated(amount, rate), rate
}

// capPayer limits a payer to what is left of its cap, shared over the councils' claims;
// the rest is the council's to pay, or nobody's.
func (m *maker) capPayer(s *sheet, p payer) {
	cap, rate := m.payerCap(p)
	var weights []line
	var as []label
	var of []paidTo
	for _, c := range inOrder(m.shape.Commissioners) {
		at := paidTo{p.Name, c}
		if l, ok := m.pays[at]; ok {
			weights, as, of = append(weights, l), append(as, label{of: p.Name, council: m.shape.Commissioners[c]}), append(of, at)
		}
	}
	opening := m.later(s, label{"cap of the payer: left before", p.Name, "", "pence"}, whole)
	paid := s.calc(m.n, label{"cap of the payer: let through", p.Name, "", "pence"}, true, whole, func(q int) string { return fmt.Sprintf("MIN(%s,%s)", added(weights, q), opening.at(q)) })
	closing := s.calc(m.n, label{"cap of the payer: left after", p.Name, "", "pence"}, false, whole, func(q int) string { return opening.at(q) + "-" + paid.at(q) })
	m.balances = append(m.balances, closing)
	opening.set(m.carried(cap, rate, closing))
	for i, part := range m.apportion(s, "cap of "+p.Name, paid, weights, as) {
		before, at := m.pays[of[i]], of[i]
		m.pays[at] = part
		if p.Then != contract.CommissionerPays {
			continue
		}
		council := m.shape.Commissioners[at.council]
		own := paidTo{council, at.council}
		had, has := m.pays[own]
		m.pays[own] = s.calc(m.n, label{"with what " + p.Name + " no longer pays", council, council, "pence"}, true, whole, func(q int) string {
			text := before.at(q) + "-" + part.at(q)
			if has {
				text = had.at(q) + "+" + text
			}
			return text
		})
	}
}

// payFixed splits all claims of a quarter over payers with fixed shares of them, then
// lays each part out over the councils' claims.
func (m *maker) payFixed(s *sheet, all []payer) {
	claim := s.sumOf(label{"due, all councils", "", "", "pence"}, whole, m.due)
	var weights []line
	var as []label
	for _, p := range all {
		weights, as = append(weights, p.share), append(as, label{of: p.Name})
	}
	parts := m.capFixed(s, all, as, m.apportion(s, "shared over payers", claim, weights, as))
	order := inOrder(m.shape.Commissioners)
	var left []line
	var of []label
	for _, c := range order {
		left, of = append(left, m.due[c]), append(of, label{council: m.shape.Commissioners[c]})
	}
	for n, p := range all {
		for i := range of {
			of[i].of = p.Name
		}
		for i, part := range m.apportion(s, "laid out over claims", parts[n], left, of) {
			m.pays[paidTo{p.Name, order[i]}] = part
			before := left[i]
			left[i] = s.calc(m.n, label{"claims not yet paid after " + p.Name, "", of[i].council, "pence"}, false, whole, func(q int) string { return before.at(q) + "-" + part.at(q) })
		}
	}
}

// capFixed limits payers with fixed shares to what is left of their caps. What is over
// goes to payers that still have room, in proportion to their shares, in as many rounds
// as there are caps; or nobody pays it.
func (m *maker) capFixed(s *sheet, all []payer, as []label, parts []line) []line {
	opening, settle := map[int]line{}, []func(){}
	for n, p := range all {
		if !p.Cap.Valid {
			continue
		}
		cap, rate := m.payerCap(p)
		opening[n] = m.later(s, label{"cap of the payer: left before", p.Name, "", "pence"}, whole)
		settle = append(settle, func() {
			closing := s.calc(m.n, label{"cap of the payer: left after", p.Name, "", "pence"}, false, whole, func(q int) string { return opening[n].at(q) + "-" + parts[n].at(q) })
			m.balances = append(m.balances, closing)
			opening[n].set(m.carried(cap, rate, closing))
		})
	}
	for range len(opening) {
		parts = m.passOn(s, all, as, parts, opening)
	}
	parts = m.cutDown(s, all, parts, opening)
	for _, later := range settle {
		later()
	}
	return parts
}

// cutDown limits each part to the room of its payer.
func (m *maker) cutDown(s *sheet, all []payer, parts []line, room map[int]line) []line {
	cut := slices.Clone(parts)
	for n, p := range all {
		if l, ok := room[n]; ok {
			cut[n] = s.calc(m.n, label{"within the cap", p.Name, "", "pence"}, true, whole, func(q int) string { return fmt.Sprintf("MIN(%s,%s)", parts[n].at(q), l.at(q)) })
		}
	}
	return cut
}

// passOn cuts parts down, and gives what is over to those that have room.
func (m *maker) passOn(s *sheet, all []payer, as []label, parts []line, room map[int]line) []line {
	cut := m.cutDown(s, all, parts, room)
	over := s.calc(m.n, label{"over caps, for others to pay", "", "", "pence"}, false, whole, func(q int) string {
		var text []string
		for n, p := range all {
			if _, ok := room[n]; ok && p.Then == contract.OthersPay {
				text = append(text, fmt.Sprintf("(%s-%s)", parts[n].at(q), cut[n].at(q)))
			}
		}
		return plus(text)
	})
	var weights []line
	for n, p := range all {
		weight := p.share
		if l, ok := room[n]; ok {
			weight = s.calc(m.n, label{"share if there is room", p.Name, "", "billionths"}, false, whole, func(q int) string {
				return fmt.Sprintf("IF(%s<%s,%s,0)", cut[n].at(q), l.at(q), p.share.at(q))
			})
		}
		weights = append(weights, weight)
	}
	more := m.apportion(s, "passed on", over, weights, as)
	for n, p := range all {
		before := cut[n]
		cut[n] = s.calc(m.n, label{"with what is passed on", p.Name, "", "pence"}, false, whole, func(q int) string { return before.at(q) + "+" + more[n].at(q) })
	}
	return cut
}

// inOrder returns the indices of names in alphabetical order.
func inOrder(names []string) []int {
	order := make([]int, len(names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(names[i], names[j]) })
	return order
}
