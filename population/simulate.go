package population

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/edgeofcare/edgeofcare/internal/keyed"
)

// simulation is what all replications share.
type simulation struct {
	p         *Population
	g         *grid
	lines     []line // that are counted
	scenarios []scenario
	costs     []float64 // £ a week by state
	seed      uint64
	lineOf    [][]int // lines of a state

	// Every random number is keyed by what it is for: the child, the move, and how often
	// the child has been in the state.
	moving             [][]uint64 // by state and destination
	rates              []uint64   // by unknown
	entries            []uint64   // by kind of entry: how many, and how often in truth
	weeks, turns, ages uint64     // of one who comes
}

// replicated are the figures of each replication, by figure.
type replicated struct {
	stock  [][]float64 // by year and line of the first scenario
	cost   [][]float64 // by year and state of the first scenario
	saving [][]float64 // by scenario beyond the first, and year
}

func (s *simulation) room(replications int) *replicated {
	years := len(s.g.years)
	return &replicated{
		stock:  table(years*len(s.lines), replications),
		cost:   table(years*s.p.moves.inCare, replications),
		saving: table(years*(len(s.scenarios)-1), replications),
	}
}

// newSimulation names the streams.
func newSimulation(p *Population, g *grid, lines []line, scenarios []scenario, costs []float64, seed uint64) *simulation {
	s := &simulation{
		p: p, g: g, lines: lines, scenarios: scenarios, costs: costs, seed: seed,
		lineOf: make([][]int, len(p.moves.states)),
		weeks:  keyed.Purpose("entry", "week"), turns: keyed.Purpose("entry", "kept out by a lever"), ages: keyed.Purpose("entry", "age"),
	}
	for from, name := range p.moves.states {
		var to []uint64
		for _, next := range p.moves.states {
			to = append(to, keyed.Purpose("move from "+name, next))
		}
		s.moving = append(s.moving, to)
		for i, l := range lines {
			if slices.Contains(l.states, from) {
				s.lineOf[from] = append(s.lineOf[from], i)
			}
		}
	}
	for _, u := range p.moves.unknowns {
		s.rates = append(s.rates, keyed.Purpose("rate", u.name))
	}
	for _, e := range p.Entries {
		s.entries = append(s.entries, keyed.Purpose("entries", fmt.Sprintf("%s at age %d", e.State, e.Age)))
	}
	return s
}

// run runs all replications, with rates drawn or at their estimates.
func (s *simulation) run(ctx context.Context, replications, workers int, drawn bool) (*replicated, error) {
	all := s.room(replications)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			worker := s.worker()
			for r := w; r < replications && ctx.Err() == nil; r += workers {
				worker.replicate(r, drawn, all)
			}
		})
	}
	wait.Wait()
	return all, ctx.Err()
}

// worker runs one replication at a time.
type worker struct {
	*simulation

	source    *rand.PCG
	hazards   [][][][]float64 // of one scenario, as rows of the population
	counts    []float64       // of one scenario, by year and line
	spent     []float64       // by year and state
	key       uint64          // of the replication
	visits    []int           // by state
	threshold []float64       // by destination; below 0: not drawn
}

func (s *simulation) worker() *worker {
	m := &s.p.moves
	w := &worker{
		simulation: s, source: rand.NewPCG(0, 0),
		counts: make([]float64, len(s.g.years)*len(s.lines)), spent: make([]float64, len(s.g.years)*m.inCare),
		visits: make([]int, len(m.states)), threshold: make([]float64, len(m.states)),
	}
	for _, row := range m.rows {
		var bands [][][]float64
		for _, band := range row {
			var pieces [][]float64
			for _, at := range band.pieces {
				pieces = append(pieces, make([]float64, len(at.moves)))
			}
			bands = append(bands, pieces)
		}
		w.hazards = append(w.hazards, bands)
	}
	return w
}

// law is a source of random numbers that depends on nothing but a purpose, the seed and
// the replication.
func (w *worker) law(purpose uint64, n int) rand.Source {
	key := keyed.Word(w.key, purpose)
	w.source.Seed(keyed.Member(key, 2*n), keyed.Member(key, 2*n+1))
	return w.source
}

// known draws a rate that rests on n events, as a factor of what was estimated: Gamma's
// law with mean 1 and variation 1/√n, as a programme file has it.
func (w *worker) known(purpose uint64, n int, drawn bool) float64 {
	if !drawn {
		return 1
	}
	return distuv.Gamma{Alpha: float64(n), Beta: float64(n), Src: w.law(purpose, 0)}.Rand()
}

// comer is one who comes into care.
type comer struct {
	id, week, late, clock, state int
	u                            float64 // a lever that keeps a share out keeps out those above it
	factor                       float64 // comes only where entries are raised to more than this
}

// replicate runs every scenario of a replication with the same children.
func (w *worker) replicate(r int, drawn bool, all *replicated) {
	w.key = keyed.Replication(w.seed, r)
	factor := make([]float64, len(w.rates))
	for i, u := range w.p.moves.unknowns {
		factor[i] = w.known(w.rates[i], u.moves, drawn)
	}
	comers := w.comers(drawn)
	years := len(w.g.years)
	base := make([]float64, years)
	for i, s := range w.scenarios {
		w.setHazards(hazards{&w.p.moves, factor, s.lever})
		clear(w.counts)
		clear(w.spent)
		w.everyone(s, comers)
		for y := range years {
			sum := 0.0
			for _, x := range w.spent[y*w.p.moves.inCare:][:w.p.moves.inCare] {
				sum += x
			}
			if i == 0 {
				base[y] = sum
			} else {
				all.saving[(i-1)*years+y][r] = base[y] - sum
			}
		}
		if i == 0 {
			for k, x := range w.counts {
				all.stock[k][r] = x
			}
			for k, x := range w.spent {
				all.cost[k][r] = x
			}
		}
	}
}

