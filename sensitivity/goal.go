package sensitivity

import (
	"fmt"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Goal is what is to be true of one figure of a run: a mean, the central projection or
// a quantile of a measure that is at least or at most an amount, or a chance that is at
// least or at most a share. It is data; [ReadGoal] reads it from text and String writes
// that text.
type Goal struct {
	// Measure is the measure and whose it is, as in [montecarlo.List.Of].
	Measure montecarlo.Key `json:"measure"`
	// Figure is which number of the measure is meant: "mean", "central projection",
	// "quantile" or "chance".
	Figure string `json:"figure"`
	// P is which quantile, from 0 to 1; 0 for other figures.
	P float64 `json:"p,omitempty"`
	// Side and Threshold make a chance of a measure that is an amount or a count: that it
	// is "above" or "below" the threshold. Side is empty where the measure itself is an
	// event, such as [montecarlo.LosesMoney].
	Side      string  `json:"side,omitempty"`
	Threshold float64 `json:"threshold,omitempty"`
	// Wanted is what the figure must come to, in the unit of the measure, or the chance
	// from 0 to 1; AtMost reports that it may not be more, and otherwise not less.
	AtMost bool    `json:"at_most,omitempty"`
	Wanted float64 `json:"wanted"`
	// Currency is the code of the currency of amounts, as given; empty for that of the
	// programme.
	Currency string `json:"currency,omitempty"`
}

// The figures of a goal.
const (
	aMean     = "mean"
	aCentral  = "central projection"
	aQuantile = "quantile"
	aChance   = "chance"
)

// The sides of a threshold.
const (
	above = "above"
	below = "below"
)

// eventGoal is the goal that an event of the list is at least so likely.
func eventGoal(event montecarlo.Key, probability float64) Goal {
	return Goal{Measure: event, Figure: aChance, Wanted: probability}
}

// Unit is what the figure and [Goal.Wanted] are in: the unit of the measure, or
// [montecarlo.Probability] for a chance.
func (g Goal) Unit() montecarlo.Unit {
	if g.Figure == aChance {
		return montecarlo.Probability
	}
	return g.Measure.Unit
}

// check says what is wrong with a goal.
func (g Goal) check() error {
	m, err := montecarlo.MeasureOf(g.Measure.Name)
	if err != nil {
		return err
	}
	allowed := figuresOf(m)
	switch {
	case !slices.Contains(allowed, g.Figure):
		return fmt.Errorf("%q has no %s: say %s", m.Name, g.Figure, words.Or(waysToSay(m)))
	case g.Figure == aQuantile && !(g.P > 0 && g.P < 1):
		return fmt.Errorf("quantile %v: it must lie between 0 and 1, as in P10", g.P)
	case g.Figure == aChance && !(g.Wanted > 0 && g.Wanted < 1):
		return fmt.Errorf("a chance of %s: it must be more than 0%% and less than 100%%, because no number of replications shows what always or never happens", words.Change(g.Wanted))
	case g.Figure == aChance && m.Kind == eventKind && g.Side != "":
		return fmt.Errorf("%q is an event, not an amount: write %q without %s", m.Name, m.Name+", at most 10%", g.Side)
	case g.Figure == aChance && m.Kind != eventKind && g.Side != above && g.Side != below:
		return fmt.Errorf("%q is no event: say above or below what amount, as in \"above 0 with at least 80%%\"", m.Name)
	case !finite(g.Wanted) || !finite(g.Threshold) || math.Abs(g.Wanted) > mostWanted || math.Abs(g.Threshold) > mostWanted:
		return fmt.Errorf("a goal of %v, threshold %v: it must be a number of at most %s", g.Wanted, g.Threshold, words.Count(mostWanted))
	}
	return nil
}

// mostWanted is the largest figure that a goal may ask for.
const mostWanted = 1e15

// The kinds of measure; see [montecarlo.Measure].
const (
	totalKind  = "total"
	eventKind  = "probability"
	rankedKind = "ranked"
)

// figuresOf are the figures that a goal may take of a measure.
func figuresOf(m montecarlo.Measure) []string {
	switch m.Kind {
	case totalKind:
		return []string{aMean, aCentral, aQuantile, aChance}
	case rankedKind: // may be without bound, and so has no mean
		return []string{aCentral, aQuantile, aChance}
	case eventKind:
		return []string{aChance}
	}
	return nil // a series has no one figure
}

// waysToSay are the figures of a measure as a goal has them.
func waysToSay(m montecarlo.Measure) []string {
	var ways []string
	for _, figure := range figuresOf(m) {
		switch {
		case figure == aQuantile:
			figure = "P10 or another quantile"
		case figure == aChance && m.Kind == eventKind:
			figure = "at least or at most a chance, as in \"at most 10%\""
		case figure == aChance:
			figure = "above or below an amount, as in \"above 0 with at least 80%\""
		}
		ways = append(ways, figure)
	}
	if ways == nil {
		return []string{"another measure, because this one is a series over time"}
	}
	return ways
}

// met reports whether a figure is as wanted; what is not defined never is.
func (g Goal) met(figure float64) bool {
	if g.AtMost {
		return figure <= g.Wanted
	}
	return figure >= g.Wanted
}

// beyond is by how much a figure is better than wanted, below 0 where it is worse.
func (g Goal) beyond(figure float64) float64 {
	if g.AtMost {
		return g.Wanted - figure
	}
	return figure - g.Wanted
}
