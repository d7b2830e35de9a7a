package sensitivity

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// designOf evaluates a function of independent uniform inputs from -π to π, each time with
// noise of its own in either set of lives.
func designOf(f func(x []float64) float64, inputs, rows int, noise float64) design {
	random := rand.New(rand.NewPCG(1, 2))
	draw := func() []float64 {
		x := make([]float64, inputs)
		for i := range x {
			x[i] = math.Pi * (2*random.Float64() - 1)
		}
		return x
	}
	add := func(to *pair, x []float64) {
		y := f(x)
		for k := range to {
			to[k] = append(to[k], y+noise*random.NormFloat64())
		}
	}
	d := design{ab: make([]pair, inputs)}
	for range rows {
		a, b := draw(), draw()
		add(&d.a, a)
		add(&d.b, b)
		for i := range inputs {
			x := append([]float64(nil), a...)
			x[i] = b[i]
			add(&d.ab[i], x)
		}
	}
	return d
}

// The function of Ishigami and Homma (1990), sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1, whose
// variances are known: with a = 7 and b = 0.1
//
//	V   = a²/8 + b π⁴/5 + b² π⁸/18 + 1/2 = 13.845
//	V1  = (1 + b π⁴/5)²/2 = 4.346, V2 = a²/8 = 6.125, V3 = 0, V13 = 8 b² π⁸/225 = 3.374
//
// so that the first-order indices are 0.314, 0.442 and 0, and the total ones 0.558, 0.442
// and 0.244. Noise as large as a third of the standard deviation changes none of them.
func TestIndicesOfIshigami(t *testing.T) {
	ishigami := func(x []float64) float64 {
		return math.Sin(x[0]) + 7*math.Pow(math.Sin(x[1]), 2) + 0.1*math.Pow(x[2], 4)*math.Sin(x[0])
	}
	for _, noise := range []float64{0, 1.25} {
		d := designOf(ishigami, 3, 20_000, noise)
		all, variance, lived, ok := d.estimate(1)
		require.True(t, ok)
		require.InDelta(t, 13.845, variance, 0.4)
		require.InDelta(t, noise*noise, lived, 0.05)
		for i, want := range []struct{ first, total float64 }{{0.314, 0.558}, {0.442, 0.442}, {0, 0.244}} {
			require.InDelta(t, want.first, all[i].first.Value, 0.035)
			require.InDelta(t, want.total, all[i].total.Value, 0.03)
			require.InDelta(t, want.total-want.first, all[i].interaction.Value, 0.045)
			require.Less(t, all[i].first.Low, all[i].first.High)
			require.Less(t, all[i].total.High-all[i].total.Low, 0.06)
		}
	}
}

// Without two sets of lives noise counts as an effect of every input: the correction is what
// takes it off. With variance 1 of the inputs and 4 of noise, an input without effect would
// have a total index of 4 of 5.
func TestNoiseIsTakenOff(t *testing.T) {
	half := math.Sqrt(3) / math.Pi // makes a uniform input from -π to π have variance 1
	f := func(x []float64) float64 { return half * x[0] }
	d := designOf(f, 2, 20_000, 2)
	corrected, variance, noise, ok := d.estimate(1)
	require.True(t, ok)
	require.InDelta(t, 1, variance, 0.1)
	require.InDelta(t, 4, noise, 0.1)
	require.InDelta(t, 1, corrected[0].total.Value, 0.15)
	require.InDelta(t, 0, corrected[1].total.Value, 0.12)

	for _, p := range []*pair{&d.a, &d.b, &d.ab[0], &d.ab[1]} {
		p[1] = p[0]
	}
	naive, _, _, _ := d.estimate(1)
	require.InDelta(t, 0.8, naive[1].total.Value, 0.05)
}

// Of a linear function the index of an input is its own share of the variance, alone and in
// all: of x1 + 2 x2 + 3 x3, 1, 4 and 9 of 14.
func TestIndicesOfALinearFunction(t *testing.T) {
	d := designOf(func(x []float64) float64 { return x[0] + 2*x[1] + 3*x[2] }, 3, 20_000, 0)
	all, _, _, ok := d.estimate(1)
	require.True(t, ok)
	for i, want := range []float64{1. / 14, 4. / 14, 9. / 14} {
		require.InDelta(t, want, all[i].first.Value, 0.03)
		require.InDelta(t, want, all[i].total.Value, 0.02)
	}
	flat := designOf(func([]float64) float64 { return 5 }, 2, 100, 0)
	_, _, _, ok = flat.estimate(1)
	require.False(t, ok, "nothing varies")
}
