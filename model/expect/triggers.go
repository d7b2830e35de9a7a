package expect

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// laws is where a trigger's expectation is made known: one line for each type of
// trigger, in order of name.
//
// To give a new trigger of package contract its expectation:
//
//  1. Write a function in a file named as the trigger's own is,
//
//     func bonus(terms *contract.Bonus, c *cohort, payable contract.StateSet) earnings
//
//     that says what a child who starts is expected to earn. Begin with
//     newEarnings, and call add for every week that pays: who is paid, what
//     they had earned before, and how much they earn. If only the first
//     unbroken run of payable weeks counts, unbroken has their shares by week
//     (see trigger_engagement.go). Otherwise step a startedChild, and carry what
//     matters of the weeks so far, such as how many were paid, as the count of
//     its group (see weekly_accrual.go and trigger_months.go). If one week alone is looked at,
//     the cohort's groups have it (see trigger_status_averted.go).
//
//  2. Add a line here.
//
//  3. Add the trigger to the tables of TestTriggersOfAGeometricLife, where it
//     is worked out by hand, and to drawTrigger of the enumeration, where every
//     path of small programmes is counted by the trigger's own Count.
//
// Nothing else in this package knows one trigger from another.
var laws = []func(contract.Trigger) earn{
	law(averted),
	law(days),
	law(engagement),
	law(fullWeeks),
	law(milestones),
	law(months),
	law(onDate),
}

// earn works out what the children of a cohort who start are expected to earn,
// given the states that are paid for.
type earn func(c *cohort, payable contract.StateSet) earnings

// law makes a line of laws out of a trigger's expectation: nil for a trigger of
// any other type.
func law[T contract.Trigger](of func(terms T, c *cohort, payable contract.StateSet) earnings) func(contract.Trigger) earn {
	return func(trigger contract.Trigger) earn {
		terms, ok := trigger.(T)
		if !ok {
			return nil
		}
		return func(c *cohort, payable contract.StateSet) earnings { return of(terms, c, payable) }
	}
}

// earningsUnder returns the expectation of a trigger, or nil if there is none.
func earningsUnder(trigger contract.Trigger) earn {
	for _, law := range laws {
		if earn := law(trigger); earn != nil {
			return earn
		}
	}
	return nil
}

// TriggerError says that a metric's trigger has no exact expectation: package
// contract can count it, and this package has no law for it.
type TriggerError struct {
	Metric string // name of the metric
	Kind   string // name of the trigger, as in a programme file
}

func (e *TriggerError) Error() string {
	return fmt.Sprintf("metrics.%s.trigger: %q has no exact expectation: only simulation can count it", e.Metric, e.Kind)
}
