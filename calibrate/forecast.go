package calibrate

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// OriginForecast is what a version says, on the evidence up to an origin alone, of the
// quarters after it: its uncertain inputs are held to the payments up to the origin (see
// [Condition]), and the inputs that had been fitted to later ones are set free.
type OriginForecast struct {
	Origin calendar.Quarter `json:"origin"`
	// Freed are inputs that, by the file, had been fitted to quarters after the origin. An
	// unknown factor multiplies each kind of them, so that the payments up to the origin
	// decide their level. Seen are such inputs that no factor can multiply, as a date: they
	// stay as they are, and what they have seen is in the forecast.
	Freed []model.Path `json:"freed,omitempty"`
	Seen  []model.Path `json:"seen,omitempty"`
	// EffectiveSize is that of the draws that the forecast is made from.
	EffectiveSize float64 `json:"effective_sample_size"`
	// Below is the share of draws in which a payment would be below 0 and is taken as none,
	// and BelowAmount what that adds to the mean of all that was held out, in £.
	Below       float64         `json:"below_zero"`
	BelowAmount float64         `json:"below_zero_amount"`
	Quarters    []OriginQuarter `json:"quarters"` // those held out, in order of time
	HeldOut     OriginQuarter   `json:"held_out"` // all of them together, without Quarter and Ahead
}

// OriginQuarter is a payment that was held out, in £ as paid, and what was forecast
// of it. Low and High are the 5% and 95% quantiles over rates, chance in children's lives
// and what payments stray beyond that.
type OriginQuarter struct {
	Quarter calendar.Quarter `json:"quarter,omitzero"`
	Ahead   int              `json:"ahead,omitempty"` // quarters after the origin, from 1
	Actual  float64          `json:"actual"`
	Mean    float64          `json:"mean"`
	Low     float64          `json:"low"`
	High    float64          `json:"high"`
	// Error is the mean over the actual payment, less 1; nil where nothing was paid.
	Error *float64 `json:"error"`
	// Rates is the share of the variance that is due to the inputs: that of the mean over
	// chance, and over the sizes that errors of quarters may have.
	Rates  float64 `json:"rates_share"`
	Inside bool    `json:"inside"` // Actual lies from Low to High
}

// Horizon is how well quarters so far ahead were forecast, over all origins.
type Horizon struct {
	Ahead    int `json:"ahead"` // quarters after the origin
	Quarters int `json:"quarters"`
	Inside   int `json:"inside"` // of Quarters, those inside their 90% range
	// Bias is the sum of what was forecast over that of what was paid, less 1, and Typical
	// the root of the mean squared difference over the mean payment. Nil where nothing was
	// paid.
	Bias    *float64 `json:"bias"`
	Typical *float64 `json:"typical_error"`
}

// How many draws a forecast is made from.
const (
	forecastDraws     = 4000
	forecastEffective = 200
)

// forecasts makes the forecast of every origin. Origins after which the same inputs had
// been fitted share their draws of the laws.
func (o *observed) forecasts(ctx context.Context, v *scenario.Version, origins []calendar.Quarter, seed uint64, workers int) ([]OriginForecast, error) {
	options, err := ConditionOptions{Seed: seed, Workers: workers, Draws: forecastDraws, Kept: forecastDraws / 8, Effective: forecastEffective}.withDefaults()
	if err != nil {
		return nil, err
	}
	laws := map[string]*lawful{}
	var all []OriginForecast
	for _, origin := range origins {
		free, freed, seen := free(v, origin.Last())
		f := OriginForecast{Origin: origin, Freed: freed, Seen: seen}
		l := laws[free.Name()]
		if l == nil {
			s, err := newSampler(ctx, free, o, options)
			if err != nil {
				return nil, err
			}
			if l, err = newLawful(ctx, s, options); err != nil {
				return nil, err
			}
			laws[free.Name()] = l
		}
		if err := f.make(ctx, l, o); err != nil {
			return nil, fmt.Errorf("up to %s: %w", origin, err)
		}
		all = append(all, f)
	}
	return all, nil
}

// make makes a forecast from draws of the laws.
func (f *OriginForecast) make(ctx context.Context, l *lawful, o *observed) error {
	n := o.upTo(f.Origin)
	c, err := l.given(ctx, o.among(n))
	if err != nil {
		return err
	}
	a, err := c.process.ahead(c.sampler.seen, o.used[n:])
	if err != nil {
		return err
	}
	f.EffectiveSize = c.steps[len(c.steps)-1].EffectiveSize
	seed := l.options.Seed
	f.report(a, c.weighted.resampled(forecastDraws, seed), rand.New(rand.NewPCG(seed, 0x666f726563617374)))
	return nil
}

// ahead is the normal law of what later payments stray from their expectation, given
// what those up to the origin did.
type ahead struct {
	process *process
	seen    *observed // up to the origin
	amounts []float64 // the same, in £
	later   []payment
	sizes   []aheadSize
}

// aheadSize is that law for one size of the error that each quarter has of its own.
type aheadSize struct {
	gain   *mat.Dense    // later × seen: covariance of the two over that of the seen
	factor *mat.TriDense // lower, of the covariance that is left
}

