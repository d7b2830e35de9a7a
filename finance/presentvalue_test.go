package finance_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// From 1 October 2020 it is 91 days to 31 December and 181 to 31 March. To
// 30 September 2026 it is 2,190, exactly six years of 365: a day short of six
// years, and one leap day.
func TestDiscountFactorsByHand(t *testing.T) {
	start := calendar.NewDate(2020, 10, 1)
	factors := finance.DiscountFactors(start, quarters(2020, 4, 24), 0.035)
	require.Len(t, factors, 24)
	require.InDelta(t, math.Pow(1.035, -91./365), factors[0], 1e-15)
	require.InDelta(t, 0.991460, factors[0], 1e-6) // exp(-0.249315 × 0.0344014) = exp(-0.00857679)
	require.InDelta(t, math.Pow(1.035, -181./365), factors[1], 1e-15)
	require.Equal(t, 2190, calendar.NewDate(2026, 9, 30).Sub(start))
	require.InDelta(t, math.Pow(1.035, -6), factors[23], 1e-15)
	require.InDelta(t, 0.813501, factors[23], 1e-6) // 1 / 1.229255

	for _, factor := range finance.DiscountFactors(start, quarters(2020, 4, 24), 0) {
		require.Equal(t, 1.0, factor)
	}
	require.Empty(t, finance.DiscountFactors(start, nil, 0.035))
}

func TestPresentValueLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := calendar.NewDate(2020, 10, 1).AddDays(rapid.IntRange(0, 90).Draw(t, "start"))
		flows := rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), 0, 30).Draw(t, "flows")
		all := quarters(2020, 4, len(flows))
		sum := 0.0
		for _, flow := range flows {
			sum += flow
		}
		require.Equal(t, sum, finance.PresentValue(flows, finance.DiscountFactors(start, all, 0)))

		rate := rapid.Float64Range(0.001, 0.5).Draw(t, "rate")
		factors := finance.DiscountFactors(start, all, rate)
		for i, factor := range factors {
			require.Positive(t, factor)
			require.LessOrEqual(t, factor, 1.0)
			if i > 0 {
				require.Less(t, factor, factors[i-1])
			}
		}
		twice := make([]float64, len(flows))
		for i, flow := range flows {
			twice[i] = 2 * flow
		}
		require.Equal(t, 2*finance.PresentValue(flows, factors), finance.PresentValue(twice, factors))
	})
}

func TestNetPresentValue(t *testing.T) {
	first := microsoft[0].On
	for _, c := range []struct {
		what, source string
		flows        []finance.Flow
		rate         float64
		at           calendar.Date
		want, within float64
	}{
		{"XNPV", "Microsoft, XNPV function: 2086.647602", microsoft, 0.09, first, 2086.647602, 5e-7},
		{"a year later", "by hand: the same and 9% more", microsoft, 0.09, first.AddDays(365), 1.09 * 2086.647602, 1e-6},
		{"no discount", "by hand: the sum", microsoft, 0, first, 3_000, 0},
		{"negative rate", "by hand: 100 / 0.5²", yearly(0, 0, 100), -0.5, day0, 400, 1e-10},
		{"none", "by hand", nil, 0.09, first, 0, 0},
		{"no rate", "Brealey, Myers and Allen, Principles of Corporate Finance, pitfall 2: 339 at 10%", yearly(1_000, -3_000, 2_500), 0.1, day0, 339, 0.5},
	} {
		require.InDelta(t, c.want, finance.NetPresentValue(c.flows, c.rate, c.at), c.within, "%s (%s)", c.what, c.source)
	}
}

// Near -100% the factors of 400 years are beyond a float64, but not every sum is.
func TestNetPresentValueNearTotalLoss(t *testing.T) {
	far := day0.AddDays(400 * 365)
	flows := []finance.Flow{{On: far, Amount: 1}, {On: far, Amount: -1}}
	require.Zero(t, finance.NetPresentValue(flows, -0.9999, day0))
	require.Equal(t, math.Inf(-1), finance.NetPresentValue([]finance.Flow{{On: far, Amount: -1}, {On: day0, Amount: 1}}, -0.9999, day0))
	for _, rate := range []float64{-1, -2, math.NaN(), math.Inf(1), math.Inf(-1)} {
		require.True(t, math.IsNaN(finance.NetPresentValue(flows, rate, day0)))
	}
}
