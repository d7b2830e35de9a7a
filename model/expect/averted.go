package expect

import "github.com/edgeofcare/edgeofcare/model/contract"

// averted is the law of contract.Averted: one unit in the week that is looked
// at, whatever came between.
func averted(terms *contract.Averted) law {
	return func(c *cohort, payable contract.StateSet) earnings {
		e, weeks := newEarnings(c)
		last := max(contract.WeeksIn(terms.Months), 1) - 1
		if last >= weeks {
			return e
		}
		for s, share := range c.lives.started {
			if payable.Has(s) {
				e.add(c.moves.lag+last, 0, 1, share[c.moves.lag+last])
			}
		}
		return e
	}
}
