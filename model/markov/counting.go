package markov

import (
	"fmt"
	"slices"
)

// Counting says at which states a cycle is valued, and when its flows fall.
// Cycle k, counted from 0, lies between boundaries k and k+1. Entries and moves
// inside a cycle are dated as the cycle's states are. It is written as "end",
// "start" or "half-cycle".
type Counting int

const (
	// CountAtEnd values cycle k at the states held at its end, boundary k+1,
	// and dates it there: the first cycle is already discounted by one cycle,
	// and the starting states are never counted. It is the zero value.
	CountAtEnd Counting = iota
	// CountAtStart values cycle k at the states held at its start, boundary
	// k, and dates it there: the first cycle is not discounted. A state held
	// for the whole of each cycle, such as a week of care, is counted so.
	CountAtStart
	// HalfCycle values cycle k at the mean of the states held at its two
	// ends and dates it at its end, boundary k+1. This is the half-cycle
	// correction in its life-table form (Barendregt, Medical Decision Making
	// 2009;29:500–502), discounted like the other columns of the same row,
	// as spreadsheet models do. Dating at mid-cycle instead would raise every
	// total by the same proportion, half a cycle's discount. Entries and moves
	// happen inside a cycle: they are counted once, in full, in the cycle in
	// which they happen, and dated at its end too. [Total] then gives the two
	// amounts of which the total is the mean.
	HalfCycle
)

func countings() []string { return []string{"end", "start", "half-cycle"} }

// MarshalText writes its word.
func (c Counting) MarshalText() ([]byte, error) {
	return []byte(c.word()), c.validate()
}

// UnmarshalText reads its word; the error lists the valid ones.
func (c *Counting) UnmarshalText(text []byte) error {
	i := slices.Index(countings(), string(text))
	if i < 0 {
		return fmt.Errorf("counting %q: must be one of %s", text, list(countings()))
	}
	*c = Counting(i)
	return nil
}

// word returns its word.
func (c Counting) word() string {
	if valid := countings(); c >= 0 && int(c) < len(valid) {
		return valid[c]
	}
	return fmt.Sprintf("Counting(%d)", int(c))
}

// validate returns an error if c is none of the constants.
func (c Counting) validate() error {
	if valid := countings(); c < 0 || int(c) >= len(valid) {
		return fmt.Errorf("counting %q: must be one of %s", c.word(), list(valid))
	}
	return nil
}

// date is when the flows of cycle k fall, in cycles from the start.
func (c Counting) date(k int) float64 {
	if c == CountAtStart {
		return float64(k)
	}
	return float64(k + 1)
}

// ends is how much of what a cycle is worth goes by the state at its start, and how
// much by that at its end.
func (c Counting) ends() (start, end float64) {
	switch c {
	case CountAtEnd:
		return 0, 1
	case CountAtStart:
		return 1, 0
	}
	return 0.5, 0.5
}

// membership turns shares at the boundaries into shares by which each cycle is
// valued: one fewer.
func (c Counting) membership(shares []float64) []float64 {
	switch c {
	case CountAtEnd:
		return shares[1:]
	case CountAtStart:
		return shares[:len(shares)-1]
	}
	mean := make([]float64, len(shares)-1)
	for k := range mean {
		mean[k] = (shares[k] + shares[k+1]) / 2
	}
	return mean
}
