package roots_test

import (
	"encoding/binary"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/finance/internal/roots"
)

// flow is money on a day: above 0 is received, below 0 is paid in.
type flow struct {
	day    int
	amount int64 // pence
}

// microsoft is the example of the documentation of Excel's XIRR and XNPV: 1
// January, 1 March and 30 October 2008, 15 February and 1 April 2009.
var microsoft = []flow{{0, -10_000_00}, {60, 2_750_00}, {303, 4_250_00}, {411, 3_250_00}, {456, 2_750_00}}

// yearly puts amounts in £ 365 days apart, which are exact years of actual/365.
func yearly(pounds ...int64) (flows []flow) {
	for i, amount := range pounds {
		flows = append(flows, flow{365 * i, 100 * amount})
	}
	return flows
}

// rootsOf finds the roots of flows, which it puts in order of their days, those
// of one day together.
func rootsOf(flows []flow) []float64 {
	sums := map[int]int64{}
	for _, f := range flows {
		sums[f.day] += f.amount
	}
	days := slices.Sorted(maps.Keys(sums))
	amounts := make([]int64, len(days))
	for i, day := range days {
		amounts[i] = sums[day]
	}
	return roots.New(days).Find(amounts)
}

// presentValue is the net present value on day 0 at a rate, and the sum of the
// sizes of all flows discounted, both in units of the largest factor.
func presentValue(flows []flow, rate float64) (npv, atStake float64) {
	growth, top := math.Log1p(rate)/365, math.Inf(-1)
	for _, f := range flows {
		top = max(top, -float64(f.day)*growth)
	}
	for _, f := range flows {
		term := float64(f.amount) * math.Exp(-float64(f.day)*growth-top)
		npv, atStake = npv+term, atStake+math.Abs(term)
	}
	return npv, atStake
}

func TestPublishedRoots(t *testing.T) {
	for _, c := range []struct {
		what, source string
		flows        []flow
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
		{"highest", "by hand: 101 times the money in a year", yearly(-1, 101), []float64{roots.Highest}, 0},
		{"lowest", "by hand: 1 of 10,000", yearly(-10_000, 1), []float64{roots.Lowest}, 0},
		{"highest of two", "by hand: (1 - 101v)(1 - 2v)", yearly(-1, 103, -202), []float64{1, roots.Highest}, 1e-10},
		{"lowest of two", "by hand: (10000 - v)(10000 - 2v)", yearly(100_000_000, -30_000, 2), []float64{roots.Lowest, -0.9998}, 1e-10},
		{"lowest of three", "by hand: (10000 - v)(10 - 9v)(10 - 8v)", yearly(-1_000_000, 1_700_100, -720_170, 72), []float64{roots.Lowest, -0.2, -0.1}, 1e-10},
		{"out of range", "by hand: 101 times the money in a year is 10,000%, 102 is more", yearly(-1, 102), nil, 0},
	} {
		t.Run(c.what, func(t *testing.T) {
			rates := rootsOf(c.flows)
			require.Len(t, rates, len(c.rates), c.source)
			for i, want := range c.rates {
				require.InDelta(t, want, rates[i], c.within, c.source)
			}
		})
	}
}

// Without money both ways there is no root.
func TestNoRoot(t *testing.T) {
	for _, flows := range [][]flow{
		nil, yearly(0, 0, 0), append(yearly(-100), yearly(100)...), yearly(5), yearly(5, 0, 7),
		append(yearly(-100), yearly(150)...), yearly(-5), yearly(0, -5, -7),
		yearly(-20_000, 1), // -99.995%
	} {
		require.Empty(t, rootsOf(flows))
	}
}

// £84m, £84k and £84 of the same shape have the same rate to the last bit.
func TestScaleMakesNoDifference(t *testing.T) {
	small := slices.Clone(microsoft)
	for i := range small {
		small[i].amount += 84*int64(i) + 13
	}
	want := rootsOf(small)
	require.Len(t, want, 1)
	for _, scale := range []int64{-1, 10, 1_000, -1_000, 1_000_000} {
		require.Equal(t, want, rootsOf(times(small, scale)))
	}
	huge := rootsOf([]flow{{0, math.MinInt64}, {365, math.MaxInt64}})
	require.Len(t, huge, 1)
	require.InDelta(t, 0, huge[0], 1e-15)
	tiny := rootsOf([]flow{{0, -1}, {365, 92}})
	require.Len(t, tiny, 1)
	require.InDelta(t, 91, tiny[0], 1e-10)
}

