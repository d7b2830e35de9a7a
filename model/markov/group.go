package markov

import "slices"

// Group is members of a cohort who are followed together, as shares by state.
// It is the one place in which shares are moved from cycle to cycle; [Model]'s
// Trace steps a group, and so may anyone who needs more than a trace.
//
// Who is in a state is kept by generation, those who entered it in the same
// cycle. Generations that the moves can no longer tell apart are one, so a
// state whose row does not use the time in the state keeps a single number.
//
// Beside the state a group may carry a count from 0 up: of anything that
// members have collected so far. Moves leave it alone; whoever steps the group
// raises it with [Group.Each].
//
// The zero Group is ready for [Group.Begin]. A group that is begun again uses
// the memory that it has, and stepping then allocates nothing.
type Group struct {
	chain  *Chain
	since  int // cycle of the next step
	epoch  int // of the chain, in which that cycle lies
	counts int
	// settled is, by state and count, those whose moves no longer depend on
	// when they entered; recent is, by state, all others.
	settled []float64
	recent  []recent
	// Within a step: those to whom a piece applies, by count, and those on the
	// way to a state, by state and count; those who take their time with them are
	// apart, the settled and the recent.
	moving, arriving, arrivingSettled []float64
	carried                           []carried
	carriedShares                     []float64
	// gain, if not nil, changes the shares of those who make a move, after so many
	// cycles in the state that they leave.
	gain func(move *readyMove, cyclesIn int, shares []float64)
}

// carried is members on the way to a state in which their time goes on.
type carried struct{ state, entered int }

// recent is the members of a group who are in one state and whose moves depend
// on when they entered.
type recent struct {
	entered []int     // cycle of entry, by generation, the oldest first
	shares  []float64 // by generation and count
}

// Begin empties the group and puts it on a chain. The next step is that of cycle
// since, counted from the start of the path. The count of a member is from 0 to
// counts - 1, so that a group with counts 1 carries none.
func (g *Group) Begin(chain *Chain, since, counts int) {
	states := len(chain.rows)
	g.chain, g.since, g.counts = chain, since, counts
	g.epoch = 0
	g.settled = zeros(g.settled, states*counts)
	g.moving, g.arriving = zeros(g.moving, counts), zeros(g.arriving, states*counts)
	g.arrivingSettled = zeros(g.arrivingSettled, states*counts)
	g.recent = slices.Grow(g.recent[:0], states)[:states]
	for s := range g.recent {
		r := &g.recent[s]
		r.entered, r.shares = r.entered[:0], r.shares[:0]
	}
}

// Enter adds a share with a count of 0 to those in a state, who entered it so
// many cycles ago.
func (g *Group) Enter(state, cyclesAgo int, share float64) {
	if cyclesAgo >= g.chain.rows[state].settled {
		g.settled[state*g.counts] += share
		return
	}
	g.generation(state, g.since-cyclesAgo)[0] += share
}

// generation returns the shares of those who entered a state in a cycle, and makes
// room for them if there is none.
func (g *Group) generation(state, entered int) []float64 {
	r := &g.recent[state]
	i, found := slices.BinarySearch(r.entered, entered)
	if !found {
		r.entered = slices.Insert(r.entered, i, entered)
		at := i * g.counts
		r.shares = slices.Grow(r.shares, g.counts)[:len(r.shares)+g.counts]
		copy(r.shares[at+g.counts:], r.shares[at:])
		clear(r.shares[at : at+g.counts])
	}
	return g.row(r.shares, i)
}

// Each calls f with every generation that is not empty: the state it is in, how
// many cycles ago it entered, and its shares by count, which f may change. Those
// whose moves no longer depend on when they entered are one generation;
// cyclesAgo is then the least that can be said of them.
func (g *Group) Each(f func(state, cyclesAgo int, shares []float64)) {
	for s := range g.recent {
		if settled := g.row(g.settled, s); anyone(settled) {
			f(s, g.chain.rows[s].settled, settled)
		}
		for i, entered := range g.recent[s].entered {
			if shares := g.row(g.recent[s].shares, i); anyone(shares) {
				f(s, g.since-entered, shares)
			}
		}
	}
}

// row returns the i-th run of shares by count.
func (g *Group) row(shares []float64, i int) []float64 {
	return shares[i*g.counts:][:g.counts]
}

// Share returns the share that is in a state, whatever its count.
func (g *Group) Share(state int) float64 {
	sum := 0.0
	for _, x := range g.row(g.settled, state) {
		sum += x
	}
	for _, x := range g.recent[state].shares {
		sum += x
	}
	return sum
}

// Step moves the group on by one cycle.
func (g *Group) Step() { g.step(nil) }

// step adds the share that makes each move to the chain's flows, unless they
// are nil.
func (g *Group) step(flows []float64) {
	for g.epoch+1 < len(g.chain.epochs) && g.chain.epochs[g.epoch+1].from <= g.since {
		g.epoch++
	}
	for _, p := range g.chain.epochs[g.epoch].pieces {
		switch {
		case p.carries || g.gain != nil:
			g.moveByGeneration(p, flows)
		case g.counts == 1:
			g.move(p, flows)
		default:
			g.moveByCount(p)
		}
	}
	g.since++
	g.carry()
	for s := range g.recent {
		if g.counts == 1 && g.chain.rows[s].settled == 0 { // as below, without the detours
			g.settled[s] += g.arriving[s]
			continue
		}
		g.settle(s)
		g.arrive(s)
	}
	clear(g.arriving)
}

