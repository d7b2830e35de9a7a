package plot

import (
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// setting is the second line of a subtitle: where and when a chart is of, in what
// prices, and of which case. The first line is the measure. Prices are empty for a
// chart without money, and no case is named where the chart names several itself.
func setting(measure string, p *model.Programme, prices string, versions ...*scenario.Version) string {
	parts := []string{placeOf(p) + ", " + periodOf(p)}
	if prices != "" {
		parts = append(parts, prices)
	}
	if len(versions) == 1 && versions[0].Name() != "" {
		parts = append(parts, versions[0].Phrase())
	}
	return measure + "\n" + words.Capital(strings.Join(parts, "; "))
}

// mostPlaces is how many councils a subtitle names. Of more it has the programme.
const mostPlaces = 3

// placeOf names the councils of a programme or, if they are many, the programme.
func placeOf(p *model.Programme) string {
	councils := p.Shape().Commissioners
	if len(councils) == 0 || len(councils) > mostPlaces || slices.ContainsFunc(councils, hasComma) {
		return titleOf(p)
	}
	return words.And(councils)
}

// periodOf is from the first month of a programme to the last that is counted.
func periodOf(p *model.Programme) string {
	const month = "January 2006"
	last := p.Start.AddDays(7*max(p.Weeks, 1) - 1)
	return p.Start.Time().Format(month) + " to " + last.Time().Format(month)
}

// versionsOf are those of results.
func versionsOf(results []*montecarlo.Result) (all []*scenario.Version) {
	for _, r := range results {
		all = append(all, r.Version)
	}
	return all
}

// versionsAlong are those of curves.
func versionsAlong(curves []*sensitivity.Curved) (all []*scenario.Version) {
	for _, c := range curves {
		all = append(all, c.Version)
	}
	return all
}

// pricesBeside says in what prices modelled payments are drawn, and that what is published
// beside them, actual payments or plans, is not in those: it is as it was published. Constant
// prices are those of all where what is published has been brought into them.
func pricesBeside(r *montecarlo.Result, p *model.Programme, plansDrawn bool) string {
	beside := len(p.Published.Actual) > 0 || plansDrawn
	if !beside || r.Prices == contract.Cash || p.Inflation != 0 {
		return r.Conventions.PriceBase
	}
	return "model in " + r.Conventions.PriceBase + ", rest as published"
}
