package plot

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Reforecast draws a forecast from a day on, in £ by quarter as paid: actual quarters as they
// are, and from the last of them the mean and the 90% range, with that of chance alone inside
// it. Payments for later quarters that are known and were not used are drawn beside it.
func Reforecast(o *calibrate.Outlook) (*Figure, error) {
	switch {
	case o == nil || len(o.Quarters) == 0:
		return nil, errors.New("plot: there is no forecast to draw: give the result of calibrate.Reforecast")
	case !has(o.Version):
		return nil, errors.New("plot: the forecast has no programme: give the result of calibrate.Reforecast")
	}
	p := o.Version.Programme
	f := &Figure{
		Title:    reforecastFound(o),
		Subtitle: setting("Outcome payments by quarter, £: actual to "+o.AsOf.Long()+", then mean and 90% range", p, p.PriceText(o.Prices), o.Version),
		Columns:  []string{"quarter", "actual, £", "mean", "5%", "95%", "5%, chance alone", "95%, chance alone", "paid since, not used"},
		Note: note(p, nil, fmt.Sprintf("Simulated: %s under %s of the inputs, seed %d; rates and children are held to what was paid%s%s", words.Plural(o.Replications, "replication"), words.Plural(o.Draws, "draw"),
			o.Seed, weighed(o), hindsight(o)), whatWasPaid...),
	}
	first := o.Quarters[0].Quarter
	actual, mean, both, chance := reforecastLines(o, f, first)
	pl := newPlot()
	addGrid(pl, true, false)
	pl.Add(both, chance, mean, actual)
	f.Key = []KeyEntry{{"Actual", actual}, {"Mean forecast", mean}, {"90% range", both}, {"By chance alone, at known rates", chance}}
	if since := paidSince(o, first); len(since.x) > 0 {
		pl.Add(since)
		f.Key = append(f.Key, KeyEntry{"Paid since, not used", since})
	}
	last := actual.x[len(actual.x)-1]
	pl.Add(level{at: last, style: dashed(muted), upright: true})
	pl.Y.Min = 0
	pl.X.Tick.Marker, pl.Y.Tick.Marker = quarterTicks{first: first}, moneyTicks()
	settle(pl)
	pl.Y.Max *= 1.08 // so that the words beside the line stand above the fan and cover none of it
	pl.Add(labels{{x: last, y: pl.Y.Max, text: "Forecast from here", offset: vg.Point{X: 5, Y: -10}, style: lettering(labelSize, muted), clear: true}})
	f.Panels, f.Summary = []Panel{{Plot: pl}}, f.Title+"."
	return inCurrency(f, p), nil
}

// weighed says where the weight of what was paid is another than the default.
func weighed(o *calibrate.Outlook) string {
	if o.Evidence == 1 {
		return ""
	}
	return fmt.Sprintf(", which by choice weighs %s times for the rates", words.Significant(o.Evidence))
}

// hindsight says what became of inputs of the file that had been fitted to payments after
// the day.
func hindsight(o *calibrate.Outlook) string {
	switch {
	case len(o.Seen) > 0:
		return "; inputs had been fitted to later payments, so that it could not have been made on the day"
	case len(o.Freed) > 0:
		return "; inputs that had been fitted to later payments are set free"
	}
	return ""
}

// reforecastFound says what is still to come.
func reforecastFound(o *calibrate.Outlook) string {
	paid := 0.0
	for _, q := range o.Quarters {
		if q.Actual != nil {
			paid += *q.Actual
		}
	}
	all := o.Quarters[len(o.Quarters)-1].ToDate
	come := fmt.Sprintf("After %s paid, %s is still to come", money(paid), money(all.Mean-paid))
	return firstThatFits(
		fmt.Sprintf("%s, with 90%% between %s and %s", come, money(all.Low-paid), money(all.High-paid)),
		come)
}

// reforecastLines are the marks of a forecast, which begins at the last actual quarter, and
// writes them into the figure's table.
func reforecastLines(o *calibrate.Outlook, f *Figure, first calendar.Quarter) (actual, mean line, both, chance band) {
	actual = line{style: solid(ink, 2.25), dot: 2.2, series: "Actual"}
	mean = line{style: solid(dark, 2), series: "Mean forecast"}
	both, chance = band{fill: fanTints()[0]}, band{fill: fanTints()[1]}
	add := func(at float64, x calibrate.Forecast) {
		mean.x, mean.y = append(mean.x, at), append(mean.y, x.Mean)
		both.x, both.low, both.high = append(both.x, at), append(both.low, x.Low), append(both.high, x.High)
		chance.x, chance.low, chance.high = append(chance.x, at), append(chance.low, x.ChanceLow), append(chance.high, x.ChanceHigh)
	}
	for i, q := range o.Quarters {
		at := float64(q.Quarter.Sub(first))
		if q.Actual != nil {
			actual.x, actual.y = append(actual.x, at), append(actual.y, *q.Actual)
			f.row(q.Quarter.String(), *q.Actual, math.NaN(), math.NaN(), math.NaN(), math.NaN(), math.NaN(), math.NaN())
			if next := i + 1; next < len(o.Quarters) && o.Quarters[next].Actual == nil {
				add(at, calibrate.Forecast{Mean: *q.Actual, Low: *q.Actual, High: *q.Actual, ChanceLow: *q.Actual, ChanceHigh: *q.Actual})
			}
			f.tip(0, at, q.Quarter.String()+": "+words.Pounds(*q.Actual)+" paid")
			continue
		}
		x := *q.Forecast
		add(at, x)
		f.row(q.Quarter.String(), math.NaN(), x.Mean, x.Low, x.High, x.ChanceLow, x.ChanceHigh, since(o, q.Quarter))
		f.tip(0, at, q.Quarter.String()+": "+words.Pounds(x.Mean), "90% range "+words.Pounds(x.Low)+" to "+words.Pounds(x.High))
	}
	return actual, mean, both, chance
}

// since is what is known of a later quarter; not a number where nothing is.
func since(o *calibrate.Outlook, quarter calendar.Quarter) float64 {
	for _, q := range o.Later {
		if q.Quarter == quarter {
			return q.Amount.InexactFloat64()
		}
	}
	return math.NaN()
}

// paidSince are payments for later quarters that were not used.
func paidSince(o *calibrate.Outlook, first calendar.Quarter) line {
	l := line{style: dotted(alert), dot: 1.8, series: "Paid since, not used"}
	for _, q := range o.Later {
		l.x, l.y = append(l.x, float64(q.Quarter.Sub(first))), append(l.y, q.Amount.InexactFloat64())
	}
	return l
}
