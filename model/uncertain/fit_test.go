package uncertain_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/uncertain"
)

// inside is the probability of a range with both ends.
func inside(l uncertain.Law, low, high float64) float64 {
	return 1 - l.Above(high) - (1 - l.Above(low))
}

func TestFitHasTheMeanAndTheRange(t *testing.T) {
	for _, c := range []struct {
		family          uncertain.Family
		mean, low, high float64
	}{
		{uncertain.Beta, 0.65, 0.5, 0.8},
		{uncertain.Beta, 0.65, 0.60, 0.75},
		{uncertain.Beta, 0.02, 0.001, 0.05},
		{uncertain.Beta, 0.05, 0, 0.1},
		{uncertain.Beta, 0.9, 0.8, 1},
		{uncertain.Beta, 0.5, 0.01, 0.99},         // U-shaped
		{uncertain.Beta, 0.5, 0.4999, 0.5001},     // narrow
		{uncertain.Beta, 0.001, 0.00099, 0.00101}, // narrow and rare
		{uncertain.LogNormal, 0.0081, 0.0060, 0.0110},
		{uncertain.LogNormal, 1, 0.8, 1.25},
		{uncertain.LogNormal, 1, 0, 2},
		{uncertain.LogNormal, 1e-9, 0.5e-9, 2e-9},
		{uncertain.LogNormal, 5, 0.1, 20},
		{uncertain.Gamma, 5200, 4000, 6500},
		{uncertain.Gamma, 100, 0, 180},
		{uncertain.Gamma, 100, 10, 300},
		{uncertain.Gamma, 100, 99.9, 100.1},
		{uncertain.Normal, 4, 1, 7},
		{uncertain.Normal, 0, -1e-6, 1e-6},
	} {
		l, err := uncertain.Fit(c.family, c.mean, c.low, c.high)
		require.NoError(t, err, "%v", c)
		require.NoError(t, l.Check(), "%v", c)
		require.InDelta(t, c.mean, l.Mean(), 1e-14*(c.mean+c.high-c.low), "%v", c)
		require.InDelta(t, 0.90, inside(l, c.low, c.high), 2e-12, "%v", c)
	}
}

// By other code: gonum's distribution functions at the shapes that were found.
func TestFitByOtherDistributionFunctions(t *testing.T) {
	l, err := uncertain.Fit(uncertain.Beta, 0.65, 0.60, 0.75)
	require.NoError(t, err)
	beta := distuv.Beta{Alpha: l.A, Beta: l.B}
	require.InDelta(t, 0.65, beta.Mean(), 1e-14)
	require.InDelta(t, 0.90, beta.CDF(0.75)-beta.CDF(0.60), 1e-11)

	l, err = uncertain.Fit(uncertain.LogNormal, 0.0081, 0.0060, 0.0110)
	require.NoError(t, err)
	logNormal := distuv.LogNormal{Mu: l.A, Sigma: l.B}
	require.InDelta(t, 0.0081, logNormal.Mean(), 1e-16)
	require.InDelta(t, 0.90, logNormal.CDF(0.0110)-logNormal.CDF(0.0060), 1e-12)

	l, err = uncertain.Fit(uncertain.Gamma, 5200, 4000, 6500)
	require.NoError(t, err)
	gamma := distuv.Gamma{Alpha: l.A, Beta: 1 / l.B}
	require.InDelta(t, 5200, gamma.Mean(), 1e-9)
	require.InDelta(t, 0.90, gamma.CDF(6500)-gamma.CDF(4000), 1e-12)
}

