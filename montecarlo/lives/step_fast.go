package lives

import "github.com/edgeofcare/edgeofcare/internal/keyed"

// follow follows lives to their limits.
func (b *block) follow(queue []int32) {
	for len(queue) > 0 {
		queue = b.step(queue)
	}
}

// step makes the next move of every life in a queue, and finds the one after it. It
// returns the lives that have not reached their limits.
//
// There are three short passes, not one: a processor looks a few hundred instructions
// ahead, so that a short pass has more lives under way.
func (b *block) step(queue []int32) []int32 {
	var byHand []int32
	if b.cohort.curves.phased {
		queue, byHand = b.partByPhases(queue)
	}
	if b.cohort.curves.whole {
		for _, i := range queue {
			b.note(i)
		}
	}
	b.move(queue)
	words, needs := b.words[:len(queue)], b.needs[:len(queue)]
	for i, word := range words {
		needs[i] += int64(keyed.Exponential(word))
	}
	queue = queue[:b.find(queue)]
	for _, i := range byHand {
		queue = append(queue, i)[:len(queue)+b.stepByHand(i)]
	}
	return queue
}

// move marks the next moves, and draws the words of the stays that begin. It leaves
// what of their hazard is used up already.
func (b *block) move(queue []int32) {
	cells, visits, used := b.marks.cells, b.visits, b.cohort.curves.used
	visitStep := b.simulator.tables.visitStep
	for place, i := range queue {
		l := &b.lives[i&(maxLives-1)]
		to := &b.curves[l.next]

		week := &b.entries[l.due&(maxWeeks-1)]
		tracked := uint32((l.due - int64(l.end)) >> 63) // all ones while it is
		base := l.base + b.window&^tracked + week.quarter
		cells[base+l.row] -= week.amount
		cells[base+to.row] += week.amount
		l.last ^= (l.last ^ to.row) & tracked
		l.row, l.since = to.row, int32(l.due)

		visit := &visits[l.visits+to.stream]
		b.words[place&(maxLives-1)] = keyed.Word(l.key, to.key+uint64(*visit)*visitStep)
		*visit++

		weeks := (l.due - int64(l.referred)) & to.referral
		b.needs[place&(maxLives-1)] = used[to.used+uint32(weeks)]
		l.due -= weeks
	}
}

// find finds the moves at the end of stays that have begun, and returns how many lives
// go on, which are then the first of the queue.
func (b *block) find(queue []int32) int {
	on := 0
	for place, i := range queue {
		l := &b.lives[i&(maxLives-1)]
		stay := &b.curves[l.next]
		need := b.needs[place&(maxLives-1)]
		k := one(need >= stay.upTo[0]) + one(need >= stay.upTo[1]) + one(need >= stay.upTo[2])
		piece := &stay.pieces[k&(maxPieces-1)]
		l.due += piece.next + int64((float64(need-piece.before)+0.5)*piece.inverse)

		share := keyed.Destination(b.words[place&(maxLives-1)])
		way := 2 * one(share >= piece.below[1])
		way += one(share >= piece.below[way&(maxWays-1)])
		l.next = piece.to[way&(maxWays-1)]
	}
	for _, i := range queue { // apart: where the next one is written depends on all before
		l := &b.lives[i&(maxLives-1)]
		queue[on&(maxLives-1)] = i
		on += one(l.due < l.limit)
	}
	return on
}

// one is 1 if something is true and 0 if not, without a branch.
func one(yes bool) int {
	n := 0
	if yes {
		n = 1
	}
	return n
}

// note keeps the stay that the next move of a life begins.
func (b *block) note(i int32) {
	l := &b.lives[i]
	b.trails[int(i)*b.stays+int(l.begun)] = stayBegun{int32(b.curves[l.next].state), int32(l.due)}
	l.begun++
}

// partByPhases parts the lives whose next stay goes by its phases from the others.
func (b *block) partByPhases(queue []int32) (curved, byPhases []int32) {
	curved, byPhases = queue[:0], b.byPhases[:0]
	for _, i := range queue {
		if b.curves[b.lives[i].next].byPhases {
			byPhases = append(byPhases, i)
		} else {
			curved = append(curved, i)
		}
	}
	return curved, byPhases
}

// stepByHand is step for one life whose next stay goes by its phases: 1 if it has not
// reached its limit.
func (b *block) stepByHand(i int32) int {
	l := &b.lives[i]
	stay := &b.curves[l.next]
	plan := &b.cohort.curves.plans[stay.plan]
	word := b.moveByHand(i)
	left := keyed.Threshold(word)
	if stay.used == ofFirst {
		left -= uint64(-b.cohort.curves.used[ofFirst])
	}
	b.leave(i, plan.of.phases, int(l.since-l.referred), plan.in, left, word)
	return one(l.due < l.limit)
}

// moveByHand is move for one life.
func (b *block) moveByHand(i int32) uint64 {
	if b.cohort.curves.whole {
		b.note(i)
	}
	l := &b.lives[i]
	due := l.due
	one := [1]int32{i}
	b.move(one[:])
	l.due = due
	return b.words[0]
}

// leave finds the move at the end of a stay that goes by its phases.
func (b *block) leave(i int32, p phases, since, in int, left, word uint64) {
	l := &b.lives[i]
	after, to := p.leave(since, in, int(l.until-l.since), left, word)
	l.due, l.next = int64(l.since)+int64(after), uint8(to)
}
