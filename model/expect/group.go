package expect

import "slices"

// group is children who are followed together, as shares by state. Beside the
// state it carries the week of entry where the moves depend on it and, if
// counts is more than 1, how many units have been earned so far.
type group struct {
	moves  *moves
	counts int // units earned are 0 to counts - 1
	places []place
}

// place is the children of a group who are in one state, by generation: those
// who entered in the same week, the oldest first. Generations that the moves
// can no longer tell apart are one.
type place struct {
	entered  []int     // week since referral, by generation
	share    []float64 // by generation and units earned
	arrivals []float64 // by units earned: on their way here in this step
	expected bool      // that there are arrivals
}

// newGroup returns a group of nobody.
func newGroup(m *moves, counts int) *group {
	g := &group{moves: m, counts: counts, places: make([]place, len(m.background))}
	for s := range g.places {
		g.places[s].arrivals = make([]float64, counts)
	}
	return g
}

// enter adds a whole child who is in a state since a week and has earned
// nothing.
func (g *group) enter(state, week int) {
	p := &g.places[state]
	p.entered = append(p.entered, week)
	p.share = append(p.share, make([]float64, g.counts)...)
	p.share[len(p.share)-g.counts] = 1
}

// step moves the group from week t to the next.
func (g *group) step(t int) {
	if t+1 <= g.moves.held {
		return
	}
	for s := range g.places {
		g.leave(s, t)
	}
	for s := range g.places {
		g.places[s].arrive(t+1, g.moves.settled[s])
	}
}

// leave takes those who move between week t and the next out of a state.
func (g *group) leave(state, t int) {
	p, row := &g.places[state], g.moves.row(state, t)
	for i, entered := range p.entered {
		piece := row.at(t, t-entered)
		if piece == nil {
			continue
		}
		share := p.generation(i)
		for _, m := range piece.moves {
			to := &g.places[m.to]
			to.expected = true
			for n, x := range share {
				to.arrivals[n] += x * m.probability
			}
		}
		for n := range share {
			share[n] *= piece.stay
		}
	}
}

// arrive makes the arrivals of week t the youngest generation. Generations who
// have all been here for so long that the moves are settled become one.
func (p *place) arrive(t, settled int) {
	if !p.expected {
		return
	}
	p.expected = false
	if settled == 0 && len(p.entered) > 0 {
		add(p.generation(0), p.arrivals)
	} else {
		p.entered = append(p.entered, t)
		p.share = append(p.share, p.arrivals...)
	}
	clear(p.arrivals)
	for len(p.entered) > 1 && t-p.entered[1] >= settled {
		add(p.generation(0), p.generation(1))
		p.entered = slices.Delete(p.entered, 1, 2)
		p.share = slices.Delete(p.share, len(p.arrivals), 2*len(p.arrivals))
	}
}

func add(to, shares []float64) {
	for n, x := range shares {
		to[n] += x
	}
}

// generation returns one generation's shares by units earned.
func (p *place) generation(i int) []float64 {
	counts := len(p.arrivals)
	return p.share[i*counts : (i+1)*counts]
}

// leaveOnly takes everyone out of the group who is in a state that the test
// does not keep.
func (g *group) leaveOnly(keep func(state int) bool) {
	for s := range g.places {
		if p := &g.places[s]; !keep(s) {
			p.entered, p.share = p.entered[:0], p.share[:0]
		}
	}
}

// each calls f with the shares by units earned of every generation in the
// states that the test keeps; f may change them.
func (g *group) each(keep func(state int) bool, f func(share []float64)) {
	for s := range g.places {
		if !keep(s) {
			continue
		}
		p := &g.places[s]
		for i := range p.entered {
			f(p.generation(i))
		}
	}
}

// total returns the share of the group that is in a state.
func (p *place) total() float64 {
	sum := 0.0
	for _, x := range p.share {
		sum += x
	}
	return sum
}
