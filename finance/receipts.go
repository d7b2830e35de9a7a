package finance

import "github.com/edgeofcare/edgeofcare/model/contract"

// receive works out the receipts by day: what all payers pay for a quarter, claims and
// grants, less the share of them that is disallowed, on one day, and the delivery fee
// in equal parts on the last days of its months, the odd pence with the first. The
// fee is no claim, so that nothing of it is disallowed.
func (c *Cash) receive(l *contract.Ledger, a *Account) {
	clear(a.Receipts)
	due, fees := c.due(l, a), feesByQuarter(l)
	for q, day := range c.days.receipts {
		claims := due[q]
		if fees != nil {
			claims -= c.receiveFee(l, a, q, due[q], fees[q])
		}
		if c.prices.paid != nil {
			claims = rounded(float64(claims) * c.prices.paid[q])
		}
		a.Receipts[day] += claims
		if c.disallowed > 0 {
			a.Receipts[day] -= portion(claims, c.disallowed, whole)
		}
	}
}

// receiveFee adds the delivery fee of a quarter to the receipts, and returns how much
// of what is due for the quarter it is, in the prices of that. Its part of the payments
// is known in the prices of the ledger, which may be others.
func (c *Cash) receiveFee(l *contract.Ledger, a *Account, q int, due, fee int64) int64 {
	payments := int64(0)
	for at := q; at < len(l.Payments); at += len(l.Shape.Quarters) {
		payments += l.Payments[at]
	}
	if fee == 0 || payments == 0 {
		return 0
	}
	part := due - rounded(float64(due)*float64(payments-fee)/float64(payments))
	amount := part
	if c.prices.paid != nil { // its months are in the quarter, and in the financial year of that
		amount = rounded(float64(part) * c.prices.index.In(l.Shape.Quarters[q].FinancialYear()))
	}
	on := c.days.fees[q]
	if len(on) == 0 { // of a ledger whose contract had a fee, and this one has none
		on = c.days.receipts[q : q+1]
	}
	n := int64(len(on))
	for i, day := range on {
		month := amount / n
		if int64(i) < amount%n {
			month++
		}
		a.Receipts[day] += month
	}
	return part
}

// feesByQuarter is what all payers pay of the delivery fee; nil where there is none.
func feesByQuarter(l *contract.Ledger) []int64 {
	if l.Fees == nil {
		return nil
	}
	all := make([]int64, len(l.Shape.Quarters))
	for _, payer := range l.FeePayments() {
		addQuarters(all, payer)
	}
	return all
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
