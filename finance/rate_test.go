package finance_test

import (
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

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

func TestPublishedRates(t *testing.T) {
	for _, c := range []struct {
		what, source string
		flows        []finance.Flow
		rates        []float64
		within       float64
	}{
		{"XIRR", "Microsoft, XIRR function: 0.373362535", microsoft, []float64{0.373362535}, 1e-8}, // Excel's own tolerance
		{"five years", "Microsoft, IRR function: 8.7%; 8.66% to two places", yearly(-70_000, 12_000, 15_000, 18_000, 21_000, 26_000), []float64{0.0866}, 5e-5},
		{"four years", "Microsoft, IRR function: -2.1%", yearly(-70_000, 12_000, 15_000, 18_000, 21_000), []float64{-0.021}, 5e-4},
		{"two years", "Microsoft, IRR function: -44.4%", yearly(-70_000, 12_000, 15_000), []float64{-0.444}, 5e-4},
		{"oil pump", "Lorie and Savage, Three problems in rationing capital, Journal of Business 1955: 25% and 400%", yearly(-1_600, 10_000, -10_000), []float64{0.25, 4}, 1e-10},
		{"coal mine", "Brealey, Myers and Allen, Principles of Corporate Finance, pitfall 2: 6% and 28%", yearly(-22, 15, 15, 15, 15, -40), []float64{0.06, 0.28}, 5e-3},
		{"no rate", "Brealey, Myers and Allen, as above: none", yearly(1_000, -3_000, 2_500), nil, 0},
		{"three rates", "textbooks: 0%, 100% and 200%, for 6u³ - 11u² + 6u - 1 = (u-1)(2u-1)(3u-1)", yearly(-1_000, 6_000, -11_000, 6_000), []float64{0, 1, 2}, 1e-10},

		{"half lost", "by hand: 50 of 100 after a year", yearly(-100, 50), []float64{-0.5}, 1e-10},
		{"nothing gained", "by hand: the sum is zero", yearly(-100, 20, 30, 50), []float64{0}, 0},
		{"high multiple", "by hand: 90 times the money in a year", yearly(-1, 90), []float64{89}, 1e-10},
		{"nearly all lost", "by hand: 2 of 10,000", yearly(-10_000, 2), []float64{-0.9998}, 1e-10},
		{"two years, borrower", "by hand: 1.1² = 1.21", yearly(100, 0, -121), []float64{0.1}, 1e-10},
		{"double", "by hand: (11 - 10v)², v = 1.1 touches zero and turns", yearly(-121, 220, -100), []float64{-1. / 11}, 1e-7},
		{"double at zero", "by hand: (1 - v)²", yearly(-1, 2, -1), []float64{0}, 0},
		{"triple at zero", "by hand: (1 - v)³", yearly(-1, 3, -3, 1), []float64{0}, 0},
		{"double and single", "by hand: (1 - v)²(2v - 1)", yearly(-1, 4, -5, 2), []float64{0, 1}, 1e-7},
		{"zero and another", "by hand: (1 - v)(1 - 2v)", yearly(-1, 3, -2), []float64{0, 1}, 1e-10},
		{"closing cost", "by hand: 1000u² - 1500u + 1 = 0, u = 1.499333 and 0.000666963", yearly(-1_000, 1_500, -1), []float64{-0.999333037, 0.499333037}, 1e-9},
		{"highest", "by hand: 101 times the money in a year", yearly(-1, 101), []float64{finance.HighestRate}, 0},
		{"lowest", "by hand: 1 of 10,000", yearly(-10_000, 1), []float64{finance.LowestRate}, 0},
		{"highest of two", "by hand: (1 - 101v)(1 - 2v)", yearly(-1, 103, -202), []float64{1, finance.HighestRate}, 1e-10},
		{"lowest of two", "by hand: (10000 - v)(10000 - 2v)", yearly(100_000_000, -30_000, 2), []float64{finance.LowestRate, -0.9998}, 1e-10},
		{"lowest of three", "by hand: (10000 - v)(10 - 9v)(10 - 8v)", yearly(-1_000_000, 1_700_100, -720_170, 72), []float64{finance.LowestRate, -0.2, -0.1}, 1e-10},
		{"out of range", "by hand: 101 times the money in a year is 10,000%, 102 is more", yearly(-1, 102), nil, 0},
	} {
		t.Run(c.what, func(t *testing.T) {
			rates := finance.InternalRates(c.flows)
			require.Len(t, rates, len(c.rates), c.source)
			for i, want := range c.rates {
				require.InDelta(t, want, rates[i], c.within, c.source)
			}
			rate, err := finance.InternalRate(c.flows)
			switch len(c.rates) {
			case 0:
				requireNoRate(t, finance.NoneInRange, c.flows)
			case 1:
				require.NoError(t, err)
				require.Equal(t, rates[0], rate)
			default:
				require.Zero(t, rate)
				many, ok := errors.AsType[*finance.ManyRatesError](err)
				require.True(t, ok)
				require.ErrorIs(t, err, finance.ErrManyRates)
				require.Equal(t, rates, many.Rates)
			}
		})
	}
}

func requireNoRate(t *testing.T, reason finance.Reason, flows []finance.Flow) {
	t.Helper()
	rate, err := finance.InternalRate(flows)
	require.Zero(t, rate)
	none, ok := errors.AsType[*finance.NoRateError](err)
	require.True(t, ok)
	require.ErrorIs(t, err, finance.ErrNoRate)
	require.Equal(t, reason, none.Reason)
	require.Empty(t, finance.InternalRates(flows))
}

func TestNoRate(t *testing.T) {
	requireNoRate(t, finance.NoFlows, nil)
	requireNoRate(t, finance.NoFlows, yearly(0, 0, 0))
	requireNoRate(t, finance.NoFlows, append(yearly(-100), yearly(100)...)) // netted
	requireNoRate(t, finance.NothingPaidIn, yearly(5))
	requireNoRate(t, finance.NothingPaidIn, yearly(5, 0, 7))
	requireNoRate(t, finance.NothingPaidIn, append(yearly(-100), yearly(150)...))
	requireNoRate(t, finance.NothingReceived, yearly(-5))
	requireNoRate(t, finance.NothingReceived, yearly(0, -5, -7))
	requireNoRate(t, finance.Undated, []finance.Flow{{On: day0, Amount: -1}, {Amount: 2}})
	requireNoRate(t, finance.NoneInRange, yearly(-20_000, 1)) // -99.995%
}

func TestRateErrorsSayWhy(t *testing.T) {
	_, err := finance.InternalRate(yearly(5))
	require.EqualError(t, err, "no internal rate of return: nothing is paid in")
	_, err = finance.InternalRate(yearly(-20_000, 1))
	require.EqualError(t, err, "no internal rate of return: no rate from -99.99% to 10,000% balances the flows")
	_, err = finance.InternalRate(yearly(-1_600, 10_000, -10_000))
	require.EqualError(t, err, "more than one internal rate of return: 25.00%, 400.00%")
	err = &finance.ManyRatesError{Rates: []float64{1, 2, 3, 4, 5, 6, 7, 8}}
	require.EqualError(t, err, "more than one internal rate of return: 100.00%, 200.00%, 300.00%, 400.00%, 500.00%, 600.00%, and 2 more")
}

func TestReasonText(t *testing.T) {
	for r := finance.NoFlows; r <= finance.NoneInRange; r++ {
		text, err := r.MarshalText()
		require.NoError(t, err)
		require.Equal(t, r.String(), string(text))
		var back finance.Reason
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, r, back)
	}
	_, err := finance.Reason(9).MarshalText()
	require.Error(t, err)
	require.ErrorContains(t, new(finance.Reason).UnmarshalText([]byte("no idea")), "nothing is paid in")
}