// ahead works the law out from the covariance of all quarters (the conditional normal
// law: Anderson, An Introduction to Multivariate Statistical Analysis, 3rd edition (2003),
// theorem 2.5.1).
func (p *process) ahead(seen *observed, later []payment) (*ahead, error) {
	a := &ahead{process: p, seen: seen, later: later}
	for _, q := range seen.used {
		a.amounts = append(a.amounts, q.amount)
	}
	n, m := len(later), len(seen.used)
	between, left := mat.NewDense(m, n, nil), mat.NewSymDense(n, nil)
	for i, q := range later {
		for j, s := range seen.used {
			between.Set(j, i, p.covariance.At(q.index-seen.first, s.index-seen.first))
		}
	}
	for _, e := range p.errors {
		var size aheadSize
		var solved, explained mat.Dense
		_ = e.factor.SolveTo(&solved, between) // the error is a note on its condition
		size.gain = mat.DenseCopyOf(solved.T())
		explained.Mul(size.gain, between)
		for i, q := range later {
			for j := range i + 1 {
				left.SetSym(i, j, p.covariance.At(q.index-seen.first, later[j].index-seen.first)-explained.At(i, j))
			}
			// What rounding takes off, where a quarter cannot stray, is put back.
			left.SetSym(i, i, left.At(i, i)+(e.ratio+1e-9)*p.size)
		}
		var factor mat.Cholesky
		if !factor.Factorize(left) {
			return nil, fmt.Errorf("payments after %s have no range given those up to it: leave out quarters in which nobody can have earned anything", seen.used[m-1].quarter)
		}
		size.factor = new(mat.TriDense)
		factor.LTo(size.factor)
		a.sizes = append(a.sizes, size)
	}
	return a, nil
}

// draw draws the later payments under one draw of the inputs, with what would be below 0.
// Beside them is their mean over chance and over the sizes of error.
func (a *ahead) draw(d *draw, random *rand.Rand) (paid, mean []float64, below float64) {
	each, together := a.process.likelihoods(a.amounts, d.used)
	k, u := 0, random.Float64()
	for k < len(each)-1 && u > math.Exp(each[k]-together) {
		u -= math.Exp(each[k] - together)
		k++
	}
	n, seen := len(a.later), mat.NewVecDense(len(a.amounts), residuals(a.amounts, d.used))
	strays, expected := make([]mat.VecDense, len(a.sizes)), mat.NewVecDense(n, nil)
	for size := range strays {
		strays[size].MulVec(a.sizes[size].gain, seen)
		expected.AddScaledVec(expected, math.Exp(each[size]-together), &strays[size])
	}
	normal, moved := mat.NewVecDense(n, nil), mat.VecDense{}
	for i := range n {
		normal.SetVec(i, random.NormFloat64())
	}
	moved.MulVec(a.sizes[k].factor, normal)
	for i, q := range a.later {
		earned := d.earned[q.index-a.seen.first]
		root := math.Sqrt(earned)
		mean = append(mean, earned+root*expected.AtVec(i))
		one := earned + root*strays[k].AtVec(i) + root*moved.AtVec(i)
		paid, below = append(paid, max(0, one)), below+max(0, -one)
	}
	return paid, mean, below
}

// report fills in what was forecast of every quarter, and of all together.
func (f *OriginForecast) report(a *ahead, d *draws, random *rand.Rand) {
	n := len(a.later)
	paid, means := make([][]float64, n+1), make([][]float64, n+1) // the last is all together
	belows := make([]float64, len(d.all))
	for k := range d.all {
		one, mean, under := a.draw(&d.all[k], random)
		belows[k] = under
		sum, sumOfMeans := 0.0, 0.0
		for i := range n {
			paid[i], means[i] = append(paid[i], one[i]), append(means[i], mean[i])
			sum, sumOfMeans = sum+one[i], sumOfMeans+mean[i]
		}
		paid[n], means[n] = append(paid[n], sum), append(means[n], sumOfMeans)
	}
	last := a.seen.used[len(a.seen.used)-1]
	for i, q := range a.later {
		fq := OriginQuarter{Quarter: q.quarter, Ahead: q.index - last.index, Actual: q.amount}
		fq.within(paid[i], means[i])
		f.Quarters, f.HeldOut.Actual = append(f.Quarters, fq), f.HeldOut.Actual+q.amount
	}
	f.HeldOut.within(paid[n], means[n])
	f.Below, f.BelowAmount = below(belows)
}

// within fills in what was forecast of a quarter from draws of it, and of its mean over
// chance.
func (q *OriginQuarter) within(paid, means []float64) {
	mean, variance := stat.MeanVariance(paid, nil)
	q.Mean = mean
	if variance > 0 {
		q.Rates = min(1, stat.Variance(means, nil)/variance)
	}
	slices.Sort(paid)
	q.Low, q.High = paid[orderstatistic.At(len(paid), 0.05)], paid[orderstatistic.At(len(paid), 0.95)]
	q.Inside = q.Low <= q.Actual && q.Actual <= q.High
	if q.Actual != 0 {
		q.Error = new(mean/q.Actual - 1)
	}
}

// horizons put the quarters of all forecasts together that are as far ahead.
func horizons(forecasts []OriginForecast) (all []Horizon) {
	type sums struct{ actual, forecast, squares float64 }
	var by []sums
	for _, f := range forecasts {
		for _, q := range f.Quarters {
			for len(all) < q.Ahead {
				all, by = append(all, Horizon{Ahead: len(all) + 1}), append(by, sums{})
			}
			h, s := &all[q.Ahead-1], &by[q.Ahead-1]
			h.Quarters++
			if q.Inside {
				h.Inside++
			}
			s.actual, s.forecast, s.squares = s.actual+q.Actual, s.forecast+q.Mean, s.squares+(q.Mean-q.Actual)*(q.Mean-q.Actual)
		}
	}
	for i, s := range by {
		if s.actual > 0 {
			all[i].Bias = new(s.forecast/s.actual - 1)
			all[i].Typical = new(rootMean(s.squares, s.actual, all[i].Quarters))
		}
	}
	return slices.DeleteFunc(all, func(h Horizon) bool { return h.Quarters == 0 })
}
