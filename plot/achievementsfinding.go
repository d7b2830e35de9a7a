package plot

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// finding is the title: how much of the targets had been reached; without published
// results, what the cases reach of them; without targets, which case published results
// are nearest to; and without either how far the cases are apart.
func (a *achievements) finding() string {
	for _, of := range []func() string{a.reached, a.nearest, a.published, a.aimed, a.expected} {
		if text := of(); text != "" {
			return text
		}
	}
	if len(a.results) == 0 {
		return "Nothing achieved is published"
	}
	return "Nothing is achieved in any case drawn"
}

// reached says how many metrics had reached their target, with the lowest, or, if none
// had, how far the best had come, and how far the best case comes in the end.
func (a *achievements) reached() string {
	var shares []float64
	reached := 0
	for _, g := range a.groups {
		for _, b := range g.bars {
			if !b.isPublished() || g.target == 0 {
				continue
			}
			shares = append(shares, b.end/g.target)
			if b.end >= g.target {
				reached++
			}
		}
	}
	all, by := len(shares), monthOf(a.by)
	if all == 0 {
		return ""
	}
	least, best := lowestHighest(shares)
	text := fmt.Sprintf("%d of %d metrics had reached the target by %s; the lowest had %s of it", reached, all, by, whole(least))
	switch {
	case all == 1:
		text = fmt.Sprintf("%s of the target had been reached by %s", whole(best), by)
		return firstThatFits(text+"; "+a.inTheEnd(), text)
	case len(a.results) > 0 && reached > 0:
		text = fmt.Sprintf("%d of %d metrics had reached the target by %s", reached, all, by)
		lowest := ", the lowest " + whole(least)
		if reached == all {
			lowest = ""
		}
		return firstThatFits(text+lowest+"; "+a.endingWith(reached), strings.Replace(text, "the target by", "target by", 1)+lowest+"; "+a.endingWith(reached), text+"; "+a.endingWith(reached), text)
	case reached == all:
		return fmt.Sprintf("Every metric had reached at least %s of its target by %s", atLeast(least), by)
	case len(a.results) > 0:
		text = fmt.Sprintf("No metric had passed %s of its target by %s", atMost(best), by)
		return firstThatFits(text+"; "+a.inTheEnd(), text)
	case reached == 0:
		return fmt.Sprintf("No metric had passed %s of its target by %s; the lowest had %s of it", atMost(best), by, whole(least))
	case all == 2:
		return fmt.Sprintf("1 of 2 metrics had reached the target by %s; the other had %s of it", by, whole(least))
	}
	return text
}

// endingWith says how many metrics reach their target in the end, where so many have already.
func (a *achievements) endingWith(reached int) string {
	hits := make([]int, len(a.results))
	for _, g := range a.groups {
		for n := range a.results {
			if g.target > 0 && g.bars[n].end >= g.target {
				hits[n]++
			}
		}
	}
	switch most := slices.Max(hits); {
	case len(hits) == 1:
		return fmt.Sprintf("%s ends with %d", theCase(a.results[0].Version), most)
	case most <= reached:
		return "no case ends with more"
	default:
		return fmt.Sprintf("a case ends with up to %d", most)
	}
}

// inTheEnd says what cases reach in the end: of the only target from the lowest to the
// highest case, and of several at most.
func (a *achievements) inTheEnd() string {
	var shares []float64
	targeted := 0
	for _, g := range a.groups {
		if g.target == 0 {
			continue
		}
		targeted++
		for n := range a.results {
			shares = append(shares, g.bars[n].end/g.target)
		}
	}
	if len(shares) == 0 {
		return "nothing is modelled"
	}
	low, high := lowestHighest(shares)
	who := "the cases end at "
	if len(a.results) == 1 {
		who = theCase(a.results[0].Version) + " ends at "
	}
	switch {
	case targeted == 1:
		return who + span(whole(low), whole(high))
	case len(a.results) == 1:
		return "in " + theCase(a.results[0].Version) + " none passes " + atMost(high)
	}
	return "no case passes " + atMost(high) + " by the end"
}

