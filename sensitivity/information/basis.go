package information

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// The terms of a regression. A number has a natural cubic spline: linear beyond its
// outer knots, which are quantiles of what was drawn (Hastie, Tibshirani and Friedman,
// "The Elements of Statistical Learning", second edition, 5.2.1). Kinds have a term each
// but the first. Several columns have these side by side, and products of pairs: of few
// columns also with squares, of many those of the columns that explain most, up to one
// term for every drawsPerTerm draws. Of straight lines, splines, and splines with
// products, that is used which says most of draws that the fit did not see, so that what
// many columns do not tell is not fitted to chance.

const (
	// splineTerms is how many terms a number has in the regression, and fewTerms where
	// there is no room for so many.
	splineTerms = 5
	fewTerms    = 2
	// fewColumns is how many columns at most have products with squares too.
	fewColumns = 4
	// drawsPerTerm is how many draws there are at least for each term.
	drawsPerTerm = 20
)

// terms are the terms that a column has by itself, each with mean 0 and variance 1, and
// those of which products are made.
type terms struct {
	smooth, linear, square [][]float64
}

// termsOf are the terms of a column; at most so many for a number.
func termsOf(c Column, most int) terms {
	distinct := slices.Compact(slices.Sorted(slices.Values(c.Values)))
	if c.Kinds || len(distinct) < 3 {
		return termsOfKinds(c.Values, distinct)
	}
	most = min(most, len(distinct)-1)
	x := standard(c.Values)
	t := terms{linear: [][]float64{x}, square: [][]float64{standard(times(x, x))}}
	t.smooth = spline(x, most)
	return t
}

// termsOfKinds are a term for each distinct value but the first.
func termsOfKinds(values, distinct []float64) terms {
	var t terms
	for _, kind := range distinct[min(1, len(distinct)):] {
		is := make([]float64, len(values))
		for i, v := range values {
			if v == kind {
				is[i] = 1
			}
		}
		t.smooth = append(t.smooth, standard(is))
	}
	t.linear = t.smooth
	return t
}

// spline are the terms of a natural cubic spline.
func spline(x []float64, most int) [][]float64 {
	sorted := slices.Sorted(slices.Values(x))
	var knots []float64
	for k := range most + 1 {
		p := 0.02 + 0.96*float64(k)/float64(most)
		knots = append(knots, stat.Quantile(p, stat.Empirical, sorted, nil))
	}
	knots = slices.Compact(knots)
	all := [][]float64{x}
	last := len(knots) - 1
	for k := 0; k < last-1; k++ {
		term := make([]float64, len(x))
		for i, v := range x {
			term[i] = bend(v, knots[k], knots[last]) - bend(v, knots[last-1], knots[last])
		}
		all = append(all, standard(term))
	}
	return all
}

// bend is a cubic that begins at one knot and ends at the last.
func bend(x, from, last float64) float64 {
	return (cube(x-from) - cube(x-last)) / (last - from)
}

func cube(x float64) float64 {
	if x <= 0 {
		return 0
	}
	return x * x * x
}

// standard returns values with mean 0 and variance 1; all 0 if they do not vary.
func standard(values []float64) []float64 {
	mean, sd := stat.MeanStdDev(values, nil)
	out := make([]float64, len(values))
	if sd <= 1e-12*math.Abs(mean) || sd == 0 {
		return out
	}
	for i, v := range values {
		out[i] = (v - mean) / sd
	}
	return out
}

func times(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] * b[i]
	}
	return out
}

// levels are the terms of a regression on columns, for so many draws, each with all
// terms of the one before: straight lines, splines, and splines with products. Products
// of pairs go by how much the columns explain of what is to be fitted, the most first.
func levels(all []Column, n int, explains func([]float64) float64) [][][]float64 {
	room := max(1, n/drawsPerTerm)
	most := splineTerms
	if len(all)*most > room {
		most = fewTerms
	}
	var lines, splines [][]float64
	var each []terms
	var weight []float64
	for _, c := range all {
		t := termsOf(c, most)
		each = append(each, t)
		lines, splines = append(lines, t.linear...), append(splines, t.smooth...)
		w := 0.0
		for _, term := range t.smooth {
			w = max(w, explains(term))
		}
		weight = append(weight, w)
	}
	sets := [][][]float64{lines}
	if len(splines) > len(lines) {
		sets = append(sets, splines)
	}
	if with := addProducts(splines, each, weight, room); len(with) > len(splines) {
		sets = append(sets, with)
	}
	return sets
}

// addProducts adds as many products of pairs as there is room for.
func addProducts(columns [][]float64, each []terms, weight []float64, room int) [][]float64 {
	var products []product
	for i := range each {
		for j := range i {
			terms := productsOf(each[j], each[i], len(each) <= fewColumns)
			products = append(products, product{weight[i] * weight[j], terms})
		}
	}
	slices.SortStableFunc(products, func(a, b product) int { return cmp.Compare(b.weight, a.weight) })
	columns = slices.Clip(columns)
	for _, p := range products {
		if len(columns)+len(p.terms) <= room {
			columns = append(columns, p.terms...)
		}
	}
	return columns
}

// product is the products of the terms of two columns.
type product struct {
	weight float64
	terms  [][]float64
}

func productsOf(a, b terms, squares bool) [][]float64 {
	all := pairs(a.linear, b.linear)
	if squares {
		all = slices.Concat(all, pairs(a.square, b.linear), pairs(a.linear, b.square), pairs(a.square, b.square))
	}
	return all
}

func pairs(a, b [][]float64) [][]float64 {
	var all [][]float64
	for _, x := range a {
		for _, y := range b {
			all = append(all, standard(times(x, y)))
		}
	}
	return all
}
