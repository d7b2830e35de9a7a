package montecarlo

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// A run can go on until its means are known well enough. Replications are numbered
// and do not depend on how many there are, so more are added to those that are done:
// the result is that of a plain run of as many.

// Until says how well means are to be known before a run stops: up to which Monte
// Carlo standard error, as a share of the mean or as an amount.
type Until struct {
	// Share is of the mean: 0.01 is 1%. Where a mean may be near zero, give an
	// Amount instead, in £. One of the two is above 0.
	Share  float64         `json:"share,omitzero"`
	Amount decimal.Decimal `json:"amount,omitzero"`
	// Measures are the totals, of all together, whose means are to be known so well;
	// nil means NetPublic and Payments.
	Measures []string `json:"measures"`
}

// Stopping says at how many replications a run with Options.Until stopped, which is
// in Conventions.Replications, and how well means are known then.
type Stopping struct {
	Until
	Most    int         `json:"most"`    // replications that there could be
	Reached bool        `json:"reached"` // of all versions that were run together
	Means   []KnownMean `json:"means"`   // in the order of the measures
}

// KnownMean is how well a mean is known. Where inputs are uncertain, the means of
// their laws are known exactly, and how far the values drawn happen to lie from them
// explains much of how far the mean of a figure lies from where it should: it is
// taken off by linear regression (control variates), if that lowers the variance by
// a sixth or more.
type KnownMean struct {
	Key
	// Mean is the best estimate, StdErr its standard error and Allowed the largest
	// that was asked for.
	Mean    float64 `json:"mean"`
	StdErr  float64 `json:"standard_error"`
	Allowed float64 `json:"allowed"`
	Reached bool    `json:"reached"`
	// PlainMean and PlainStdErr are the plain mean of the replications, as in
	// Summary, and its standard error.
	PlainMean   float64 `json:"plain_mean"`
	PlainStdErr float64 `json:"plain_standard_error"`
	// Gain is the variance of the plain mean over that of the one with control
	// variates, at most a million; 0 where no input is uncertain, or there are too
	// few replications for so many. Controls is how many inputs were used, which
	// is 0 if the gain is below 1.2.
	Gain     float64 `json:"gain,omitzero"`
	Controls int     `json:"control_variates,omitzero"`
}

const (
	// mostUntil is the most replications of a run with Options.Until, if the caller
	// does not say and there is room for their values.
	mostUntil = 100_000
	// firstLot is how many replications are run before anything is decided by them, and
	// no fewer than the spread is divided over; roundLot is what later numbers are multiples of.
	firstLot = 1000
	roundLot = 500
)

// check returns what is wrong with it, in a run of at most so many replications.
func (u *Until) check(most int) error {
	var faults []error
	share, amount := u.Share != 0, !u.Amount.IsZero()
	switch {
	case share == amount:
		faults = append(faults, errors.New("a run goes on until an error is at most a share of the mean or an amount: give one of the two"))
	case share && !(u.Share > 0 && u.Share < 1):
		faults = append(faults, fmt.Errorf("an error of at most %v of the mean: it must be above 0 and below 1", u.Share))
	case u.Amount.IsNegative():
		faults = append(faults, fmt.Errorf("an error of at most £%s: it must be above 0", u.Amount))
	}
	if most < 2 {
		faults = append(faults, fmt.Errorf("at most %s: one replication has no error to go by, so there must be at least 2", words.Plural(most, "replication")))
	}
	for _, name := range u.Measures {
		m, err := MeasureOf(name)
		switch {
		case err != nil:
			faults = append(faults, err)
		case m.Kind != kindTotal || !m.AllTogether || name == BenefitCost:
			faults = append(faults, fmt.Errorf("%q has no mean over the replications of all together: name a total, such as %q", name, NetPublic))
		case amount && m.Unit != Pounds:
			faults = append(faults, fmt.Errorf("%q is not in £, so that its error cannot be at most £%s: give a share of its mean", name, u.Amount))
		}
	}
	return errors.Join(faults...)
}

// allowed is the largest standard error of a mean.
func (u *Until) allowed(mean float64) float64 {
	if u.Share > 0 {
		return u.Share * math.Abs(mean)
	}
	return u.Amount.InexactFloat64()
}

// limitUntil sees to a run with Options.Until: how many replications it may come to, of
// which every value is kept. Asked is how many the caller allowed, or 0.
func (r *runner) limitUntil(asked int) error {
	o := &r.options
	if o.Until == nil {
		return nil
	}
	o.AllValues = true
	if asked == 0 {
		o.Replications = min(o.Replications, max(atATime, int(o.MemoryLimit/r.bytes(1))))
	}
	for _, name := range o.Until.Measures {
		if r.total(name) < 0 {
			return fmt.Errorf("there is no %s to be known in %s: name another measure", name, r.version.Programme.Name)
		}
	}
	return r.fits()
}

