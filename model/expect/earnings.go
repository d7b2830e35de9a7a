package expect

import "github.com/edgeofcare/edgeofcare/model/contract"

// earnings is what a child who starts is expected to earn under a trigger, by
// week since referral, if nobody turned 18 and there were no horizon. A life
// cut short in week t earns what was earned before it, so the sums up to any
// week are the moments of a life that ends there.
type earnings struct {
	units []float64 // expected units of the week
	// squares is by how much the week is expected to raise the square of the
	// units earned so far.
	squares []float64
}

// law works out earnings for the children of a cohort and a set of payable
// states.
type law func(c *cohort, payable contract.StateSet) earnings

// earningsUnder returns the law of a trigger, or nil if there is none. Each
// law lives in a file of its own, named after the trigger.
func earningsUnder(trigger contract.Trigger) law {
	switch terms := trigger.(type) {
	case *contract.Averted:
		return averted(terms)
	case *contract.Days:
		return days(terms)
	case *contract.Engagement:
		return engagement(terms)
	case *contract.FullWeeks:
		return fullWeeks(terms)
	case *contract.Milestones:
		return milestones(terms)
	case *contract.Months:
		return months(terms)
	}
	return nil
}

// newEarnings returns earnings of nothing, and for how many weeks from the
// start they can be told.
func newEarnings(c *cohort) (e earnings, weeks int) {
	all := c.timing.weeks()
	return earnings{units: make([]float64, all), squares: make([]float64, all)}, max(0, all-c.moves.lag)
}

// add pays units in week t to a share of children who had earned so many
// before: their square rises from before² to (before + units)².
func (e *earnings) add(t, before, units int, share float64) {
	e.units[t] += float64(units) * share
	e.squares[t] += float64(units) * float64(2*before+units) * share
}

// unbroken returns, by week since the start, the probability that a child who
// starts has been in payable states in every week up to that one and in it.
func unbroken(c *cohort, payable contract.StateSet, weeks int) []float64 {
	held := make([]float64, weeks)
	child := startedChild(c.moves, 1)
	for u := range held {
		child.leaveOnly(payable.Has)
		for s := range child.places {
			held[u] += child.places[s].total()
		}
		child.step(c.moves.lag + u)
	}
	return held
}
