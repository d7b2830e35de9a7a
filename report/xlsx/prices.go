package xlsx

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// The sheet Prices: each price and cap in whole pence, rounded once for each year, in
// the prices that the contract or the cost of care is worked out in.

// risen is an amount in pence that rises each 1 April from the price base on.
func (m *maker) risen(pence, rate, years string) string {
	if rate == "" {
		return fmt.Sprintf("ROUND(%s,0)", pence)
	}
	return fmt.Sprintf("ROUND(ROUND(%s*(1+%s)^%s,%s),0)", pence, rate, years, m.k.guard)
}

// inPence is an input of an amount in pence, not rounded.
func (m *maker) inPence(amount string) string { return amount + "*" + m.k.pence }

func (m *maker) newPrices() {
	m.prices = m.workings("Prices", "Prices: tariffs and unit costs in whole pence, by financial year",
		"Payments are worked out in "+m.fixed.String()+" prices and the cost of care in "+m.careIn.String()+" prices; both are then shown in each kind.")
	for i := range m.p.Contract.Metrics {
		m.tariffLines(i)
	}
	m.unitCosts()
}

// tariffLines are the price of a unit of a metric by council, and the share paid for.
func (m *maker) tariffLines(metric int) {
	t := &m.p.Contract.Metrics[metric]
	at := "metrics." + t.Name + ".tariff"
	rate := ""
	if t.Tariff.Linear() {
		rate = m.rate(at+".indexation", t.Name, t.Tariff.Indexation, m.fixed == contract.Cash)
	}
	common := ""
	for _, l := range m.lines {
		if l.metric != metric {
			continue
		}
		council := m.shape.Commissioners[l.council]
		own, isOwn := t.Tariff.ByCommissioner[council]
		amount := common
		switch {
		case !t.Tariff.Linear():
			continue
		case isOwn:
			amount = m.amount(at+".by commissioner."+council, t.Name+": price of a unit, "+council, own)
		case common == "":
			common = m.amount(at, t.Name+": price of a unit", t.Tariff.Amount)
			amount = common
		}
		l.tariff = m.prices.calc(m.n, label{"price of a unit", t.Name, council, "pence"}, false, whole, func(q int) string { return m.risen(m.inPence(amount), rate, m.time.since.at(q)) })
	}
	if t.Tariff.Linear() {
		deadweight := m.share("metrics."+t.Name+".deadweight", t.Name+": agreed deadweight, which is not paid for", t.AgreedDeadweight)
		m.paid[metric] = m.prices.calc(m.n, label{"share of units paid for", t.Name, "", "billionths"}, false, whole, func(int) string { return "ROUND((1-" + deadweight + ")*" + m.k.billion + ",0)" })
	}
}

// entry is one unit cost with its line and the year from which it is in force.
type entry struct {
	contract.UnitCost
	line line
	from string // address; empty for always
}

// unitCosts are what a week in each state costs each council.
func (m *maker) unitCosts() {
	var entries []entry
	for _, u := range m.p.UnitCosts {
		entries = append(entries, m.unitCost(u))
	}
	for c, council := range m.shape.Commissioners {
		for k, state := range m.shape.States {
			as := m.costedAs(state)
			chain := m.inForce(entries, as, council)
			if len(chain) == 0 || !m.lived(c, k) {
				continue
			}
			m.cost[[2]int{c, k}] = m.prices.calc(m.n, label{"cost of a week", state, council, "pence"}, false, whole, func(q int) string { return m.chosen(chain, q) })
		}
	}
}

// unitCost adds the inputs of one unit cost, and its line.
func (m *maker) unitCost(u contract.UnitCost) entry {
	at, what := "unit costs."+u.State, "cost of a week: "+u.State
	if u.Commissioner != "" {
		at, what = at+".by commissioner."+u.Commissioner, what+", "+u.Commissioner
	}
	e := entry{UnitCost: u}
	from := m.k.base
	if !u.Year.IsZero() {
		at, what = at+".by year."+u.Year.String(), what+", from "+u.Year.String()
		e.from = m.constant(what, float64(u.Year), plain, "financial year from which it is in force")
		from = e.from
	}
	amount := m.amount(at, what, u.PerWeek)
	rate := m.costRises(u)
	e.line = m.prices.calc(m.n, label{"cost of a week as stated", at, or(u.Commissioner, "all"), "pence"}, false, whole, func(q int) string {
		text := m.inPence(amount)
		if rate != "" {
			text += fmt.Sprintf("*(1+%s)^(%s-%s)", rate, m.time.year.at(q), from)
		}
		if m.careIn == contract.Cash && !u.Indexation.Valid {
			text += fmt.Sprintf("*(1+%s)^%s", m.inflation, m.time.since.at(q))
		}
		return fmt.Sprintf("ROUND(ROUND(%s,%s),0)", text, m.k.guard)
	})
	return e
}

// costRises is the input of how much a unit cost rises each 1 April; empty if it does not.
// All costs of a state have one, as in the file.
func (m *maker) costRises(u contract.UnitCost) string {
	at, what, rate := "unit costs."+u.State+".growth", "cost of a week: "+u.State+": rises each 1 April, above prices in general, by", u.Growth
	if u.Indexation.Valid {
		at, what, rate = "unit costs."+u.State+".indexation", "cost of a week: "+u.State+": rises each 1 April by", u.Indexation.Decimal
	} else if u.Growth.IsZero() {
		return ""
	}
	key := at + "=" + rate.String() // of a programme that was built in Go they may differ
	if _, ok := m.rises[key]; !ok {
		m.rises[key] = m.share(at, what, rate)
	}
	return m.rises[key]
}

// costedAs is the state whose unit cost a state has.
func (m *maker) costedAs(state string) string {
	if slices.ContainsFunc(m.p.UnitCosts, func(u contract.UnitCost) bool { return u.State == state }) {
		return state
	}
	for _, s := range m.p.States {
		if s.Name == state {
			return cmp.Or(s.Parent, state)
		}
	}
	return state
}

// inForce lists the entries of a state that may hold for a council, in the order in
// which they are asked: its own before those of all, later years before earlier ones.
func (m *maker) inForce(entries []entry, state, council string) []entry {
	var fit []entry
	for _, e := range entries {
		if e.State == state && (e.Commissioner == "" || e.Commissioner == council) {
			fit = append(fit, e)
		}
	}
	slices.SortStableFunc(fit, func(a, b entry) int {
		if (a.Commissioner == "") != (b.Commissioner == "") {
			return cmp.Compare(b.Commissioner, a.Commissioner)
		}
		return cmp.Compare(b.Year, a.Year)
	})
	if i := slices.IndexFunc(fit, func(e entry) bool { return e.from == "" }); i >= 0 {
		fit = fit[:i+1] // it always holds
	}
	return fit
}

// chosen is the entry that holds in a quarter.
func (m *maker) chosen(chain []entry, q int) string {
	if len(chain) == 1 {
		return chain[0].line.at(q)
	}
	return fmt.Sprintf("IF(%s>=%s,%s,%s)", m.time.year.at(q), chain[0].from, chain[0].line.at(q), m.chosen(chain[1:], q))
}