// A LogNormal of mean 1 has P(X ≤ 2) = Φ(ln 2 ÷ s + s ÷ 2), which is 0.9 where
// s² - 2 × 1.28155 s + 2 ln 2 = 0: at s = 0.77551 and s = 1.78759. The first has the
// smaller variance.
func TestFitTakesTheSmallestVariance(t *testing.T) {
	l, err := uncertain.Fit(uncertain.LogNormal, 1, 0, 2)
	require.NoError(t, err)
	z := distuv.UnitNormal.Quantile(0.9)
	require.InDelta(t, z-math.Sqrt(z*z-2*math.Ln2), l.B, 1e-12)
	other := z + math.Sqrt(z*z-2*math.Ln2)
	require.InDelta(t, 0.1, uncertain.Law{Family: uncertain.LogNormal, A: -other * other / 2, B: other}.Above(2), 1e-12)
}

// Where P(X ≤ high) dips under 0.9 for a moment only, the dip is found: for a
// LogNormal of mean 1 it is least at s = √(2 ln high), where it is Φ(s). With
// Φ(s) = 0.9 - 1e-9 the two roots lie 0.0001 apart.
func TestFitFindsARangeThatJustHasALaw(t *testing.T) {
	s := distuv.UnitNormal.Quantile(0.9 - 1e-9)
	l, err := uncertain.Fit(uncertain.LogNormal, 1, 0, math.Exp(s*s/2))
	require.NoError(t, err)
	require.InDelta(t, s, l.B, 1e-3)
	s = distuv.UnitNormal.Quantile(0.9 + 1e-9)
	_, err = uncertain.Fit(uncertain.LogNormal, 1, 0, math.Exp(s*s/2))
	require.ErrorContains(t, err, "it has 90.0000001% at least")
}

func TestFitBetweenLimits(t *testing.T) {
	l, err := uncertain.Fit(uncertain.Triangular, 4, 1, 9) // 3 × 4 - 1 - 9 = 2
	require.NoError(t, err)
	require.InDelta(t, 2, l.A, 1e-14)
	l, err = uncertain.Fit(uncertain.PERT, 5, 2, 12) // (6 × 5 - 2 - 12) ÷ 4 = 4
	require.NoError(t, err)
	require.InDelta(t, 4, l.A, 1e-14)
	l, err = uncertain.Fit(uncertain.Uniform, 4, 1, 7)
	require.NoError(t, err)
	require.Equal(t, uncertain.Law{Family: uncertain.Uniform, Low: 1, High: 7}, l)
}

