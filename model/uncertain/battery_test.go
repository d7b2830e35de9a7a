package uncertain_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/uncertain"
)

// member is a law of the battery, with its mean and standard deviation in closed
// form and its distribution function by other code.
type member struct {
	law      uncertain.Law
	mean, sd float64
	above    func(x float64) float64 // nil where no other code is at hand
}

// battery is laws of every family, narrow and wide, even and skewed.
func battery() map[string]member {
	beta := func(a, b float64) member {
		d := distuv.Beta{Alpha: a, Beta: b}
		return member{uncertain.Law{Family: uncertain.Beta, A: a, B: b}, d.Mean(), d.StdDev(), d.Survival}
	}
	gamma := func(shape, scale float64) member {
		d := distuv.Gamma{Alpha: shape, Beta: 1 / scale}
		return member{uncertain.Law{Family: uncertain.Gamma, A: shape, B: scale}, d.Mean(), d.StdDev(), d.Survival}
	}
	logNormal := func(mu, sigma float64) member {
		d := distuv.LogNormal{Mu: mu, Sigma: sigma}
		return member{uncertain.Law{Family: uncertain.LogNormal, A: mu, B: sigma}, d.Mean(), d.StdDev(), d.Survival}
	}
	triangular := func(low, high, mode float64) member {
		d := distuv.NewTriangle(low, high, mode, nil)
		return member{uncertain.Law{Family: uncertain.Triangular, A: mode, Low: low, High: high}, d.Mean(), d.StdDev(), d.Survival}
	}
	normal := distuv.Normal{Mu: 4, Sigma: 2}
	uniform := distuv.Uniform{Min: -1, Max: 3}
	// PERT from 2 to 12, most likely 4: (2 + 16 + 12) ÷ 6 = 5. Shapes 1 + 4×0.2 = 1.8
	// and 1 + 4×0.8 = 4.2, so the variance is 100 × 1.8×4.2 ÷ (36 × 7) = 3.
	pert := distuv.Beta{Alpha: 1.8, Beta: 4.2}
	// A standard Normal cut off below 0 has the mean √(2/π) and the variance 1 - 2/π.
	half := uncertain.Law{Family: uncertain.Normal, B: 1, Low: 0, High: math.MaxFloat64}
	return map[string]member{
		"beta of counts":    beta(20, 11),
		"beta, rare":        beta(2, 150),
		"beta, U-shaped":    beta(0.5, 0.7),
		"beta, narrow":      beta(3000, 1000),
		"lognormal":         logNormal(-4.8, 0.18),
		"lognormal, wide":   logNormal(1, 1.2),
		"gamma":             gamma(7, 14),
		"gamma, below 1":    gamma(0.6, 3000),
		"gamma, narrow":     gamma(5000, 0.02),
		"normal":            {uncertain.Law{Family: uncertain.Normal, A: 4, B: 2}, 4, 2, normal.Survival},
		"normal, cut off":   {half, math.Sqrt(2 / math.Pi), math.Sqrt(1 - 2/math.Pi), func(x float64) float64 { return math.Erfc(x / math.Sqrt2) }},
		"triangular":        triangular(1, 9, 2),
		"triangular, at 1":  triangular(1, 9, 1),
		"pert":              {uncertain.Law{Family: uncertain.PERT, A: 4, Low: 2, High: 12}, 5, math.Sqrt(3), func(x float64) float64 { return pert.Survival((x - 2) / 10) }},
		"uniform":           {uncertain.Law{Family: uncertain.Uniform, Low: -1, High: 3}, 1, 4 / math.Sqrt(12), uniform.Survival},
		"beta, scaled":      scaled(beta(20, 11), 1.5, 0.2),
		"gamma, scaled":     scaled(gamma(7, 14), 0.5, -20),
		"lognormal, scaled": scaled(logNormal(0, 0.3), 52, 3),
		"normal, scaled":    scaled(member{half, math.Sqrt(2 / math.Pi), math.Sqrt(1 - 2/math.Pi), nil}, 3, 7),
		"triangular, moved": scaled(triangular(1, 9, 2), 10, -5),
		"pert, moved":       scaled(member{uncertain.Law{Family: uncertain.PERT, A: 4, Low: 2, High: 12}, 5, math.Sqrt(3), nil}, 0.1, 1),
		"uniform, moved":    scaled(member{uncertain.Law{Family: uncertain.Uniform, Low: -1, High: 3}, 1, 4 / math.Sqrt(12), nil}, 2, 1),
	}
}

// scaled is factor × a member + by.
func scaled(m member, factor, by float64) member {
	above := m.above
	m.law = m.law.Times(factor).Plus(by)
	m.mean, m.sd = factor*m.mean+by, factor*m.sd
	if above != nil {
		m.above = func(x float64) float64 { return above((x - by) / factor) }
	}
	return m
}

