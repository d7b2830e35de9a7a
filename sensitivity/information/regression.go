package information

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// design is a regression by least squares on terms, made ready to be fitted to all
// draws and to all but those of one block.
type design struct {
	x     *mat.Dense // draw × term, the constant first
	gram  []*mat.SymDense
	whole *mat.SymDense
	n     int
	terms int // beside the constant

	// What a fit has come to: the moments of what it was fitted to, what each fit without
	// one block says of every draw, block × option × draw, and the squares of what these
	// leave unexplained of the blocks left out.
	sums    []*mat.Dense
	without [][][]float64
	unseen  float64
}

// ridge keeps terms apart that say the same. It is so small beside the variance of a
// term, which is 1, that it changes no figure that is shown.
const ridge = 1e-8

// newDesign prepares the regression on columns that says most of what is to be fitted,
// option × draw, in draws that it has not seen.
func newDesign(columns []Column, y [][]float64) *design {
	var best *design
	least := math.Inf(1)
	for _, terms := range levels(columns, len(y[0]), explained(y)) {
		d := designOf(terms, len(y[0]))
		d.fitTo(y)
		if d.unseen < least {
			best, least = d, d.unseen
		}
	}
	return best
}

// designOf prepares a regression on terms.
func designOf(columns [][]float64, n int) *design {
	p := len(columns) + 1
	d := &design{x: mat.NewDense(n, p, nil), n: n, terms: len(columns), whole: mat.NewSymDense(p, nil)}
	for i := range n {
		d.x.Set(i, 0, 1)
		for j, c := range columns {
			d.x.Set(i, j+1, c[i])
		}
	}
	for b := range blocks {
		rows := d.block(b)
		g := mat.NewSymDense(p, nil)
		g.SymOuterK(1, rows.T())
		d.gram = append(d.gram, g)
		d.whole.AddSym(d.whole, g)
	}
	return d
}

// span is the draws of a block.
func (d *design) span(b int) (from, to int) {
	// the first draw whose block is b is the least i with i×blocks ≥ b×n
	return (b*d.n + blocks - 1) / blocks, ((b+1)*d.n + blocks - 1) / blocks
}

// block is the rows of a block.
func (d *design) block(b int) mat.Matrix {
	from, to := d.span(b)
	return d.x.Slice(from, to, 0, d.terms+1)
}

// moments are the sums of terms times what is to be fitted, by block: term × option.
func (d *design) moments(y [][]float64) []*mat.Dense {
	var all []*mat.Dense
	for b := range blocks {
		from, to := d.span(b)
		values := mat.NewDense(to-from, len(y), nil)
		for k := range y {
			for i := from; i < to; i++ {
				values.Set(i-from, k, y[k][i])
			}
		}
		var m mat.Dense
		m.Mul(d.block(b).T(), values)
		all = append(all, &m)
	}
	return all
}

// solve returns the coefficients, term × option, without one block; -1 for none.
func (d *design) solve(moments []*mat.Dense, without int) *mat.Dense {
	p := d.terms + 1
	gram := mat.NewSymDense(p, nil)
	gram.CopySym(d.whole)
	_, options := moments[0].Dims()
	right := mat.NewDense(p, options, nil)
	for b, m := range moments {
		if b != without {
			right.Add(right, m)
		}
	}
	if without >= 0 {
		for i := range p {
			for j := i; j < p; j++ {
				gram.SetSym(i, j, gram.At(i, j)-d.gram[without].At(i, j))
			}
		}
	}
	var factor mat.Cholesky
	for add, ok := ridge*float64(d.n), false; !ok; add *= 100 { // more where terms say the same to the last digit
		for i := 1; i < p; i++ {
			gram.SetSym(i, i, gram.At(i, i)+add)
		}
		ok = factor.Factorize(gram)
	}
	var coefficients mat.Dense
	_ = factor.SolveTo(&coefficients, right) // an error only says that terms are nearly alike, which the ridge is for
	return &coefficients
}

// fitTo fits to all draws but those of each block in turn.
func (d *design) fitTo(y [][]float64) {
	d.sums = d.moments(y)
	for b := range blocks {
		fitted := d.fitted(d.solve(d.sums, b))
		d.without = append(d.without, fitted)
		from, to := d.span(b)
		for k := range y {
			for i := from; i < to; i++ {
				d.unseen += (y[k][i] - fitted[k][i]) * (y[k][i] - fitted[k][i])
			}
		}
	}
}

// fit returns what is fitted to all draws: option × draw.
func (d *design) fit(y [][]float64) [][]float64 {
	return d.fitted(d.solve(d.moments(y), -1))
}

// fitted is what coefficients say of every draw: option × draw.
func (d *design) fitted(coefficients *mat.Dense) [][]float64 {
	var m mat.Dense
	m.Mul(d.x, coefficients)
	_, options := coefficients.Dims()
	var all [][]float64
	for k := range options {
		all = append(all, mat.Col(nil, k, &m))
	}
	return all
}

// explained is how much of what is to be fitted a term with mean 0 and variance 1
// explains by itself: its squared covariance with it, added up over options.
func explained(y [][]float64) func([]float64) float64 {
	return func(term []float64) float64 {
		all := 0.0
		for _, values := range y {
			sum := 0.0
			for i, v := range values {
				sum += v * term[i]
			}
			all += sum * sum
		}
		return all
	}
}