func TestFitSaysWhyThereIsNoLaw(t *testing.T) {
	for _, c := range []struct {
		family          uncertain.Family
		mean, low, high float64
		says            string
	}{
		{uncertain.Beta, 0.5, 0.49, 0.99, "with a mean of 0.5, a Beta law that has 90% in 0.49 to 0.99 has less than 1 in 1,000 above 0.99, so that this end would say nothing: take 0.49 to 0.51 or 0.01 to 0.99, or move the mean"},
		{uncertain.Beta, 0.5, 0.01, 0.51, "with a mean of 0.5, a Beta law that has 90% in 0.01 to 0.51 has less than 1 in 1,000 below 0.01, so that this end would say nothing: take 0.01 to 0.99 or 0.49 to 0.51, or move the mean"},
		{uncertain.Beta, 0.05, 0, 0.9, "with a mean of 0.05, no Beta law has 90% in 0 to 0.9: it has 96.7% at least, because the range is so wide for the mean; narrow the range or move the mean"},
		{uncertain.Beta, 0.5, 0, 1, "all of every Beta law lies between 0 and 1, not 90%: bring one end nearer the mean, or take a Uniform law with these limits"},
		{uncertain.Beta, 0.5, 0.4, 1.2, "a range of 0.4 to 1.2: a Beta law lies between 0 and 1, so both ends must"},
		{uncertain.Beta, 1, 0.9, 1, "a mean of 1 has no Beta law: it must lie between 0 and 1, neither included; to be sure of it, give no range"},
		{uncertain.Beta, 1e-12, 1e-13, 1e-11, "that can be reckoned with: its numbers are too large or too small"},
		{uncertain.LogNormal, 1, 1, 3, "with a mean of 1, no LogNormal law has 90% in 1 to 3: it has 49.4% at most, because the mean is so near an end; take 0.14 to 3, or move the mean"},
		{uncertain.LogNormal, 1, -1, 3, "a low end of -1: a LogNormal law is never below 0, so the low end must be 0 or more"},
		{uncertain.Gamma, 0, 0, 3, "a mean of 0 has no Gamma law: it must be above 0"},
		{uncertain.Normal, 2, 1, 4, "a mean of 2 has no Normal law from 1 to 4: it is as likely above as below the middle, so its mean is 2.5; move the mean or an end"},
		{uncertain.Triangular, 2, 1, 9, "a mean of 2 has no Triangular law between the limits 1 and 9: with these it lies between 3.67 and 6.33; move the mean or a limit"},
		{uncertain.PERT, 2, 1, 7, "a mean of 2 has no PERT law between the limits 1 and 7: with these it lies between 2 and 6"},
		{uncertain.Uniform, 2, 1, 9, "so its mean is 5"},
		{uncertain.List, 2, 1, 9, "a list of values has no range: give its values with their weights"},
		{"Weibull", 2, 1, 9, `"Weibull" is no family of laws: give one of Beta, LogNormal, Gamma, Normal, Triangular, PERT, Uniform, list of values`},
		{"", 2, 1, 9, "the law has no family"},
		{uncertain.Gamma, 5, 9, 1, "a range of 9 to 1: the low end must be below the high end"},
		{uncertain.Gamma, 12, 1, 9, "a mean of 12 is not in its range of 1 to 9: move the mean or the ends"},
		{uncertain.Gamma, math.NaN(), 1, 9, "all three must be numbers"},
	} {
		l, err := uncertain.Fit(c.family, c.mean, c.low, c.high)
		if c.family == uncertain.PERT { // a mean of 2 is just possible: 1 + 6 ÷ 6
			require.NoError(t, err)
			_, err = uncertain.Fit(c.family, c.mean-0.01, c.low, c.high)
			require.ErrorContains(t, err, "with these it lies between 2 and 6")
			continue
		}
		require.ErrorContains(t, err, c.says)
		require.Equal(t, uncertain.Law{}, l)
	}
}

// The ranges that an error offers have a law.
func TestFitOffersWhatWorks(t *testing.T) {
	_, err := uncertain.Fit(uncertain.Beta, 0.65, 0.64, 0.9)
	require.ErrorContains(t, err, "take 0.64 to 0.66 or 0.349 to 0.9, or move the mean")
	for _, ends := range [][2]float64{{0.64, 0.66}, {0.349, 0.9}} {
		_, err := uncertain.Fit(uncertain.Beta, 0.65, ends[0], ends[1])
		require.NoError(t, err)
	}
}

// Any Beta, LogNormal or Gamma is had back, near enough, from its own mean and
// 90% range, by the law that Fit finds there.
func TestFitHasBackAnyLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spread := math.Exp(rapid.Float64Range(-5, 0).Draw(t, "log of relative spread"))
		mean := rapid.Float64Range(0.02, 0.98).Draw(t, "mean")
		size := max(mean*(1-mean)/(spread*spread*mean*mean), 1.0)
		for _, l := range []uncertain.Law{
			{Family: uncertain.Beta, A: size * mean, B: size * (1 - mean)},
			{Family: uncertain.LogNormal, A: math.Log(mean), B: spread},
			{Family: uncertain.Gamma, A: 1 / (spread * spread), B: mean},
		} {
			low, high := l.Range()
			if !(low <= l.Mean() && l.Mean() <= high) || (l.Family == uncertain.Beta && high > 1-1e-9) {
				continue // 5% above an end that rounds to 1 is none
			}
			got, err := uncertain.Fit(l.Family, l.Mean(), low, high)
			if err != nil {
				t.Fatalf("%v: %v", l, err)
			}
			if math.Abs(got.Mean()-l.Mean()) > 1e-13*l.Mean() || math.Abs(inside(got, low, high)-0.9) > 2e-12 {
				t.Fatalf("%v: %v", l, got)
			}
			if got.SD() > l.SD()*(1+1e-6) {
				t.Fatalf("%v: a law with a smaller variance has that range, not %v", l, got)
			}
		}
	})
}

