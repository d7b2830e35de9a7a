package calendar

import (
	"fmt"
	"time"
)

// Quarter is three months from 1 January, April, July or October, named by its
// number within the financial year as councils do: January to March 2021 is
// "Q4 2020/21". The zero value is no quarter: see [Quarter.IsZero].
//
// Quarters are numbered without a gap, so they are ordered by < and a loop may
// count through them with q++. The numbers themselves mean nothing outside this
// package: make a quarter with [NewQuarter], [ParseQuarter] or [Date.Quarter].
type Quarter int32

const (
	minQuarter Quarter = minYear * 4
	maxQuarter Quarter = maxYear*4 + 3
)

// NewQuarter returns the quarter of a calendar year with the given number, 1 to 4. A
// number outside that range is carried over: quarter 5 is the first of the year
// after. The result is unset if it would fall outside the years 1 to 9999.
func NewQuarter(year, number int) Quarter {
	if !within(year, 2*maxYear) || !within(number, int(maxQuarter)) {
		return 0
	}
	q := Quarter(year*4 + number - 1)
	if !q.valid() {
		return 0
	}
	return q
}

// quarterForm are the written forms of a quarter.
const quarterForm = "Q, 1 to 4 and the financial year, such as Q4 2020/21 for January to March 2021 (or 2021Q1, the calendar quarter)"

// ParseQuarter reads a quarter of a financial year, written as Q4 2020/21, or the
// calendar quarter that is the same three months, written as 2021Q1. It reads no
// other form.
func ParseQuarter(s string) (Quarter, error) {
	fail := func(why string) (Quarter, error) {
		return 0, refused("quarter", s, why, quarterForm)
	}
	if len(s) == len("Q4 2020/21") && s[0] == 'Q' && s[2] == ' ' {
		year, err := ParseFinancialYear(s[3:])
		number, ok := digits(s[1:2])
		switch {
		case err != nil || !ok:
			return fail("")
		case number < 1 || number > 4:
			return fail("a year has quarters 1 to 4")
		case int(year) == maxYear && number == 4:
			return fail("years end with 9999")
		}
		return NewQuarter(int(year), number+1), nil
	}
	if len(s) != len("2021Q1") || s[4] != 'Q' {
		return fail("")
	}
	year, okYear := digits(s[:4])
	number, okNumber := digits(s[5:])
	switch {
	case !okYear || !okNumber:
		return fail("")
	case year < minYear:
		return fail("years start at 0001")
	case number < 1 || number > 4:
		return fail("a year has quarters 1 to 4")
	}
	return NewQuarter(year, number), nil
}

func (q Quarter) valid() bool { return minQuarter <= q && q <= maxQuarter }

// IsZero reports whether q is unset: the zero value, which is no quarter.
func (q Quarter) IsZero() bool { return q == 0 }

// year returns the calendar year of q, which must be valid, and its number within
// that year, 1 to 4.
func (q Quarter) year() (year, number int) { return int(q) / 4, int(q)%4 + 1 }

// First returns the first day of q.
func (q Quarter) First() Date {
	if !q.valid() {
		return Date{}
	}
	year, number := q.year()
	return NewDate(year, time.Month(3*number-2), 1)
}

// Last returns the last day of q.
func (q Quarter) Last() Date {
	if !q.valid() {
		return Date{}
	}
	year, number := q.year()
	return NewDate(year, time.Month(3*number+1), 0)
}

// Add returns the quarter n quarters after q, or before it if n is negative. It
// is unset if q is, or if the result would fall outside the years 1 to 9999.
func (q Quarter) Add(n int) Quarter {
	if !q.valid() || !within(n, int(maxQuarter)) {
		return 0
	}
	if sum := q + Quarter(n); sum.valid() {
		return sum
	}
	return 0
}

// Sub returns the number of quarters from r to q: q is r.Add(q.Sub(r)). Both
// must be set; the difference from an unset quarter has no meaning.
func (q Quarter) Sub(r Quarter) int { return int(q) - int(r) }

// FinancialYear returns the financial year, April to March, that holds q.
func (q Quarter) FinancialYear() FinancialYear {
	if !q.valid() {
		return 0
	}
	return FinancialYear(int(q-1) / 4)
}

// String returns q as Q4 2020/21, or "no quarter" if it is unset. January to March
// of the year 1, which no financial year holds, is 0001Q1.
func (q Quarter) String() string {
	switch {
	case q.IsZero():
		return "no quarter"
	case !q.valid():
		return fmt.Sprintf("Quarter(%d)", int32(q))
	}
	year, number := q.year()
	financial := q.FinancialYear()
	if !financial.valid() {
		return fmt.Sprintf("%04dQ%d", year, number)
	}
	return fmt.Sprintf("Q%d %s", (number+2)%4+1, financial)
}

// MarshalText implements [encoding.TextMarshaler] with what [Quarter.String]
// returns. An unset quarter is the empty text.
func (q Quarter) MarshalText() ([]byte, error) {
	switch {
	case q.IsZero():
		return []byte{}, nil
	case !q.valid():
		return nil, refused("quarter", q.String(), "it is outside the years 1 to 9999", quarterForm)
	}
	return []byte(q.String()), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler]. It reads what
// [ParseQuarter] reads, and the empty text as an unset quarter. After an error
// q is as it was.
func (q *Quarter) UnmarshalText(text []byte) error { return unmarshal(q, text, ParseQuarter) }
