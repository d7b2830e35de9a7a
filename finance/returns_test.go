package finance_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

func TestMoneyMultiple(t *testing.T) {
	for _, c := range []struct {
		paidIn, received int64
		multiple         float64
		ok               bool
		profit           int64
	}{
		{100, 120, 1.2, true, 20},
		{200, 150, 0.75, true, -50},
		{100, 0, 0, true, -100},
		{0, 50, 0, false, 50},
		{0, 0, 0, false, 0},
	} {
		r := finance.Return{PaidIn: c.paidIn, Received: c.received}
		multiple, ok := r.Multiple()
		require.Equal(t, c.multiple, multiple)
		require.Equal(t, c.ok, ok)
		require.Equal(t, c.profit, r.Profit())
	}
}

// A party misses its hurdle by more than £1, to the penny: £1 is what rounding
// may come to. At a hurdle of 0% that is what it gets less what it paid in; at
// 10%, £100.00 for a year is £110.00, and the £1 is of the first day.
func TestHurdleIsMissedByMoreThanAPound(t *testing.T) {
	for _, c := range []struct {
		hurdle   float64
		received string
		misses   bool
	}{
		{0, "100.00", false},
		{0, "99.00", false},
		{0, "98.99", true},
		{0, "98.00", true},
		{0.1, "110.00", false},
		{0.1, "108.91", false}, // worth 99.009 on the day of the draw
		{0.1, "108.89", true},  // worth 98.991
		{0.1, "100.00", true},
	} {
		// £100 is drawn for March's costs on 31 March 2021, and the claim for
		// the quarter is paid 365 days later.
		p := small(calendar.NewDate(2021, time.March, 8), 3)
		p.Delivery.FixedPerQuarter, p.Delivery.ClaimsPaidAfter = []model.DatedAmount{{Amount: pounds("300")}}, 365
		p.Facility = &model.Facility{Hurdle: model.Rate{Yearly: c.hurdle}, Investors: []model.Investor{{Name: "Bank", Commitment: pounds("100")}}}
		f := follow(t, p, contract.NewCounts[int64](p.Shape()), paid(p, c.received))
		require.Equal(t, int64(100_00), f.Consortium.PaidIn)
		require.Equal(t, c.misses, f.Consortium.MissesHurdle, "%s back at a hurdle of %v", c.received, c.hurdle)
		require.Equal(t, c.misses, f.CapitalFigures.Investors[0].MissesHurdle)
	}
}