// Any mean in any range either has a law with exactly these, or an error.
func TestFitOfAnyMeanAndRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ends := rapid.SliceOfNDistinct(rapid.Float64Range(0, 1), 2, 2, rapid.ID[float64]).Draw(t, "ends")
		low, high := min(ends[0], ends[1]), max(ends[0], ends[1])
		mean := low + (high-low)*rapid.Float64Range(0, 1).Draw(t, "part")
		for _, f := range []uncertain.Family{uncertain.Beta, uncertain.LogNormal, uncertain.Gamma} {
			l, err := uncertain.Fit(f, mean, low, high)
			if err != nil {
				continue
			}
			if off := math.Abs(l.Mean()-mean) / (mean + high - low); off > 1e-13 {
				t.Fatalf("%v: mean %v and not %v", l, l.Mean(), mean)
			}
			if off := math.Abs(inside(l, low, high) - 0.9); off > 1e-11 {
				t.Fatalf("%v: %v in %v to %v", l, inside(l, low, high), low, high)
			}
		}
	})
}

func TestLimitsKeepMeanAndRangeOfAny(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		free := uncertain.Law{Family: uncertain.Normal, A: rapid.Float64Range(-10, 10).Draw(t, "mean"), B: math.Exp(rapid.Float64Range(-5, 5).Draw(t, "log sd"))}
		low, high := free.Range()
		room := rapid.Float64Range(0, 3)
		l, err := free.WithLimits(low-free.B*room.Draw(t, "below"), high+free.B*room.Draw(t, "above"))
		if err != nil {
			return
		}
		if math.Abs(l.Mean()-free.A) > 1e-11*free.B || math.Abs(inside(l, low, high)-0.9) > 1e-9 {
			t.Fatalf("%v of %v: %v in %v to %v", l, free, inside(l, low, high), low, high)
		}
	})
}

func TestLimitsKeepMeanAndRange(t *testing.T) {
	free, err := uncertain.Fit(uncertain.Normal, 1, 0, 2)
	require.NoError(t, err)
	for _, c := range [][2]float64{{0, 3}, {-0.1, 3}, {-1, 2.2}, {-1, 5}, {-0.5, 2.5}, {0, math.Inf(1)}, {math.Inf(-1), 2.3}} {
		l, err := free.WithLimits(c[0], c[1])
		require.NoError(t, err, "%v", c)
		require.NoError(t, l.Check(), "%v", c)
		require.InDelta(t, 1, l.Mean(), 1e-12, "%v", c)
		require.InDelta(t, 0.9, inside(l, 0, 2), 2e-12, "%v", c)
		require.GreaterOrEqual(t, l.Quantile(1e-15), c[0])
		require.LessOrEqual(t, l.Quantile(1-1e-15), c[1])
		require.Equal(t, 0.0, l.Above(c[1]))
	}
	l, err := free.WithLimits(-1000, 1000)
	require.NoError(t, err)
	require.InDelta(t, free.A, l.A, 1e-12)
	require.InDelta(t, free.B, l.B, 1e-12)
}

func TestLimitsThatCannotBe(t *testing.T) {
	free, err := uncertain.Fit(uncertain.Normal, 1, 0, 2)
	require.NoError(t, err)
	cut, err := free.WithLimits(0, 3)
	require.NoError(t, err)
	for _, c := range []struct {
		law       uncertain.Law
		low, high float64
		says      string
	}{
		{free, 0.5, 3, "the limits 0.5 and 3 cut into the range of 0 to 2, which is to hold 90%: move the limits out"},
		{free, 3, 0, "the low one must be below the high one"},
		{free, -0.1, 2.1, "cut off at -0.1 and 2.1: with a mean of 1, no Normal law has 90% in 0 to 2: it has 90.9% at least, because the range is so wide for the mean; narrow the range or move the mean, or move the limits out"},
		{cut, 0, 3, "the Normal law has limits: start from one without"},
		{uncertain.Law{Family: uncertain.Beta, A: 2, B: 3}, 0, 1, "a Beta law takes no limits: only a Normal law can be cut off"},
	} {
		_, err := c.law.WithLimits(c.low, c.high)
		require.ErrorContains(t, err, c.says)
	}
}

