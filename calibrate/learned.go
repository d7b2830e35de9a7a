package calibrate

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/model"
)

// spread is the mean and the 5% and 95% quantiles of something over weighted draws.
func (d *draws) spread(of func(*draw) float64) Spread {
	values, weights, _ := d.column(of)
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	var s Spread
	sum := 0.0
	for _, i := range order {
		s.Mean += weights[i] * values[i]
		if sum < 0.05 {
			s.Low = values[i]
		}
		if sum < 0.95 {
			s.High = values[i]
		}
		sum += weights[i]
	}
	return s
}

// column is something of every draw that can be, with its weight and its variance over
// them.
func (d *draws) column(of func(*draw) float64) (values, weights []float64, variance float64) {
	sum := 0.0
	for k := range d.all {
		if x := of(&d.all[k]); !math.IsNaN(x) && d.all[k].weight > 0 {
			values, weights = append(values, x), append(weights, d.all[k].weight)
			sum += d.all[k].weight
		}
	}
	mean := 0.0
	for i := range weights {
		weights[i] /= sum
		mean += weights[i] * values[i]
	}
	for i, x := range values {
		variance += weights[i] * (x - mean) * (x - mean)
	}
	return values, weights, variance
}

// learned says of every input what the payments do. What they do not depend on is as in
// the file.
func (s *sampler) learned(prior, posterior *draws) []Learned {
	var all []Learned
	for i, u := range s.inputs {
		of := func(d *draw) float64 { return d.values[i] }
		low, high := u.Law.Range()
		one := Learned{Input: u, Depends: s.depends[i], Prior: Spread{u.Law.Mean(), low, high}, VarianceLeft: 1}
		one.Posterior = one.Prior
		if s.depends[i] {
			_, _, before := prior.column(of)
			_, _, after := posterior.column(of)
			one.Posterior, one.VarianceLeft = posterior.spread(of), after/before
		}
		if alternatives(u) {
			one.Chances = chances(u, posterior, of, s.depends[i])
		}
		all = append(all, one)
	}
	return all
}

// alternatives reports whether an input is alternatives of which one holds.
func alternatives(u model.Uncertain) bool { return strings.HasPrefix(string(u.Path), "alternatives.") }

// chances are those of every alternative.
func chances(u model.Uncertain, posterior *draws, of func(*draw) float64, depends bool) []Chances {
	var all []Chances
	for place, name := range u.Values {
		one := Chances{Name: name, Prior: u.Law.Values[place].Weight}
		one.Posterior = one.Prior
		if depends {
			one.Posterior = 0
			for k := range posterior.all {
				if of(&posterior.all[k]) == float64(place) {
					one.Posterior += posterior.all[k].weight
				}
			}
		}
		all = append(all, one)
	}
	return all
}

// mostTogether is how many pairs of inputs are listed.
const mostTogether = 12

// together lists the inputs that go together most, given what was paid.
func (s *sampler) together(prior, kept *draws) []Correlation {
	ranksOf := func(d *draws) [][]float64 {
		all := make([][]float64, len(s.inputs))
		for i, values := range d.values(len(s.inputs)) {
			if s.depends[i] && !alternatives(s.inputs[i]) {
				all[i] = ranks(values)
			}
		}
		return all
	}
	before, after := ranksOf(prior), ranksOf(kept)
	var all []Correlation
	for i := range after {
		for j := range i {
			if after[i] == nil || after[j] == nil {
				continue
			}
			t := Correlation{Inputs: [2]model.Path{s.inputs[j].Path, s.inputs[i].Path}, Prior: stat.Correlation(before[i], before[j], nil), Posterior: stat.Correlation(after[i], after[j], nil)}
			if math.Abs(t.Posterior) > 0 { // not NaN, of what does not vary
				all = append(all, t)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Correlation) int { return cmp.Compare(math.Abs(b.Posterior), math.Abs(a.Posterior)) })
	return all[:min(len(all), mostTogether)]
}

// ranks are the ranks of values, equal ones sharing the mean of theirs.
func ranks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	all := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			all[i] = float64(from+to-1) / 2
		}
		from = to
	}
	return all
}
