package contract

import "github.com/edgeofcare/edgeofcare/model/calendar"

// OnDate pays one unit if a child who has started is in a payable state on a date,
// whatever came between. A child who has moved out of the payable states by then
// earns nothing, so that an outcome which is undone before the date does not count:
// the Newpin Social Benefit Bond counts children restored to their families, less
// those who went back into care (Social Ventures Australia, Newpin Social Benefit
// Bond, investor reports 2014 to 2020).
//
// All children of a cohort are looked at on the same day, so that what they earn
// together is also the cohort's rate: see [CohortRate].
type OnDate struct {
	// Date is the measuring date. The week looked at is the last that has ended by
	// then.
	Date calendar.Date `json:"date"`
}

// Definition gives the kind, the unit and the term.
func (o *OnDate) Definition() Definition {
	d := Definition{
		Kind:  "status on a date",
		Rule:  "each child who has started and is in {place} on " + o.Date.Long() + ", whatever came between",
		Unit:  Unit{One: "outcome", Many: "outcomes", PerChild: true},
		Reach: anyWeek,
		On:    o.Date,
		Terms: []Term{{Name: "date", Date: &o.Date}},
	}
	if o.Date.IsZero() {
		d.Problem = "date is missing: write the day on which it is looked where the children are, such as 2016-06-30"
	}
	return d
}

// anyWeek is later than any week of a programme, counted from a start: a fixed date
// can be that late for the first children referred.
const anyWeek = 60 * 53

// Count pays the week that is looked at.
func (o *OnDate) Count(p Path, spans []Span) []Span {
	if p.Start < 0 || p.Referred.IsZero() || o.Date.Before(p.Referred) {
		return spans
	}
	week := (o.Date.Sub(p.Referred)+1)/7 - 1
	if week >= p.Start && week < p.end() && p.held(week, week+1) {
		spans = append(spans, Span{From: week, To: week + 1, Units: 1})
	}
	return spans
}
