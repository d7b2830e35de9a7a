package plot

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// CapitalPosition draws cumulative receipts less cost of delivery, in £, at its lowest
// in each quarter: the median and the ranges that contain 50%, 80% and 95% of
// replications, the central projection, and, if the facility pays neither fees nor
// interest, a line at minus the investors' commitments. Each replication is taken at the lowest point of its own quarter,
// between days on which cash moves, so that the saw of costs and claims is not drawn;
// the last point is the end. The lowest quarter of the median is marked. Several cases
// are drawn side by side on one scale.
//
// The lowest point of the median is not the median of the capital requirement,
// because replications have their lowest points on different dates: see
// [CapitalRequirement].
// Results of a programme without delivery terms give an error that wraps
// [finance.ErrNoDelivery].
func CapitalPosition(results ...*montecarlo.Result) (*Figure, error) {
	p, err := programmeOf(results)
	if err != nil {
		return nil, err
	}
	if err := financed(results); err != nil {
		return nil, err
	}
	f := &Figure{
		Subtitle: setting("Receipts less cost of delivery, £"+besideFacility(results)+"; pointwise median and 50%, 80%, 95% "+covering("ranges", conventionsOf(results)...),
			p, results[0].Conventions.PriceBase, versionsOf(results)...),
		SameScale: true,
		Key:       []KeyEntry{{"Median of each quarter", line{style: solid(dark, 2)}}, {"Central projection", line{style: centralLine()}}},
		Note:      note(p, nil, sentences(simulated(results)+"; each replication is taken at the lowest of each quarter", "The median and the ranges are of one quarter each, not of a path, so that the facility may be too small more often than they show", tooSmallSaid(results)), append([]kind{commitments}, whatWasFinanced...)...),
		Columns:   []string{"case", "quarter", "2.5%", "10%", "25%", "median", "75%", "90%", "97.5%", "central projection, £"},
	}
	var all []*position
	floor, top := 0.0, 0.0 // of all panels
	for _, r := range results {
		one, err := newPosition(r)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
		floor, top = math.Min(floor, one.floor()), math.Max(top, slices.Max(one.quantiles[len(fanQuantiles)-1]))
	}
	var said []string
	var versions []*model.Programme
	names := versionNames(results)
	for i, name := range names {
		versions = append(versions, results[i].Version.Programme)
		panel := Panel{Plot: all[i].plot(len(results) == 1, floor, top)}
		if len(results) == 1 && all[i].limited {
			panel.Name = "The facility is too small in " + needing(all[i].short) + " of replications"
		}
		if len(results) > 1 {
			panel.Name = words.Capital(name)
			if all[i].limited {
				panel.Name += ": too small in " + needing(all[i].short)
			}
		}
		f.Panels = append(f.Panels, panel)
		all[i].rows(f, name)
		all[i].tips(f, i, name)
		said = append(said, all[i].said(name))
	}
	if limit := limitSaid("facility", names, versions, commitment); limit != "" {
		said = append(said, limit)
	}
	f.Title, f.Summary = positionsFound(results, all), strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// positionsFound says how likely a facility of one size is to be too small, which the
// median of each quarter does not tell: paths are at their lowest in different quarters.
// Without such a facility it says how far costs run ahead of receipts at the median, in
// which case and when.
func positionsFound(results []*montecarlo.Result, all []*position) string {
	currency, lowest, alike := results[0].Version.Programme.Currency, 0, true
	for i, o := range all {
		if o.quantiles[3][o.deepest()] < all[lowest].quantiles[3][all[lowest].deepest()] {
			lowest = i
		}
		alike = alike && o.limited && o.facility == all[0].facility
	}
	if alike {
		return tooSmallInEach(currency, chancesTooSmall(results), all[0].facility)
	}
	o := all[lowest]
	deep, in := -o.quantiles[3][o.deepest()], inNamed(results[lowest].Version)
	if deep <= 0 {
		return "Receipts cover the cost of delivery at the median throughout"
	}
	when, text := o.when(o.deepest()), after("costs run", money(deep), "ahead of receipts at the median")
	return onOneLine(currency, words.Capital(after(in, text, when)), words.Capital(after(in, text)), words.Capital(after(text, when)))
}

// position is the quantiles of one case's position by quantile and quarter, each
// replication at its lowest in the quarter, and the central projection likewise. The
// last point is the end.
type position struct {
	fan
	start    calendar.Date
	quarters []calendar.Quarter
	central  []float64
	facility float64 // £
	limited  bool    // whether there is a facility with a limit
	drawn    bool    // whether the facility has a line: it pays what is drawn here alone
	short    montecarlo.ProbabilityOf
}

func newPosition(r *montecarlo.Result) (*position, error) {
	series, days, err := dailyOf(r, montecarlo.Position)
	if err != nil {
		return nil, err
	}
	paths := r.Paths(series.Name, series.Of)
	if len(paths) == 0 {
		return nil, lost(r)
	}
	one := &position{start: days[0]}
	one.facility, one.limited = commitment(r.Version.Programme)
	ranges := one.divide(days)
	values := make([]float64, len(paths))
	for _, days := range ranges {
		for i, path := range paths {
			values[i] = slices.Min(path[days[0]:days[1]])
		}
		slices.Sort(values)
		for k, share := range fanQuantiles {
			one.quantiles[k] = append(one.quantiles[k], stat.Quantile(share, stat.Empirical, values, nil))
		}
		one.central = append(one.central, slices.Min(series.Central[days[0]:days[1]]))
	}
	one.short, _ = chanceTooSmall(r)
	one.drawn = one.limited && !paysCharges(r.Version.Programme)
	return one, nil
}

// divide sets the points of the fan, the middle of each quarter and the last day, and
// returns the range of days of each.
func (o *position) divide(days []calendar.Date) (ranges [][2]int) {
	end := days[len(days)-1]
	for i, day := range days {
		q := day.Quarter()
		if n := len(o.quarters); n > 0 && o.quarters[n-1] == q {
			ranges[n-1][1] = i + 1
			continue
		}
		o.quarters, ranges = append(o.quarters, q), append(ranges, [2]int{i, i + 1})
		// The first and the last quarter may be cut short.
		o.at = append(o.at, float64(max(0, q.First().Sub(days[0]))+min(q.Last().Sub(days[0]), end.Sub(days[0])))/2)
	}
	o.quarters, o.at = append(o.quarters, end.Quarter()), append(o.at, float64(end.Sub(days[0])))
	return append(ranges, [2]int{len(days) - 1, len(days)})
}

// when says a point in words: "in Q4 2022/23".
func (o *position) when(at int) string {
	if at == len(o.at)-1 {
		return "at the end"
	}
	return "in " + o.quarters[at].String()
}

// centralLine is the line of a central projection. It is drawn under the median,
// from which it hardly differs except where a cap binds.
func centralLine() draw.LineStyle {
	return draw.LineStyle{Color: ink, Width: 1.5, Dashes: []vg.Length{2, 1.5}}
}

// deepest is the index of the lowest median.
func (o *position) deepest() int {
	median := o.quantiles[3]
	return slices.Index(median, slices.Min(median))
}

// floor is the lowest that is drawn.
func (o *position) floor() float64 {
	low := math.Min(slices.Min(o.quantiles[0]), slices.Min(o.central))
	if o.drawn {
		low = math.Min(low, -o.facility)
	}
	return low
}

// plot draws the fan. The panels share their floor and top; below what the label of the
// lowest point hangs from there is room for it.
func (o *position) plot(alone bool, floor, top float64) *plot.Plot {
	p := newPlot()
	addGrid(p, true, false)
	last := len(fanQuantiles) - 1
	for i, tint := range fanTints() {
		p.Add(band{x: o.at, low: o.quantiles[i], high: o.quantiles[last-i], fill: tint})
	}
	p.Add(level{at: 0, style: solid(axis, 0.75)})
	o.limit(p)
	p.Add(line{x: o.at, y: o.central, style: centralLine()}, line{x: o.at, y: o.quantiles[3], style: solid(dark, 2)})
	if p.X.Min >= p.X.Max {
		p.X.Max = p.X.Min + 1
	}
	share := 0.2
	if !alone {
		share = 0.37
	}
	p.Y.Max = math.Max(0, p.Y.Max)
	p.Y.Max += 0.04 * math.Max(p.Y.Max-floor, 1)
	height := math.Max(top, p.Y.Max) - floor
	under := o.under(p.X.Max-p.X.Min, height)
	p.Y.Min = math.Min(floor-0.04*height, under-share*height)
	o.mark(p, alone, under)
	ends := o.ends(alone)
	if o.drawn && !alone {
		style := lettering(labelSize, mix(alert, ink, 0.2))
		at := endLabel{x: o.at[len(o.at)-1], y: -o.facility, style: style}
		for _, at.text = range []string{money(o.facility), "Facility"} { // from the bottom up
			ends = append(ends, at)
		}
	}
	if o.drawn && alone {
		ends = append(ends, endLabel{x: o.at[len(o.at)-1], y: -o.facility, text: "Facility " + money(o.facility), style: lettering(labelSize, mix(alert, ink, 0.2))})
	}
	if alone {
		final := o.central[len(o.central)-1]
		ends = append(ends, endLabel{x: o.at[len(o.at)-1], y: final, text: "Central projection  " + money(final), style: lettering(labelSize, ink)})
	}
	p.Add(ends)
	p.X.Tick.Marker, p.Y.Tick.Marker = dateTicks{first: o.start}, moneyTicks()
	return p
}

// limit draws the facility, which is named at its right-hand end.
func (o *position) limit(p *plot.Plot) {
	if !o.drawn {
		return
	}
	p.Add(level{at: -o.facility, style: dashed(alert)})
}

// under is the lowest that is drawn about the lowest point of the median, in a plot of a
// width and a height.
func (o *position) under(width, height float64) float64 {
	at := o.deepest()
	under := o.quantiles[3][at]
	for d := range o.at {
		if math.Abs(o.at[d]-o.at[at]) <= 0.2*width {
			under = math.Min(under, math.Min(o.quantiles[0][d], o.central[d]))
		}
	}
	if gap := under + o.facility; o.drawn && gap > 0 && gap < 0.34*height {
		return -o.facility
	}
	return under
}

// mark marks the lowest point of the median, with a label below whatever is drawn
// there.
func (o *position) mark(p *plot.Plot, alone bool, under float64) {
	at := o.deepest()
	deep := o.quantiles[3][at]
	if deep >= 0 {
		return
	}
	text := []string{money(deep), o.when(at)}
	if alone {
		text = []string{"Median lowest at " + money(deep) + " " + o.when(at)}
	}
	p.Add(callout{x: o.at[at], y: deep, under: under, text: text, style: bold(lettering(labelSize, ink))})
}

// rows adds the position to the figures that are drawn.
func (o *position) rows(f *Figure, name string) {
	for d, q := range o.quarters {
		row := []any{name, q.String()}
		if d == len(o.quarters)-1 {
			row[1] = "end"
		}
		for k := range fanQuantiles {
			row = append(row, o.quantiles[k][d])
		}
		f.row(append(row, o.central[d])...)
	}
}

// tips say for each quarter what the fan is.
func (o *position) tips(f *Figure, panel int, name string) {
	for d, at := range o.at {
		write := func(k int) string { return words.Pounds(o.quantiles[k][d]) }
		f.tip(panel, at, fmt.Sprintf("%s, lowest %s: median %s", words.Capital(name), o.when(d), write(3)),
			"80% range "+write(1)+" to "+write(5), "95% range "+write(0)+" to "+write(6), "central projection "+words.Pounds(o.central[d]))
	}
}

// said puts the position in words.
func (o *position) said(name string) string {
	last, at := len(o.at)-1, o.deepest()
	text := fmt.Sprintf("%s: the median is lowest %s, at %s, where the 80%% range is %s to %s; at the end the median is %s, the 80%% range %s to %s and the central projection %s",
		words.Capital(name), o.when(at), words.Pounds(o.quantiles[3][at]), words.Pounds(o.quantiles[1][at]), words.Pounds(o.quantiles[5][at]),
		words.Pounds(o.quantiles[3][last]), words.Pounds(o.quantiles[1][last]), words.Pounds(o.quantiles[5][last]), words.Pounds(o.central[last]))
	if o.limited {
		text += fmt.Sprintf("; the facility is too small in %s of replications", likely(o.short))
	}
	return text + "."
}

// needing says in what share of replications something is needed.
func needing(p montecarlo.ProbabilityOf) string {
	switch nearly(p) {
	case almostCertain:
		return "almost all"
	case veryUnlikely:
		return "almost none"
	}
	return roughly(p)
}
