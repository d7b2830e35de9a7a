package calibrate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/mathext"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
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

	claimed []claimed     // p and a
	lived   []sparse      // by replication
	shares  [][]float64   // replication × council and quarter, where councils' claims are known
	paid    [][]float64   // replication × claimed
	cells   []int         // of counts, that go with what was paid
	gains   [][]float64   // Cov(x, p), by cell
	chance  *mat.SymDense // Var(p)
	// size is the mean of the variance of a quarter over its expectation, and expected the
	// expectation of each quarter of the programme.
	size     float64
	expected []float64
	// earned is what units of each quarter are worth before any cap, by replication until
	// its mean is known.
	earned  [][]float64
	factors []*mat.Cholesky // of Var(p) and the errors of quarters, by their size
	below   []float64       // what would be below 0 in later quarters, in £, by replication
}

// claimed is a payment that replications are carried on from: that of a quarter or, where
// it is known, of one council in it, so that children in placement are those of the council
// that claims for them.
type claimed struct {
	used     int // the place of the quarter among those that are used
	quarter  int // its place in the programme
	council  int // its place in the programme; all together if below 0
	amount   float64
	expected float64
}

// claimedOf are the payments that are used, by council where that is known. Of one council
// there is nothing to tell apart.
func claimedOf(p *model.Programme, known *actuals, seen *observed) (all []claimed) {
	_, councils := namesOf(p)
	for i, q := range seen.used {
		if len(councils) == 1 || !known.splits(q.quarter) {
			all = append(all, claimed{used: i, quarter: q.index, council: -1, amount: q.amount})
			continue
		}
		for k, council := range councils {
			one := claimed{used: i, quarter: q.index, council: k}
			for _, line := range known.lines[q.quarter] {
				if line.Council == council {
					one.amount += line.Amount.InexactFloat64()
				}
			}
			all = append(all, one)
		}
	}
	return all
}

// byCouncil reports whether some payment is known by council.
func (c *carrying) byCouncil() bool {
	return slices.ContainsFunc(c.claimed, func(one claimed) bool { return one.council >= 0 })
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
func carryOn(ctx context.Context, v *scenario.Version, known *actuals, seen *observed, posterior *Posterior, asOf calendar.Date, o ReforecastOptions) (*carrying, error) {
	last, _ := v.Programme.Calendar().Index(asOf.Quarter())
	c := &carrying{
		version: v, seen: seen, posterior: posterior, options: o, asOf: asOf, last: last, claimed: claimedOf(v.Programme, known, seen),
		run0: montecarlo.Options{Seed: o.Seed, Workers: o.Workers, Prices: asPaid(v), Unwarned: true, AllValues: true, Quantiles: []float64{0.05, 0.95}},
	}
	draws := len(posterior.Draws[0])
	if n := len(c.claimed); c.byCouncil() && draws < 2*n {
		return nil, fmt.Errorf("%d draws are too few for %d claims by council and quarter: use %d or more", draws, n, 2*n)
	}
	c.below = make([]float64, draws*livesPerDraw)
	c.lived, c.shares, c.earned = make([]sparse, draws*livesPerDraw), make([][]float64, draws*livesPerDraw), make([][]float64, draws*livesPerDraw)
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
		for q, amount := range path {
			c.expected[q] += amount / float64(len(paths))
		}
	}
	if err := c.pay(paths); err != nil {
		return nil, err
	}
	c.uncap()
	c.covary()
	return c, c.factorise()
}

// pay works out what each replication is paid of what was claimed, and leaves out councils
// that no replication is paid for in a quarter. One of them that claims is refused.
func (c *carrying) pay(paths [][]float64) error {
	for i, path := range paths {
		c.paid = append(c.paid, c.paidOf(path, c.shares[i]))
	}
	for i := range c.claimed {
		for _, paid := range c.paid {
			c.claimed[i].expected += paid[i] / float64(len(paths))
		}
	}
	var faults []error
	for i := len(c.claimed) - 1; i >= 0; i-- {
		if one := c.claimed[i]; one.council >= 0 && one.expected <= 0 {
			if one.amount > 0 {
				faults = append(faults, c.unexpected(one))
			}
			c.claimed = slices.Delete(c.claimed, i, i+1)
			for k := range c.paid {
				c.paid[k] = slices.Delete(c.paid[k], i, i+1)
			}
		}
	}
	c.shares = nil
	slices.Reverse(faults)
	return errors.Join(faults...)
}

// unexpected says that a council claims of whose children nothing is expected.
func (c *carrying) unexpected(one claimed) error {
	p := c.version.Programme
	return fmt.Errorf("%s claims %s for %s, and the file expects nothing of its children then: give it a share of referrals, or claims without councils",
		p.Commissioners[one.council].Name, words.Pounds(one.amount), p.Shape().Quarters[one.quarter])
}

// paidOf is what one replication is paid of what was claimed, with the councils' shares of
// each quarter.
func (c *carrying) paidOf(path, shares []float64) (all []float64) {
	series := map[int][]float64{}
	for _, one := range c.claimed {
		if series[one.council] == nil {
			of := slices.Clone(path)
			for q := range path {
				if one.council >= 0 {
					of[q] *= shares[one.council*len(path)+q]
				}
			}
			series[one.council] = c.seen.modelled(of)
		}
		all = append(all, series[one.council][one.used])
	}
	return all
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
	shares, worth := sharesOf(l)
	c.earned[l.Replication] = worth
	if c.byCouncil() {
		c.shares[l.Replication] = shares
	}
	return nil
}

