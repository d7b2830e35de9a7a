package xlsx

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// contractLine is what one metric pays for the children of one council.
type contractLine struct {
	metric, council int
	units, tariff   line
	claim           line // before caps
	now             line // what the rules so far have left of it
}

// newClaims are units times price, each rounded to the penny once.
func (m *maker) newClaims() {
	s := m.workings("Claims", "Claims: expected units × price of a unit × share paid for, before any cap, in pence")
	for _, l := range m.lines {
		t := &m.p.Contract.Metrics[l.metric]
		as := label{"claim before caps", t.Name, m.shape.Commissioners[l.council], "pence"}
		if t.Tariff.Linear() {
			l.claim = s.calc(m.n, as, true, whole, func(q int) string {
				return fmt.Sprintf("ROUND(%s*%s*%s/%s,0)", l.units.at(q), l.tariff.at(q), m.paid[l.metric].at(q), m.k.billion)
			})
		} else {
			as.what = "claim before caps (engine)"
			l.claim = s.values(as, true, whole, m.engineClaims(l))
		}
		l.now = l.claim
	}
	if len(m.lines) > 0 {
		m.claimed = s.sumOf(label{"all claims before caps", "", "", "pence"}, whole, m.current(nil, func(l *contractLine) line { return l.claim }))
	}
	for i := range m.p.Contract.Metrics {
		t := &m.p.Contract.Metrics[i]
		switch {
		case len(t.Tariff.Tiers) > 0:
			m.b.paste("Claims of "+t.Name, "its price goes by tiers of the cohort's rate on %s", t.Trigger.Definition().On)
		case t.Tariff.Beyond != nil:
			m.b.paste("Claims of "+t.Name, "its price is another beyond %d units", t.Tariff.Beyond.Units)
		}
	}
}

// engineClaims are the claims of the engine's ledger in the prices of the contract.
func (m *maker) engineClaims(l *contractLine) []float64 {
	row := m.shape.Row(l.metric, l.council)
	var all []float64
	for _, pence := range m.ledgers[m.fixed].Claims[row*m.n : (row+1)*m.n] {
		all = append(all, float64(pence))
	}
	return all
}

// current is a line of each contract line that is asked for; nil asks for all.
func (m *maker) current(which func(*contractLine) bool, of func(*contractLine) line) (all []line) {
	for _, l := range m.lines {
		if which == nil || which(l) {
			all = append(all, of(l))
		}
	}
	return all
}

// ofMetric asks for the lines of one metric, ofCouncil for those of one council.
func ofMetric(metric int) func(*contractLine) bool {
	return func(l *contractLine) bool { return l.metric == metric }
}

func ofCouncil(council int) func(*contractLine) bool {
	return func(l *contractLine) bool { return l.council == council }
}

func now(l *contractLine) line { return l.now }

// newLines lists the lines that the contract pays for, in the order in which ties are
// settled: by name of metric, then of council.
func (m *maker) newLines() {
	for _, metric := range inOrder(m.shape.Metrics) {
		for _, council := range inOrder(m.shape.Commissioners) {
			if paysFor(&m.p.Contract.Metrics[metric], m.shape.Commissioners[council]) {
				m.lines = append(m.lines, &contractLine{metric: metric, council: council})
			}
		}
	}
}

func paysFor(t *contract.Metric, council string) bool {
	for _, name := range t.Commissioners {
		if name == council {
			return true
		}
	}
	return len(t.Commissioners) == 0
}

// limit shares what is left for some lines over them.
func (m *maker) limit(s *sheet, what string, which func(*contractLine) bool, total line, weights []line) {
	var as []label
	var some []*contractLine
	for _, l := range m.lines {
		if which == nil || which(l) {
			some = append(some, l)
			as = append(as, label{of: m.shape.Metrics[l.metric], council: m.shape.Commissioners[l.council]})
		}
	}
	for i, part := range m.apportion(s, what, total, weights, as) {
		some[i].now = part
	}
}
