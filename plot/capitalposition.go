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

// CapitalPosition draws cumulative receipts less cost of delivery, in £: the median
// and the ranges that contain 50%, 80% and 95% of replications on each date on
// which cash moves, the central projection, and a line at minus the investors'
// commitments. The lowest point of the median is marked. Several cases are drawn
// side by side on one scale.
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
		Title:     "Cumulative receipts less cost of delivery",
		Subtitle:  "£ on each date on which cash moves: median and the ranges that contain 50%, 80% and 95% of replications",
		SameScale: true,
		Note:      note(p, nil, simulated(results)+"; each range is for one date, not the path of one replication; peaks of less than three days are not drawn", append([]kind{commitments}, whatWasFinanced...)...),
		Columns:   []string{"case", "day", "2.5%", "10%", "25%", "median", "75%", "90%", "97.5%", "central projection, £"},
	}
	var all []*position
	floor := 0.0
	for _, r := range results {
		one, err := newPosition(r)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
		floor = math.Min(floor, one.floor())
	}
	var said []string
	var versions []*model.Programme
	names := versionNames(results)
	for i, name := range names {
		versions = append(versions, results[i].Version.Programme)
		panel := Panel{Plot: all[i].plot(len(results) == 1, floor)}
		if len(results) > 1 {
			panel.Name = words.Capital(name)
		} else if results[i].Version.Name() != "" {
			f.Subtitle += versionSaid(results[i].Version)
		}
		f.Panels = append(f.Panels, panel)
		all[i].rows(f, name)
		said = append(said, all[i].said(name))
	}
	if len(results) > 1 {
		f.Key = positionKey(p)
		if last := len(f.Key) - 1; all[0].limited && !same(results, committed) {
			f.Key[last].Label = "Facility"
		}
	}
	if limit := limitSaid("facility", names, versions, commitment); limit != "" {
		said = append(said, limit)
	}
	f.Summary = strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// position is the quantiles of one case's position by quantile and date, and the
// central projection.
type position struct {
	fan
	days     []calendar.Date
	central  []float64
	facility float64 // £
	limited  bool    // whether there is a facility with a limit
	beyond   string  // share of replications whose requirement is above the facility
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
	one := &position{days: days, central: series.Central}
	one.facility, one.limited = commitment(r.Version.Programme)
	values := make([]float64, len(paths))
	for d, day := range days {
		one.at = append(one.at, float64(day.Sub(days[0])))
		for i, path := range paths {
			values[i] = path[d]
		}
		slices.Sort(values)
		for k, share := range fanQuantiles {
			one.quantiles[k] = append(one.quantiles[k], stat.Quantile(share, stat.Empirical, values, nil))
		}
	}
	if one.limited {
		needed, err := valuesOf(r, montecarlo.CapitalRequirement)
		if err != nil {
			return nil, err
		}
		slices.Sort(needed)
		_, one.beyond = oftenAbove(needed, one.facility)
	}
	return one, nil
}

// positionKey explains fans that have no room for labels.
func positionKey(p *model.Programme) []KeyEntry {
	tints := fanTints()
	key := []KeyEntry{
		{"Median", line{style: solid(dark, 2)}},
		{"50%", box{fill: tints[2]}},
		{"80%", box{fill: tints[1]}},
		{"95%", box{fill: tints[0]}},
		{"Central projection", line{style: centralLine()}},
		{"Lowest point of the median", medianMark{}},
	}
	if pounds, ok := commitment(p); ok {
		key = append(key, KeyEntry{"Facility " + money(pounds), line{style: dashed(alert)}})
	}
	return key
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
	if o.limited {
		low = math.Min(low, -o.facility)
	}
	return low
}

// plot draws the fan. Below the floor, which the panels share, there is room for
// the label of the lowest point.
func (o *position) plot(alone bool, floor float64) *plot.Plot {
	p := newPlot()
	addGrid(p, true, false)
	held, last := o.held(), len(fanQuantiles)-1
	for i, tint := range fanTints() {
		x, low := stairs(held, o.at, o.quantiles[i])
		_, high := stairs(held, o.at, o.quantiles[last-i])
		p.Add(band{x: x, low: low, high: high, fill: tint})
	}
	x, median := stairs(held, o.at, o.quantiles[3])
	_, central := stairs(held, o.at, o.central)
	p.Add(level{at: 0, style: solid(axis, 0.75)})
	o.limit(p, alone)
	p.Add(line{x: x, y: central, style: centralLine()}, line{x: x, y: median, style: solid(dark, 1.25)})
	if p.X.Min >= p.X.Max {
		p.X.Max = p.X.Min + 1
	}
	share := 0.13
	if !alone {
		share = 0.3
	}
	p.Y.Max = math.Max(0, p.Y.Max)
	p.Y.Max += 0.04 * math.Max(p.Y.Max-floor, 1)
	p.Y.Min = floor - share*(p.Y.Max-floor)
	o.mark(p, alone)
	ends := o.ends(alone)
	if alone {
		final := o.central[len(o.central)-1]
		ends = append(ends, endLabel{x: o.at[len(o.at)-1], y: final, text: "Central projection  " + money(final), style: lettering(labelSize, ink)})
	}
	p.Add(ends)
	p.X.Tick.Marker, p.Y.Tick.Marker = dateTicks{first: o.days[0]}, moneyTicks()
	return p
}

