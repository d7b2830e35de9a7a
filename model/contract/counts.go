package contract

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/enum"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Arm is one of the two worlds that a programme is judged by. Arms are
// addressed by name, never by position.
type Arm int

// The two arms.
const (
	Counterfactual Arm = iota // without the programme
	Intervention              // with the programme
	numArms
)

var armNames = []string{"counterfactual", "intervention"}

// Arms lists both arms in the order in which they are stored.
func Arms() []Arm { return []Arm{Counterfactual, Intervention} }

// String returns "counterfactual" or "intervention".
func (a Arm) String() string { return enum.Name(a, armNames) }

// MarshalText writes the arm's name.
func (a Arm) MarshalText() ([]byte, error) { return enum.Marshal(a, armNames, "arm") }

// UnmarshalText reads an arm's name; the error lists the valid words.
func (a *Arm) UnmarshalText(text []byte) error { return enum.Unmarshal(a, text, armNames, "arm") }

// Window tells the weeks that count towards the headline avoided cost from
// those that count only "if effects persist".
type Window int

// The two windows.
const (
	Tracking      Window = iota // weeks 0 to lag + tracking - 1 since referral
	AfterTracking               // from there to the horizon
	numWindows
)

var windowNames = []string{"tracking", "after tracking"}

// String returns "tracking" or "after tracking".
func (w Window) String() string { return enum.Name(w, windowNames) }

// MarshalText writes the window's name.
func (w Window) MarshalText() ([]byte, error) { return enum.Marshal(w, windowNames, "window") }

// UnmarshalText reads a window's name; the error lists the valid words.
func (w *Window) UnmarshalText(text []byte) error {
	return enum.Unmarshal(w, text, windowNames, "window")
}

// Number is what a count may be: whole in one replication, fractional in an
// exact expectation.
type Number interface{ int64 | float64 }

// Counts is everything about a programme that money is worked out from:
// where children lived, in weeks, and what their lives earned, in contract
// units. It never holds pounds.
//
// The slices are dense; use the methods to address a cell. The quarter is
// always the last index, so a series over quarters is contiguous.
type Counts[N Number] struct {
	Shape *Shape `json:"shape"`

	// Weeks is child-weeks by window × arm × cohort × commissioner × state × quarter.
	Weeks []N `json:"weeks"`
	// Units is payable units by metric × commissioner × quarter, already
	// limited by every rule that depends on one child's path.
	Units []N `json:"units"`
	// Referred is children by cohort × commissioner × quarter of referral.
	Referred []N `json:"referred"`
	// Started is children by cohort × commissioner × quarter of the first
	// week in the planned state.
	Started []N `json:"started"`
	// Preparing is weeks in which a child's case is open before the start, by
	// cohort × commissioner × quarter: from referral to the start, or to when
	// it is clear that there will be none. Only the cost of delivery depends
	// on them.
	Preparing []N `json:"preparing"`
	// Early is children referred in the weeks that the contract's minimum
	// looks at, by cohort × commissioner.
	Early []N `json:"early"`

	// Rules identifies the per-child rules under which the units were
	// counted, by section of the programme; see model.Price.
	Rules Rules `json:"rules"`

	// lived is the rows of Weeks that can hold anything but 0; nil means all.
	lived []bool
}

// Tally is the counts of one replication.
type Tally = Counts[int64]

// Expected is exact expected counts.
type Expected = Counts[float64]

// Rules is a fingerprint of each section of a programme that decides what one
// child's life earns. Two programmes whose Rules are equal can be priced from
// the same counts.
type Rules map[string]string

// NewCounts returns zero counts of a shape.
func NewCounts[N Number](s *Shape) *Counts[N] {
	quarters := len(s.Quarters)
	lines := len(s.Cohorts) * len(s.Commissioners)
	return &Counts[N]{
		Shape:    s,
		Weeks:    make([]N, int(numWindows)*int(numArms)*lines*len(s.States)*quarters),
		Units:    make([]N, len(s.Metrics)*len(s.Commissioners)*quarters),
		Referred: make([]N, lines*quarters),
		Started:  make([]N, lines*quarters),

		Preparing: make([]N, lines*quarters),
		Early:     make([]N, lines),
	}
}

