package finance_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// accountOf is what a cash makes of the counts and payments of an account.
func (d *drawnAccount) accountOf(cash *finance.Cash) *finance.Account {
	a := cash.NewAccount()
	finance.Follow(cash, d.counts, d.ledger, a)
	return a
}

// What a draw of the costs of delivery gives is what cash made of the drawn terms
// gives, whatever was drawn before, and no clone is told of it.
func TestSetDeliveryIsANewCash(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawAccount(t)
		if !d.p.Delivery.Indexation.Valid && d.p.Delivery.Uplift == 0 && rapid.IntRange(0, 3).Draw(t, "indexed") == 0 {
			d.p.PriceYear, d.p.PriceBase = calendar.FinancialYear(2020), "2020/21 prices"
			d.p.Delivery.Indexation = decimal.NewNullDecimal(decimal.New(25, -3))
		}
		cash, err := finance.NewCash(d.p, contract.Constant)
		require.NoError(t, err)
		first := d.accountOf(cash)
		stated, clone := *d.p.Delivery, cash.Clone()
		for range rapid.IntRange(1, 4).Draw(t, "draws") {
			drawn := stated
			drawn.Scale = decimal.NewNullDecimal(decimal.New(rapid.OneOf(rapid.Int64Range(0, 3_000_000_000), rapid.Just(int64(500_000_000))).Draw(t, "scale"), -9))
			drawn.PerReferral, drawn.PerStart = drawAmount(t, "per referral", 1_000_00), drawAmount(t, "per start", 1_000_00)
			drawn.PerCaseWeek = decimal.New(rapid.Int64Range(0, 9_999_999_999).Draw(t, "per case week"), -7) // seven decimals: no whole number of millionths
			if rapid.Bool().Draw(t, "to the penny") {
				drawn.PerCaseWeek = drawn.PerCaseWeek.Round(2)
			}
			if rapid.IntRange(0, 3).Draw(t, "other terms") == 0 {
				drawn.WindUp = drawAmount(t, "wind-up then", 50_000_00)
			}
			d.p.Delivery = &drawn
			require.NoError(t, cash.SetDelivery(d.p))
			anew, err := finance.NewCash(d.p, contract.Constant)
			require.NoError(t, err)
			require.Equal(t, d.accountOf(anew), d.accountOf(cash))
			require.Equal(t, d.accountOf(anew), d.accountOf(cash.Clone()))
		}
		require.Equal(t, first, d.accountOf(clone))
	})
}

// A draw that cannot be counted leaves the cash as it was.
func TestSetDeliveryRefuses(t *testing.T) {
	p := small(calendar.NewDate(2021, time.January, 1), 25)
	p.Delivery.FixedPerQuarter = []model.DatedAmount{{Amount: pounds("100000000000")}}
	cash, err := finance.NewCash(p, contract.Constant)
	require.NoError(t, err)
	was := cash.NewAccount()
	finance.Follow(cash, contract.NewCounts[int64](p.Shape()), paid(p), was)
	large := *p.Delivery
	large.Scale = decimal.NewNullDecimal(pounds("1000000000"))
	q := *p
	q.Delivery = &large
	require.ErrorContains(t, cash.SetDelivery(&q), "too large to be counted to £0.01")
	q.Delivery = nil
	require.ErrorIs(t, cash.SetDelivery(&q), finance.ErrNoDelivery)
	is := cash.NewAccount()
	finance.Follow(cash, contract.NewCounts[int64](p.Shape()), paid(p), is)
	require.Equal(t, was, is)
}

// Another scale allocates nothing.
func TestSetDeliveryAllocatesNothing(t *testing.T) {
	p := small(calendar.NewDate(2021, time.January, 1), 130)
	p.Delivery.FixedPerQuarter, p.Delivery.PerCaseWeek = []model.DatedAmount{{Amount: pounds("100000")}}, pounds("250")
	cash, err := finance.NewCash(p, contract.Constant)
	require.NoError(t, err)
	require.NoError(t, cash.SetDelivery(p))
	p.Delivery.Scale = decimal.NewNullDecimal(pounds("1.123456789"))
	require.Zero(t, testing.AllocsPerRun(10, func() { require.NoError(t, cash.SetDelivery(p)) }))
}
