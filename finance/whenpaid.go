package finance

import (
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// WhenPaid is what an amount in pence, earned in one financial year, is when it is
// paid in another, in the prices of the ledger. One that is fixed in constant prices
// keeps its value until then; one in cash does not.
func WhenPaid(l *contract.Ledger, amount int64, earned, paid calendar.FinancialYear) int64 {
	if l.Fixed == l.Prices || earned == paid {
		return amount
	}
	factor := l.Index.In(paid) / l.Index.In(earned)
	if l.Fixed == contract.Cash {
		factor = 1 / factor
	}
	return rounded(float64(amount) * factor)
}
