package finance_test

import (
	"math"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Nothing that a caller can leave out or get wrong is more than an error that says
// what to do, or nothing where there is no error to give.
func TestWrongCallsAreErrors(t *testing.T) {
	day, quarters := calendar.NewDate(2026, 4, 1), []calendar.Quarter{calendar.NewQuarter(2026, 2), 0, -1}
	for name, p := range map[string]*model.Programme{
		"none": nil, "zero": {}, "without a programme": {Delivery: &model.Delivery{}},
		"an amount of a thousand million digits": {Weeks: 1, Start: day, Delivery: &model.Delivery{PerReferral: decimal.New(1, 1<<30)}},
	} {
		require.NotPanics(t, func() {
			_, err := finance.NewCash(p, contract.Constant)
			require.Error(t, err, name)
		}, name)
	}
	for _, l := range []*contract.Ledger{nil, {}} {
		require.Empty(t, finance.Budgets(l))
	}
	for _, rate := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), -1, -2, math.MaxFloat64} {
		require.Len(t, finance.DiscountFactors(calendar.Date{}, quarters, rate), 3)
		require.NotPanics(t, func() {
			finance.NetPresentValue([]finance.Flow{{}, {On: day, Amount: math.MinInt64}}, rate, calendar.Date{})
		})
	}
	require.NotPanics(t, func() { finance.Years(quarters) })
	require.True(t, math.IsNaN(finance.PresentValue([]float64{1, 2}, []float64{1})), "as many factors as flows are needed")
	for _, flows := range [][]finance.Flow{nil, {{}}, {{On: day}, {}}, {{On: day, Amount: math.MinInt64}, {On: day.AddDays(1), Amount: math.MaxInt64}}, {{On: day, Amount: -1}, {On: calendar.NewDate(9999, 12, 31), Amount: math.MaxInt64}}} {
		require.NotPanics(t, func() { _, _ = finance.InternalRate(flows) })
	}
	require.NotPanics(t, func() { _ = (&finance.RateError{}).Error() })
}
