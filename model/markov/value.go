package markov

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// Value is what being in states and moving between them is worth, for the
// whole cohort as one: pounds, life years, weeks of care. Amounts add up.
type Value struct {
	PerCycle map[string]float64 // amount per cycle spent in a state
	OnEntry  map[string]float64 // amount on entering a state from another (not at the start)
	OnMove   []MoveValue        // amounts on moves
	Since    Span               // in force only in these cycles, counted from 0
}

// MoveValue is an amount on each move from one state to another.
type MoveValue struct {
	From, To string
	Amount   float64
}

// Convention is how a value is added up. The zero value counts at the end of
// each cycle and does not discount.
type Convention struct {
	Counting Counting `json:"counting"`
	Discount Discount `json:"discount"`
}

// String says the convention in words, to stand beside a figure.
func (c Convention) String() string {
	if c.Counting == HalfCycle {
		return fmt.Sprintf("half-cycle correction; %v", c.Discount)
	}
	return fmt.Sprintf("counted at the %v of each cycle; %v", c.Counting, c.Discount)
}

// Validate joins the faults of the counting and of the discount.
func (c Convention) Validate() error {
	return errors.Join(c.Counting.Validate(), c.Discount.Validate())
}

// Total is a value added up over a trace, with the convention it was added up
// under.
type Total struct {
	Amount        float64    `json:"amount"`       // discounted, in the value's unit, per member of the cohort
	Undiscounted  float64    `json:"undiscounted"` // the same without discount
	ByCycle       []float64  `json:"by_cycle"`     // discounted, by cycle from 0; sums to Amount
	Convention    Convention `json:"convention"`
	Cycles        int        `json:"cycles"`
	CyclesPerYear float64    `json:"cycles_per_year"`
}

// String gives the amount with its horizon and convention.
func (t Total) String() string {
	return fmt.Sprintf("%.2f (%d cycles, %g a year; %v)", t.Amount, t.Cycles, t.CyclesPerYear, t.Convention)
}

// Total adds up the value over the trace. An unknown state is an
// *UnknownStateError that lists the known; a move that the rows do not have
// counts nothing. An amount dated at boundary b is discounted over
// b/CyclesPerYear years; which boundary that is, [Counting] says.
func (t *Trace) Total(v Value, c Convention) (Total, error) {
	if err := errors.Join(t.check(), v.validate(t.States), c.Validate()); err != nil {
		return Total{}, err
	}
	total := Total{Convention: c, Cycles: t.Cycles(), CyclesPerYear: t.CyclesPerYear, ByCycle: make([]float64, t.Cycles())}
	terms := t.terms(v, c.Counting)
	for k := range t.Cycles() {
		if !v.Since.Contains(k) {
			continue
		}
		amount := 0.0
		for _, x := range terms {
			amount += x.amount * x.perCycle[k]
		}
		total.ByCycle[k] = amount * c.Discount.Factor(c.Counting.date(k)/t.CyclesPerYear)
		total.Amount += total.ByCycle[k]
		total.Undiscounted += amount
	}
	// Only amounts near the largest number there is can overflow.
	if err := finite("the total", total.Undiscounted); err != nil {
		return Total{}, err
	}
	return total, nil
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
		terms = append(terms, term{v.OnEntry[s], t.Entries(s)})
	}
	for _, m := range v.OnMove {
		terms = append(terms, term{m.Amount, t.Moves(m.From, m.To)})
	}
	return terms
}

func (v Value) validate(states []string) error {
	faults := []error{v.Since.Validate()}
	check := func(where, state string, amount float64) {
		faults = append(faults, known(states, where, state), finite(fmt.Sprintf("%s %q", where, state), amount))
	}
	for _, s := range slices.Sorted(maps.Keys(v.PerCycle)) {
		check("the amount per cycle in", s, v.PerCycle[s])
	}
	for _, s := range slices.Sorted(maps.Keys(v.OnEntry)) {
		check("the amount on entering", s, v.OnEntry[s])
	}
	for _, m := range v.OnMove {
		check("the amount on moving from", m.From, m.Amount)
		check("the amount on moving to", m.To, m.Amount)
	}
	return errors.Join(faults...)
}

func finite(what string, x float64) error {
	return inRange(what, x, math.Abs(x) <= math.MaxFloat64, "finite")
}
