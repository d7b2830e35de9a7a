package model

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Conditioned says that some uncertain inputs are held to what was paid: instead of its
// law, each has its values in the draws of a posterior, all of which are as likely. The
// other inputs keep their laws.
type Conditioned struct {
	// PaidTo is the last day of the quarters whose payments were used.
	PaidTo calendar.Date `json:"paid_to"`
	// Inputs are those that are held, and Draws their values, input × draw, as a draw has
	// them: of alternatives the place, counted from 0.
	Inputs []Path      `json:"inputs"`
	Draws  [][]float64 `json:"-"`
	Size   int         `json:"draws"` // how many there are
	// EffectiveSize is the effective sample size that the draws were resampled from.
	EffectiveSize float64 `json:"effective_sample_size"`
	Seed          uint64  `json:"seed"`
	// Digest is of the draws, and of everything that they depend on.
	Digest string `json:"digest"`
}

// Holds reports whether an input is held to what was paid.
func (c *Conditioned) Holds(input Path) bool { return c != nil && slices.Contains(c.Inputs, input) }

// conditioned checks that what is held is uncertain, and that there are draws of it.
func (v *validation) conditioned() {
	c := v.p.Conditioned
	if c == nil || len(v.p.Uncertain) == 0 { // nothing is drawn
		return
	}
	const path = "conditioned on"
	for _, input := range c.Inputs {
		known := slices.ContainsFunc(v.p.Uncertain, func(u Uncertain) bool { return u.Path == input })
		v.need(known, path, "%q is no uncertain input of the programme", input)
	}
	if c.Draws == nil { // as read back from JSON; it cannot be run
		return
	}
	v.need(len(c.Draws) == len(c.Inputs) && len(c.Inputs) > 0, path, "there are draws of %d inputs, and %d are named", len(c.Draws), len(c.Inputs))
	for i, row := range c.Draws {
		if len(row) != c.Size || c.Size == 0 {
			v.fault(path, "%s", fmt.Sprintf("input %d has %d draws, where there are to be %d", i+1, len(row), c.Size))
			return
		}
	}
}