// each runs a test on every law of the battery.
func each(t *testing.T, test func(t *testing.T, m member)) {
	for name, m := range battery() {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, m.law.Check())
			test(t, m)
		})
	}
}

func TestMomentsAreThoseOfClosedForms(t *testing.T) {
	each(t, func(t *testing.T, m member) {
		require.InDelta(t, m.mean, m.law.Mean(), 1e-13*(math.Abs(m.mean)+m.sd))
		require.InDelta(t, m.sd, m.law.SD(), 1e-12*m.sd)
	})
}

// The mean is the integral of the quantile over u, and the mean square that of
// its square. Substituting u = Φ(z) makes the integrand smooth with tails that
// fall like e^(-z²/2), for which the trapezium rule is exact to many digits.
func TestMomentsAreIntegralsOfTheQuantile(t *testing.T) {
	each(t, func(t *testing.T, m member) {
		const step = 1.0 / 256
		mean, square := 0.0, 0.0
		for z := -8.0; z <= 8; z += step {
			u := math.Erfc(-z/math.Sqrt2) / 2
			off := m.law.Quantile(u) - m.mean
			if u > 0.5 && 1-u < 1e-15 {
				continue
			}
			weight := step * math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
			mean += weight * off
			square += weight * off * off
		}
		require.InDelta(t, 0, mean, 2e-6*m.sd) // kinks, of a triangle, cost digits
		require.InDelta(t, m.sd, math.Sqrt(square-mean*mean), 2e-5*m.sd)
	})
}

func TestQuantileIsTheInverseOfTheDistribution(t *testing.T) {
	each(t, func(t *testing.T, m member) {
		before := math.Inf(-1)
		for _, u := range probabilities() {
			x := m.law.Quantile(u)
			require.GreaterOrEqual(t, x, before, "u = %v", u)
			before = x
			// A value near an end is known to its own last digit and not to that of u.
			require.InDelta(t, 1-u, m.law.Above(x), 1e-11, "u = %v", u)
			if m.above != nil && u > 1e-6 && u < 1-1e-6 {
				require.InEpsilon(t, m.above(x), m.law.Above(x), 1e-9, "u = %v", u)
			}
		}
	})
}

// probabilities are some from both far tails and the middle, ascending.
func probabilities() []float64 {
	var us []float64
	for exponent := -12; exponent < -2; exponent++ {
		us = append(us, math.Pow(10, float64(exponent)))
	}
	for i := 1; i < 1000; i++ {
		us = append(us, float64(i)/1000)
	}
	for exponent := -4; exponent > -12; exponent-- {
		us = append(us, 1-math.Pow(10, float64(exponent)))
	}
	return us
}

func TestQuantileOutOfBoundsIsNaN(t *testing.T) {
	each(t, func(t *testing.T, m member) {
		q := uncertain.NewQuick(m.law)
		for _, u := range []float64{0, 1, -1, 2, math.NaN(), math.Inf(1), math.Inf(-1)} {
			require.True(t, math.IsNaN(m.law.Quantile(u)), "%v", u)
			require.True(t, math.IsNaN(q.Quantile(u)), "%v", u)
		}
		for _, u := range []float64{math.SmallestNonzeroFloat64, 1e-300, 1 - 0x1p-53} {
			require.False(t, math.IsNaN(m.law.Quantile(u)), "%v", u)
			require.Equal(t, m.law.Quantile(u), q.Quantile(u))
		}
		require.True(t, math.IsNaN(m.law.Above(math.NaN())))
		require.Equal(t, 0.0, m.law.Above(math.Inf(1)))
		require.Equal(t, 1.0, m.law.Above(math.Inf(-1)))
	})
}

// 90% of 100,000 draws lie in the range: within 3.3 standard errors of √(0.9 × 0.1 ÷
// 100,000) = 0.00095. Their mean is within 3.3 of sd ÷ √100,000.
func TestDrawsKeepMeanAndRange(t *testing.T) {
	each(t, func(t *testing.T, m member) {
		const n = 100_000
		random, q := rand.New(rand.NewPCG(13, 90)), uncertain.NewQuick(m.law)
		low, high := m.law.Range()
		inside, sum := 0, 0.0
		for range n {
			x := q.Quantile(1 - random.Float64())
			if math.IsNaN(x) { // u is 1, once in 2⁵³
				continue
			}
			sum += x
			if x >= low && x <= high {
				inside++
			}
		}
		require.InDelta(t, 0.9, float64(inside)/n, 3.3*math.Sqrt(0.9*0.1/n))
		require.InDelta(t, m.mean, sum/n, 3.3*m.sd/math.Sqrt(n))
	})
}

