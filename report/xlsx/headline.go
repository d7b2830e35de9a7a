package xlsx

import (
	"fmt"
	"math"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// The sheet Headline: each headline figure of the engine, the same from the workbook's
// formulas, and the difference.

// headline is one of them.
type headline struct {
	key    montecarlo.Key
	kind   contract.Prices
	engine float64
	row    int
	s      *sheet
}

var headlineHeads = []string{"figure", "of", "prices", "unit", "engine", "workbook", "difference", "low (simulated)", "high (simulated)"}

func (m *maker) newHeadline() {
	s := m.b.sheet("Headline", "Headline: the engine's central projection, the workbook's, and the difference", headlineHeads,
		"As delivered every difference is 0. Once an input is changed, the difference is what the change does to the central projection.",
		"Low and high are "+percentile(m.w.Result, 0)+" and "+percentile(m.w.Result, -1)+" of the replications of the run as delivered, over "+m.rangeOver()+"; they do not follow a changed input.")
	for _, kind := range m.kinds {
		m.headlinesOf(s, kind)
	}
	if m.needed != "" {
		m.headline(s, m.w.Result.Prices, m.needed, montecarlo.CapitalRequirement)
		m.headline(s, m.w.Result.Prices, m.received, montecarlo.Receipts)
	}
}

// headlinesOf adds the figures of one kind of prices.
func (m *maker) headlinesOf(s *sheet, kind contract.Prices) {
	r := m.results[kind]
	inPounds := func(pence string) string { return pence + "/" + m.k.pence }
	if kind == m.fixed || m.inflation == "" {
		if !m.claimed.none() {
			m.headline(s, kind, inPounds(m.claimed.total()), montecarlo.Claims)
		}
		if !m.granted.none() {
			m.headline(s, kind, inPounds(m.granted.total()), montecarlo.GrantsPaid)
		}
		if !m.fee.none() {
			m.headline(s, kind, inPounds(m.fee.total()), montecarlo.FeesPaid)
		}
	}
	m.headline(s, kind, inPounds(r.total.total()), montecarlo.Payments)
	for _, name := range m.ledgers[kind].Payers {
		var paid []string
		for _, at := range m.paidKeys() {
			if at.payer == name {
				paid = append(paid, r.pays[at].total())
			}
		}
		m.headline(s, kind, inPounds("("+plus(paid)+")"), montecarlo.Payments, name)
	}
	m.savingHeadlines(s, kind, r)
	discounted := func(l line) string {
		return fmt.Sprintf("SUMPRODUCT(%s,%s)/%s", l.all(), m.time.discount[kind].all(), m.k.pence)
	}
	paid, avoided := discounted(r.total), discounted(r.avoidedAll)
	m.headline(s, kind, paid, "present value of payments")
	m.headline(s, kind, avoided, "present value of gross avoided cost")
	m.headline(s, kind, avoided+"-"+paid, montecarlo.ValueNet)
}

// savingHeadlines adds what is avoided, what is cashable, and both less payments.
func (m *maker) savingHeadlines(s *sheet, kind contract.Prices, r *results) {
	less := func(a, b line) string { return fmt.Sprintf("(%s-%s)/%s", a.total(), b.total(), m.k.pence) }
	one := func(l line) string { return l.total() + "/" + m.k.pence }
	m.headline(s, kind, one(r.avoidedAll), montecarlo.Avoided)
	m.headline(s, kind, one(r.cashableAll), montecarlo.Cashable)
	m.headline(s, kind, less(r.avoidedAll, r.total), montecarlo.NetPublic)
	m.headline(s, kind, less(r.cashableAll, r.total), montecarlo.NetCashable)
	for k, cohort := range m.shape.Cohorts {
		var avoided, cashable []string
		for c := range m.shape.Commissioners {
			if l, ok := r.avoided[avoidedBy{k, c}]; ok {
				avoided, cashable = append(avoided, l.total()), append(cashable, r.cashable[avoidedBy{k, c}].total())
			}
		}
		m.headline(s, kind, "("+plus(avoided)+")/"+m.k.pence, montecarlo.Avoided, cohort)
		m.headline(s, kind, "("+plus(cashable)+")/"+m.k.pence, montecarlo.Cashable, cohort)
	}
	for c, council := range m.shape.Commissioners {
		m.headline(s, kind, one(r.gross[c]), montecarlo.Avoided, council)
		m.headline(s, kind, one(r.cash[c]), montecarlo.Cashable, council)
		m.headline(s, kind, less(r.gross[c], r.own[c]), montecarlo.NetSaving, council)
		m.headline(s, kind, less(r.cash[c], r.own[c]), montecarlo.OwnNetCashable, council)
	}
}

// headline adds a figure that the engine has.
func (m *maker) headline(s *sheet, kind contract.Prices, workbook, name string, of ...string) {
	engine, ok := m.central[kind].Totals.Of(name, of...)
	if !ok {
		return
	}
	row := s.first() + len(s.rows)
	cents := func(text string) cell { return formula(pounds, "ROUND(%s,%s)", text, m.k.twoDecimals) }
	value := math.Round(engine.Value*100) / 100
	low, high := m.rangeOf(kind, name, of...)
	s.add(text(name), text(or(engine.Of, "all")), text(kind.String()), text(m.sign), number(value, pounds), cents(workbook),
		cents(s.at(5, row)+"-"+s.at(4, row)), low, high)
	m.heads = append(m.heads, headline{engine.Key, kind, value, row, s})
}

// rangeOf is the range of a figure over the replications, in the prices of the run.
func (m *maker) rangeOf(kind contract.Prices, name string, of ...string) (low, high cell) {
	t, ok := m.w.Result.Totals.Of(name, of...)
	if !ok || kind != m.w.Result.Prices {
		return text("not in this run"), text("not in this run")
	}
	return m.quantile(t, 0), m.quantile(t, len(t.Quantiles)-1)
}

// rangeOver is what the ranges of the run are over.
func (m *maker) rangeOver() string {
	if m.w.Result.Conventions.Uncertain > 0 {
		return "children's lives and uncertain inputs together"
	}
	return "children's lives alone, at fixed rates"
}

// agrees reports a headline figure of the workbook that is not the engine's.
func (m *maker) agrees() error {
	for _, h := range m.heads {
		got := h.s.rows[h.row-h.s.first()][5].value
		if v, ok := got.(float64); !ok || math.Abs(v-h.engine) > 0.005 {
			return fmt.Errorf("%s in %s prices: the workbook comes to %v and the engine to %v; no workbook is written, because it would be wrong: please report the programme", h.key, h.kind, got, h.engine)
		}
	}
	return nil
}
