package plot

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// covering says on a chart what its ranges or chances cover: "ranges cover chance and
// rates".
func covering(what string, all ...montecarlo.Conventions) string {
	switch rangesOver(all...) {
	case "at these rates":
		return what + " cover chance alone"
	case "over chance and rates":
		return what + " cover chance and rates"
	}
	return what + " cover chance, and rates where they have ranges"
}

// rangesOver says what the ranges and chances of a figure are over, by the conventions of
// the runs that it is drawn from.
func rangesOver(all ...montecarlo.Conventions) string {
	drawn := func(c montecarlo.Conventions) bool { return c.Uncertain > 0 }
	switch {
	case !slices.ContainsFunc(all, drawn):
		return "at these rates"
	case slices.ContainsFunc(all, func(c montecarlo.Conventions) bool { return !drawn(c) }):
		return "over chance, and over rates where they have ranges"
	}
	return "over chance and rates"
}

// conventionsOf are those of results.
func conventionsOf(results []*montecarlo.Result) (all []montecarlo.Conventions) {
	for _, r := range results {
		all = append(all, r.Conventions)
	}
	return all
}

// alongOver is rangesOver for curves.
func alongOver(curves []*sensitivity.Curved) string {
	return rangesOver(conventionsAlong(curves)...)
}

// conventionsAlong are those of curves.
func conventionsAlong(curves []*sensitivity.Curved) (all []montecarlo.Conventions) {
	for _, c := range curves {
		all = append(all, c.Conventions)
	}
	return all
}

// leftOut says what the range of a distribution does not include.
func leftOut(results []*montecarlo.Result, what string) string {
	certain := func(r *montecarlo.Result) bool { return r.Conventions.Uncertain == 0 }
	drawn := func(r *montecarlo.Result) bool { return !certain(r) }
	switch {
	case !slices.ContainsFunc(results, drawn):
		return "; the range is chance alone and does not include uncertainty about " + what
	case slices.ContainsFunc(results, certain):
		return "; the range includes what the file says is uncertain, where it says so of a version, and is else chance alone"
	}
	return "; the range includes what the file says is uncertain"
}
