package lives

import "math"

// A curve is what children in blocks need to know of a stay in a state: the hazard
// that is used up week by week, in a few straight pieces. It says what the phases say
// that it is made from, in a form in which a word gives the week of the move and the
// destination without a search, a division or a branch that depends on chance.
//
// A stay has a curve if its hazard depends on one clock alone, or if it can only begin
// in one week since referral, as the first stay and the planned one do: then the two
// clocks run together. The few other stays go by their phases.

const (
	maxPieces = 4 // of a curve
	maxWays   = 4 // destinations of a piece
	// never is a week after the end of any programme.
	never = 1 << 29
	// maxHazard bounds what a stay of a curve can use up in all weeks. Numbers of
	// hazard up to there are exact as floating-point numbers, and so is the week that
	// a multiplication gives: see curvePiece.
	maxHazard = 1 << 50
)

// curve is the hazard of a stay. Its weeks are those since referral where the pieces
// depend on them, and otherwise those since the stay began.
type curve struct {
	key uint64 // of the stream of words
	// upTo is the hazard used up by the end of each piece; infinite for the last and
	// for those that there are not.
	upTo     [maxPieces]int64
	referral int64  // all ones where weeks count from referral; otherwise 0
	used     uint32 // where the hazards used up before a stay begins are, among the cohort's, by week
	stream   uint32 // the state whose visits number the words
	row      uint32 // of the state, among the marks of a group
	state    uint8
	plan     uint8
	byPhases bool // there is no curve
	pieces   [maxPieces]curvePiece
}

// curvePiece is a piece of a curve: a constant hazard. A threshold that needs one unit
// more than some hazard d beyond the beginning of the piece is used up in its week
// d ÷ hazard, counted from 0 and rounded down. That is (d + ½) × (1 ÷ hazard) rounded
// down: the exact quotient of d + ½ is at least ½ ÷ hazard from a whole number, and two
// roundings move it by less than that as long as d is below 2^51.
type curvePiece struct {
	next    int64   // the second week of the piece: that after a move in its first week
	before  int64   // the hazard used up before the piece, less ½
	inverse float64 // 1 ÷ the hazard of a week
	below   [maxWays]uint32
	to      [maxWays]uint8 // curves, each picked by shares below its own, unless by one before
}

// curvePlan is where a curve comes from: what the rates do not change.
type curvePlan struct {
	of        *transitions
	since, in int // the clocks where the curve begins
	pieces    []planPiece
}

// planPiece is the phase that is in force from a week on.
type planPiece struct{ from, phase int }

// planOnce plans the curve of a stay that can only begin in one week since referral.
func planOnce(of *transitions, since, in, weeks int) curvePlan {
	plan := curvePlan{of: of, since: since, in: in}
	weeks = max(1, weeks-since)
	for from := 0; from < weeks; {
		phase, holds := of.phases.inForce(since+from, in+from, weeks-from)
		plan.pieces = append(plan.pieces, planPiece{from, of.phases.index(phase)})
		from += holds
	}
	if len(plan.pieces) > maxPieces || of.ways() > maxWays {
		plan.pieces = nil
	}
	return plan
}

// planAny plans the curve of a stay that can begin in any week.
func planAny(of *transitions, weeks int) curvePlan {
	plan := planOnce(of, 0, 0, weeks)
	if of.phases.dependOn(sinceReferral) && of.phases.dependOn(inState) {
		plan.pieces = nil
	}
	return plan
}

// ways is the most destinations of a phase.
func (t *transitions) ways() int {
	most := 0
	for _, moves := range t.byName {
		most = max(most, len(moves))
	}
	return most
}

// index is the place of one of the phases.
func (p phases) index(of *phase) int {
	i := 0
	for &p[i] != of {
		i++
	}
	return i
}

// The clocks.
const (
	sinceReferral = iota
	inState
)

// dependOn reports whether the phases depend on a clock.
func (p phases) dependOn(clock int) bool {
	for i := range p {
		from, to := p[i].sinceFrom, p[i].sinceTo
		if clock == inState {
			from, to = p[i].inFrom, p[i].inTo
		}
		if from > 0 || to < math.MaxInt {
			return true
		}
	}
	return false
}

// fill works a curve out from the rates of its phases.
func (c *curve) fill(plan *curvePlan, weeks int) {
	c.byPhases = plan.pieces == nil
	for i := range c.upTo {
		c.upTo[i] = math.MaxInt64
	}
	before := 0.0
	for i, one := range plan.pieces {
		phase, to := &plan.of.phases[one.phase], weeks
		if i+1 < len(plan.pieces) {
			to = plan.pieces[i+1].from
		}
		c.pieces[i].fill(phase, one.from, before)
		before += float64(to-one.from) * float64(phase.hazard)
		if i+1 < len(plan.pieces) {
			c.upTo[i] = int64(before)
		}
	}
	if c.referral != 0 && before >= maxHazard {
		c.byPhases = true
	}
}

