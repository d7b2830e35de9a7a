package calendar_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

func TestNewDateNormalises(t *testing.T) {
	for _, c := range []struct {
		year  int
		month time.Month
		day   int
		want  string
	}{
		{2020, time.October, 1, "2020-10-01"},
		{2021, time.April, 31, "2021-05-01"},
		{2021, time.March, 0, "2021-02-28"},
		{2024, time.March, 0, "2024-02-29"},
		{2020, 13, 1, "2021-01-01"},
		{2021, time.January, -91, "2020-10-01"},
		{1970, time.January, 1, "1970-01-01"},
		{1969, time.December, 31, "1969-12-31"},
		{1, time.January, 1, "0001-01-01"},
		{9999, time.December, 31, "9999-12-31"},
		{9999, time.December, 32, "no date"},
		{1, time.January, 0, "no date"},
		{math.MaxInt, time.January, 1, "no date"},
		{2020, math.MinInt, 1, "no date"},
		{2020, time.January, math.MaxInt, "no date"},
	} {
		if got := calendar.NewDate(c.year, c.month, c.day).String(); got != c.want {
			t.Errorf("NewDate(%d, %d, %d) = %s; want %s", c.year, c.month, c.day, got, c.want)
		}
	}
}

func TestParseDateRefuses(t *testing.T) {
	const form = "write YYYY-MM-DD, such as 2020-10-01"
	for _, c := range []struct{ given, why string }{
		{"", `"" is not a date`},
		{"2021-02-30", "February 2021 has days 01 to 28"},
		{"2024-02-30", "February 2024 has days 01 to 29"},
		{"2021-12-32", "December 2021 has days 01 to 31"},
		{"2021-04-00", "April 2021 has days 01 to 30"},
		{"2021-13-01", "months are 01 to 12"},
		{"2021-00-01", "months are 01 to 12"},
		{"0000-01-01", "years start at 0001"},
		{"2021-1-1", "not a date"},
		{"01/10/2020", "not a date"},
		{"2020-10-01 ", "not a date"},
		{"2020-10-01T00:00:00Z", "not a date"},
		{"2020-10-0x", "not a date"},
		{"+020-10-01", "not a date"},
		{"２020-10-01", "not a date"},
		{"2020‑10", "not a date"},
	} {
		d, err := calendar.ParseDate(c.given)
		checkRefused(t, err, c.given, c.why, form)
		if !d.IsZero() {
			t.Errorf("%q: date %s beside the error", c.given, d)
		}
	}
}

func TestParseErrorShortensWhatWasGiven(t *testing.T) {
	_, err := calendar.ParseDate(strings.Repeat("x", 1000))
	if n := len(err.Error()); n > 150 {
		t.Errorf("the message has %d bytes: %s", n, err)
	}
	_, err = calendar.ParseDate("2020\n10-01")
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("the message breaks the line: %s", err)
	}
}

func TestDateParts(t *testing.T) {
	for _, c := range []struct{ date, long, quarter, year string }{
		{"2020-10-01", "1 October 2020", "Q3 2020/21", "2020/21"},
		{"2021-03-31", "31 March 2021", "Q4 2020/21", "2020/21"},
		{"2021-04-01", "1 April 2021", "Q1 2021/22", "2021/22"},
		{"2024-06-30", "30 June 2024", "Q1 2024/25", "2024/25"},
		{"2026-09-30", "30 September 2026", "Q2 2026/27", "2026/27"},
		{"2000-02-29", "29 February 2000", "Q4 1999/00", "1999/00"},
	} {
		d := date(t, c.date)
		got := []string{d.String(), d.Long(), d.Quarter().String(), d.FinancialYear().String()}
		if want := []string{c.date, c.long, c.quarter, c.year}; !slices.Equal(got, want) {
			t.Errorf("%s: %q; want %q", c.date, got, want)
		}
	}
}

// The standard library's calendar is the reference for ours.
func TestDateAgreesWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate.Draw(t, "d")
		tm := d.Time()
		if tm.Location() != time.UTC || tm.Hour() != 0 || tm.Nanosecond() != 0 {
			t.Fatalf("Time of %s is %s", d, tm)
		}
		year, month, day := tm.Date()
		if d.Year() != year || d.Month() != month || d.Day() != day {
			t.Fatalf("%s has parts %d, %d, %d", d, d.Year(), d.Month(), d.Day())
		}
		if calendar.NewDate(tm.Date()) != d {
			t.Fatalf("%s does not come back from its time", d)
		}
		n := rapid.IntRange(-1000, 1000).Draw(t, "n")
		if got, want := d.AddDays(n), calendar.NewDate(tm.AddDate(0, 0, n).Date()); got != want {
			t.Fatalf("%s and %d days is %s; want %s", d, n, got, want)
		}
	})
}

func TestDateArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := anyDate.Draw(t, "d"), anyDate.Draw(t, "e")
		n := d.Sub(e)
		if e.AddDays(n) != d || e.Sub(d) != -n {
			t.Fatalf("%s less %s is %d days, which does not lead back", d, e, n)
		}
		if d.After(e) != (n > 0) || d.Before(e) != (n < 0) || (d == e) != (n == 0) {
			t.Fatalf("%s and %s, %d days apart, are ordered otherwise", d, e, n)
		}
		if c := d.Compare(e); c != -e.Compare(d) || (c > 0) != (n > 0) || (c < 0) != (n < 0) {
			t.Fatalf("Compare of %s with %s is %d", d, e, c)
		}
		if (d.String() < e.String()) != d.Before(e) {
			t.Fatalf("%s and %s sort otherwise as text", d, e)
		}
	})
}

func TestDateBelongsToItsQuarterAndYear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate.Draw(t, "d")
		q, y := d.Quarter(), d.FinancialYear()
		if d.Before(q.First()) || d.After(q.Last()) {
			t.Fatalf("%s is outside its quarter %s", d, q)
		}
		if y.IsZero() { // the first three months of year 1
			return
		}
		first := calendar.NewDate(int(y), time.April, 1)
		if last := calendar.NewDate(int(y)+1, time.March, 31); d.Before(first) || !last.IsZero() && d.After(last) {
			t.Fatalf("%s is outside its financial year %s", d, y)
		}
		if q.FinancialYear() != y {
			t.Fatalf("%s is in %s, but its quarter %s is in %s", d, y, q, q.FinancialYear())
		}
	})
}

func TestDateText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate.Draw(t, "d")
		checkText(t, d, d.String())
		back, err := calendar.ParseDate(d.String())
		if err != nil || back != d {
			t.Fatalf("ParseDate(%q) = %s, %v", d.String(), back, err)
		}
	})
}

func TestUnsetDate(t *testing.T) {
	var none calendar.Date
	checkText(t, none, "")
	if !none.IsZero() || none.String() != "no date" || none.Long() != "no date" || !none.Time().IsZero() {
		t.Errorf("the unset date is %s, %s, %s", none, none.Long(), none.Time())
	}
	if none.Year() != 0 || none.Month() != 0 || none.Day() != 0 {
		t.Errorf("the unset date has parts %d, %d, %d", none.Year(), int(none.Month()), none.Day())
	}
	if !none.Quarter().IsZero() || !none.FinancialYear().IsZero() {
		t.Errorf("the unset date is in %s and %s", none.Quarter(), none.FinancialYear())
	}
	if !none.AddDays(10).IsZero() {
		t.Errorf("the unset date and 10 days is %s", none.AddDays(10))
	}
	if first := date(t, "0001-01-01"); !none.Before(first) || !first.AddDays(-1).IsZero() {
		t.Error("the unset date is not before the first date")
	}
	last := date(t, "9999-12-31")
	for _, n := range []int{1, math.MaxInt32, math.MaxInt, math.MinInt} {
		if d := last.AddDays(n); !d.IsZero() {
			t.Errorf("%s and %d days is %s", last, n, d)
		}
	}
}

func TestUnmarshalTextLeavesValueAfterError(t *testing.T) {
	d := date(t, "2020-10-01")
	checkRefused(t, d.UnmarshalText([]byte("2021-02-30")), "2021-02-30", "February 2021")
	if d != date(t, "2020-10-01") {
		t.Errorf("the date became %s", d)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2020-10-01", "2024-02-29", "2021-02-30", "0001-01-01", "9999-12-31", "", "01/10/2020", "2020-10-01T00:00:00Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.ParseDate(s)
		if err != nil {
			checkRefused(t, err, s, "is not a date")
			return
		}
		if d.IsZero() || d.String() != s {
			t.Fatalf("%q parses and prints back as %q", s, d)
		}
		if tm, err := time.Parse(time.DateOnly, s); err != nil || !d.Time().Equal(tm) {
			t.Fatalf("%q is %s; package time has %s, %v", s, d.Time(), tm, err)
		}
	})
}
