package sensitivity

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// versions runs the version of a programme that the options name, and that
// version with further edits, all with common random numbers.
type versions struct {
	document *scenario.Document
	options  Options
	asIs     *model.Programme
	runs     *runner
}

// version is one version that was run.
type version struct {
	programme *model.Programme
	result    *montecarlo.Result
}

// versions prepares at most so many runs.
func (o Options) versions(d *scenario.Document, most int) (*versions, error) {
	p, err := o.programme(d)
	if err != nil {
		return nil, err
	}
	return &versions{document: d, options: o, asIs: p, runs: newRunner(o.Run, most)}, nil
}

// run runs the version as it is, or with further edits.
func (v *versions) run(ctx context.Context, edits ...scenario.Edit) (version, error) {
	p, err := v.options.programme(v.document, edits...)
	if err != nil {
		return version{}, err
	}
	r, err := v.runs.run(ctx, p)
	return version{p, r}, err
}

// at runs the version with a driver at a value.
func (v *versions) at(ctx context.Context, d Driver, x float64) (version, error) {
	one, err := v.run(ctx, d.Edits(x)...)
	if err != nil {
		return version{}, fmt.Errorf("driver %q at %s: %w", d.Name, d.Text(x), err)
	}
	return one, nil
}

// runner runs programmes, all with common random numbers. A programme that
// differs from the first in money alone is priced from the first one's lives,
// which gives the same figures in a fraction of the time.
type runner struct {
	options montecarlo.Options
	most    int // runs that there may be
	done    int // replications
	first   *montecarlo.Result
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
	o.MemoryLimit = math.MaxInt64 // every replication's totals are read
	return &runner{options: o, most: most}
}

// run runs one programme. A run that was stopped gives no result.
func (r *runner) run(ctx context.Context, p *model.Programme) (*montecarlo.Result, error) {
	result, err := r.result(ctx, p)
	if err != nil {
		return nil, err
	}
	if r.first == nil {
		r.first = result
	}
	r.done += r.options.Replications
	r.report(0)
	return result, nil
}

func (r *runner) result(ctx context.Context, p *model.Programme) (*montecarlo.Result, error) {
	if r.first != nil && r.keeps() && p.SameRules(r.first.Expectation().Counts.Rules) == nil {
		return r.first.Reprice(ctx, p)
	}
	o := r.options
	o.Keep = r.first == nil && r.keeps()
	o.Progress = func(done, total int) {
		if done < total { // the last is reported once the run is over
			r.report(done)
		}
	}
	return montecarlo.Run(ctx, p, o)
}

func (r *runner) keeps() bool { return r.options.Replications <= mostKept }

// report says how many replications are done of all that there may be.
func (r *runner) report(more int) {
	if r.options.Progress != nil {
		r.options.Progress(r.done+more, r.most*r.options.Replications)
	}
}

// finish reports that no more runs are needed.
func (r *runner) finish() {
	if all := r.most * r.options.Replications; r.done < all {
		r.done = all
		r.report(0)
	}
}
