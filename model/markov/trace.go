package markov

import (
	"errors"
	"maps"
	"math"
	"slices"
)

// Trace is where the cohort is expected to be: exact, not simulated. Its
// fields are plain data that write to JSON and back.
type Trace struct {
	States        []string    `json:"states"`          // in the model's order
	CyclesPerYear float64     `json:"cycles_per_year"` // 0: not said by the model
	Shares        [][]float64 `json:"shares"`          // by state: share of the cohort at boundaries 0 to Cycles
	// Flows is the moves expected during each cycle, as a share of the cohort,
	// by the state left and the state entered. A move that the rows do not have
	// is left out.
	Flows map[string]map[string][]float64 `json:"flows"`
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
	if !slices.Contains(t.States, from) || !slices.Contains(t.States, to) {
		return nil
	}
	return t.sum(t.Flows[from][to])
}

// entries returns the entries into the state expected during each cycle, from
// any other, as a share of the cohort. Those who start there have not entered
// it. It is nil for an unknown state.
func (t *Trace) entries(state string) []float64 {
	if !slices.Contains(t.States, state) {
		return nil
	}
	var into [][]float64
	for _, from := range slices.Sorted(maps.Keys(t.Flows)) {
		into = append(into, t.Flows[from][state])
	}
	return t.sum(into...)
}

// sum adds up flows by cycle.
func (t *Trace) sum(flows ...[]float64) []float64 {
	sum := make([]float64, t.cycles())
	for _, flow := range flows {
		for k := range min(len(sum), len(flow)) {
			sum[k] += flow[k]
		}
	}
	return sum
}

// cycles returns the number of cycles followed.
func (t *Trace) cycles() int {
	if len(t.Shares) == 0 {
		return 0
	}
	return max(0, len(t.Shares[0])-1)
}

// Trace follows the cohort, or returns every fault that Validate finds.
func (m Model) Trace() (*Trace, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	chain := m.chain()
	cohort := m.cohort(chain, 1)
	t := &Trace{States: slices.Clone(m.States), CyclesPerYear: m.CyclesPerYear}
	shares, flows := t.record(chain, m.Cycles)
	moved := make([]float64, len(flows))
	for k := range m.Cycles {
		for s := range shares {
			shares[s][k] = cohort.Share(s)
		}
		clear(moved)
		cohort.step(moved)
		for i := range flows {
			flows[i][k] = moved[i]
		}
	}
	for s := range shares {
		shares[s][m.Cycles] = cohort.Share(s)
	}
	return t, nil
}

// chain is the model's moves with its states in order of name, so that the
// order in which they are written cannot change even the last digit of a figure.
func (m Model) chain() *Chain {
	names := slices.Sorted(slices.Values(m.States))
	rows := make([]Row, len(names))
	for s, name := range names {
		rows[s] = m.Rows[name]
	}
	chain := newChain(names, rows)
	chain.share(m.SharedClock)
	return chain
}

// cohort is a group on the model's chain where the cohort starts.
func (m Model) cohort(chain *Chain, counts int) *Group {
	cohort := new(Group)
	cohort.Begin(chain, 0, counts)
	for s, name := range chain.states {
		cohort.Enter(s, m.AlreadyThere[name], m.Start[name])
	}
	return cohort
}

// record makes room for a number of cycles, and returns the shares by the
// chain's states and the flows by the chain's flows.
func (t *Trace) record(chain *Chain, cycles int) (shares, flows [][]float64) {
	for range chain.states {
		shares = append(shares, make([]float64, cycles+1))
	}
	for _, name := range t.States {
		t.Shares = append(t.Shares, shares[slices.Index(chain.states, name)])
	}
	t.Flows = map[string]map[string][]float64{}
	for _, f := range chain.flows {
		from, to := chain.states[f.from], chain.states[f.to]
		if t.Flows[from] == nil {
			t.Flows[from] = map[string][]float64{}
		}
		flows = append(flows, make([]float64, cycles))
		t.Flows[from][to] = flows[len(flows)-1]
	}
	return shares, flows
}

// check guards Total against a trace not made by [Model.Trace]: one read from
// a file, say.
func (t *Trace) check() error {
	ok := t.cycles() >= 1 && t.CyclesPerYear >= 0 && t.CyclesPerYear <= math.MaxFloat64 && len(t.Shares) == len(t.States)
	for _, shares := range t.Shares {
		ok = ok && len(shares) == t.cycles()+1
	}
	for _, flows := range t.Flows {
		for _, flow := range flows {
			ok = ok && len(flow) == t.cycles()
		}
	}
	if !ok {
		return errors.New("the trace is not whole: every state must have a share at each boundary and every flow a figure for each cycle")
	}
	return nil
}
