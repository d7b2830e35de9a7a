package montecarlo

import (
	"math"

	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
)

// Ranked is a figure that is without bound in some replications, or not
// defined, and so has an order but no mean: a rate of return, or a time until
// something that may never happen. Whether a rate of return is defined goes with
// doing well, so that quantiles over the replications that have one would flatter:
// they are over all. Those without a figure that lose money count below every
// figure, and others without one above every figure.
type Ranked struct {
	Key
	// Central is the central projection; nil if it is without bound or not
	// defined.
	Central *float64 `json:"central"`
	// Defined is the share of replications in which there is a figure, which
	// may be one without bound, and Lost the share in which there is none and
	// money is lost.
	Defined float64 `json:"defined"`
	Lost    float64 `json:"undefined_and_lost"`
	// Replications is how many there were.
	Replications int              `json:"replications"`
	Quantiles    []RankedQuantile `json:"quantiles"`
}

// RankedQuantile is a quantile over all replications of a figure that may be
// without bound or not defined. Value is nil for both. Without bound means, for a
// rate of return, that no capital is needed, and for a time that it never comes.
type RankedQuantile struct {
	P     float64  `json:"p"`
	Value *float64 `json:"value"`
	// Lost and Undefined report that the replication of this rank has no
	// figure: that it loses money, or that it does not.
	Lost      bool `json:"lost,omitempty"`
	Undefined bool `json:"undefined,omitempty"`
	// Low and High bound it with about 95% confidence; nil where they are no
	// figure, or too few replications have a bound.
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
	// Within is how far Value may be from the order statistic: see Quantile.
	Within float64 `json:"within,omitzero"`
}

// What stands for a figure that is not defined: where money is lost, below every
// figure, and elsewhere.
var lost, undefined = math.Inf(-1), math.NaN()

// sortRanked puts figures that may be without bound or not defined in order: lost,
// figures, undefined, without bound.
func sortRanked(values []float64) {
	defined := values[:0]
	for _, v := range values {
		if !math.IsNaN(v) {
			defined = append(defined, v)
		}
	}
	sortValues(defined)
	unbounded := len(defined)
	for unbounded > 0 && math.IsInf(defined[unbounded-1], 1) {
		unbounded--
	}
	for i := unbounded; i < len(values); i++ {
		values[i] = undefined
		if i >= unbounded+len(values)-len(defined) {
			values[i] = math.Inf(1)
		}
	}
}

// rank describes a figure without a mean.
func (r *runner) rank(c column, n int) Ranked {
	out := Ranked{Key: c.Key, Central: bounded(r.centre[c.at]), Replications: n}
	at, within := r.ranks(c, n, &out)
	for _, p := range r.options.Quantiles {
		rank := orderstatistic.At(n, p)
		v := at(rank)
		q := RankedQuantile{P: p, Value: bounded(v), Lost: v == lost, Undefined: math.IsNaN(v), Within: within(rank)}
		q.Low, q.High = bounds(n, p, at)
		out.Quantiles = append(out.Quantiles, q)
	}
	return out
}

// ranks returns functions of a rank, counted from 0: the figure and how far it may
// be out. It fills in how many replications have a figure.
func (r *runner) ranks(c column, n int, out *Ranked) (at, within func(rank int) float64) {
	if r.condensed != nil {
		h := &r.condensed[c.at]
		out.Defined, out.Lost = float64(h.defined())/float64(n), float64(h.lost)/float64(n)
		return func(rank int) float64 { return h.at(rank).value }, func(rank int) float64 { return h.at(rank).within }
	}
	values := r.column(c, c.at, n)
	sortRanked(values)
	without, losing := 0, 0
	for _, v := range values {
		switch {
		case v == lost:
			losing++
		case math.IsNaN(v):
			without++
		}
	}
	out.Defined, out.Lost = float64(n-without-losing)/float64(n), float64(losing)/float64(n)
	return func(rank int) float64 { return values[rank] }, func(int) float64 { return 0 }
}

// bounded is a number that can be written, or nil.
func bounded(v float64) *float64 {
	if !finite(v) {
		return nil
	}
	return &v
}