// held are the indices of the dates that are drawn: all but those whose receipts
// are paid out again within three days, which would be drawn as a spike.
func (o *position) held() []int {
	var days []int
	median := o.quantiles[3]
	for d := range o.at {
		if d+1 < len(o.at) && d > 0 && o.at[d+1]-o.at[d] < 3 && median[d] > median[d+1] && median[d] > median[d-1] {
			continue
		}
		days = append(days, d)
	}
	return days
}

// limit draws the facility. In a single panel it is named at its left-hand end,
// where the fan has not come down to it, and otherwise in the key.
func (o *position) limit(p *plot.Plot, alone bool) {
	if !o.limited {
		return
	}
	p.Add(level{at: -o.facility, style: dashed(alert)})
	if !alone {
		return
	}
	free := len(o.at) - 1
	for d, low := range o.quantiles[0] {
		if low < -0.8*o.facility {
			free = d
			break
		}
	}
	p.Add(labels{{
		x: p.X.Min, y: -o.facility, text: "Facility " + money(o.facility), offset: vg.Point{X: 2, Y: 3},
		wide: max(o.at[free], 1), style: aligned(lettering(labelSize, alert), draw.XLeft, draw.YBottom),
	}})
}

// mark marks the lowest point of the median, with a label below whatever is drawn
// there.
func (o *position) mark(p *plot.Plot, alone bool) {
	at := o.deepest()
	deep := o.quantiles[3][at]
	if deep >= 0 {
		return
	}
	under, span := deep, 0.2*(p.X.Max-p.X.Min)
	for d := range o.at {
		if math.Abs(o.at[d]-o.at[at]) <= span {
			under = math.Min(under, math.Min(o.quantiles[0][d], o.central[d]))
		}
	}
	if gap := under + o.facility; o.limited && gap > 0 && gap < 0.15*(p.Y.Max-p.Y.Min) {
		under = -o.facility
	}
	text := []string{money(deep), o.days[at].Time().Format("2 Jan 2006")}
	if alone {
		text = []string{"Median lowest at " + money(deep) + " on " + o.days[at].Long()}
	}
	p.Add(callout{x: o.at[at], y: deep, under: under, text: text, style: bold(lettering(labelSize, ink))})
}

// rows adds the position to the figures that are drawn.
func (o *position) rows(f *Figure, name string) {
	for d, day := range o.days {
		row := []any{name, day.String()}
		for k := range fanQuantiles {
			row = append(row, o.quantiles[k][d])
		}
		f.row(append(row, o.central[d])...)
	}
}

// said puts the position in words.
func (o *position) said(name string) string {
	last, at := len(o.at)-1, o.deepest()
	text := fmt.Sprintf("%s: the median is lowest on %s, at %s, where the 80%% range is %s to %s; on %s the median is %s, the 80%% range %s to %s and the central projection %s",
		words.Capital(name), o.days[at].Long(), words.Pounds(o.quantiles[3][at]), words.Pounds(o.quantiles[1][at]), words.Pounds(o.quantiles[5][at]),
		o.days[last].Long(), words.Pounds(o.quantiles[3][last]), words.Pounds(o.quantiles[1][last]), words.Pounds(o.quantiles[5][last]), words.Pounds(o.central[last]))
	if o.limited {
		text += fmt.Sprintf("; the capital requirement is above the facility in %s of replications", o.beyond)
	}
	return text + "."
}

// stairs returns the points of a line through some of the points x, y that keeps
// its height until the next.
func stairs(places []int, x, y []float64) (sx, sy []float64) {
	for n, i := range places {
		if n > 0 {
			sx, sy = append(sx, x[i]), append(sy, y[places[n-1]])
		}
		sx, sy = append(sx, x[i]), append(sy, y[i])
	}
	return sx, sy
}
