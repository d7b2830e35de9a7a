package finance

import "github.com/edgeofcare/edgeofcare/model/contract"

// receive works out the receipts by day: what all payers pay for a quarter,
// claims and grants, less the share that is disallowed.
func (c *Cash) receive(l *contract.Ledger, a *Account) {
	clear(a.Receipts)
	due := c.due(l, a)
	for q, day := range c.days.receipts {
		paid := due[q]
		if c.prices.paid != nil {
			paid = rounded(float64(paid) * c.prices.paid[q])
		}
		a.Receipts[day] = paid
		if c.disallowed > 0 {
			a.Receipts[day] -= portion(paid, c.disallowed, whole)
		}
	}
}

// due is what is paid for each quarter, in the prices that the contract is worked
// out in.
func (c *Cash) due(l *contract.Ledger, a *Account) []int64 {
	if l.Fixed != l.Prices && !l.Index.Inflation.IsZero() {
		return l.Due
	}
	due := a.quarterly
	clear(due)
	for payer := range l.Payers {
		for commissioner := range l.Shape.Commissioners {
			addQuarters(due, l.PaymentsOf(payer, commissioner))
		}
	}
	return due
}
