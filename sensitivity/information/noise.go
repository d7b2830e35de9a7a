package information

import (
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// A payoff that is a mean over a few simulated lives has noise, and the best of several
// noisy payoffs looks better than it is. A regression averages noise away, but chances,
// losses and perfect information look at single draws. For these, what options pay more
// than the first is brought to the spread that it has without noise: what a regression on
// all inputs explains stays, and the rest is drawn in so that its covariance over options
// is less by that of the noise. (Louis, "Estimating a population of parameter values
// using Bayes and empirical Bayes methods", Journal of the American Statistical
// Association 1984;79:393-398; for several options at once by the map between normal laws
// that moves values least.) Options that have the same lives have most of their noise in
// common, and keep their order.

// withoutNoise returns what each option but the first pays more than it, brought to the
// spread that it has without noise, and the largest share of noise in its variance.
func (d Decision) withoutNoise() (over [][]float64, share float64) {
	over = overFirst(d.Payoffs)
	if d.Noise == nil {
		return over, 0
	}
	noise := overFirst(d.Noise)
	for k := range over {
		if spread := stat.Variance(over[k], nil); spread > 0 {
			share = max(share, min(1, meanSquare(noise[k])/spread))
		}
	}
	if share == 0 {
		return over, 0
	}
	fitted, terms := d.explained(over)
	left := make([][]float64, len(over))
	for k := range over {
		left[k] = make([]float64, len(over[k]))
		for i := range left[k] {
			left[k][i] = over[k][i] - fitted[k][i]
		}
	}
	n := float64(len(over[0]))
	drawIn := drawingIn(moments(left, n-1-float64(terms)), moments(noise, n))
	known := make([][]float64, len(over))
	for k := range known {
		known[k] = make([]float64, len(over[k]))
		for i := range known[k] {
			known[k][i] = fitted[k][i]
			for j := range left {
				known[k][i] += drawIn.At(k, j) * left[j][i]
			}
		}
	}
	keepDominance(over, known)
	keepTies(over, known)
	return known, share
}

// explained is what a regression on all inputs says of payoffs, and how many terms it
// has; without inputs the mean.
func (d Decision) explained(over [][]float64) (fitted [][]float64, terms int) {
	if len(d.Inputs) > 0 {
		x := newDesign(d.Inputs, over)
		return x.fitted(x.solve(x.sums, -1)), x.terms
	}
	for _, values := range over {
		mean := make([]float64, len(values))
		for i := range mean {
			mean[i] = stat.Mean(values, nil)
		}
		fitted = append(fitted, mean)
	}
	return fitted, 0
}

// moments are mean products of rows.
func moments(rows [][]float64, n float64) *mat.SymDense {
	m := mat.NewSymDense(len(rows), nil)
	for k := range rows {
		for j := k; j < len(rows); j++ {
			sum := 0.0
			for i := range rows[k] {
				sum += rows[k][i] * rows[j][i]
			}
			m.SetSym(k, j, sum/n)
		}
	}
	return m
}

func meanSquare(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v * v
	}
	return sum / float64(len(values))
}

// drawingIn is the symmetric map A that gives values with covariance S the covariance T =
// S - noise, as far as this has none below 0, and moves them least: A S A = T with
// A = S^-½ (S^½ T S^½)^½ S^-½.
func drawingIn(s, noise *mat.SymDense) *mat.SymDense {
	k := s.SymmetricDim()
	t := mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			t.SetSym(i, j, s.At(i, j)-noise.At(i, j))
		}
	}
	least := 1e-12 * mat.Trace(s)
	root := function(s, func(v float64) float64 { return math.Sqrt(max(v, 0)) })
	inverse := function(s, func(v float64) float64 {
		if v <= least {
			return 0
		}
		return 1 / math.Sqrt(v)
	})
	positive := function(t, func(v float64) float64 { return max(v, 0) })
	middle := function(between(root, positive), func(v float64) float64 { return math.Sqrt(max(v, 0)) })
	return between(inverse, middle)
}

// between is a b a of symmetric matrices.
func between(a, b *mat.SymDense) *mat.SymDense {
	var half, whole mat.Dense
	half.Mul(a, b)
	whole.Mul(&half, a)
	k := a.SymmetricDim()
	out := mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			out.SetSym(i, j, (whole.At(i, j)+whole.At(j, i))/2)
		}
	}
	return out
}

// function applies a function to the eigenvalues of a symmetric matrix.
func function(s *mat.SymDense, f func(float64) float64) *mat.SymDense {
	k := s.SymmetricDim()
	out := mat.NewSymDense(k, nil)
	var e mat.EigenSym
	if !e.Factorize(s, true) { // it always does for finite values
		return out
	}
	var vectors mat.Dense
	e.VectorsTo(&vectors)
	for n, value := range e.Values(nil) {
		out.SymRankOne(out, f(value), vectors.ColView(n))
	}
	return out
}

// keepDominance keeps an option that pays no more than another under any draw from
// paying more by what was fitted.
func keepDominance(seen, known [][]float64) {
	for k := range seen {
		for j := range seen {
			if j == k || !dominates(seen[j], seen[k]) {
				continue
			}
			for i := range known[k] {
				known[k][i] = min(known[k][i], known[j][i])
			}
		}
		if dominates(make([]float64, len(seen[k])), seen[k]) { // the first does
			for i := range known[k] {
				known[k][i] = min(known[k][i], 0)
			}
		}
	}
}

// dominates reports whether values are never below others, and somewhere above.
func dominates(a, b []float64) bool {
	above, same := false, tie(a, b)
	for i := range a {
		if a[i] < b[i]-same {
			return false
		}
		above = above || a[i] > b[i]+same
	}
	return above
}

// keepTies keeps options that pay the same under a draw, but for rounding, from differing
// by what was fitted.
func keepTies(seen, known [][]float64) {
	for k := range seen {
		for j := range k {
			same := tie(seen[j], seen[k])
			for i := range seen[k] {
				if math.Abs(seen[k][i]-seen[j][i]) <= same {
					known[k][i] = known[j][i]
				}
			}
		}
	}
}

// tie is how far payoffs may lie apart by rounding alone.
func tie(rows ...[]float64) float64 {
	most := 0.0
	for _, row := range rows {
		for _, v := range row {
			most = max(most, math.Abs(v))
		}
	}
	return 1e-9 * most
}
