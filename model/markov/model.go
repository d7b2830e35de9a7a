package markov

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// maxCycles keeps a slip of the keyboard from asking for all the memory.
const maxCycles = 1_000_000

// Model is a cohort, the states it may be in, and the moves between them.
type Model struct {
	States        []string           // names; their order is only that of reports
	Rows          map[string]Row     // moves out of each state; a state with no row is absorbing
	Start         map[string]float64 // share of the cohort in each state at the start; must sum to 1
	AlreadyThere  map[string]int     // optional: cycles already spent in a state by those who start there
	SharedClock   [][]string         // optional: lists of states between which the time in the state goes on, as in "sick" and "sicker"
	Cycles        int                // cycles to follow the cohort for, 1 to 1,000,000
	CyclesPerYear float64            // 1 for yearly cycles, [WeeksPerYear] for weekly; 0: not said, and nothing can be discounted
}

// Validate joins every fault of the model: states without a name or with the
// same one, unknown states (the error lists the known), every fault of every
// row (a *RowError if it has a place), shares that do not sum to 1, numbers
// outside their range.
func (m Model) Validate() error {
	faults := m.nameFaults()
	for _, s := range slices.Sorted(maps.Keys(m.Rows)) {
		faults = append(faults, m.Rows[s].faultsAmong(m.States, s)...)
		faults = append(faults, within("a row of moves", known(m.States, s)))
	}
	faults = append(faults, m.startFaults()...)
	return errors.Join(append(faults,
		m.alreadyThereFaults(),
		m.sharedClockFaults(),
		inRange("the number of cycles", float64(m.Cycles), m.Cycles >= 1 && m.Cycles <= maxCycles, "from 1 to 1,000,000"),
		inRange("the cycles per year", m.CyclesPerYear, m.CyclesPerYear >= 0 && m.CyclesPerYear <= math.MaxFloat64,
			"above 0, and finite, or left out where nothing is discounted"))...)
}

func (m Model) nameFaults() []error {
	var faults []error
	if len(m.States) == 0 {
		faults = append(faults, errors.New("the model has no states: it must have at least one"))
	}
	for i, s := range m.States {
		if s == "" || slices.Contains(m.States[:i], s) {
			faults = append(faults, fmt.Errorf("state name %q: names must not be empty or given twice", s))
		}
	}
	return faults
}

func (m Model) startFaults() []error {
	var faults []error
	sum := 0.0
	for _, s := range slices.Sorted(maps.Keys(m.Start)) {
		share := m.Start[s]
		faults = append(faults, within("the start", known(m.States, s)),
			inRange(fmt.Sprintf("the share that starts in %q", s), share, share >= 0 && share <= 1, "from 0 to 1"))
		sum += share
	}
	return append(faults, inRange("the sum of the shares at the start", sum, math.Abs(sum-1) <= 1e-9, "1"))
}

func (m Model) alreadyThereFaults() error {
	var faults []error
	for _, s := range slices.Sorted(maps.Keys(m.AlreadyThere)) {
		n := m.AlreadyThere[s]
		faults = append(faults, within("already there at the start", known(m.States, s)),
			inRange(fmt.Sprintf("the cycles already spent in %q", s), float64(n), n >= 0 && n <= maxCycles, "from 0 to 1,000,000"))
	}
	return errors.Join(faults...)
}

func (m Model) sharedClockFaults() error {
	var faults []error
	shared := map[string]bool{}
	for _, states := range m.SharedClock {
		if len(states) < 2 {
			faults = append(faults, fmt.Errorf("a shared clock of %d states (%s): a clock is shared by two or more", len(states), list(states)))
		}
		for _, s := range states {
			faults = append(faults, within("a shared clock", known(m.States, s)))
			if shared[s] {
				faults = append(faults, fmt.Errorf("a shared clock: state %q is named twice: a state has one clock", s))
			}
			shared[s] = true
		}
	}
	return errors.Join(faults...)
}

// known returns an error that lists the states unless name is one of them.
func known(states []string, name string) error {
	if slices.Contains(states, name) {
		return nil
	}
	return fmt.Errorf("there is no state %q: must be one of %s", name, list(states))
}

// within says where a fault is; nil stays nil.
func within(where string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", where, err)
}

// list quotes names, with commas between them.
func list(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = strconv.Quote(n)
	}
	return strings.Join(quoted, ", ")
}
