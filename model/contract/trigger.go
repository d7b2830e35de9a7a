package contract

import (
	"math"
	"slices"
)

// A Trigger says what a child's life earns, in units: full weeks, days,
// milestones. It knows nothing of money, calendars or caps in pounds.
//
// Each trigger type lives in a file of its own that holds its terms and its
// Count. Its exact expectation lives in model/expect and shares only the
// terms. To add one: that file, that expectation, their tests, and one line
// in triggerKinds.
type Trigger interface {
	// Kind is the name under which a programme file asks for the trigger.
	Kind() string
	// Unit is what is counted, in the plural: "weeks".
	Unit() string
	// Terms lists the trigger's terms so that a programme file can set them
	// by name.
	Terms() []Term
	// Count appends to spans the units that a path earns, in order of week.
	// It must not depend on anything after the week that it pays for.
	Count(p Path, spans []Span) []Span
	// Validate returns an error for every term that is out of range.
	Validate() error
}

// Term is one setting of a trigger: exactly one of its pointers is set.
type Term struct {
	Name         string
	Weeks        *int          // a number of weeks
	Months       *int          // a number of months
	Days         *int          // a number of days
	EachWeeks    *[]int        // a list of numbers of weeks
	EachMonths   *[]int        // a list of numbers of months
	Interruption *Interruption // what a break in the outcome does
}

// WeeksIn returns the weeks that a number of months takes, rounded up: a month
// is 365.25 / 84 weeks, about 4.348. Not for negative numbers; more months than
// can be counted in weeks come to math.MaxInt.
func WeeksIn(months int) int {
	if months > math.MaxInt/1461-1 {
		return math.MaxInt
	}
	return (months*1461 + 335) / 336
}

// triggerKinds is where a trigger type is made known to programme files.
var triggerKinds = map[string]func() Trigger{
	"calendar months": func() Trigger { return &Months{} },
	"days":            func() Trigger { return &Days{} },
	"engagement":      func() Trigger { return &Engagement{} },
	"full weeks":      func() Trigger { return &FullWeeks{} },
	"milestones":      func() Trigger { return &Milestones{} },
	"status averted":  func() Trigger { return &Averted{} },
}

// NewTrigger returns a trigger of a kind with all terms at their defaults,
// and whether the kind is known.
func NewTrigger(kind string) (Trigger, bool) {
	make, ok := triggerKinds[kind]
	if !ok {
		return nil, false
	}
	return make(), true
}

// TriggerKinds lists the kinds of trigger in alphabetical order.
func TriggerKinds() []string {
	kinds := make([]string, 0, len(triggerKinds))
	for kind := range triggerKinds {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	return kinds
}

// Path is one child's life under the intervention as a contract sees it.
type Path struct {
	// Stays are consecutive, without gaps, from week 0 since referral to the
	// 18th birthday or the horizon, whichever is first.
	Stays []Stay
	// Start is the week since referral in which the planned state began; -1
	// for a child who never started.
	Start int
	// Payable is the set of states that the metric pays for.
	Payable StateSet
}

// end returns the first week that is not lived.
func (p Path) end() int {
	if len(p.Stays) == 0 {
		return 0
	}
	return p.Stays[len(p.Stays)-1].To
}

// unbroken returns the first week from the start on that is not in a payable
// state or not lived: the outcome was held, without a break, until then.
func (p Path) unbroken() int {
	until := p.Start
	for _, s := range p.Stays {
		if s.To <= p.Start {
			continue
		}
		if !p.Payable.Has(s.State) {
			break
		}
		until = s.To
	}
	return until
}

// held tells whether every week from one to before another is lived in payable
// states.
func (p Path) held(from, to int) bool {
	for _, s := range p.Stays {
		if s.From <= from && from < s.To && p.Payable.Has(s.State) {
			from = s.To
		}
	}
	return from >= to
}

// Stay is an unbroken run of whole weeks in one state: weeks From to To - 1
// since referral.
type Stay struct {
	State    int
	From, To int
}

// Span is units earned in a run of weeks: Units in each of the weeks From to
// To - 1 since referral.
type Span struct {
	From, To int
	Units    int64
}

// StateSet is a set of up to 64 states by index.
type StateSet uint64

// MaxStates is the most states that a programme may have.
const MaxStates = 64

// Add returns the set with a state added.
func (s StateSet) Add(state int) StateSet { return s | 1<<state }

// Has tells whether a state is in the set.
func (s StateSet) Has(state int) bool { return s&(1<<state) != 0 }
