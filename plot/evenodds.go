package plot

import (
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
// crosses it: at a point that has it, or between two by a straight line.
func (c chance) evenOdds() (how odds, at float64) {
	crossings, last := 0, -1 // the last point that is not at one half
	for i, p := range c.p {
		if p == 0.5 {
			continue
		}
		if last >= 0 && (c.p[last] < 0.5) != (p < 0.5) {
			crossings++
			at = c.x[last] + (c.x[i]-c.x[last])*(0.5-c.p[last])/(p-c.p[last])
			if i > last+1 {
				at = c.x[last+1]
			}
			how = oddsRising
			if p < 0.5 {
				how = oddsFalling
			}
		}
		last = i
	}
	switch {
	case crossings > 1 || last < 0:
		return oddsMixed, 0
	case crossings == 1:
		return how, at
	case c.p[last] > 0.5:
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
	unit  func(float64) float64 // to which a value is rounded
	// dearer is more of it, as the beginning of a sentence: "Dearer residential care".
	// It is empty for what is no price.
	dearer string
}

func drivenAlong(d sensitivity.Driver) driven {
	by := driven{name: "the " + d.Name, write: d.Text, unit: tenthOfPower}
	if d.Unit == "×" {
		by.unit = wholePercent
		by.write = func(x float64) string {
			if share := words.Count(100 * x); share != "100" {
				return share + "% of the current value"
			}
			return "the current value"
		}
	}
	if d.Name == sensitivity.ResidentialPrice || d.Name == sensitivity.ResidentialCost {
		by.dearer = "Dearer residential care"
	}
	if strings.HasPrefix(d.Name, "moves ") {
		by.name, by.many = d.Name, true
	}
	return by
}

func drivenByDeadweight() driven {
	return driven{name: "deadweight", write: func(x float64) string { return words.Count(100*x) + "%" }, unit: wholePercent}
}

// tenthOfPower is the unit of the second significant figure, to which about an even chance
// is known.
func tenthOfPower(x float64) float64 {
	if x == 0 || !finite(x) {
		return 1
	}
	return math.Pow(10, math.Floor(math.Log10(math.Abs(x)))-1)
}

// wholePercent is the unit of shares.
func wholePercent(float64) float64 { return 0.01 }

// rounded is a value at which chances are even, rounded to where a saving is likely: up if
// it is so above, and down if it is so below.
func (d driven) rounded(how odds, at float64) float64 {
	unit := d.unit(at)
	if how == oddsFalling {
		return unit * math.Floor(at/unit+1e-9)
	}
	return unit * math.Ceil(at/unit-1e-9)
}

// until says from where or up to where a saving is likely: "once residential care costs
// more than about £2,900 a week", "until deadweight passes about 71%".
func (d driven) until(how odds, at float64) string {
	thing, costs := strings.CutPrefix(strings.TrimPrefix(d.name, "the "), "price of ")
	if !costs {
		thing, costs = strings.CutPrefix(thing, "cost of ")
	}
	value := d.write(d.rounded(how, at))
	switch {
	case how == oddsFalling && d.many:
		return "until " + d.name + " pass about " + value
	case how == oddsFalling:
		return "until " + d.name + " passes about " + value
	case d.many:
		return "once " + d.name + " are above about " + value
	case costs:
		return "once " + thing + " costs more than about " + value
	}
	return "once " + d.name + " is above about " + value
}

// extremes are the lowest and the highest of all probabilities drawn.
func extremes(all []chance) (low, high montecarlo.ProbabilityOf) {
	low.Probability, high.Probability = 2, -1
	for _, c := range all {
		for i, p := range c.p {
			one := montecarlo.ProbabilityOf{Probability: p, Replications: c.n, Certain: c.certain[i]}
			if p < low.Probability {
				low = one
			}
			if p > high.Probability {
				high = one
			}
		}
	}
	return low, high
}

// savingFound says where along something a saving is likelier than not, which is what
// likely means beside the line of an even chance. The curves are of the public purse, in the
// order of the versions.
func savingFound(versions []*scenario.Version, all []chance, by driven) string {
	first, where, every := -1, 0.0, true // the case that is the first to cross, and where
	crosses := oddsMixed
	for i, c := range all {
		how, at := c.evenOdds()
		if how != oddsRising && how != oddsFalling {
			every = every && how == oddsAbove
			continue
		}
		if first < 0 || how == oddsFalling && at < where || how == oddsRising && at > where {
			first, where = i, at
		}
		every, crosses = every && (crosses == oddsMixed || crosses == how), how
	}
	if first < 0 {
		return neverCrossing(all, by)
	}
	how, at := all[first].evenOdds()
	for _, c := range all { // a case that is drawn no further says nothing of what is beyond
		every = every && (how == oddsFalling && c.x[len(c.x)-1] >= at || how == oddsRising && c.x[0] <= at)
	}
	likelier, likely := "a saving is likelier than not "+by.until(how, at), "a saving is likely "+by.until(how, at)
	if every && len(all) > 1 {
		return brief("In every case "+likelier, "In every case "+likely, words.Capital(likely))
	}
	in, last := inCase(versions[first]), words.Capital(likely)
	if len(all) > 1 {
		last += " in one case"
	}
	return brief(words.Capital(after(in, likelier)), words.Capital(after(in, likely)), last)
}

// hardly is how far apart the ends of a curve are that hardly changes.
const hardly = 0.12

// neverCrossing says how likely a saving is along curves that do not cross an even chance.
func neverCrossing(all []chance, by driven) string {
	low, high := extremes(all)
	if len(all) == 1 && by.dearer != "" && nearly(low)+nearly(high) == "" && low.Probability > 0.1 {
		switch first, last := all[0].p[0], all[0].p[len(all[0].p)-1]; {
		case high.Probability-low.Probability <= hardly:
			return brief(by.dearer + " hardly helps: a saving is " + fromTo(low, high))
		case low.Probability > evenChance && first == low.Probability && last == high.Probability:
			return brief("A saving is likelier than not at every price drawn: " + roughly(low) + " to " + roughly(high))
		case high.Probability < evenChance && first == low.Probability && last == high.Probability:
			return brief("A saving is less likely than not at every price drawn: " + roughly(low) + " to " + roughly(high))
		}
	}
	text := "A saving is " + fromTo(low, high)
	switch {
	case high.Probability == 0 || low.Probability == 1:
	case high.Probability < 0.1:
		text = "A saving is at most " + atMost(high.Probability) + " likely"
	case low.Probability > 0.9:
		text = "A saving is at least " + atLeast(low.Probability) + " likely"
	}
	where := "at every " + strings.TrimPrefix(by.name, "the ") + " drawn"
	if by.many {
		where = "over all " + by.name + " drawn"
	}
	return brief(text+" "+where, text+" over all that is drawn")
}
