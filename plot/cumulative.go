package plot

import (
	"fmt"
	"image/color"
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
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// fanQuantiles are the edges of the 95, 80 and 50% ranges, and the median.
var fanQuantiles = [...]float64{0.025, 0.10, 0.25, 0.50, 0.75, 0.90, 0.975}

// CumulativePayments draws outcome payments up to each quarter in each case, in £:
// the median and the ranges that contain 50%, 80% and 95% of replications in each
// quarter, with actual payments, the contract cap, and a maximum that was published since. Several cases are drawn side
// by side on one scale.
func CumulativePayments(results ...*montecarlo.Result) (*Figure, error) {
	p, err := programmeOf(results)
	if err != nil {
		return nil, err
	}
	f := &Figure{
		Subtitle: setting("Cumulative outcome payments, £: median and ranges of 50%, 80% and 95%; "+covering("ranges", conventionsOf(results)...),
			p, pricesBeside(results[0], p, false), versionsOf(results)...),
		SameScale: true,
		Columns:   []string{"case", "quarter", "2.5%", "10%", "25%", "median", "75%", "90%", "97.5%", "paid, £"},
	}
	var said []string
	var versions []*model.Programme
	var fans []*fan
	var fitted []string
	highest, names := 0.0, versionNames(results)
	for i, name := range names {
		versions = append(versions, results[i].Version.Programme)
		one, err := newFan(results[i])
		if err != nil {
			return nil, err
		}
		panel := Panel{Plot: one.plot(len(results) == 1)}
		if last := one.lastPaid(); last >= 0 && i == 0 && (len(results) > 1 || one.covers(last)) {
			f.Key = []KeyEntry{{"Paid, " + money(one.paid[last]) + " by " + one.first.Add(last).String(), line{style: solid(ink, 2.25)}}}
		}
		if len(results) > 1 {
			panel.Name = words.Capital(name)
		}
		if is, _ := fittedTo(results[i].Version.Programme); is && one.lastPaid() >= 0 {
			fitted, panel.Name = append(fitted, name), words.Capital(name)+", fitted"
		}
		fans = append(fans, one)
		highest = max(highest, panel.Plot.Y.Max)
		one.tips(f, len(f.Panels), name)
		f.Panels = append(f.Panels, panel)
		one.rows(f, name)
		said = append(said, one.said(name))
	}
	if limit := limitSaid("contract cap", names, versions, capped); limit != "" {
		said = append(said, limit)
	}
	f.Note = note(p, []string{"actual payments"}, sentences(simulated(results)+"; each range is for one quarter, not the path of one replication"+endsSaid(results), provesNothing(fitted), derivedSaid(p)), whatWasPaid...)
	for _, panel := range f.Panels {
		panel.Plot.Y.Max = highest
	}
	if latest, ok := laterMaximum(p); ok {
		f.Key = append(f.Key, KeyEntry{"Latest maximum published, " + money(latest), line{style: dashed(plans[0])}})
		said = append(said, "The latest maximum published is "+words.Pounds(latest)+".")
	}
	if len(results) > 3 { // in rows of two, so that each has room
		f.columns, f.Height = 2, defaultHeight*vg.Length(0.35+0.62*math.Ceil(float64(len(results))/2))
	}
	f.Title, f.Summary = fansFound(results, fans), strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// median is that of what is paid in the end.
func (f *fan) median() float64 { return f.quantiles[3][len(f.at)-1] }

// endsSaid says what stands at the ends of fans side by side.
func endsSaid(results []*montecarlo.Result) string {
	if len(results) == 1 {
		return ""
	}
	return "; at its end stand the median and the ends of the 95% range"
}

// fan is the quantiles of one case's cumulative payments, by quantile and quarter,
// and actual payments.
type fan struct {
	programme *model.Programme
	prices    contract.Prices
	first     calendar.Quarter
	at        []float64 // quarters counted from the first
	quantiles [len(fanQuantiles)][]float64
	paid      []float64 // not a number where nothing is published
}

func newFan(r *montecarlo.Result) (*fan, error) {
	series, quarters, err := quarterlyOf(r, montecarlo.Payments, "")
	if err != nil {
		return nil, err
	}
	paths := r.Paths(series.Name, series.Of)
	if len(paths) == 0 {
		return nil, lost(r)
	}
	f := &fan{programme: r.Version.Programme, prices: r.Prices, first: quarters[0]}
	sofar := make([]float64, len(paths))
	sorted := make([]float64, len(paths))
	for q := range quarters {
		f.at = append(f.at, float64(q))
		for i, path := range paths {
			sofar[i] += path[q]
		}
		copy(sorted, sofar)
		slices.Sort(sorted)
		for k, share := range fanQuantiles {
			f.quantiles[k] = append(f.quantiles[k], stat.Quantile(share, stat.Empirical, sorted, nil))
		}
	}
	f.addPaid()
	return f, nil
}

// addPaid adds up actual payments, from the first quarter to the last published.
func (f *fan) addPaid() {
	sum, last := 0.0, calendar.Quarter(0)
	paid := map[calendar.Quarter]float64{}
	for _, a := range f.programme.PublishedIn(f.prices).Actual {
		paid[a.Quarter] += a.Amount.InexactFloat64()
		last = max(last, a.Quarter)
		if a.Quarter < f.first {
			sum += a.Amount.InexactFloat64()
		}
	}
	for i := range f.at {
		q := f.first.Add(i)
		sum += paid[q]
		if last.IsZero() || q > last {
			f.paid = append(f.paid, math.NaN())
		} else {
			f.paid = append(f.paid, sum)
		}
	}
}

// fanTints are the fills of the 95, 80 and 50% ranges. They are opaque, so that
// they print alike everywhere.
func fanTints() []color.NRGBA {
	return []color.NRGBA{hex(0xd7e3f0), hex(0xaec8e1), hex(0x7ea6d0)}
}

// plot draws the fan; alone it has room for every quantile's label.
func (f *fan) plot(alone bool) *plot.Plot {
	p := newPlot()
	addGrid(p, true, false)
	last := len(fanQuantiles) - 1
	for i, tint := range fanTints() {
		p.Add(band{x: f.at, low: f.quantiles[i], high: f.quantiles[last-i], fill: tint})
	}
	p.Add(line{x: f.at, y: f.quantiles[3], style: solid(dark, 2), series: "Median"}, line{x: f.at, y: f.paid, style: solid(ink, 2.25), halo: true, series: "Paid"})
	f.cap(p)
	p.X.Tick.Marker, p.Y.Tick.Marker = quarterTicks{first: f.first}, moneyTicks()
	settle(p)
	p.Add(f.ends(alone))
	if last := f.lastPaid(); alone && last >= 0 && !f.covers(last) {
		p.Add(f.paidLabel(last))
	}
	return p
}

// cap draws the contract's cap.
func (f *fan) cap(p *plot.Plot) {
	most, ok := capped(f.programme)
	if !ok {
		return
	}
	p.Add(level{at: most, style: dashed(alert)}, labels{{
		x: 0, y: most, text: "Contract cap " + money(most), short: "Cap " + money(most), offset: vg.Point{X: 2, Y: 3},
		wide:  max(1, f.at[len(f.at)-1]),
		style: aligned(lettering(labelSize, alert), draw.XLeft, draw.YBottom),
	}})
	p.Y.Max = max(p.Y.Max, 1.03*most)
	if latest, ok := laterMaximum(f.programme); ok {
		p.Add(level{at: latest, style: dashed(plans[0])})
		p.Y.Max = max(p.Y.Max, 1.03*latest)
	}
}

// ends labels the quantiles at the last quarter, those of one value together.
func (f *fan) ends(alone bool) endLabels {
	names := []string{"2.5%", "10%", "25%", "Median", "75%", "90%", "97.5%"}
	shown, last := []int{0, 1, 2, 3, 4, 5, 6}, len(f.at)-1
	if !alone {
		shown = []int{0, 3, 6}
	}
	var all endLabels
	for len(shown) > 0 {
		value := f.quantiles[shown[0]][last]
		same := 1
		for same < len(shown) && money(f.quantiles[shown[same]][last]) == money(value) {
			same++
		}
		l := endLabel{x: f.at[last], y: value, text: money(value), style: lettering(labelSize, muted)}
		if slices.Contains(shown[:same], 3) {
			l.style = bold(lettering(labelSize, dark))
		}
		if alone {
			l.text = names[shown[0]] + "  " + l.text
		}
		if alone && same > 1 {
			l.text = names[shown[0]] + " to " + names[shown[same-1]] + "  " + money(value)
		}
		all, shown = append(all, l), shown[same:]
	}
	return all
}

// paidLabel names the line of actual payments where it is clear of the fan and the cap.
func (f *fan) paidLabel(last int) curveLabels {
	all := curveLabels{clearOf: math.NaN()}
	amount := money(f.paid[last])
	const tail = 0.35 // of the line, after which the name stands
	from := int(tail * float64(last))
	all.lines = []curveLabel{{
		x: f.at[from : last+1], y: f.paid[from : last+1], text: "Paid to " + f.first.Add(last).String() + "  " + amount,
		style: bold(lettering(labelSize, ink)), shorter: []string{"Paid " + amount, "Paid\n" + amount, "Paid"},
	}, {x: f.at, y: f.paid}}
	for _, edge := range f.quantiles {
		all.lines = append(all.lines, curveLabel{x: f.at, y: edge})
	}
	if most, ok := capped(f.programme); ok {
		all.lines = append(all.lines, curveLabel{x: []float64{f.at[0], f.at[len(f.at)-1]}, y: []float64{most, most}})
	}
	return all
}

// covers reports whether the fan covers the line of actual payments where that ends, so that
// the line has no room for a name.
func (f *fan) covers(last int) bool {
	low, high := f.quantiles[0][last], f.quantiles[len(fanQuantiles)-1][last]
	return f.paid[last] > low && f.paid[last] < high
}

// lastPaid is the place of the last quarter with a published payment, or -1.
func (f *fan) lastPaid() int {
	for i := len(f.paid) - 1; i >= 0; i-- {
		if finite(f.paid[i]) {
			return i
		}
	}
	return -1
}

// rows adds the fan to the figures that are drawn.
func (f *fan) rows(into *Figure, name string) {
	for q := range f.at {
		row := []any{name, f.first.Add(q).String()}
		for k := range fanQuantiles {
			row = append(row, f.quantiles[k][q])
		}
		into.row(append(row, f.paid[q])...)
	}
}

// tips say for each quarter what the fan is and what had been paid.
func (f *fan) tips(into *Figure, panel int, name string) {
	for q, at := range f.at {
		write := func(k int) string { return words.Pounds(f.quantiles[k][q]) }
		parts := []string{
			fmt.Sprintf("%s, to %s: median %s", words.Capital(name), f.first.Add(q), write(3)),
			fmt.Sprintf("80%% range %s to %s", write(1), write(5)), fmt.Sprintf("95%% range %s to %s", write(0), write(6)),
		}
		if finite(f.paid[q]) {
			parts = append(parts, "paid "+words.Pounds(f.paid[q]))
		}
		into.tip(panel, at, parts...)
	}
}

// said puts the fan in words.
func (f *fan) said(name string) string {
	last := len(f.at) - 1
	text := fmt.Sprintf("%s: by %s the median is %s, the 80%% range %s to %s and the 95%% range %s to %s", words.Capital(name),
		f.first.Add(last).String(), words.Pounds(f.quantiles[3][last]), words.Pounds(f.quantiles[1][last]), words.Pounds(f.quantiles[5][last]),
		words.Pounds(f.quantiles[0][last]), words.Pounds(f.quantiles[6][last]))
	if paid := f.lastPaid(); paid >= 0 {
		text += fmt.Sprintf("; %s had been paid by %s, where the median is %s", words.Pounds(f.paid[paid]), f.first.Add(paid).String(), words.Pounds(f.quantiles[3][paid]))
	}
	return text + "."
}
