package calendar_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

func TestQuarterDays(t *testing.T) {
	for _, c := range []struct{ quarter, first, last, label string }{
		{"2020Q4", "2020-10-01", "2020-12-31", "Q3 2020/21"},
		{"2021Q1", "2021-01-01", "2021-03-31", "Q4 2020/21"},
		{"2021Q2", "2021-04-01", "2021-06-30", "Q1 2021/22"},
		{"2021Q3", "2021-07-01", "2021-09-30", "Q2 2021/22"},
		{"2000Q1", "2000-01-01", "2000-03-31", "Q4 1999/00"},
		{"9999Q4", "9999-10-01", "9999-12-31", "Q3 9999/00"},
	} {
		q := quarter(t, c.quarter)
		if q.First() != date(t, c.first) || q.Last() != date(t, c.last) || q.String() != c.label {
			t.Errorf("%s is %s to %s, %q; want %s to %s, %q", c.quarter, q.First(), q.Last(), q, c.first, c.last, c.label)
		}
	}
}

func TestNewQuarterCarriesOver(t *testing.T) {
	for _, c := range []struct {
		year, number int
		want         string
	}{
		{2021, 1, "Q4 2020/21"},
		{2020, 5, "Q4 2020/21"},
		{2021, 0, "Q3 2020/21"},
		{2021, -3, "Q4 2019/20"},
		{1, 1, "0001Q1"},
		{1, 0, "no quarter"},
		{9999, 5, "no quarter"},
		{math.MaxInt, 1, "no quarter"},
		{2021, math.MinInt, "no quarter"},
	} {
		if got := calendar.NewQuarter(c.year, c.number).String(); got != c.want {
			t.Errorf("NewQuarter(%d, %d) = %s; want %s", c.year, c.number, got, c.want)
		}
	}
}

func TestParseQuarterRefuses(t *testing.T) {
	const form = "write Q, 1 to 4 and the financial year, such as Q4 2020/21 for January to March 2021 (or 2021Q1, the calendar quarter)"
	for _, c := range []struct{ given, why string }{
		{"", `"" is not a quarter`},
		{"2021Q5", "a year has quarters 1 to 4"},
		{"2021Q0", "a year has quarters 1 to 4"},
		{"0000Q1", "years start at 0001"},
		{"2021q1", "not a quarter"},
		{"2021-Q1", "not a quarter"},
		{"Q1 2021", "not a quarter"},
		{"Q4 2020/22", "not a quarter"},
		{"Q5 2020/21", "a year has quarters 1 to 4"},
		{"Q0 2020/21", "a year has quarters 1 to 4"},
		{"Q4  2020/21", "not a quarter"},
		{"Qx 2020/21", "not a quarter"},
		{"Q4 0000/01", "not a quarter"},
		{"Q4 9999/00", "years end with 9999"},
		{"2020/21 Q4", "not a quarter"},
		{"2021Q1 ", "not a quarter"},
		{"2021Qx", "not a quarter"},
		{"-021Q1", "not a quarter"},
	} {
		q, err := calendar.ParseQuarter(c.given)
		checkRefused(t, err, c.given, c.why, form)
		if !q.IsZero() {
			t.Errorf("%q: quarter %s beside the error", c.given, q)
		}
	}
}

// Quarters follow each other without a gap, and every day between the first and
// the last of one is in it.
func TestQuartersTile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := anyQuarter.Draw(t, "q")
		if q.First().Quarter() != q || q.Last().Quarter() != q {
			t.Fatalf("%s runs from %s to %s", q, q.First(), q.Last())
		}
		if days := q.Last().Sub(q.First()) + 1; days < 90 || days > 92 {
			t.Fatalf("%s has %d days", q, days)
		}
		next := q.Add(1)
		if next.IsZero() {
			if q.String() != "Q3 9999/00" {
				t.Fatalf("nothing follows %s", q)
			}
			return
		}
		if next.First() != q.Last().AddDays(1) || next != q+1 || next.Sub(q) != 1 {
			t.Fatalf("%s is followed by %s", q, next)
		}
	})
}

func TestQuarterArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q, r := anyQuarter.Draw(t, "q"), anyQuarter.Draw(t, "r")
		n := q.Sub(r)
		if r.Add(n) != q || r.Sub(q) != -n {
			t.Fatalf("%s less %s is %d quarters, which does not lead back", q, r, n)
		}
		if (q < r) != q.First().Before(r.First()) {
			t.Fatalf("%s and %s are ordered otherwise by their days", q, r)
		}
		number := func(q calendar.Quarter) int { return 4*q.First().Year() + int(q.Last().Month())/3 }
		if want := number(q) - number(r); n != want {
			t.Fatalf("%s less %s is %d quarters; want %d", q, r, n, want)
		}
	})
}

func TestQuarterText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := anyQuarter.Draw(t, "q")
		checkText(t, q, q.String())
		back, err := calendar.ParseQuarter(q.String())
		if err != nil || back != q {
			t.Fatalf("ParseQuarter(%q) = %s, %v", q.String(), back, err)
		}
	})
}

// The three months of a calendar quarter are read under either name, by itself and
// from JSON of any age, and written under one.
func TestQuarterUnderBothNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := anyQuarter.Draw(t, "q")
		calendarName := fmt.Sprintf("%04dQ%d", q.First().Year(), int(q.Last().Month())/3)
		for _, name := range []string{calendarName, q.String()} {
			back, err := calendar.ParseQuarter(name)
			var fromJSON calendar.Quarter
			if jsonErr := json.Unmarshal([]byte(strconv.Quote(name)), &fromJSON); err != nil || jsonErr != nil || back != q || fromJSON != q {
				t.Fatalf("%q is %s, %s; %v, %v", name, back, fromJSON, err, jsonErr)
			}
		}
	})
}

func TestUnsetQuarter(t *testing.T) {
	var none calendar.Quarter
	checkText(t, none, "")
	if !none.IsZero() || none.String() != "no quarter" {
		t.Errorf("the unset quarter is %s", none)
	}
	if !none.FinancialYear().IsZero() {
		t.Errorf("the unset quarter is in %s", none.FinancialYear())
	}
	if !none.First().IsZero() || !none.Last().IsZero() || !none.Add(1).IsZero() {
		t.Errorf("the unset quarter runs from %s to %s", none.First(), none.Last())
	}
	last := quarter(t, "9999Q4")
	for _, n := range []int{1, -1000000, math.MaxInt32, math.MaxInt, math.MinInt} {
		if q := last.Add(n); !q.IsZero() {
			t.Errorf("%s and %d quarters is %s", last, n, q)
		}
	}
}

// A number that is no quarter can be made only by conversion; it is shown for
// what it is and cannot be written to a file.
func TestInvalidQuarter(t *testing.T) {
	for _, q := range []calendar.Quarter{1, -1, math.MaxInt32, math.MinInt32} {
		if _, err := q.MarshalText(); err == nil {
			t.Errorf("%s marshals", q)
		}
		if got := q.Add(1); !got.IsZero() {
			t.Errorf("%s and 1 is %s", q, got)
		}
	}
	if got := calendar.Quarter(-1).String(); got != "Quarter(-1)" {
		t.Errorf("String is %q", got)
	}
}

func FuzzParseQuarter(f *testing.F) {
	for _, s := range []string{"2021Q1", "2020Q4", "0001Q1", "9999Q4", "2021Q5", "2021q1", "", "Q4 2020/21"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := calendar.ParseQuarter(s)
		if err != nil {
			checkRefused(t, err, s, "is not a quarter")
			return
		}
		back, err := calendar.ParseQuarter(q.String())
		if q.IsZero() || err != nil || back != q || q.String() != s && fmt.Sprintf("%04dQ%d", q.First().Year(), int(q.Last().Month())/3) != s {
			t.Fatalf("%q parses and prints back as %q", s, q)
		}
	})
}
