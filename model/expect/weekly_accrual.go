package expect

import "github.com/edgeofcare/edgeofcare/model/contract"

// accrual is the terms of triggers that pay the same units for each week in a
// payable state, from the first payable week to the end of the window, up to the
// cap per child. The week in which the cap is reached is paid in part.
type accrual struct {
	first, window int // weeks since the start
	perWeek, most int // units; most is the cap per child
	interruption  contract.Interruption
}

// accrualOf returns the terms of a trigger that pays the same units for each week;
// false for any other.
func accrualOf(trigger contract.Trigger) (accrual, bool) {
	switch terms := trigger.(type) {
	case *contract.Days:
		return accrualOfDays(terms), true
	case *contract.FullWeeks:
		return accrualOfFullWeeks(terms), true
	}
	return accrual{}, false
}

// earned is what is expected to be earned under the terms.
func (a accrual) earned(c *cohort, payable contract.StateSet) earnings {
	if a.interruption == contract.Pauses {
		return a.withPauses(c, payable)
	}
	return a.untilInterrupted(c, payable)
}

// untilInterrupted pays those who have been in payable states ever since the
// start. They have all earned the same: the units of each week since the first
// payable one.
func (a accrual) untilInterrupted(c *cohort, payable contract.StateSet) earnings {
	e, weeks := newEarnings(c)
	left, earned := a.most, 0
	for u, share := range unbroken(c, payable, min(a.window, weeks)) { // u is weeks since the start
		if units := min(a.perWeek, left); u >= a.first && units > 0 {
			e.add(c.lag+u, earned, units, share)
			left, earned = left-units, earned+units
		}
	}
	return e
}

// withPauses carries the number of weeks paid so far, since after a pause it no
// longer follows from the week. Those who have reached the cap are let go.
func (a accrual) withPauses(c *cohort, payable contract.StateSet) earnings {
	e, weeks := newEarnings(c)
	window := min(a.window, weeks)
	paid := a.weeksPaid(window)
	if paid <= 0 {
		return e
	}
	child := c.startedChild(paid)
	for u := range window {
		if u >= a.first {
			child.Each(func(state, _ int, shares []float64) {
				if !payable.Has(state) {
					return
				}
				for n, x := range shares {
					e.add(c.lag+u, n*a.perWeek, min(a.perWeek, a.most-n*a.perWeek), x)
				}
				copy(shares[1:], shares)
				shares[0] = 0
			})
		}
		child.Step()
	}
	return e
}

// weeksPaid is the most weeks, of a window that may be cut short, that anyone can be paid
// for, whole or in part.
func (a accrual) weeksPaid(window int) int {
	if a.most/a.perWeek < window-a.first {
		return (a.most + a.perWeek - 1) / a.perWeek
	}
	return window - a.first
}
