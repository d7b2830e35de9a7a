package calibrate

import (
	"context"
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/mathext"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// livesPerDraw is how many replications are lived under each draw: their difference is
// chance alone, whatever the rates.
const livesPerDraw = 2

// carrying carries replications on from what was paid.
//
// Let x be what a replication counts of something, such as weeks paid for in a later
// quarter, and p what it is paid for the quarters that have ended, of which a was paid in
// fact. Had both a normal law, x + Cov(x, p) Var(p)⁻¹ (a - p) would be a draw from the law
// of x given a (Matheron's update: Journel and Huijbregts, "Mining Geostatistics" (1978),
// chapter VII; Wilson and others, "Pathwise conditioning of Gaussian processes", Journal of
// Machine Learning Research 22 (2021)). Sums over many children nearly have one. No
// replication is thrown away, so that many quarters do not leave a handful of them, as
// weights by likelihood would. Covariances are those of chance at given rates, from the
// differences between two replications of each draw.
type carrying struct {
	version   *scenario.Version
	seen      *observed
	posterior *Posterior
	options   ReforecastOptions
	run0      montecarlo.Options
	asOf      calendar.Date // the end of the last actual quarter
	last      int           // its place among the programme's quarters

	lived  []sparse      // by replication
	paid   [][]float64   // replication × quarter that is used
	cells  []int         // of counts, that go with what was paid
	gains  [][]float64   // Cov(x, p), by cell
	chance *mat.SymDense // Var(p)
	// size is the mean of the variance of a quarter over its expectation, and expected the
	// expectation of each quarter of the programme.
	size     float64
	expected []float64
	used     []float64       // the expectation of those that are used
	factors  []*mat.Cholesky // of Var(p) and the errors of quarters, by their size
}

// sparse is what a replication counts, without what is 0.
type sparse struct {
	at []int32
	n  []float32
}

// partsOf are the counts that are carried on: units, and weeks in both pairings.
func partsOf(c *contract.Expected) [3][]float64 {
	return [3][]float64{c.Units, c.Weeks, c.Independent.Weeks}
}

// carryOn lives lives under draws that are held to what was paid, and finds how they go
// together with it.
func carryOn(ctx context.Context, v *scenario.Version, seen *observed, posterior *Posterior, asOf calendar.Date, o ReforecastOptions) (*carrying, error) {
	last, _ := v.Programme.Calendar().Index(asOf.Quarter())
	c := &carrying{
		version: v, seen: seen, posterior: posterior, options: o, asOf: asOf, last: last,
		run0: montecarlo.Options{Seed: o.Seed, Workers: o.Workers, Prices: asPaid(v), Unwarned: true, AllValues: true, Quantiles: []float64{0.05, 0.95}},
	}
	draws := len(posterior.Draws[0])
	c.lived = make([]sparse, draws*livesPerDraw)
	if o.Progress != nil {
		c.run0.Progress = func(done, total int) { o.Progress(done, 2*total) }
	}
	r, err := montecarlo.RunAt(ctx, v, montecarlo.StatedInputs{Values: posterior.Draws, Lives: livesPerDraw, Recount: func() func(montecarlo.Lived) error { return c.keep }}, c.run0)
	if err != nil {
		return nil, err
	}
	paths := r.Paths(montecarlo.Payments)
	c.expected = make([]float64, len(paths[0]))
	for _, path := range paths {
		c.paid = append(c.paid, seen.modelled(path))
		for q, amount := range path {
			c.expected[q] += amount / float64(len(paths))
		}
	}
	c.used = seen.modelled(c.expected)
	c.covary()
	return c, c.factorise()
}

// keep keeps what a replication counts.
func (c *carrying) keep(l montecarlo.Lived) error {
	var s sparse
	base := 0
	for _, part := range partsOf(l.Counts) {
		for i, n := range part {
			if n != 0 {
				s.at, s.n = append(s.at, int32(base+i)), append(s.n, float32(n))
			}
		}
		base += len(part)
	}
	c.lived[l.Replication] = s
	return nil
}

// covary finds Var(p) and Cov(x, p) from the differences between the lives of each draw.
func (c *carrying) covary() {
	n := len(c.seen.used)
	c.chance = mat.NewSymDense(n, nil)
	gains := map[int32][]float64{}
	draws := len(c.paid) / livesPerDraw
	scale := 1 / float64(livesPerDraw*draws)
	difference := make([]float64, n)
	for d := range draws {
		a, b := livesPerDraw*d, livesPerDraw*d+1
		for i := range difference {
			difference[i] = c.paid[a][i] - c.paid[b][i]
		}
		c.chance.SymRankOne(c.chance, scale, mat.NewVecDense(n, difference))
		c.lived[a].less(c.lived[b], func(at int32, by float64) {
			row := gains[at]
			if row == nil {
				row = make([]float64, n)
				gains[at] = row
			}
			for i, x := range difference {
				row[i] += scale * by * x
			}
		})
	}
	for at := range gains {
		c.cells = append(c.cells, int(at))
	}
	slices.Sort(c.cells)
	for _, at := range c.cells {
		c.gains = append(c.gains, gains[int32(at)])
	}
	c.lived = nil
}

// less calls a function with each difference to another that is not 0.
func (s sparse) less(t sparse, with func(at int32, by float64)) {
	i, j := 0, 0
	for i < len(s.at) || j < len(t.at) {
		switch {
		case j == len(t.at) || i < len(s.at) && s.at[i] < t.at[j]:
			with(s.at[i], float64(s.n[i]))
			i++
		case i == len(s.at) || t.at[j] < s.at[i]:
			with(t.at[j], -float64(t.n[j]))
			j++
		default:
			if s.n[i] != t.n[j] {
				with(s.at[i], float64(s.n[i])-float64(t.n[j]))
			}
			i++
			j++
		}
	}
}

// factorise prepares Var(p) with each size that the error of a quarter may have: see
// [process].
func (c *carrying) factorise() error {
	n := len(c.used)
	for i, e := range c.used {
		if e > 0 {
			c.size += c.chance.At(i, i) / e / float64(n)
		}
	}
	for _, u := range c.posterior.Unexplained {
		with := mat.NewSymDense(n, nil)
		with.CopySym(c.chance)
		for i, e := range c.used {
			with.SetSym(i, i, c.chance.At(i, i)+u.Ratio*u.Ratio*c.size*e)
		}
		factor := &mat.Cholesky{}
		if !factor.Factorize(with) {
			return errors.New("payments of some quarter do not vary by chance under any draw, so that they say nothing of the children on the day: leave out quarters in which nobody can have earned anything")
		}
		c.factors = append(c.factors, factor)
	}
	return nil
}

// errorOf is the stream of the errors of quarters.
var errorOf = lives.NewStream("error of a quarter")

// errorSize is which size the errors of quarters have in a replication: as likely as what
// was paid says.
func (c *carrying) errorSize(replication int) (size int) {
	pick := errorOf.Unit(c.options.Seed, replication, 0)
	for ; size < len(c.factors)-1 && pick > c.posterior.Unexplained[size].Posterior; size++ {
		pick -= c.posterior.Unexplained[size].Posterior
	}
	return size
}

// stray is the error of a quarter in a replication, in £, given what is expected of it.
func (c *carrying) stray(replication, quarter int, expected float64) float64 {
	deviation := c.posterior.Unexplained[c.errorSize(replication)].Ratio * math.Sqrt(c.size*max(0, expected))
	return deviation * mathext.NormalQuantile(errorOf.Unit(c.options.Seed, replication, 1+quarter))
}

// carry moves what a replication counts to what was paid.
func (c *carrying) carry(l montecarlo.Lived) {
	off := mat.NewVecDense(len(c.used), nil)
	for i, q := range c.seen.used {
		off.SetVec(i, q.amount-c.paid[l.Replication][i]-c.stray(l.Replication, q.index, c.used[i]))
	}
	weights := mat.NewVecDense(len(c.used), nil)
	_ = c.factors[c.errorSize(l.Replication)].SolveVecTo(weights, off) // the error is a note on its condition
	parts := partsOf(l.Counts)
	part, base := 0, 0
	for k, at := range c.cells {
		for at-base >= len(parts[part]) {
			base += len(parts[part])
			part++
		}
		moved := parts[part][at-base]
		for i, g := range c.gains[k] {
			moved += g * weights.AtVec(i)
		}
		parts[part][at-base] = moved
	}
	for at, units := range l.Counts.Units {
		l.Counts.Units[at] = max(0, units)
	}
}

// strayLater gives each quarter after the day an error of its own.
func (c *carrying) strayLater(l montecarlo.Lived) {
	for q, e := range c.expected {
		if e <= 0 || q <= c.last {
			continue
		}
		factor := max(0, 1+c.stray(l.Replication, q, e)/e)
		for at := q; at < len(l.Counts.Units); at += len(c.expected) {
			l.Counts.Units[at] *= factor
		}
	}
}
