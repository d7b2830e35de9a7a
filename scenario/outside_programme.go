package scenario

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// A day or a quarter outside the time of the programme is a fault, because what is
// said for it would be left out of every figure without a word. Money for delivery
// moves before the start and after the end, and what is published may be older or
// later, so there it is a fault only beyond some years.
const (
	capitalYears   = 2
	publishedYears = 5
)

// during faults a day of which none of the programme's is within some years.
func (c cursor) during(day calendar.Date, years int) {
	if problem := c.d.outsideDays(day, day, day.String(), years, c.at); problem != "" && c.sound() {
		c.fault("%s", problem)
	}
}

// during is the same for the name of an entry that is a day or a quarter, from its
// first day to its last.
func (n named) during(first, last calendar.Date, years int) {
	if problem := n.d.outsideDays(first, last, n.name, years, n.at); problem != "" {
		n.fault("%s", problem)
	}
}

// outsideDays says that days are outside the programme by more than some years;
// empty if they are not. What the file says is held against its own start and end,
// even where an edit has moved those.
func (d *decoder) outsideDays(first, last calendar.Date, text string, years int, at place) string {
	if !d.dated || first.IsZero() || d.moved && at.layer == 0 {
		return ""
	}
	from, to := inYears(d.p.Start, -years), inYears(d.end, years)
	switch {
	case to.IsZero() || !last.Before(from) && !first.After(to):
		return ""
	case years == 0:
		return fmt.Sprintf("%s is outside the programme, which runs from %s to %s", text, d.p.Start, d.end)
	case last.Before(from):
		return fmt.Sprintf("%s is more than %s before the programme starts, on %s", text, words.Plural(years, "year"), d.p.Start)
	}
	return fmt.Sprintf("%s is more than %s after the programme ends, on %s", text, words.Plural(years, "year"), d.end)
}

// publishedDay reads a day up to which something was published.
func (c cursor) publishedDay() calendar.Date {
	day := c.date()
	c.during(day, publishedYears)
	return day
}

// capitalDay reads a day on which capital may move.
func (c cursor) capitalDay() calendar.Date {
	day := c.date()
	c.during(day, capitalYears)
	return day
}

// inYears is the same day some years later.
func inYears(day calendar.Date, years int) calendar.Date {
	return calendar.NewDate(day.Year()+years, day.Month(), day.Day())
}
