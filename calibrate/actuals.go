package calibrate

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/calibrate/claims"
	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// FromIndigo are the actual payments of a project of an INDIGO export as claims, by
// calendar quarter. Those in another currency and those for any other period are returned
// apart: nothing is spread over quarters. A payment of which the export states no currency
// is taken to be in that of the programme. Line is the row of the export.
func FromIndigo(p indigo.Project, currency string) (all []claims.Claim, others []indigo.Payment) {
	mine := slices.DeleteFunc(p.Actual(), func(pay indigo.Payment) bool {
		other := pay.Currency != "" && pay.Currency != cmp.Or(currency, "GBP")
		if other {
			others = append(others, pay)
		}
		return other
	})
	quarters, apart := indigo.Quarterly(mine)
	for _, q := range quarters {
		all = append(all, claims.Claim{Line: q.Rows[0], Quarter: q.Quarter, Amount: q.Amount.Round(2)})
	}
	return all, append(others, apart...)
}

// PublishedDifference is a quarter of which the claims that were given say one amount and
// the programme file publishes another, in £.
type PublishedDifference struct {
	Quarter   calendar.Quarter `json:"quarter"`
	Claimed   decimal.Decimal  `json:"claimed"`
	Published decimal.Decimal  `json:"published"`
}

// actuals are the quarters that stand.
type actuals struct {
	// paid are the quarters up to the day, in order, none missing from the first on.
	paid []model.QuarterAmount
	// lines are what councils and metrics have of a quarter, where that is known.
	lines map[calendar.Quarter][]claims.Line
	// given is whether the claims were given, and not taken from the programme file.
	given  bool
	differ []PublishedDifference
	filled []model.QuarterAmount // published alone, where claims were given
	absent []AbsentLine
	later  []model.QuarterAmount // after the day
}

// AbsentLine is a council or metric without a claim in a quarter in which others have one.
type AbsentLine struct {
	Quarter calendar.Quarter `json:"quarter"`
	Council string           `json:"council,omitempty"`
	Metric  string           `json:"metric,omitempty"`
}

// standing sorts what was claimed, or else published, by whether it stands on a day.
func standing(v *scenario.Version, given []claims.Claim, asOf calendar.Date) (*actuals, error) {
	p := v.Programme
	a := &actuals{lines: map[calendar.Quarter][]claims.Line{}, given: given != nil}
	all, err := a.read(p, given, asOf)
	if p.Contract.FixedShares(p.Shape()) { // what a council claims is its share, and not of its children
		for _, lines := range a.lines {
			for i := range lines {
				lines[i].Council = ""
			}
		}
	}
	if err != nil {
		return nil, err
	}
	for _, published := range p.Published.Actual {
		i := slices.IndexFunc(all, func(q model.QuarterAmount) bool { return q.Quarter == published.Quarter })
		switch {
		case i < 0:
			all = append(all, published)
			if a.given && (asOf.IsZero() || !published.Quarter.Last().After(asOf)) {
				a.filled = append(a.filled, published)
			}
		case !all[i].Amount.Equal(published.Amount):
			a.differ = append(a.differ, PublishedDifference{published.Quarter, all[i].Amount, published.Amount})
		}
	}
	slices.SortFunc(all, func(a, b model.QuarterAmount) int { return cmp.Compare(a.Quarter, b.Quarter) })
	for _, q := range all {
		if asOf.IsZero() || !q.Quarter.Last().After(asOf) {
			a.paid = append(a.paid, q)
		} else {
			a.later = append(a.later, q)
		}
	}
	return a, a.whole(p, asOf)
}

// status is how far each payment is known, by the programme file: a derived one stays
// derived unless a claim says another amount.
func (a *actuals) status(p *model.Programme) map[calendar.Quarter]model.Status {
	status := statusOfPayments(p)
	for _, d := range a.differ {
		delete(status, d.Quarter)
	}
	return status
}

// read checks claims that were given against the programme, and adds them up.
func (a *actuals) read(p *model.Programme, given []claims.Claim, asOf calendar.Date) (all []model.QuarterAmount, err error) {
	var faults []error
	metrics, councils := namesOf(p)
	for _, c := range given {
		if c.Metric != "" && !slices.Contains(metrics, c.Metric) {
			faults = append(faults, fmt.Errorf("line %d: %w", c.Line, &scenario.NameError{What: "metric", Name: c.Metric, Valid: metrics}))
		}
		if c.Council != "" && !slices.Contains(councils, c.Council) {
			faults = append(faults, fmt.Errorf("line %d: %w", c.Line, &scenario.NameError{What: "council", Name: c.Council, Valid: councils}))
		}
		if _, ok := p.Calendar().Index(c.Quarter); !ok {
			faults = append(faults, fmt.Errorf("line %d: %s is outside the programme", c.Line, c.Quarter))
		}
	}
	for _, q := range claims.Quarters(given) {
		stands := asOf.IsZero() || !q.Quarter.Last().After(asOf)
		if stands && len(q.Missing) > 0 {
			faults = append(faults, fmt.Errorf("%s has no claim for %s that ended in it, the first on %s: write them, with 0 if nothing was earned, or choose an earlier day",
				q.Quarter, words.Plural(len(q.Missing), "week"), q.Missing[0]))
		}
		all = append(all, model.QuarterAmount{Quarter: q.Quarter, Amount: q.Amount})
		if !stands {
			continue
		}
		a.lines[q.Quarter] = q.Lines
		for _, l := range q.Absent {
			a.absent = append(a.absent, AbsentLine{q.Quarter, l.Council, l.Metric})
		}
	}
	return all, errors.Join(faults...)
}

// namesOf are the names of a programme's metrics and councils.
func namesOf(p *model.Programme) (metrics, councils []string) {
	for _, m := range p.Contract.Metrics {
		metrics = append(metrics, m.Name)
	}
	for _, c := range p.Commissioners {
		councils = append(councils, c.Name)
	}
	return metrics, councils
}

// whole refuses quarters that have ended by the day and of which nothing is known, and a
// day after which nothing is left to forecast.
func (a *actuals) whole(p *model.Programme, asOf calendar.Date) error {
	weeks := p.Calendar()
	if len(a.paid) == 0 && asOf.IsZero() {
		return errors.New("the programme publishes no payment of a quarter: give claims to date")
	}
	if len(a.paid) == 0 {
		return fmt.Errorf("no quarter with an actual payment ends on or before %s: choose a later day, or give claims to date", asOf)
	}
	last := a.paid[len(a.paid)-1].Quarter
	var unknown []string
	for q := a.paid[0].Quarter; !asOf.IsZero() && !q.Last().After(asOf) || q <= last; q = q.Add(1) {
		if _, ok := weeks.Index(q); !ok {
			break
		}
		if !slices.ContainsFunc(a.paid, func(one model.QuarterAmount) bool { return one.Quarter == q }) {
			unknown = append(unknown, q.String())
		}
	}
	switch {
	case len(unknown) > 0:
		return fmt.Errorf("no payment is known for %s: give claims to date that have the quarter, with 0 if nothing was claimed, or choose a day before it ends", strings.Join(unknown, ", "))
	case last >= weeks.Quarter(weeks.Count-1):
		return fmt.Errorf("%s is the programme's last quarter, and nothing is left to forecast: choose an earlier day", last)
	}
	return nil
}
