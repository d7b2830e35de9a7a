package markov

import (
	"errors"
	"maps"
	"slices"
)

// Trace is where the cohort is expected to be: exact, not simulated. Its
// fields are plain slices that write to JSON and back.
type Trace struct {
	States        []string    `json:"states"`          // in the model's order
	CyclesPerYear float64     `json:"cycles_per_year"` // never 0
	Shares        [][]float64 `json:"shares"`          // by state: share of the cohort at boundaries 0 to Cycles
	Flows         []Flow      `json:"flows"`           // moves that the rows allow, by name of origin, then destination
}

// Flow is the moves from one state to another.
type Flow struct {
	From     string    `json:"from"`
	To       string    `json:"to"`
	PerCycle []float64 `json:"per_cycle"` // expected moves during cycle k, as a share of the cohort
}

// Cycles returns the number of cycles followed.
func (t *Trace) Cycles() int {
	if len(t.Shares) == 0 {
		return 0
	}
	return max(0, len(t.Shares[0])-1)
}

// Occupancy returns the share of the cohort in the state at each boundary, 0
// to Cycles: one more than there are cycles. It is nil for an unknown state.
func (t *Trace) Occupancy(state string) []float64 {
	if i := slices.Index(t.States, state); i >= 0 && i < len(t.Shares) {
		return slices.Clone(t.Shares[i])
	}
	return nil
}

// Moves returns the moves expected during each cycle, as a share of the
// cohort. They are all 0 where the rows have no such move, nil for an unknown
// state.
func (t *Trace) Moves(from, to string) []float64 {
	if !slices.Contains(t.States, from) {
		return nil
	}
	return t.sum(to, func(f Flow) bool { return f.From == from && f.To == to })
}

// Entries returns the entries into the state expected during each cycle, from
// any other, as a share of the cohort. Those who start there have not entered
// it. It is nil for an unknown state.
func (t *Trace) Entries(state string) []float64 {
	return t.sum(state, func(f Flow) bool { return f.To == state })
}

func (t *Trace) sum(state string, wanted func(Flow) bool) []float64 {
	if !slices.Contains(t.States, state) {
		return nil
	}
	sum := make([]float64, t.Cycles())
	for _, f := range t.Flows {
		if wanted(f) {
			for k := range min(len(sum), len(f.PerCycle)) {
				sum[k] += f.PerCycle[k]
			}
		}
	}
	return sum
}

// Trace follows the cohort, or returns every fault that Validate finds.
func (m Model) Trace() (*Trace, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	cohort := m.assemble()
	for k := range m.Cycles {
		for _, s := range cohort {
			s.leave(k)
		}
		for _, s := range cohort {
			s.settle(k + 1)
		}
	}
	return m.report(cohort), nil
}

// occupied is one state while the cohort passes through. Time in the state is
// carried: now[d] is the share that entered d cycles ago, up to the row's last
// change, after which all are alike. The entry beyond is where they arrive
// from one cycle to the next. A row that does not use the in-state clock so
// carries a single number.
type occupied struct {
	name      string
	pieces    []piece
	flows     map[string][]float64 // by destination
	now, next []float64
	shares    []float64
}

// piece is a Piece whose destinations are found once, before the first cycle.
type piece struct {
	since, in Span
	stay      float64
	moves     []move
}

type move struct {
	to          *occupied
	probability float64
	perCycle    []float64
}

// assemble lays the states out in order of name, so that the order in which
// they are written cannot change even the last digit of a figure.
func (m Model) assemble() []*occupied {
	byName := map[string]*occupied{}
	var cohort []*occupied
	for _, name := range slices.Sorted(slices.Values(m.States)) {
		byName[name] = m.seat(name)
		cohort = append(cohort, byName[name])
	}
	for _, s := range cohort {
		s.connect(m.Rows[s.name], byName)
	}
	return cohort
}

// seat places the starting cohort in a state.
func (m Model) seat(name string) *occupied {
	last := min(m.Rows[name].lastChangeIn(), m.AlreadyThere[name]+m.Cycles)
	s := &occupied{
		name:   name,
		flows:  map[string][]float64{},
		now:    make([]float64, last+2),
		next:   make([]float64, last+2),
		shares: make([]float64, m.Cycles+1),
	}
	s.now[min(m.AlreadyThere[name], last)] = m.Start[name]
	s.shares[0] = m.Start[name]
	return s
}

// connect points each move of the row at the state it leads to.
func (s *occupied) connect(row Row, byName map[string]*occupied) {
	if len(row) == 0 {
		row = Row{{}} // always in force, without moves
	}
	for _, p := range row {
		c := piece{since: p.Since, in: p.In, stay: max(0, 1-p.leave())}
		for _, m := range p.Moves {
			if s.flows[m.To] == nil {
				s.flows[m.To] = make([]float64, len(s.shares)-1)
			}
			c.moves = append(c.moves, move{byName[m.To], m.Probability, s.flows[m.To]})
		}
		s.pieces = append(s.pieces, c)
	}
}

// leave moves everyone on by one cycle, to another state or further into this.
func (s *occupied) leave(k int) {
	for _, p := range s.pieces {
		if !p.since.Contains(k) {
			continue
		}
		here := s.age(p)
		for _, m := range p.moves {
			m.to.next[0] += here * m.probability
			m.perCycle[k] += here * m.probability
		}
	}
}

// age keeps those who stay under the piece, a cycle longer in the state, and
// returns the share to whom the piece applied.
func (s *occupied) age(p piece) float64 {
	end := len(s.now) - 1
	from, to := min(p.in.From, end), min(p.in.until(), end)
	here, next := 0.0, s.next[from+1:to+1]
	for i, share := range s.now[from:to] {
		here += share
		next[i] += share * p.stay
	}
	return here
}

// settle ends the cycle: what was next is now.
func (s *occupied) settle(boundary int) {
	s.now, s.next = s.next, s.now
	clear(s.next)
	end := len(s.now) - 1
	s.now[end-1] += s.now[end]
	s.now[end] = 0
	sum := 0.0
	for _, share := range s.now {
		sum += share
	}
	s.shares[boundary] = sum
}

func (m Model) report(cohort []*occupied) *Trace {
	t := &Trace{
		States:        slices.Clone(m.States),
		CyclesPerYear: m.cyclesPerYear(),
		Shares:        make([][]float64, len(m.States)),
	}
	for _, s := range cohort {
		t.Shares[slices.Index(m.States, s.name)] = s.shares
		for _, to := range slices.Sorted(maps.Keys(s.flows)) {
			t.Flows = append(t.Flows, Flow{From: s.name, To: to, PerCycle: s.flows[to]})
		}
	}
	return t
}

// check guards Total against a trace not made by [Model.Trace]: one read from
// a file, say.
func (t *Trace) check() error {
	ok := t.Cycles() >= 1 && t.CyclesPerYear > 0 && len(t.Shares) == len(t.States)
	for _, shares := range t.Shares {
		ok = ok && len(shares) == t.Cycles()+1
	}
	for _, f := range t.Flows {
		ok = ok && len(f.PerCycle) == t.Cycles()
	}
	if !ok {
		return errors.New("the trace is not whole: every state must have a share at each boundary and every flow a figure for each cycle")
	}
	return nil
}
