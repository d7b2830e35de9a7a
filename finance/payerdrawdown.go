package finance

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// PayerSchedule is the drawdown schedule of one payer: what it is asked for, and
// when it pays. An outcomes fund such as the Life Chances Fund plans its own
// money from it.
type PayerSchedule struct {
	Payer    string       `json:"payer"`
	Quarters []PayerClaim `json:"quarters"`
	Years    []PayerYear  `json:"years"` // in which it pays, in order
}

// PayerClaim is what a payer is asked for one quarter. Amounts are in £.
type PayerClaim struct {
	Quarter    calendar.Quarter `json:"quarter"` // in which outcomes were achieved
	Claimed    decimal.Decimal  `json:"claimed"`
	PaidOn     calendar.Date    `json:"paid_on"`
	Cumulative decimal.Decimal  `json:"cumulative"` // claimed so far
}

// PayerYear is what a payer pays in one financial year, April to March, by day
// of payment: the claim for January to March falls in the next year if it is paid
// after 31 March.
type PayerYear struct {
	Year calendar.FinancialYear `json:"year"`
	Paid decimal.Decimal        `json:"paid"` // £
}

// Drawdown lays out what one payer pays of the claims and grants of every
// commissioner, so many days after the last day of each quarter. A payer is
// named as in [contract.Ledger]; a commissioner is the payer of its own part.
// Nothing is taken off for what may be disallowed. All amounts are in the prices of
// the ledger: claims in those of their quarter, payments of the day of payment.
//
// The error says that the ledger has no such payer and lists those it has, or
// that the days are below 0 or lead beyond the year 9999.
func Drawdown(l *contract.Ledger, payer string, paidAfter int) (PayerSchedule, error) {
	if l == nil || l.Shape == nil {
		return PayerSchedule{}, errors.New("there is no ledger to lay out: give that of a projection or of a result")
	}
	row := slices.Index(l.Payers, payer)
	if row < 0 {
		return PayerSchedule{}, fmt.Errorf("there is no payer called %q in this contract: the payers are %s", payer, strings.Join(l.Payers, ", "))
	}
	if paidAfter < 0 {
		return PayerSchedule{}, fmt.Errorf("claims cannot be paid %d days after the end of a quarter: it must be 0 or more", paidAfter)
	}
	schedule, claimed := PayerSchedule{Payer: payer}, int64(0)
	for q, quarter := range l.Shape.Quarters {
		amount := int64(0)
		for c := range l.Shape.Commissioners {
			amount += l.PaymentsOf(row, c)[q]
		}
		on := quarter.Last().AddDays(paidAfter)
		if on.IsZero() {
			return PayerSchedule{}, fmt.Errorf("the claims of %s would be paid after the year 9999: reduce the days after which claims are paid", quarter)
		}
		claimed += amount
		schedule.Quarters = append(schedule.Quarters, PayerClaim{
			Quarter: quarter, Claimed: contract.Pounds(amount), PaidOn: on, Cumulative: contract.Pounds(claimed),
		})
		schedule.pay(on.FinancialYear(), contract.Pounds(WhenPaid(l, amount, quarter.FinancialYear(), on.FinancialYear())))
	}
	return schedule, nil
}

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

// pay adds an amount to the last year, or to a new one after it.
func (s *PayerSchedule) pay(year calendar.FinancialYear, amount decimal.Decimal) {
	if n := len(s.Years); n == 0 || s.Years[n-1].Year != year {
		s.Years = append(s.Years, PayerYear{Year: year})
	}
	last := &s.Years[len(s.Years)-1]
	last.Paid = last.Paid.Add(amount)
}
