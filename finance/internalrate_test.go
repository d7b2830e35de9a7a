package finance_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

var (
	day0 = calendar.NewDate(2020, 10, 1)

	// microsoft is the example of the documentation of Excel's XIRR and XNPV.
	microsoft = []finance.Flow{
		{On: calendar.NewDate(2008, 1, 1), Amount: -10_000_00},
		{On: calendar.NewDate(2008, 3, 1), Amount: 2_750_00},
		{On: calendar.NewDate(2008, 10, 30), Amount: 4_250_00},
		{On: calendar.NewDate(2009, 2, 15), Amount: 3_250_00},
		{On: calendar.NewDate(2009, 4, 1), Amount: 2_750_00},
	}
)

// yearly puts amounts in £ 365 days apart, which are exact years of actual/365.
func yearly(pounds ...int64) (flows []finance.Flow) {
	for i, amount := range pounds {
		flows = append(flows, finance.Flow{On: day0.AddDays(365 * i), Amount: 100 * amount})
	}
	return flows
}

// ratesOf are all rates of flows: the one found, or those that the error lists.
func ratesOf(t require.TestingT, flows []finance.Flow) []float64 {
	rate, err := finance.InternalRate(flows)
	if err == nil {
		return []float64{rate}
	}
	none, ok := errors.AsType[*finance.RateError](err)
	require.True(t, ok)
	require.Zero(t, rate)
	require.Equal(t, none.Status == finance.ManyRates, len(none.Rates) > 1)
	require.NotEqual(t, 1, len(none.Rates))
	require.NotEqual(t, finance.RateFound, none.Status)
	return none.Rates
}

// The sources, and every root of many more series, are in internal/roots.
func TestInternalRateByHand(t *testing.T) {
	for _, c := range []struct {
		what  string
		flows []finance.Flow
		rates []float64
	}{
		{"XIRR of Microsoft's documentation", microsoft, []float64{0.373362535}},
		{"half lost", yearly(-100, 50), []float64{-0.5}},
		{"a borrower's, two years", yearly(100, 0, -121), []float64{0.1}},
		{"oil pump", yearly(-1_600, 10_000, -10_000), []float64{0.25, 4}},
		{"highest", yearly(-1, 101), []float64{100}},
		{"lowest", yearly(-10_000, 1), []float64{-0.9999}},
	} {
		rates := ratesOf(t, c.flows)
		require.Len(t, rates, len(c.rates), c.what)
		for i, want := range c.rates {
			require.InDelta(t, want, rates[i], 1e-8, c.what)
		}
	}
}

func TestInternalRateErrorsSayWhy(t *testing.T) {
	const none, many = "no internal rate of return: ", "more than one internal rate of return: "
	for _, c := range []struct {
		what   string
		flows  []finance.Flow
		status finance.RateStatus
		text   string
	}{
		{"no flows", nil, finance.NoCapitalNeeded, none + "nothing is paid in"},
		{"zeros", yearly(0, 0, 0), finance.NoCapitalNeeded, none + "nothing is paid in"},
		{"zero once netted", append(yearly(-100), yearly(100)...), finance.NoCapitalNeeded, none + "nothing is paid in"},
		{"received alone", yearly(5, 0, 7), finance.NoCapitalNeeded, none + "nothing is paid in"},
		{"received once netted", append(yearly(-100), yearly(150)...), finance.NoCapitalNeeded, none + "nothing is paid in"},
		{"paid in alone", yearly(0, -5, -7), finance.AllLost, none + "nothing is received"},
		{"no rate at all", yearly(1_000, -3_000, 2_500), finance.NoRate, none + "no rate from -99.99% to 10,000% balances the flows"},
		{"-99.995%", yearly(-20_000, 1), finance.NoRate, none + "no rate from -99.99% to 10,000% balances the flows"},
		{"10,100%", yearly(-1, 102), finance.NoRate, none + "no rate from -99.99% to 10,000% balances the flows"},
		{"two rates", yearly(-1_600, 10_000, -10_000), finance.ManyRates, many + "25.00%, 400.00%"},
	} {
		rate, err := finance.InternalRate(c.flows)
		require.EqualError(t, err, c.text, c.what)
		found, ok := errors.AsType[*finance.RateError](err)
		require.True(t, ok, c.what)
		require.Equal(t, c.status, found.Status, c.what)
		require.Zero(t, rate, c.what)
	}
	err := &finance.RateError{Status: finance.ManyRates, Rates: []float64{1, 2, 3, 4, 5, 6, 7, 8}}
	require.EqualError(t, err, many+"100.00%, 200.00%, 300.00%, 400.00%, 500.00%, 600.00%, and 2 more")
	_, undated := finance.InternalRate([]finance.Flow{{On: day0, Amount: -1}, {Amount: 2}})
	require.EqualError(t, undated, none+"a flow has no date")
}

