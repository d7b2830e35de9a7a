package montecarlo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/edgeofcare/edgeofcare/model"
)

// Comparison is the results of several cases side by side, and what each
// differs by from one of them, replication by replication.
type Comparison struct {
	Programme string    `json:"programme"`
	Title     string    `json:"title"`
	Cases     []string  `json:"cases"`
	Against   string    `json:"against"` // the case that the differences are taken from
	Results   []*Result `json:"results"` // by case
	// Differences are paired: the same children with the same luck, so that
	// what is left is the difference between the cases.
	Differences []Difference `json:"differences"`
}

// Difference is a figure of one case less the same figure of another.
type Difference struct {
	Measure
	Case    string `json:"case"`
	Against string `json:"against"`
	// Central is the difference of the central projections.
	Central float64 `json:"central"`
	Distribution
}

// Compare runs programmes under the same seed and compares them. Programmes
// are told apart by Programme.Case, which must differ. Differences are taken
// from the case named against; empty means the first.
//
// Progress counts replications over all the cases.
func Compare(ctx context.Context, cases []*model.Programme, against string, o Options) (*Comparison, error) {
	if len(cases) == 0 {
		return nil, errors.New("there is no case to compare")
	}
	progress, before := o.Progress, 0
	if progress != nil {
		o.Progress = func(done, total int) { progress(before+done, total*len(cases)) }
	}
	var results []*Result
	for _, p := range cases {
		r, err := Run(ctx, p, o)
		if err != nil {
			return nil, fmt.Errorf("case %q: %w", p.Case, err)
		}
		if r.run.condensed != nil && len(cases) > 1 {
			return nil, r.notPaired()
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
	first := results[0]
	c := &Comparison{Programme: first.Programme, Title: first.Title, Results: results, Against: against}
	for _, r := range results {
		if slices.Contains(c.Cases, r.Case) {
			return nil, fmt.Errorf("case %q is there twice: cases are told apart by name", r.Case)
		}
		if r.run != nil && r.run.condensed != nil {
			return nil, r.notPaired()
		}
		if r.run == nil || r.Conventions.Seed != first.Conventions.Seed || r.Conventions.Replications != first.Conventions.Replications ||
			r.Conventions.Engine != first.Conventions.Engine {
			return nil, fmt.Errorf("cases %q and %q cannot be paired: they need the same seed, replications and engine", first.Case, r.Case)
		}
		c.Cases = append(c.Cases, r.Case)
	}
	if c.Against == "" {
		c.Against = first.Case
	}
	base := slices.Index(c.Cases, c.Against)
	if base < 0 {
		return nil, fmt.Errorf("there is no case %q to compare against: the cases are %s", against, strings.Join(c.Cases, ", "))
	}
	for i, r := range results {
		if i != base {
			c.Differences = append(c.Differences, differences(r, results[base])...)
		}
	}
	return c, nil
}

// differences compares every total that both results have.
func differences(r, base *Result) []Difference {
	all := make([]Difference, len(r.Totals))
	var next atomic.Int64
	var working sync.WaitGroup
	for range r.run.options.Workers {
		working.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(all); i = int(next.Add(1)) - 1 {
				if other, ok := base.TotalIn(r.Totals[i].Name, r.Totals[i].Of, r.Totals[i].Arm); ok {
					all[i] = difference(r, base, r.Totals[i], other)
				}
			}
		})
	}
	working.Wait()
	return slices.DeleteFunc(all, func(d Difference) bool { return d.Name == "" })
}

// difference is one total of a result less the same of another.
func difference(r, base *Result, s, other Summary) Difference {
	values := r.Values(s.Measure)
	for i, v := range base.Values(s.Measure) {
		values[i] -= v
	}
	return Difference{
		Measure: s.Measure, Case: r.Case, Against: base.Case, Central: s.Central - other.Central,
		Distribution: distribution(values, r.run.options.Quantiles, true),
	}
}

// Difference returns the difference of a total between a case and the one
// compared against, and whether the comparison has it.
func (c *Comparison) Difference(caseName, name, of string) (Difference, bool) {
	for _, d := range c.Differences {
		if d.Case == caseName && d.Name == name && d.Of == of && d.Arm == "" {
			return d, true
		}
	}
	return Difference{}, false
}

// Result returns the result of a case, and whether there is one.
func (c *Comparison) Result(caseName string) (*Result, bool) {
	i := slices.Index(c.Cases, caseName)
	if i < 0 {
		return nil, false
	}
	return c.Results[i], true
}

// notPaired is the error for results whose values were not kept.
func (r *Result) notPaired() error {
	return fmt.Errorf("case %q cannot be paired with another: its values were condensed into histograms; run fewer replications, or raise Options.MemoryLimit", r.Case)
}
