package plot

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// SavingCurve draws the probability of a net public saving, gross avoided cost
// above all payments, in % of replications over a driver such as
// [sensitivity.ResidentialPrice] or [sensitivity.ResidentialCost]. Each point has
// its 95% Monte Carlo range, and the current value is marked. With one curve each
// council is drawn too, with its own payments alone; several curves are cases along
// the same driver.
func SavingCurve(curves ...*sensitivity.Curved) (*Figure, error) {
	p, err := curvesOf(curves)
	if err != nil {
		return nil, err
	}
	curves = whereItChanges(curves)
	driver := curves[0].Driver
	s := savingCurve{
		x: func(p sensitivity.Point) float64 { return p.Value }, write: driver.Text,
		columns: []string{driver.Name + " (" + driver.Unit + ")", "deadweight"},
	}
	f := s.figure(p, curves)
	f.Title = savingFound(versionsAlong(curves), s.public, drivenAlong(driver))
	f.Subtitle = s.subtitle(p, curves, "by "+inUnit(driver))
	s.draw(f, driverTicks(driver))
	return inCurrency(f, p), nil
}

// DeadweightCurve draws the probability of a net public saving, in % of
// replications, over deadweight: weeks of success without the programme as a share
// of those with it; see [sensitivity.Point]. Curves are of a driver that
// changes it, such as [sensitivity.WithoutProgramme] or [sensitivity.IntoSuccess].
// In all else it is like [SavingCurve].
func DeadweightCurve(curves ...*sensitivity.Curved) (*Figure, error) {
	p, err := curvesOf(curves)
	if err != nil {
		return nil, err
	}
	for _, c := range curves {
		if !slices.ContainsFunc(c.Points, func(p sensitivity.Point) bool { return math.Abs(p.Deadweight-c.Unchanged.Deadweight) > 1e-9 }) && len(c.Points) > 1 {
			return nil, noDeadweight(c.Driver.Name)
		}
	}
	tried := valuesTried(curves)
	curves = withinSuccess(curves)
	s := savingCurve{
		x: func(p sensitivity.Point) float64 { return p.Deadweight }, write: whole,
		columns: []string{curves[0].Driver.Name + " (" + curves[0].Driver.Unit + ")", "deadweight"},
	}
	f := s.figure(p, curves)
	f.Note = strings.Replace(f.Note, "; a saving is", "; deadweight is weeks of success without the programme as % of those with it; each line is drawn as far as "+tried+" move it, and to 100% at most; a saving is", 1)
	f.Title = deadweightFound(versionsAlong(curves), s.public)
	f.Subtitle = s.subtitle(p, curves, "by deadweight, % of success")
	s.draw(f, shareTicks())
	return inCurrency(f, p), nil
}

// valuesTried says of curves over which values of their driver they run, to two figures:
// "× 0.25 to × 3.7 of moves into dearer care without the programme".
func valuesTried(curves []*sensitivity.Curved) string {
	d, low, high := curves[0].Driver, math.Inf(1), math.Inf(-1)
	for _, c := range curves {
		low, high = min(low, c.Unchanged.Value), max(high, c.Unchanged.Value)
		for _, p := range c.Points {
			low, high = min(low, p.Value), max(high, p.Value)
		}
	}
	figures := func(x float64) string {
		unit := tenthOfPower(x)
		return d.Text(unit * math.Round(x/unit))
	}
	return span(figures(low), figures(high)) + " of " + d.Name
}

// withinSuccess leaves out the points of curves whose deadweight is above 100%, where
// children would do better without the programme, but for the current values.
func withinSuccess(curves []*sensitivity.Curved) (cut []*sensitivity.Curved) {
	for _, c := range curves {
		own := *c
		own.Points = slices.DeleteFunc(slices.Clone(c.Points), func(p sensitivity.Point) bool { return p.Deadweight > 1+1e-9 })
		cut = append(cut, &own)
	}
	return cut
}

// draw draws the chances and names them, or the current value that they share, with the
// chance there if that of one line is drawn alone or before others.
func (s *savingCurve) draw(f *Figure, ticks plot.Ticker) {
	asIs := "Now " + s.write(s.public[0].x[s.public[0].now])
	if len(s.public) == 1 {
		asIs += ": " + s.public[0].at(s.public[0].now) + " likely"
	}
	f.Panels = []Panel{{Plot: chances(s.all, ticks, asIs)}}
	f.placed = namedAtNow(s.all, s.write)
}

