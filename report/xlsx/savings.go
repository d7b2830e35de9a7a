package xlsx

import "fmt"

// The sheet Savings: what is avoided by cohort and council, and what of it is cash.

func (m *maker) newSavings() {
	s := m.b.sheet("Savings", "Savings: avoided cost of care by cohort and council over all quarters, central projection, in "+m.sign,
		[]string{"cohort", "council", "prices", "cost of care without the programme", "cost of care with it", "gross avoided cost", "cashable saving"},
		"Care in the tracking window: from referral to the end of tracking, the 18th birthday or the horizon. Gross avoided is mostly not money that can be taken out of a budget.")
	for _, kind := range m.kinds {
		r := m.results[kind]
		for k, cohort := range m.shape.Cohorts {
			for c, council := range m.shape.Commissioners {
				at := avoidedBy{k, c}
				l, ok := r.avoided[at]
				if !ok {
					continue
				}
				in := func(l line) cell { return formula(pounds, "%s/%s", l.total(), m.k.pence) }
				s.add(text(cohort), text(council), text(kind.String()), in(r.without[at]), in(r.with[at]), in(l), in(r.cashable[at]))
			}
		}
		m.check("avoided cost of cohorts adds up to that of councils, "+kind.String()+" prices", m.differ(r), 0)
	}
}

// differ is by how much cohorts and councils differ.
func (m *maker) differ(r *results) string {
	var cohorts []string
	for k := range m.shape.Cohorts {
		for c := range m.shape.Commissioners {
			if l, ok := r.avoided[avoidedBy{k, c}]; ok {
				cohorts = append(cohorts, l.total())
			}
		}
	}
	return fmt.Sprintf("ABS(%s-(%s))", r.avoidedAll.total(), plus(cohorts))
}