// total is the place of a total of all together among the columns; -1 if there is none.
func (r *runner) total(name string) int {
	return slices.IndexFunc(r.columns, func(c column) bool {
		return c.period == overall && !c.independent && c.is(name, nil)
	})
}

// growing is a run that goes on.
type growing struct {
	*runner
	tallies  tallies
	controls *controls // nil where nothing is uncertain
	done     int       // replications
	known    []KnownMean
}

// runUntil runs versions until the means of all of them are known well enough, each
// with as many replications as the others, so that they can be compared. Before tells
// how many replications of earlier versions count as done when another goes on. If the
// context ends first, it returns what the version that was stopped has.
func runUntil(ctx context.Context, runs []*runner, before func(version, replications int)) ([]*Result, error) {
	most := runs[0].options.Replications
	var all []*growing
	for _, r := range runs {
		most = min(most, r.options.Replications)
		tallies, err := r.simulate()
		if err != nil {
			return nil, err
		}
		all = append(all, &growing{runner: r, tallies: tallies, controls: r.newControls()})
	}
	for _, g := range all {
		g.split = g.newSplit(most)
	}
	reached := false
	for n := min(firstLot, most); ; {
		worst := 0.0
		for i, g := range all {
			before(i, n)
			if result, err := g.goOn(ctx, n); err != nil {
				return []*Result{result}, fmt.Errorf("%s%w", phrase(runs, i), err)
			}
			worst = max(worst, g.measure())
		}
		if reached = worst <= 1; reached || n == most {
			break
		}
		n = following(n, most, worst)
	}
	return finish(all, most, reached), nil
}

// phrase is what an error calls one of several versions.
func phrase(runs []*runner, i int) string {
	if len(runs) == 1 {
		return ""
	}
	return runs[i].version.Phrase() + ": "
}

// following is the number of replications at which to look again, from how often the
// largest error is what it may be: errors fall with the square root of the number. It
// is a little more than that asks for, to be sure of it, and at most four times as many.
func following(n, most int, worst float64) int {
	times := min(max(1.05*worst*worst, 1.1), 4)
	return min(most, int(math.Ceil(float64(n)*times/roundLot))*roundLot)
}

// goOn runs as many more replications as make n of them.
func (g *growing) goOn(ctx context.Context, n int) (*Result, error) {
	r := g.runner
	r.options.Replications, r.to = n, n
	if r.values == nil {
		r.values = newRecorded(len(r.centre), n)
	}
	r.values.makeRoom(n)
	if r.options.Keep {
		r.kept = append(r.kept, make([][]byte, n-g.done)...)
	}
	complete := r.replicate(ctx, g.tallies, g.done, n, r.record)
	if err := r.failed.Load(); err != nil {
		return nil, *err
	}
	if complete < n {
		return r.stoppedAfter(ctx, complete)
	}
	g.done = n
	return nil, nil
}

// stoppedAfter is what a run has that the context stopped; nothing if no replication
// was done.
func (r *runner) stoppedAfter(ctx context.Context, complete int) (*Result, error) {
	r.split = nil // it may lack some of the draws
	err := fmt.Errorf("stopped after %d of %d replications: %w", complete, r.to, context.Cause(ctx))
	if complete == 0 {
		return nil, err
	}
	return r.summarise(complete), err
}

// measure finds how well the means are known, and returns how often the largest error
// is what it may be.
func (g *growing) measure() (worst float64) {
	g.known = nil
	span := g.controls.span(g.done)
	for _, name := range g.options.Until.Measures {
		c := g.columns[g.total(name)]
		k := span.known(g.column(c, c.at, g.done))
		k.Key, k.Allowed = c.Key, g.options.Until.allowed(k.Mean)
		k.Reached = k.StdErr <= k.Allowed
		if !k.Reached {
			worst = max(worst, k.StdErr/k.Allowed) // +Inf if the mean is 0
		}
		g.known = append(g.known, k)
	}
	return worst
}

// finish says what versions found that ran to the same number of replications.
func finish(all []*growing, most int, reached bool) (results []*Result) {
	for _, g := range all {
		r := g.summarise(g.done)
		r.Stopping = &Stopping{Until: *g.options.Until, Most: most, Reached: reached, Means: g.known}
		results = append(results, r)
	}
	return results
}
