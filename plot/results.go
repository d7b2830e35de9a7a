package plot

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Charts take results and expectations through the functions of this file, whose
// errors say what to do if something is missing.

// programmeOf returns the programme that results are drawn of, or why they cannot
// be: at least so many are needed.
func programmeOf(p *model.Programme, results []*montecarlo.Result, least int) (*model.Programme, error) {
	if p == nil {
		return nil, errors.New("plot: there is no programme: give the one that was run")
	}
	if len(results) < least {
		return nil, errors.New("plot: there is no result: run the programme with montecarlo.Run and give what it returns")
	}
	for i, r := range results {
		if r == nil {
			return nil, fmt.Errorf("plot: result %d is missing", i+1)
		}
	}
	return p, nil
}

// caseNames names the cases of results for a key.
func caseNames(results []*montecarlo.Result) []string {
	var names []string
	for _, r := range results {
		names = append(names, cmp.Or(r.Case, r.Programme))
	}
	return names
}

// caseSaid ends the subtitle of a chart of one case.
func caseSaid(name string) string {
	if name == "" {
		return ""
	}
	return "; " + name + " case"
}

// expectationOf returns the exact expectation that a result was checked against.
// One that was read back from JSON has lost it, and it is worked out again.
func expectationOf(r *montecarlo.Result, p *model.Programme) (*expect.Expectation, error) {
	if e := r.Expectation(); e != nil {
		return e, nil
	}
	return expect.Of(p)
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
func quarterlyOf(r *montecarlo.Result, name, of string) (montecarlo.Series, []calendar.Quarter, error) {
	series, ok := r.Quarters(name, of)
	if !ok {
		return series, nil, fmt.Errorf("plot: the result of case %q has no %s by quarter: run it without Options.TotalsOnly", r.Case,
			montecarlo.Measure{Name: name, Of: of})
	}
	quarters := make([]calendar.Quarter, len(series.Periods))
	for i, period := range series.Periods {
		var err error
		if quarters[i], err = calendar.ParseQuarter(period); err != nil {
			return series, nil, fmt.Errorf("plot: the result of case %q: %w", r.Case, err)
		}
	}
	return series, quarters, nil
}

// dailyOf returns a series of a result over the days on which money can move, and
// these days.
func dailyOf(r *montecarlo.Result, name string) (montecarlo.Series, []calendar.Date, error) {
	for _, series := range r.Daily {
		if series.Name != name {
			continue
		}
		days := make([]calendar.Date, len(series.Periods))
		for i, period := range series.Periods {
			var err error
			if days[i], err = calendar.ParseDate(period); err != nil {
				return series, nil, fmt.Errorf("plot: the result of case %q: %w", r.Case, err)
			}
		}
		return series, days, nil
	}
	return montecarlo.Series{}, nil, fmt.Errorf("plot: the result of case %q has no %s by day: run it without Options.TotalsOnly", r.Case, name)
}

// totalOf returns a total of a result.
func totalOf(r *montecarlo.Result, name, of string) (montecarlo.Summary, error) {
	total, ok := r.Total(name, of)
	if !ok {
		return total, fmt.Errorf("plot: the result of case %q has no %s: give a result of this programme", r.Case,
			montecarlo.Measure{Name: name, Of: of})
	}
	return total, nil
}

// valuesOf returns a figure in every replication of a result.
func valuesOf(r *montecarlo.Result, m montecarlo.Measure) ([]float64, error) {
	values := r.Values(m)
	if len(values) == 0 {
		return nil, lost(r)
	}
	return values, nil
}

// lost is the error of a result that holds no single replications.
func lost(r *montecarlo.Result) error {
	return fmt.Errorf("plot: the result of case %q holds no single replications, because it was read from JSON: run it again", r.Case)
}
