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
	for _, of := range []func() string{a.reached, a.nearest, a.expected} {
		if text := of(); text != "" {
			return text
		}
	}
	if len(a.results) == 0 {
		return "Nothing achieved is published"
	}
	return "Nothing is achieved in any case drawn"
}

// reachedShare is one metric's published share of its target.
type reachedShare struct {
	name  string
	share float64
}

// reached says which metric had come nearest its target and which is furthest.
func (a *achievements) reached() string {
	var all []reachedShare
	for _, g := range a.groups {
		for _, b := range g.bars {
			if target := targetOf(g.metric); b.isPublished() && target > 0 {
				all = append(all, reachedShare{g.metric.Name, b.end / float64(target)})
			}
		}
	}
	if len(all) == 0 {
		return ""
	}
	least, most := all[0], all[0]
	for _, one := range all {
		if one.share < least.share {
			least = one
		}
		if one.share > most.share {
			most = one
		}
	}
	by := monthOf(a.by)
	if len(all) == 1 || least == most {
		return fmt.Sprintf("%s had reached %s of its target by %s", words.Capital(most.name), whole(most.share), by)
	}
	return fmt.Sprintf("By %s %s had reached %s of its target, %s %s", by, most.name, whole(most.share), least.name, whole(least.share))
}

// whole is a share in whole per cent, as a title has it.
func whole(share float64) string { return words.Number(100*share, 0) + "%" }

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
	switch {
	case all == 0:
		return ""
	case len(a.results) > 1:
		best := slices.Index(times, slices.Max(times))
		return fmt.Sprintf("Published results are nearest the %s case in %d of %s", a.names[best], times[best], words.Plural(all, "metric"))
	case 2*below >= all:
		return fmt.Sprintf("Published results are below those of the case in %d of %s", below, words.Plural(all, "metric"))
	}
	return fmt.Sprintf("Published results are as high as those of the case in %d of %s", all-below, words.Plural(all, "metric"))
}

// expected says what the cases reach of the first metric that counts anything.
func (a *achievements) expected() string {
	for _, g := range a.groups {
		if g.isEmpty() || len(g.bars) == 0 {
			continue
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
			return fmt.Sprintf("%s reaches %s of its target in the %s case", words.Capital(g.metric.Name), whole(most.end/target), most.name)
		}
		if len(g.bars) == 1 || words.Count(least.end) == words.Count(most.end) {
			return fmt.Sprintf("%s comes to %s %s", words.Capital(g.metric.Name), words.Count(most.end), unit)
		}
		return fmt.Sprintf("%s comes to %s %s in the %s case and %s in the %s", words.Capital(g.metric.Name), words.Count(least.end), unit, least.name, words.Count(most.end), most.name)
	}
	return ""
}
