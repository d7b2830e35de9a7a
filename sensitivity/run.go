package sensitivity

import (
	"context"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// runner runs versions of one programme, all with the same luck. A version that
// differs from the first in money alone is priced from the first one's lives,
// which gives the same figures in a fraction of the time.
type runner struct {
	options montecarlo.Options
	runs    int // the most that there may be
	done    int // replications
	first   *montecarlo.Result
}

// mostKept is the most replications whose lives are kept for pricing again:
// about 10 kB each.
const mostKept = 20_000

func newRunner(o montecarlo.Options, runs int) *runner {
	if o.Replications == 0 {
		o.Replications = DefaultReplications
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
	o.MemoryLimit = math.MaxInt64 // every replication's totals are read
	return &runner{options: o, runs: runs}
}

// The quantiles that this package itself reads.
const (
	p50 = 0.50
	p95 = 0.95
)

// run runs one version. A run that was stopped gives no result.
func (r *runner) run(ctx context.Context, p *model.Programme) (*montecarlo.Result, error) {
	result, err := r.result(ctx, p)
	if err != nil {
		return nil, err
	}
	if r.first == nil {
		r.first = result
	}
	r.done += r.options.Replications
	r.tell(0)
	return result, nil
}

func (r *runner) result(ctx context.Context, p *model.Programme) (*montecarlo.Result, error) {
	if r.first != nil && r.keeps() && p.SameRules(r.first.Expectation().Counts.Rules) == nil {
		return r.first.Reprice(ctx, p)
	}
	o := r.options
	o.Keep = r.first == nil && r.keeps()
	o.Progress = func(done, total int) {
		if done < total { // the last is told once the run is over
			r.tell(done)
		}
	}
	return montecarlo.Run(ctx, p, o)
}

func (r *runner) keeps() bool { return r.options.Replications <= mostKept }

// tell reports how many replications are done of all that there may be.
func (r *runner) tell(more int) {
	if r.options.Progress != nil {
		r.options.Progress(r.done+more, r.runs*r.options.Replications)
	}
}

// finish reports that no more runs are needed.
func (r *runner) finish() {
	if all := r.runs * r.options.Replications; r.done < all {
		r.done = all
		r.tell(0)
	}
}
