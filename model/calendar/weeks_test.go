package calendar_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// The calendar of the first programme: 1 October 2020, weeks 0 to 312.
func dn2(t testing.TB) calendar.Weeks {
	return calendar.Weeks{Start: date(t, "2020-10-01"), Count: 313}
}

func TestWeeksKnownDays(t *testing.T) {
	w := dn2(t)
	if got, want := w.First(0), date(t, "2020-10-01"); got != want {
		t.Errorf("the first week starts on %s; want %s", got, want)
	}
	if got, want := w.Last(312), date(t, "2026-09-30"); got != want {
		t.Errorf("the last week ends on %s; want %s", got, want)
	}
	for _, c := range []struct {
		day  string
		want int
	}{
		{"1999-12-31", 0},
		{"2020-10-01", 0},
		{"2020-10-06", 0},
		{"2020-10-07", 1},
		{"2024-06-30", 195}, // June 2024 ends with week 194
		{"2024-09-30", 208},
		{"2025-09-30", 260},
		{"2026-09-29", 312},
		{"2026-09-30", 313},
		{"2030-01-01", 313},
	} {
		if got := w.Through(date(t, c.day)); got != c.want {
			t.Errorf("Through(%s) = %d; want %d", c.day, got, c.want)
		}
	}
	if w.Quarters() != 24 || w.Quarter(0).String() != "Q3 2020/21" || w.Quarter(0).Add(23).String() != "Q2 2026/27" {
		t.Errorf("%d quarters, %s to %s; want 24, Q3 2020/21 to Q2 2026/27", w.Quarters(), w.Quarter(0), w.Quarter(0).Add(23))
	}
	if got := w.Quarter(194).String(); got != "Q1 2024/25" {
		t.Errorf("week 194 is in %s; want 2024Q2", got)
	}
}

// A week that straddles two quarters and two financial years is counted whole
// where it ends.
func TestStraddlingWeekIsCountedWhereItEnds(t *testing.T) {
	w := dn2(t)
	if w.First(25) != date(t, "2021-03-25") || w.Last(25) != date(t, "2021-03-31") {
		t.Fatalf("week 25 is %s to %s", w.First(25), w.Last(25))
	}
	if w.First(78) != date(t, "2022-03-31") || w.Last(78) != date(t, "2022-04-06") {
		t.Fatalf("week 78 is %s to %s", w.First(78), w.Last(78))
	}
	for k, want := range map[int]string{
		25:  "Q4 2020/21", // ends on the last day of the year
		26:  "Q1 2021/22",
		77:  "Q4 2021/22",
		78:  "Q1 2022/23", // has one day in March
		117: "Q4 2022/23", // 29 December 2022 to 4 January 2023
	} {
		if got := w.Quarter(k).String(); got != want {
			t.Errorf("week %d is in %s; want %s", k, got, want)
		}
	}
}

// The reference is a count of the weeks one by one.
func TestWeeksAgreeWithACountOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := anyWeeks.Draw(t, "weeks")
		day := w.Start.AddDays(rapid.IntRange(-20, 7*w.Count+20).Draw(t, "day"))

		var quarters []calendar.Quarter
		var boundaries []int
		through := 0
		for k, first := 0, w.Start; k < w.Count; k, first = k+1, first.AddDays(7) {
			last := first.AddDays(6)
			if w.First(k) != first || w.Last(k) != last || w.Quarter(k) != last.Quarter() {
				t.Fatalf("week %d is %s to %s in %s", k, w.First(k), w.Last(k), w.Quarter(k))
			}
			if q := last.Quarter(); !slices.Contains(quarters, q) {
				quarters = append(quarters, q)
				boundaries = append(boundaries, k)
			}
			if !last.After(day) {
				through++
			}
		}
		boundaries = append(boundaries, w.Count)

		if got := w.Boundaries(); !slices.Equal(got, boundaries) {
			t.Fatalf("boundaries %v; want %v", got, boundaries)
		}
		if got := w.Through(day); got != through {
			t.Fatalf("Through(%s) = %d; want %d", day, got, through)
		}
		if got := w.Quarters(); got != len(quarters) {
			t.Fatalf("%d quarters; want %d", got, len(quarters))
		}
		for i, q := range quarters {
			if w.Quarter(0).Add(i) != q {
				t.Fatalf("quarter %d is %s; want %s", i, w.Quarter(0).Add(i), q)
			}
			if at, ok := w.Index(q); !ok || at != i {
				t.Fatalf("Index(%s) = %d, %t; want %d", q, at, ok, i)
			}
		}
		for _, q := range []calendar.Quarter{quarters[0].Add(-1), quarters[len(quarters)-1].Add(1), 0} {
			if at, ok := w.Index(q); ok || at != 0 {
				t.Fatalf("Index(%s) = %d, %t", q, at, ok)
			}
		}
	})
}

func TestEachWeekIsInExactlyOneQuarter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := anyWeeks.Draw(t, "weeks")
		b := w.Boundaries()
		if len(b) != w.Quarters()+1 || b[0] != 0 || b[len(b)-1] != w.Count {
			t.Fatalf("boundaries %v of %d weeks in %d quarters", b, w.Count, w.Quarters())
		}
		for i := range w.Quarters() {
			if b[i] >= b[i+1] {
				t.Fatalf("boundaries %v do not increase", b)
			}
			for k := b[i]; k < b[i+1]; k++ {
				if w.Quarter(k) != w.Quarter(0).Add(i) {
					t.Fatalf("week %d is in %s, not in %s", k, w.Quarter(k), w.Quarter(0).Add(i))
				}
			}
		}
	})
}

func TestEmptyWeeks(t *testing.T) {
	start := date(t, "2020-10-01")
	for name, w := range map[string]calendar.Weeks{
		"zero value":      {},
		"no start":        {Count: 313},
		"no weeks":        {Start: start},
		"negative":        {Start: start, Count: -5},
		"past year 9999":  {Start: date(t, "9999-12-30"), Count: 1},
		"beyond counting": {Start: start, Count: math.MaxInt},
		"far negative":    {Start: start, Count: math.MinInt},
	} {
		if w.Quarters() != 0 || !slices.Equal(w.Boundaries(), []int{0}) || w.Through(date(t, "2024-06-30")) != 0 {
			t.Errorf("%s: %d quarters, boundaries %v, through %d", name,
				w.Quarters(), w.Boundaries(), w.Through(date(t, "2024-06-30")))
		}
		if at, ok := w.Index(quarter(t, "Q3 2020/21")); ok || at != 0 {
			t.Errorf("%s: 2020Q4 is quarter %d", name, at)
		}
	}
	w := dn2(t)
	if w.First(-1) != date(t, "2020-09-24") || w.Last(313) != date(t, "2026-10-07") {
		t.Errorf("weeks outside are %s and %s", w.First(-1), w.Last(313))
	}
	for _, k := range []int{math.MaxInt, math.MinInt} {
		if !w.First(k).IsZero() || !w.Last(k).IsZero() || !w.Quarter(k).IsZero() {
			t.Errorf("week %d is %s to %s", k, w.First(k), w.Last(k))
		}
	}
	if w.Through(calendar.Date{}) != 0 {
		t.Error("weeks have ended by no date")
	}
}
