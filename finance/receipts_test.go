package finance_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// A delivery fee is no claim: what is disallowed is a share of the rest alone.
func TestNothingOfADeliveryFeeIsDisallowed(t *testing.T) {
	for _, c := range []struct{ name, paid, fee, want string }{
		{"the fee alone", "7650", "7650", "7650.00"},               // a tenth of 0 is not received
		{"claims alone", "7650", "0", "6885.00"},                   // 7,650 - 765
		{"both", "10000.01", "7650", "9765.01"},                    // 10,000.01 - 10% of 2,350.01, which is 235.00
		{"more fee than a payer's cap", "5000", "7650", "5000.00"}, // nothing is paid for claims
	} {
		p := small(date(t, "2020-10-01"), 13)
		p.Delivery = &model.Delivery{ClaimsPaidAfter: 30, Disallowed: pounds("0.1")}
		l := paid(p, c.paid)
		l.Fees = make([]int64, len(l.Shape.Quarters))
		l.Fees[0] = pounds(c.fee).Shift(2).IntPart()
		f := follow(t, p, contract.NewCounts[int64](p.Shape()), l)
		received := int64(0)
		for _, amount := range f.Account.Receipts {
			received += amount
		}
		require.Equal(t, c.want, sterling(received), c.name)

		// The same where prices rise and the contract is fixed in other prices than
		// those that are shown: the share of the fee is that of the payments shown.
		p.Inflation = 0.02
		l.Index, l.Prices, l.Fixed = p.PriceIndex(), contract.Constant, contract.Cash
		l.Due = []int64{pounds(c.paid).Shift(2).IntPart()}
		cash, err := finance.NewCash(p, contract.Constant)
		require.NoError(t, err)
		a := cash.NewAccount()
		finance.Follow(cash, contract.NewCounts[int64](p.Shape()), l, a)
		received = 0
		for _, amount := range a.Receipts {
			received += amount
		}
		require.Equal(t, c.want, sterling(received), c.name)
	}
}
