package contract

import "github.com/edgeofcare/edgeofcare/model/calendar"

// Path is one child's life under the intervention as a contract sees it.
type Path struct {
	// Stays are consecutive, without gaps, from week 0 since referral to the
	// 18th birthday or the horizon, whichever is first.
	Stays []Stay
	// Start is the week since referral in which the planned state began; -1
	// for a child who never started.
	Start int
	// Referred is the first day of week 0. Only a trigger that looks at a date
	// needs it.
	Referred calendar.Date
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

// held reports whether every week from one to before another is lived in payable
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

// Has reports whether a state is in the set.
func (s StateSet) Has(state int) bool { return s&(1<<state) != 0 }
