package plot

import (
	"cmp"
	"errors"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/plot"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Occupancy draws the share of a cohort's children in one state in each week from referral
// with and without the programme, and beside it where all of them live in both arms. The
// state is that in which the arms differ most on average over the weeks drawn. An empty cohort is all cohorts
// together, weighted by expected referrals.
//
// The shares are exact expectations. Planned states count as their parents. The
// chart ends with the year from referral in which tracking ends.
func Occupancy(cohort string, projection *montecarlo.Projection) (*Figure, error) {
	p, err := projected(projection)
	if err != nil {
		return nil, err
	}
	o := &occupancy{version: projection.Version, programme: p, cohorts: cohortsOf(p, cohort)}
	if len(o.cohorts) == 0 {
		return nil, noCohort(p, cohort)
	}
	o.orderStates()
	f := &Figure{
		shares:  []float64{1.45, 0.8, 1.25},
		Note:    note(p, nil, "Exact expectation at stated values; children leave on their 18th birthday", o.restsOn()...),
		Columns: []string{"arm", "week since referral", "state", "share"},
	}
	said := []string{""}
	var arms [][][]float64 // shares by arm, state and week
	f.Panels = []Panel{{}}
	for _, arm := range []contract.Arm{contract.Counterfactual, contract.Intervention} {
		shares, err := o.shares(arm)
		if err != nil {
			return nil, err
		}
		name := "Without the programme"
		if arm == contract.Intervention {
			name = "With the programme"
		}
		f.Panels = append(f.Panels, o.panel(arm, shares))
		o.rows(f, arm, shares)
		said = append(said, o.said(name, shares))
		arms = append(arms, shares)
	}
	f.Subtitle = o.subtitle(cohort, arms[1])
	state := mostChanged(arms[0], arms[1])
	without, with := arms[0][state], arms[1][state]
	where := livesIn(o.states[state : state+1])
	f.Panels[0] = Panel{words.Capital(where), o.gap(without, with)}
	said[0] = o.gapSaid(where, without, with)
	const everyFour = 4 // weeks
	for week := 0; week < len(with); week += everyFour {
		f.tip(0, float64(week), fmt.Sprintf("Week %d, %s: %s with the programme", week, where, words.Percent(with[week])), words.Percent(without[week])+" without it")
	}
	f.Title = o.found(where, without, with, highestOf(widestGaps(arms[0], arms[1])))
	f.Summary = strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// mostChanged is the state in which the arms differ most on average; of two that differ as
// much, that in which more children are with the programme.
func mostChanged(without, with [][]float64) (state int) {
	widest := 0.0
	for s := range without {
		more := average(with[s]) - average(without[s])
		if gap := math.Abs(more); gap > widest+1e-9 || gap > widest-1e-9 && more > 0 {
			state, widest = s, gap
		}
	}
	return state
}

// average is the share of weeks that children spend in a state of which the share at the
// beginning of each week is given, to the last of them.
func average(shares []float64) float64 {
	weeks := shares[:max(1, len(shares)-1)]
	return floats.Sum(weeks) / float64(len(weeks))
}

// widestGaps are how far the arms are apart at most, by state.
func widestGaps(without, with [][]float64) (all []float64) {
	for s := range without {
		all = append(all, gapAt(without[s], with[s], widestGap(without[s], with[s])))
	}
	return all
}

// gapAt is how far two series are apart in a week.
func gapAt(a, b []float64, week int) float64 { return math.Abs(a[week] - b[week]) }

// startsSaid says in which week children start, where shares with the programme jump then.
func (o *occupancy) startsSaid(with [][]float64) string {
	const seen = 0.02
	jumps := func(share []float64, week int) bool {
		return week < len(share) && math.Abs(share[week]-share[week-1]) >= seen
	}
	var weeks []int
	for _, c := range o.cohorts {
		if c.Lag > 0 && slices.ContainsFunc(with, func(share []float64) bool { return jumps(share, c.Lag) }) {
			weeks = append(weeks, c.Lag)
		}
	}
	slices.Sort(weeks)
	weeks = slices.Compact(weeks)
	var said []string
	for _, week := range weeks {
		said = append(said, strconv.Itoa(week))
	}
	switch len(weeks) {
	case 0:
		return ""
	case 1:
		return "; all who start do so at week " + said[0] + ", hence the step"
	}
	return "; a cohort's starts all fall in one week, " + words.Or(said) + ", hence the steps"
}

// restsOn are the kinds of input that the shares depend on: numbers of referrals only
// where they weigh cohorts against each other.
func (o *occupancy) restsOn() []kind {
	lived := []kind{otherMoves, ages, starts, failures}
	if len(o.cohorts) > 1 {
		lived = append(lived, referrals)
	}
	return lived
}

// occupancy is the chart while it is drawn.
type occupancy struct {
	version   *scenario.Version
	programme *model.Programme
	cohorts   []*model.Cohort
	states    []string // without planned ones, the most expensive first
}

// cohortsOf returns the cohort of a name, or all of them if it is empty.
func cohortsOf(p *model.Programme, name string) []*model.Cohort {
	var all []*model.Cohort
	for i := range p.Cohorts {
		if name == "" || p.Cohorts[i].Name == name {
			all = append(all, &p.Cohorts[i])
		}
	}
	return all
}

func noCohort(p *model.Programme, name string) error {
	if len(p.Cohorts) == 0 {
		return fmt.Errorf("plot: programme %q has no cohort, so there are no children to draw", p.Name)
	}
	var names []string
	for _, c := range p.Cohorts {
		names = append(names, c.Name)
	}
	return fmt.Errorf("plot: there is no cohort called %q: the cohorts are %s", name, strings.Join(names, ", "))
}

// orderStates puts the most expensive state at the bottom, where shares can be
// read against the axis, and children who have left care at the top.
func (o *occupancy) orderStates() {
	cost := map[string]float64{model.LeftCare: -1}
	for _, c := range o.programme.UnitCosts {
		cost[c.State] = c.PerWeek.InexactFloat64()
	}
	for _, s := range o.programme.States {
		if s.Parent == "" {
			o.states = append(o.states, s.Name)
		}
	}
	slices.SortStableFunc(o.states, func(a, b string) int { return cmp.Compare(cost[b], cost[a]) })
}

// weeks is how many weeks are drawn: to the end of the year from referral in which
// tracking ends.
func (o *occupancy) weeks(most int) int {
	last := 0
	for _, c := range o.cohorts {
		last = max(last, c.Lag+c.Tracking)
	}
	return min(most, (last+51)/52*52+1)
}

// shares returns the share of children in each state of the chart by week, as far
// as every cohort can be followed: one that is referred late reaches the horizon
// sooner.
func (o *occupancy) shares(arm contract.Arm) ([][]float64, error) {
	var all [][][]float64 // by cohort, state and week
	followed := math.MaxInt
	for _, c := range o.cohorts {
		of, err := expectedShares(o.programme, c.Name, arm)
		if err != nil {
			return nil, err
		}
		all = append(all, of)
		followed = min(followed, len(of[0]))
	}
	shares := make([][]float64, len(o.states))
	children := 0.0
	for i, c := range o.cohorts {
		of := all[i]
		weight := c.Referrals.Expected()
		if len(o.cohorts) == 1 {
			weight = 1 // one cohort can be drawn without any referrals
		}
		children += weight
		for s, state := range o.programme.States {
			into := slices.Index(o.states, cmp.Or(state.Parent, state.Name))
			if shares[into] == nil {
				shares[into] = make([]float64, o.weeks(followed))
			}
			for t := range shares[into] {
				shares[into][t] += weight * of[s][t]
			}
		}
	}
	if children == 0 {
		return nil, errors.New("plot: no child is referred to any cohort: name the cohort to draw")
	}
	for _, share := range shares {
		for t := range share {
			share[t] /= children
		}
	}
	return shares, nil
}

// gap draws the share in the most expensive state in both arms, with what lies between
// them shaded.
func (o *occupancy) gap(without, with []float64) *plot.Plot {
	p := newPlot()
	addGrid(p, true, false)
	x := make([]float64, len(without))
	for t := range x {
		x[t] = float64(t)
	}
	last, write := len(x)-1, finely(highestOf(without, with))
	p.Add(
		band{x: x, low: without, high: with, fill: mix(middle, paper, 0.75)},
		line{x: x, y: without, style: dashedWide()},
		line{x: x, y: with, style: solid(dark, 2.25)},
		curveLabels{clearOf: math.NaN(), lines: []curveLabel{
			{x: x, y: without, text: "Without the programme, " + write(average(without)) + " of weeks", style: bold(lettering(labelSize, mix(alert, ink, 0.25))), shorter: []string{"Without the programme,\n" + write(average(without)) + " of weeks", "Without the\nprogramme", "Without"}},
			{x: x, y: with, text: "With it, " + write(average(with)) + " of weeks", style: bold(lettering(labelSize, dark)), shorter: []string{"With it,\n" + write(average(with)) + " of weeks", "With it", "With"}},
		}},
		endLabels{
			{x[last], without[last], write(without[last]), lettering(labelSize, mix(alert, ink, 0.25)), ""},
			{x[last], with[last], write(with[last]), bold(lettering(labelSize, dark)), ""},
		},
	)
	p.X.Min, p.X.Max, p.Y.Min = 0, max(1, x[last]), 0
	p.Y.Max = max(1.12*highestOf(without, with), 0.001)
	p.X.Tick.Marker, p.Y.Tick.Marker = weekTicks{}, shareTicks()
	return p
}

// gapSaid puts the gap in words: on average, where it is widest, and at the end.
func (o *occupancy) gapSaid(where string, without, with []float64) string {
	write := finely(highestOf(without, with))
	at := func(week int) string {
		return fmt.Sprintf("%s with the programme and %s without it at week %d", write(with[week]), write(without[week]), week)
	}
	return fmt.Sprintf("%s: in %s of all weeks with the programme and %s without it; %s, where they differ most, and %s.",
		words.Capital(where), write(average(with)), write(average(without)), at(widestGap(without, with)), at(len(with)-1))
}

// stateColours are the colours of n states from dark to light; the last is for
// children who have left care.
func stateColours(n int) []color.NRGBA {
	stops := []color.NRGBA{hex(0x08306b), hex(0x3d87c3), hex(0x6fc3a5), hex(0xf3d77c)}
	all := make([]color.NRGBA, n)
	for i := range n - 1 {
		if n-1 <= len(stops) {
			all[i] = stops[i]
			continue
		}
		at := float64(i) / float64(n-2) * float64(len(stops)-1)
		stop := min(int(at), len(stops)-2)
		all[i] = mix(stops[stop], stops[stop+1], at-float64(stop))
	}
	if n > 0 {
		all[n-1] = hex(0xdde2e8)
	}
	return all
}

// panel is the stack of one arm. That on the right names the states.
func (o *occupancy) panel(arm contract.Arm, shares [][]float64) Panel {
	if arm == contract.Counterfactual {
		return Panel{"All, without", o.plot(shares, false)}
	}
	stacked := o.plot(shares, true)
	stacked.Y.Tick.Marker = unlabelled{stacked.Y.Tick.Marker}
	return Panel{"All, with", stacked}
}

// plot stacks the shares, with each share at the end and the name of its state.
func (o *occupancy) plot(shares [][]float64, named bool) *plot.Plot {
	p := newPlot()
	weeks := len(shares[0])
	x, below := make([]float64, weeks), make([]float64, weeks)
	for t := range x {
		x[t] = float64(t)
	}
	var ends endLabels
	colours := stateColours(len(shares))
	for s, share := range shares {
		upTo := make([]float64, weeks)
		for t := range share {
			upTo[t] = below[t] + share[t]
		}
		p.Add(band{x: x, low: below, high: upTo, fill: colours[s], edge: true})
		if slices.Max(share) >= 0.005 {
			end := endLabel{x: x[weeks-1], y: (below[weeks-1] + upTo[weeks-1]) / 2, style: lettering(labelSize, ink), text: percentOf(share[weeks-1])}
			if named {
				end.text = shortened(end.style, end.text+" "+o.states[s], longestState)
			}
			ends = append(ends, end)
		}
		below = upTo
	}
	p.Add(ends)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, max(1, x[weeks-1]), 0, 1
	p.X.Tick.Marker, p.Y.Tick.Marker = weekTicks{}, shareTicks()
	return p
}

// longestState is how wide the name of a state is at most beside a stack.
const longestState = 112

// finely writes shares of which the highest is a given one: with a decimal where whole
// percentages would not tell them apart.
func finely(highest float64) func(share float64) string {
	if highest < 0.05 {
		return words.Percent
	}
	return percentOf
}

// percentOf writes a share as a whole percentage.
func percentOf(share float64) string {
	if share > 0 && share < 0.005 {
		return "<1%"
	}
	return words.Count(100*share) + "%"
}

func (o *occupancy) subtitle(cohort string, with [][]float64) string {
	who := "children referred"
	if cohort != "" {
		who += ", " + cohort + " cohort"
	}
	return setting("Share of "+who+", by weeks since referral"+o.startsSaid(with), o.programme, "", o.version) + fittedLine(bearsOn{}, o.version)
}

// found says in what share of weeks children are in a state with and without the programme.
// A gap that is too small to matter in any week and state is said as such.
func (o *occupancy) found(where string, without, with []float64, widest float64) string {
	const matters = 0.025
	if widest < matters {
		points := words.Number(math.Ceil(1000*widest-1e-9)/10, 1)
		return "In no week does the programme change a share by more than " + points + " points"
	}
	write := finely(highestOf(without, with))
	at, instead, over := write(average(with)), write(average(without)), yearsSaid(len(with)-1)
	if at == instead {
		return brief(fmt.Sprintf("Over %s children are %s in %s of weeks in both arms", over, where, at), fmt.Sprintf("%s of weeks are %s in both arms", at, where))
	}
	return brief(fmt.Sprintf("Over %s children are %s in %s of weeks, not %s as without it", over, where, at, instead),
		fmt.Sprintf("Over %s children are %s in %s of weeks, not %s", over, where, at, instead),
		fmt.Sprintf("Over %s %s of weeks are %s, not %s", over, at, where, instead),
		fmt.Sprintf("%s of weeks are %s, not %s", at, where, instead))
}

// yearsSaid writes weeks since referral, in years where they are whole.
func yearsSaid(weeks int) string {
	if weeks > 0 && weeks%52 == 0 {
		return words.Plural(weeks/52, "year")
	}
	return words.Plural(weeks, "week")
}

// highestOf is the highest value of some series.
func highestOf(all ...[]float64) (highest float64) {
	for _, series := range all {
		highest = max(highest, slices.Max(series))
	}
	return highest
}

// widestGap is where two series of one length differ most.
func widestGap(a, b []float64) (at int) {
	for t := range a {
		if math.Abs(a[t]-b[t]) > math.Abs(a[at]-b[at])+1e-12 {
			at = t
		}
	}
	return at
}

func (o *occupancy) rows(f *Figure, arm contract.Arm, shares [][]float64) {
	for week := range shares[0] {
		for s, state := range o.states {
			f.row(arm.String(), week, state, Share(shares[s][week]))
		}
	}
}

// said puts one arm in words: where children are after each year.
func (o *occupancy) said(name string, shares [][]float64) string {
	var years []string
	for week := 52; week < len(shares[0]); week += 52 {
		var parts []string
		for s, state := range o.states {
			if shares[s][week] >= 0.005 {
				parts = append(parts, fmt.Sprintf("%s %s", percentOf(shares[s][week]), state))
			}
		}
		years = append(years, fmt.Sprintf("after %d weeks %s", week, words.And(parts)))
	}
	return name + ": " + strings.Join(years, "; ") + "."
}