// uncap takes what is expected of later quarters as what is earned in them where a cap
// takes off more than a twentieth: the error of a quarter is one of what is earned, which
// a cap does not make smaller. What is earned is paid for in the proportion that it is to
// date.
func (c *carrying) uncap() {
	mean := make([]float64, len(c.expected))
	for _, worth := range c.earned {
		for q, w := range worth {
			mean[q] += w / float64(len(c.earned))
		}
	}
	c.earned = nil
	paid, earned := 0.0, 0.0
	for _, q := range c.seen.used {
		paid, earned = paid+c.expected[q.index], earned+mean[q.index]
	}
	if earned <= 0 {
		return
	}
	for q := c.last + 1; q < len(mean); q++ {
		if would := mean[q] * paid / earned; c.expected[q] < 0.95*would {
			c.expected[q] = would
		}
	}
}

// sharesOf are the councils' shares, council × quarter, of what the units of a quarter are
// worth, and what that is, in £ at the tariffs.
func sharesOf(l montecarlo.Lived) (shares, sums []float64) {
	shape := l.Counts.Shape
	quarters := len(shape.Quarters)
	shares, sums = make([]float64, len(shape.Commissioners)*quarters), make([]float64, quarters)
	for m, metric := range l.Programme.Contract.Metrics {
		for k, council := range shape.Commissioners {
			tariff := tariffOf(metric, council).InexactFloat64()
			for q, units := range l.Counts.UnitsOf(m, k) {
				shares[k*quarters+q] += tariff * units
				sums[q] += tariff * units
			}
		}
	}
	for at := range shares {
		if sum := sums[at%quarters]; sum > 0 {
			shares[at] /= sum
		}
	}
	return shares, sums
}

// covary finds Var(p) and Cov(x, p) from the differences between the lives of each draw.
func (c *carrying) covary() {
	n := len(c.claimed)
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
	chance, expected := make([]float64, len(c.seen.used)), make([]float64, len(c.seen.used))
	for i, one := range c.claimed {
		expected[one.used] += one.expected
		for j, other := range c.claimed {
			if one.used == other.used {
				chance[one.used] += c.chance.At(i, j)
			}
		}
	}
	for i, e := range expected {
		if e > 0 {
			c.size += chance[i] / e / float64(len(expected))
		}
	}
	n := len(c.claimed)
	for _, u := range c.posterior.Unexplained {
		with := mat.NewSymDense(n, nil)
		with.CopySym(c.chance)
		for i, one := range c.claimed {
			with.SetSym(i, i, c.chance.At(i, i)+u.Ratio*u.Ratio*c.size*one.expected)
		}
		factor := &mat.Cholesky{}
		if !factor.Factorize(with) {
			return c.unvarying()
		}
		c.factors = append(c.factors, factor)
	}
	return nil
}

// unvarying is the error of payments that do not vary by chance, or not by themselves.
func (c *carrying) unvarying() error {
	var quarters []string
	for i, one := range c.claimed {
		if name := c.seen.used[one.used].quarter.String(); c.chance.At(i, i) <= 0 && !slices.Contains(quarters, name) {
			quarters = append(quarters, name)
		}
	}
	return unvarying(quarters, "the children on the day")
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

// stray is the error of a quarter in a replication, in £, given what is expected of it; or
// that of one council in it, if it is not below 0.
func (c *carrying) stray(replication, quarter, council int, expected float64) float64 {
	deviation := c.posterior.Unexplained[c.errorSize(replication)].Ratio * math.Sqrt(c.size*max(0, expected))
	return deviation * mathext.NormalQuantile(errorOf.Unit(c.options.Seed, replication, 1+quarter+(1+council)*len(c.expected)))
}

// carry moves what a replication counts to what was paid.
func (c *carrying) carry(l montecarlo.Lived) {
	off := mat.NewVecDense(len(c.claimed), nil)
	for i, one := range c.claimed {
		off.SetVec(i, one.amount-c.paid[l.Replication][i]-c.stray(l.Replication, one.quarter, one.council, one.expected))
	}
	weights := mat.NewVecDense(len(c.claimed), nil)
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
	c.below[l.Replication] = c.notBelow(l)
}

// notBelow takes units that are below 0 as none, and returns what those of later quarters
// are worth, in £.
func (c *carrying) notBelow(l montecarlo.Lived) (worth float64) {
	shape := l.Counts.Shape
	for m, metric := range l.Programme.Contract.Metrics {
		for k, council := range shape.Commissioners {
			of, tariff := l.Counts.UnitsOf(m, k), tariffOf(metric, council).InexactFloat64()
			for q, units := range of {
				if units < 0 && q > c.last {
					worth -= units * tariff
				}
				of[q] = max(0, units)
			}
		}
	}
	return worth
}

// strayLater gives each quarter after the day an error of its own.
func (c *carrying) strayLater(l montecarlo.Lived) {
	for q, e := range c.expected {
		if e <= 0 || q <= c.last {
			continue
		}
		factor := 1 + c.stray(l.Replication, q, -1, e)/e
		for at := q; at < len(l.Counts.Units); at += len(c.expected) {
			l.Counts.Units[at] *= factor
		}
	}
	c.below[l.Replication] += c.notBelow(l)
}
