package expect

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// movesOf returns the moves out of every state for the children of a cohort, in
// the order of the programme's states. A child in the planned state moves by
// the cohort's failure while tracked. A child who has not started, whose placement
// has failed, or whose tracking is over moves by the background, in which a planned
// state moves as its parent does. In a cohort that is held until the start nobody
// moves before week lag.
func movesOf(p *model.Programme, c *model.Cohort) []markov.Row {
	lag, tracked := trackedWeeks(p, c)
	background := p.BackgroundOf(c)
	rows := make([]markov.Row, len(p.States))
	for i, s := range p.States {
		rows[i] = background[s.Name]
		if s.Name == c.PlannedState {
			rows[i] = until(tracked, c.Failure, rows[i])
		}
		if c.HoldUntilStart {
			rows[i] = until(lag, nil, rows[i])
		}
	}
	return rows
}

// trackedWeeks returns the first week since referral in the planned state and
// the first after tracking. Beyond the horizon all lags are alike, and so are
// all windows.
func trackedWeeks(p *model.Programme, c *model.Cohort) (from, to int) {
	lag := min(c.Lag, p.Weeks)
	return lag, lag + min(c.Tracking, p.Weeks)
}

// until returns the moves of one row before a week since referral and of
// another from that week on.
func until(week int, before, after markov.Row) markov.Row {
	if week == 0 {
		return after
	}
	return slices.Concat(during(markov.Span{To: week}, before), during(markov.Span{From: week}, after))
}

// during returns the part of a row inside some weeks since referral.
func during(weeks markov.Span, r markov.Row) markov.Row {
	if len(r) == 0 {
		return markov.Row{{Since: weeks}} // nobody moves
	}
	var part markov.Row
	for _, piece := range r {
		if since, ok := piece.Since.And(weeks); ok {
			piece.Since = since
			part = append(part, piece)
		}
	}
	return part
}
