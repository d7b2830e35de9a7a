package plot

import (
	"fmt"
	"image/color"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Achievements draws the payable units of each metric in each case, as means over
// replications, against the contract's target and any published results. Units up
// to the date of the published results are drawn in full colour, the rest, to the
// end of the contract, in a tint. Each metric is on a scale of its own, up to its
// target, or up to its longest bar where it has none. Of published figures alone, what the
// whole programme achieved of its target is drawn first where no metric has a target, and
// all metrics on its scale if they count the same. Where what all metrics achieved
// together is published, and nothing of one alone, that is drawn first, after agreed
// deadweight. Metrics under which nothing is published, modelled or targeted are named
// at the foot.
func Achievements(results ...*montecarlo.Result) (*Figure, error) {
	p, err := programmeOf(results)
	if err != nil {
		return nil, err
	}
	a := newAchievements(p)
	a.results, a.names = results, versionNames(results)
	a.colours = caseColours(a.names)
	return a.figure()
}

// achievements is the chart while it is drawn.
type achievements struct {
	programme *model.Programme
	results   []*montecarlo.Result // none in a chart of published figures alone
	names     []string
	colours   []color.NRGBA
	by        calendar.Date // of what is published; unset if nothing is
	all       *contrast     // what all metrics achieved together, where only that is published
	groups    []achieved
}

// achieved is one metric with its bars, or all metrics together.
type achieved struct {
	name, unit string
	target     float64 // 0 for none
	bars       []bar
	end        float64 // of the scale, where all metrics share one; 0 for a scale of its own
}

func newAchievements(p *model.Programme) *achievements {
	a := &achievements{programme: p}
	for _, published := range p.Published.Results {
		if published.By.After(a.by) {
			a.by = published.By
		}
	}
	if all, ok := totalsAchieved(p, a.by, nil); ok && a.by.IsZero() {
		a.by, a.all = all.to, &all
	}
	return a
}

// together adds what all metrics achieve together, which is after agreed deadweight.
func (a *achievements) together(f *Figure) {
	if a.all == nil || len(a.results) == 0 {
		return
	}
	g := achieved{name: "All metrics, after deadweight", unit: a.all.unit, target: a.all.target}
	if !slices.ContainsFunc(a.programme.Contract.Metrics, func(m contract.Metric) bool { return !m.AgreedDeadweight.IsZero() }) {
		g.name = "All metrics"
	}
	for n := range a.results {
		sum := bar{name: a.names[n], fitted: a.isFitted(n), colour: a.colours[n]}
		for i, metric := range a.groups {
			paid := 1 - a.programme.Contract.Metrics[i].AgreedDeadweight.InexactFloat64()
			sum.date += paid * metric.bars[n].date
			sum.end += paid * metric.bars[n].end
		}
		g.bars = append(g.bars, sum)
	}
	g.bars = append(g.bars, bar{name: "published", date: a.all.published, end: a.all.published, colour: ink})
	for _, b := range g.bars {
		f.row(words.Small(g.name), b.name, g.unit, b.date, b.end, cellOf(int(g.target)), a.dated(), "")
	}
	a.groups = slices.Insert(a.groups, 0, g)
}

// ofTheWhole adds, to a chart of published figures alone in which no metric has a target,
// what the whole programme achieved of its target, of which the title speaks. If all metrics
// count children, its target is the scale of all. It returns the same in words.
func (a *achievements) ofTheWhole(f *Figure) string {
	all, ok := a.whole()
	if !ok {
		return ""
	}
	g := achieved{name: "All " + all.unit, unit: all.unit, target: all.target}
	g.bars = []bar{{name: "published", date: all.published, end: all.published, colour: ink}}
	shared := true
	for i := range a.programme.Contract.Metrics {
		shared = shared && (unitOf(&a.programme.Contract.Metrics[i]).PerChild || a.groups[i].isEmpty())
	}
	if shared {
		g.end = max(g.target, g.longest())
		for i := range a.groups {
			a.groups[i].end = g.end
		}
	}
	f.row(words.Small(g.name), "published", g.unit, all.published, all.published, cellOf(int(g.target)), a.dated(), "")
	a.groups = slices.Insert(a.groups, 0, g)
	return fmt.Sprintf("%s: published %s, target %s.", g.name, words.Count(all.published), words.Count(all.target))
}

// whole is what the whole programme achieved of its target, of a chart of published figures
// alone in which no metric has one.
func (a *achievements) whole() (contrast, bool) {
	if len(a.results) > 0 || slices.ContainsFunc(a.groups, func(g achieved) bool { return g.target > 0 }) {
		return contrast{}, false
	}
	all := achievementOf(a.programme, nil)
	return all, finite(all.published) && all.target > 0 && !all.earlier
}

func (a *achievements) figure() (*Figure, error) {
	if len(a.programme.Contract.Metrics) == 0 {
		return nil, fmt.Errorf("plot: programme %q has no metric, so there are no achievements to draw", a.programme.Name)
	}
	for i, m := range a.programme.Contract.Metrics {
		if len(a.results) > 0 && !same(a.results, func(p *model.Programme) int { return targetOf(&p.Contract.Metrics[i]) }) {
			return nil, fmt.Errorf("plot: the target of %s is not the same in all versions: draw them one at a time", m.Name)
		}
	}
	f := &Figure{Columns: []string{"metric", "case", "unit", "to date", "to the end", "target", "date", "target, children"}}
	var said []string
	for i := range a.programme.Contract.Metrics {
		m := &a.programme.Contract.Metrics[i]
		bars, err := a.bars(m)
		if err != nil {
			return nil, err
		}
		a.groups = append(a.groups, achieved{name: m.Name, unit: unitOf(m).Many, target: float64(targetOf(m)), bars: bars})
		for _, b := range bars {
			f.row(m.Name, b.name, a.unitOfBar(m, b), b.date, b.end, cellOf(targetOf(m)), a.dated(), cellOf(m.TargetChildren))
		}
		said = append(said, a.said(m, bars))
	}
	a.together(f)
	f.Title = a.finding()
	if whole := a.ofTheWhole(f); whole != "" {
		said = slices.Insert(said, 0, whole)
	}
	f.Subtitle, f.Note, f.Summary = a.subtitle(), a.note(), strings.Join(said, " ")
	f.Panels, f.Height = a.panels(f)
	return inCurrency(f, a.programme), nil
}

// note names sources; of a chart of published figures alone nothing else.
func (a *achievements) note() string {
	var published []string
	switch {
	case a.all != nil:
		published = []string{"totals"}
	case !a.by.IsZero():
		published = []string{"results"}
	}
	if len(a.results) == 0 {
		return note(a.programme, published, sentences(a.undrawn(), a.empty()))
	}
	return note(a.programme, published, sentences(simulated(a.results), a.fittedNote(), a.beforeDeadweight(), a.undrawn(), a.empty()), append([]kind{targets, otherMoves}, whatWasLived...)...)
}

// isFitted reports whether a case was fitted to what is published beside it.
func (a *achievements) isFitted(n int) bool {
	fitted, _ := fittedTo(a.results[n].Version.Programme)
	return fitted && !a.by.IsZero()
}

// fittedNote says that agreement with published results proves nothing where a case
// was fitted.
func (a *achievements) fittedNote() string {
	var names []string
	for n, name := range a.names {
		if a.isFitted(n) {
			names = append(names, name)
		}
	}
	return provesNothing(names)
}

// bar is one bar of a metric: units to the date of published results and to the
// end.
type bar struct {
	name      string
	fitted    bool // to what is published beside it
	date, end float64
	colour    color.NRGBA
}

func (a *achievements) bars(m *contract.Metric) ([]bar, error) {
	var bars []bar
	for n, r := range a.results {
		total, err := totalOf(r, montecarlo.PaidUnits, m.Name)
		if err != nil {
			return nil, err
		}
		b := bar{name: a.names[n], fitted: a.isFitted(n), date: total.Mean, end: total.Mean, colour: a.colours[n]}
		if !a.by.IsZero() {
			if b.date, err = unitsTo(r, m.Name, a.by); err != nil {
				return nil, err
			}
		}
		bars = append(bars, b)
	}
	for _, published := range a.programme.Published.Results {
		if published.Metric == m.Name && published.By == a.by {
			bars = append(bars, bar{name: "published", date: float64(published.Units), end: float64(published.Units), colour: ink})
		}
	}
	return bars, nil
}

// unitsTo sums the mean units of a metric in the quarters that end by a date.
func unitsTo(r *montecarlo.Result, metric string, by calendar.Date) (float64, error) {
	series, quarters, err := quarterlyOf(r, montecarlo.PaidUnits, metric)
	sum := 0.0
	for i, q := range quarters {
		if !q.Last().After(by) {
			sum += series.By[i].Mean
		}
	}
	return sum, err
}

func (a *achievements) subtitle() string {
	text := words.Capital(commonUnit(a.programme, "payable units")) + " by metric, each on its own scale"
	if len(a.groups) > 0 && a.groups[0].end > 0 {
		text = words.Capital(commonUnit(a.programme, "payable units")) + " by metric, on one scale"
	}
	if len(a.programme.Contract.Metrics) == 1 {
		text = words.Capital(commonUnit(a.programme, "payable units"))
	}
	switch {
	case len(a.results) == 0 && a.by.IsZero():
		return setting(text, a.programme, "")
	case len(a.results) == 0:
		return setting(text+", published to "+a.by.Long(), a.programme, "")
	case !a.by.IsZero():
		text += ", means; full colour: to " + a.by.Long() + ", tint: to the end"
	default:
		text += ", means to the end of the contract"
	}
	return setting(text, a.programme, "", versionsOf(a.results)...)
}

// unitOfBar is the unit of a bar in the table: modelled units are before agreed
// deadweight is deducted.
func (a *achievements) unitOfBar(m *contract.Metric, b bar) string {
	if b.name == "published" || m.AgreedDeadweight.IsZero() {
		return unitOf(m).Many
	}
	return unitOf(m).Many + " before deadweight"
}

// targetOf is a metric's target in units, 0 for none. A target in children is also
// one in units if each child counts once and children of every age count: where
// metrics are for different ages, the target may be that of all of them together.
func targetOf(m *contract.Metric) int {
	if m.TargetUnits > 0 {
		return m.TargetUnits
	}
	if unitOf(m).PerChild && m.Ages == (contract.AgeRange{}) {
		return m.TargetChildren
	}
	return 0
}

// cellOf is a target in a table, blank if there is none.
func cellOf(target int) any {
	if target == 0 {
		return ""
	}
	return target
}

func agreedDeadweight(m *contract.Metric) string {
	return "the agreed deadweight of " + words.Percent(m.AgreedDeadweight.InexactFloat64())
}

// beforeDeadweight names the metrics whose modelled units are not those paid for.
func (a *achievements) beforeDeadweight() string {
	var said []string
	for i := range a.programme.Contract.Metrics {
		if m := &a.programme.Contract.Metrics[i]; len(a.results) > 0 && !m.AgreedDeadweight.IsZero() {
			said = append(said, m.Name+" are before "+agreedDeadweight(m)+" is deducted")
		}
	}
	if len(said) == 0 {
		return ""
	}
	return "Units of " + words.And(said)
}

// undrawn names the targets in children that are not drawn beside other units.
func (a *achievements) undrawn() string {
	var names []string
	for i := range a.programme.Contract.Metrics {
		if m := &a.programme.Contract.Metrics[i]; targetOf(m) == 0 && m.TargetChildren > 0 {
			names = append(names, fmt.Sprintf("%s (%s)", m.Name, words.Count(float64(m.TargetChildren))))
		}
	}
	switch all := len(a.programme.Contract.Metrics); {
	case len(names) == 0:
		return ""
	case len(names) > 3:
		return fmt.Sprintf("%d of %d metrics have a published target in children only, which is not drawn", len(names), all)
	}
	return "Target published in children only, and not drawn: " + words.And(names)
}

func (a *achievements) dated() string {
	if a.by.IsZero() {
		return ""
	}
	return a.by.String()
}

// said puts one metric in words.
func (a *achievements) said(m *contract.Metric, bars []bar) string {
	var parts []string
	for _, b := range bars {
		switch {
		case b.name == "published":
			parts = append(parts, fmt.Sprintf("published %s to %s", words.Count(b.end), a.by.Long()))
		case a.by.IsZero():
			parts = append(parts, fmt.Sprintf("%s %s", b.name, words.Count(b.end)))
		default:
			parts = append(parts, fmt.Sprintf("%s %s to %s and %s to the end of the contract", b.name, words.Count(b.date), a.by.Long(), words.Count(b.end)))
		}
	}
	switch target := targetOf(m); {
	case target > 0:
		parts = append(parts, "target "+words.Count(float64(target)))
	case m.TargetChildren > 0:
		parts = append(parts, fmt.Sprintf("target %s children, none in %s", words.Count(float64(m.TargetChildren)), unitOf(m).Many))
	}
	if len(a.results) > 0 && !m.AgreedDeadweight.IsZero() {
		parts = append(parts, "before "+agreedDeadweight(m)+" is deducted")
	}
	return m.Name + ": " + strings.Join(parts, ", ") + "."
}
