package synthetic

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Settings say what is made up.
type Settings struct {
	Children int                    // seen in care within the years, 1 to 100,000
	Years    int                    // returns, 1 to 20
	First    calendar.FinancialYear // of the first return; unset: the last is 2024/25
	Seed     uint64
	Hazards  []Hazard // unset: [DefaultHazards]
	Faults   []string // planted three times each where there is room: see [Faults]
	XML      bool     // each return as one file in XML, in place of two in CSV
}

// Hazard is the true rate of one move: expected moves per child and week at risk, the
// same at every age and after any time in the state.
type Hazard struct {
	From   string  `json:"from"` // foster, residential or reunified
	To     string  `json:"to"`   // foster, residential, reunified or left care
	Weekly float64 `json:"weekly"`
}

// DefaultHazards are invented. They are of the size that public sources report, and
// evidence of nothing.
func DefaultHazards() []Hazard {
	return []Hazard{
		{foster, residential, 0.0015},
		{foster, home, 0.0040},
		{foster, left, 0.0030},
		{residential, foster, 0.0060},
		{residential, home, 0.0030},
		{residential, left, 0.0040},
		{home, foster, 0.0040},
		{home, residential, 0.0010},
	}
}

const (
	foster      = "foster"
	residential = "residential"
	home        = "reunified"
	left        = "left care"
)

// settled fills in what is unset and says what is wrong.
func (s Settings) settled() (Settings, error) {
	var faults []error
	if s.Children < 1 || s.Children > 100_000 {
		faults = append(faults, fmt.Errorf("%d children: give 1 to 100,000", s.Children))
	}
	if s.Years < 1 || s.Years > 20 {
		faults = append(faults, fmt.Errorf("%d years: give 1 to 20", s.Years))
	}
	if s.First.IsZero() {
		s.First = calendar.FinancialYear(2025 - s.Years)
	}
	if s.First < 2000 || s.First > 2060 {
		faults = append(faults, fmt.Errorf("the first return is %s: give one from 2000/01 to 2060/61", s.First))
	}
	if s.Hazards == nil {
		s.Hazards = DefaultHazards()
	}
	for _, h := range s.Hazards {
		faults = append(faults, h.check())
	}
	for _, f := range s.Faults {
		if !slices.Contains(Faults(), f) {
			faults = append(faults, fmt.Errorf("%q is no fault that can be planted: %s", f, strings.Join(Faults(), ", ")))
		}
	}
	return s, errors.Join(faults...)
}

func (h Hazard) check() error {
	in := func(state string, of ...string) bool { return slices.Contains(of, state) }
	switch {
	case !in(h.From, foster, residential, home):
		return fmt.Errorf("a move from %q: give foster, residential or reunified", h.From)
	case !in(h.To, foster, residential, home, left) || h.To == h.From || h.From == home && h.To == left:
		return fmt.Errorf("a move from %s to %q: give another state of foster, residential, reunified and, from care, left care", h.From, h.To)
	case !(h.Weekly >= 0 && h.Weekly <= 1):
		return fmt.Errorf("a hazard from %s to %s of %v a week: give 0 to 1", h.From, h.To, h.Weekly)
	}
	return nil
}
