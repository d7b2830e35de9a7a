package markov

import "errors"

// valuation is values made ready for a chain: what a person collects in a cycle, by
// the clocks.
type valuation struct {
	values     []readyValue
	factors    []float64 // by cycle: what 1 that falls in it is worth today
	start, end float64   // see Counting.ends
}

// readyValue is a Value by places.
type readyValue struct {
	since, in Span
	perCycle  []float64 // by state of the chain
	onMove    []float64 // by flow of the chain
}

// valuation makes values ready, for a model that is sound.
func (m Model) valuation(chain *Chain, c Convention, values []Value) (*valuation, error) {
	faults := []error{c.validate(m.CyclesPerYear)}
	if len(values) == 0 {
		faults = append(faults, errors.New("there is no value to add up: give at least one"))
	}
	for _, v := range values {
		faults = append(faults, v.validate(m.States))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	ready := &valuation{factors: make([]float64, m.Cycles)}
	ready.start, ready.end = c.Counting.ends()
	for k := range ready.factors {
		ready.factors[k] = c.factor(k, m.CyclesPerYear)
	}
	for _, v := range values {
		one := readyValue{since: v.Since, in: v.In}
		for _, s := range chain.states {
			one.perCycle = append(one.perCycle, v.PerCycle[s])
		}
		for _, f := range chain.flows {
			from, to := chain.states[f.from], chain.states[f.to]
			one.onMove = append(one.onMove, v.OnEntry[to]+v.OnMove[from][to])
		}
		ready.values = append(ready.values, one)
	}
	return ready, nil
}

// held is the discounted amount of a cycle in a state, for someone who has been there
// for so many cycles.
func (v *valuation) held(state, cycle, in int) float64 {
	return v.sum(cycle, in, func(one *readyValue) float64 { return one.perCycle[state] })
}

// moved is the discounted amount of a move in a cycle, for someone who had been in the
// state for so many.
func (v *valuation) moved(flow, cycle, in int) float64 {
	return v.sum(cycle, in, func(one *readyValue) float64 { return one.onMove[flow] })
}

func (v *valuation) sum(cycle, in int, amount func(*readyValue) float64) float64 {
	sum := 0.0
	for i := range v.values {
		if one := &v.values[i]; one.since.Contains(cycle) && one.in.Contains(in) {
			sum += amount(one)
		}
	}
	return sum * v.factors[cycle]
}
