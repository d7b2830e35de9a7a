package finance

import "github.com/edgeofcare/edgeofcare/model/contract"

// receive works out the receipts by day: what all payers pay for a quarter, claims,
// grants and the delivery fee, less the share of claims and grants that is disallowed.
// The delivery fee is no claim, so that nothing of it is disallowed.
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
			a.Receipts[day] -= portion(claimed(l, q, paid), c.disallowed, whole)
		}
	}
}

// claimed is what is left of a quarter's receipts without the delivery fee. The fee is
// its share of the payments of the quarter, whose prices may be others than those of
// the receipts; where the cap of a payer cuts both, the fee is paid first.
func claimed(l *contract.Ledger, q int, paid int64) int64 {
	if l.Fees == nil || paid == 0 {
		return paid
	}
	payments, fee := int64(0), int64(0)
	for commissioner := range l.Shape.Commissioners {
		fee += l.FeesOf(commissioner)[q]
		for payer := range l.Payers {
			payments += l.PaymentsOf(payer, commissioner)[q]
		}
	}
	if payments <= fee {
		return 0
	}
	return rounded(float64(paid) * float64(payments-fee) / float64(payments))
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
