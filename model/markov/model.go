package markov

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// maxCycles keeps a slip of the keyboard from asking for all the memory.
const maxCycles = 1_000_000

// Model is a cohort, the states it may be in, and the moves between them.
type Model struct {
	States        []string           // names; their order is only that of reports
	Rows          map[string]Row     // moves out of each state; a state with no row is absorbing
	Start         map[string]float64 // share of the cohort in each state at the start; must sum to 1
	AlreadyThere  map[string]int     // optional: cycles already spent in a state by those who start there
	Cycles        int                // cycles to follow the cohort for, 1 to 1,000,000
	CyclesPerYear float64            // 1 for yearly cycles, 52.18 for weekly; only discounting needs it; 0 means 1
}

// Validate joins every fault of the model: states without a name or with the
// same one, unknown states (the error lists the known), every fault of every
// row, shares that do not sum to 1, numbers outside their range.
func (m Model) Validate() error {
	faults := m.nameFaults()
	for _, s := range slices.Sorted(maps.Keys(m.Rows)) {
		for _, fault := range m.rowFaults(s) {
			faults = append(faults, &StateError{State: s, Err: fault})
		}
	}
	faults = append(faults, m.startFaults()...)
	return errors.Join(append(faults,
		m.alreadyThereFaults(),
		inRange("the number of cycles", float64(m.Cycles), m.Cycles >= 1 && m.Cycles <= maxCycles, "from 1 to 1,000,000"),
		inRange("the cycles per year", m.CyclesPerYear, m.CyclesPerYear >= 0 && m.CyclesPerYear <= math.MaxFloat64,
			"above 0 (0 means 1), and finite"))...)
}

func (m Model) nameFaults() []error {
	var faults []error
	if len(m.States) == 0 {
		faults = append(faults, errors.New("the model has no states: it must have at least one"))
	}
	for i, s := range m.States {
		if s == "" || slices.Contains(m.States[:i], s) {
			faults = append(faults, &NameError{Name: s})
		}
	}
	return faults
}

func (m Model) rowFaults(state string) []error {
	row := m.Rows[state]
	faults := row.faults()
	if err := known(m.States, "a row of moves", state); err != nil {
		faults = append(faults, err)
	}
	for i, p := range row {
		for _, move := range p.Moves {
			if move.To == state {
				faults = append(faults, &DestinationError{Place: row.place(i), To: move.To})
			} else if !slices.Contains(m.States, move.To) {
				faults = append(faults, known(m.States, row.place(i).String(), move.To))
			}
		}
	}
	return faults
}

func (m Model) startFaults() []error {
	var faults []error
	sum := 0.0
	for _, s := range slices.Sorted(maps.Keys(m.Start)) {
		share := m.Start[s]
		faults = append(faults, known(m.States, "the start", s),
			inRange(fmt.Sprintf("the share that starts in %q", s), share, share >= 0 && share <= 1, "from 0 to 1"))
		sum += share
	}
	return append(faults, inRange("the sum of the shares at the start", sum, math.Abs(sum-1) <= 1e-9, "1"))
}

func (m Model) alreadyThereFaults() error {
	var faults []error
	for _, s := range slices.Sorted(maps.Keys(m.AlreadyThere)) {
		n := m.AlreadyThere[s]
		faults = append(faults, known(m.States, "already there at the start", s),
			inRange(fmt.Sprintf("the cycles already spent in %q", s), float64(n), n >= 0 && n <= maxCycles, "from 0 to 1,000,000"))
	}
	return errors.Join(faults...)
}

// known returns an *UnknownStateError unless name is one of the states.
func known(states []string, where, name string) error {
	if slices.Contains(states, name) {
		return nil
	}
	return &UnknownStateError{Where: where, Name: name, Valid: states}
}

func (m Model) cyclesPerYear() float64 {
	if m.CyclesPerYear == 0 {
		return 1
	}
	return m.CyclesPerYear
}
