package expect

import (
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Weeks in every state by quarter, of both arms, many weeks at a time.
//
// A figure before week b of the programme is G(b) = Σ Δ(i) P₂(b-i), where Δ are the
// differences of the weights of referral weeks (see quarterSums). Where referrals build up
// Δ is the same for a run of weeks, and what is wanted is the sum of P₂ over the run. So
// P₂ and its sums are wanted at few weeks, and the weeks between are a block.
//
// In a block shares follow x(j) = Mʲ x(0). Let u(j) be the share of children under 18, and
// P₁ the sum of u x in the block, P₂ that of P₁ and P₃ that of P₂, over its n beginnings.
// With U₀ = Σ x(j), U₁ the sum of U₀ over the beginnings, and so on,
//
//	Uᵢ = Eᵢ x(0),   Eᵢ(n+1) = Eᵢ(n) + Eᵢ₋₁(n+1),   E₀(n+1) = E₀(n) + Mⁿ
//
// and where u falls evenly, u(j) = u + (n-j) d with u that of the week after the block,
//
//	P₁ = u U₀ + d U₁,   P₂ = u U₁ + d (2 U₂ - U₁),   P₃ = u U₂ + d (3 U₃ - 2 U₂)
//
// because (n-j) times a binomial coefficient of n-j is a sum of two. Of ages that are
// uniform u does fall evenly; other blocks are a week long.

// blocks is the weeks of a cohort in both arms, block by block.
type blocks struct {
	slots
	epochs  []blockEpoch
	list    []block
	begins  int // the block before which children start; -1 if the horizon comes first
	windows [2]blockWindow

	jumps *jumps
	lanes [2]blockLane // by arm
	rows  [2][]float64 // by arm: of one state, by quarter
}

type blockEpoch struct {
	core    int
	sources [sourceSlots]int
}

// block is a run of weeks throughout which the same moves hold and the share under 18
// falls evenly.
type block struct {
	weeks, epoch int
	window, at   int  // its window, and its place there
	first, last  bool // of the window
	summed       bool // whether the sum of P₂ over it is wanted
	u, d         float64
	n, pairs     float64 // weeks, and weeks × (weeks + 1) / 2
}

// blockWindow is the sums of a window by quarter. Its values, each by slot and for both
// arms, are P₂ at the end of each block and the sum of P₂ over the block, and after them P₁
// at the end of all.
type blockWindow struct {
	from, until int // weeks since referral
	lo          int // quarter
	scale       float64
	runs        []differenceRun
	ends        []int // of the terms of each first week of a quarter
	terms       []boundaryTerm
	values      [][allSlots][2]float64
}

// differenceRun is referral weeks, counted from the first, with the same difference of
// weights.
type differenceRun struct {
	from, weeks int
	difference  float64
}

// blockLane is one arm: by slot the shares, and P₁ and P₂ of the window so far with the
// sum of P₂ over the last block.
type blockLane struct {
	x [allSlots]float64
	p [allSlots][3]float64
}

// newBlocks prepares the blocks of a cohort; nil if it has too many states to and from
// which children move, or changes too often.
func newBlocks(c *cohort, s *settledCohort, j *jumps) *blocks {
	l := s.lanes
	if l == nil || l.start < 0 || l.plan < 0 || s.reached[contract.Counterfactual].Has(c.planned) {
		return nil
	}
	b := &blocks{begins: -1}
	var ok bool
	if b.slots, ok = newSlots(l, -1); !ok {
		return nil
	}
	weights, _ := c.timing.weights(c.Referrals)
	for w, sums := range s.windows {
		if sums.from < sums.until && sums.rounding(2, differences(weights)) > tooMuch {
			return nil
		}
		b.windows[w] = blockWindow{from: sums.from, until: sums.until, lo: sums.lo, scale: sums.scale, runs: runsOf(differences(weights))}
	}
	boundaries := c.programme.Calendar().Boundaries()
	if !b.divide(c, l, boundaries) {
		return nil
	}
	for w, sums := range s.windows {
		if sums.from < sums.until {
			b.windows[w].state(b.list, w, boundaries[sums.lo:sums.hi+1], c.timing.first)
		}
	}
	for i := range b.list {
		one := &b.list[i]
		one.summed = slices.ContainsFunc(b.windows[one.window].terms, func(t boundaryTerm) bool { return t.at == 2*one.at+1 })
	}
	for _, e := range l.epochs {
		b.epochs = append(b.epochs, b.epochOf(e, j))
	}
	for _, one := range b.list {
		j.reach = max(j.reach, one.weeks)
	}
	return b
}

// runsOf finds the runs of differences that are not 0.
func runsOf(differences []float64) []differenceRun {
	var runs []differenceRun
	for i, d := range differences {
		if n := len(runs); n > 0 && runs[n-1].difference == d && runs[n-1].from+runs[n-1].weeks == i {
			runs[n-1].weeks++
		} else if d != 0 {
			runs = append(runs, differenceRun{i, 1, d})
		}
	}
	return runs
}

// over is the weeks n at which a run wants P₂(n) for a boundary: after one, up to another.
func (r differenceRun) over(boundary, first int) (after, last int) {
	last = boundary - first - r.from
	return last - r.weeks, last
}

// state writes down the terms of each boundary, once the blocks are known.
func (w *blockWindow) state(list []block, window int, boundaries []int, first int) {
	var ends []int // weeks since referral, by block
	t := 0
	for i := range list {
		t += list[i].weeks
		if list[i].window == window {
			ends = append(ends, t)
		}
	}
	final := 2 * len(ends) // P₁ at the end
	for _, b := range boundaries {
		for _, run := range w.runs {
			after, last := run.over(b, first)
			for k, end := range ends { // within the window
				if run.weeks == 1 && end == last {
					w.terms = append(w.terms, boundaryTerm{2 * k, run.difference})
				}
				if run.weeks > 1 && end > after && end <= last {
					w.terms = append(w.terms, boundaryTerm{2*k + 1, run.difference})
				}
			}
			// After it P₂ goes on in steps of P₁.
			n, steps := 0, 0
			for m := max(after, w.until) + 1; m <= last; m++ {
				n, steps = n+1, steps+m-w.until
			}
			if n > 0 {
				w.terms = append(w.terms, boundaryTerm{final - 2, float64(n) * run.difference}, boundaryTerm{final, float64(steps) * run.difference})
			}
		}
		w.ends = append(w.ends, len(w.terms))
	}
	w.values = make([][allSlots][2]float64, final+1)
}

// divide divides the weeks into blocks. It reports whether that is worth the while.
func (b *blocks) divide(c *cohort, l *lanes, boundaries []int) bool {
	weeks := c.timing.weeks()
	cuts := []int{weeks, min(c.lag, weeks), min(c.tracked, weeks)}
	for _, e := range l.epochs {
		cuts = append(cuts, min(e.until, weeks))
	}
	for _, run := range b.windows[0].runs {
		for _, boundary := range boundaries {
			after, last := run.over(boundary, c.timing.first)
			if run.weeks > 1 {
				cuts = append(cuts, after)
			}
			cuts = append(cuts, last)
		}
	}
	slices.Sort(cuts)
	epoch, from := 0, 0
	for _, cut := range slices.Compact(cuts) {
		for from < min(cut, weeks) {
			for from >= l.epochs[epoch].until {
				epoch++
			}
			if from == c.lag {
				b.begins = len(b.list)
			}
			one := b.blockFrom(from, min(cut-from, longestBlock), c.timing.under18)
			one.epoch = epoch
			b.list = append(b.list, one)
			from += one.weeks
		}
	}
	return len(b.list) <= 8+weeks/3
}

// blockFrom is the longest block from a week on in which the share under 18 falls evenly.
func (b *blocks) blockFrom(from, most int, under18 []float64) block {
	n, d := 1, 0.0
	if most > 1 {
		d = under18[from] - under18[from+1]
	}
	for n < most && math.Abs(under18[from]-float64(n)*d-under18[from+n]) < 1e-14 { // else it is rounding
		n++
	}
	one := block{weeks: n, n: float64(n), pairs: float64(n*(n+1)) / 2, u: under18[from], d: 0}
	if n > 1 {
		one.d = (under18[from] - under18[from+n-1]) / float64(n-1)
		one.u -= float64(n) * one.d
	}
	for w := range b.windows {
		if from >= b.windows[w].from && from < b.windows[w].until {
			one.window, one.first, one.last = w, from == b.windows[w].from, from+n == b.windows[w].until
		}
	}
	if !one.first {
		one.at = b.list[len(b.list)-1].at + 1
	}
	return one
}

// epochOf finds the moves of an epoch.
func (b *blocks) epochOf(e laneEpoch, j *jumps) blockEpoch {
	core, sources := b.moves(e)
	one := blockEpoch{core: numberOf(&j.cores, core)}
	for k := range b.sources {
		sources[k].core = one.core
		one.sources[k] = numberOf(&j.sources, sources[k])
	}
	return one
}

// clone returns the same with figures of its own.
func (b *blocks) clone(j *jumps, quarters int) *blocks {
	if b == nil {
		return nil
	}
	c := *b
	c.jumps = j
	for w := range c.windows {
		c.windows[w].values = slices.Clone(b.windows[w].values)
	}
	for arm := range c.rows {
		c.rows[arm] = make([]float64, quarters)
	}
	return &c
}

// follow follows the children of a cohort in both arms.
func (b *blocks) follow(c *cohort) {
	g := c.groups
	g.startProbability, g.eligible, g.starts = c.StartProbability, 0, 0
	without, with := &b.lanes[contract.Counterfactual], &b.lanes[contract.Intervention]
	*without = blockLane{}
	without.x[b.start] = 1
	apart := false
	for i := range b.list {
		one := &b.list[i]
		if i == b.begins {
			apart = true
			*with = *without
			g.eligible = with.x[b.start]
			g.starts = g.eligible * g.startProbability
			with.x[b.start] *= 1 - g.startProbability
			with.x[b.plan] += g.starts
		}
		if one.first {
			without.p, with.p = [allSlots][3]float64{}, [allSlots][3]float64{}
		}
		b.step(without, one)
		if apart {
			b.step(with, one)
		} else {
			*with = *without
		}
		b.record(one)
	}
}

// step follows one arm through a block.
func (b *blocks) step(l *blockLane, one *block) {
	e := &b.epochs[one.epoch]
	core := &b.jumps.coreTable[e.core][one.weeks].into
	x := column(l.x[:coreSlots])
	var in comings // from sources
	for k := range b.sources {
		from := &b.jumps.sourceTable[e.sources[k]][one.weeks]
		s := l.x[coreSlots+k]
		if s > 0 {
			in.add(s, &from.into)
		}
		l.x[coreSlots+k] = s * from.stay
		if one.summed {
			l.sumOver(coreSlots+k, one, s*from.sums[2], s*from.sums[3])
		}
		l.add(coreSlots+k, one, s*from.sums[0], s*from.sums[1], s*from.sums[2])
	}
	for to := range coreSlots {
		l.x[to] = core[0][to].times(&x) + in[0][to]
		u0, u1, u2 := core[1][to].times(&x)+in[1][to], core[2][to].times(&x)+in[2][to], core[3][to].times(&x)+in[3][to]
		if one.summed {
			l.sumOver(to, one, u2, core[4][to].times(&x)+in[4][to])
		}
		l.add(to, one, u0, u1, u2)
	}
}

// add adds a block, whose sums of shares are U₀, U₁ and U₂, to the sums of a slot.
func (l *blockLane) add(slot int, one *block, u0, u1, u2 float64) {
	p := &l.p[slot]
	p[1] += one.n*p[0] + (one.u*u1 + one.d*(2*u2-u1))
	p[0] += one.u*u0 + one.d*u1
}

// sumOver sums P₂ over a block that is not added yet.
func (l *blockLane) sumOver(slot int, one *block, u2, u3 float64) {
	p := &l.p[slot]
	p[2] = (one.n*p[1] + one.pairs*p[0]) + (one.u*u2 + one.d*(3*u3-2*u2))
}

// record keeps the sums of a block.
func (b *blocks) record(one *block) {
	without, with := &b.lanes[contract.Counterfactual], &b.lanes[contract.Intervention]
	values := b.windows[one.window].values[2*one.at:]
	ends, sums := &values[0], &values[1]
	for slot := range ends {
		x, y := &without.p[slot], &with.p[slot]
		ends[slot][0], ends[slot][1] = x[1], y[1]
		sums[slot][0], sums[slot][1] = x[2], y[2]
		if one.last {
			values[2][slot] = [2]float64{x[0], y[0]}
		}
	}
}

// byQuarter sets the rows to the weeks of a slot in a window, from the first of its
// quarters on.
func (b *blocks) byQuarter(w *blockWindow, slot int) (without, with []float64) {
	without, with = b.rows[0][:len(w.ends)-1], b.rows[1][:len(w.ends)-1]
	var x, y float64
	first := 0
	for i, end := range w.ends {
		var g, h float64
		for _, t := range w.terms[first:end] {
			v := &w.values[t.at][slot]
			g += t.weight * v[0]
			h += t.weight * v[1]
		}
		if i > 0 {
			without[i-1], with[i-1] = (g-x)*w.scale, (h-y)*w.scale
		}
		x, y, first = g, h, end
	}
	return without, with
}

// setBlocks sets the weeks in every state that children can be in.
func (r *Redraw) setBlocks(c *redrawn) {
	b := c.blocks
	for w := range b.windows {
		window := &b.windows[w]
		if window.from >= window.until {
			continue
		}
		lo, hi := window.lo, window.lo+len(window.ends)-1
		for slot, place := range b.places {
			if place < 0 {
				continue
			}
			state := c.lanes.states[place]
			without, with := b.byQuarter(window, slot)
			if state == c.leftCare {
				for q, weeks := range c.settled.birthdays[w][lo:hi] {
					without[q] += weeks
					with[q] += weeks
				}
			}
			for k := range c.programme.Commissioners {
				children := c.children(k)
				if slot != b.plan {
					set(r.counts.WeeksIn(contract.Window(w), contract.Counterfactual, c.index, k, state)[lo:hi], without, children)
				}
				set(r.counts.WeeksIn(contract.Window(w), contract.Intervention, c.index, k, state)[lo:hi], with, children)
			}
		}
		if c.settled.reached[contract.Intervention].Has(c.leftCare) {
			continue
		}
		for k := range c.programme.Commissioners {
			for _, arm := range contract.Arms() {
				set(r.counts.WeeksIn(contract.Window(w), arm, c.index, k, c.leftCare)[lo:hi], c.settled.birthdays[w][lo:hi], c.children(k))
			}
		}
	}
}
