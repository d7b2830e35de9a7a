package expect

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// earnings is what a child who starts is expected to earn under a trigger, by
// week since referral, if nobody turned 18 and there were no horizon. A life
// cut short in week t earns what was earned before it, so the sums up to any
// week are the moments of a life that ends there. The slices are the cohort's own,
// and hold until its next earnings are worked out.
type earnings struct {
	units []float64 // expected units of the week
	// squares is by how much the week is expected to raise the square of the
	// units earned so far.
	squares []float64
}

// newEarnings returns earnings of nothing, and the number of weeks from the
// start in which anything can be earned.
func newEarnings(c *cohort) (e earnings, weeks int) {
	all := c.timing.weeks()
	c.work.units, c.work.squares = zeros(c.work.units, all), zeros(c.work.squares, all)
	return earnings{units: c.work.units, squares: c.work.squares}, max(0, all-c.lag)
}

// add pays units in week t to a share of children who had earned so many
// before: their square rises from before² to (before + units)².
func (e *earnings) add(t, before, units int, share float64) {
	e.units[t] += float64(units) * share
	e.squares[t] += float64(units) * float64(2*before+units) * share
}

// unbroken returns, for some weeks from the start, the probability that a child
// who starts has been in payable states in every week up to and including that
// one. The slice may be the cohort's own: do not change it.
func unbroken(c *cohort, payable contract.StateSet, weeks int) []float64 {
	if payable == contract.StateSet(0).Add(c.planned) && weeks > 0 {
		return c.groups.started[c.planned][c.lag : c.lag+weeks] // nobody returns to it
	}
	c.work.held = zeros(c.work.held, weeks)
	held := c.work.held
	child := c.startedChild(1)
	for u := range held {
		child.Each(func(state, _ int, shares []float64) {
			if !payable.Has(state) {
				shares[0] = 0
			}
			held[u] += shares[0]
		})
		child.Step()
	}
	return held
}

// zeros returns a slice of zeros, in the memory of another if that is enough.
func zeros[N int | float64](s []N, length int) []N {
	s = slices.Grow(s[:0], length)[:length]
	clear(s)
	return s
}
