package finance

import "github.com/edgeofcare/edgeofcare/model/contract"

// receive works out the receipts by day: what all payers pay for a quarter,
// claims and grants, less the share that is disallowed.
func (c *Cash) receive(l *contract.Ledger, a *Account) {
	clear(a.Receipts)
	paid := a.quarterly
	clear(paid)
	for payer := range l.Payers {
		for commissioner := range l.Shape.Commissioners {
			addQuarters(paid, l.PaymentsOf(payer, commissioner))
		}
	}
	for q, day := range c.days.receipts {
		a.Receipts[day] = paid[q]
		if c.disallowed > 0 {
			a.Receipts[day] -= portion(paid[q], c.disallowed, whole)
		}
	}
}
