package plot

import (
	"errors"
	"fmt"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Charts take results and expectations through the functions of this file, whose
// errors say what to do if something is missing.

// programmeOf returns the programme that results are drawn of, the first one's,
// or why they cannot be drawn.
func programmeOf(results []*montecarlo.Result) (*model.Programme, error) {
	if len(results) == 0 {
		return nil, errors.New("plot: there is no result: run a version with montecarlo.Run and give what it returns")
	}
	for i, r := range results {
		if r == nil {
			return nil, fmt.Errorf("plot: result %d is missing", i+1)
		}
		if !has(r.Version) {
			return nil, fmt.Errorf("plot: result %d has no programme: give what montecarlo.Run returned", i+1)
		}
	}
	first := results[0].Version.Programme
	for _, r := range results {
		if err := first.SameCurrency(r.Version.Programme); err != nil {
			return nil, fmt.Errorf("plot: %w", err)
		}
	}
	return first, nil
}

// projected returns the programme that a projection is drawn of, or why it cannot
// be drawn.
func projected(projection *montecarlo.Projection) (*model.Programme, error) {
	switch {
	case projection == nil:
		return nil, errors.New("plot: there is no projection: give the result of montecarlo.Central")
	case !has(projection.Version):
		return nil, errors.New("plot: the projection has no programme: give the result of montecarlo.Central")
	}
	return projection.Version.Programme, nil
}

// has reports whether a version has a programme. One that no function of
// montecarlo or sensitivity returned may have none.
func has(v *scenario.Version) bool { return v != nil && v.Programme != nil }

// versionNames names the versions of results for a key.
func versionNames(results []*montecarlo.Result) []string {
	var names []string
	for _, r := range results {
		names = append(names, r.Version.Label())
	}
	return names
}

// expectedShares returns the expected share of a cohort's children in each state
// by week since referral.
func expectedShares(p *model.Programme, cohort string, arm contract.Arm) ([][]float64, error) {
	shares, err := expect.Occupancy(p, cohort, arm)
	if err != nil {
		return nil, fmt.Errorf("plot: %w", err)
	}
	return shares, nil
}

// quarterlyOf returns a quarterly series of a result and its quarters.
func quarterlyOf(r *montecarlo.Result, name string, of ...string) (montecarlo.Series, []calendar.Quarter, error) {
	series, ok := r.Quarterly.Of(name, of...)
	if !ok {
		return series, nil, fmt.Errorf("plot: the result of %s has no %s by quarter: run it without Options.TotalsOnly", r.Version.Phrase(), called(name, of))
	}
	return series, r.Quarters, nil
}

// dailyOf returns a series of a result over the days on which money can move, and
// these days.
func dailyOf(r *montecarlo.Result, name string) (montecarlo.Series, []calendar.Date, error) {
	series, ok := r.Daily.Of(name)
	if !ok {
		return series, nil, fmt.Errorf("plot: the result of %s has no %s by day: run it without Options.TotalsOnly", r.Version.Phrase(), name)
	}
	return series, r.Days, nil
}

// totalOf returns a total of a result.
func totalOf(r *montecarlo.Result, name string, of ...string) (montecarlo.Summary, error) {
	total, ok := r.Totals.Of(name, of...)
	if !ok {
		return total, fmt.Errorf("plot: the result of %s has no %s: give a result of this programme", r.Version.Phrase(), called(name, of))
	}
	return total, nil
}

// called names a figure in an error.
func called(name string, of []string) string {
	k := montecarlo.Key{Name: name}
	if len(of) > 0 {
		k.Of = of[0]
	}
	return k.String()
}

// valuesOf returns a figure in every replication of a result.
func valuesOf(r *montecarlo.Result, name string, of ...string) ([]float64, error) {
	values := r.Values(name, of...)
	if len(values) == 0 {
		return nil, lost(r)
	}
	return values, nil
}

// lost is the error of a result that holds no single replications.
func lost(r *montecarlo.Result) error {
	return fmt.Errorf("plot: the result of %s holds no single replications, because it was read from JSON: run it again", r.Version.Phrase())
}
