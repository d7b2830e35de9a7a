package montecarlo

import "github.com/edgeofcare/edgeofcare/model/contract"

// jump lives a child's two lives from move to move. The intervention life is
// the counterfactual one up to the start; a child who never starts has one life.
func jump(s *simulator, c *cohort, child *child) {
	var luck luck
	first := luck.enter(s, c, child, c.start)
	first.in = c.alreadyThere
	child.needs = child.needs[:0]
	child.without = c.path(s, child, child.without[:0], first, &luck)
	child.start = -1
	child.with = append(child.with[:0], child.without...)
	if !child.starts {
		return
	}
	i := 0
	for i < len(child.without) && child.without[i].To <= child.lag {
		i++
	}
	if i == len(child.without) || child.without[i].State != c.start {
		return
	}
	child.start = child.lag
	luck.relive(child.without[:i+1], c)
	child.with = before(child.without[:i+1], child.lag, child.with[:0])
	child.with = c.path(s, child, child.with, c.begin(s, child, i, &luck), &luck)
}

// begin is the child entering the planned state from the i-th stay of its life,
// in the start state. Entering it from its own parent, the child keeps the word of that stay
// and what is left of its need: so a programme that changes nothing changes no
// life.
func (c *cohort) begin(s *simulator, child *child, i int, luck *luck) stay {
	if c.rows[c.planned].luck != c.start {
		at := luck.enter(s, c, child, c.planned)
		at.since = child.lag
		return at
	}
	since, in := child.without[i].From, 0
	if since == 0 {
		in = c.alreadyThere
	}
	at := stay{state: c.planned, since: child.lag, word: child.needs[i].word, left: child.needs[i].left}
	at.left -= c.rows[c.start].phases.used(since, in, child.lag)
	return at
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

// luck counts the stays that a child has had in each state, which number its
// words. A planned state shares the words of its parent.
type luck struct{ visits [contract.MaxStates]uint16 }

// enter draws the word of the next stay in a state.
func (l *luck) enter(s *simulator, c *cohort, child *child, state int) stay {
	r := &c.rows[state]
	w := word(child.key, r.key+uint64(l.visits[r.luck])*s.visit)
	l.visits[r.luck]++
	return stay{state: state, word: w, left: need(w)}
}

// relive counts the stays of a life so far.
func (l *luck) relive(life []contract.Stay, c *cohort) {
	clear(l.visits[:])
	for _, s := range life {
		l.visits[c.rows[s.State].luck]++
	}
}

// drawn is the word of a stay and the need that it gave.
type drawn struct{ word, left uint64 }

// stay is a child entering a state.
type stay struct {
	state int
	since int    // weeks since referral
	in    int    // weeks already in the state
	word  uint64 // decides when the child leaves, and for where
	left  uint64 // of the word's need
}

// path appends the stays of a life from a state on, to the 18th birthday or
// the horizon.
func (c *cohort) path(s *simulator, child *child, life []contract.Stay, at stay, luck *luck) []contract.Stay {
	for at.since < child.weeks {
		phases := c.rows[at.state].phases
		if at.state == c.planned {
			phases = child.planned.phases
		}
		week, next := phases.leave(at, child.weeks)
		life = append(life, contract.Stay{State: at.state, From: at.since, To: week})
		child.needs = append(child.needs, drawn{at.word, at.left})
		if next < 0 {
			break
		}
		at = luck.enter(s, c, child, next)
		at.since = week
	}
	return life
}

// leave returns the first week since referral in which the child is elsewhere,
// and where; until and -1 if that is not earlier. While the hazard is constant,
// the week in which the need is used up is one division.
func (p phases) leave(at stay, until int) (week, to int) {
	for at.since < until {
		f, weeks := p.at(at.since, at.in)
		weeks = min(weeks, until-at.since)
		if f != nil && f.hazard > 0 {
			if n := (at.left + f.hazard - 1) / f.hazard; n <= uint64(weeks) {
				return at.since + int(n), f.to.choose(at.word)
			}
			at.left -= uint64(weeks) * f.hazard
		}
		at.since, at.in = at.since+weeks, at.in+weeks
	}
	return until, -1
}

// used is the hazard of the weeks from since to until - 1 in the state.
func (p phases) used(since, in, until int) uint64 {
	total := uint64(0)
	for since < until {
		f, weeks := p.at(since, in)
		weeks = min(weeks, until-since)
		if f != nil {
			total += uint64(weeks) * f.hazard
		}
		since, in = since+weeks, in+weeks
	}
	return total
}
