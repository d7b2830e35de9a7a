package contract

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// A Trigger says what a child's life earns, in units: full weeks, days,
// milestones. It knows nothing of money, calendars or caps in pounds.
//
// Each trigger has a file of its own, trigger_….go, with its terms and its
// Count. Its exact expectation is in model/expect and shares only the terms, so
// that each proves the other. No other package tells triggers apart: whatever
// they need to know is in the [Definition].
//
// # To add a trigger
//
// Seven steps; each points at the trigger "status averted" as the pattern.
//
//  1. The trigger: trigger_status_averted.go, a struct with its terms (which
//     must have JSON names), Definition and Count.
//  2. A line in triggers, below, makes it known to programme files.
//  3. Its laws: a line in bounds in trigger_laws_test.go; its cases by hand in
//     triggers_by_hand_test.go.
//  4. The exact expectation: a file like model/expect/trigger_status_averted.go,
//     and a line in laws in model/expect/triggers.go, which says how. The tests
//     of package expect then compare it with every possible life of small
//     programmes.
//  5. The file format: lines under "trigger" in scenario/template.yaml, which
//     shows every kind that there is. Terms are read from the Definition.
//  6. The simulation needs nothing, but a programme in the tests of package
//     montecarlo that uses the trigger.
//  7. Golden files that list what a programme file may say: run the tests of
//     scenario and cmd/edgeofcare with -update, and read the difference.
type Trigger interface {
	// Definition says what the trigger is called, what it counts and which
	// terms it has.
	Definition() Definition
	// Count appends to spans the units that a path earns, in order of week.
	// What it pays for a week must not depend on anything after that week.
	Count(p Path, spans []Span) []Span
}

// triggers makes every kind of trigger, with all terms at their defaults.
var triggers = []func() Trigger{
	func() Trigger { return &Averted{} },
	func() Trigger { return &Days{} },
	func() Trigger { return &Engagement{} },
	func() Trigger { return &FullWeeks{} },
	func() Trigger { return &Milestones{} },
	func() Trigger { return &Months{} },
	func() Trigger { return &OnDate{} },
}

// Definition is what there is to know of a trigger apart from how it counts.
type Definition struct {
	// Kind is the name under which a programme file asks for the trigger.
	Kind string
	// Unit is what it counts.
	Unit Unit
	// Rule says what a unit is earned by, as it goes on after "£500 is due for":
	// "each full week that a child spends in {place}, …". The states that are paid for
	// belong in the place of "{place}".
	Rule string
	// Terms are its settings, by name. They point into the trigger, so that
	// setting one sets the trigger's.
	Terms []Term
	// Reach is the number of weeks from the start within which everything that
	// the trigger pays for has been earned.
	Reach int
	// On is the date on which it looks at every child, where that is all that it
	// looks at; unset for any other trigger. It then pays in the last week that has
	// ended by that date, and Reach says nothing.
	On calendar.Date
	// Problem is what is wrong with the terms taken together, and what is
	// allowed; empty where nothing is. What is wrong with one term by itself
	// is found by Validate for all triggers alike.
	Problem string
}

// Unit is what a trigger counts, in words.
type Unit struct {
	One  string // "week"
	Many string // "weeks"
	// PerChild reports whether a child can earn it once at most, so that a
	// number of units is also a number of children.
	PerChild bool
}

// NewTrigger returns a trigger of a kind with all terms at their defaults, and
// whether there is such a kind.
func NewTrigger(kind string) (Trigger, bool) {
	for _, make := range triggers {
		if t := make(); t.Definition().Kind == kind {
			return t, true
		}
	}
	return nil, false
}

// TriggerKinds lists the kinds of trigger in alphabetical order.
func TriggerKinds() []string {
	var kinds []string
	for _, make := range triggers {
		kinds = append(kinds, make().Definition().Kind)
	}
	slices.Sort(kinds)
	return kinds
}
