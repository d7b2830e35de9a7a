package lives

import (
	"github.com/edgeofcare/edgeofcare/internal/keyed"
)

// Children of a cohort live in blocks, side by side. What a block does is what jump
// does for one child after the other, and gives the same lives.
//
// One life waits for itself most of the time: its word must be mixed before the
// logarithm can be looked up, that before the week of the move is known, and that before
// the next word. The lives of a block do not wait for one another. A processor works on
// many at once as long as it can see far enough ahead, so there are three rules below.
// A loop over lives takes no branch that depends on chance: a life that is over is
// written over in the queue. Loops are short: what is done to a life in three steps is
// three loops. And sizes are powers of 2, so that an index is cut short, not checked.

const (
	blockSize = 128           // children, whose lives stay in the nearest memory
	maxLives  = 4 * blockSize // more than the lives of a block
	maxWeeks  = 4096          // more than those of any programme
	maxCurves = 256           // as many as a byte can number
)

// block is the working space of children who live side by side.
type block struct {
	lives   [maxLives]blockLife // of the children; then with the programme, and drawn anew, of those who start
	curves  [maxCurves]curve    // of the cohort whose children live now
	entries [maxWeeks]weekEntry // by week

	simulator *Simulator
	marks     marks
	cohorts   []cohortMarks
	cohort    *cohort
	at        *cohortMarks
	window    uint32

	children [blockSize]blockChild
	starters [blockSize]int32 // the children who start
	started  int              // how many

	visits []uint16    // by life and state
	states int         // from the visits of one life to the next
	trails []stayBegun // by life, where a metric looks at whole lives
	stays  int         // from the trail of one life to the next

	queue    [maxLives]int32  // lives that have not reached their limits
	words    [maxLives]uint64 // by place in the queue
	needs    [maxLives]int64  // the same: hazard
	byPhases [maxLives]int32  // lives whose next stay has no curve
}

// weekEntry is the mark of a child who is in a state from a week on; from the horizon
// on it is nothing.
type weekEntry struct {
	amount  int64
	quarter uint32
}

// blockChild is what is drawn of a child and outlasts its lives.
type blockChild struct {
	commissioner int
	age          int
	starts       bool
	before       int // stays begun before the start
}

// blockLife is a life up to the next move. Weeks are those of the programme.
type blockLife struct {
	key      uint64 // of its words
	due      int64  // the first week in the next state
	limit    int64  // moves of this week and later wait
	end      int32  // of tracking
	referred int32
	until    int32  // the 18th birthday or the horizon
	since    int32  // the week in which the stay began
	base     uint32 // of the marks of the life's part and group while tracked
	row      uint32 // of the state, from there
	last     uint32 // the row of the state at the end of tracking
	visits   uint32 // where the life's visits are
	begun    int32  // how many stays have begun, where whole lives are looked at
	next     uint8  // the curve of the next stay
}

// stayBegun is a stay of a life that a metric looks at as a whole.
type stayBegun struct{ state, week int32 }

func newBlock(s *Simulator) *block {
	t := s.tables
	b := &block{simulator: s, states: len(t.shape.States)}
	for q := range t.shape.Quarters {
		b.marks.lengths = append(b.marks.lengths, int64(t.boundaries[q+1]-t.boundaries[q]))
	}
	for week, q := range t.quarter {
		b.entries[week] = weekEntry{oneChild + int64(t.boundaries[q+1]-week), uint32(q)}
	}
	b.visits = make([]uint16, 3*blockSize*b.states)
	size := uint32(0)
	for i := range t.cohorts {
		c := &t.cohorts[i]
		b.cohorts = append(b.cohorts, cohortMarks{})
		if c.curves == nil {
			continue
		}
		b.cohorts[i] = s.newCohortMarks(c)
		size = max(size, b.cohorts[i].size)
		if c.curves.whole && b.trails == nil {
			b.stays = t.weeks + 3
			b.trails = make([]stayBegun, 3*blockSize*b.stays)
		}
	}
	b.marks.cells = make([]int64, size)
	return b
}

// live simulates the children of a cohort.
func (b *block) live(c *cohort, key uint64, children int) {
	b.cohort, b.at = c, &b.cohorts[c.index]
	b.window = b.at.window
	copy(b.curves[:], c.curves.list)
	for i := range c.curves.list {
		b.curves[i].row = b.at.rows[b.curves[i].state]
	}
	for first := 0; first < children; first += blockSize {
		n := min(blockSize, children-first)
		b.refer(key, first, n)
		b.follow(b.queue[:n])
		b.start(n)
		b.follow(b.waiting(n + 2*b.started))
		if c.curves.whole {
			b.payWhole(n)
		}
		b.finish(n + 2*b.started)
	}
	b.marks.count(b.at)
}