// whereItChanges leaves out the ends of curves along which hardly any answer changes: it
// keeps the points with a probability from 5% to 90% in any of them, one more on either
// side, and the current value. Curves that stay on one side of an even chance are whole.
func whereItChanges(curves []*sensitivity.Curved) []*sensitivity.Curved {
	const low, high = 0.05, 0.90
	from, to := math.Inf(1), math.Inf(-1)
	for _, c := range curves {
		one := newChance(c, func(p sensitivity.Point) float64 { return p.Value }, saves)
		if how, _ := one.evenOdds(); how == oddsAbove || how == oddsBelow {
			return curves
		}
		for i, p := range one.p {
			if p >= low && p <= high || i == one.now {
				from, to = min(from, one.x[max(0, i-1)]), max(to, one.x[min(len(one.x)-1, i+1)])
			}
		}
	}
	var cut []*sensitivity.Curved
	for _, c := range curves {
		own := *c
		own.Points = slices.DeleteFunc(slices.Clone(c.Points), func(p sensitivity.Point) bool { return p.Value < from || p.Value > to })
		cut = append(cut, &own)
	}
	return cut
}

// savingCurve is the probabilities of a saving along something.
type savingCurve struct {
	x       func(sensitivity.Point) float64
	write   func(float64) string // a value of it
	columns []string             // what the driver's value and deadweight are called
	all     []chance
	public  []chance // those of them that are of all together
	undrawn string   // says that councils are not drawn
}

// subtitle says what is drawn along what.
func (s *savingCurve) subtitle(p *model.Programme, curves []*sensitivity.Curved, by string) string {
	return setting("% of replications that save"+axisSaid(s.all)+", "+by+"; "+covering("chances", conventionsAlong(curves)...),
		p, curves[0].Conventions.PriceBase, versionsAlong(curves)...) + fittedLine(bearsOn{ranges: true, money: true}, versionsAlong(curves)...)
}

// figure fills in everything but the panel. The caller begins the subtitle with
// what the curves run along.
func (s *savingCurve) figure(p *model.Programme, curves []*sensitivity.Curved) *Figure {
	f := &Figure{
		Columns: slices.Concat([]string{"case", "of"}, s.columns, []string{"probability of a saving", "low", "high"}),
	}
	names := casesOf(curves)
	colours := caseColours(names)
	var said []string
	for i, c := range curves {
		one := newChance(c, s.x, saves)
		one.name, one.colour = words.Capital(names[i]), colours[i]
		if len(curves) == 1 {
			one.name, one.ends = "Public purse", true
		}
		one.runs(f, names[i], "public", s.values(c))
		said = append(said, s.said(one))
		s.all, s.public = append(s.all, one), append(s.public, one)
	}
	if len(curves) == 1 {
		said = append(said, s.councils(f, curves[0], names[0])...)
	}
	made := withPairing(along(curves), curvePairings(curves)) + "; a saving is gross avoided cost above payments" + "; all inputs but " + curves[0].Driver.Name + " unchanged"
	if len(s.all) > len(curves) {
		made += "; each council is compared with its own payments, the public purse with all payments"
	}
	f.Note = note(p, nil, made+s.undrawn, whatWasSaved...)
	f.Summary = strings.Join(said, " ")
	return f
}

// values returns the driver's value and the deadweight of the points in order.
func (s *savingCurve) values(c *sensitivity.Curved) func(i int) []any {
	points := inOrder(c, s.x)
	return func(i int) []any { return []any{points[i].Value, points[i].Deadweight} }
}

// councils puts the councils in words and, where there are two to four, draws them
// behind the public purse.
func (s *savingCurve) councils(f *Figure, c *sensitivity.Curved, caseName string) (said []string) {
	all := councils(c, s.x)
	for k := range all {
		all[k].colour = append(plans, axis)[k%(len(plans)+1)]
		all[k].runs(f, caseName, all[k].name, s.values(c))
		said = append(said, s.said(all[k]))
	}
	switch {
	case len(all) >= 2 && len(all) <= 4:
		s.all = append(all, s.all...)
	case len(all) > 0:
		s.undrawn = "; no line for " + words.Plural(len(all), "council") + " alone, whose chances are in the figures behind the chart"
	}
	return said
}

// said puts one line in words.
func (s *savingCurve) said(c chance) string {
	last := len(c.x) - 1
	return fmt.Sprintf("%s: %s at %s, %s at the current value of %s, %s at %s.", c.name,
		c.at(0), s.write(c.x[0]), c.at(c.now), s.write(c.x[c.now]), c.at(last), s.write(c.x[last]))
}

// noDeadweight says what to do about a driver that leaves deadweight as it is.
func noDeadweight(driver string) error {
	if driver == sensitivity.WithoutProgramme || driver == sensitivity.IntoSuccess {
		return fmt.Errorf("plot: %q does not change deadweight here, where children have no weeks of success that it could change: look at their referrals, start and moves", driver)
	}
	return fmt.Errorf("plot: %q does not change deadweight: draw a curve along %q or %q", driver, sensitivity.WithoutProgramme, sensitivity.IntoSuccess)
}