// everyone follows the children of today and those who come.
func (w *worker) everyone(s scenario, comers []comer) {
	id := 0
	for _, c := range w.p.children {
		for range c.n {
			w.follow(id, 0, 0, c.clock, c.state, c.in)
			id++
		}
	}
	for _, c := range comers {
		state := c.state
		switch f := s.entries[c.state]; {
		case c.factor > 0 && f <= 1+c.u*c.factor:
			continue
		case c.factor == 0 && c.u >= f:
			if state = s.into[c.state]; state < 0 {
				continue
			}
		}
		w.follow(c.id, c.week+c.late, c.week+1, c.clock+c.late, state, 0)
	}
}

// comers draws those who come: as many as come without a lever, and more, as many as the
// lever that raises entries most lets come.
func (w *worker) comers(drawn bool) []comer {
	var all []comer
	for i, e := range w.p.Entries {
		state := w.p.moves.place(e.State)
		mean := float64(e.N) / w.p.EntryWeeks * float64(w.g.last) * w.known(w.entries[i], e.N, drawn)
		all = w.come(all, i, 1, mean, state, e.Age, 0)
		extra := 0.0
		for _, s := range w.scenarios {
			extra = max(extra, s.entries[state]-1)
		}
		if extra > 0 {
			all = w.come(all, i, 2, mean*extra, state, e.Age, extra)
		}
	}
	return all
}

// come draws the comers of one kind.
func (w *worker) come(all []comer, kind, n int, mean float64, state, age int, factor float64) []comer {
	number := int(distuv.Poisson{Lambda: mean, Src: w.law(w.entries[kind], n)}.Rand())
	for i := range number {
		id := (1+2*kind+n)<<24 + i
		unit := func(purpose uint64) float64 { return keyed.Unit(keyed.Word(keyed.Member(w.key, id), purpose)) }
		when := 2 * float64(w.g.last) * unit(w.weeks)
		all = append(all, comer{id: id, week: int(when) / 2, late: int(when) % 2, clock: clockFor(age, unit(w.ages)), state: state, u: unit(w.turns), factor: factor})
	}
	return all
}

// setHazards works out every hazard of a scenario.
func (w *worker) setHazards(h hazards) {
	for s, row := range h.rows {
		for i, band := range row {
			for j, at := range band.pieces {
				for k, m := range at.moves {
					w.hazards[s][i][j][k] = h.of(s, m)
				}
			}
		}
	}
}

// follow follows a child from boundary k, and counts it from a boundary on.
func (w *worker) follow(id, k, from, clock, state, in int) {
	clear(w.visits)
	key := keyed.Member(w.key, id)
	gone := min(w.g.last+1, k+lastWeek-clock)
	for k < gone {
		weeks, to := w.leave(key, clock, state, in, gone-k)
		if state < w.p.moves.inCare {
			w.stay(state, max(k, from), k+weeks)
		}
		w.visits[state]++
		k, clock, state, in = k+weeks, clock+weeks, to, 0
	}
}

// stay counts a child at the boundaries from one up to, and without, another.
func (w *worker) stay(state, from, to int) {
	if from >= to {
		return
	}
	for y, until := range w.g.until {
		w.spent[y*w.p.moves.inCare+state] += w.costs[state] * (until[to] - until[from])
		if end := w.g.ends[y]; end >= from && end < to {
			for _, l := range w.lineOf[state] {
				w.counts[y*len(w.lines)+l]++
			}
		}
	}
}

// leave returns after how many weeks, at most the horizon, a child leaves a state and for
// where. For each destination the child has a threshold of its own that the hazard uses
// up; the first to be used up decides, at the end of its week. The law is that of
// [hazards.chain], and a change of one hazard leaves what the others do as it is.
func (w *worker) leave(child uint64, clock, state, in, horizon int) (weeks, to int) {
	row, hazards := w.p.moves.rows[state], w.hazards[state]
	for i := range w.threshold {
		w.threshold[i] = -1
	}
	band, at := 0, 0
	for t := 0; t < horizon; {
		for band+1 < len(row) && row[band+1].from <= clock+t {
			band, at = band+1, 0
		}
		pieces := row[band].pieces
		for at+1 < len(pieces) && pieces[at+1].from <= in+t {
			at++
		}
		until := horizon
		if band+1 < len(row) {
			until = min(until, row[band+1].from-clock)
		}
		if at+1 < len(pieces) {
			until = min(until, pieces[at+1].from-in)
		}
		length, first := float64(until-t), math.Inf(1)
		for i, m := range pieces[at].moves {
			if w.threshold[m.to] < 0 {
				w.threshold[m.to] = float64(keyed.Threshold(keyed.Word(keyed.Member(child, w.visits[state]), w.moving[state][m.to]))) * 0x1p-40
			}
			if h := hazards[band][at][i]; w.threshold[m.to] < h*length && w.threshold[m.to] < h*first {
				first, to = w.threshold[m.to]/h, m.to
			}
		}
		if !math.IsInf(first, 1) {
			return t + min(int(first)+1, until-t), to
		}
		for i, m := range pieces[at].moves {
			w.threshold[m.to] -= hazards[band][at][i] * length
		}
		t = until
	}
	return horizon, state
}
