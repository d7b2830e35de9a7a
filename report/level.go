package report

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Levels say which rows of a table for a spreadsheet may be added up: rows of one
// level, never rows of two. A level is whose figure a row has, total or one of
// those that a figure is divided by, and over what: nothing for the whole contract,
// or "by year", "by quarter" or "by day".
const (
	levelTotal    = "total"
	levelInvestor = "investor"
	levelWhole    = "whole position" // of a party, which has its figures as an investor in it
	levelPlan     = "plan"           // of payments; the later ones replace the earlier
	levelLine     = "line"           // of cash: all lines together are the change in cash
	levelBalance  = "balance"        // at a time, never to be added up
	levelFigure   = "figure"         // of a table that has details
	levelDetail   = "detail"         // of the figure above it, never to be added to it
	levelTerm     = "term"           // of the sum that a total is, with the sign that its label says
)

// levelOf is whose figure a figure is: total, or cohort, council, metric, payer,
// state, target, tier, covenant, investor or whole position.
func levelOf(k montecarlo.Key, p *model.Programme) string {
	m, err := montecarlo.MeasureOf(k.Name)
	if k.Of == "" || err != nil {
		return levelTotal
	}
	is := func(by string) bool { return slices.Contains(m.By, by) }
	switch {
	case is("cohort") && slices.ContainsFunc(p.Cohorts, func(c model.Cohort) bool { return c.Name == k.Of }):
		return "cohort"
	case is("party") && k.Of == finance.Consortium:
		return levelTotal
	case is("party") && isWhole(p.Facility, k.Of):
		return levelWhole
	case is("party"):
		return levelInvestor
	}
	// A measure has at most one breakdown beside that by cohort.
	for _, by := range m.By {
		if by != "cohort" {
			return by
		}
	}
	return levelTotal
}

// isWhole reports whether a party's figures are those of its whole position.
func isWhole(f *model.Facility, party string) bool {
	return slices.ContainsFunc(finance.Positions(f), func(name string) bool { return finance.WholePosition(name) == party })
}

// when is the time that a row is for: a level over it, how it is written, and its
// last day, by which rows can be sorted. The zero value is the whole contract.
type when struct {
	by, text string
	last     calendar.Date
}

func inQuarter(q calendar.Quarter) when { return when{" by quarter", q.String(), q.Last()} }
func inYear(y calendar.FinancialYear) when {
	return when{" by year", y.String(), calendar.NewQuarter(int(y)+1, 1).Last()}
}

// lastDay is the last day, or nothing for the whole contract.
func (w when) lastDay() string {
	if w.last.IsZero() {
		return ""
	}
	return w.last.String()
}