// move takes those who move by a piece in this cycle out of its state, in a
// group without counts.
func (g *Group) move(p *readyPiece, flows []float64) {
	moving := 0.0
	if p.in.To == 0 { // so it applies however long ago they entered
		moving = g.settled[p.state]
		g.settled[p.state] = moving * p.stay
	}
	if r := &g.recent[p.state]; len(r.entered) > 0 {
		shares := r.shares[r.find(p.in.until(), g.since):r.find(p.in.From, g.since)]
		for i, x := range shares {
			moving += x
			shares[i] = x * p.stay
		}
	}
	for i := range p.moves {
		m := &p.moves[i]
		g.arriving[m.to] += moving * m.probability
		if flows != nil {
			flows[m.flow] += moving * m.probability
		}
	}
}

// moveByCount is move in a group with counts.
func (g *Group) moveByCount(p *readyPiece) {
	clear(g.moving)
	if settled := g.row(g.settled, p.state); p.in.To == 0 && anyone(settled) {
		g.thin(settled, p.stay)
	}
	r := &g.recent[p.state]
	for i := r.find(p.in.until(), g.since); i < r.find(p.in.From, g.since); i++ {
		g.thin(g.row(r.shares, i), p.stay)
	}
	if !anyone(g.moving) {
		return
	}
	for _, m := range p.moves {
		arriving := g.row(g.arriving, m.to)
		for n, x := range g.moving {
			arriving[n] += x * m.probability
		}
	}
}

// moveByGeneration is move and moveByCount where it matters how long those who move
// have been in the state.
func (g *Group) moveByGeneration(p *readyPiece, flows []float64) {
	if settled := g.row(g.settled, p.state); p.in.To == 0 && anyone(settled) {
		g.leave(p, settled, 0, true, flows)
	}
	r := &g.recent[p.state]
	for i := r.find(p.in.until(), g.since); i < r.find(p.in.From, g.since); i++ {
		g.leave(p, g.row(r.shares, i), r.entered[i], false, flows)
	}
}

// leave takes those who move by a piece out of a generation.
func (g *Group) leave(p *readyPiece, shares []float64, entered int, settled bool, flows []float64) {
	cyclesIn := g.chain.rows[p.state].settled
	if !settled {
		cyclesIn = g.since - entered
	}
	for i := range p.moves {
		m := &p.moves[i]
		for n, x := range shares {
			g.moving[n] = x * m.probability
		}
		if flows != nil {
			flows[m.flow] += g.moving[0]
		}
		if g.gain != nil {
			g.gain(m, cyclesIn, g.moving)
		}
		switch {
		case !m.carries:
			add(g.row(g.arriving, m.to), g.moving)
		case settled:
			add(g.row(g.arrivingSettled, m.to), g.moving)
		default:
			g.carried = append(g.carried, carried{m.to, entered})
			g.carriedShares = append(g.carriedShares, g.moving...)
		}
	}
	for n := range shares {
		shares[n] *= p.stay
	}
}

// carry makes those who took their time with them members of its generation in their
// new state.
func (g *Group) carry() {
	if !g.chain.carries {
		return
	}
	for i, to := range g.carried {
		add(g.generation(to.state, to.entered), g.row(g.carriedShares, i))
	}
	g.carried, g.carriedShares = g.carried[:0], g.carriedShares[:0]
	add(g.settled, g.arrivingSettled)
	clear(g.arrivingSettled)
}

// thin leaves what stays of a generation and adds up what it was.
func (g *Group) thin(shares []float64, stay float64) {
	for n, x := range shares {
		g.moving[n] += x
		shares[n] = x * stay
	}
}

// find returns the first generation that entered less than a number of cycles
// before a cycle.
func (r *recent) find(cycles, since int) int {
	i, _ := slices.BinarySearch(r.entered, since-cycles+1)
	return i
}

// settle joins those who have been in a state for so long that it makes no
// difference any more.
func (g *Group) settle(state int) {
	r, long := &g.recent[state], 0
	for long < len(r.entered) && g.since-r.entered[long] >= g.chain.rows[state].settled {
		add(g.row(g.settled, state), g.row(r.shares, long))
		long++
	}
	if long > 0 {
		r.entered = slices.Delete(r.entered, 0, long)
		r.shares = slices.Delete(r.shares, 0, long*g.counts)
	}
}

// arrive makes those on the way to a state its youngest generation.
func (g *Group) arrive(state int) {
	arriving := g.row(g.arriving, state)
	if !anyone(arriving) {
		return
	}
	if g.chain.rows[state].settled == 0 {
		add(g.row(g.settled, state), arriving)
		return
	}
	r := &g.recent[state]
	r.entered = append(r.entered, g.since)
	r.shares = append(r.shares, arriving...)
}

// anyone reports whether any of the shares is not 0.
func anyone(shares []float64) bool {
	for _, x := range shares {
		if x != 0 {
			return true
		}
	}
	return false
}

func add(to, shares []float64) {
	for n, x := range shares {
		to[n] += x
	}
}

// zeros returns a slice of zeros, in the memory of another if that is enough.
func zeros(s []float64, length int) []float64 {
	s = slices.Grow(s[:0], length)[:length]
	clear(s)
	return s
}
