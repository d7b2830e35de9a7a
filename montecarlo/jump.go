package montecarlo

import "github.com/edgeofcare/edgeofcare/model/contract"

// jump lives a child's two lives from move to move. The intervention life is
// the counterfactual one up to the start; a child who never starts has one life.
func jump(s *simulator, c *cohort, child *child) {
	var visits [contract.MaxStates]uint8
	child.without = c.path(s, child, child.without[:0], stay{state: c.start, in: c.alreadyThere}, &visits)
	child.start = -1
	child.with = append(child.with[:0], child.without...)
	if !child.starts {
		return
	}
	for i, spent := range child.without {
		if spent.To <= c.lag {
			continue
		}
		if spent.State != c.start {
			return
		}
		child.start = c.lag
		child.with = before(child.without[:i+1], c.lag, child.with[:0])
		visits = [contract.MaxStates]uint8{}
		for _, spent := range child.without[:i+1] {
			visits[spent.State]++
		}
		child.with = c.path(s, child, child.with, stay{state: c.planned, since: c.lag}, &visits)
		return
	}
}

// before copies the part of a life before a week.
func before(life []contract.Stay, week int, into []contract.Stay) []contract.Stay {
	for _, s := range life {
		s.To = min(s.To, week)
		if s.From < s.To {
			into = append(into, s)
		}
	}
	return into
}

// stay is where a child is as it enters a state.
type stay struct {
	state int
	since int // weeks since referral
	in    int // weeks already in the state
}

// path appends the stays of a life from a state on, to the 18th birthday or
// the horizon.
func (c *cohort) path(s *simulator, child *child, life []contract.Stay, at stay, visits *[contract.MaxStates]uint8) []contract.Stay {
	for at.since < child.weeks {
		r := &c.rows[at.state]
		w := word(child.key, r.key+uint64(visits[at.state])*s.visit)
		visits[at.state]++
		week, next := r.leave(w, at.since, at.in, child.weeks)
		life = append(life, contract.Stay{State: at.state, From: at.since, To: week})
		at = stay{state: next, since: week}
	}
	return life
}

// leave returns the first week since referral in which a child who enters the
// state in week since is elsewhere, and where; until if that is not earlier.
// While the hazard is constant, the week in which the need is used up is one
// division.
func (r *row) leave(w uint64, since, in, until int) (week, to int) {
	left := need(w)
	for since < until {
		f, weeks := r.at(since, in)
		weeks = min(weeks, until-since)
		if f != nil && f.hazard > 0 {
			if n := (left + f.hazard - 1) / f.hazard; n <= uint64(weeks) {
				return since + int(n), f.to.choose(w)
			}
			left -= uint64(weeks) * f.hazard
		}
		since, in = since+weeks, in+weeks
	}
	return until, -1
}
