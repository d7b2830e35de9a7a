package calibrate

import (
	"context"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/calibrate/claims"
	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// run lives the same lives once more, carries them on from what was paid, and prices them.
func (c *carrying) run(ctx context.Context, known *actuals, children *caseload) (*montecarlo.Result, error) {
	v, err := standsAs(c.version, known, c.asOf)
	if err != nil {
		return nil, err
	}
	o := c.run0
	if progress := c.options.Progress; progress != nil {
		o.Progress = func(done, total int) { progress(total+done, 2*total) }
	}
	recount := func() func(montecarlo.Lived) error {
		goOn := func(montecarlo.Lived) error { return nil }
		if children != nil {
			caseload := children.goOn(c.options.Seed, c.last)
			goOn = func(l montecarlo.Lived) error {
				c.below[l.Replication] = 0 // in what the caseload takes the place of
				return caseload(l)
			}
		}
		return func(l montecarlo.Lived) error {
			c.carry(l)
			known.divide(l)
			err := goOn(l)
			c.strayLater(l)
			return err
		}
	}
	return montecarlo.RunAt(ctx, v, montecarlo.StatedInputs{Values: c.posterior.Draws, Lives: livesPerDraw, Recount: recount}, o)
}

// divide gives the lines of each quarter that has ended units in proportion to what was
// claimed, where that is known, so that what was paid is shared over them as it was.
func (a *actuals) divide(l montecarlo.Lived) {
	shape := l.Counts.Shape
	for q, quarter := range shape.Quarters {
		lines := a.lines[quarter]
		if len(lines) == 0 || lines[0].Council == "" && lines[0].Metric == "" {
			continue
		}
		shares := make([]float64, len(shape.Metrics)*len(shape.Commissioners))
		for _, line := range lines {
			a.spread(l, q, line, shares)
		}
		for m := range shape.Metrics {
			for c := range shape.Commissioners {
				l.Counts.UnitsOf(m, c)[q] = shares[shape.Row(m, c)]
			}
		}
	}
}

// spread gives the units of a line to its metrics and councils, in proportion to what they
// are worth in the replication, or in equal parts where nothing is.
func (a *actuals) spread(l montecarlo.Lived, q int, line claims.Line, shares []float64) {
	shape, worth, sum := l.Counts.Shape, make([]float64, len(shares)), 0.0
	var tariffs []float64
	var rows []int
	for m, metric := range l.Programme.Contract.Metrics {
		for c, council := range shape.Commissioners {
			tariff := tariffOf(metric, council)
			if tariff.IsPositive() && (line.Metric == "" || line.Metric == metric.Name) && (line.Council == "" || line.Council == council) {
				row := shape.Row(m, c)
				rows, tariffs = append(rows, row), append(tariffs, tariff.InexactFloat64())
				worth[row] = tariff.InexactFloat64() * l.Counts.UnitsOf(m, c)[q]
				sum += worth[row]
			}
		}
	}
	for i, row := range rows {
		part := 1 / float64(len(rows))
		if sum > 0 {
			part = worth[row] / sum
		}
		shares[row] += part * line.Amount.InexactFloat64() / tariffs[i]
	}
}

// tariffOf is the price of a metric for a council, in £.
func tariffOf(metric contract.Metric, council string) decimal.Decimal {
	if own, ok := metric.Tariff.ByCommissioner[council]; ok {
		return own
	}
	return metric.Tariff.Amount
}

// report says what the replications come to.
func (o *Outlook) report(c *carrying, run *montecarlo.Result, known *actuals, children *caseload) {
	p, v := c.posterior, o.Version
	o.AsOf, o.Prices, o.Evidence, o.EffectiveSize = c.asOf, asPaid(v), p.Evidence, p.EffectiveSize
	o.Draws, o.Replications, o.Seed = len(p.Draws[0]), run.Conventions.Replications, c.options.Seed
	o.Given, o.Differ, o.Filled, o.Absent, o.Later = known.given, known.differ, known.filled, known.absent, known.later
	o.Granted, o.Derived, o.Unearned, o.Unsplit = p.Granted, p.Derived, p.Unearned, known.unsplit(v.Programme)
	o.Updated, o.Unexplained = p.Inputs, p.Unexplained
	o.Below, o.BelowAmount = below(c.below)
	if children != nil {
		o.Caseload = &children.Caseload
	}
	quarters := run.Quarters
	paths := run.Paths(montecarlo.Payments)
	for q, quarter := range quarters {
		one := ReforecastQuarter{Quarter: quarter, ToDate: forecastOf(sums(paths, func(at int) bool { return at <= q }))}
		if q <= c.last {
			one.Actual = new(known.amountOf(quarter))
			if known.given && quarter < known.paid[0].Quarter {
				o.Unclaimed = append(o.Unclaimed, model.QuarterAmount{Quarter: quarter})
			}
		} else {
			one.Forecast = new(forecastOf(sums(paths, func(at int) bool { return at == q })))
		}
		o.Quarters = append(o.Quarters, one)
	}
	o.Outturn = c.outturn(run)
	for _, measure := range []string{montecarlo.Avoided, montecarlo.Cashable} {
		if total, ok := run.Totals.Of(measure); ok {
			o.Care = append(o.Care, CareAvoided{measure, c.amounts(run.Paths(total.Name, total.Of, total.Arm, total.Pairing), nil), total.Pairing})
		}
	}
	for _, target := range v.Programme.SavingsTargets {
		net, ok := run.Probabilities.Of(montecarlo.TargetMet, target.String())
		gross, both := run.Probabilities.Of(montecarlo.TargetMetGross, target.String())
		if ok && both {
			o.Targets = append(o.Targets, TargetChance{target.String(), net.Probability, gross.Probability})
		}
	}
	if reached, ok := run.Probabilities.Of(montecarlo.CapReached); ok {
		o.CapReached = &reached.Probability
	}
}

// below is the share of replications in which something would be below 0, and how much
// that is in the mean of all.
func below(amounts []float64) (share, mean float64) {
	n := float64(len(amounts))
	for _, x := range amounts {
		if x > 0 {
			share++
		}
		mean += x / n
	}
	return share / n, mean
}

// amountOf is what was paid for a quarter, in £.
func (a *actuals) amountOf(q calendar.Quarter) float64 {
	for _, paid := range a.paid {
		if paid.Quarter == q {
			return paid.Amount.InexactFloat64()
		}
	}
	return 0
}

// unsplit are the quarters of which it is not known what each of several councils claimed.
func (a *actuals) unsplit(p *model.Programme) (all []model.QuarterAmount) {
	for _, q := range a.paid {
		if len(p.Commissioners) > 1 && !a.splits(q.Quarter) {
			all = append(all, q)
		}
	}
	return all
}

// splits reports whether it is known what each council claimed for a quarter.
func (a *actuals) splits(q calendar.Quarter) bool {
	lines := a.lines[q]
	return len(lines) > 0 && lines[0].Council != ""
}

// outturn is what is paid by council and financial year.
func (c *carrying) outturn(run *montecarlo.Result) (all []Outturn) {
	years, index := finance.Years(run.Quarters)
	_, councils := namesOf(c.version.Programme)
	for _, council := range append(councils, "") {
		own, others := c.pathsOf(run, council, councils)
		for y := range len(years) + 1 {
			one := Outturn{Council: council}
			counts := func(int) bool { return true }
			if y < len(years) {
				one.Year, counts = years[y], func(q int) bool { return index[q] == y }
			}
			one.Own, one.Others = c.amounts(own, counts), c.amounts(others, counts)
			all = append(all, one)
		}
	}
	return all
}

// pathsOf are what a council pays itself and what others pay of its claims, replication ×
// quarter; of no council, those of all.
func (c *carrying) pathsOf(run *montecarlo.Result, council string, councils []string) (own, others [][]float64) {
	if council != "" {
		return run.Paths(montecarlo.Payments, council), run.Paths(montecarlo.OtherPayments, council)
	}
	for _, name := range councils {
		own = plus(own, run.Paths(montecarlo.Payments, name))
		others = plus(others, run.Paths(montecarlo.OtherPayments, name))
	}
	return own, others
}

// plus adds paths up.
func plus(a, b [][]float64) [][]float64 {
	if a == nil {
		return b
	}
	for i := range b {
		for q, x := range b[i] {
			a[i][q] += x
		}
	}
	return a
}

// amounts divides paths at the day; counts says which quarters are meant, nil all. Without
// paths there is nothing to pay.
func (c *carrying) amounts(paths [][]float64, counts func(quarter int) bool) Amounts {
	if len(paths) == 0 {
		return Amounts{}
	}
	among := func(when func(q int) bool) Forecast {
		return forecastOf(sums(paths, func(q int) bool { return when(q) && (counts == nil || counts(q)) }))
	}
	return Amounts{
		ToDate:  among(func(q int) bool { return q <= c.last }),
		Ahead:   among(func(q int) bool { return q > c.last }),
		Outturn: among(func(int) bool { return true }),
	}
}

// sums adds up some quarters of each path.
func sums(paths [][]float64, counts func(quarter int) bool) []float64 {
	all := make([]float64, len(paths))
	for i, path := range paths {
		for q, x := range path {
			if counts(q) {
				all[i] += x
			}
		}
	}
	return all
}

// forecastOf describes values of replications, of which those of one draw stand together.
func forecastOf(values []float64) Forecast {
	n := float64(len(values))
	mean, variance, chance := values[0], 0.0, 0.0
	for _, x := range values {
		mean += (x - values[0]) / n // what is the same everywhere is its own mean
	}
	for i, x := range values {
		variance += (x - mean) * (x - mean) / n
		if i%livesPerDraw == 1 {
			chance += math.Pow(x-values[i-1], 2) / n
		}
	}
	sorted := slices.Sorted(slices.Values(values))
	f := Forecast{Mean: mean, Low: sorted[orderstatistic.At(len(sorted), 0.05)], High: sorted[orderstatistic.At(len(sorted), 0.95)]}
	part := 0.0
	if variance > 0 {
		part = min(1, math.Sqrt(chance/variance))
	}
	f.ChanceLow, f.ChanceHigh = mean+part*(f.Low-mean), mean+part*(f.High-mean)
	return f
}