// refer draws children. Their first move is that into the start state, in the week of
// referral.
func (b *block) refer(key uint64, first, n int) {
	s, c := b.simulator, b.cohort
	clear(b.visits[:n*b.states])
	for i := range n {
		s.draw(c, keyed.Member(key, first+i))
		child := &s.child
		start, until := child.week+c.lag, child.week+child.weeks
		b.children[i] = blockChild{commissioner: child.commissioner, age: child.age, starts: child.starts}
		b.lives[i] = blockLife{
			key: child.key, due: int64(child.week), limit: int64(min(start+1, until)),
			end: int32(min(start+c.tracking, s.tables.weeks)), referred: int32(child.week), until: int32(until),
			base: uint32(child.commissioner) * b.at.group, row: b.at.nowhere, last: b.at.nowhere,
			visits: uint32(i * b.states), next: uint8(len(c.rows) + firstStay),
		}
		b.queue[i] = int32(i)
		b.bookReferral(child)
	}
}

// bookReferral counts a child, and marks the weeks in which its case is open before a
// start, which are the same whether there is one or not.
func (b *block) bookReferral(child *child) {
	s := b.simulator
	row := s.tally.Shape.Row(b.cohort.index, child.commissioner)
	from := &b.entries[child.week]
	s.tally.Referred[row*len(b.marks.lengths)+int(from.quarter)]++
	if child.week < s.tables.early {
		s.tally.Early[row]++
	}
	b.mark(b.at.open, child.commissioner, child.week, child.week+child.open)
}

// mark marks some weeks of a child of a commissioner.
func (b *block) mark(first uint32, commissioner, from, to int) {
	first += uint32(commissioner * len(b.marks.lengths))
	begins, ends := &b.entries[from&(maxWeeks-1)], &b.entries[to&(maxWeeks-1)]
	b.marks.cells[first+begins.quarter] += begins.amount
	b.marks.cells[first+ends.quarter] -= ends.amount
}

// start starts those of n children who are in the start state at the right time: from
// then on they have three lives.
func (b *block) start(n int) {
	c, s := b.cohort, b.simulator
	b.started = 0
	for i := range n {
		l := &b.lives[i]
		l.limit = int64(l.until)
		b.starters[b.started] = int32(i)
		b.started += one(b.children[i].starts) & one(l.referred+int32(c.lag) < l.until) & one(l.row == b.at.rows[c.start])
	}
	queue := b.queue[:0]
	for j, i := range b.starters[:b.started] {
		l, child := &b.lives[i], &b.children[i]
		week := int(l.referred) + c.lag
		s.tally.Started[s.tally.Shape.Row(c.index, child.commissioner)*len(b.marks.lengths)+s.tables.quarter[week]]++
		child.before = int(l.begun)
		l.base += b.at.part * ofWithout
		with := b.fork(l, n+j, ofWith, plannedStay)
		anew := b.fork(l, n+b.started+j, ofDrawnAnew, restOfFirst)
		b.lives[anew].key = independentKey(l.key)
		if c.curves.same { // the word is that of the stay that goes on
			b.visits[int(b.lives[with].visits)+c.start]--
		}
		if l.since == l.referred {
			queue = append(queue, with, anew)
		} else {
			b.startReturned(with, anew)
		}
	}
	b.step(queue)
	if !c.curves.whole {
		b.pay(n)
	}
}

// fork makes a life the continuation of another, with a move at the start.
func (b *block) fork(of *blockLife, i, part, stay int) int32 {
	l := &b.lives[i]
	*l = *of
	l.base += b.at.part * uint32(part-ofWithout)
	l.due, l.next = int64(of.referred)+int64(b.cohort.lag), uint8(len(b.cohort.rows)+stay)
	l.visits = uint32(i * b.states)
	copy(b.visits[l.visits:][:b.states], b.visits[of.visits:][:b.states])
	return int32(i)
}

// startReturned starts a child who has come back to the start state: what the stay has
// used up until then is its own.
func (b *block) startReturned(with, anew int32) {
	c, l := b.cohort, &b.lives[with]
	stay := c.rows[c.start].phases
	since, in := c.lag, int(l.due)-int(l.since)
	word := b.moveByHand(with)
	left := keyed.Threshold(word)
	if c.curves.same {
		left -= stay.spent(since-in, 0, in)
	}
	b.leave(with, c.placements[0].phases, since, 0, left, word)
	word = b.moveByHand(anew)
	b.leave(anew, stay, since, in, keyed.Threshold(word), word)
}

// finish marks what of n lives is not a move: the end of tracking and the 18th birthday.
func (b *block) finish(n int) {
	cells, leftCare := b.marks.cells, b.at.rows[b.simulator.tables.leftCare]
	for i := range n {
		l := &b.lives[i&(maxLives-1)]
		until, end := &b.entries[l.until&(maxWeeks-1)], &b.entries[l.end&(maxWeeks-1)]
		tracked := uint32((l.until - l.end) >> 31) // all ones while it is
		base := l.base + b.window&^tracked
		last := l.last ^ (l.last^leftCare)&tracked
		cells[base+l.row+until.quarter] -= until.amount
		cells[base+leftCare+until.quarter] += until.amount
		cells[l.base+last+end.quarter] -= end.amount
		cells[l.base+b.window+last+end.quarter] += end.amount
	}
}

// waiting is the queue of those of n lives whose next move is not their last.
func (b *block) waiting(n int) []int32 {
	waiting := 0
	for i := range n {
		l := &b.lives[i&(maxLives-1)]
		b.queue[waiting&(maxLives-1)] = int32(i)
		waiting += one(l.due < l.limit)
	}
	return b.queue[:waiting]
}
