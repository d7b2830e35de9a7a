package expect

import "github.com/edgeofcare/edgeofcare/model/contract"

// lives is where a cohort's children live by week since referral if nobody
// turned 18 and there were no horizon. See the three groups of the package's
// documentation.
type lives struct {
	moves *moves
	// others is the share of all children, by state and week: everyone before
	// the lag, and from then on those who were not in the start state.
	others [][]float64
	// without is the share of all children who are in the start state in week
	// lag, as they live without the programme.
	without [][]float64
	// started is where a child lives who starts.
	started [][]float64
	// eligible is the share of children in the start state in week lag, and
	// starts the share who start; both 0 if the lag ends after the last week.
	eligible, starts float64
}

func newLives(m *moves, weeks int) *lives {
	l := &lives{
		moves:  m,
		others: table(len(m.background), weeks), without: table(len(m.background), weeks),
		started: table(len(m.background), weeks),
	}
	everyone := newGroup(m, 1)
	everyone.enter(m.start, m.entryOfReferred())
	follow(everyone, 0, min(m.lag, weeks), l.others)
	if m.lag >= weeks {
		return l
	}
	inStart := newGroup(m, 1)
	inStart.places[m.start], everyone.places[m.start] = everyone.places[m.start], inStart.places[m.start]
	l.eligible = inStart.places[m.start].total()
	l.starts = l.eligible * m.startProbability
	follow(everyone, m.lag, weeks, l.others)
	follow(inStart, m.lag, weeks, l.without)
	follow(startedChild(m, 1), m.lag, weeks, l.started)
	return l
}

// startedChild is a child in week lag who starts in it.
func startedChild(m *moves, counts int) *group {
	g := newGroup(m, counts)
	g.enter(m.planned, m.lag)
	return g
}

// follow notes where a group is from one week until before another, and moves
// it on.
func follow(g *group, from, until int, into [][]float64) {
	for t := from; t < until; t++ {
		for s := range g.places {
			into[s][t] = g.places[s].total()
		}
		g.step(t)
	}
}

// arm returns the share of all children in each state in one arm, by state and
// week.
func (l *lives) arm(a contract.Arm) [][]float64 {
	without, started := 1.0, 0.0
	if a == contract.Intervention {
		without, started = 1-l.moves.startProbability, l.starts
	}
	shares := table(len(l.others), len(l.others[0]))
	for s, share := range shares {
		for t := range share {
			share[t] = l.others[s][t] + without*l.without[s][t] + started*l.started[s][t]
		}
	}
	return shares
}
