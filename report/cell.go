package report

import (
	"math"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Units of cells: montecarlo's where it has one. They are plain letters, because
// a spreadsheet may not take a file for UTF-8.
const (
	unitPounds = "GBP"
	unitShare  = "share" // of 1
)

// What a cell says of how far it can be relied on; the other words are those of
// model.Status.
const (
	statusModelled  = "modelled"
	statusPublished = "published"
)

// noFigure stands where there is none.
const noFigure = "-"

// text is a cell of words.
func text(s string) Cell { return Cell{Text: s} }

// texts are cells of words.
func texts(all ...string) []Cell {
	var cells []Cell
	for _, s := range all {
		cells = append(cells, text(s))
	}
	return cells
}

// none is a cell without a figure where there could be one.
func none() Cell { return text(noFigure) }

// amountOf is an amount in a scale.
func amountOf(pounds float64, s scale) Cell {
	return Cell{Text: s.write(pounds), Value: &pounds, Unit: unitPounds, Decimals: s.decimals}
}

// money is an amount in whole pounds.
func money(pounds float64) Cell { return amountOf(pounds, inPounds) }

// pence is an amount to the penny.
func pence(pounds float64) Cell {
	return Cell{Text: words.Pence(pounds), Value: &pounds, Unit: unitPounds, Decimals: 2}
}

// amount is an amount that someone stated, with its pence if it has any.
func amount(d decimal.Decimal) Cell {
	v := d.InexactFloat64()
	c := Cell{Text: stated(d), Value: &v, Unit: unitPounds}
	if !d.Round(2).IsInteger() {
		c.Decimals = 2
	}
	return c
}

// stated writes an amount that someone stated.
func stated(d decimal.Decimal) string { return words.Amount("£", d) }

// number is a figure without a sign of its own, in a unit.
func number(v float64, decimals int, unit string) Cell {
	return Cell{Text: words.Number(v, decimals), Value: &v, Unit: unit, Decimals: decimals}
}

// percent is a share of 1 as a percentage.
func percent(share float64) Cell {
	return Cell{Text: words.Percent(share), Value: &share, Unit: unitShare, Decimals: 3}
}

// figure is a figure of a run in its unit.
func figure(v float64, u montecarlo.Unit) Cell {
	switch u {
	case montecarlo.Pounds:
		return money(v)
	case montecarlo.Probability:
		c := percent(v)
		c.Unit = unitName(u)
		return c
	case montecarlo.Rate:
		return rate(v)
	case montecarlo.Ratio:
		return number(v, 2, unitName(u))
	case montecarlo.Children:
		return number(v, 1, unitName(u))
	}
	return number(v, 0, unitName(u))
}

// errorOf is a standard error or deviation in the unit of its figure, with more
// decimals where the figure is small.
func errorOf(v float64, u montecarlo.Unit) Cell {
	switch u {
	case montecarlo.Pounds, montecarlo.Probability:
		return figure(v, u)
	case montecarlo.Ratio, montecarlo.Children:
		return number(v, 3, unitName(u))
	}
	return number(v, 1, unitName(u))
}

// unitName is a unit in plain letters.
func unitName(u montecarlo.Unit) string {
	if u == montecarlo.Pounds {
		return unitPounds
	}
	return string(u)
}

// scale is how large amounts are written.
type scale struct {
	write    func(pounds float64) string
	pounds   float64 // that one is
	suffix   string
	decimals int // of the amount in pounds
}

// The scales.
var (
	inPounds    = scale{words.Pounds, 1, "", 0}
	inThousands = scale{words.Thousands, 1e3, "k", -3}
	inMillions  = scale{words.Millions, 1e6, "m", -4}
)

// large reports whether an amount is £100,000 or more as it is shown, so that
// thousands are enough to know.
func large(pounds float64) bool { return math.Abs(pounds) >= 99_999.5 }

// rangeScale is the one in which the ends of a range are written: they are
// rounded further than a figure, because no more of them is known.
func rangeScale(low, high float64) scale {
	switch largest := max(math.Abs(low), math.Abs(high)); {
	case largest >= 1e6:
		return inMillions
	case largest >= 1e5:
		return inThousands
	}
	return inPounds
}

// between is a range of a figure: "£6.10m to £6.97m".
func between(low, high float64, u montecarlo.Unit) Cell {
	from, to := figure(low, u), figure(high, u)
	if u == montecarlo.Pounds {
		s := rangeScale(low, high)
		from, to = amountOf(low, s), amountOf(high, s)
		for _, end := range []*Cell{&from, &to} {
			if *end.Value == 0 {
				end.Text = words.Pounds(0) // nothing is not 0 thousands
			}
		}
	}
	return Cell{Text: from.Text + " to " + to.Text, Low: &low, High: &high, Unit: from.Unit, Decimals: from.Decimals}
}

// estimate is a figure with its Monte Carlo standard error: "46.8% ± 1.1%",
// "£6,534,968 ± £12,192". An error too small to be seen is left out of the text.
func estimate(v, standardError float64, u montecarlo.Unit) Cell {
	c := figure(v, u)
	switch u {
	case montecarlo.Probability:
		nothing := standardError == 0 || v < leastSeen && standardError < leastSeen
		return within(c, standardError, words.Percent(standardError), nothing)
	case montecarlo.Pounds:
		return within(c, standardError, words.Pounds(standardError), standardError < 0.5)
	}
	return within(c, standardError, small(standardError), standardError < 0.05)
}

// leastSeen is the least share that a percentage with one decimal shows.
const leastSeen = 0.0005

// estimatedAmount is estimate for an amount in a scale: "£883k ± £1.1k".
func estimatedAmount(pounds, standardError float64, s scale) Cell {
	if s.pounds == 1 {
		return estimate(pounds, standardError, montecarlo.Pounds)
	}
	scaled := standardError / s.pounds
	return within(amountOf(pounds, s), standardError, "£"+small(scaled)+s.suffix, scaled < 0.05)
}

// small writes an error with a decimal if it is below 10.
func small(v float64) string {
	if v < 10 {
		return words.Number(v, 1)
	}
	return words.Count(v)
}

// within adds a standard error to a cell, and its text unless nothing of it can
// be seen.
func within(c Cell, standardError float64, text string, nothing bool) Cell {
	c.StdErr = &standardError
	if !nothing {
		c.Text += " ± " + text
	}
	return c
}

// rate is a rate of return a year: "7.8%".
func rate(v float64) Cell {
	return Cell{Text: rateText(v) + "%", Value: &v, Unit: unitName(montecarlo.Rate), Decimals: 3}
}

// rateText is a rate in per cent, without the sign. Where nothing comes back it
// is exactly -100%.
func rateText(v float64) string {
	if text := words.Number(100*v, 1); text != "-100.0" {
		return text
	}
	return "-100"
}

// ranked are quantiles of a figure that may be without bound, with the unit
// once: "-35.1 / -26.2 / -18.7%", "1.12 / 1.34 / none". None stands for a figure
// above all others, as no capital is needed.
func ranked(r montecarlo.Ranked, at ...float64) Cell {
	var all []string
	var values []*float64
	bounded := false
	for _, q := range r.Quantiles {
		if !slices.Contains(at, q.P) {
			continue
		}
		values = append(values, q.Value)
		switch {
		case q.Value == nil:
			all = append(all, "none")
			continue
		case r.Unit == montecarlo.Rate:
			all = append(all, rateText(*q.Value))
		default:
			all = append(all, words.Number(*q.Value, 2))
		}
		bounded = true
	}
	if len(all) < len(at) { // not asked for, or not defined in any replication
		return none()
	}
	c := Cell{Text: strings.Join(all, " / "), Value: values[len(values)/2], Unit: unitName(r.Unit), Decimals: 2}
	if r.Unit == montecarlo.Rate {
		c.Text, c.Decimals = c.Text+"%", 3
	}
	if !bounded {
		c.Text = noCapital
	}
	if len(values) > 1 {
		c.Low, c.High = values[0], values[len(values)-1]
	}
	return c
}

// noCapital stands where a figure is without bound because nothing has to be
// paid in.
const noCapital = "no capital needed"