func times(flows []flow, scale int64) []flow {
	scaled := slices.Clone(flows)
	for i := range scaled {
		scaled[i].amount *= scale
	}
	return scaled
}

// The whole calendar, where factors span 40,000 powers of ten.
func TestRootsOverTenThousandYears(t *testing.T) {
	const last = 3_652_058 // from 1 January of the year 1 to 31 December 9999
	for _, amount := range []int64{1, 1_000_000_00, math.MaxInt64} {
		flows := []flow{{0, -1_000_00}, {last, amount}}
		rates := rootsOf(flows)
		require.Len(t, rates, 1)
		require.InDelta(t, math.Expm1(math.Log(float64(amount)/1_000_00)*365/last), rates[0], 1e-12)

		flows = append(flows, flow{365, 2_000_00}, flow{last - 1, -1})
		for _, rate := range rootsOf(flows) {
			require.False(t, math.IsNaN(rate) || math.IsInf(rate, 0))
		}
	}
}

// drawFlows draws up to 40 flows over up to 30 years, in any order, several on
// a day, with few or many changes of sign.
func drawFlows(t *rapid.T) []flow {
	n := rapid.IntRange(2, 40).Draw(t, "flows")
	calm := rapid.IntRange(0, 10).Draw(t, "share of receipts later")
	rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
	flows := make([]flow, n)
	for i := range flows {
		day := rng.IntN(365 * 30)
		flows[i] = flow{day, rng.Int64N(1_000_000_00) + 1}
		if later := day > 365*5; later != (rng.IntN(10) < calm) {
			flows[i].amount *= -1
		}
	}
	return flows
}

func TestRootLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows := drawFlows(t)
		rates := rootsOf(flows)
		for _, rate := range rates {
			npv, atStake := presentValue(flows, rate)
			require.InDelta(t, 0, npv/atStake, 1e-11, "at %v", rate)
		}
		require.True(t, slices.IsSorted(rates))
		require.Equal(t, rates, rootsOf(times(flows, rapid.Int64Range(1, 1_000).Draw(t, "scale"))))
		require.Equal(t, rates, rootsOf(times(flows, -1)))

		shifted := slices.Clone(flows)
		days := rapid.IntRange(-100_000, 100_000).Draw(t, "days")
		for i := range shifted {
			shifted[i].day += days
		}
		require.Equal(t, rates, rootsOf(shifted))
	})
}

// Where the sign of the present value differs at two neighbours of a fine grid
// there is a rate between them, and no rate found is missing from the count.
func TestRootsAgainstGrid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows := drawFlows(t)
		rates := rootsOf(flows)
		from, to, crossings := math.Log1p(roots.Lowest), math.Log1p(roots.Highest), 0
		const steps = 4_000
		var before float64
		for i := range steps + 1 {
			rate := math.Expm1(from + (to-from)*float64(i)/steps)
			rate = min(max(rate, roots.Lowest), roots.Highest)
			npv, _ := presentValue(flows, rate)
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
		rates := rootsOf(yearly(amounts...))
		if percent >= 0 || years == 1 { // else there are payments on both sides of the receipt, maybe none
			require.Len(t, rates, 1)
		}
		at := slices.IndexFunc(rates, func(rate float64) bool { return math.Abs(rate-float64(percent)/100) < 1e-10 })
		require.GreaterOrEqual(t, at, 0, "%d%% is not in %v", percent, rates)
	})
}

// A product of (p - q×v), v being the factor of a year, is zero at the growth
// q/p of each: rates chosen, amounts made from them, all rates found again.
func TestChosenRootsAreFound(t *testing.T) {
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
		rates := rootsOf(yearly(amounts...))
		require.Len(t, rates, len(growth))
		for i, q := range growth {
			require.InDelta(t, float64(q)/10-1, rates[i], 1e-7) // five roots close together are ill-conditioned
		}
	})
}

// A finder gives what a new one gives, and a day without money before the first
// makes no difference.
func TestFinderIsReusable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfNDistinct(rapid.IntRange(0, 11_000), 2, 40, rapid.ID).Draw(t, "days")
		slices.Sort(days)
		amounts := make([]int64, 1+len(days))
		finder := roots.New(append([]int{-1_000}, days...))
		for range 3 {
			for i := range days {
				amounts[1+i] = rapid.Int64Range(-1_000, 1_000).Draw(t, "amount")
			}
			requireSame(t, roots.New(days).Find(amounts[1:]), finder.Find(amounts))
		}
	})
}

