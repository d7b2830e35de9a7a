package plot

import (
	"fmt"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// finding is the title: how much of the targets had been reached; without targets,
// which case published results are nearest to; and without either what the cases
// reach.
func (a *achievements) finding() string {
	for _, of := range []func() string{a.reached, a.nearest, a.published, a.expected} {
		if text := of(); text != "" {
			return text
		}
	}
	if len(a.results) == 0 {
		return "Nothing achieved is published"
	}
	return "Nothing is achieved in any case drawn"
}

// reached says how many metrics had reached their target or, if none had, how far the
// best had come; and how many do so in the end in the case with most, or how far the
// best comes.
func (a *achievements) reached() string {
	var reached, all int
	var best, least float64
	for _, g := range a.groups {
		target := float64(targetOf(g.metric))
		for _, b := range g.bars {
			if !b.isPublished() || target == 0 {
				continue
			}
			share := b.end / target
			if all++; all == 1 || share < least {
				least = share
			}
			best = max(best, share)
			if share >= 1 {
				reached++
			}
		}
	}
	if all == 0 {
		return ""
	}
	by := monthOf(a.by)
	text := fmt.Sprintf("%d of %d metrics had reached the target by %s", reached, all, by)
	switch {
	case all == 1:
		text = fmt.Sprintf("%s of the target had been reached by %s", whole(best), by)
	case reached == 0:
		text = fmt.Sprintf("No metric had passed %s of its target by %s", atMost(best), by)
	}
	if len(a.results) == 0 {
		if all > 1 && reached < all {
			text = firstThatFits(text+"; the lowest had "+whole(least)+" of it", text)
		}
		return text
	}
	return firstThatFits(text+"; "+a.inTheEnd(), text)
}

// inTheEnd says how many metrics reach their target in the end in the case in which
// most do; if none does, how far the best comes.
func (a *achievements) inTheEnd() string {
	most, best := 0, 0.0
	for n := range a.results {
		reach := 0
		for _, g := range a.groups {
			if target := float64(targetOf(g.metric)); target > 0 {
				share := g.bars[n].end / target
				best = max(best, share)
				if share >= 1 {
					reach++
				}
			}
		}
		most = max(most, reach)
	}
	switch {
	case most == 0:
		if atMost(best) == "100%" {
			return "no modelled case quite reaches one"
		}
		return "no modelled case passes " + atMost(best)
	case len(a.results) == 1:
		return fmt.Sprintf("%d do in the end, as modelled", most)
	}
	return fmt.Sprintf("no modelled case has more than %d in the end", most)
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
	all := achievementOf(a.programme, nil)
	if !finite(all.published) || !(all.target > 0) || all.earlier {
		return ""
	}
	text := fmt.Sprintf("%s of %s %s had been reached, %s of the target", words.Count(all.published), words.Count(all.target), all.unit, whole(all.published/all.target))
	return firstThatFits(text, whole(all.published/all.target)+" of the target had been reached")
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
			"Published results and cases, metric by metric")
	case 2*below >= all:
		return fmt.Sprintf("Published results are below %s in %d of %s", name, below, words.Plural(all, "metric"))
	}
	return fmt.Sprintf("Published results are at least those of %s in %d of %s", name, all-below, words.Plural(all, "metric"))
}

// expected says what the cases reach of the first metric that counts anything.
func (a *achievements) expected() string {
	for _, g := range a.groups {
		if g.isEmpty() || len(g.bars) == 0 {
			continue
		}
		if len(a.results) == 0 {
			text := words.Count(g.bars[0].end) + " " + unitOf(g.metric).Many + " had been reached"
			return firstThatFits(text+" under "+g.metric.Name, text)
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
		unit := unitOf(g.metric).Many
		if target := float64(targetOf(g.metric)); target > 0 {
			text := words.Capital(a.caseOf(most)) + " reaches " + whole(most.end/target) + " of the target"
			return firstThatFits(text+" for "+g.metric.Name, text)
		}
		in := ""
		if len(a.groups) > 1 {
			in = "In " + g.metric.Name + " "
		}
		if len(g.bars) == 1 || words.Count(least.end) == words.Count(most.end) {
			text := fmt.Sprintf("%s reaches %s %s", a.caseOf(most), words.Count(most.end), unit)
			if len(g.bars) > 1 {
				text = fmt.Sprintf("every case reaches %s %s", words.Count(most.end), unit)
			}
			return firstThatFits(words.Capital(in+text), words.Capital(text))
		}
		text := fmt.Sprintf("%s reaches %s %s and %s %s", a.caseOf(least), words.Count(least.end), unit, a.caseOf(most), words.Count(most.end))
		return firstThatFits(words.Capital(in+text), words.Capital(text), fmt.Sprintf("From %s to %s %s are reached", words.Count(least.end), words.Count(most.end), unit))
	}
	return ""
}

// caseOf is the case of a bar in a title.
func (a *achievements) caseOf(b bar) string {
	return theCase(a.results[max(0, slices.Index(a.names, b.name))].Version)
}
