package xlsx

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// The sheet Care: what care costs in the tracking window with and without the programme,
// what that avoids, and what of it is cashable.

// avoidedBy names what a council avoids for the children of a cohort.
type avoidedBy struct{ cohort, council int }

func (m *maker) newCare() {
	m.care = m.workings("Care", "Care: cost of care in the tracking window, what is avoided and what of it is cashable, in pence")
	for k, cohort := range m.shape.Cohorts {
		var expected []line
		for c := range m.shape.Commissioners {
			if l := m.costs(k, c); !l.none() {
				expected = append(expected, l)
			}
		}
		if len(expected) > 0 {
			m.cashable(k, cohort, expected)
		}
	}
}

// costs adds the cost of care of a cohort and council in both arms, what that avoids,
// and the same not rounded, which it returns; none if no week costs anything.
func (m *maker) costs(k, c int) line {
	cohort, council := m.shape.Cohorts[k], m.shape.Commissioners[c]
	if len(m.weekCosts(contract.Counterfactual, k, c, 0))+len(m.weekCosts(contract.Intervention, k, c, 0)) == 0 {
		return line{}
	}
	in := map[contract.Arm]line{}
	for _, arm := range contract.Arms() {
		in[arm] = m.care.calc(m.n, label{"cost of care, " + arm.String(), cohort, council, "pence"}, true, whole, func(q int) string {
			return "ROUND(" + plus(m.weekCosts(arm, k, c, q)) + ",0)"
		})
	}
	m.spent[avoidedBy{k, c}] = in
	return m.care.calc(m.n, label{"expected to be avoided, constant prices, not rounded", cohort, council, "pence"}, true, weeks, func(q int) string {
		text := fmt.Sprintf("((%s)-(%s))", plus(m.weekCosts(contract.Counterfactual, k, c, q)), plus(m.weekCosts(contract.Intervention, k, c, q)))
		if m.careIn == contract.Cash && m.inflation != "" {
			text += "*" + m.time.toConstant.at(q)
		}
		return text
	})
}

// weekCosts are weeks × cost of a week by state.
func (m *maker) weekCosts(arm contract.Arm, k, c, q int) (terms []string) {
	for i := range m.shape.States {
		if l, ok := m.weeks[weeksOf{arm, k, c, i}]; ok {
			terms = append(terms, l.at(q)+"*"+m.cost[[2]int{c, i}].at(q))
		}
	}
	return terms
}

// cashable adds the cashable part of what a cohort avoids. Where its care is expected to
// cost more with the programme, the extra cost is cash in full.
func (m *maker) cashable(k int, cohort string, expected []line) {
	share := m.share("cohorts."+cohort+".cashable share", "share of avoided cost that releases money already budgeted: "+cohort, m.p.Cohorts[k].CashableShare)
	var totals []string
	for _, l := range expected {
		totals = append(totals, l.total())
	}
	inForce := m.care.calc(m.n, label{"cashable share in force", cohort, "", "billionths"}, false, whole, func(int) string {
		return fmt.Sprintf("IF(%s<=%s,%s,ROUND(%s*%s,0))", plus(totals), m.k.harm, m.k.billion, share, m.k.billion)
	})
	for c, council := range m.shape.Commissioners {
		in, ok := m.spent[avoidedBy{k, c}]
		if !ok {
			continue
		}
		m.cash[avoidedBy{k, c}] = m.care.calc(m.n, label{"cashable", cohort, council, "pence"}, true, whole, func(q int) string {
			return fmt.Sprintf("ROUND((%s-%s)*%s/%s,0)", in[contract.Counterfactual].at(q), in[contract.Intervention].at(q), inForce.at(q), m.k.billion)
		})
	}
}
