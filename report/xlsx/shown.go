package xlsx

import (
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// The sheets Constant and Cash: payments, avoided cost and cashable saving in one kind
// of prices, each cell to the penny, and their sums by council.

// results are the lines of one kind of prices.
type results struct {
	pays              map[paidTo]line
	without, with     map[avoidedBy]line // cost of care
	avoided, cashable map[avoidedBy]line
	own, others       []line // by council
	gross, cash       []line // by council
	total             line   // all payments
	avoidedAll        line
	cashableAll       line
}

func (m *maker) newResults(kind contract.Prices) *results {
	name := map[contract.Prices]string{contract.Constant: "Constant", contract.Cash: "Cash"}[kind]
	s := m.workings(name, name+": payments, avoided cost and cashable saving in "+m.kindWords(kind)+", in pence")
	r := &results{pays: map[paidTo]line{}, without: map[avoidedBy]line{}, with: map[avoidedBy]line{}, avoided: map[avoidedBy]line{}, cashable: map[avoidedBy]line{}}
	for _, at := range m.paidKeys() {
		r.pays[at] = m.copied(s, m.pays[at], label{"pays", at.payer, m.shape.Commissioners[at.council], "pence"}, m.fixed, kind)
	}
	for k, cohort := range m.shape.Cohorts {
		for c, council := range m.shape.Commissioners {
			at := avoidedBy{k, c}
			in, ok := m.spent[at]
			if !ok {
				continue
			}
			without := m.copied(s, in[contract.Counterfactual], label{"cost of care, counterfactual", cohort, council, "pence"}, m.careIn, kind)
			with := m.copied(s, in[contract.Intervention], label{"cost of care, intervention", cohort, council, "pence"}, m.careIn, kind)
			r.without[at], r.with[at] = without, with
			r.avoided[at] = s.calc(m.n, label{"gross avoided cost", cohort, council, "pence"}, true, whole, func(q int) string { return without.at(q) + "-" + with.at(q) })
			r.cashable[at] = m.copied(s, m.cash[at], label{"cashable saving", cohort, council, "pence"}, m.careIn, kind)
		}
	}
	m.byCouncil(s, r)
	return r
}

// copied is a line in a kind of prices on the sheet of that kind.
func (m *maker) copied(s *sheet, l line, as label, from, kind contract.Prices) line {
	if from == kind || m.inflation == "" {
		return s.calc(m.n, as, true, whole, l.at)
	}
	return m.shown(s, l, as, from, kind)
}

// byCouncil adds the sums by council, and of all.
func (m *maker) byCouncil(s *sheet, r *results) {
	sum := func(what, council string, of []line) line {
		return s.calc(m.n, label{what, "", council, "pence"}, true, whole, func(q int) string { return added(of, q) })
	}
	for c, council := range m.shape.Commissioners {
		var own, others, gross, cash []line
		for _, at := range m.paidKeys() {
			if at.payer == council {
				own = append(own, r.pays[at])
			}
			if at.council == c && !m.isCouncil(at.payer) {
				others = append(others, r.pays[at])
			}
		}
		for k := range m.shape.Cohorts {
			if l, ok := r.avoided[avoidedBy{k, c}]; ok {
				gross, cash = append(gross, l), append(cash, r.cashable[avoidedBy{k, c}])
			}
		}
		r.own = append(r.own, sum("own payments", council, own))
		r.others = append(r.others, sum("paid by others", council, others))
		r.gross = append(r.gross, sum("gross avoided cost", council, gross))
		r.cash = append(r.cash, sum("cashable saving", council, cash))
	}
	var paid []line
	for _, at := range m.paidKeys() {
		paid = append(paid, r.pays[at])
	}
	r.total = sum("all payments", "", paid)
	r.avoidedAll = sum("gross avoided cost", "", r.gross)
	r.cashableAll = sum("cashable saving", "", r.cash)
}

func (m *maker) isCouncil(name string) bool {
	for _, council := range m.shape.Commissioners {
		if council == name {
			return true
		}
	}
	return false
}

// kindWords are a kind of prices as a reader knows it.
func (m *maker) kindWords(kind contract.Prices) string {
	if kind == contract.Cash {
		return "cash"
	}
	return m.p.PriceBase
}