// whole is a share in whole per cent, as a title has it.
func whole(share float64) string { return words.Number(100*share, 0) + "%" }

// atMost is a share in whole per cent, rounded up, for a title that says that nothing is
// above it.
func atMost(share float64) string { return words.Number(math.Ceil(100*share-1e-9), 0) + "%" }

// atLeast is a share rounded down, for a title that says that nothing is below it.
func atLeast(share float64) string { return words.Number(math.Floor(100*share+1e-9), 0) + "%" }

// published says of a chart of published figures alone how much of the target of the
// whole programme had been reached, where no metric has one.
func (a *achievements) published() string {
	if len(a.results) > 0 {
		return ""
	}
	if all, ok := a.whole(); ok {
		text := fmt.Sprintf("%s of %s %s had been reached, %s of the target", words.Count(all.published), words.Count(all.target), all.unit, whole(all.published/all.target))
		return firstThatFits(text, whole(all.published/all.target)+" of the target had been reached")
	}
	for _, g := range a.groups {
		if !g.isEmpty() && len(g.bars) > 0 {
			text := words.Count(g.bars[0].end) + " " + g.unit + " had been reached"
			return firstThatFits(text+" under "+g.name, text)
		}
	}
	return ""
}

// nearest says which case published results are nearest to in most metrics, or
// whether they are below or above the only case.
func (a *achievements) nearest() string {
	if len(a.results) == 0 || a.by.IsZero() {
		return ""
	}
	times, below, all := make([]int, len(a.results)), 0, 0
	for _, g := range a.groups {
		for _, b := range g.bars {
			if !b.isPublished() || g.isEmpty() {
				continue
			}
			all++
			best := 0
			for n := range a.results {
				if math.Abs(g.bars[n].date-b.end) < math.Abs(g.bars[best].date-b.end) {
					best = n
				}
			}
			times[best]++
			if b.end < g.bars[0].date {
				below++
			}
		}
	}
	name := theCase(a.results[0].Version)
	switch {
	case all == 0:
		return ""
	case len(a.results) > 1:
		best := slices.Index(times, slices.Max(times))
		return firstThatFits(fmt.Sprintf("Published results are nearest %s in %d of %s", theCase(a.results[best].Version), times[best], words.Plural(all, "metric")),
			fmt.Sprintf("Published results are nearest one case in %d of %s", times[best], words.Plural(all, "metric")))
	case 2*below >= all:
		return fmt.Sprintf("Published results are below %s in %d of %s", name, below, words.Plural(all, "metric"))
	}
	return fmt.Sprintf("Published results are at least those of %s in %d of %s", name, all-below, words.Plural(all, "metric"))
}

// aimed says what the cases reach of targets with which nothing published can be
// compared: of one target how far from it they end, of several how many they reach.
func (a *achievements) aimed() string {
	targeted := slices.DeleteFunc(slices.Clone(a.groups), func(g achieved) bool { return g.target == 0 })
	if len(targeted) == 0 || len(a.results) == 0 {
		return ""
	}
	hits, shares := make([]int, len(a.results)), make([]float64, len(a.results)) // of each case, and its best share
	for n := range a.results {
		for _, g := range targeted {
			share := g.bars[n].end / g.target
			shares[n] = max(shares[n], share)
			if share >= 1 {
				hits[n]++
			}
		}
	}
	if len(targeted) == 1 {
		return a.aimedAt(targeted[0], shares)
	}
	low, high := lowestHighest(shares)
	worst, best := a.caseNumber(slices.Index(shares, low)), a.caseNumber(slices.Index(shares, high))
	if most := slices.Max(hits); most > 0 {
		first := a.caseNumber(slices.Index(hits, most))
		text := fmt.Sprintf("%s reaches %d of %d targets", words.Capital(first), most, len(targeted))
		if worst == first {
			return text
		}
		return firstThatFits(fmt.Sprintf("%s; %s comes to %s of one at most", text, worst, atMost(low)), text)
	}
	text := "No case reaches a target"
	if len(shares) == 1 {
		return fmt.Sprintf("%s reaches no target and comes to %s of one at most", words.Capital(best), atMost(high))
	}
	return firstThatFits(fmt.Sprintf("%s; %s comes nearest, with %s of one", text, best, whole(high)), text)
}

