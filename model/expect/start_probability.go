package expect

import (
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// groups is where a cohort's children are by week since referral if nobody
// turned 18 and there were no horizon. See the three groups of the package's
// documentation.
type groups struct {
	// others is the share of all children, by state and week: everyone before
	// the lag, and from then on those who were not in the start state.
	others [][]float64
	// without is the share of all children who are in the start state in week
	// lag, as they would live without the programme.
	without [][]float64
	// started is where a child who starts is.
	started [][]float64
	// startProbability is the probability that a child who is in the start
	// state in week lag starts.
	startProbability float64
	// eligible is the share of children in the start state in week lag, and
	// starts the share who start; both 0 if the lag ends after the last week.
	eligible, starts float64
}

// divide follows the children of a cohort to week lag, and from there on in
// the three groups into which the start divides them, up to a week that is not
// followed any more.
func (c *cohort) divide(weeks int) {
	g := c.groups
	g.startProbability, g.eligible, g.starts = c.StartProbability, 0, 0
	everyone, inStart := &c.work.everyone, &c.work.inStart
	everyone.Begin(c.moves, 0, 1)
	everyone.Enter(c.start, c.AlreadyThere, 1)
	follow(everyone, 0, min(c.lag, weeks), g.others)
	if c.lag >= weeks {
		return
	}
	inStart.Begin(c.moves, c.lag, 1)
	everyone.Each(func(state, weeksAgo int, shares []float64) {
		if state == c.start {
			inStart.Enter(state, weeksAgo, shares[0])
			shares[0] = 0
		}
	})
	g.eligible = inStart.Share(c.start)
	g.starts = g.eligible * g.startProbability
	follow(everyone, c.lag, weeks, g.others)
	follow(inStart, c.lag, weeks, g.without)
	follow(c.startedChild(1), c.lag, weeks, g.started)
}

// startedChild returns a child who starts, in week lag, with a count from 0 to
// counts - 1. The next one takes its place.
func (c *cohort) startedChild(counts int) *markov.Group {
	child := &c.work.child
	child.Begin(c.moves, c.lag, counts)
	child.Enter(c.planned, 0, 1)
	return child
}

// follow moves a group on from one week to another, and records where it is in
// every week before that.
func follow(g *markov.Group, from, until int, into [][]float64) {
	for t := from; t < until; t++ {
		for s := range into {
			into[s][t] = g.Share(s)
		}
		g.Step()
	}
}

// in sets a share to that of all children who are in a state in one arm, by
// week.
func (g *groups) in(a contract.Arm, state int, share []float64) {
	without, started := 1.0, 0.0
	if a == contract.Intervention {
		without, started = 1-g.startProbability, g.starts
	}
	for t := range share {
		share[t] = g.others[state][t] + without*g.without[state][t] + started*g.started[state][t]
	}
}