// £84m, £84k and £84 of the same shape have the same rate to the last bit.
func TestScaleMakesNoDifference(t *testing.T) {
	small := slices.Clone(microsoft)
	for i := range small {
		small[i].Amount += 84*int64(i) + 13
	}
	want, err := finance.InternalRate(small)
	require.NoError(t, err)
	for _, scale := range []int64{-1, 10, 1_000, -1_000, 1_000_000} {
		rate, err := finance.InternalRate(times(small, scale))
		require.NoError(t, err)
		require.Equal(t, want, rate)
	}
	huge, err := finance.InternalRate([]finance.Flow{{On: day0, Amount: math.MinInt64}, {On: day0.AddDays(365), Amount: math.MaxInt64}})
	require.NoError(t, err)
	require.InDelta(t, 0, huge, 1e-15)
	tiny, err := finance.InternalRate([]finance.Flow{{On: day0, Amount: -1}, {On: day0.AddDays(365), Amount: 92}})
	require.NoError(t, err)
	require.InDelta(t, 91, tiny, 1e-10)
}

func times(flows []finance.Flow, scale int64) []finance.Flow {
	scaled := slices.Clone(flows)
	for i := range scaled {
		scaled[i].Amount *= scale
	}
	return scaled
}

// The whole calendar, where factors span 40,000 powers of ten.
func TestRateOverTenThousandYears(t *testing.T) {
	first, last := calendar.NewDate(1, 1, 1), calendar.NewDate(9999, 12, 31)
	for _, amount := range []int64{1, 1_000_000_00, math.MaxInt64} {
		flows := []finance.Flow{{On: first, Amount: -1_000_00}, {On: last, Amount: amount}}
		rate, err := finance.InternalRate(flows)
		require.NoError(t, err)
		require.InDelta(t, math.Expm1(math.Log(float64(amount)/1_000_00)*365/float64(last.Sub(first))), rate, 1e-12)

		flows = append(flows, finance.Flow{On: first.AddDays(365), Amount: 2_000_00}, finance.Flow{On: last.AddDays(-1), Amount: -1})
		for _, rate := range finance.InternalRates(flows) {
			require.False(t, math.IsNaN(rate) || math.IsInf(rate, 0))
		}
	}
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

// atStake is the sum of the sizes of all flows, discounted.
func atStake(flows []finance.Flow, rate float64, at calendar.Date) float64 {
	sizes := slices.Clone(flows)
	for i := range sizes {
		sizes[i].Amount = max(sizes[i].Amount, -sizes[i].Amount)
	}
	return finance.NetPresentValue(sizes, rate, at)
}

func TestRateLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows := drawFlows(t)
		rates := finance.InternalRates(flows)
		for _, rate := range rates {
			npv, scale := finance.NetPresentValue(flows, rate, day0), atStake(flows, rate, day0)
			require.InDelta(t, 0, npv/scale, 1e-11, "at %v", rate)
		}
		require.True(t, slices.IsSorted(rates))
		require.Equal(t, rates, finance.InternalRates(times(flows, rapid.Int64Range(1, 1_000).Draw(t, "scale"))))
		require.Equal(t, rates, finance.InternalRates(times(flows, -1)))

		shifted := slices.Clone(flows)
		days := rapid.IntRange(-100_000, 100_000).Draw(t, "days")
		for i := range shifted {
			shifted[i].On = shifted[i].On.AddDays(days)
		}
		slices.Reverse(shifted)
		require.Equal(t, rates, finance.InternalRates(shifted))
	})
}

