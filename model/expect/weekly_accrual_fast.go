package expect

import "github.com/edgeofcare/edgeofcare/model/contract"

// Where a metric pays one unit for every week of the tracking window in the planned state,
// units are weeks, and what is left of a share is a power of the probability of staying.

// paysPlannedWeeks reports whether a metric pays one unit for every week of the tracking
// window in the planned state, whoever the children are, so that units are weeks.
func (m *settledMetric) paysPlannedWeeks(c *cohort, metric *contract.Metric) bool {
	terms, ok := metric.Trigger.(*contract.FullWeeks)
	return ok && terms.First == 0 && terms.Interruption == contract.Ends && terms.CapPerChild >= terms.Window &&
		m.payable == contract.StateSet(0).Add(c.planned) && metric.Ages == (contract.AgeRange{}) &&
		terms.Window >= 0 && min(c.lag+terms.Window, c.timing.weeks()) == min(c.tracked, c.timing.weeks())
}

// addPlannedWeeks adds units that are weeks in the planned state.
func (r *Redraw) addPlannedWeeks(c *redrawn, m *settledMetric) {
	for k := range c.programme.Commissioners {
		if !m.pays[k] {
			continue
		}
		units := r.counts.UnitsOf(m.index, k)
		for q, weeks := range r.counts.WeeksIn(contract.Tracking, contract.Intervention, c.index, k, c.planned) {
			units[q] += weeks
		}
	}
}

// plannedMoments is the mean and mean square of the weeks in the planned state that count
// while children are tracked.
func (b *blocks) plannedMoments(c *cohort, l *lanes, counts []float64) (mean, square float64) {
	t, share, last := c.lag, c.groups.starts, min(c.tracked, len(counts))
	for e := range l.epochs {
		stay := b.stay(e)
		for ; t < min(l.epochs[e].until, last); t++ {
			paid := share * counts[t]
			mean += paid
			square += paid * float64(2*(t-c.lag)+1) // (n + 1)² - n²
			share *= stay
		}
	}
	return mean, square
}

// plannedShares sets the share of a child who starts that is still in the planned state.
func (b *blocks) plannedShares(c *cohort, l *lanes) {
	planned, t, share := c.groups.started[c.planned], c.lag, 1.0
	for e := range l.epochs {
		stay := b.stay(e)
		for ; t < min(l.epochs[e].until, len(planned)); t++ {
			planned[t] = share
			share *= stay
		}
	}
}

// stay is the probability of staying in the planned state in an epoch.
func (b *blocks) stay(epoch int) float64 {
	return b.jumps.sourceTable[b.epochs[epoch].sources[b.plan-coreSlots]][1].stay
}
