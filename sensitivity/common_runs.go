package sensitivity

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// versions runs a version of a programme, and that version with more on top, all
// with common random numbers.
type versions struct {
	asIs    *scenario.Version
	options Options
	runs    *runner
}

// versions prepares at most so many runs.
func (o Options) versions(v *scenario.Version, most int) (*versions, error) {
	if err := runnable(v); err != nil {
		return nil, err
	}
	if err := o.checkParty(v.Programme); err != nil {
		return nil, err
	}
	return &versions{asIs: v, options: o, runs: newRunner(o.Run, most)}, nil
}

// run runs the version as it is.
func (v *versions) run(ctx context.Context) (*montecarlo.Result, error) {
	return v.runs.run(ctx, v.asIs)
}

// with runs the version with variants, stresses and edits on top.
func (v *versions) with(ctx context.Context, onTop string, edits ...scenario.Edit) (*montecarlo.Result, error) {
	more, err := v.asIs.With(onTop, edits...)
	if err != nil {
		return nil, err
	}
	if err := v.options.checkParty(more.Programme); err != nil {
		return nil, err
	}
	return v.runs.run(ctx, more)
}

// at runs the version with a driver at a value.
func (v *versions) at(ctx context.Context, d Driver, x float64) (*montecarlo.Result, error) {
	r, err := v.with(ctx, "", d.Edits(x)...)
	if err != nil {
		return nil, fmt.Errorf("driver %q at %s: %w", d.Name, d.Text(x), err)
	}
	return r, nil
}

// runner runs versions, all with common random numbers. A version that
// differs from the first in money alone is priced from the first one's lives,
// which gives the same figures in a fraction of the time.
type runner struct {
	options montecarlo.Options
	most    int // runs that there may be
	first   *montecarlo.Result

	counting sync.Mutex // several lines may run at a time
	done     int        // replications
}

const (
	// defaultReplications is what 0 replications stand for.
	defaultReplications = 2_000
	// mostKept is the most replications whose lives are kept for pricing
	// again: about 10 kB each.
	mostKept = 20_000
)

// The quantiles that this package itself reads.
const (
	p50 = 0.50
	p95 = 0.95
)

// errUntil refuses what would give each run another number of replications.
var errUntil = errors.New("runs that are set against each other need one number of replications, and each would stop at its own with Run.Until: leave it out and give Run.Replications")

func newRunner(o montecarlo.Options, most int) *runner {
	if o.Replications == 0 {
		o.Replications = defaultReplications
	}
	if o.Quantiles == nil {
		o.Quantiles = []float64{0.05, 0.25, 0.50, 0.75, 0.95}
	}
	for _, p := range []float64{p50, p95} {
		if !slices.Contains(o.Quantiles, p) {
			o.Quantiles = append(slices.Clone(o.Quantiles), p)
		}
	}
	o.TotalsOnly = true
	o.AllValues = true     // every replication's totals are read
	o.Unconditioned = true // one version may be held to what was paid, and another changes what that rests on
	return &runner{options: o, most: most}
}

// run runs one version. A run that was stopped gives no result.
func (r *runner) run(ctx context.Context, v *scenario.Version) (*montecarlo.Result, error) {
	result, err := r.result(ctx, v)
	if err != nil {
		return nil, err
	}
	if r.first == nil {
		r.first = result
	}
	return result, nil
}

func (r *runner) result(ctx context.Context, v *scenario.Version) (*montecarlo.Result, error) {
	if r.options.Until != nil {
		return nil, errUntil
	}
	if r.first != nil && r.keeps() && v.Programme.SameRules(r.first.Expectation.Counts.Rules) == nil {
		repriced, err := r.first.Reprice(ctx, v)
		if err == nil {
			r.count(r.options.Replications)
		}
		if !errors.Is(err, model.ErrOtherRules) { // a change of a range can change draws under the same rules
			return repriced, err
		}
	}
	o := r.options
	o.Keep = r.first == nil && r.keeps()
	counted := 0
	o.Progress = func(done, _ int) {
		r.count(done - counted)
		counted = done
	}
	result, err := montecarlo.Run(ctx, v, o)
	if err == nil {
		r.count(r.options.Replications - counted)
	}
	return result, err
}

func (r *runner) keeps() bool { return r.options.Replications <= mostKept }

// count adds replications to those that are done, and reports them of all that there may
// be.
func (r *runner) count(more int) {
	r.counting.Lock()
	defer r.counting.Unlock()
	r.done += more
	if r.options.Progress != nil {
		r.options.Progress(r.done, r.most*r.options.Replications)
	}
}

// finish reports that no more runs are needed.
func (r *runner) finish() {
	if all := r.most * r.options.Replications; r.done < all {
		r.count(all - r.done)
	}
}
