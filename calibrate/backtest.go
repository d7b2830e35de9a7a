package calibrate

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Backtest is a model fitted to the payments up to one quarter and compared with
// the payments after it.
type Backtest struct {
	Case string `json:"case"`
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
	// Error is modelled over actual, less 1; 0 where nothing was paid.
	Error float64 `json:"error"`
	// Held reports that the quarter was held out of the fit.
	Held bool `json:"held"`
}

// Options say what a backtest fits.
type Options struct {
	// Case is the case to start from. Default: the first in the file.
	Case string
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
func HoldOut(ctx context.Context, d *scenario.Document, o Options) (*Backtest, error) {
	f := fit{d: d, o: o}
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
	d *scenario.Document
	o Options
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
	return 0, fmt.Errorf("no actual payments are published for %s", f.o.To)
}

// report runs the fitted model.
func (f fit) report(multiplier float64) (*Backtest, error) {
	quarters, err := f.quarters(multiplier)
	return &Backtest{Case: f.o.Case, Path: f.what(), Multiplier: multiplier, FittedTo: f.o.To, Quarters: quarters}, err
}

// what says what is multiplied.
func (f fit) what() string {
	if f.o.Path == "" {
		return "every failure rate"
	}
	return f.o.Path
}

// programme is the case with the inputs multiplied.
func (f fit) programme(multiplier float64) (*model.Programme, error) {
	if f.o.Path != "" {
		return f.d.Programme(f.o.Case, scenario.Times(f.o.Path, decimal.NewFromFloat(multiplier)))
	}
	p, err := f.d.Programme(f.o.Case)
	if err != nil {
		return nil, err
	}
	for _, c := range p.Cohorts {
		for _, piece := range c.Failure {
			left := 1.0
			for i := range piece.Moves {
				// No row may move more than everyone.
				piece.Moves[i].Probability = min(left, multiplier*piece.Moves[i].Probability)
				left -= piece.Moves[i].Probability
			}
		}
	}
	return p, nil
}

// quarters is modelled and actual payments, cumulative, with a multiplier.
func (f fit) quarters(multiplier float64) ([]BacktestQuarter, error) {
	p, err := f.programme(multiplier)
	if err != nil {
		return nil, err
	}
	modelled, err := payments(p)
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
			q.Error = so/paid - 1
		}
		all = append(all, q)
	}
	return all, nil
}

// payments is the central projection of payments by quarter, in £.
func payments(p *model.Programme) ([]float64, error) {
	e, err := expect.Of(p)
	if err != nil {
		return nil, err
	}
	pricer, err := p.Pricer()
	if err != nil {
		return nil, err
	}
	ledger := pricer.NewLedger()
	contract.Price(pricer, e.Counts, ledger)
	total := make([]float64, len(ledger.Shape.Quarters))
	for i, pence := range ledger.Payments {
		total[i%len(total)] += float64(pence) / 100
	}
	return total, nil
}
