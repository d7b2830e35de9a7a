package sensitivity

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

// Let Y be the expected figure, A and B two independent draws of all inputs, and AB_i the
// draw A with input i from B. Row by row
//
//	V   = E[(Y_A - c)²]                          variance, with c the mean
//	V_i = E[(Y_B - c) (Y_AB_i - Y_A)]            of the mean given input i
//	T_i = E[(Y_A - Y_AB_i)²] / 2                 that is left once all others are known
//
// and the indices are V_i ÷ V and T_i ÷ V: the second by M. Jansen, "Analysis of variance
// designs for model output", Computer Physics Communications 117 (1999); both as
// recommended by A. Saltelli and others, "Variance based sensitivity analysis of model
// output", Computer Physics Communications 181 (2010), table 2, (b) and (f).
//
// Where Y is not known exactly but from lives, each is estimated twice, from lives that are
// independent of one another. In every product one factor then comes from each, so that
// their errors have no part in its mean: V, V_i and T_i are as they would be without noise.
// A row has the same lives throughout, so that the errors of its differences are small.

// pair is a figure by row, from two independent sets of lives; the same slice twice where
// it is exact.
type pair [2][]float64

// design is the figure under the draws A and B, and under AB_i by group of inputs.
type design struct {
	a, b pair
	ab   []pair
}

// indices are estimates of one group.
type indices struct{ first, total, interaction Interval }

// Interval is an estimate with its 90% interval, by bootstrap over the draws.
type Interval struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// bootstraps is how many samples of the rows intervals are made of.
const bootstraps = 400

// estimate works out the indices of every group, the variance of the figure over the inputs
// and that of one set of lives under a draw. ok is false where nothing varies.
func (d design) estimate(seed uint64) (all []indices, variance, noise float64, ok bool) {
	n := len(d.a[0])
	centre := (stat.Mean(d.a[0], nil) + stat.Mean(d.a[1], nil) + stat.Mean(d.b[0], nil) + stat.Mean(d.b[1], nil)) / 4
	spread := make([]float64, n)
	for j := range n {
		spread[j] = ((d.a[0][j]-centre)*(d.a[1][j]-centre) + (d.b[0][j]-centre)*(d.b[1][j]-centre)) / 2
		noise += (square(d.a[0][j]-d.a[1][j]) + square(d.b[0][j]-d.b[1][j])) / 4 / float64(n)
	}
	variance = stat.Mean(spread, nil)
	if scale := square(centre) + noise; !(variance > 1e-18*scale) {
		return nil, variance, noise, false
	}
	weights := bootstrapWeights(seed, n)
	of := func(rows []float64) (value float64, samples []float64) {
		for _, w := range weights {
			samples = append(samples, dot(w, rows)/dot(w, spread))
		}
		return stat.Mean(rows, nil) / variance, samples
	}
	first, total := make([]float64, n), make([]float64, n)
	for _, ab := range d.ab {
		for j := range n {
			first[j] = ((d.b[0][j]-centre)*(ab[1][j]-d.a[1][j]) + (d.b[1][j]-centre)*(ab[0][j]-d.a[0][j])) / 2
			total[j] = (d.a[0][j] - ab[0][j]) * (d.a[1][j] - ab[1][j]) / 2
		}
		f, fs := of(first)
		t, ts := of(total)
		both := make([]float64, len(fs))
		for k := range fs {
			both[k] = ts[k] - fs[k]
		}
		all = append(all, indices{interval(f, fs), interval(t, ts), interval(t-f, both)})
	}
	return all, variance, noise, true
}

// bootstrapWeights are how often each row is in each sample.
func bootstrapWeights(seed uint64, rows int) [][]float64 {
	stream := lives.NewStream("bootstrap of indices")
	weights := make([][]float64, bootstraps)
	for k := range weights {
		weights[k] = make([]float64, rows)
		for j := range rows {
			weights[k][int(stream.Unit(seed, k, j)*float64(rows))]++
		}
	}
	return weights
}

func interval(value float64, samples []float64) Interval {
	slices.Sort(samples)
	at := func(p float64) float64 { return samples[orderstatistic.At(len(samples), p)] }
	return Interval{value, at(0.05), at(0.95)}
}

func dot(a, b []float64) (sum float64) {
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

func square(x float64) float64 { return math.Pow(x, 2) }
