package finance_test

import (
	"testing"

	"github.com/shopspring/decimal"
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

// A delivery fee is received on the last days of its months, and the rest of the quarter
// so many days after it. Derby pays 6,000.00 for October to December 2020, of which
// 1,000.00 is the fee of December, whose first day alone is in its period; and 8,000.00
// for January to March, of which 1,000.00 is what a cap has left of three months of fees:
// 333.34, 333.33 and 333.33. A tenth of the rest, 5,000.00 and 7,000.00, is disallowed.
func TestDeliveryFeeIsReceivedEachMonth(t *testing.T) {
	p := small(date(t, "2020-10-01"), 26)
	p.Delivery = &model.Delivery{ClaimsPaidAfter: 30, Disallowed: pounds("0.1")}
	p.Contract.Fee = &contract.DeliveryFee{
		PerMonth: pounds("1000"), From: date(t, "2020-11-15"), To: date(t, "2021-03-31"), Shares: map[string]decimal.Decimal{"Derby": pounds("1")},
	}
	l := paid(p, "6000", "8000")
	l.Fees = []int64{100000, 100000}
	received := func(a *finance.Account) (moves []string) {
		for day, amount := range a.Receipts {
			if amount != 0 {
				moves = append(moves, a.Days[day].String()+" "+sterling(amount))
			}
		}
		return moves
	}
	f := follow(t, p, contract.NewCounts[int64](p.Shape()), l)
	require.Equal(t, []string{
		"2020-12-31 1000.00", "2021-01-30 4500.00", "2021-01-31 333.34", "2021-02-28 333.33", "2021-03-31 333.33", "2021-04-30 6300.00",
	}, received(f.Account))

	// Costs in cash, and a contract in constant prices of 2019/20 with 2% a year: the fee of
	// a month is worth 1.02 of it in 2020/21, and 6,300.00 that is paid in 2021/22 1.0404.
	p.Inflation, p.PriceYear, p.Delivery.Indexation = 0.02, 2019, decimal.NewNullDecimal(pounds("0"))
	l.Index = p.PriceIndex()
	cash, err := finance.NewCash(p, contract.Cash)
	require.NoError(t, err)
	a := cash.NewAccount()
	finance.Follow(cash, contract.NewCounts[int64](p.Shape()), l, a)
	require.Equal(t, []string{
		"2020-12-31 1020.00", "2021-01-30 4590.00", "2021-01-31 340.00", "2021-02-28 340.00", "2021-03-31 340.00", "2021-04-30 6554.52",
	}, received(a))
}

// Cash is kept for costs up to the next claim, less the fee that comes before: the days
// of a fee are none on which cash is paid out. October to December cost 3,000.00, which
// the fund gives. On 30 January 2021 the claim of 3,000.00 is received, and January to
// March cost 1,000.00 on each of their last days: with a fee of 400.00 a month 3 × 600.00
// is kept and 1,200.00 repaid, with one of 1,000.00 nothing is kept, and without one
// all is.
func TestTheFeeToComeIsNotKept(t *testing.T) {
	for fee, want := range map[string]string{"0": "-", "400": "1200.00", "1000": "3000.00", "1200": "3000.00"} {
		p := small(date(t, "2020-10-01"), 26)
		p.Delivery = &model.Delivery{ClaimsPaidAfter: 30, FixedPerQuarter: []model.DatedAmount{{Amount: pounds("3000")}}}
		p.Facility = &model.Facility{Investors: []model.Investor{{Name: "Fund", Commitment: pounds("6000")}}}
		p.Contract.Fee = &contract.DeliveryFee{
			PerMonth: pounds(fee), From: date(t, "2021-01-01"), To: date(t, "2021-03-31"), Shares: map[string]decimal.Decimal{"Derby": pounds("1")},
		}
		all := pounds(fee).Mul(pounds("3"))
		l := paid(p, "3000", all.String())
		l.Fees = []int64{0, all.Shift(2).IntPart()}
		f := follow(t, p, contract.NewCounts[int64](p.Shape()), l)
		for day, on := range f.Days {
			if last := len(f.Days) - 1; day != last {
				repaid := "-"
				if on == date(t, "2021-01-30") {
					repaid = want
				}
				require.Equal(t, repaid, sterling(f.Account.Repaid[day]), "a fee of £%s: %s", fee, on)
			}
		}
		require.Zero(t, f.Account.Cash[len(f.Days)-1], "in the end all is paid out")
	}
}
