package plot

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// ShortfallCurve draws the probability that the facility is too small, in % of
// replications, over the cost of delivery, which is rarely known well enough to
// give the probability as one number. Each point has its 95% Monte Carlo range, and
// the current value is marked. With one curve the mean cost in £ stands under each
// multiple. Curves are of [sensitivity.DeliveryCost] or another driver, the same
// for all.
//
// Curves of a programme without delivery terms give an error that wraps
// [finance.ErrNoDelivery].
func ShortfallCurve(curves ...*sensitivity.Curved) (*Figure, error) {
	p, err := curvesOf(curves)
	if err != nil {
		return nil, err
	}
	driver := curves[0].Driver
	f := &Figure{
		Note: note(p, nil, along(curves)+"; all inputs but "+driver.Name+" unchanged", whatWasDrawn...),
		Columns: []string{
			"case", "of", "driver", "value", "unit", "mean cost of delivery, £", "probability that the facility is too small", "low", "high",
		},
	}
	names := casesOf(curves)
	colours := caseColours(names)
	var all []chance
	var said []string
	var versions []*model.Programme
	priced := false
	for i, c := range curves {
		versions = append(versions, c.Version.Programme)
		if short(c) {
			return nil, noCapital(c.Version)
		}
		one := newChance(c, func(p sensitivity.Point) float64 { return p.Value }, func(p sensitivity.Point) montecarlo.ProbabilityOf { return p.Capital.Short })
		one.name, one.colour = words.Capital(names[i]), colours[i]
		costs := costOf(c.Version.Programme, c)
		one.runs(f, names[i], "facility", func(k int) []any { return []any{driver.Name, one.x[k], driver.Unit, costs(one.x[k])} })
		said = append(said, one.said(driver)+costSaid(costs, c))
		if cost := costs(c.Unchanged.Value); len(curves) > 1 && finite(cost) {
			one.name += ", " + money(cost)
			priced = true
		}
		one.ends = len(curves) > 1
		all = append(all, one)
	}
	ticks := driverTicks(driver)
	if len(curves) == 1 {
		all[0].name = "" // there is nothing to tell apart
		ticks = costTicks(ticks, costOf(p, curves[0]), driver)
	}
	if limit := limitSaid("facility", names, versions, commitment); limit != "" {
		said = append(said, limit)
	}
	asIs, at := "Current value", "At the current value"
	if driver.Name == sensitivity.DeliveryCost && costsOfDelivery.with(p.Register, model.Assumed) != "" {
		asIs, at = "Current assumption", "At the assumed cost"
	}
	switch {
	case len(curves) == 1:
		asIs += ": " + all[0].at(all[0].now)
	case priced:
		asIs += " (mean costs at the right)"
	}
	f.Title, f.Summary = shortfallFound(curves, at), strings.Join(said, " ")
	f.Subtitle = setting("% of replications in which the facility is too small for all it must pay"+axisSaid(all)+"; "+covering("chances", conventionsAlong(curves)...),
		p, curves[0].Conventions.PriceBase, versionsAlong(curves)...)
	f.Panels = []Panel{{Plot: chances(all, ticks, asIs)}}
	f.Panels[0].Plot.X.Label.Text = words.Capital(inUnit(driver))
	return inCurrency(f, p), nil
}

// shortfallFound says how likely the facility is to be too small at the current value of
// what the curves run along.
func shortfallFound(curves []*sensitivity.Curved, at string) string {
	low, high := 0, 0
	for i, c := range curves {
		if c.Unchanged.Capital.Short.Probability < curves[low].Unchanged.Capital.Short.Probability {
			low = i
		}
		if c.Unchanged.Capital.Short.Probability > curves[high].Unchanged.Capital.Short.Probability {
			high = i
		}
	}
	least, most := curves[low].Unchanged.Capital.Short, curves[high].Unchanged.Capital.Short
	likelihood := likelyTo(least)
	if likelyTo(most) != likelihood {
		likelihood = fromTo(least, most) + " to"
	}
	facility := "the facility"
	if pounds, ok := commitment(curves[0].Version.Programme); ok && !slices.ContainsFunc(curves, func(c *sensitivity.Curved) bool { return committed(c.Version.Programme) != pounds }) {
		facility = "the " + money(pounds) + " facility"
	}
	return onOneLine(curves[0].Version.Programme.Currency, at+" "+facility+" is "+likelihood+" be too small", at+" the facility is "+likelihood+" be too small")
}

// short reports whether a curve lacks figures of capital.
func short(c *sensitivity.Curved) bool {
	for _, point := range c.Points {
		if point.Capital == nil {
			return true
		}
	}
	return c.Unchanged.Capital == nil
}

// costOf returns the mean cost of delivery of a case in £ at a multiple of the
// current value. A curve does not hold it, but it is receipts less surplus. Along
// another driver, or with grants or a delivery fee, it is not a number.
func costOf(p *model.Programme, c *sensitivity.Curved) func(x float64) float64 {
	known := c.Driver.Name == sensitivity.DeliveryCost && c.Driver.Unit == "×" && p.Delivery != nil && len(p.Contract.Grants) == 0 && p.Contract.Fee == nil
	if !known {
		return func(float64) float64 { return math.NaN() }
	}
	received := c.Unchanged.Payments.Mean * (1 - p.Delivery.Disallowed.InexactFloat64())
	cost := received - c.Unchanged.Capital.Surplus.Mean
	return func(x float64) float64 { return cost * x / c.Driver.Neutral }
}

// costTicks writes the cost in £ under each multiple, if it is known.
func costTicks(ticks plot.Ticker, cost func(float64) float64, d sensitivity.Driver) plot.Ticker {
	if !finite(cost(d.Neutral)) {
		return ticks
	}
	return factorTicks(func(x float64) string { return money(cost(x)) })
}

func costSaid(cost func(float64) float64, c *sensitivity.Curved) string {
	if now := cost(c.Unchanged.Value); finite(now) {
		return fmt.Sprintf(" At the current value the mean cost of delivery is %s.", words.Pounds(now))
	}
	return ""
}

// said puts a probability along a driver in words: at the ends and at the current
// value.
func (c chance) said(d sensitivity.Driver) string {
	last := len(c.x) - 1
	return fmt.Sprintf("%s: %s at %s, %s at the current value (%s), %s at %s.", c.name,
		c.at(0), d.Text(c.x[0]), c.at(c.now), c.within(c.now), c.at(last), d.Text(c.x[last]))
}
