package montecarlo

import (
	"context"
	"math"
	"sync"
	"sync/atomic"

	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
)

// OfRates says how much of the spread of a figure comes from what is not known about
// the inputs, and how much is left to chance.
type OfRates struct {
	// Share is the share of the variance that is the inputs': the variance of the
	// expected figure from draw to draw over that of the figure. StdErr is its
	// Monte Carlo standard error.
	Share  float64 `json:"share_of_variance"`
	StdErr float64 `json:"standard_error"`
	// Exact says that the expected figure of each draw was worked out exactly; it
	// is otherwise estimated from two replications of each draw.
	Exact bool `json:"exact"`
	// Chance are the quantiles from chance alone, around the mean, in the order of
	// those of the figure.
	Chance []Quantile `json:"chance_alone"`
}

// splitOver is how many draws the spread is divided over.
const splitOver = 1000

// twin is the seed of a second life of every child under the same draw.
func twin(seed uint64) uint64 { return seed ^ 0xD1B54A32D192ED03 }

// split is the values of some draws three times over, by column that is a total:
// twice with other lives, and expected.
type split struct {
	first, second, expected [][]float64 // column × draw
}

// splitRates runs the first draws of n replications, where there are draws.
func (r *runner) splitRates(ctx context.Context, n int) error {
	if r.drawing == nil {
		return nil
	}
	n = min(n, splitOver)
	s := &split{}
	for _, values := range []*[][]float64{&s.first, &s.second, &s.expected} {
		*values = make([][]float64, len(r.columns))
		for i, c := range r.columns {
			if c.period == overall {
				(*values)[i] = make([]float64, n)
			}
		}
	}
	var next atomic.Int64
	var working sync.WaitGroup
	var failed atomic.Pointer[error]
	for range min(r.options.Workers, (n+block-1)/block) {
		working.Go(func() {
			d := r.newDrawnRun()
			row := make([]float64, len(r.centre))
			for from := int(next.Add(block)) - block; from < n; from = int(next.Add(block)) - block {
				for i := from; i < min(from+block, n); i++ {
					if ctx.Err() != nil || failed.Load() != nil {
						return
					}
					if err := d.threefold(s, i, row); err != nil {
						failed.CompareAndSwap(nil, &err)
						return
					}
				}
			}
		})
	}
	working.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	r.split = s
	return ctx.Err()
}

// threefold works out one draw's values with two lives and in expectation.
func (d *drawnRun) threefold(s *split, i int, row []float64) error {
	at, err := d.at(i)
	if err != nil {
		return err
	}
	keep := func(row []float64, into [][]float64) {
		for k, c := range d.columns {
			if c.period == overall {
				into[k][i] = c.scale(row[c.at])
			}
		}
	}
	counts, err := at.expected.Counts(at.programme)
	if err != nil {
		return err
	}
	fillRow(at, counts, row)
	keep(row, s.expected)
	fillRow(at, at.simulator.Replicate(twin(d.options.Seed), i), row)
	keep(row, s.second)
	if d.condensed == nil { // its values are there
		keep(d.values[i*len(row):][:len(row)], s.first)
		return nil
	}
	fillRow(at, at.simulator.Replicate(d.options.Seed, i), row)
	keep(row, s.first)
	return nil
}

// ofRates divides the spread of one total; nil where it has none, or where it is not
// defined in some draw.
func (r *runner) ofRates(k int, mean float64) *OfRates {
	if r.split == nil {
		return nil
	}
	s, c := r.split, r.columns[k]
	first, second := s.first[k], s.second[k]
	n := len(first)
	if n < 2 || !allFinite(first) || !allFinite(second) {
		return nil
	}
	of := &OfRates{Exact: c.exact && r.version.Programme.Capacity.None()}
	var residuals []float64
	var between, within float64
	if of.Exact {
		between = stat.Variance(s.expected[k], nil)
		for i, x := range first {
			residuals = append(residuals, x-s.expected[k][i], second[i]-s.expected[k][i])
		}
		within = meanSquare(residuals)
	} else {
		between = max(0, stat.Covariance(first, second, nil))
		for i, x := range first {
			half := (x - second[i]) / math.Sqrt2
			residuals = append(residuals, half, -half)
		}
		within = meanSquare(residuals)
	}
	if between+within <= 1e-18*mean*mean || between+within == 0 {
		return nil // it does not vary
	}
	of.Share = between / (between + within)
	of.StdErr = shareError(of.Share, n, of.Exact)
	sortValues(residuals)
	for _, p := range r.options.Quantiles {
		of.Chance = append(of.Chance, Quantile{P: p, Value: mean + residuals[orderstatistic.At(len(residuals), p)]})
	}
	return of
}

func allFinite(values []float64) bool {
	for _, v := range values {
		if !finite(v) {
			return false
		}
	}
	return true
}

func meanSquare(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v * v
	}
	return sum / float64(len(values))
}

// shareError is the standard error of a share of variance over n draws, by the delta
// method for normal values: of a ratio of variances, or of an intraclass correlation
// (Fisher, "Statistical Methods for Research Workers", 1925).
func shareError(share float64, n int, exact bool) float64 {
	if exact {
		return share * (1 - share) * math.Sqrt(2/float64(n)+1/float64(n))
	}
	return (1 - share*share) / math.Sqrt(float64(n))
}
