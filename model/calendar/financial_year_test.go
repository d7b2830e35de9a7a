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
		first, last := date(t, c.firstDay), date(t, c.ending)
		if c.year.String() != c.text || first.FinancialYear() != c.year || last.FinancialYear() != c.year {
			t.Errorf("%d is %s; %s is in %s, and %s in %s", int(c.year), c.year, first, first.FinancialYear(), last, last.FinancialYear())
		}
		if before, after := first.AddDays(-1).FinancialYear(), last.AddDays(1).FinancialYear(); before != c.year-1 || after != c.year+1 {
			t.Errorf("%s: the day before it is in %s, the day after it in %s", c.text, before, after)
		}
	}
	// The last year of all ends after the last date.
	if y := date(t, "9999-12-31").FinancialYear(); y != 9999 || y.String() != "9999/00" {
		t.Errorf("the last day is in %s", y)
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
	})
}

func TestUnsetFinancialYear(t *testing.T) {
	var none calendar.FinancialYear
	checkText(t, none, "")
	if !none.IsZero() || none.String() != "no financial year" {
		t.Errorf("the unset year is %s", none)
	}
	for _, y := range []calendar.FinancialYear{-1, 10000, math.MaxInt, math.MinInt} {
		if _, err := y.MarshalText(); err == nil {
			t.Errorf("%s marshals", y)
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
