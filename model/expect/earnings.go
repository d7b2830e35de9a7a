package expect

import "github.com/edgeofcare/edgeofcare/model/contract"

// earnings is what a child who starts is expected to earn under a trigger, by
// week since referral, if nobody turned 18 and there were no horizon. A life
// cut short in week t earns what was earned before it, so the sums up to any
// week are the moments of a life that ends there.
type earnings struct {
	units []float64 // expected units of the week
	// squares is by how much the week is expected to raise the square of the
	// units earned so far.
	squares []float64
}

// law works out earnings for the children of a cohort and a set of payable
// states.
type law func(c *cohort, payable contract.StateSet) earnings

// earningsUnder returns the law of a trigger, or nil if there is none. Each
// law lives in a file of its own, named after the trigger.
func earningsUnder(trigger contract.Trigger) law {
	switch terms := trigger.(type) {
	case *contract.FullWeeks:
		return fullWeeks(terms)
	}
	return nil
}
