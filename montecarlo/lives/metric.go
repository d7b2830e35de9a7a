package lives

import (
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// metric is what one metric pays for the cohort's children.
type metric struct {
	index        int
	trigger      contract.Trigger
	payable      contract.StateSet
	commissioner []bool // by commissioner: whether the metric pays for its children
	// ageFrom and ageTo limit the age on the first day of the start week, in
	// days.
	ageFrom, ageTo int
}

// newMetric prepares the k-th metric for a cohort that it pays for.
func (t *Tables) newMetric(k int, c *model.Cohort, index map[string]int) metric {
	paid := t.programme.Contract.Metrics[k]
	m := metric{index: k, trigger: paid.Trigger, payable: payable(t.programme, paid, c, index), ageTo: math.MaxInt}
	for _, name := range t.shape.Commissioners {
		m.commissioner = append(m.commissioner, len(paid.Commissioners) == 0 || slices.Contains(paid.Commissioners, name))
	}
	m.ageFrom = int(math.Ceil(paid.Ages.From * model.DaysPerYear))
	if paid.Ages.To > 0 {
		m.ageTo = int(math.Ceil(paid.Ages.To * model.DaysPerYear))
	}
	return m
}

// payable is the set of states that a metric pays for in a cohort. A state
// stands for itself and for every state of which it is the parent.
func payable(p *model.Programme, m contract.Metric, c *model.Cohort, index map[string]int) contract.StateSet {
	var set contract.StateSet
	if len(m.States) == 0 {
		return set.Add(index[c.PlannedState])
	}
	for i, state := range p.States {
		if slices.Contains(m.States, state.Name) || slices.Contains(m.States, state.Parent) {
			set = set.Add(i)
		}
	}
	return set
}

// pays reports whether the metric pays at all for a child of a commissioner who
// starts at an age, in days.
func (m *metric) pays(c *cohort, commissioner, age int) bool {
	if !m.commissioner[commissioner] {
		return false
	}
	return !c.ages || age >= m.ageFrom && age < m.ageTo
}
