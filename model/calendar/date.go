package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar, from 0001-01-01 to 9999-12-31. The
// zero value is no date: see [Date.IsZero]. Dates may be compared with == and
// used as map keys.
type Date struct {
	n int32 // 0001-01-01 is 1, and so on by the day; 0 is no date
}

const (
	minYear   = 1
	maxYear   = 9999
	maxDay    = 3652059 // Date.n of 9999-12-31
	unixDay   = 719163  // Date.n of 1970-01-01
	daySecond = 24 * 60 * 60
)

// NewDate returns the given day. As in [time.Date], a month or a day outside
// its usual range is carried over: 31 April is 1 May, and day 0 is the last day
// of the month before. The date of a [time.Time] t is NewDate(t.Date()).
//
// The result is unset if it would fall outside the years 1 to 9999.
func NewDate(year int, month time.Month, day int) Date {
	// Beyond these no combination that carries back into range is meant, and
	// the sums inside time.Date could overflow.
	const far = 10_000_000
	if !within(year, far) || !within(int(month), far) || !within(day, far) {
		return Date{}
	}
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if y := t.Year(); y < minYear || y > maxYear {
		return Date{}
	}
	return Date{int32(t.Unix()/daySecond + unixDay)}
}

// within reports whether n is between -limit and limit.
func within(n, limit int) bool { return -limit <= n && n <= limit }

// dateForm is the only written form of a date.
const dateForm = "YYYY-MM-DD, such as 2020-10-01"

// ParseDate reads a date written as 2020-10-01, and no other form. A day that
// does not exist, such as 2021-02-30, is an error. The error says what was given,
// what is wrong with it and what form is allowed.
func ParseDate(s string) (Date, error) {
	fail := func(why string) (Date, error) {
		return Date{}, refused("date", s, why, dateForm)
	}
	if len(s) != len("2020-10-01") || s[4] != '-' || s[7] != '-' {
		return fail("")
	}
	year, okYear := digits(s[:4])
	month, okMonth := digits(s[5:7])
	day, okDay := digits(s[8:])
	switch {
	case !okYear || !okMonth || !okDay:
		return fail("")
	case year < minYear:
		return fail("years start at 0001")
	case month < 1 || month > 12:
		return fail("months are 01 to 12")
	}
	last := NewDate(year, time.Month(month+1), 0).Day() // day 0 is the last of the month before
	if day < 1 || day > last {
		return fail(fmt.Sprintf("%s %d has days 01 to %d", time.Month(month), year, last))
	}
	return NewDate(year, time.Month(month), day), nil
}

// IsZero reports whether d is unset: the zero value, which is no date.
func (d Date) IsZero() bool { return d.n == 0 }

// AddDays returns the date n days after d, or before it if n is negative. It is
// unset if d is, or if the result would fall outside the years 1 to 9999.
func (d Date) AddDays(n int) Date {
	if d.IsZero() || !within(n, maxDay) {
		return Date{}
	}
	sum := int(d.n) + n
	if sum < 1 || sum > maxDay {
		return Date{}
	}
	return Date{int32(sum)}
}

// Sub returns the number of days from e to d: d is e.AddDays(d.Sub(e)). Both
// dates must be set; the difference from an unset date has no meaning.
func (d Date) Sub(e Date) int { return int(d.n) - int(e.n) }

// Before reports whether d is an earlier day than e. An unset date is before
// every other.
func (d Date) Before(e Date) bool { return d.n < e.n }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d.n > e.n }

// Compare returns -1 if d is before e, 0 if they are the same and +1 if d is
// after e, for use with [slices.SortFunc] and its like.
func (d Date) Compare(e Date) int { return cmp.Compare(d.n, e.n) }

// Year returns the year of d, or 0 if d is unset.
func (d Date) Year() int {
	if d.IsZero() {
		return 0
	}
	return d.Time().Year()
}

// Month returns the month of d, or 0 if d is unset.
func (d Date) Month() time.Month {
	if d.IsZero() {
		return 0
	}
	return d.Time().Month()
}

// Day returns the day of the month of d, from 1, or 0 if d is unset.
func (d Date) Day() int {
	if d.IsZero() {
		return 0
	}
	return d.Time().Day()
}

// Time returns midnight in UTC at the start of d, or the zero time if d is
// unset.
func (d Date) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Unix((int64(d.n)-unixDay)*daySecond, 0).UTC()
}

// Quarter returns the calendar quarter that holds d. It is unset if d is.
func (d Date) Quarter() Quarter {
	if d.IsZero() {
		return 0
	}
	year, month, _ := d.Time().Date()
	return NewQuarter(year, (int(month)+2)/3)
}

// FinancialYear returns the financial year, April to March, that holds d. It is
// unset if d is.
func (d Date) FinancialYear() FinancialYear { return d.Quarter().FinancialYear() }

// String returns d as 2020-10-01, or "no date" if it is unset.
func (d Date) String() string {
	if d.IsZero() {
		return "no date"
	}
	return d.Time().Format(time.DateOnly)
}

// Long returns d in words, as 1 October 2020, or "no date" if it is unset.
func (d Date) Long() string {
	if d.IsZero() {
		return "no date"
	}
	return d.Time().Format("2 January 2006")
}

// MarshalText implements [encoding.TextMarshaler] with the form that
// [ParseDate] reads. An unset date is the empty text.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return []byte{}, nil
	}
	return d.Time().AppendFormat(nil, time.DateOnly), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler]. It reads what
// [ParseDate] reads, and the empty text as an unset date. After an error d is
// as it was.
func (d *Date) UnmarshalText(text []byte) error { return unmarshal(d, text, ParseDate) }