// Reset sets every count to zero.
func (c *Counts[N]) Reset() {
	clear(c.Weeks)
	clear(c.Units)
	clear(c.Referred)
	clear(c.Started)
	clear(c.Preparing)
	clear(c.Early)
}

// WeeksIn returns child-weeks by quarter for one cell; the slice is the
// counts' own and may be added to.
func (c *Counts[N]) WeeksIn(w Window, a Arm, cohort, commissioner, state int) []N {
	return row(c.Weeks, c.Shape.weeksRow(w, a, cohort, commissioner, state), len(c.Shape.Quarters))
}

// LivedOnlyIn says in which rows of Weeks, counted from 0, there will ever be
// anything but 0, so that pricing need not look at the others. Without it all
// are looked at.
func (c *Counts[N]) LivedOnlyIn(rows []int) {
	c.lived = make([]bool, len(c.Weeks)/max(1, len(c.Shape.Quarters)))
	for _, row := range rows {
		c.lived[row] = true
	}
}

// UnitsOf returns payable units by quarter for one metric and commissioner.
func (c *Counts[N]) UnitsOf(metric, commissioner int) []N {
	return row(c.Units, metric*len(c.Shape.Commissioners)+commissioner, len(c.Shape.Quarters))
}

// ReferredIn returns children referred by quarter for one cohort and commissioner.
func (c *Counts[N]) ReferredIn(cohort, commissioner int) []N {
	return row(c.Referred, c.Shape.line(cohort, commissioner), len(c.Shape.Quarters))
}

// StartedIn returns children started by quarter for one cohort and commissioner.
func (c *Counts[N]) StartedIn(cohort, commissioner int) []N {
	return row(c.Started, c.Shape.line(cohort, commissioner), len(c.Shape.Quarters))
}

// PreparingIn returns the weeks of open cases before the start by quarter for
// one cohort and commissioner.
func (c *Counts[N]) PreparingIn(cohort, commissioner int) []N {
	return row(c.Preparing, c.Shape.line(cohort, commissioner), len(c.Shape.Quarters))
}

// EarlyIn returns the children of one cohort and commissioner who were referred
// in the weeks that the contract's minimum looks at.
func (c *Counts[N]) EarlyIn(cohort, commissioner int) *N {
	return &c.Early[c.Shape.line(cohort, commissioner)]
}

// row is the i-th run of n cells.
func row[N any](cells []N, i, n int) []N { return cells[i*n : (i+1)*n : (i+1)*n] }

// Shape names what the cells of Counts and Ledger stand for. Orders are those
// of the programme file and carry no meaning.
type Shape struct {
	Quarters      []calendar.Quarter `json:"quarters"`
	Commissioners []string           `json:"commissioners"`
	Cohorts       []string           `json:"cohorts"`
	States        []string           `json:"states"`
	Metrics       []string           `json:"metrics"`
}

// Cohort returns the index of a cohort by name, or -1.
func (s *Shape) Cohort(name string) int { return slices.Index(s.Cohorts, name) }

// Commissioner returns the index of a commissioner by name, or -1.
func (s *Shape) Commissioner(name string) int { return slices.Index(s.Commissioners, name) }

// State returns the index of a state by name, or -1.
func (s *Shape) State(name string) int { return slices.Index(s.States, name) }

// Metric returns the index of a metric by name, or -1.
func (s *Shape) Metric(name string) int { return slices.Index(s.Metrics, name) }

func (s *Shape) line(cohort, commissioner int) int {
	return cohort*len(s.Commissioners) + commissioner
}

func (s *Shape) weeksRow(w Window, a Arm, cohort, commissioner, state int) int {
	return ((int(w)*int(numArms)+int(a))*len(s.Cohorts)*len(s.Commissioners)+
		s.line(cohort, commissioner))*len(s.States) + state
}
