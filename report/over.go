package report

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// What ranges and chances are over: chance and rates together where inputs are drawn
// anew in each replication, and otherwise chance alone, at the rates that the file
// states. Whatever names a range or a chance says which.
const (
	atTheseRates = "at these rates"
	overRates    = "over chance and rates"
	overSome     = "over chance, and over rates where they have ranges"
)

// over says what the ranges and chances of runs are over.
func over(results ...*montecarlo.Result) string {
	var all []montecarlo.Conventions
	for _, r := range results {
		all = append(all, r.Conventions)
	}
	return overIn(all...)
}

// overIn is over by the conventions of runs.
func overIn(all ...montecarlo.Conventions) string {
	drawn := func(c montecarlo.Conventions) bool { return c.Uncertain > 0 }
	switch {
	case !slices.ContainsFunc(all, drawn):
		return atTheseRates
	case slices.ContainsFunc(all, func(c montecarlo.Conventions) bool { return !drawn(c) }):
		return overSome
	}
	return overRates
}

// quantilesLine says what the quantiles of a table are over, which is on a page with
// the number of replications; nothing without any.
func quantilesLine(r *montecarlo.Result, d montecarlo.Distribution) []string {
	if outermost(d) == nil {
		return nil
	}
	return []string{rangeName(r) + " of the replications, " + over(r)}
}
