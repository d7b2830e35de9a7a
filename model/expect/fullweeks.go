package expect

import "github.com/edgeofcare/edgeofcare/model/contract"

// fullWeeks is the law of contract.FullWeeks: one unit for each week in a
// payable state, from the first payable week to the end of the window, up to
// the cap.
func fullWeeks(terms *contract.FullWeeks) law {
	if terms.Interruption == contract.Pauses {
		return func(c *cohort, payable contract.StateSet) earnings { return withPauses(terms, c, payable) }
	}
	return func(c *cohort, payable contract.StateSet) earnings { return untilInterrupted(terms, c, payable) }
}

// untilInterrupted follows the child for as long as every week since the start
// was in a payable state. All who are left have then earned the same: a unit
// for each week since the first payable one.
func untilInterrupted(terms *contract.FullWeeks, c *cohort, payable contract.StateSet) earnings {
	e, weeks := newEarnings(c)
	child := startedChild(c.moves, 1)
	for u := range min(terms.Window, weeks) { // u is weeks since the start
		earned := u - terms.First
		if earned >= terms.CapPerChild {
			break
		}
		child.leaveOnly(payable.Has)
		if earned >= 0 {
			for s := range child.places {
				e.add(c.moves.lag+u, earned, child.places[s].total())
			}
		}
		child.step(c.moves.lag + u)
	}
	return e
}

// withPauses carries the units earned so far, since after a pause they no
// longer follow from the week. Who has earned the cap is let go.
func withPauses(terms *contract.FullWeeks, c *cohort, payable contract.StateSet) earnings {
	e, weeks := newEarnings(c)
	window := min(terms.Window, weeks)
	most := min(terms.CapPerChild, window-terms.First) // units that anyone can earn
	if most <= 0 {
		return e
	}
	child := startedChild(c.moves, most)
	for u := range window {
		if u >= terms.First {
			e.pay(c.moves.lag+u, child, payable)
		}
		child.step(c.moves.lag + u)
	}
	return e
}

// pay pays week t to everyone who is in a payable state: who had earned n
// units goes on with n + 1, and leaves the group if those are the most.
func (e *earnings) pay(t int, g *group, payable contract.StateSet) {
	for s := range g.places {
		if !payable.Has(s) {
			continue
		}
		p := &g.places[s]
		for i := range p.entered {
			share := p.generation(i)
			for n, x := range share {
				e.add(t, n, x)
			}
			copy(share[1:], share)
			share[0] = 0
		}
	}
}

// newEarnings returns earnings of nothing, and for how many weeks from the
// start they can be told.
func newEarnings(c *cohort) (e earnings, weeks int) {
	all := c.timing.weeks()
	return earnings{units: make([]float64, all), squares: make([]float64, all)}, max(0, all-c.moves.lag)
}

// add pays one unit in week t to a share of children who had earned n before:
// their square rises from n² to (n+1)².
func (e *earnings) add(t, n int, share float64) {
	e.units[t] += share
	e.squares[t] += float64(2*n+1) * share
}
