package montecarlo

import (
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

// split is the values of some draws three times over, by column: twice with other lives,
// and expected.
type split struct {
	draws                   int
	totals, exact           []divided   // whose spread is divided, and of these those that have an exact expectation
	first, second, expected [][]float64 // column × draw; nil for a column that is not wanted
}

// divided is a total whose spread is divided: which column it is, where it stands in a row
// of values, and by what it is divided to be as it is reported.
type divided struct {
	column, at int
	by         float64
}

// newSplit makes room to divide the spread of so many replications; nil where nothing
// is drawn, or nobody asks.
func (r *runner) newSplit(replications int) *split {
	if r.drawing == nil || r.options.Undivided {
		return nil
	}
	s := &split{draws: min(replications, splitOver)}
	for k, c := range r.columns {
		if c.period != overall || c.Unit == Probability || c.Name == BenefitCost || measures[measureIndex[c.Name]].Kind == kindRank {
			continue
		}
		one := divided{k, c.at, 1}
		if c.Unit == Pounds {
			one.by = 100
		}
		s.totals = append(s.totals, one)
		if c.exact {
			s.exact = append(s.exact, one)
		}
	}
	room := func(totals []divided) [][]float64 {
		values := make([][]float64, len(r.columns))
		for _, one := range totals {
			values[one.column] = make([]float64, s.draws)
		}
		return values
	}
	s.first, s.second, s.expected = room(s.totals), room(s.totals), room(s.exact)
	return s
}

// has reports whether the spread is divided over a replication.
func (s *split) has(replication int) bool { return s != nil && replication < s.draws }

// keep keeps totals of a replication's row of values.
func (s *split) keep(totals []divided, into [][]float64, replication int, row []float64) {
	for _, one := range totals {
		into[one.column][replication] = row[one.at] / one.by
	}
}

// divide works out a draw's values with other lives, and in expectation those that have
// an exact one, in the memory of row.
func (d *drawnRun) divide(s *split, replication int, at *setting, row []float64) error {
	counts, err := at.expected.Counts(at.programme)
	if err != nil {
		return err
	}
	at.figures.withoutCapital = true // it has no exact expectation
	fillRow(at, counts, row)
	at.figures.withoutCapital = false
	s.keep(s.exact, s.expected, replication, row)
	fillRow(at, at.simulator.Replicate(twin(d.options.Seed), replication), row)
	s.keep(s.totals, s.second, replication, row)
	return nil
}

// splitMerged divides the spread of a run that was merged from parts, which hold no
// split: it runs the first draws again.
func (r *runner) splitMerged() error {
	r.split = r.newSplit(r.options.Replications)
	if r.split == nil {
		return nil
	}
	var next atomic.Int64
	var working sync.WaitGroup
	var failed atomic.Pointer[error]
	for range min(r.options.Workers, (r.split.draws+block-1)/block) {
		working.Go(func() {
			d := r.newDrawnRun()
			row := make([]float64, len(r.centre))
			for from := int(next.Add(block)) - block; from < r.split.draws; from = int(next.Add(block)) - block {
				for i := from; i < min(from+block, r.split.draws) && failed.Load() == nil; i++ {
					if err := d.threefold(r.split, i, row); err != nil {
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
	return nil
}

// threefold works out one draw's values with two lives and in expectation.
func (d *drawnRun) threefold(s *split, replication int, row []float64) error {
	at, err := d.at(replication)
	if err != nil {
		return err
	}
	fillRow(at, at.simulator.Replicate(d.options.Seed, replication), row)
	s.keep(s.totals, s.first, replication, row)
	return d.divide(s, replication, at, row)
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
	between, within, residuals := 0.0, 0.0, make([]float64, 0, 2*n)
	if of.Exact {
		for i, x := range first {
			residuals = append(residuals, x-s.expected[k][i], second[i]-s.expected[k][i])
		}
		between, within = stat.Variance(s.expected[k], nil), meanSquare(residuals, 1)
	} else { // of both lives from their mean: one is as far above it as the other below
		for i, x := range first {
			residuals = append(residuals, math.Abs(x-second[i])/math.Sqrt2)
		}
		between, within = max(0, stat.Covariance(first, second, nil)), meanSquare(residuals, 2)
	}
	if between+within <= 1e-18*mean*mean || between+within == 0 {
		return nil // it does not vary
	}
	of.Share = between / (between + within)
	of.StdErr = shareError(of.Share, n, of.Exact)
	sortValues(residuals)
	for _, p := range r.options.Quantiles {
		at := orderstatistic.At(2*n, p)
		if !of.Exact {
			at -= n
		}
		residual := 0.0
		if at < 0 {
			residual = -residuals[-at-1]
		} else {
			residual = residuals[at]
		}
		of.Chance = append(of.Chance, Quantile{P: p, Value: mean + residual})
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

// meanSquare is the mean square of values of which each is there so many times.
func meanSquare(values []float64, times int) float64 {
	sum := 0.0
	for _, v := range values {
		for range times {
			sum += v * v
		}
	}
	return sum / float64(times*len(values))
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