// Where the sign of the present value differs at two neighbours of a fine grid
// there is a rate between them, and no rate found is missing from the count.
func TestRatesAgainstGrid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows := drawFlows(t)
		rates := finance.InternalRates(flows)
		from, to, crossings := math.Log1p(finance.LowestRate), math.Log1p(finance.HighestRate), 0
		const steps = 4_000
		var before float64
		for i := range steps + 1 {
			rate := math.Expm1(from + (to-from)*float64(i)/steps)
			rate = min(max(rate, finance.LowestRate), finance.HighestRate)
			npv := finance.NetPresentValue(flows, rate, day0)
			if i > 0 && npv*before < 0 || npv == 0 {
				crossings++
			}
			before = npv
		}
		require.GreaterOrEqual(t, len(rates), crossings)
		require.Zero(t, (len(rates)-crossings)%2) // pairs between two points of the grid
	})
}

// A loan with interest every year, repaid at the end, returns its rate.
func TestBulletLoan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		percent := rapid.Int64Range(-95, 300).Draw(t, "percent")
		years := rapid.IntRange(1, 40).Draw(t, "years")
		amounts := make([]int64, years+1)
		amounts[0] = -100
		for i := range years {
			amounts[i+1] = percent
		}
		amounts[years] += 100
		rates := finance.InternalRates(yearly(amounts...))
		if percent >= 0 || years == 1 { // else there are payments on both sides of the receipt, maybe none
			require.Len(t, rates, 1)
		}
		at := slices.IndexFunc(rates, func(rate float64) bool { return math.Abs(rate-float64(percent)/100) < 1e-10 })
		require.GreaterOrEqual(t, at, 0, "%d%% is not in %v", percent, rates)
	})
}

