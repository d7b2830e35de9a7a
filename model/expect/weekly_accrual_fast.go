package expect

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

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

// plannedShares sets the share of a child who starts that is still in the planned state,
// before a week since referral.
func (b *blocks) plannedShares(c *cohort, l *lanes, weeks int) {
	planned, t, share := c.groups.started[c.planned], c.lag, 1.0
	for e := range l.epochs {
		stay := b.stay(e)
		for ; t < min(l.epochs[e].until, weeks); t++ {
			planned[t] = share
			share *= stay
		}
	}
}

// stay is the probability of staying in the planned state in an epoch.
func (b *blocks) stay(epoch int) float64 {
	return b.jumps.sourceTable[b.epochs[epoch].sources[b.plan-coreSlots]][1].stay
}

// Where claims go on after a pause, the plain rule carries the number of weeks paid so far.
// But the cap per child can only be reached by those who have missed few of the payable
// weeks, and all others earn every week that they are in a payable state. So in place of
// the number there are the share of children and, times that share, the mean number of
// weeks paid so far, which is enough for the square of what they earn; and apart from
// these, those who have missed 0, 1 and so on, up to the most with which the cap can be
// reached. A cap of 1,095 days in 157 weeks is reached by those alone who miss none.

// pauses is an accrual with pauses.
type pauses struct {
	accrual
	payable contract.StateSet
	weeks   int // from the start, in which anything is followed
	whole   int // weeks that are paid for whole before the cap is reached
	near    int // how many numbers of missed weeks are followed: 0, 1 and so on
	// pays is 1 for payable states and 0 for others, by place; nil where children are
	// followed as a group, because moves depend on the time in a state.
	pays *places
}

// newPauses returns nil for another trigger, and where the plain rule follows no more.
func newPauses(c *cohort, l *lanes, m *settledMetric) *pauses {
	a, ok := accrualOf(c.programme.Contract.Metrics[m.index].Trigger)
	if !ok || a.interruption != contract.Pauses {
		return nil
	}
	p := &pauses{accrual: a, payable: m.payable, weeks: min(a.window, max(0, c.timing.weeks()-c.lag)), whole: a.most / a.perWeek}
	p.near = max(0, p.weeks-a.first-p.whole)
	if p.near+2 >= a.weeksPaid(p.weeks) {
		return nil
	}
	if l == nil {
		return p
	}
	if len(l.states) > mostPlaces {
		return nil
	}
	p.pays = &places{}
	for at, s := range l.states {
		if p.payable.Has(s) {
			p.pays[at] = 1
		}
	}
	return p
}

// earned is accrual.withPauses. Squares may be left out.
func (p *pauses) earned(c *cohort, l *lanes, squares bool) earnings {
	e, _ := newEarnings(c)
	if p.pays == nil {
		p.follow(c, &e)
	} else {
		p.followPlaces(c, l, &e, squares)
	}
	return e
}

// follow follows a group, whose count is no count here: moves treat alike whatever adds
// up. First is the share, then the share times the weeks paid so far, and then those who
// have missed 0, 1 and so on.
func (p *pauses) follow(c *cohort, e *earnings) {
	child := c.startedChild(2 + p.near)
	for u := range p.weeks {
		if week := u - p.first; week >= 0 {
			child.Each(func(state, _ int, shares []float64) {
				missed := shares[2:]
				if week == 0 && p.near > 0 {
					missed[0] = shares[0] // nobody has missed any
				}
				if !p.payable.Has(state) {
					if p.near > 0 {
						copy(missed[1:], missed)
						missed[0] = 0
					}
					return
				}
				p.pay(e, c.lag+u, shares[0], shares[1])
				shares[1] += shares[0]
				for k, share := range missed {
					p.cap(e, c.lag+u, week-k, share)
				}
			})
		}
		child.Step()
	}
}

// followPlaces follows the lanes of a cohort.
func (p *pauses) followPlaces(c *cohort, l *lanes, e *earnings, squares bool) {
	c.work.missed = slices.Grow(c.work.missed[:0], p.near)[:p.near]
	missed := c.work.missed
	clear(missed)
	var child, before places // before is times the weeks paid so far
	child[l.plan] = 1
	if p.near > 0 {
		missed[0][l.plan] = 1
	}
	t, last, n := c.lag, c.lag+p.weeks, len(l.states)
	for i := range l.epochs {
		moves := l.epochs[i].one
		for ; t < min(l.epochs[i].until, last); t++ {
			if week := t - c.lag - p.first; week >= 0 {
				p.payPlaces(e, t, &child, &before)
				p.capPlaces(e, t, week, missed)
			}
			moves.move(&child, n)
			if squares {
				moves.move(&before, n)
			}
			for k := range missed {
				moves.move(&missed[k], n)
			}
		}
	}
	if !squares {
		clear(e.squares)
	}
}

// payPlaces is pay for all places.
func (p *pauses) payPlaces(e *earnings, t int, child, before *places) {
	share, weeks := 0.0, 0.0
	for at, pays := range p.pays {
		in := pays * child[at]
		share += in
		weeks += pays * before[at]
		before[at] += in
	}
	p.pay(e, t, share, weeks)
}

// capPlaces is cap for all places, in a week counted from the first payable one, and counts
// who misses it.
func (p *pauses) capPlaces(e *earnings, t, week int, missed []places) {
	for k := len(missed) - 1; k >= 0; k-- {
		share := 0.0
		for at, pays := range p.pays {
			x := &missed[k][at]
			if k+1 < len(missed) {
				missed[k+1][at] += (1 - pays) * *x
			}
			*x *= pays
			share += *x
		}
		p.cap(e, t, week-k, share)
	}
}

// pay pays a week to a share of children, as if there were no cap; weeks is the share times
// the weeks that they have been paid for so far.
func (p *pauses) pay(e *earnings, t int, share, weeks float64) {
	units := float64(p.perWeek)
	e.units[t] += units * share
	e.squares[t] += units * units * (2*weeks + share)
}

// cap takes off what the cap leaves unpaid of a week, for a share of children who have been
// paid for so many weeks.
func (p *pauses) cap(e *earnings, t, paid int, share float64) {
	if paid < p.whole {
		return
	}
	before, left := paid*p.perWeek, max(0, p.most-paid*p.perWeek)
	e.units[t] -= float64(p.perWeek-left) * share
	e.squares[t] -= float64(p.perWeek*(2*before+p.perWeek)-left*(2*before+left)) * share
}
