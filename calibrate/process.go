package calibrate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// process is how far payments stray from what is expected of them, from the first
// published quarter on.
//
// By chance in children's lives (payment - expectation) ÷ √expectation has a covariance
// that hardly depends on the draw, because a sum over children has a variance in
// proportion to their number. It comes from lives under many draws.
//
// What was paid strays further from quarter to quarter than lives do: a child who is in a
// placement stays in it for many quarters, whereas a claim may be made, checked or put
// right in a later quarter. So each quarter has an error of its own beside, independent
// of the others and in the same proportion to the expectation. How large it is, payments
// themselves say, from nothing upwards.
type process struct {
	covariance *mat.SymDense // of lives
	size       float64       // the mean variance of lives in a quarter that is used
	errors     []quarterError
}

// quarterError is one size of the error that each quarter has of its own.
type quarterError struct {
	ratio  float64       // its variance over that of lives
	chance float64       // before anything was paid
	factor *mat.Cholesky // of the covariance of the quarters that are used
}

// ratios are the sizes of error that are looked at, all as likely before anything was
// paid: our judgement, from none to twice the standard deviation of chance in lives.
var ratios = []float64{0, 0.125, 0.25, 0.5, 1, 2, 4}

// chance lives lives under draws, so many under each, for the covariance of residuals
// from the first published quarter on.
func (s *sampler) chance(ctx context.Context, d *draws, each int) (*mat.SymDense, error) {
	paid, err := montecarlo.PaymentsAt(ctx, s.version, d.values(len(s.inputs)), each, s.options)
	if err != nil {
		return nil, err
	}
	quarters := len(d.all[0].earned)
	sum, n := mat.NewSymDense(quarters, nil), 0
	for k, lived := range paid.Lived {
		for _, life := range lived {
			sum.SymRankOne(sum, 1, mat.NewVecDense(quarters, residuals(s.seen.earned(life), d.all[k].earned)))
			n++
		}
	}
	if n == 0 {
		return nil, errors.New("no draw of the file's laws can be: see which moves add up to more than 1")
	}
	sum.ScaleSym(1/float64(n), sum)
	return sum, nil
}

// process lives lives under draws for the covariance of payments that are used.
func (s *sampler) process(ctx context.Context, d *draws, each int) (*process, error) {
	chance, err := s.chance(ctx, d, each)
	if err != nil {
		return nil, err
	}
	return newProcess(chance, s.seen, s.chanceAlone)
}

// residuals are payments less what is expected of them, over its root; 0 where nothing
// is expected.
func residuals(paid, expected []float64) []float64 {
	r := make([]float64, len(paid))
	for q, e := range expected {
		if e > 0 {
			r[q] = (paid[q] - e) / math.Sqrt(e)
		}
	}
	return r
}

// newProcess prepares a covariance for payments of the quarters that are used.
func newProcess(covariance *mat.SymDense, seen *observed, chanceAlone bool) (*process, error) {
	p := &process{covariance: covariance}
	n := len(seen.used)
	used := mat.NewSymDense(n, nil)
	for i, a := range seen.used {
		for j, b := range seen.used {
			used.SetSym(i, j, covariance.At(a.index-seen.first, b.index-seen.first))
		}
		p.size += used.At(i, i) / float64(n)
	}
	sizes := ratios
	if chanceAlone {
		sizes = ratios[:1]
	}
	for _, ratio := range sizes {
		e := quarterError{ratio, 1 / float64(len(sizes)), &mat.Cholesky{}}
		with := mat.NewSymDense(n, nil)
		with.CopySym(used)
		for i := range n {
			with.SetSym(i, i, used.At(i, i)+ratio*p.size)
		}
		if !e.factor.Factorize(with) {
			var quarters []string
			for i, q := range seen.used {
				if used.At(i, i) <= 0 {
					quarters = append(quarters, q.quarter.String())
				}
			}
			return nil, unvarying(quarters, "the rates")
		}
		p.errors = append(p.errors, e)
	}
	return p, nil
}

// unvarying is the error of payments for quarters, as far as they are known, that do not
// vary by chance under any draw.
func unvarying(quarters []string, of string) error {
	which := "some quarter"
	if len(quarters) > 0 {
		which = words.And(quarters)
	}
	return fmt.Errorf("payments for %s do not vary by chance under any draw, so that they say nothing of %s: leave out quarters in which hardly anything can be earned", which, of)
}

// weigh works out the logarithm of the likelihood of what was paid under each draw, but
// for a constant: multivariate normal about the expectation, over all sizes of error.
func (p *process) weigh(all []draw, seen *observed) {
	amounts := make([]float64, len(seen.used))
	for i, q := range seen.used {
		amounts[i] = q.amount
	}
	for k := range all {
		all[k].likelihood = math.Inf(-1)
		if slices.ContainsFunc(all[k].used, func(e float64) bool { return !(e > 0) }) {
			continue // the draw cannot be, or leads nobody to expect anything
		}
		_, all[k].likelihood = p.likelihoods(amounts, all[k].used)
	}
}

// likelihoods are the logarithms of the likelihood of amounts with each size of error,
// with how likely the size was before, and of all together.
func (p *process) likelihoods(amounts, expected []float64) (each []float64, together float64) {
	logs := 0.0
	for _, e := range expected {
		logs += math.Log(e)
	}
	r := mat.NewVecDense(len(amounts), residuals(amounts, expected))
	solved := mat.NewVecDense(len(amounts), nil)
	for _, e := range p.errors {
		_ = e.factor.SolveVecTo(solved, r) // the error is a note on its condition
		each = append(each, math.Log(e.chance)-(mat.Dot(r, solved)+e.factor.LogDet()+logs)/2)
	}
	return each, floats.LogSumExp(each)
}

// unexplained is how likely each size of error is, given what was paid.
func (p *process) unexplained(posterior *draws, seen *observed) []Unexplained {
	amounts := make([]float64, len(seen.used))
	for i, q := range seen.used {
		amounts[i] = q.amount
	}
	all := make([]Unexplained, len(p.errors))
	for i, e := range p.errors {
		all[i] = Unexplained{Ratio: math.Sqrt(e.ratio), Prior: e.chance}
	}
	for k := range posterior.all {
		if d := &posterior.all[k]; d.weight > 0 {
			each, together := p.likelihoods(amounts, d.used)
			for i := range all {
				all[i].Posterior += d.weight * math.Exp(each[i]-together)
			}
		}
	}
	return all
}