func (p *curvePiece) fill(phase *phase, from int, before float64) {
	*p = curvePiece{next: int64(from) + 1, before: int64(before)}
	if phase.hazard == 0 {
		p.next = never // the last piece: nothing is used up in another
		return
	}
	p.inverse = 1 / float64(phase.hazard)
	for i := range p.below {
		one := phase.to[min(i, len(phase.to)-1)]
		p.below[i], p.to[i] = one.below, uint8(one.to)
		if i >= len(phase.to)-1 {
			p.below[i] = math.MaxUint32
		}
	}
}

// usedBefore writes the hazard used up before each week.
func (plan *curvePlan) usedBefore(weeks []int64) {
	sum := 0.0
	for i, one := range plan.pieces {
		to := len(weeks)
		if i+1 < len(plan.pieces) {
			to = plan.pieces[i+1].from
		}
		hazard := float64(plan.of.phases[one.phase].hazard)
		for week := one.from; week < to; week++ {
			weeks[week] = int64(sum)
			sum += hazard
		}
	}
}

// curves are what children in blocks need of a cohort.
type curves struct {
	// list is by state; then come the stays that can only begin in one week since
	// referral.
	list  []curve
	plans []curvePlan
	// used is the hazard used up before a stay begins, from where its curve says: see
	// the constants below, and then by week since referral.
	used   []int64
	weeks  int
	phased bool // some stay has no curve
	// same reports whether the planned state goes on with the word of the start state.
	same bool
	// whole reports whether a metric looks at more of a life than the planned stay.
	whole bool
}

// The curves after those of the states.
const (
	firstStay   = iota // from referral
	plannedStay        // from the start
	restOfFirst        // of the first stay, from the start on
	onceOnly           // how many there are
)

// What is used up before a stay begins.
const (
	nothing = iota
	ofFirst // by the first stay until the start, if the planned stay has its word; less than nothing
	byWeek
)

// curve makes the curves of every cohort whose children do not wait for one another.
func (t *Tables) curve() {
	for i := range t.cohorts {
		if c := &t.cohorts[i]; !c.limited {
			c.curves = t.newCurves(c)
		}
	}
}

func (t *Tables) newCurves(c *cohort) *curves {
	k := &curves{weeks: t.weeks, used: make([]int64, byWeek), same: c.rows[c.planned].stream == c.start}
	for i := range c.metrics {
		k.whole = k.whole || c.metrics[i].plannedWeeks(c) == nil
	}
	start := &c.rows[c.start].transitions
	for i := range c.rows {
		k.add(c, i, planAny(&c.rows[i].transitions, t.weeks))
	}
	k.add(c, c.start, planOnce(start, 0, c.alreadyThere, t.weeks))
	k.add(c, c.planned, planOnce(&c.placements[0], c.lag, 0, t.weeks))
	k.add(c, c.start, planOnce(start, c.lag, c.alreadyThere+c.lag, t.weeks))
	k.list[len(c.rows)+plannedStay].used = ofFirst
	k.fill(c)
	return k
}

// add adds the curve of stays in a state.
func (k *curves) add(c *cohort, state int, plan curvePlan) {
	row := &c.rows[state]
	one := curve{key: row.key, stream: uint32(row.stream), state: uint8(state), plan: uint8(len(k.plans))}
	if again := len(k.list) < len(c.rows); again && len(plan.pieces) > 1 && plan.of.phases.dependOn(sinceReferral) {
		one.referral, one.used = -1, uint32(len(k.used))
		k.used = append(k.used, make([]int64, k.weeks)...)
	}
	k.list, k.plans = append(k.list, one), append(k.plans, plan)
}

// fill takes the rates of the cohort's phases.
func (k *curves) fill(c *cohort) {
	k.phased = false
	for i := range k.list {
		one, plan := &k.list[i], &k.plans[i]
		one.fill(plan, k.weeks)
		k.phased = k.phased || one.byPhases
		if one.referral != 0 {
			plan.usedBefore(k.used[one.used:][:k.weeks])
		}
	}
	k.used[ofFirst] = 0
	if k.same {
		k.used[ofFirst] = -int64(c.rows[c.start].phases.spent(0, c.alreadyThere, min(c.lag, k.weeks)))
	}
}

// leave is the plain rule of a move, for a stay that goes by its phases: after how
// many of some weeks the child moves, or never, and where to.
func (p phases) leave(since, in, weeks int, left, word uint64) (after, to int) {
	for gone := 0; gone < weeks; {
		f, holds := p.inForce(since+gone, in+gone, weeks-gone)
		if use := uint64(holds) * f.hazard; left > use {
			left -= use
			gone += holds
			continue
		}
		return gone + int((left-1)/f.hazard) + 1, f.to.pick(word)
	}
	return never, 0
}

// spent is the hazard that a stay uses up in some weeks.
func (p phases) spent(since, in, weeks int) uint64 {
	sum := uint64(0)
	for gone := 0; gone < weeks; {
		f, holds := p.inForce(since+gone, in+gone, weeks-gone)
		sum += uint64(holds) * f.hazard
		gone += holds
	}
	return sum
}
