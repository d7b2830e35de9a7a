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

// What is said beside a range over chance and rates: the range that chance alone
// gives, and how much of the variance is due to the rates.
const (
	chanceAlone  = "chance alone"
	shareOfRates = "share of the variance that is rates"
)

// ratesCells are the range over chance alone and the share of the variance that is
// rates; without a figure where there are none.
func ratesCells(s montecarlo.Summary) []Cell {
	if s.Rates == nil {
		return []Cell{none(), none()}
	}
	return []Cell{chanceCell(s), shareCell(s)}
}

// chanceCell is the range that chance alone gives.
func chanceCell(s montecarlo.Summary) Cell {
	if s.Rates == nil {
		return none()
	}
	return rangeOf(montecarlo.Distribution{SD: s.SD, Quantiles: s.Rates.Chance}, s.Unit)
}

// shareCell is the share of the variance that is rates.
func shareCell(s montecarlo.Summary) Cell {
	if s.Rates == nil {
		return none()
	}
	c := percent(s.Rates.Share)
	c.StdErr = &s.Rates.StdErr
	return c
}

// anyRates reports whether any total of results says how much of its spread is rates.
func anyRates(results ...*montecarlo.Result) bool {
	return slices.ContainsFunc(results, func(r *montecarlo.Result) bool {
		return slices.ContainsFunc(r.Totals, func(s montecarlo.Summary) bool { return s.Rates != nil })
	})
}

// ratesNote says how to read what is said of rates; nothing where there is none.
func ratesNote(results ...*montecarlo.Result) []string {
	if !anyRates(results...) {
		return nil
	}
	return []string{"Chance alone: how far a figure would still vary if the rates were known, around the same mean; of a figure with a cap it can reach past the cap. " +
		"Share of the variance that is rates: how much of the variance would go if they were known. The rest is chance, which more children even out and better evidence does not."}
}
