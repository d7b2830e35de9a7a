package expect

import (
	"math"
	"slices"
)

// What a cohort avoids depends on how far the two arms are apart, and where a week costs
// the same in every quarter it does not depend on the quarter in which the week lies.
// From week lag on a child who starts would have been in the start state without the
// programme, and is in the planned state with it, and both move by the same rows. So it
// is enough to know what care is expected to cost a child from week lag on, as long as
// children are tracked, in either of the two states.
//
// That is found from the last week backwards, for every state at once: with c the cost of
// a week by state, w(t) the probability that week t is counted and M the probabilities of
// moves by where from and where to, the cost from week t on is
//
//	v(t) = w(t) c + M v(t+1)
//
// Where w falls evenly over n weeks, from w to w + (n-1) d, these are one step,
//
//	v ← w G + d H + Mⁿ v,   G = Σ Mʲ c,   H = Σ j Mʲ c   over j < n
//
// and each of the three for 2n weeks follows from those for n:
//
//	G(2n) = G + Mⁿ G,   H(2n) = H + Mⁿ (H + n G),   M²ⁿ = Mⁿ Mⁿ

// Steps are of 1, 2, 4 or 8 weeks: 2 to the power of their size.
const stepSizes = 4

// pathCore is what children in a core go through, by size of a step.
type pathCore struct {
	of     coreMoves
	states [coreSlots]int // -1 for none
	moves  [stepSizes]square
	g, h   [stepSizes]column
}

// pathSource is the same for a source.
type pathSource struct {
	of    sourceMoves
	state int
	stay  [stepSizes]float64
	moves [stepSizes]column // to the core
	g, h  [stepSizes]float64
}

// paths is the cores and sources of a programme, and what they lead to.
type paths struct {
	cores   []pathCore
	sources []pathSource
}

// apart is how a cohort's arms come to differ: over which weeks children go from their
// referral to the start, and over which they are tracked.
type apart struct {
	slots
	unpaid int        // a state that costs nothing and is left out; -1 for none
	before []pathStep // from the first
	list   []pathStep // from the last
}

// pathStep is some weeks throughout which the same moves hold: 2 to the power of size.
type pathStep struct {
	size    int
	core    int
	sources [sourceSlots]int
	w, d    float64
}

// newApart prepares the difference; nil if it cannot be found so.
func newApart(c *cohort, l *lanes, p *paths) *apart {
	if l == nil || l.start < 0 || l.plan < 0 {
		return nil
	}
	a := &apart{unpaid: -1}
	without := slices.Index(l.states, c.leftCare) // out of which nobody moves: nothing follows
	if without >= 0 {
		a.unpaid = c.leftCare
	}
	var ok bool
	if a.slots, ok = newSlots(l, without); !ok || a.start < 0 {
		return nil
	}
	lag, until := min(c.lag, c.timing.weeks()), min(c.tracked, c.timing.weeks())
	weights := make([]float64, until)
	for t := lag; t < until; t++ {
		weights[t] = c.timing.under18[t] * c.timing.reached[t]
	}
	from := 0
	for _, e := range l.epochs {
		step := a.stepsOf(e, l, p)
		a.before = append(a.before, step.over(weights, from, min(lag, e.until))...)
		a.list = append(a.list, step.over(weights, max(lag, from), min(until, e.until))...)
		from = e.until
	}
	slices.Reverse(a.list)
	return a
}

// stepsOf is a step of an epoch, whose cores and sources are added to those of the
// programme if they are new.
func (a *apart) stepsOf(e laneEpoch, l *lanes, p *paths) pathStep {
	core, sources := a.moves(e)
	state := func(slot int) int {
		if place := a.places[slot]; place >= 0 {
			return l.states[place]
		}
		return -1
	}
	one := pathCore{of: core}
	for slot := range one.states {
		one.states[slot] = state(slot)
	}
	step := pathStep{core: numberOf(&p.cores, one)}
	for k := range a.sources {
		sources[k].core = step.core
		step.sources[k] = numberOf(&p.sources, pathSource{of: sources[k], state: state(coreSlots + k)})
	}
	return step
}

// over divides weeks into steps as long as the weights allow.
func (s pathStep) over(weights []float64, from, until int) (all []pathStep) {
	for from < until {
		s.size = stepSizes - 1
		for s.size > 0 && (from+1<<s.size > until || !even(weights[from:from+1<<s.size])) {
			s.size--
		}
		n := 1 << s.size
		s.w, s.d = weights[from], 0
		if n > 1 {
			s.d = (weights[from+n-1] - weights[from]) / float64(n-1)
		}
		all = append(all, s)
		from += n
	}
	return all
}

// even reports whether weights rise or fall evenly, but for rounding.
func even(weights []float64) bool {
	last := len(weights) - 1
	for i, w := range weights {
		if math.Abs(w-(weights[0]+float64(i)*(weights[last]-weights[0])/float64(last))) > 1e-14 {
			return false
		}
	}
	return true
}

// clone returns the same with rates and costs of its own.
func (p *paths) clone() *paths { return &paths{slices.Clone(p.cores), slices.Clone(p.sources)} }

// fill takes probabilities by number.
func (p *paths) fill(rates []float64) {
	for i := range p.cores {
		p.cores[i].fill(rates)
	}
	for i := range p.sources {
		s := &p.sources[i]
		s.fill(&p.cores[s.of.core], rates)
	}
}

