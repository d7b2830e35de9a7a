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
	unitPounds = words.Sterling
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
func stated(d decimal.Decimal) string { return words.Amount(words.PoundSign, d) }

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
	case montecarlo.Probability, montecarlo.Share:
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
// decimals where the figure is small; none where it cannot be estimated.
func errorOf(v *float64, u montecarlo.Unit) Cell {
	if v == nil {
		return none()
	}
	switch u {
	case montecarlo.Pounds, montecarlo.Probability, montecarlo.Share:
		return figure(*v, u)
	case montecarlo.Ratio, montecarlo.Children:
		return number(*v, 3, unitName(u))
	}
	return number(*v, 1, unitName(u))
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

// estimate is a figure with its Monte Carlo standard error: "£6,534,968 ±
// £12,192". An error too small to be seen is left out of the text, and one that
// cannot be estimated out of the cell. A probability is a [chance].
func estimate(v float64, standardError *float64, u montecarlo.Unit) Cell {
	c := figure(v, u)
	if standardError == nil {
		return c
	}
	e := *standardError
	switch u {
	case montecarlo.Pounds:
		return within(c, e, words.Pounds(e), e < 0.5)
	case montecarlo.Ratio:
		return within(c, e, words.Number(e, 2), e < 0.005)
	case montecarlo.Share:
		return within(c, e, words.Percent(e), e < leastSeen)
	}
	return within(c, e, small(e), e < 0.05)
}

// chance is the share of replications in which something happened.
func chance(p montecarlo.ProbabilityOf) Cell {
	c := figure(p.Probability, montecarlo.Probability)
	c.Text = words.Chance(p.Probability, p.Replications, p.Certain)
	return c
}

// noChance is the share of replications in which something did not happen.
func noChance(p montecarlo.ProbabilityOf) Cell {
	p.Probability = 1 - p.Probability
	return chance(p)
}

// chanceErr is a chance with its Monte Carlo standard error: "46.8% ± 1.1%".
func chanceErr(p montecarlo.ProbabilityOf) Cell {
	c := chance(p)
	if p.StdErr == nil {
		return c
	}
	e := *p.StdErr
	return within(c, e, words.Percent(e), e == 0 || p.Probability < leastSeen && e < leastSeen)
}

// leastSeen is the least share that a percentage with one decimal shows.
const leastSeen = 0.0005

// estimatedAmount is estimate for an amount in a scale: "£883k ± £1.1k".
func estimatedAmount(pounds float64, standardError *float64, s scale) Cell {
	if s.pounds == 1 {
		return estimate(pounds, standardError, montecarlo.Pounds)
	}
	if standardError == nil {
		return amountOf(pounds, s)
	}
	scaled := *standardError / s.pounds
	return within(amountOf(pounds, s), *standardError, words.PoundSign+small(scaled)+s.suffix, scaled < 0.05)
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

// What stands for a quantile that is no figure: no capital is needed, which is
// above every figure; there is no rate and money is lost, which is below; or there
// is no rate and none is lost.
const (
	noneNeeded = "none"
	lossNoRate = "loss"
	noRate     = "no rate"
)

// ranked are quantiles of a figure that may be without bound, with the unit
// once: "-35.1 / -26.2 / -18.7%", "1.12 / 1.34 / none", "loss / -3.0 / 12.0%".
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
		case q.Lost:
			all = append(all, lossNoRate)
			continue
		case q.Undefined:
			all = append(all, noRate)
			continue
		case q.Value == nil:
			all = append(all, noneNeeded)
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
	if r.Unit == montecarlo.Rate && bounded {
		c.Text, c.Decimals = c.Text+"%", 3
	}
	switch words := slices.Compact(all); {
	case bounded || len(words) > 1:
	case words[0] == noneNeeded:
		c.Text = noCapital
	default:
		c.Text = words[0]
	}
	if len(values) > 1 {
		c.Low, c.High = values[0], values[len(values)-1]
	}
	return c
}

// centralOf is the central projection of a figure that may be without bound or not
// defined, as it stands before its quantiles.
func centralOf(r montecarlo.Ranked) Cell {
	switch {
	case r.Central == nil:
		return text(noneNeeded)
	case r.Unit == montecarlo.Rate:
		return rate(*r.Central)
	}
	return Cell{Text: words.Number(*r.Central, 2), Value: r.Central, Unit: unitName(r.Unit), Decimals: 2}
}

// noCapital stands where a figure is without bound because nothing has to be
// paid in.
const noCapital = "no capital needed"
