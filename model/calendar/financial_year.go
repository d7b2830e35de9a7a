package calendar

import "fmt"

// FinancialYear is a year from 1 April to 31 March, known by the calendar year
// in which it starts: FinancialYear(2020) is 2020/21. The zero value is no
// financial year.
type FinancialYear int

// yearForm is the only written form of a financial year.
const yearForm = "the two years that it spans, such as 2020/21 for April 2020 to March 2021"

// ParseFinancialYear reads a financial year written as 2020/21, and no other
// form. The second year must follow the first.
func ParseFinancialYear(s string) (FinancialYear, error) {
	fail := func(why string) (FinancialYear, error) {
		return 0, refused("financial year", s, why, yearForm)
	}
	if len(s) != len("2020/21") || s[4] != '/' {
		return fail("")
	}
	start, okStart := digits(s[:4])
	end, okEnd := digits(s[5:])
	switch {
	case !okStart || !okEnd:
		return fail("")
	case start < minYear:
		return fail("years start at 0001")
	case end != (start+1)%100:
		return fail(fmt.Sprintf("its two years must be consecutive, and %04d is followed by %02d", start, (start+1)%100))
	}
	return FinancialYear(start), nil
}

func (y FinancialYear) valid() bool { return minYear <= y && y <= maxYear }

// IsZero reports whether y is unset: the zero value, which is no financial year.
func (y FinancialYear) IsZero() bool { return y == 0 }

// String returns y as 2020/21, or "no financial year" if it is unset.
func (y FinancialYear) String() string {
	switch {
	case y.IsZero():
		return "no financial year"
	case !y.valid():
		return fmt.Sprintf("FinancialYear(%d)", int(y))
	}
	return fmt.Sprintf("%04d/%02d", int(y), (int(y)+1)%100)
}

// MarshalText implements [encoding.TextMarshaler] with the form that
// [ParseFinancialYear] reads. An unset year is the empty text.
func (y FinancialYear) MarshalText() ([]byte, error) {
	switch {
	case y.IsZero():
		return []byte{}, nil
	case !y.valid():
		return nil, refused("financial year", y.String(), "it is outside the years 1 to 9999", yearForm)
	}
	return []byte(y.String()), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler]. It reads what
// [ParseFinancialYear] reads, and the empty text as an unset year. After an
// error y is as it was.
func (y *FinancialYear) UnmarshalText(text []byte) error {
	return unmarshal(y, text, ParseFinancialYear)
}