// requireSame checks that roots are the same to the last bit.
func requireSame(t require.TestingT, want, got []float64) {
	require.True(t, slices.Equal(want, got), "%v, not %v", got, want)
}

func TestFinderRefuses(t *testing.T) {
	require.PanicsWithValue(t, "roots: 1 amounts on 0 days", func() { roots.New(nil).Find([]int64{1}) })
	for _, days := range [][]int{{1, 1}, {2, 1}} {
		require.Panics(t, func() { roots.New(days) })
	}
}

// What a finder was asked before does not matter to the last bit, in whatever
// order: neither which day came first, nor on which side of zero the rate was.
func TestFinderHasNoMemory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const n = 30
		days := make([]int, n)
		for i := range days {
			days[i] = 30*i + i%3
		}
		series, want := make([][]int64, 8), make([][]float64, 8)
		for k := range series {
			series[k] = make([]int64, n)
			paidIn := rapid.IntRange(0, 9).Draw(t, "first day")
			series[k][paidIn] = -rapid.Int64Range(1_000, 1_000_000).Draw(t, "paid in")
			for i := paidIn + 1; i < n; i++ {
				series[k][i] = rapid.Int64Range(0, 50_000).Draw(t, "received")
			}
			want[k] = roots.New(days).Find(series[k])
		}
		finder := roots.New(days)
		for range 3 {
			for _, k := range rapid.Permutation([]int{0, 1, 2, 3, 4, 5, 6, 7}).Draw(t, "order") {
				requireSame(t, want[k], finder.Find(series[k]))
			}
		}
	})
}

// investment is n quarterly flows, the first third mostly paid in, the rest
// mostly received, and a finder for them. If calm there are no exceptions.
func investment(n int, calm bool) (*roots.Finder, []int64) {
	rng := rand.New(rand.NewPCG(1, 2))
	days, amounts := make([]int, n), make([]int64, n)
	for i := range n {
		days[i] = 91 * i / 3
		amounts[i] = rng.Int64N(100_000_00)
		if i < n/3 {
			amounts[i] -= 150_000_00
		}
		if !calm && i%5 == 0 {
			amounts[i] *= -1
		}
	}
	return roots.New(days), amounts
}

func TestFinderDoesNotAllocate(t *testing.T) {
	many := roots.New([]int{0, 365, 730})
	calm, one := investment(100, true)
	wild, several := investment(100, false)
	require.Zero(t, testing.AllocsPerRun(20, func() {
		calm.Find(one)
		wild.Find(several)
		many.Find([]int64{-1_600, 10_000, -10_000})
		many.Find([]int64{1_000, -3_000, 2_500})
		many.Find([]int64{1, 2, 3})
	}))
}

func BenchmarkFind(b *testing.B) {
	pump := roots.New([]int{0, 365, 730})
	calm, one := investment(100, true)
	wild, several := investment(100, false)
	long, most := investment(150, true)
	for _, c := range []struct {
		name    string
		finder  *roots.Finder
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
				c.finder.Find(c.amounts)
			}
		})
	}
}

// Any flows at all: no panic, an end, finite roots in range and in order.
func FuzzFind(f *testing.F) {
	for _, flows := range [][]flow{
		microsoft, yearly(-1_600, 10_000, -10_000), yearly(-1, 3, -3, 1),
		{{0, math.MinInt64}, {3_652_058, math.MaxInt64}, {-1, 1}},
		// Beyond 2⁵³ pence: rounding hides on which side of zero the root is.
		{{1864432, -1157442765409226960}, {1779695, -1157442765409226769}, {3579151, -1157442765409226257}, {1864623, 3472328296227680304}},
	} {
		var data []byte
		for _, flow := range flows {
			data = binary.LittleEndian.AppendUint32(data, uint32(flow.day))
			data = binary.LittleEndian.AppendUint64(data, uint64(flow.amount))
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var flows []flow
		for len(data) >= 12 && len(flows) < 150 {
			flows = append(flows, flow{int(binary.LittleEndian.Uint32(data)) % 3_700_000, int64(binary.LittleEndian.Uint64(data[4:]))})
			data = data[12:]
		}
		before := math.Inf(-1)
		for _, rate := range rootsOf(flows) {
			if !(rate > before && rate >= roots.Lowest && rate <= roots.Highest) {
				t.Fatalf("%v of %v", rootsOf(flows), flows)
			}
			before = rate
			if npv, _ := presentValue(flows, rate); math.IsNaN(npv) {
				t.Fatalf("no value at %v of %v", rate, flows)
			}
		}
	})
}