func (c *pathCore) fill(rates []float64) {
	one := &c.moves[0]
	*one = square{}
	for to := range coreSlots {
		one[to][to] = staying(c.of.leave[to], rates)
		for _, m := range c.of.into[to] {
			one[m.from][to] += rates[m.number]
		}
	}
	for size := range stepSizes - 1 {
		now, next := &c.moves[size], &c.moves[size+1]
		for from := range now {
			now[from].through(now, &next[from])
		}
	}
}

func (s *pathSource) fill(core *pathCore, rates []float64) {
	s.stay[0], s.moves[0] = staying(s.of.leave, rates), column{}
	for to, numbers := range s.of.into {
		for _, number := range numbers {
			s.moves[0][to] += rates[number]
		}
	}
	for size := range stepSizes - 1 {
		stay, now, next := s.stay[size], &s.moves[size], &s.moves[size+1]
		now.through(&core.moves[size], next)
		next[0] += stay * now[0]
		next[1] += stay * now[1]
		next[2] += stay * now[2]
		s.stay[size+1] = stay * stay
	}
}

// through sets into to where those in a column are after moves.
func (c *column) through(moves *square, into *column) {
	a, b, d := &moves[0], &moves[1], &moves[2]
	into[0] = c[0]*a[0] + c[1]*b[0] + c[2]*d[0]
	into[1] = c[0]*a[1] + c[1]*b[1] + c[2]*d[1]
	into[2] = c[0]*a[2] + c[1]*b[2] + c[2]*d[2]
}

// price takes what a week costs by state.
func (p *paths) price(costs []float64) {
	for i := range p.cores {
		c := &p.cores[i]
		c.g[0], c.h[0] = column{}, column{}
		for slot, state := range c.states {
			if state >= 0 {
				c.g[0][slot] = costs[state]
			}
		}
		for size := range stepSizes - 1 {
			n, g, h, moves := float64(int(1)<<size), &c.g[size], &c.h[size], &c.moves[size]
			later := column{h[0] + n*g[0], h[1] + n*g[1], h[2] + n*g[2]}
			for from := range moves {
				c.g[size+1][from] = g[from] + moves[from].times(g)
				c.h[size+1][from] = h[from] + moves[from].times(&later)
			}
		}
	}
	for i := range p.sources {
		s := &p.sources[i]
		core := &p.cores[s.of.core]
		s.g[0], s.h[0] = costs[s.state], 0
		for size := range stepSizes - 1 {
			n, g, h, stay, moves := float64(int(1)<<size), s.g[size], s.h[size], s.stay[size], &s.moves[size]
			x, y := &core.g[size], &core.h[size]
			later := column{y[0] + n*x[0], y[1] + n*x[1], y[2] + n*x[2]}
			s.g[size+1] = g + stay*g + moves.times(x)
			s.h[size+1] = h + stay*(h+n*g) + moves.times(&later)
		}
	}
}

// costs is by how much care is expected to cost more without the programme than with it,
// of a child who is in the start state in week lag and starts.
func (a *apart) costs(p *paths) float64 {
	var v [allSlots]float64
	for i := range a.list {
		step := &a.list[i]
		c, size := &p.cores[step.core], step.size
		g, h, moves := &c.g[size], &c.h[size], &c.moves[size]
		x := column{v[0], v[1], v[2]}
		for k := range a.sources {
			s := &p.sources[step.sources[k]]
			v[coreSlots+k] = step.w*s.g[size] + step.d*s.h[size] + s.stay[size]*v[coreSlots+k] + s.moves[size].times(&x)
		}
		v[0] = step.w*g[0] + step.d*h[0] + moves[0].times(&x)
		v[1] = step.w*g[1] + step.d*h[1] + moves[1].times(&x)
		v[2] = step.w*g[2] + step.d*h[2] + moves[2].times(&x)
	}
	return v[a.start] - v[a.plan]
}

// inStart is the share of children who are in the start state in week lag.
func (a *apart) inStart(p *paths) float64 {
	if a.start >= coreSlots { // to which nobody comes back
		share := 1.0
		for _, step := range a.before {
			share *= p.sources[step.sources[a.start-coreSlots]].stay[step.size]
		}
		return share
	}
	var x, next column
	x[a.start] = 1
	for _, step := range a.before {
		x.through(&p.cores[step.core].moves[step.size], &next)
		x = next
	}
	return x[a.start]
}

// avoidedAtLevel sets what every cohort avoids, in pence, at costs of a week by
// commissioner × state that are the same in every quarter. It reports whether it could.
func (r *Redraw) avoidedAtLevel(costs []float64) bool {
	states := len(r.settled.shape.States)
	for i := range r.cohorts {
		a := r.cohorts[i].settled.difference
		if a == nil {
			return false
		}
		for at := a.unpaid; a.unpaid >= 0 && at < len(costs); at += states {
			if costs[at] != 0 {
				return false
			}
		}
	}
	r.paths.fill(r.rates)
	r.avoided = append(r.avoided[:0], make([]float64, len(r.cohorts))...)
	for k := range len(costs) / states {
		own := costs[k*states:][:states]
		if k == 0 || !slices.Equal(own, costs[(k-1)*states:][:states]) {
			r.paths.price(own)
			for i := range r.cohorts {
				c := &r.cohorts[i]
				a := c.settled.difference
				r.differences[i] = a.inStart(r.paths) * c.StartProbability * a.costs(r.paths)
			}
		}
		for i := range r.cohorts {
			r.avoided[i] += r.cohorts[i].children(k) * r.differences[i]
		}
	}
	return true
}
