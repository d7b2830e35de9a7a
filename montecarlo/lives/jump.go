package lives

import (
	"github.com/edgeofcare/edgeofcare/internal/keyed"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// jump follows a child's lives from move to move. They are one life up to the
// start, and a child who never starts has only that one.
func jump(s *Simulator, c *cohort, child *child) {
	life, other, independent := &s.lives[without], &s.lives[with], &s.lives[drawnAnew]
	life.visits, life.over, life.since, life.key = visitCounts{}, 0, 0, child.key
	life.enter(s, c, c.start)
	life.in = c.alreadyThere
	life.path(s, c, child, min(child.lag, child.weeks))
	child.start = -1
	if child.starts && child.lag < child.weeks && life.state == c.start {
		child.start = child.lag
		other.fork(life)
		other.begin(s, c)
		independent.fork(life)
		independent.drawAnew(s, c)
		for life.since < child.weeks || other.since < child.weeks || independent.since < child.weeks { // in turns: none waits for another's draws
			life.step(s, c, child, child.weeks)
			other.step(s, c, child, child.weeks)
			independent.step(s, c, child, child.weeks)
		}
		child.with = other.rest(s, c, child)
		child.without = life.rest(s, c, child)
		child.independent = independent.rest(s, c, child)
		return
	}
	child.without = life.rest(s, c, child)
	child.with, child.independent = child.without, child.without
}

// life is one of a child's lives, up to the week that has been reached.
type life struct {
	key   uint64 // of its words
	state int
	from  int    // weeks since referral in which the child came to the state
	since int    // weeks since referral, now
	in    int    // weeks in the state, now
	word  uint64 // decides when the child leaves, and for where
	left  uint64 // of the word's threshold

	visits visitCounts
	over   int             // how many stays are over
	stays  []contract.Stay // room for as many as there can be
}

// visitCounts is how many stays there have been in each state, which numbers the
// words. A planned state shares the words of its parent.
type visitCounts [contract.MaxStates]uint16

// enter draws the word of a stay in a state, which begins now.
func (l *life) enter(s *Simulator, c *cohort, state int) {
	r := &c.rows[state]
	visits := &l.visits[r.stream&(contract.MaxStates-1)]
	l.word = keyed.Word(l.key, r.key+uint64(*visits)*s.tables.visitStep)
	l.left = keyed.Threshold(l.word)
	*visits++
	l.state, l.from, l.in = state, l.since, 0
}

// leave ends the stay that the child is in, unless it has just begun.
func (l *life) leave() {
	if l.from < l.since {
		l.stays[l.over] = contract.Stay{State: l.state, From: l.from, To: l.since}
		l.over++
	}
}

// fork makes a life the continuation of another.
func (l *life) fork(of *life) {
	copy(l.stays, of.stays[:of.over])
	stays := l.stays
	*l = *of
	l.stays = stays
}

// begin moves the child from the start state into the planned state. If the
// start state is its parent, the child keeps the word of the stay that it is in and
// what is left of its threshold: so a programme that changes nothing changes no
// life.
func (l *life) begin(s *Simulator, c *cohort) {
	l.leave()
	if c.rows[c.planned].stream != c.start {
		l.enter(s, c, c.planned)
	}
	l.state, l.from, l.in = c.planned, l.since, 0
}

// rest follows a life to the 18th birthday or the horizon, and returns it.
func (l *life) rest(s *Simulator, c *cohort, child *child) []contract.Stay {
	l.path(s, c, child, child.weeks)
	l.leave()
	return l.stays[:l.over]
}

// path follows a life until a week.
func (l *life) path(s *Simulator, c *cohort, child *child, until int) {
	for l.since < until {
		l.step(s, c, child, until)
	}
}

// step follows a life to the next move, the end of a phase or a week. While the
// hazard is constant, the week in which the threshold is used up is one division.
func (l *life) step(s *Simulator, c *cohort, child *child, until int) {
	if l.since >= until {
		return
	}
	phases := c.rows[l.state].phases
	if l.state == c.planned {
		phases = child.planned.phases
	}
	f, weeks := &phases[0], until-l.since
	if len(phases) > 1 {
		f, weeks = phases.inForce(l.since, l.in, weeks)
	}
	if use := uint64(weeks) * f.hazard; l.left > use {
		l.left -= use
		l.since, l.in = l.since+weeks, l.in+weeks
		return
	}
	l.since += int((l.left-1)/f.hazard) + 1
	to := f.to.pick(l.word)
	l.leave()
	l.enter(s, c, to)
}
