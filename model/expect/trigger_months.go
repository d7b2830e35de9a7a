package expect

import "github.com/edgeofcare/edgeofcare/model/contract"

// months is the expectation of contract.Months: one unit for each month that is
// spent wholly in payable states, in its last week.
func months(terms *contract.Months, c *cohort, payable contract.StateSet) earnings {
	e, weeks := newEarnings(c)
	last := min(terms.Window, weeks) // the first month that is not paid any more
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

// monthsUntilInterrupted pays those who have been in payable states ever since
// the start. They have all earned the same.
func (e *earnings) monthsUntilInterrupted(terms *contract.Months, c *cohort, payable contract.StateSet, last int) {
	share := unbroken(c, payable, contract.WeeksIn(last))
	for month := terms.First; month < last && month-terms.First < terms.CapPerChild; month++ {
		u := contract.WeeksIn(month+1) - 1
		e.add(c.lag+u, month-terms.First, 1, share[u])
	}
}

// monthsWithPauses carries the number n of months paid so far and whether the
// present month has been broken: at 2n those who have held it, at 2n + 1 those
// who have not. Those who have reached the cap per child are let go.
func (e *earnings) monthsWithPauses(terms *contract.Months, c *cohort, payable contract.StateSet, last int) {
	child := c.startedChild(2 * min(terms.CapPerChild, last-terms.First))
	u := 0
	for ; u < contract.WeeksIn(terms.First); u++ {
		child.Step()
	}
	for month := terms.First; month < last; month++ {
		for ; u < contract.WeeksIn(month+1); u++ {
			child.Each(func(state, _ int, shares []float64) {
				if payable.Has(state) {
					return
				}
				for n := 0; n < len(shares); n += 2 {
					shares[n], shares[n+1] = 0, shares[n]+shares[n+1]
				}
			})
			if u == contract.WeeksIn(month+1)-1 {
				child.Each(func(_, _ int, shares []float64) {
					held := 0.0 // those who come from one month less
					for n := 0; n < len(shares); n += 2 {
						e.add(c.lag+u, n/2, 1, shares[n])
						shares[n], held = shares[n+1]+held, shares[n]
						shares[n+1] = 0
					}
				})
			}
			child.Step()
		}
	}
}
