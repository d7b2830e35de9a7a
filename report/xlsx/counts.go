package xlsx

import "github.com/edgeofcare/edgeofcare/model/contract"

// The sheets Units and Weeks: what the engine expects, as values. Nothing on them is a
// price, and no input of the workbook changes them.

// weeksOf names a row of expected child-weeks.
type weeksOf struct {
	arm                    contract.Arm
	cohort, council, state int
}

func (m *maker) newCounts() {
	units := m.workings("Units", "Units: expected payable units of the contract, from the engine",
		"A value, not a formula: units depend on where children live and on every rule of the contract about one child.")
	for _, l := range m.lines {
		l.units = units.values(label{"expected units", m.shape.Metrics[l.metric], m.shape.Commissioners[l.council], "units"}, true, weeks, m.counts.UnitsOf(l.metric, l.council))
	}
	s := m.workings("Weeks", "Weeks: expected child-weeks in the tracking window, from the engine",
		"A value, not a formula. Each cohort is there with the programme (intervention) and without it (counterfactual); states that cost nothing or in which nobody lives are left out.")
	for _, arm := range contract.Arms() {
		for k, cohort := range m.shape.Cohorts {
			for c, council := range m.shape.Commissioners {
				for i, state := range m.shape.States {
					lived := m.counts.WeeksIn(contract.Tracking, arm, k, c, i)
					if m.cost[[2]int{c, i}].none() || nothing(lived) {
						continue
					}
					m.weeks[weeksOf{arm, k, c, i}] = s.values(label{cohort + ": " + state, arm.String(), council, "weeks"}, true, weeks, lived)
				}
			}
		}
	}
}

// lived reports whether any child of a council is expected in a state in the tracking
// window.
func (m *maker) lived(council, state int) bool {
	for _, arm := range contract.Arms() {
		for k := range m.shape.Cohorts {
			if !nothing(m.counts.WeeksIn(contract.Tracking, arm, k, council, state)) {
				return true
			}
		}
	}
	return false
}

func nothing(values []float64) bool {
	for _, v := range values {
		if v != 0 {
			return false
		}
	}
	return true
}
