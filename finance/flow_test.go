package finance_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

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

func TestMoneyMultiplePaybackDeepest(t *testing.T) {
	none := calendar.Date{}
	on := func(year int) calendar.Date { return day0.AddDays(365 * year) }
	for _, c := range []struct {
		what     string
		flows    []finance.Flow
		multiple float64 // 0: nothing is paid in, or nothing received
		payback  calendar.Date
		deepest  int64 // £
		deepOn   calendar.Date
	}{
		{"none", nil, 0, none, 0, none},
		{"zeros", yearly(0, 0), 0, none, 0, none},
		{"only received", yearly(10, 20), 0, none, 0, none},
		{"only paid in", yearly(-10, -20), 0, none, -30, on(1)},
		{"plain", yearly(-100, 50, 50, 20), 1.2, on(2), -100, on(0)},
		{"never paid back", yearly(-100, 50), 0.5, none, -100, on(0)},
		{"paid back, but not for good", yearly(-100, 120, -50, 60), 1.2, on(3), -100, on(0)},
		{"below zero at the end", yearly(-100, 120, -50), 0.8, none, -100, on(0)},
		{"never below zero", yearly(100, -100, 30), 1.3, none, 0, none},
		{"as deep twice", yearly(-100, 50, -50, 150), 200. / 150, on(3), -100, on(0)},
		{"deeper later", yearly(-100, 50, -80, 150), 200. / 180, on(3), -130, on(2)},
		{"netted in a day", append(yearly(-100, 150), yearly(40, -30)...), 2, on(1), -60, on(0)},
	} {
		t.Run(c.what, func(t *testing.T) {
			slices.Reverse(c.flows) // order means nothing
			multiple, err := finance.MoneyMultiple(c.flows)
			require.InDelta(t, c.multiple, multiple, 1e-15)
			deepest, deepOn := finance.Deepest(c.flows)
			require.Equal(t, 100*c.deepest, deepest)
			require.Equal(t, c.deepOn, deepOn)
			payback, ok := finance.Payback(c.flows)
			require.Equal(t, c.payback, payback)
			require.Equal(t, c.payback != none, ok)
			if deepest == 0 && multiple == 0 {
				require.ErrorIs(t, err, finance.ErrNothingPaidIn)
			} else {
				require.NoError(t, err)
			}
		})
	}
}

// Against running sums from the definitions, day by day.
func TestPositionLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows := drawFlows(t)
		given := slices.Clone(flows)
		position := func(on calendar.Date) (sum int64) {
			for _, f := range flows {
				if !f.On.After(on) {
					sum += f.Amount
				}
			}
			return sum
		}
		end := day0.AddDays(365 * 30)
		deepest, deepOn := finance.Deepest(flows)
		for _, f := range flows {
			require.LessOrEqual(t, deepest, position(f.On))
			require.False(t, position(f.On) == deepest && f.On.Before(deepOn))
		}
		require.Equal(t, deepest == 0, deepOn.IsZero())
		payback, ok := finance.Payback(flows)
		require.Equal(t, deepest < 0 && position(end) >= 0, ok)
		if ok {
			require.Negative(t, position(payback.AddDays(-1)))
			for _, f := range flows {
				require.True(t, f.On.Before(payback) || position(f.On) >= 0)
			}
		}
		if multiple, err := finance.MoneyMultiple(flows); err == nil {
			require.Equal(t, position(end) > 0, multiple > 1)
		}
		require.Equal(t, given, flows) // nothing was moved
	})
}

func TestFlowJSON(t *testing.T) {
	text, err := json.Marshal(microsoft[:2])
	require.NoError(t, err)
	require.JSONEq(t, `[{"on": "2008-01-01", "amount": "-10000"}, {"on": "2008-03-01", "amount": "2750"}]`, string(text))
	rapid.Check(t, func(t *rapid.T) {
		flow := finance.Flow{On: day0.AddDays(rapid.IntRange(0, 9_999).Draw(t, "day")), Amount: rapid.Int64().Draw(t, "amount")}
		text, err := json.Marshal(flow)
		require.NoError(t, err)
		var back finance.Flow
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, flow, back)
	})
	for amount, problem := range map[string]string{
		`"1.005"`: "whole number of pence", `"1e9999"`: "written out", `"1e-9999"`: "written out", `"1e999999999"`: "",
		`"100000000000000000"`: "too large", `"many"`: "", `{}`: "",
	} {
		flow := microsoft[0]
		err := json.Unmarshal([]byte(`{"on": "2020-10-01", "amount": `+amount+`}`), &flow)
		require.ErrorContains(t, err, problem)
		require.Equal(t, microsoft[0], flow)
	}
}