func TestTimesAndPlusMoveEveryQuantile(t *testing.T) {
	each(t, func(t *testing.T, m member) {
		for _, u := range []float64{1e-9, 0.05, 0.5, 0.95, 1 - 1e-9} {
			x := m.law.Quantile(u)
			require.InDelta(t, 3*x, m.law.Times(3).Quantile(u), 1e-12*(math.Abs(x)+m.sd))
			require.InDelta(t, x-7, m.law.Plus(-7).Quantile(u), 1e-12*(math.Abs(x)+m.sd+7))
			require.InDelta(t, 2*(x+1)-3, m.law.Plus(1).Times(2).Plus(-3).Quantile(u), 1e-12*(math.Abs(x)+m.sd+7))
		}
		require.Equal(t, m.law, m.law.Times(1))
		require.Equal(t, m.law, m.law.Plus(0))
		for _, factor := range []float64{0, -1, math.NaN(), math.Inf(1)} {
			require.Error(t, m.law.Times(factor).Check(), "%v", factor)
		}
		require.Error(t, m.law.Plus(math.NaN()).Check())
		require.Error(t, m.law.Plus(math.Inf(-1)).Check())
	})
}

func TestLawIsPlainData(t *testing.T) {
	each(t, func(t *testing.T, m member) {
		text, err := json.Marshal(m.law)
		require.NoError(t, err)
		var back uncertain.Law
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, m.law, back, "%s", text)
	})
}

func TestQuickIsTheLaw(t *testing.T) {
	each(t, func(t *testing.T, m member) {
		q := uncertain.NewQuick(m.law)
		low, high := m.law.Range()
		random := rand.New(rand.NewPCG(1, 2))
		for range 3000 {
			u := random.Float64()
			if random.IntN(2) == 0 { // a tail
				u = math.Exp(-14 * u)
				if random.IntN(2) == 0 {
					u = 1 - u
				}
			}
			if u > 0 && u < 1 {
				require.InDelta(t, m.law.Quantile(u), q.Quantile(u), 1e-6*(high-low), "u = %v", u)
			}
		}
		before := math.Inf(-1)
		for i := 1; i < 200_000; i++ {
			x := q.Quantile(float64(i) / 200_000)
			if x < before { // by more than the last digits
				require.InDelta(t, before, x, 1e-14*(math.Abs(x)+m.sd), "u = %v", float64(i)/200_000)
			}
			before = max(x, before)
		}
	})
}

func TestQuickTakesNoMemory(t *testing.T) {
	each(t, func(t *testing.T, m member) {
		q, u := uncertain.NewQuick(m.law), 0.0
		require.Zero(t, testing.AllocsPerRun(100, func() {
			u += 0.009
			q.Quantile(u)
		}))
	})
}

// Laws of any shape, those included that are so uneven that the table gives up.
func TestQuickIsAnyLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := rapid.Custom(func(t *rapid.T) float64 { return math.Exp(rapid.Float64Range(-4, 8).Draw(t, "log")) })
		a, b := shape.Draw(t, "a"), shape.Draw(t, "b")
		l := rapid.SampledFrom([]uncertain.Law{
			{Family: uncertain.Beta, A: a, B: b},
			{Family: uncertain.Gamma, A: a, B: b},
			{Family: uncertain.LogNormal, A: math.Log(a), B: min(b, 4)},
			{Family: uncertain.Normal, A: a, B: b, Low: a - 2*b, High: a + b},
			{Family: uncertain.PERT, A: a, Low: a * 0.9, High: a + b},
		}).Draw(t, "law")
		q := uncertain.NewQuick(l)
		low, high := l.Range()
		for range 40 {
			u := rapid.Float64Range(1e-6, 1-1e-6).Draw(t, "u")
			if off := math.Abs(q.Quantile(u) - l.Quantile(u)); !(off <= 1e-6*(high-low)) {
				t.Fatalf("%v at %v: off by %v of %v", l, u, off, high-low)
			}
		}
	})
}

func BenchmarkQuantile(b *testing.B) {
	for _, l := range []uncertain.Law{
		{Family: uncertain.Beta, A: 20, B: 11},
		{Family: uncertain.LogNormal, A: -4.8, B: 0.18},
		{Family: uncertain.Gamma, A: 7, B: 14},
		{Family: uncertain.Normal, A: 4, B: 2, Low: 1, High: 9},
		{Family: uncertain.Triangular, A: 2, Low: 1, High: 9},
		{Family: uncertain.PERT, A: 4, Low: 2, High: 12},
		{Family: uncertain.Uniform, Low: 1, High: 9},
		{Family: uncertain.List, Values: []uncertain.Weighted{{1, 0.2}, {2, 0.5}, {3, 0.3}}},
	} {
		run := func(kind string, quantile func(float64) float64) {
			b.Run(fmt.Sprintf("%s/%s", kind, l.Family), func(b *testing.B) {
				b.ReportAllocs()
				u := 0.5
				for b.Loop() {
					if u += 0.6180339887498949; u >= 1 {
						u--
					}
					quantile(u)
				}
			})
		}
		run("law", l.Quantile)
		run("quick", uncertain.NewQuick(l).Quantile)
	}
}
