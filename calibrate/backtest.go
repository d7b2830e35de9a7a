package calibrate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Backtest is a model fitted to the payments up to one quarter and compared with
// the payments after it.
type Backtest struct {
	// Version is the one that was fitted, as it was before.
	Version *scenario.Version `json:"version"`
	// Path is the inputs that were multiplied, as in an edit of the programme
	// file; "every failure rate" if no path was given.
	Path string `json:"path"`
	// Multiplier is what they were multiplied by so that modelled payments up
	// to FittedTo equal actual ones.
	Multiplier float64          `json:"multiplier"`
	FittedTo   calendar.Quarter `json:"fitted_to"`
	// Quarters are all the quarters with published payments.
	Quarters []BacktestQuarter `json:"quarters"`
}

// BacktestQuarter is cumulative payments up to the end of a quarter, in £, over
// the quarters whose actual payments are published. Before the first of them
// nothing was paid.
type BacktestQuarter struct {
	Quarter  calendar.Quarter `json:"quarter"`
	Actual   float64          `json:"actual"`   // published
	Modelled float64          `json:"modelled"` // central projection of the fitted model
	// Error is modelled over actual, less 1; nil where nothing was paid.
	Error *float64 `json:"error"`
	// Held reports that the quarter was held out of the fit.
	Held bool `json:"held"`
}

// Options say what a backtest fits.
type Options struct {
	// Path is the numbers to multiply, all by the same factor, as in an edit.
	// Default: the probabilities of every move out of every planned state while
	// children are tracked.
	Path string
	// To is the last quarter to fit to.
	To calendar.Quarter
}

// least and most bound the multipliers that are searched.
const least, most = 1.0 / 16, 16.0

// HoldOut fits one common multiplier of the programme's inputs so that the central
// projection of payments up to a quarter equals what was paid. It reports how far
// the fitted model is from what was paid in every quarter, including the later
// ones that it was not fitted to. The multiplier is found by bisection to 9 digits.
//
// It is an error if no multiplier between 1/16 and 16 reproduces the payments, or
// if no payments are published for the quarter.
func HoldOut(ctx context.Context, v *scenario.Version, o Options) (*Backtest, error) {
	f := fit{version: v, o: o}
	low, err := f.gap(least)
	if err != nil {
		return nil, err
	}
	high, err := f.gap(most)
	if err != nil {
		return nil, err
	}
	if low*high > 0 {
		return nil, f.noFit(low, high)
	}
	a, b := least, most
	for b/a-1 > 1e-9 {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("backtest stopped: %w", err)
		}
		middle := math.Sqrt(a * b)
		gap, err := f.gap(middle)
		if err != nil {
			return nil, err
		}
		if gap*low > 0 {
			a = middle
		} else {
			b = middle
		}
	}
	return f.report(math.Sqrt(a * b))
}

// noFit says that no multiplier reproduces the payments, given modelled less actual
// payments in £ with the smallest and the largest.
func (f fit) noFit(atLeast, atMost float64) error {
	return fmt.Errorf("no multiplier of %s between 1/16 and 16 reproduces the payments to %s: modelled less actual payments are %s at 1/16 and %s at 16; choose other inputs",
		f.what(), f.o.To, words.Pounds(atLeast), words.Pounds(atMost))
}

// fit is a search for a multiplier.
type fit struct {
	version *scenario.Version
	o       Options
}

// gap is modelled less actual payments up to the quarter fitted to, in £.
func (f fit) gap(multiplier float64) (float64, error) {
	quarters, err := f.quarters(multiplier)
	if err != nil {
		return 0, err
	}
	for _, q := range quarters {
		if q.Quarter == f.o.To {
			return q.Modelled - q.Actual, nil
		}
	}
	if len(quarters) == 0 {
		return 0, errors.New("no actual payments are published: there is nothing to fit to")
	}
	first, last := quarters[0].Quarter, quarters[len(quarters)-1].Quarter
	return 0, fmt.Errorf("no actual payments are published for %s: they are published for quarters from %s to %s", f.o.To, first, last)
}

// report runs the fitted model.
func (f fit) report(multiplier float64) (*Backtest, error) {
	quarters, err := f.quarters(multiplier)
	return &Backtest{Version: f.version, Path: f.what(), Multiplier: multiplier, FittedTo: f.o.To, Quarters: quarters}, err
}

// what says what is multiplied.
func (f fit) what() string {
	if f.o.Path == "" {
		return "every failure rate"
	}
	return f.o.Path
}

// fitted is the version with the inputs multiplied.
func (f fit) fitted(multiplier float64) (*scenario.Version, error) {
	if f.o.Path != "" {
		return f.version.With("", scenario.Times(f.o.Path, decimal.NewFromFloat(multiplier)))
	}
	v, p := *f.version, *f.version.Programme
	v.Programme, p.Cohorts = &p, slices.Clone(p.Cohorts)
	for k := range p.Cohorts {
		c := &p.Cohorts[k]
		c.Failure = slices.Clone(c.Failure)
		for i := range c.Failure {
			c.Failure[i].Moves = multiplied(c.Failure[i].Moves, multiplier)
		}
	}
	return &v, nil
}

// multiplied returns moves with their probabilities multiplied. No row may move
// more than everyone.
func multiplied(moves []markov.Move, multiplier float64) []markov.Move {
	moves = slices.Clone(moves)
	left := 1.0
	for i := range moves {
		moves[i].Probability = min(left, multiplier*moves[i].Probability)
		left -= moves[i].Probability
	}
	return moves
}

// quarters is modelled and actual payments, cumulative, with a multiplier.
func (f fit) quarters(multiplier float64) ([]BacktestQuarter, error) {
	v, err := f.fitted(multiplier)
	if err != nil {
		return nil, err
	}
	p := v.Programme
	modelled, err := payments(v)
	if err != nil {
		return nil, err
	}
	weeks := p.Calendar()
	var all []BacktestQuarter
	paid, so := 0.0, 0.0 // so far
	actual := slices.SortedFunc(slices.Values(p.Published.Actual), func(a, b model.QuarterAmount) int {
		return cmp.Compare(a.Quarter, b.Quarter)
	})
	for _, a := range actual {
		i, ok := weeks.Index(a.Quarter)
		if !ok {
			return nil, fmt.Errorf("actual payments are published for %s, which is outside the programme", a.Quarter)
		}
		if len(all) == 0 {
			for _, before := range modelled[:i] {
				so += before
			}
		}
		paid += a.Amount.InexactFloat64()
		so += modelled[i]
		q := BacktestQuarter{Quarter: a.Quarter, Actual: paid, Modelled: so, Held: a.Quarter > f.o.To}
		if paid > 0 {
			q.Error = new(so/paid - 1)
		}
		all = append(all, q)
	}
	return all, nil
}

// payments is the central projection of payments by quarter, in £.
func payments(v *scenario.Version) ([]float64, error) {
	projection, err := montecarlo.Central(v)
	if err != nil {
		return nil, err
	}
	total := make([]float64, len(projection.Quarters))
	for p := range projection.Ledger.Payers {
		for c := range projection.Ledger.Shape.Commissioners {
			for q, pence := range projection.Ledger.PaymentsOf(p, c) {
				total[q] += float64(pence) / 100
			}
		}
	}
	return total, nil
}
