package montecarlo

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
)

// Ranked is a figure that is without bound in some replications, or not
// defined, and so has an order but no mean: a rate of return, or a time until
// something that may never happen.
type Ranked struct {
	Key
	// Central is the central projection; nil if it is without bound or not
	// defined.
	Central *float64 `json:"central"`
	// Defined is the share of replications in which there is a figure, which
	// may be one without bound. The quantiles are over these.
	Defined   float64          `json:"defined"`
	Quantiles []RankedQuantile `json:"quantiles"`
}

// RankedQuantile is a quantile of a figure that may be without bound: nil
// stands for that. For a rate of return it means that no capital is needed, for
// a time that it never comes.
type RankedQuantile struct {
	P     float64  `json:"p"`
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"` // Low and High bound it with about 95% confidence
	High  *float64 `json:"high"`
	// Within is how far Value may be from the order statistic: see Quantile.
	Within float64 `json:"within,omitzero"`
}

// rank describes a figure without a mean.
func (r *runner) rank(c column, n int) Ranked {
	out := Ranked{Key: c.Key, Central: bounded(r.centre[c.at])}
	if r.condensed != nil {
		h := &r.condensed[c.at]
		out.Defined, out.Quantiles = float64(h.defined())/float64(n), h.rank(r.options.Quantiles)
		return out
	}
	values := r.column(c, c.at, n)
	values = slices.DeleteFunc(values, func(v float64) bool { return math.IsInf(v, -1) })
	out.Defined = float64(len(values)) / float64(n)
	if len(values) == 0 {
		return out
	}
	slices.Sort(values)
	for _, p := range r.options.Quantiles {
		low, high := orderstatistic.Bounds(len(values), p)
		out.Quantiles = append(out.Quantiles, RankedQuantile{
			P: p, Value: bounded(stat.Quantile(p, stat.Empirical, values, nil)), Low: bounded(values[low]), High: bounded(values[high]),
		})
	}
	return out
}

// bounded is a number that can be written, or nil.
func bounded(v float64) *float64 {
	if !finite(v) {
		return nil
	}
	return &v
}
