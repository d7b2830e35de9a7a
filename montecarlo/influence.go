package montecarlo

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
	"sort"
	"strings"

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
	figure := ranks(values)
	d := r.run.drawing.clone()
	inputs := d.drawer.Inputs()
	drawn := make([][]float64, len(inputs))
	for replication := range values {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		x, err := d.values(replication)
		if err != nil {
			return nil, err
		}
		for i := range inputs {
			drawn[i] = append(drawn[i], x[i])
		}
	}
	var all []Influence
	for i, u := range inputs {
		one := Influence{Input: u, StdErr: 1 / math.Sqrt(float64(len(values)-1))}
		if strings.HasPrefix(string(u.Path), "alternatives.") {
			one.RankCorrelation = correlationRatio(drawn[i], figure)
		} else if rho := stat.Correlation(ranks(drawn[i]), figure, nil); !math.IsNaN(rho) { // of what does not vary
			one.RankCorrelation = rho
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b Influence) int {
		return cmp.Compare(math.Abs(b.RankCorrelation), math.Abs(a.RankCorrelation))
	})
	return all, nil
}

// values are the drawn values of a replication's inputs. That one was drawn again,
// as one in a million is, is left out of account.
func (d *drawing) values(replication int) ([]float64, error) {
	for i, s := range d.streams {
		d.quantiles[i] = s.Unit(d.seed, replication, 0)
	}
	return d.drawer.Values(d.quantiles)
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
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return cmp.Compare(values[order[i]], values[order[j]]) < 0 })
	ranks := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && cmp.Compare(values[order[to]], values[order[from]]) == 0 {
			to++
		}
		for _, i := range order[from:to] {
			ranks[i] = float64(from+to+1) / 2
		}
		from = to
	}
	return ranks
}
