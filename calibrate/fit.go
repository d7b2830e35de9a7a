package calibrate

import (
	"context"
	"fmt"
	"math"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// fit fits one candidate to the payments up to an origin, and holds it against
// those after it unless it is refused. Without options to run, nothing is simulated.
func (o *observed) fit(ctx context.Context, c candidate, origin calendar.Quarter, run *montecarlo.Options) (Fit, error) {
	f := Fit{FittedTo: origin, Input: c.name, Least: c.least, Most: c.most}
	n := o.upTo(origin)
	if err := o.solve(ctx, c, n, &f); err != nil {
		return f, err
	}
	v, err := c.times(f.Multiplier)
	if err != nil {
		return f, err
	}
	modelled, err := o.projected(v)
	if err != nil {
		return f, err
	}
	f.Typical = o.typical(modelled[:n])
	f.Refused = f.Gap != 0 || f.Multiplier < c.least || f.Multiplier > c.most
	if f.Refused {
		return f, nil
	}
	f.HeldOut = &BacktestQuarter{Held: true}
	for i, p := range o.used {
		q := BacktestQuarter{Quarter: p.quarter, Actual: p.amount, Modelled: modelled[i], Held: i >= n}
		if q.Held {
			f.HeldOut.Actual += q.Actual
			f.HeldOut.Modelled += q.Modelled
		}
		f.Quarters = append(f.Quarters, q.withError())
	}
	*f.HeldOut = f.HeldOut.withError()
	if run == nil {
		return f, nil
	}
	return f, o.spread(ctx, v, n, *run, &f)
}

// withError fills in the error; there is none relative to nothing.
func (q BacktestQuarter) withError() BacktestQuarter {
	if q.Actual > 0 {
		q.Error = new(q.Modelled/q.Actual - 1)
	}
	return q
}

// typical is the typical error of the first quarters of a series in £: see
// [Fit.Typical].
func (o *observed) typical(modelled []float64) float64 {
	squares, actual := 0.0, 0.0
	for i, m := range modelled {
		squares += math.Pow(m-o.used[i].amount, 2)
		actual += o.used[i].amount
	}
	return rootMean(squares, actual, len(modelled))
}

// rootMean is the root of the mean of n squares over the mean of what adds up to a
// total: infinite squares apart, 0 over nothing is 0.
func rootMean(squares, total float64, n int) float64 {
	if squares == 0 {
		return 0
	}
	return math.Sqrt(squares/float64(n)) / (total / float64(n))
}

// solve finds the multiplier at which the first n used quarters add up to what was
// paid: the one nearest to 1, because a cap can make payments fall again as children
// become more. If there is none it is the one tried that comes nearest, with its gap.
func (o *observed) solve(ctx context.Context, c candidate, n int, f *Fit) error {
	gap := func(multiplier float64) (float64, error) {
		if err := ctx.Err(); err != nil {
			return 0, fmt.Errorf("backtest stopped: %w", err)
		}
		return o.gap(c, multiplier, n)
	}
	at, err := gap(1)
	if err != nil {
		return err
	}
	f.Multiplier, f.Gap = 1, at
	if math.Abs(at) < within5p {
		f.Gap = 0
		return nil
	}
	inner, gaps := [2]float64{1, 1}, [2]float64{at, at} // downwards and upwards
	for inner[0] > c.from || inner[1] < c.to {
		for way, next := range [2]float64{max(c.from, inner[0]/math.Sqrt2), min(c.to, inner[1]*math.Sqrt2)} {
			if next == inner[way] {
				continue
			}
			at, err := gap(next)
			if err != nil {
				return err
			}
			if at*gaps[way] <= 0 {
				f.Gap = 0
				f.Multiplier, err = between(gap, inner[way], next, gaps[way], at)
				return err
			}
			if math.Abs(at) < math.Abs(f.Gap) {
				f.Multiplier, f.Gap = next, at
			}
			inner[way], gaps[way] = next, at
		}
	}
	return nil
}

// within5p is how near to what was paid modelled payments have to come, in £.
const within5p = 0.05

// between finds where a gap is nothing, to within 5 pence, between two multipliers
// at which it has opposite signs: by the secant through both ends, and every third
// time by the middle, so that it ends where the gap has a jump.
func between(gap func(float64) (float64, error), from, to, atFrom, atTo float64) (float64, error) {
	a, b := math.Log(from), math.Log(to)
	for step := 1; math.Abs(b-a) > 1e-9; step++ {
		middle := (a*atTo - b*atFrom) / (atTo - atFrom)
		if step%3 == 0 {
			middle = (a + b) / 2
		}
		at, err := gap(math.Exp(middle))
		switch {
		case err != nil:
			return 0, err
		case math.Abs(at) < within5p:
			return math.Exp(middle), nil
		case at*atFrom > 0:
			a, atFrom = middle, at
		default:
			b, atTo = middle, at
		}
	}
	return math.Exp((a + b) / 2), nil
}

// gap is modelled less actual payments of the first n used quarters, in £, with the
// inputs of a candidate multiplied.
func (o *observed) gap(c candidate, multiplier float64, n int) (float64, error) {
	v, err := c.times(multiplier)
	if err != nil {
		return 0, err
	}
	modelled, err := o.projected(v)
	if err != nil {
		return 0, err
	}
	sum := 0.0
	for i, m := range modelled[:n] {
		sum += m - o.used[i].amount
	}
	return sum, nil
}

// spread simulates the fitted model, for the ranges of what was held out and for
// how often chance alone strays as far as what was paid. first is how many used
// quarters were fitted.
func (o *observed) spread(ctx context.Context, v *scenario.Version, first int, run montecarlo.Options, f *Fit) error {
	run.Quantiles, run.TotalsOnly, run.Keep, run.AllValues, run.Prices = []float64{0.05, 0.95}, false, false, true, asPaid(v)
	run.FixedRates = true // a draw would put back the rates that were fitted
	r, err := montecarlo.Run(ctx, v, run)
	if err != nil {
		return err
	}
	paths := r.Paths(montecarlo.Payments)
	if paths == nil {
		return fmt.Errorf("the payments of %d replications were not kept: ask for fewer replications, or allow more memory", run.Replications)
	}
	quarters, together := make([][]float64, len(o.used)), make([]float64, 0, len(paths))
	stray := 0
	for _, path := range paths {
		path = o.modelled(path)
		sum := 0.0
		for i, amount := range path {
			if quarters[i] = append(quarters[i], amount); i >= first {
				sum += amount
			}
		}
		together = append(together, sum)
		if strays(path[:first], f.Quarters[:first], f.Typical) {
			stray++
		}
	}
	f.Stray = new(float64(stray) / float64(len(paths)))
	for i := first; i < len(f.Quarters); i++ {
		f.Quarters[i].within(quarters[i])
	}
	f.HeldOut.within(together)
	return nil
}
