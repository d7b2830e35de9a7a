package report

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// ranged is an amount in £ over the replications of a run: its mean and the ends of
// its range, which are nil where it has none.
type ranged struct {
	mean      float64
	low, high *float64
}

// rangedTotal is a total of a run, in the pairing that its range is shown in.
func rangedTotal(r *montecarlo.Result, name string, of ...string) (ranged, bool) {
	s, ok := r.Totals.Of(name, of...)
	return rangedBy(s.Distribution), ok
}

// rangedBy is the mean of a distribution with its outermost quantiles.
func rangedBy(d montecarlo.Distribution) ranged {
	one := ranged{mean: d.Mean}
	if q := outermost(d); q != nil {
		one.low, one.high = &q[0].Value, &q[1].Value
	}
	return one
}

// rangedTogether is a measure of several parties added up replication by replication.
// What they pay is the same in both pairings, so that a saving of all councils takes
// that of the public saving, from which it differs by payments alone.
func rangedTogether(r *montecarlo.Result, pairing, name string, parties []string) (ranged, bool) {
	if len(parties) == 1 {
		return rangedTotal(r, name, parties[0])
	}
	var one ranged
	for _, of := range parties {
		s, ok := r.Totals.Of(name, of)
		if !ok {
			return one, false
		}
		one.mean += s.Mean
	}
	values, quantiles := valuesTogether(r, pairing, name, parties), quantilesOf(r)
	if n := len(values); n > 1 && len(quantiles) > 0 {
		slices.Sort(values)
		one.low = &values[orderstatistic.At(n, quantiles[0])]
		one.high = &values[orderstatistic.At(n, quantiles[len(quantiles)-1])]
	}
	return one, len(parties) > 0
}

// valuesTogether are the values of a measure in every replication, those of several
// parties added up; nil where a result kept none.
func valuesTogether(r *montecarlo.Result, pairing, name string, parties []string) (sum []float64) {
	for i, of := range parties {
		values := r.Values(name, of, "", pairing)
		switch {
		case values == nil:
			return nil
		case i == 0:
			sum = values
			continue
		}
		for k := range sum {
			sum[k] += values[k]
		}
	}
	return sum
}

// councilsOf are the names of a programme's councils.
func councilsOf(r *montecarlo.Result) (names []string) {
	for _, c := range r.Version.Programme.Commissioners {
		names = append(names, c.Name)
	}
	return names
}