// drawFlows draws up to 40 flows over up to 30 years, in any order, several on
// a day, with few or many changes of sign.
func drawFlows(t *rapid.T) []finance.Flow {
	n := rapid.IntRange(2, 40).Draw(t, "flows")
	calm := rapid.IntRange(0, 10).Draw(t, "share of receipts later")
	rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
	flows := make([]finance.Flow, n)
	for i := range flows {
		day := rng.IntN(365 * 30)
		flows[i] = finance.Flow{On: day0.AddDays(day), Amount: rng.Int64N(1_000_000_00) + 1}
		if later := day > 365*5; later != (rng.IntN(10) < calm) {
			flows[i].Amount *= -1
		}
	}
	return flows
}

// The present value is zero at every rate; order, the first date, the split of
// a flow into two of one day and the unit of money make no difference.
func TestInternalRateLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows := drawFlows(t)
		given := slices.Clone(flows)
		rates := ratesOf(t, flows)
		require.Equal(t, given, flows) // nothing was moved
		for _, rate := range rates {
			sizes := slices.Clone(flows)
			for i := range sizes {
				sizes[i].Amount = max(sizes[i].Amount, -sizes[i].Amount)
			}
			require.InDelta(t, 0, finance.NetPresentValue(flows, rate, day0)/finance.NetPresentValue(sizes, rate, day0), 1e-11, "at %v", rate)
		}
		other := slices.Clone(flows)
		days, scale := rapid.IntRange(-100_000, 100_000).Draw(t, "days"), rapid.Int64Range(1, 1_000).Draw(t, "scale")
		for i := range other {
			other[i].On, other[i].Amount = other[i].On.AddDays(days), scale*other[i].Amount
		}
		other = append(other, finance.Flow{On: other[0].On, Amount: other[0].Amount - 7})
		other[0].Amount = 7
		slices.Reverse(other)
		require.Equal(t, rates, ratesOf(t, other))
	})
}

// A rate of return may exist in constant prices and not in cash, or the other way
// round, and both are right: a smooth index would turn every real rate into one nominal
// one, but the index moves in a step on each 1 April, and so do cash flows after it.
// By hand: £100 paid in, £221 received 182 days later, and £122 paid after 182 more,
// in the next financial year. With y for the discount over 182 days, 100 − 221 y +
// 122 y² = 0 has the discriminant 221² − 4 × 100 × 122 = 41, and so two rates. In cash
// at 2% inflation the last is £124.44: 221² − 4 × 100 × 124.44 = -935, and so none.
func TestRatesComeAndGoWithTheStepsOfTheIndex(t *testing.T) {
	start := calendar.NewDate(2020, time.June, 1)
	flows := func(last int64) []finance.Flow {
		return []finance.Flow{{On: start, Amount: -100_00}, {On: start.AddDays(182), Amount: 221_00}, {On: start.AddDays(364), Amount: -last}}
	}
	require.Equal(t, calendar.FinancialYear(2020), start.AddDays(182).FinancialYear())
	require.Equal(t, calendar.FinancialYear(2021), start.AddDays(364).FinancialYear())
	_, err := finance.InternalRate(flows(122_00))
	var constant, cash *finance.RateError
	require.ErrorAs(t, err, &constant)
	require.Equal(t, finance.ManyRates, constant.Status)
	for i, root := range []float64{(221 + math.Sqrt(41)) / 244, (221 - math.Sqrt(41)) / 244} {
		require.InDelta(t, math.Pow(root, -365.0/182)-1, constant.Rates[i], 1e-9)
	}
	_, err = finance.InternalRate(flows(124_44))
	require.ErrorAs(t, err, &cash)
	require.Equal(t, finance.NoRate, cash.Status)
}
