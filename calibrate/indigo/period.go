package indigo

import (
	"fmt"
	"time"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Period is a span of days, from the first to the last: the time for which
// something is valid or paid, or a date of the export, which may be a day, a month
// or a year.
type Period struct {
	From, To calendar.Date // unset if not given
	// Open reports that the period has no end yet: the export says "current".
	Open bool
}

// IsZero reports whether no period is given.
func (p Period) IsZero() bool { return p == Period{} }

// Quarter returns the calendar quarter that the period is, to the day; false if it
// is not one. Three months from November to January are not a quarter.
func (p Period) Quarter() (calendar.Quarter, bool) {
	q := p.From.Quarter()
	return q, !q.IsZero() && p.From == q.First() && p.To == q.Last()
}

// months returns how many months the period is; 0 if it is not in whole months.
func (p Period) months() int {
	if p.From.IsZero() || p.To.IsZero() || p.To.Before(p.From) || p.From.Day() != 1 || p.To != endOfMonth(p.To) {
		return 0
	}
	return 12*(p.To.Year()-p.From.Year()) + int(p.To.Month()) - int(p.From.Month()) + 1
}

// String returns the period as 2021-07 to 2021-09, by the month where it is in
// whole months, or as one month or day.
func (p Period) String() string {
	from, to := p.From.String(), p.To.String()
	if p.From == p.To && !p.From.IsZero() {
		return from
	}
	if !p.From.IsZero() && p.From.Day() == 1 {
		from = month(p.From)
	}
	if !p.To.IsZero() && p.To == endOfMonth(p.To) {
		to = month(p.To)
	}
	switch {
	case p.IsZero():
		return "no period"
	case p.Open:
		return from + " to current"
	case p.From.IsZero():
		return "to " + to
	case p.To.IsZero():
		return "from " + from
	case from == to:
		return from
	}
	return from + " to " + to
}

func month(d calendar.Date) string { return fmt.Sprintf("%04d-%02d", d.Year(), d.Month()) }

func endOfMonth(d calendar.Date) calendar.Date { return calendar.NewDate(d.Year(), d.Month()+1, 0) }

// parseDate reads a day, a month or a year. A month as spreadsheets show it, such
// as Jul-21, is read too, and returned as it should be written.
func parseDate(text string) (p Period, made string, ok bool) {
	switch len(text) {
	case len("2021"):
		d, err := calendar.ParseDate(text + "-01-01")
		return Period{From: d, To: calendar.NewDate(d.Year(), time.December, 31)}, "", err == nil
	case len("2021-07"):
		d, err := calendar.ParseDate(text + "-01")
		return Period{From: d, To: endOfMonth(d)}, "", err == nil
	case len("2021-07-01"):
		d, err := calendar.ParseDate(text)
		return Period{From: d, To: d}, "", err == nil
	case len("Jul-21"):
		t, err := time.Parse("Jan-06", text)
		if err != nil {
			break
		}
		d := calendar.NewDate(t.Date())
		return Period{From: d, To: endOfMonth(d)}, month(d), true
	}
	return Period{}, "", false
}
