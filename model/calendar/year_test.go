package calendar_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

func TestFinancialYearDays(t *testing.T) {
	for _, c := range []struct {
		year             calendar.FinancialYear
		text             string
		firstDay, ending string
	}{
		{2020, "2020/21", "2020-04-01", "2021-03-31"},
		{1999, "1999/00", "1999-04-01", "2000-03-31"},
		{2009, "2009/10", "2009-04-01", "2010-03-31"},
		{1, "0001/02", "0001-04-01", "0002-03-31"},
	} {
		if c.year.String() != c.text || c.year.First() != date(t, c.firstDay) || c.year.Last() != date(t, c.ending) {
			t.Errorf("%d is %s, %s to %s; want %s, %s to %s", int(c.year),
				c.year, c.year.First(), c.year.Last(), c.text, c.firstDay, c.ending)
		}
	}
	// The last year of all ends after the last date.
	if y := calendar.FinancialYear(9999); y.String() != "9999/00" || !y.Last().IsZero() {
		t.Errorf("9999 is %s and ends on %s", y, y.Last())
	}
}

func TestParseFinancialYearRefuses(t *testing.T) {
	const form = "write the two years that it spans, such as 2020/21"
	for _, c := range []struct{ given, why string }{
		{"", `"" is not a financial year`},
		{"2020/22", "its two years must be consecutive, and 2020 is followed by 21"},
		{"2020/20", "its two years must be consecutive, and 2020 is followed by 21"},
		{"1999/01", "its two years must be consecutive, and 1999 is followed by 00"},
		{"0000/01", "years start at 0001"},
		{"2020", "not a financial year"},
		{"2020-21", "not a financial year"},
		{"2020/2021", "not a financial year"},
		{"20/21", "not a financial year"},
		{"2020/21 ", "not a financial year"},
		{"2020/2x", "not a financial year"},
	} {
		y, err := calendar.ParseFinancialYear(c.given)
		checkRefused(t, err, c.given, c.why, form)
		if !y.IsZero() {
			t.Errorf("%q: year %s beside the error", c.given, y)
		}
	}
}

func TestFinancialYearText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := calendar.FinancialYear(rapid.IntRange(1, 9999).Draw(t, "year"))
		checkText(t, y, y.String())
		back, err := calendar.ParseFinancialYear(y.String())
		if err != nil || back != y {
			t.Fatalf("ParseFinancialYear(%q) = %s, %v", y.String(), back, err)
		}
		if y.First().FinancialYear() != y {
			t.Fatalf("%s starts on %s", y, y.First())
		}
		if last := y.Last(); !last.IsZero() {
			if last.FinancialYear() != y || last.AddDays(1) != (y+1).First() {
				t.Fatalf("%s ends on %s", y, last)
			}
		}
	})
}

func TestUnsetFinancialYear(t *testing.T) {
	var none calendar.FinancialYear
	checkText(t, none, "")
	if !none.IsZero() || none.String() != "no financial year" || !none.First().IsZero() || !none.Last().IsZero() {
		t.Errorf("the unset year is %s, %s to %s", none, none.First(), none.Last())
	}
	for _, y := range []calendar.FinancialYear{-1, 10000, math.MaxInt, math.MinInt} {
		if _, err := y.MarshalText(); err == nil {
			t.Errorf("%s marshals", y)
		}
		if !y.First().IsZero() || !y.Last().IsZero() {
			t.Errorf("%s runs from %s to %s", y, y.First(), y.Last())
		}
	}
	if got := calendar.FinancialYear(-1).String(); got != "FinancialYear(-1)" {
		t.Errorf("String is %q", got)
	}
}

func FuzzParseFinancialYear(f *testing.F) {
	for _, s := range []string{"2020/21", "1999/00", "0001/02", "9999/00", "2020/22", "2020", "", "2020-21"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		y, err := calendar.ParseFinancialYear(s)
		if err != nil {
			checkRefused(t, err, s, "is not a financial year")
			return
		}
		if y.IsZero() || y.String() != s {
			t.Fatalf("%q parses and prints back as %q", s, y)
		}
	})
}
