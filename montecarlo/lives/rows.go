package lives

import (
	"maps"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// placementRow returns the moves out of the planned state for a child with a
// lag: while tracked those of a failure, then the parent's.
func placementRow(p *model.Programme, c *model.Cohort, lag int) markov.Row {
	parents := p.BackgroundOf(c)[c.PlannedState]
	end := lag + c.Tracking
	if end == 0 {
		return parents
	}
	return slices.Concat(clip(c.Failure, markov.Span{To: end}), clip(parents, markov.Span{From: end}))
}

// cohortRows returns the moves out of every state for a cohort. One table
// serves both arms, because only the intervention arm ever enters the planned
// state, whose moves are those of the child's placement.
func cohortRows(p *model.Programme, c *model.Cohort) map[string]markov.Row {
	rows := maps.Clone(p.BackgroundOf(c))
	if c.HoldUntilStart && c.Lag > 0 {
		rows[c.StartState] = slices.Concat(
			markov.Row{{Since: markov.Span{To: c.Lag}}},
			clip(rows[c.StartState], markov.Span{From: c.Lag}),
		)
	}
	return rows
}

// clip keeps the part of a row inside a span of weeks since referral. A row
// without pieces becomes one in which nobody moves.
func clip(r markov.Row, to markov.Span) markov.Row {
	if len(r) == 0 {
		return markov.Row{{Since: to}}
	}
	var out markov.Row
	for _, piece := range r {
		if since, ok := piece.Since.And(to); ok {
			piece.Since = since
			out = append(out, piece)
		}
	}
	return out
}
