package warn

import (
	"maps"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// mostWeekly is the weekly probability of leaving a state above which it is more
// likely to be meant for a longer time: at 20% half are gone within a month.
const mostWeekly = 0.2

// weeklyChances warns of rows that more than a fifth of children leave each week.
func (v *version) weeklyChances() {
	v.rows("background.", v.p.Background)
	for _, c := range v.p.Cohorts {
		path := "cohorts." + c.Name
		v.rows(path+".background.", c.Background)
		v.row(path+".failure", c.PlannedState, c.Failure)
	}
}

func (v *version) rows(path string, rows map[string]markov.Row) {
	for _, state := range slices.Sorted(maps.Keys(rows)) {
		v.row(path+state, state, rows[state])
	}
}

// row warns once of a row, with its highest probability.
func (v *version) row(path, state string, row markov.Row) {
	most := 0.0
	for _, piece := range row {
		most = max(most, row.Leave(piece.Since.From, piece.In.From))
	}
	if most <= mostWeekly {
		return
	}
	v.warn("weekly chance", path, 0,
		"%s: %s of the children in %s leave it in a week, %s. If that was measured over a longer time, write it so, as in {within: 52 weeks, probability: %s}",
		path, percent(most), quoted(state), soon(most), percent(min(most, 0.99)))
}

// soon says what a weekly probability comes to.
func soon(p float64) string {
	if p >= 1 {
		return "so nobody stays for a second"
	}
	return "so 19 in 20 have left after " + weeks(int(math.Ceil(math.Log(0.05)/math.Log1p(-p))))
}

func percent(share float64) string { return words.Rate(share) }
