package contract

import (
	"errors"
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/model/internal/enum"
)

// FullWeeks pays one unit for each full week that a child spends in a payable
// state. It is DN2's only trigger: "per full week" in the planned family
// placement, for up to two years
// (golab.bsg.ox.ac.uk, DN2 Children's Services Social Impact Bond, 2022).
//
// A child who never started earns nothing. Weeks are counted from the start:
// week 0 is the first week in the planned state.
type FullWeeks struct {
	// First is the first payable week since the start; 0 pays the start week.
	First int `json:"first_payable_week"`
	// Window is how many weeks from the start can be paid at all; it runs on
	// through any interruption. 0 weeks pays nothing.
	Window int `json:"window"`
	// CapPerChild is the most weeks that can be paid for one child. 0 weeks
	// pays nothing.
	CapPerChild int `json:"cap_per_child"`
	// Interruption says what a week out of the payable states does.
	Interruption Interruption `json:"interruption"`
}

// Interruption says what happens to a child's claim when the outcome is
// interrupted.
type Interruption int

// The two readings. DN2 is modelled with Ends.
const (
	Ends   Interruption = iota // nothing is paid after the first interruption
	Pauses                     // weeks back in a payable state are paid again
)

var interruptionNames = []string{"ends", "pauses"}

// String returns "ends" or "pauses".
func (i Interruption) String() string { return enum.Name(i, interruptionNames) }

// MarshalText writes the word.
func (i Interruption) MarshalText() ([]byte, error) {
	return enum.Marshal(i, interruptionNames, "interruption")
}

// UnmarshalText reads the word; the error lists the valid ones.
func (i *Interruption) UnmarshalText(text []byte) error {
	return enum.Unmarshal(i, text, interruptionNames, "interruption")
}

// Kind is "full weeks".
func (f *FullWeeks) Kind() string { return "full weeks" }

// Terms lists the four terms.
func (f *FullWeeks) Terms() []Term {
	return []Term{
		{Name: "first payable week", Weeks: &f.First},
		{Name: "window", Weeks: &f.Window},
		{Name: "cap per child", Weeks: &f.CapPerChild},
		{Name: "interruption", Interruption: &f.Interruption},
	}
}

// Count pays the weeks of every payable stay that lie inside the window, up
// to the cap per child. A week after the start in a state that is not payable
// is an interruption, also before the first payable week.
func (f *FullWeeks) Count(p Path, spans []Span) []Span {
	if p.Start < 0 {
		return spans
	}
	left := f.CapPerChild
	for _, stay := range p.Stays {
		if stay.To <= p.Start {
			continue
		}
		if !p.Payable.Has(stay.State) {
			if f.Interruption == Ends {
				break
			}
			continue
		}
		first := max(stay.From-p.Start, f.First) // since the start
		weeks := min(min(stay.To-p.Start, f.Window)-first, left)
		if weeks > 0 {
			from := p.Start + first
			spans = append(spans, Span{From: from, To: from + weeks, Units: 1})
			left -= weeks
		}
	}
	return spans
}

// Validate reports terms below zero and unknown words.
func (f *FullWeeks) Validate() error {
	var faults []error
	for _, term := range f.Terms() {
		if term.Weeks != nil && *term.Weeks < 0 {
			faults = append(faults, fmt.Errorf("%s is %d: it must be 0 weeks or more", term.Name, *term.Weeks))
		}
	}
	if !enum.Valid(f.Interruption, interruptionNames) {
		faults = append(faults, fmt.Errorf("interruption is %s: it must be one of %s",
			f.Interruption, strings.Join(interruptionNames, ", ")))
	}
	return errors.Join(faults...)
}
