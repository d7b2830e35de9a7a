package plot

import (
	"fmt"
	"math"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// odds is how a probability along something stands to one half.
type odds int

// What it may do.
const (
	oddsMixed   odds = iota // crosses it more than once, or touches it
	oddsAbove               // above it everywhere
	oddsBelow               // below it everywhere
	oddsRising              // from below it to above
	oddsFalling             // from above it to below
)

// evenOdds says how the probability stands to one half over all points, and where it
// crosses it, between two points by a straight line.
func (c chance) evenOdds() (how odds, at float64) {
	crossings := 0
	for i, p := range c.p {
		if p == 0.5 {
			return oddsMixed, 0
		}
		if i == 0 || (c.p[i-1] < 0.5) == (p < 0.5) {
			continue
		}
		crossings++
		at = c.x[i-1] + (c.x[i]-c.x[i-1])*(0.5-c.p[i-1])/(p-c.p[i-1])
		how = oddsRising
		if p < 0.5 {
			how = oddsFalling
		}
	}
	switch {
	case crossings > 1 || len(c.p) == 0:
		return oddsMixed, 0
	case crossings == 1:
		return how, at
	case c.p[0] > 0.5:
		return oddsAbove, 0
	}
	return oddsBelow, 0
}

// driven is what probabilities of a saving run along, as a title has it: "the price of
// residential care", and how a value of it is written there.
type driven struct {
	name  string
	many  bool // whether the name is a plural
	write func(float64) string
}

func drivenAlong(d sensitivity.Driver) driven {
	by := driven{name: "the " + d.Name, write: func(x float64) string { return d.Text(twoFigures(x)) }}
	if strings.HasPrefix(d.Name, "moves ") {
		by.name, by.many = d.Name, true
	}
	return by
}

func drivenByDeadweight() driven {
	return driven{name: "deadweight", write: func(x float64) string { return words.Count(100*x) + "%" }}
}

// twoFigures rounds to two significant figures, which is about what an even chance is
// known to.
func twoFigures(x float64) float64 {
	if x == 0 || !finite(x) {
		return x
	}
	unit := math.Pow(10, math.Floor(math.Log10(math.Abs(x)))-1)
	return math.Round(x/unit) * unit
}

// until says from where or up to where a saving is likelier than not: "once the price of
// residential care is about £2,900 a week", "until deadweight passes about 71%".
func (d driven) until(how odds, at float64) string {
	switch {
	case how == oddsFalling && d.many:
		return "until " + d.name + " pass about " + d.write(at)
	case how == oddsFalling:
		return "until " + d.name + " passes about " + d.write(at)
	case d.many:
		return "once " + d.name + " are about " + d.write(at)
	}
	return "once " + d.name + " is about " + d.write(at)
}

// rangeOfChances writes the lowest and the highest of all probabilities drawn.
func rangeOfChances(all []chance) string {
	at := func(c chance, i int) string {
		return roughly(montecarlo.ProbabilityOf{Probability: c.p[i], Replications: c.n, Certain: c.certain[i]})
	}
	low, high := all[0], all[0]
	least, most := 0, 0
	for _, c := range all {
		for i, p := range c.p {
			if p < low.p[least] {
				low, least = c, i
			}
			if p > high.p[most] {
				high, most = c, i
			}
		}
	}
	return span(at(low, least), at(high, most))
}

// savingFound says where along something a saving is likelier than not. The curves are
// of the public purse, in the order of the versions.
func savingFound(versions []*scenario.Version, all []chance, by driven) string {
	how, at := all[0].evenOdds()
	binding := 0 // the case that leaves the range in which all save first
	same, crossing := true, true
	for i, c := range all {
		h, x := c.evenOdds()
		same = same && h == how
		crossing = crossing && (h == oddsRising || h == oddsFalling)
		if h == how && (how == oddsRising && x > at || how == oddsFalling && x < at) {
			at, binding = x, i
		}
	}
	one := "A saving is likelier than not "
	switch {
	case same && crossing && len(all) == 1:
		return brief(words.Capital(after(inCase(versions[0]), words.Small(one)))+by.until(how, at), one+by.until(how, at))
	case same && crossing:
		return brief("In every case a saving is likelier than not "+by.until(how, at), one+by.until(how, at)+" in "+versions[binding].Label())
	case same && (how == oddsAbove || how == oddsBelow):
		text := "A saving is " + rangeOfChances(all) + " likely "
		where := "at every " + strings.TrimPrefix(by.name, "the ") + " drawn"
		if by.many {
			where = "over all " + by.name + " drawn"
		}
		return brief(text+where, text+"over all that is drawn")
	}
	for i, c := range all {
		if h, x := c.evenOdds(); h == oddsFalling || h == oddsRising {
			return brief("In "+theCase(versions[i])+" a saving is likelier than not "+by.until(h, x), one+by.until(h, x)+" in one case")
		}
	}
	saving := 0
	for _, c := range all {
		if c.p[c.now] > 0.5 {
			saving++
		}
	}
	return fmt.Sprintf("A saving is likelier than not in %d of %s as the file has %s", saving, words.Plural(len(all), "case"), by.name)
}
