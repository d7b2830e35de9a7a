package montecarlo

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/model"
)

// Influence is how far a figure goes with one uncertain input, from the draws that
// were made: no run is needed for it.
type Influence struct {
	Input model.Uncertain `json:"input"`
	// RankCorrelation is Spearman's, from -1 to 1: how far the figure is high where
	// the input is high. Of alternatives, which have no high and low, it is the
	// correlation ratio of the figure's ranks, from 0 to 1, less what chance alone
	// gives (epsilon, Kelley 1935): the same size for the same share of the variance.
	// StdErr is its standard error where there is none.
	RankCorrelation float64 `json:"rank_correlation"`
	StdErr          float64 `json:"standard_error"`
}

// Influences lists every uncertain input with how far a total goes with it, the
// largest first: a measure and what it is of, as in [Result.Values]. It is nil
// for a figure without values, at fixed rates, and for a result that was read back
// from JSON.
func (r *Result) Influences(ctx context.Context, name string, of ...string) ([]Influence, error) {
	values := r.Values(name, of...)
	if len(values) < 3 || r.run.drawing == nil {
		return nil, nil
	}
	drawn, err := r.run.ranksOfInputs(ctx, len(values))
	if err != nil {
		return nil, err
	}
	figure := ranks(values)
	var all []Influence
	for i, u := range r.run.drawing.drawer.Inputs() {
		one := Influence{Input: u, StdErr: 1 / math.Sqrt(float64(len(values)-1))}
		if strings.HasPrefix(string(u.Path), "alternatives.") {
			one.RankCorrelation = correlationRatio(drawn[i], figure)
		} else if rho := stat.Correlation(drawn[i], figure, nil); !math.IsNaN(rho) { // of what does not vary
			one.RankCorrelation = rho
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b Influence) int {
		return cmp.Compare(math.Abs(b.RankCorrelation), math.Abs(a.RankCorrelation))
	})
	return all, nil
}

// inputRanks are the ranks of the values drawn for each input, once a figure has asked
// for them.
type inputRanks struct {
	sync.Mutex
	ranks [][]float64 // input × replication
}

// ranksOfInputs are the ranks of the drawn inputs among so many replications.
func (r *runner) ranksOfInputs(ctx context.Context, replications int) ([][]float64, error) {
	r.inputs.Lock()
	defer r.inputs.Unlock()
	if all := r.inputs.ranks; len(all) > 0 && len(all[0]) == replications {
		return r.inputs.ranks, nil
	}
	drawn, err := r.inputValues(ctx, replications)
	if err != nil {
		return nil, err
	}
	for i := range drawn {
		drawn[i] = ranks(drawn[i])
	}
	r.inputs.ranks = drawn
	return drawn, nil
}

// InputValues returns the value that was drawn for each uncertain input of the version's
// programme, in its order, in every replication: input × replication. Of a list of values
// it is the number, or the place counted from 0 where they are no numbers, and of
// alternatives the place, in [model.Uncertain.Values]. It is nil at fixed rates, where
// nothing is uncertain, and for a result that was read back from JSON.
func (r *Result) InputValues(ctx context.Context) ([][]float64, error) {
	if r == nil || r.run == nil || r.run.drawing == nil {
		return nil, nil
	}
	return r.run.inputValues(ctx, r.Conventions.Replications)
}

// inputValues are the values of the drawn inputs in so many replications.
func (r *runner) inputValues(ctx context.Context, replications int) ([][]float64, error) {
	d := r.drawing.clone()
	drawn := make([][]float64, len(d.drawer.Inputs()))
	if r.stated != nil {
		for i := range drawn {
			for replication := range replications {
				drawn[i] = append(drawn[i], r.stated.Values[i][replication/r.stated.Lives])
			}
		}
		return drawn, nil
	}
	for replication := range replications {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		x, err := d.values(replication)
		if err != nil {
			return nil, err
		}
		for i := range drawn {
			drawn[i] = append(drawn[i], x[i])
		}
	}
	return drawn, nil
}

// values are the drawn values of a replication's inputs. That one was drawn again,
// as one in a million is, is left out of account.
func (d *drawing) values(replication int) ([]float64, error) {
	for i := range d.streams {
		d.own[i] = d.quantile(i, replication, 0)
	}
	return d.drawer.Values(d.tied(replication))
}

// correlationRatio is how far a figure differs between groups: the root of the share of
// its variance that is between them, less what k groups without a difference show in n
// values, 1 - (1 - share)(n - 1)/(n - k). It is 0 where that is below 0 or nothing varies.
func correlationRatio(group, figure []float64) float64 {
	of := map[float64][]float64{}
	for i, g := range group {
		of[g] = append(of[g], figure[i])
	}
	mean, variance := stat.PopMeanVariance(figure, nil)
	n, k := float64(len(figure)), float64(len(of))
	between := 0.0
	for _, g := range slices.Sorted(maps.Keys(of)) {
		off := stat.Mean(of[g], nil) - mean
		between += float64(len(of[g])) * off * off
	}
	if variance == 0 || n <= k {
		return 0
	}
	share := between / n / variance
	return math.Sqrt(max(0, 1-(1-share)*(n-1)/(n-k)))
}

// ranks are the ranks of values from 1; equal values share the middle of theirs.
func ranks(values []float64) []float64 {
	type ranked struct {
		value float64
		at    int
	}
	order := make([]ranked, len(values))
	for i, v := range values {
		order[i] = ranked{v, i}
	}
	slices.SortFunc(order, func(a, b ranked) int { return cmp.Compare(a.value, b.value) })
	ranks := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && cmp.Compare(order[to].value, order[from].value) == 0 {
			to++
		}
		for _, o := range order[from:to] {
			ranks[o.at] = float64(from+to+1) / 2
		}
		from = to
	}
	return ranks
}