// A product of (p - q×v), v being the factor of a year, is zero at the growth
// q/p of each: rates chosen, amounts made from them, all rates found again.
func TestChosenRatesAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		growth := rapid.SliceOfNDistinct(rapid.Int64Range(1, 40), 1, 5, rapid.ID).Draw(t, "growth in tenths")
		amounts := []int64{1}
		for _, q := range growth {
			next := make([]int64, len(amounts)+1)
			for i, a := range amounts {
				next[i] += 10 * a
				next[i+1] -= q * a
			}
			amounts = next
		}
		slices.Sort(growth)
		rates := finance.InternalRates(yearly(amounts...))
		require.Len(t, rates, len(growth))
		for i, q := range growth {
			require.InDelta(t, float64(q)/10-1, rates[i], 1e-7) // five roots close together are ill-conditioned
		}
	})
}

// A finder gives what InternalRate gives, however its dates are spread.
func TestRateFinderIsReusable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows := drawFlows(t)
		dates, amounts := make([]calendar.Date, len(flows)), make([]int64, len(flows))
		for i, f := range flows {
			dates[i] = f.On
		}
		finder := finance.NewRateFinder(append(dates, day0.AddDays(-1_000))) // a day without money
		amounts = append(amounts, 0)
		for range 3 {
			for i := range flows {
				flows[i].Amount = rapid.Int64Range(-1_000, 1_000).Draw(t, "amount")
				amounts[i] = flows[i].Amount
			}
			want, wantErr := finance.InternalRate(flows)
			got, err := finder.Rate(amounts)
			require.Equal(t, want, got)
			for _, target := range []error{finance.ErrNoRate, finance.ErrManyRates} {
				require.Equal(t, errors.Is(wantErr, target), errors.Is(err, target))
			}
			require.Equal(t, wantErr == nil, err == nil)
			require.Equal(t, finance.InternalRates(flows), finder.AppendRates(nil, amounts))
		}
	})
	require.Panics(t, func() { _, _ = finance.NewRateFinder(nil).Rate([]int64{1}) })
}

// What a finder was asked before does not matter to the last bit, in whatever
// order: neither which day came first, nor on which side of zero the rate was.
func TestRateFinderHasNoMemory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const n = 30
		dates := make([]calendar.Date, n)
		for i := range dates {
			dates[i] = day0.AddDays(30*i + i%3)
		}
		series, want := make([][]int64, 8), make([]float64, 8)
		for k := range series {
			series[k] = make([]int64, n)
			paidIn := rapid.IntRange(0, 9).Draw(t, "first day")
			series[k][paidIn] = -rapid.Int64Range(1_000, 1_000_000).Draw(t, "paid in")
			for i := paidIn + 1; i < n; i++ {
				series[k][i] = rapid.Int64Range(0, 50_000).Draw(t, "received")
			}
			want[k], _ = finance.NewRateFinder(dates).Rate(series[k])
		}
		finder := finance.NewRateFinder(dates)
		for range 3 {
			for _, k := range rapid.Permutation([]int{0, 1, 2, 3, 4, 5, 6, 7}).Draw(t, "order") {
				got, _ := finder.Rate(series[k])
				require.Equal(t, math.Float64bits(want[k]), math.Float64bits(got))
			}
		}
	})
}

