package plot

import (
	"fmt"
	"math"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// deadweightFound says how far the deadweight of each case is from that at which a saving
// stops being likely: which cases are past it, or which is nearest to it. The curves are of
// the public purse, in the order of the versions.
func deadweightFound(versions []*scenario.Version, all []chance) string {
	var past []int
	falls := true // whether every curve falls, so that past has a meaning
	for i, c := range all {
		if c.p[c.now] < evenChance {
			past = append(past, i)
		}
		how, _ := c.evenOdds()
		falls = falls && how != oddsRising && how != oddsMixed
	}
	switch {
	case !falls:
		return likelyAsTheyAre(versions, all, past)
	case len(past) == 0:
		return nearestToTheLimit(versions, all)
	case len(past) == len(all):
		return unlikelyAsTheyAre(versions, all)
	case len(past) > 1:
		return likelyAsTheyAre(versions, all, past)
	}
	c, in := all[past[0]], inNamed(versions[past[0]])
	unlikely := "unlikely"
	if c.p[c.now] > 0.4 {
		unlikely = "less likely than not"
	}
	text := after("A saving is", unlikely, in)
	now := whole(c.x[c.now])
	if how, at := c.evenOdds(); how == oddsFalling {
		return onOneLine("",
			text+": deadweight "+now+", even odds at "+drivenByDeadweight().limit(how, at),
			words.Capital(after(in, "deadweight,", now+",", "is past even odds of a saving at", drivenByDeadweight().limit(how, at))),
			words.Capital(after(in, "deadweight,", now+",", "is past even odds at", drivenByDeadweight().limit(how, at))),
			text+", at its deadweight of "+now, after("A saving is", unlikely, "in one case, at its deadweight of", now))
	}
	return onOneLine("", text+", at its deadweight of "+now, after("A saving is", unlikely, "in one case, at its deadweight of", now))
}

// limit is a value at which chances are even, as a title has it.
func (d driven) limit(how odds, at float64) string { return d.write(d.rounded(how, at)) }

// nearestToTheLimit says of the case whose deadweight may rise least before a saving is no
// longer likely what it is now and what it may be; in no case is it past that.
func nearestToTheLimit(versions []*scenario.Version, all []chance) string {
	nearest, room, alike := -1, 0.0, true
	said := func(i int, subject string) string {
		c := all[i]
		how, at := c.evenOdds()
		at = max(at, math.Round(100*c.x[c.now])/100) // as both are rounded
		return fmt.Sprintf("%s until deadweight, now %s, passes %s", subject, whole(c.x[c.now]), drivenByDeadweight().limit(how, at))
	}
	first := ""
	for i, c := range all {
		how, at := c.evenOdds()
		if how != oddsFalling {
			alike = false
			continue
		}
		if left := at - c.x[c.now]; nearest < 0 || left < room {
			nearest, room = i, left
		}
		if first == "" {
			first = said(i, "Every case is likely to save")
		}
		alike = alike && said(i, "Every case is likely to save") == first
	}
	switch {
	case nearest < 0:
		return neverCrossing(all, drivenByDeadweight())
	case alike && len(all) > 1:
		return first
	case len(all) == 1:
		return said(0, "A saving is likely")
	case len(onOneAnother(all)) == 1: // as they are named in the chart
		return said(nearest, "Every case is likely to save")
	}
	the := words.Capital(theCase(versions[nearest]))
	if len(versions[nearest].Layers) > 0 {
		the = words.Capital(versions[nearest].Label())
	}
	return onOneLine("", said(nearest, the+" is likely to save"), said(nearest, the+" likely saves"), said(nearest, "One case is likely to save"))
}

// unlikelyAsTheyAre says how likely a saving is at most where it is unlikely in every case.
func unlikelyAsTheyAre(versions []*scenario.Version, all []chance) string {
	if len(all) == 1 {
		c := all[0]
		now := whole(c.x[c.now])
		if how, at := c.evenOdds(); how == oddsFalling {
			return onOneLine("", "Deadweight of "+now+" is past the "+drivenByDeadweight().limit(how, at)+" up to which a saving is likely")
		}
		return onOneLine("",
			after("At its deadweight of", now, "a saving is", howLikely(asItIs(c)), inCase(versions[0])),
			after("At its deadweight of", now, "a saving is", howLikely(asItIs(c))))
	}
	most := asItIs(all[0])
	for _, c := range all {
		if p := asItIs(c); p.Probability > most.Probability {
			most = p
		}
	}
	if sure := certainly(most) + nearly(most); sure != "" {
		return "At its own deadweight a saving is " + sure + " in every case"
	}
	return "At its own deadweight no case is more than " + atMost(most.Probability) + " likely to save"
}

// likelyAsTheyAre counts the cases in which a saving is likely at their own deadweight, or
// names two in which it is not.
func likelyAsTheyAre(versions []*scenario.Version, all []chance, past []int) string {
	counted := fmt.Sprintf("At its own deadweight a saving is likely in %d of %d cases", len(all)-len(past), len(all))
	if len(all) == 1 {
		c := all[0]
		return after("At its deadweight of", whole(c.x[c.now]), "a saving is", howLikely(asItIs(c)))
	}
	if len(past) != 2 {
		return counted
	}
	a, b := versions[past[0]], versions[past[1]]
	if a.Name() == "" || b.Name() == "" || len(a.Layers)+len(b.Layers) > 0 {
		return counted
	}
	now := func(i int) string { return whole(all[past[i]].x[all[past[i]].now]) }
	return onOneLine("",
		fmt.Sprintf("%s (%s deadweight) and %s (%s) are below even odds of a saving", words.Capital(a.Name()), now(0), b.Name(), now(1)),
		counted)
}

// asItIs is the probability at the current value.
func asItIs(c chance) montecarlo.ProbabilityOf {
	return montecarlo.ProbabilityOf{Probability: c.p[c.now], Replications: c.n, Certain: c.certain[c.now]}
}
