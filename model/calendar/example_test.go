package calendar_test

import (
	"fmt"
	"time"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// A programme of 313 weeks from 1 October 2020, counted by quarter.
func Example() {
	w := calendar.Weeks{Start: calendar.NewDate(2020, time.October, 1), Count: 313}
	fmt.Println("ends on", w.Last(w.Count-1).Long())

	b := w.Boundaries()
	for i := range 3 {
		q := w.Quarter(0).Add(i)
		fmt.Printf("%s: weeks %d to %d\n", q, b[i], b[i+1]-1)
	}
	// Output:
	// ends on 30 September 2026
	// Q3 2020/21: weeks 0 to 12
	// Q4 2020/21: weeks 13 to 25
	// Q1 2021/22: weeks 26 to 38
}

func ExampleParseDate() {
	d, err := calendar.ParseDate("2024-06-30")
	fmt.Println(d.Long(), err)

	_, err = calendar.ParseDate("2021-02-30")
	fmt.Println(err)
	// Output:
	// 30 June 2024 <nil>
	// "2021-02-30" is not a date: February 2021 has days 01 to 28; write YYYY-MM-DD, such as 2020-10-01
}

func ExampleParseFinancialYear() {
	_, err := calendar.ParseFinancialYear("2020/22")
	fmt.Println(err)
	// Output:
	// "2020/22" is not a financial year: its two years must be consecutive, and 2020 is followed by 21; write the two years that it spans, such as 2020/21 for April 2020 to March 2021
}

// The calendar quarter of data sets and older files is read as the council's.
func ExampleParseQuarter() {
	q, err := calendar.ParseQuarter("2021Q1")
	fmt.Println(q, err)
	// Output:
	// Q4 2020/21 <nil>
}

// How many weeks had ended by the end of June 2024?
func ExampleWeeks_Through() {
	w := calendar.Weeks{Start: calendar.NewDate(2020, time.October, 1), Count: 313}
	n := w.Through(calendar.NewDate(2024, time.June, 30))
	fmt.Printf("%d weeks, the last of them week %d\n", n, n-1)
	// Output:
	// 195 weeks, the last of them week 194
}
