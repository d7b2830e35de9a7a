package warn

import "github.com/edgeofcare/edgeofcare/model/markov"

// startNeverLeft warns of cohorts whose children would stay for good where they start if
// there were no programme, because the background has moves out of other states alone: as
// where rows estimated from returns, which know nothing of the edge of care, took the
// place of all.
func (v *version) startNeverLeft() {
	for i := range v.p.Cohorts {
		c := &v.p.Cohorts[i]
		background := v.p.BackgroundOf(c)
		others := false // without any move a background is meant to have none
		for _, row := range background {
			others = others || moves(row)
		}
		if others && !moves(background[c.StartState]) && c.Referrals.Children > 0 {
			v.warn("start never left", "cohorts."+c.Name+".start state", 0,
				"without the programme no child of %s ever leaves %s, where all of them start, because no move out of it stands under background. Write one, unless that is meant",
				quoted(c.Name), quoted(c.StartState))
		}
	}
}

// moves reports whether anybody ever moves by a row.
func moves(row markov.Row) bool {
	for _, piece := range row {
		for _, move := range piece.Moves {
			if move.Probability > 0 {
				return true
			}
		}
	}
	return false
}
