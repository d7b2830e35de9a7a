package markov

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// Value is what being in states and moving between them is worth: pounds, life
// years, weeks of care. Amounts add up.
type Value struct {
	PerCycle map[string]float64            // amount per cycle spent in a state
	OnEntry  map[string]float64            // amount on entering a state from another (not at the start)
	OnMove   map[string]map[string]float64 // amount on each move, by the state left and the state entered
	Since    Span                          // in force only in these cycles, counted from 0
	// In: in force only for those who have been in the state for so many cycles, 0 on
	// entering it; for an entry or a move, in the state that is left. A trace does
	// not know how long anyone has been there: [Model.PerPerson] and [Lives.Totals] do.
	In Span
}

// Convention is how a value is added up. The zero value counts at the end of
// each cycle and does not discount.
type Convention struct {
	Counting Counting `json:"counting"`
	Discount Discount `json:"discount"`
}

// String returns the convention in words, to stand beside a figure.
func (c Convention) String() string {
	if c.Counting == HalfCycle {
		return "half-cycle correction: the mean of the states at each cycle's start and end, dated at its end; " + c.Discount.words()
	}
	return fmt.Sprintf("counted at the %s of each cycle; %s", c.Counting.word(), c.Discount.words())
}

// factor is what 1 that falls in cycle k is worth today.
func (c Convention) factor(k int, cyclesPerYear float64) float64 {
	if c.Discount.Rate == 0 {
		return 1
	}
	return c.Discount.Factor(c.Counting.date(k) / cyclesPerYear)
}

// validate returns what is wrong with the convention for cycles of a length. Amounts
// are not discounted over cycles whose length nobody has said: weekly cycles taken for
// years would be discounted 52 times too much.
func (c Convention) validate(cyclesPerYear float64) error {
	var datable error
	if c.Discount.Rate != 0 && cyclesPerYear == 0 {
		datable = errors.New("the cycles per year are not given, so nothing can be discounted: set CyclesPerYear in the model, 1 for yearly cycles or WeeksPerYear for weekly ones")
	}
	return errors.Join(c.Counting.validate(), c.Discount.validate(), datable)
}

// Total is a value added up over a trace, with the convention it was added up
// under.
type Total struct {
	Amount       float64   `json:"amount"`       // discounted, in the value's unit, per member of the cohort
	Undiscounted float64   `json:"undiscounted"` // the same without discount
	ByCycle      []float64 `json:"by_cycle"`     // discounted, by cycle from 0; sums to Amount
	// AtStarts and AtEnds are given under [HalfCycle] alone: the amount with the
	// states held at the start, and at the end, of each cycle, dated alike.
	// Amount is their mean, and their difference is what the choice is worth.
	AtStarts      float64    `json:"at_starts,omitzero"`
	AtEnds        float64    `json:"at_ends,omitzero"`
	Convention    Convention `json:"convention"`
	Cycles        int        `json:"cycles"`
	CyclesPerYear float64    `json:"cycles_per_year"` // 0: not said by the model
}

// Total adds up the value over the trace. The error joins unknown states, with
// the known listed, and faults of the convention; a move that the rows do not
// have counts nothing. An amount dated at boundary b is discounted over
// b/CyclesPerYear years; [Counting] says which boundary that is. A discount over
// cycles of unknown length is an error.
func (t *Trace) Total(v Value, c Convention) (Total, error) {
	if err := errors.Join(t.check(), v.validate(t.States), v.forTrace(), c.validate(t.CyclesPerYear)); err != nil {
		return Total{}, err
	}
	total := t.add(v, c, c.Counting)
	if c.Counting == HalfCycle {
		total.AtStarts, total.AtEnds = t.add(v, c, CountAtStart).Amount, t.add(v, c, CountAtEnd).Amount
	}
	// Only amounts near the largest number there is can overflow.
	if err := finite("the total", total.Undiscounted); err != nil {
		return Total{}, err
	}
	return total, nil
}

// forTrace returns an error if the value depends on what a trace does not know.
func (v Value) forTrace() error {
	if v.In == (Span{}) {
		return nil
	}
	return errors.New("the value depends on the time in the state, which a trace does not know: add it up with the model's PerPerson, or over single lives")
}

// add adds up the value with the states held at the times of a counting, dated as
// the convention says.
func (t *Trace) add(v Value, c Convention, held Counting) Total {
	total := Total{Convention: c, Cycles: t.cycles(), CyclesPerYear: t.CyclesPerYear, ByCycle: make([]float64, t.cycles())}
	terms := t.terms(v, held)
	for k := range t.cycles() {
		if !v.Since.Contains(k) {
			continue
		}
		amount := 0.0
		for _, x := range terms {
			amount += x.amount * x.perCycle[k]
		}
		total.ByCycle[k] = amount * c.factor(k, t.CyclesPerYear)
		total.Amount += total.ByCycle[k]
		total.Undiscounted += amount
	}
	return total
}

// term is one amount and how often it arises in each cycle.
type term struct {
	amount   float64
	perCycle []float64
}

// terms lists the value in an order of its own, since that of a map changes
// and with it the last digit of a sum.
func (t *Trace) terms(v Value, c Counting) []term {
	var terms []term
	for _, s := range slices.Sorted(maps.Keys(v.PerCycle)) {
		terms = append(terms, term{v.PerCycle[s], c.membership(t.Occupancy(s))})
	}
	for _, s := range slices.Sorted(maps.Keys(v.OnEntry)) {
		terms = append(terms, term{v.OnEntry[s], t.entries(s)})
	}
	for _, from := range slices.Sorted(maps.Keys(v.OnMove)) {
		for _, to := range slices.Sorted(maps.Keys(v.OnMove[from])) {
			terms = append(terms, term{v.OnMove[from][to], t.Moves(from, to)})
		}
	}
	return terms
}

func (v Value) validate(states []string) error {
	faults := []error{v.Since.validate(), within("the time in the state", v.In.validate())}
	check := func(where, state string, amount float64) {
		faults = append(faults, within(where, known(states, state)), finite(fmt.Sprintf("%s %q", where, state), amount))
	}
	for _, s := range slices.Sorted(maps.Keys(v.PerCycle)) {
		check("the amount per cycle in", s, v.PerCycle[s])
	}
	for _, s := range slices.Sorted(maps.Keys(v.OnEntry)) {
		check("the amount on entering", s, v.OnEntry[s])
	}
	for _, from := range slices.Sorted(maps.Keys(v.OnMove)) {
		faults = append(faults, within("the amounts on moving from", known(states, from)))
		for _, to := range slices.Sorted(maps.Keys(v.OnMove[from])) {
			check(fmt.Sprintf("the amount on moving from %q to", from), to, v.OnMove[from][to])
		}
	}
	return errors.Join(faults...)
}

func finite(what string, x float64) error {
	return inRange(what, x, math.Abs(x) <= math.MaxFloat64, "finite")
}
