package expect

import "github.com/edgeofcare/edgeofcare/model/contract"

// months is the law of contract.Months: one unit for each month that is lived
// wholly in payable states, in its last week.
func months(terms *contract.Months) law {
	return func(c *cohort, payable contract.StateSet) earnings {
		e, weeks := newEarnings(c)
		last := min(terms.Window, weeks) // month that is not paid any more
		for contract.WeeksIn(last) > weeks {
			last--
		}
		if terms.First >= last || terms.CapPerChild == 0 {
			return e
		}
		if terms.Interruption == contract.Ends {
			e.monthsUntilInterrupted(terms, c, payable, last)
		} else {
			e.monthsWithPauses(terms, c, payable, last)
		}
		return e
	}
}

// monthsUntilInterrupted pays those who have been in payable states ever since
// the start. They have all earned the same.
func (e *earnings) monthsUntilInterrupted(terms *contract.Months, c *cohort, payable contract.StateSet, last int) {
	share := unbroken(c, payable, contract.WeeksIn(last))
	for month := terms.First; month < last && month-terms.First < terms.CapPerChild; month++ {
		u := contract.WeeksIn(month+1) - 1
		e.add(c.moves.lag+u, month-terms.First, 1, share[u])
	}
}

// monthsWithPauses carries the number n of months paid so far and whether the
// present month has been broken: at 2n those who have held it, at 2n + 1 those
// who have not. Who has earned the most is let go.
func (e *earnings) monthsWithPauses(terms *contract.Months, c *cohort, payable contract.StateSet, last int) {
	child := startedChild(c.moves, 2*min(terms.CapPerChild, last-terms.First))
	broken := func(state int) bool { return !payable.Has(state) }
	everywhere := func(int) bool { return true }
	u := 0
	for ; u < contract.WeeksIn(terms.First); u++ {
		child.step(c.moves.lag + u)
	}
	for month := terms.First; month < last; month++ {
		for ; u < contract.WeeksIn(month+1); u++ {
			child.each(broken, func(share []float64) {
				for n := 0; n < len(share); n += 2 {
					share[n], share[n+1] = 0, share[n]+share[n+1]
				}
			})
			if u == contract.WeeksIn(month+1)-1 {
				child.each(everywhere, func(share []float64) {
					held := 0.0 // those who come from one month less
					for n := 0; n < len(share); n += 2 {
						e.add(c.moves.lag+u, n/2, 1, share[n])
						share[n], held = share[n+1]+held, share[n]
						share[n+1] = 0
					}
				})
			}
			child.step(c.moves.lag + u)
		}
	}
}