// aimedAt says how far from the only target the lowest and the highest case end.
func (a *achievements) aimedAt(g achieved, shares []float64) string {
	low, high := lowestHighest(shares)
	worst, best := a.caseNumber(slices.Index(shares, low)), a.caseNumber(slices.Index(shares, high))
	of := func(verb string) string { return " " + verb + " the target of " + words.Count(g.target) + " " }
	name := "for " + g.name
	if words.Small(g.name) == g.unit {
		name = g.unit
	}
	short := func(share float64) string { return whole(1 - share) }
	switch {
	case len(shares) == 1 && high < 1:
		return words.Capital(best) + " ends " + short(high) + " short of the target of " + words.Count(g.target) + " " + name
	case len(shares) == 1:
		return words.Capital(best) + of("passes") + name + " by " + whole(high-1)
	case low >= 1:
		return "Every case" + of("reaches") + name + ", by " + span(whole(low-1), whole(high-1))
	case high < 1:
		return fmt.Sprintf("No case%s%s; %s ends %s short", of("reaches"), name, best, short(high))
	}
	return firstThatFits(fmt.Sprintf("%s ends %s short of the target %s; %s passes it by %s", words.Capital(worst), short(low), "for "+g.name, best, whole(high-1)),
		fmt.Sprintf("%s ends %s short of the target; %s passes it by %s", words.Capital(worst), short(low), best, whole(high-1)))
}

// expected says how far the cases are apart under the first metric that counts
// anything; of one case it says which metric counts most.
func (a *achievements) expected() string {
	groups := slices.DeleteFunc(slices.Clone(a.groups), achieved.isEmpty)
	if len(groups) == 0 || len(a.results) == 0 {
		return ""
	}
	g := groups[0]
	if len(g.bars) == 1 {
		return a.mostOf(groups)
	}
	least, most := g.bars[0], g.bars[0]
	for _, b := range g.bars {
		if b.end < least.end {
			least = b
		}
		if b.end > most.end {
			most = b
		}
	}
	if words.Count(least.end) == words.Count(most.end) {
		text := fmt.Sprintf("Every case reaches %s %s", words.Count(most.end), g.unit)
		return firstThatFits(text+" for "+g.name, text)
	}
	apart := func(what string) string {
		return fmt.Sprintf("%s reaches %s of the %s that %s does", words.Capital(a.caseOf(least)), whole(least.end/most.end), what, a.caseOf(most))
	}
	text := apart(g.unit)
	if len(groups) == 1 && strings.HasPrefix(g.name, g.unit) { // "days out of care"
		return firstThatFits(apart(g.name), text)
	}
	if len(groups) == 1 {
		return text
	}
	return firstThatFits(text+" for "+g.name, "In one metric "+words.Small(text), "The cases are apart in every metric that they share")
}

// mostOf says of one case which metric counts most of those in the commonest unit.
func (a *achievements) mostOf(groups []achieved) string {
	most, sum := groups[0], 0.0
	for _, g := range groups {
		if g.unit == most.unit {
			sum += g.bars[0].end
			if g.bars[0].end > most.bars[0].end {
				most = g
			}
		}
	}
	who, share := theCase(a.results[0].Version), most.bars[0].end/sum
	text := fmt.Sprintf("%s reaches %s %s", words.Capital(who), words.Count(sum), most.unit)
	if share > 0.9999 {
		return text
	}
	return firstThatFits(fmt.Sprintf("%s, %s of them for %s", text, whole(share), most.name), text)
}

// caseOf is the case of a bar in a title.
func (a *achievements) caseOf(b bar) string {
	return a.caseNumber(max(0, slices.Index(a.names, b.name)))
}

// caseNumber is a case in a title, by its place.
func (a *achievements) caseNumber(n int) string { return theCase(a.results[n].Version) }
