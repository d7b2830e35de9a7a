package montecarlo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// Comparison is the results of several versions side by side, and what each
// differs by from one of them, replication by replication. Versions are told
// apart by name.
type Comparison struct {
	Against string    `json:"against"` // the version that the differences are taken from
	Results []*Result `json:"results"`
	// Differences are paired: the same children with the same random numbers,
	// so that what is left is the difference between the versions. They are in
	// the order of the results, without that of Against.
	Differences []Differences `json:"differences"`
}

// Differences is every total of one version less the same total of the version
// compared against.
type Differences struct {
	Version string           `json:"version"`
	Totals  List[Difference] `json:"totals"`
}

// Difference is a figure of one version less the same figure of another. Amounts
// are in £.
type Difference struct {
	Key
	// Central is the difference of the central projections.
	Central float64 `json:"central"`
	Distribution
}

// Compare runs versions under the same seed and compares them. Their names must
// differ. Differences are taken from the version named against; empty means the
// first.
//
// Where one version changes what the draws of its case are held to (see
// [scenario.Version.LawsAlone]), no version has such draws, as with
// Options.Unconditioned: otherwise a difference would be between two ways to draw.
//
// Every value of every replication is needed: see Options.AllValues. Progress
// counts replications over all the versions.
func Compare(ctx context.Context, versions []*scenario.Version, against string, o Options) (*Comparison, error) {
	if len(versions) == 0 {
		return nil, errors.New("there is no version to compare")
	}
	if ctx == nil {
		return nil, errNoContext
	}
	if slices.Contains(versions, nil) {
		return nil, fmt.Errorf("version %d is missing: make each with Document.Version", slices.Index(versions, nil)+1)
	}
	progress, before := o.Progress, 0
	if progress != nil {
		o.Progress = func(done, total int) { progress(before+done, total*len(versions)) }
	}
	o.AllValues = true
	if slices.ContainsFunc(versions, func(v *scenario.Version) bool { return v.LawsAlone }) {
		o.Unconditioned = true
	}
	var runs []*runner
	for _, v := range versions { // none is run if one of them cannot be
		r, err := plan(v, o)
		if err == nil {
			err = r.fits()
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", v.Phrase(), err)
		}
		runs = append(runs, r)
	}
	if o.Until != nil {
		results, err := runUntil(ctx, runs, func(version, replications int) { before = version * replications })
		if err != nil {
			return nil, err
		}
		return CompareResults(results, against)
	}
	var results []*Result
	for i, run := range runs {
		r, err := run.start(ctx)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", versions[i].Phrase(), err)
		}
		results = append(results, r)
		before += r.Conventions.Replications
	}
	return CompareResults(results, against)
}

// CompareResults compares results that were run with the same seed and number
// of replications; anything else is an error, because the replications could
// not be paired.
func CompareResults(results []*Result, against string) (*Comparison, error) {
	if len(results) == 0 {
		return nil, errors.New("there is no result to compare")
	}
	for i, r := range results {
		if r == nil || r.Version == nil {
			return nil, fmt.Errorf("result %d is missing: give what Run returned", i+1)
		}
	}
	first := results[0]
	for _, r := range results {
		if err := first.Version.Programme.SameCurrency(r.Version.Programme); err != nil {
			return nil, err
		}
	}
	c := &Comparison{Results: slices.Clone(results), Against: against}
	var names []string
	for _, r := range results {
		name := r.Version.Name()
		if slices.Contains(names, name) {
			return nil, fmt.Errorf("version %q is there twice: versions are told apart by name", name)
		}
		if r.run != nil && r.run.condensed != nil {
			return nil, r.notPaired()
		}
		if r.run == nil || r.Conventions.Seed != first.Conventions.Seed || r.Conventions.Replications != first.Conventions.Replications ||
			r.Conventions.Engine != first.Conventions.Engine {
			return nil, fmt.Errorf("versions %q and %q cannot be paired: run both here with the same seed, replications and engine", first.Version.Name(), name)
		}
		names = append(names, name)
	}
	if c.Against == "" {
		c.Against = names[0]
	}
	base := slices.Index(names, c.Against)
	if base < 0 {
		return nil, fmt.Errorf("there is no version %q to compare against: the versions are %s", against, strings.Join(names, ", "))
	}
	for i, r := range results {
		if i != base {
			c.Differences = append(c.Differences, Differences{names[i], differences(r, results[base])})
		}
	}
	return c, nil
}

// differences compares every total that both results have.
func differences(r, base *Result) List[Difference] {
	all := make(List[Difference], len(r.Totals))
	var next atomic.Int64
	var working sync.WaitGroup
	for range min(r.run.options.Workers, len(all)) {
		working.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(all); i = int(next.Add(1)) - 1 {
				if other, ok := base.Totals.Of(r.Totals[i].Name, r.Totals[i].Of, r.Totals[i].Arm); ok {
					if all[i] = difference(r, base, r.Totals[i], other); other.Name == BenefitCost {
						all[i] = ratioDifference(r, base, r.Totals[i], other)
					}
				}
			}
		})
	}
	working.Wait()
	return slices.DeleteFunc(all, func(d Difference) bool { return d.Name == "" })
}

// difference is one total of a result less the same of another.
func difference(r, base *Result, s, other Summary) Difference {
	values := r.Values(s.Name, s.Of, s.Arm)
	for i, v := range base.Values(s.Name, s.Of, s.Arm) {
		values[i] -= v
	}
	return Difference{
		Key: s.Key, Central: s.Central - other.Central, Distribution: distribution(values, r.run.options.Quantiles, true),
	}
}

// notPaired is the error for results whose values were not kept.
func (r *Result) notPaired() error {
	return fmt.Errorf("version %q cannot be paired with another: its values were condensed into histograms; run fewer replications, or raise Options.MemoryLimit", r.Version.Name())
}
