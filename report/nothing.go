package report

import (
	"errors"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// nothing is the report on what is not there. It says what to give.
func nothing(give string) []Table {
	return []Table{{Title: "There is nothing to report on", Notes: []string{"Give " + give + "."}}}
}

// What reports are given.
const (
	whatRunReturns     = "what montecarlo.Run returned"
	whatCompareReturns = "what montecarlo.Compare returned"
	whatCentralReturns = "what montecarlo.Central returned"
)

// errNoComparison is the error of reports that have one.
var errNoComparison = errors.New("there is nothing to report on: give " + whatCompareReturns)

// readable reports whether a version has a programme.
func readable(v *scenario.Version) bool { return v != nil && v.Programme != nil }

// complete reports whether a basis has all that figures are about.
func complete(b *montecarlo.Basis) bool {
	return b != nil && readable(b.Version) && b.Ledger != nil && b.Ledger.Shape != nil && b.Expectation != nil
}

// results reports whether there are results, and none is missing.
func results(all []*montecarlo.Result) bool {
	for _, r := range all {
		if r == nil || !complete(&r.Basis) {
			return false
		}
	}
	return len(all) > 0
}

// compared reports whether there is a comparison of results.
func compared(c *montecarlo.Comparison) bool { return c != nil && results(c.Results) }
