package information

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Assessment is what a decision comes to with what is known now, and what it would be
// worth to know more. Payoffs and values are in the unit of the decision's payoffs.
type Assessment struct {
	Draws   int      `json:"draws"`
	Options []Option `json:"options"` // in the order of the decision
	// Best is the place in Options of the one with the highest expected payoff: the
	// choice that is made without further information.
	Best int `json:"best"`
	// Perfect is what it is worth to know everything that is uncertain.
	Perfect Worth `json:"perfect"`
	// Partial are the groups, in the order in which they were given.
	Partial []Worth `json:"partial"`
	// Noise is the share of the variance of payoffs from draw to draw that is noise of
	// their estimates, and is taken out of chances, losses and Perfect: the largest of
	// all options. 0 where payoffs are exact.
	Noise float64 `json:"noise"`
}

// Option is what one choice comes to.
type Option struct {
	Name   string  `json:"name"`
	Payoff float64 `json:"payoff"` // expected
	StdErr float64 `json:"standard_error"`
	// Best is the chance that no other option pays more, given everything that is
	// uncertain. Of options that pay the same the first counts.
	Best       float64 `json:"chance_of_being_best"`
	BestStdErr float64 `json:"chance_standard_error"`
	// Loss is the expected opportunity loss of choosing it: what the best option of
	// each draw pays more, on average.
	Loss       float64 `json:"expected_loss"`
	LossStdErr float64 `json:"loss_standard_error"`
}

// Worth is what it is worth to learn something before the choice is made.
type Worth struct {
	Name string `json:"name"`
	// Value is what is reported, and Estimate what was found before it was lowered to
	// keep within a group that tells more.
	Value    float64 `json:"value"`
	StdErr   float64 `json:"standard_error"`
	Estimate float64 `json:"estimate"`
	// HeldOut is the value of choosing by what other draws say of those at hand, which
	// errs downwards, and can be below 0. Of perfect information, which needs no fit,
	// it is the same as Estimate.
	HeldOut       float64 `json:"held_out"`
	HeldOutStdErr float64 `json:"held_out_standard_error"`
	// Zero is the estimate for what tells nothing: the same columns, each draw having
	// those of another.
	Zero float64 `json:"zero"`
	// Terms is how many terms the regression has beside its constant.
	Terms int `json:"terms"`
}

// Settled reports whether the estimate and the value held out, of which one errs
// upwards and the other downwards, differ by no more than two standard errors of both:
// more draws would change the figure little beside its error.
func (w Worth) Settled() bool {
	return math.Abs(w.Estimate-w.HeldOut) <= 2*math.Hypot(w.StdErr, w.HeldOutStdErr)+1e-9*math.Abs(w.Estimate)
}

// Assess works out what a decision comes to, and what each group is worth knowing. It
// needs 200 draws or more; a thousand or more for a group of many columns. The same
// draws give the same figures.
func Assess(d Decision, groups []Group) (*Assessment, error) {
	if err := d.validate(groups); err != nil {
		return nil, err
	}
	a := &Assessment{Draws: len(d.Payoffs[0])}
	known, noise := d.withoutNoise()
	a.Noise = noise
	a.options(d, known)
	a.perfect()
	over := overFirst(d.Payoffs)
	a.Partial = make([]Worth, len(groups))
	var next atomic.Int64
	var working sync.WaitGroup
	for range runtime.GOMAXPROCS(0) { // each group by itself, so that their number changes nothing
		working.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(groups); i = int(next.Add(1)) - 1 {
				a.Partial[i] = partial(groups[i], over)
			}
		})
	}
	working.Wait()
	a.keepOrder(groups)
	return a, nil
}

// overFirst is what each option but the first pays more than the first, which is what
// the choice depends on.
func overFirst(payoffs [][]float64) [][]float64 {
	var all [][]float64
	for _, own := range payoffs[1:] {
		over := make([]float64, len(own))
		for i := range over {
			over[i] = own[i] - payoffs[0][i]
		}
		all = append(all, over)
	}
	return all
}

// options says what each choice comes to, from payoffs as they are and, draw by draw,
// from what the options pay more than the first without noise.
func (a *Assessment) options(d Decision, known [][]float64) {
	best, same := make([]int, a.Draws), tie(known...)
	for i := range best {
		best[i] = choice(known, i)
	}
	for k, name := range d.Options {
		var is, loss []float64
		for i, b := range best {
			one := 0.0
			lost := payoff(known, b, i) - payoff(known, k, i)
			if b == k || lost <= same {
				one = 1
			}
			is = append(is, one)
			loss = append(loss, lost)
		}
		o := Option{Name: name}
		o.Payoff, o.StdErr = meanError(d.Payoffs[k])
		o.Best, o.BestStdErr = meanError(is)
		o.Loss, o.LossStdErr = meanError(loss)
		a.Options = append(a.Options, o)
		if o.Payoff > a.Options[a.Best].Payoff {
			a.Best = k
		}
	}
}

// perfect is the value of perfect information: the least expected loss of a choice.
func (a *Assessment) perfect() {
	least := slices.MinFunc(a.Options, func(x, y Option) int { return cmp.Compare(x.Loss, y.Loss) })
	a.Perfect = Worth{Name: "everything", Value: least.Loss, StdErr: least.LossStdErr, Estimate: least.Loss, HeldOut: least.Loss, HeldOutStdErr: least.LossStdErr}
}

// keepOrder lowers estimates to those of groups that tell more, which are as good as
// theirs at least. Estimates err upwards, and so it is the higher that gives way.
func (a *Assessment) keepOrder(groups []Group) {
	place := map[string]int{}
	for i, g := range groups {
		place[g.Name] = i
		a.Partial[i].Value = min(a.Partial[i].Estimate, a.Perfect.Value)
	}
	for range groups { // a chain is at most so long
		for i, g := range groups {
			for j, other := range groups {
				if slices.Contains(g.Within, other.Name) || tells(other, g) {
					a.Partial[i].Value = min(a.Partial[i].Value, a.Partial[j].Value)
				}
			}
		}
	}
}

// tells reports whether a group has all columns of another.
func tells(all, some Group) bool {
	for _, c := range some.Columns {
		if !slices.ContainsFunc(all.Columns, func(o Column) bool { return o.Name == c.Name }) {
			return false
		}
	}
	return true
}

// gain is what it is worth to choose, draw by draw, between options that pay so much
// more than the first: option × draw, over the draws that are kept, or all.
func gain(over [][]float64, keep func(int) bool) float64 {
	means := make([]float64, len(over))
	chosen, n := 0.0, 0.0
	for i := range over[0] {
		if keep != nil && !keep(i) {
			continue
		}
		n++
		best := 0.0
		for k := range over {
			means[k] += over[k][i]
			best = max(best, over[k][i])
		}
		chosen += best
	}
	fixed := 0.0
	for _, m := range means {
		fixed = max(fixed, m/n)
	}
	return max(0, chosen/n-fixed) // below 0 by rounding alone
}

// meanError is a mean and its standard error.
func meanError(values []float64) (mean, stdErr float64) {
	n := float64(len(values))
	for _, v := range values {
		mean += v / n
	}
	sum := 0.0
	for _, v := range values {
		sum += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(sum / (n - 1) / n)
}