func FuzzFit(f *testing.F) {
	f.Add(0, 0.65, 0.5, 0.8)
	f.Add(1, 1e-300, 0.0, 1e300)
	f.Add(2, 1e300, 1.0, math.MaxFloat64)
	f.Add(3, 0.0, -1.0, 1.0)
	f.Add(4, 1.0, 1.0, math.Nextafter(1, 2))
	f.Add(5, 5e-324, 0.0, 1e-323)
	f.Add(0, 1-1e-16, 0.0, 0.9999999999999999)
	f.Add(2, 1.0, 0.999999999, 1.000000001)
	families := []uncertain.Family{
		uncertain.Beta, uncertain.LogNormal, uncertain.Gamma, uncertain.Normal,
		uncertain.Triangular, uncertain.PERT, uncertain.Uniform, uncertain.List, "",
	}
	f.Fuzz(func(t *testing.T, family int, mean, low, high float64) {
		family = min(max(family, -family)%len(families), len(families)-1)
		l, err := uncertain.Fit(families[max(0, family)], mean, low, high)
		if err != nil {
			require.NotEmpty(t, err.Error())
			require.NotContains(t, err.Error(), "NaN to", "an offer that is none")
			return
		}
		require.NoError(t, l.Check())
		for _, figure := range []float64{l.Mean(), l.SD(), l.Quantile(0.5), l.Above(mean)} {
			require.False(t, math.IsNaN(figure) || math.IsInf(figure, 0), "%+v", l)
		}
		require.NotEmpty(t, l.String())
		if l.Family == uncertain.Normal {
			_, _ = l.WithLimits(low, high)
		}
	})
}

// Narrow laws, where gamma functions lose digits, against sums of the density over
// the range and over all of it, which need none. Of a Gamma with shape a the density
// at (1 + u) of its mean goes as e^(a (ln(1+u) - u)) ÷ (1 + u); of a Beta with the mean m
// and a + b = n, that at m + d as (1 + d/m)^(nm-1) (1 - d/(1-m))^(n(1-m)-1).
func TestNarrowLawsByTheirDensity(t *testing.T) {
	share := func(logDensity func(x float64) float64, from, to, sd float64) float64 {
		sum := func(from, to float64) float64 { // Simpson's rule
			const n = 4000
			step, total := (to-from)/n, 0.0
			for i := range n + 1 {
				weight := 2.0 + 2*float64(i%2)
				if i == 0 || i == n {
					weight = 1
				}
				total += weight * step / 3 * math.Exp(logDensity(from+float64(i)*step))
			}
			return total
		}
		return sum(from, to) / sum(-9*sd, 9*sd)
	}
	for _, m := range []float64{0.5, 0.02} {
		width := m / 1000
		l, err := uncertain.Fit(uncertain.Beta, m, m-width, m+width*1.1)
		require.NoError(t, err)
		require.InDelta(t, 0.9, share(func(d float64) float64 {
			return (l.A-1)*math.Log1p(d/m) + (l.B-1)*math.Log1p(-d/(1-m))
		}, -width, width*1.1, l.SD()), 1e-10)
		u := l.Quantile(0.999)
		require.InDelta(t, 0.001, l.Above(u), 1e-13)
	}
	l, err := uncertain.Fit(uncertain.Gamma, 1, 0.999, 1.0012)
	require.NoError(t, err)
	require.InDelta(t, 0.9, share(func(u float64) float64 {
		return l.A*(math.Log1p(u)-u) - math.Log1p(u)
	}, -0.001, 0.0012, l.SD()), 1e-10)
}
