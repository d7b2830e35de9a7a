package contract_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// fee is £1,000 a month from 15 May 2020 to 1 September 2020: the first days of June, July,
// August and September are in it, so a quarter has £1,000 and the next £3,000. Two thirds
// are Nottinghamshire's.
func fee(inCap bool) *contract.DeliveryFee {
	return &contract.DeliveryFee{
		PerMonth: pounds("1000"), From: calendar.NewDate(2020, 5, 15), To: calendar.NewDate(2020, 9, 1), InCap: inCap,
		Shares: map[string]decimal.Decimal{notts: pounds("2"), derby: pounds("1")},
	}
}

// paidWith is what each council pays of claims of £6,500 and £3,000 a quarter and of the
// fee, with a contract cap.
func paidWith(t *testing.T, f *contract.DeliveryFee, limit string) *contract.Ledger {
	t.Helper()
	shape := &contract.Shape{Quarters: quarters("Q1 2020/21", 3), Commissioners: []string{notts, derby}, States: []string{"foster"}, Metrics: []string{"M1"}}
	tally := contract.NewCounts[int64](shape)
	copy(tally.UnitsOf(0, 0), []int64{13, 13, 13})
	copy(tally.UnitsOf(0, 1), []int64{6, 6, 6})
	return priced(t, contract.Terms{
		Metrics: []contract.Metric{{Name: "M1", Tariff: tariff("500")}}, Payers: commissionersPay(), Fee: f, Cap: capped(limit),
	}, tally)
}

func TestDeliveryFeeByHand(t *testing.T) {
	for _, c := range []struct {
		what             string
		inCap            bool
		cap              string
		fees, claims     []string // Nottinghamshire's and Derby's
		paidNotts, derby string
	}{
		// 1,000 × 2/3 = 666.666…, 333.333…: by largest remainder 666.67 and 333.33. 3,000: 2,000 and 1,000.
		{
			"far from the cap", true, "100000",
			[]string{"666.67 2000.00 0.00", "333.33 1000.00 0.00"},
			[]string{"6500.00 6500.00 6500.00", "3000.00 3000.00 3000.00"},
			"7166.67 8500.00 6500.00", "3333.33 4000.00 3000.00",
		},
		// Outside the cap of 19,000 the fee takes nothing of it: two quarters of 9,500 and then nothing.
		{
			"outside the cap", false, "19000",
			[]string{"666.67 2000.00 0.00", "333.33 1000.00 0.00"},
			[]string{"6500.00 6500.00 0.00", "3000.00 3000.00 0.00"},
			"7166.67 8500.00 0.00", "3333.33 4000.00 0.00",
		},
		// Inside: 19,000 - 1,000 - 9,500 = 8,500; - 3,000 = 5,500 for outcomes: × 13/19 = 3,763.157…
		// and × 6/19 = 1,736.842…: 3,763.16 and 1,736.84.
		{
			"inside the cap, before outcomes", true, "19000",
			[]string{"666.67 2000.00 0.00", "333.33 1000.00 0.00"},
			[]string{"6500.00 3763.16 0.00", "3000.00 1736.84 0.00"},
			"7166.67 5763.16 0.00", "3333.33 2736.84 0.00",
		},
		// A cap of 11,500: 1,000 + 9,500, and £1,000 of the next fee of £3,000 are left: 666.67 and 333.33.
		{
			"a fee that the cap cuts", true, "11500",
			[]string{"666.67 666.67 0.00", "333.33 333.33 0.00"},
			[]string{"6500.00 0.00 0.00", "3000.00 0.00 0.00"},
			"7166.67 666.67 0.00", "3333.33 333.33 0.00",
		},
	} {
		t.Run(c.what, func(t *testing.T) {
			l := paidWith(t, fee(c.inCap), c.cap)
			for i := range 2 {
				require.Equal(t, c.fees[i], series(l.FeesOf(i)))
				require.Equal(t, c.claims[i], series(l.AllowedOf(0, i)))
			}
			require.Equal(t, c.paidNotts, series(l.PaymentsOf(0, 0)))
			require.Equal(t, c.derby, series(l.PaymentsOf(1, 1)))
		})
	}
}

// Without a fee there is nothing of it in a ledger.
func TestNoDeliveryFee(t *testing.T) {
	l := paidWith(t, nil, "100000")
	require.Nil(t, l.Fees)
	require.Nil(t, l.FeesOf(0))
}

func TestDeliveryFeesThatCannotBePriced(t *testing.T) {
	shape := &contract.Shape{Quarters: quarters("Q1 2020/21", 3), Commissioners: []string{notts}, States: []string{"foster"}}
	for want, change := range map[string]func(*contract.DeliveryFee){
		"delivery fee.per month: £0.001 has more than two decimals":   func(f *contract.DeliveryFee) { f.PerMonth = pounds("0.001") },
		"delivery fee: its period runs from 2020-05-15 to 2020-05-14": func(f *contract.DeliveryFee) { f.To = calendar.NewDate(2020, 5, 14) },
		"delivery fee.shares: no council has a share":                 func(f *contract.DeliveryFee) { f.Shares = nil },
		"delivery fee.shares: Nottinghamshire has a share of -1":      func(f *contract.DeliveryFee) { f.Shares[notts] = pounds("-1") },
	} {
		f := fee(true)
		change(f)
		_, err := contract.NewPricer(contract.Terms{Payers: commissionersPay(), Fee: f}, contract.Care{}, shape, base(shape), contract.Constant)
		require.ErrorContains(t, err, want)
	}
}
