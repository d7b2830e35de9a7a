package lives

import "github.com/edgeofcare/edgeofcare/model/contract"

// pay marks the paid weeks of n children in blocks: those of the planned stay, which
// is known when it begins.
func (b *block) pay(n int) {
	c := b.cohort
	for k := range c.metrics {
		metric := &c.metrics[k]
		weeks := metric.plannedWeeks(c)
		for j, i := range b.starters[:b.started] {
			child, l := &b.children[i], &b.lives[n+j]
			if !metric.pays(c, child.commissioner, child.age+7*c.lag) {
				continue
			}
			start := int(l.referred) + c.lag
			paid := min(min(int(l.due), int(l.until))-start, weeks.Window) - weeks.First
			paid = max(0, min(paid, weeks.CapPerChild)) // none of them is marked and taken away
			first := min(start+weeks.First, b.simulator.tables.weeks)
			b.mark(b.at.paid[k], child.commissioner, first, first+paid)
		}
	}
}

// plannedWeeks is the terms of a metric that pays full weeks in the planned state and
// in no other, or nil. The planned stay is one, so that no interruption matters.
func (m *metric) plannedWeeks(c *cohort) *contract.FullWeeks {
	weeks, ok := m.trigger.(*contract.FullWeeks)
	if !ok || m.payable != contract.StateSet(0).Add(c.planned) {
		return nil
	}
	return weeks
}

// payWhole counts what the children who started earn by metrics that look at whole
// lives.
func (b *block) payWhole(n int) {
	s, c := b.simulator, b.cohort
	for j, i := range b.starters[:b.started] {
		l, drawn := &b.lives[n+j], &b.children[i]
		stays := s.lives[with].stays[:0]
		trail := func(life int) []stayBegun { return b.trails[life*b.stays:] }
		stays = appendStays(stays, trail(int(i))[:drawn.before], l.referred)
		stays = appendStays(stays, trail(n + j)[drawn.before:l.begun], l.referred)
		stays[len(stays)-1].To = int(l.until - l.referred)
		s.child = child{
			week: int(l.referred), commissioner: drawn.commissioner, age: drawn.age,
			lag: c.lag, start: c.lag, with: stays,
		}
		s.earn(c)
	}
}

// appendStays adds stays to a life, each of which ends the one before. A stay that ends
// as it begins is none.
func appendStays(life []contract.Stay, begun []stayBegun, referred int32) []contract.Stay {
	for _, one := range begun {
		week := int(one.week - referred)
		if n := len(life); n > 0 {
			life[n-1].To = week
			if life[n-1].From == week {
				life = life[:n-1]
			}
		}
		life = append(life, contract.Stay{State: int(one.state), From: week})
	}
	return life
}
