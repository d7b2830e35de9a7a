package montecarlo

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
	"github.com/edgeofcare/edgeofcare/internal/words"
)

// Quantile returns any quantile of a total, strictly between 0 and 1, by measure and what it is of, as
// [List.Of] takes them: one that was asked for with [Options.Quantiles] as it stands in
// the result, and any other from the values of the replications, in the pairing that the
// total has its quantiles in. There are no means beyond it then. The error for a name
// that the result does not have is that of [List.Find]; a result without values, because
// they did not fit into Options.MemoryLimit or it was read back from JSON, has only the
// quantiles that were asked for.
func (r *Result) Quantile(p float64, name string, of ...string) (Quantile, error) {
	if r == nil {
		return Quantile{}, fmt.Errorf("there is no result to take a quantile of")
	}
	s, err := r.Totals.Find(name, of...)
	if err != nil {
		return Quantile{}, err
	}
	if !(p > 0 && p < 1) {
		return Quantile{}, fmt.Errorf("quantile %v: it must lie between 0 and 1", p)
	}
	var has []string
	for _, q := range s.Quantiles {
		if q.P == p {
			return q, nil
		}
		has = append(has, words.Percent(q.P))
	}
	values := r.Values(s.Name, s.Of, s.Arm, s.Pairing)
	if len(values) == 0 {
		return Quantile{}, fmt.Errorf("quantile %v of %s: the result does not have the values of its replications, and its quantiles are %s: give Options.Quantiles, or Options.AllValues", p, s.Key, words.And(has))
	}
	slices.Sort(values)
	n := len(values)
	q := Quantile{P: p, Value: values[orderstatistic.At(n, p)]}
	q.Low, q.High = bounds(n, p, func(rank int) float64 { return values[rank] })
	return q, nil
}