// investment is n quarterly flows, the first third mostly paid in, the rest
// mostly received, and a finder for them. If calm there are no exceptions.
func investment(n int, calm bool) (*finance.RateFinder, []int64) {
	rng := rand.New(rand.NewPCG(1, 2))
	dates, amounts := make([]calendar.Date, n), make([]int64, n)
	for i := range n {
		dates[i] = day0.AddDays(91 * i / 3)
		amounts[i] = rng.Int64N(100_000_00)
		if i < n/3 {
			amounts[i] -= 150_000_00
		}
		if !calm && i%5 == 0 {
			amounts[i] *= -1
		}
	}
	return finance.NewRateFinder(dates), amounts
}

func TestRateFinderDoesNotAllocate(t *testing.T) {
	many := finance.NewRateFinder([]calendar.Date{day0, day0.AddDays(365), day0.AddDays(730)})
	calm, one := investment(100, true)
	wild, several := investment(100, false)
	rates := make([]float64, 0, 100)
	require.Zero(t, testing.AllocsPerRun(20, func() {
		_, _ = calm.Rate(one)
		_, _ = wild.Rate(several)
		_, _ = many.Rate([]int64{-1_600, 10_000, -10_000})
		_, _ = many.Rate([]int64{1_000, -3_000, 2_500})
		_, _ = many.Rate([]int64{1, 2, 3})
		rates = wild.AppendRates(rates[:0], several)
	}))
}

func BenchmarkRate(b *testing.B) {
	pump := finance.NewRateFinder([]calendar.Date{day0, day0.AddDays(365), day0.AddDays(730)})
	calm, one := investment(100, true)
	wild, several := investment(100, false)
	long, most := investment(150, true)
	for _, c := range []struct {
		name    string
		finder  *finance.RateFinder
		amounts []int64
	}{
		{"3 flows, two rates", pump, []int64{-1_600, 10_000, -10_000}},
		{"100 flows, one change of sign", calm, one},
		{"150 flows, one change of sign", long, most},
		{"100 flows, 40 changes of sign", wild, several},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = c.finder.Rate(c.amounts)
			}
		})
	}
}

// Any flows at all: no panic, an end, finite rates in range and in order.
func FuzzInternalRates(f *testing.F) {
	for _, flows := range [][]finance.Flow{
		microsoft, yearly(-1_600, 10_000, -10_000), yearly(-1, 3, -3, 1),
		{{On: calendar.NewDate(1, 1, 1), Amount: math.MinInt64}, {On: calendar.NewDate(9999, 12, 31), Amount: math.MaxInt64}, {Amount: 1}},
	} {
		var data []byte
		for _, flow := range flows {
			data = binary.LittleEndian.AppendUint32(data, uint32(flow.On.Sub(calendar.Date{})))
			data = binary.LittleEndian.AppendUint64(data, uint64(flow.Amount))
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var flows []finance.Flow
		for len(data) >= 12 && len(flows) < 150 {
			day := 1 + int(binary.LittleEndian.Uint32(data))%3_700_000 // some beyond the calendar: no date
			flows = append(flows, finance.Flow{
				On:     calendar.NewDate(1, 1, 1).AddDays(day - 1),
				Amount: int64(binary.LittleEndian.Uint64(data[4:])),
			})
			data = data[12:]
		}
		before := math.Inf(-1)
		rates := finance.InternalRates(flows)
		for _, rate := range rates {
			if !(rate > before && rate >= finance.LowestRate && rate <= finance.HighestRate) {
				t.Fatalf("%v of %v", rates, flows)
			}
			before = rate
			if npv := finance.NetPresentValue(flows, rate, day0); math.IsNaN(npv) {
				t.Fatalf("no value at %v of %v", rate, flows)
			}
		}
		rate, err := finance.InternalRate(flows)
		if (err == nil) != (len(rates) == 1) || err == nil && rate != rates[0] || err != nil && rate != 0 {
			t.Fatalf("%v, %v, but %v of %v", rate, err, rates, flows)
		}
	})
}
