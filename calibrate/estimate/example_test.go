package estimate_test

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Sixty children in residential care, of whom thirty move to foster care after half a
// year and ten go home after a year.
func Example() {
	start := calendar.NewDate(2022, 4, 1)
	var spells []estimate.Spell
	for child := range 60 {
		s := estimate.Spell{Child: child, State: "residential", Start: start, End: start.AddDays(7 * 104)}
		switch {
		case child < 30:
			s.Next, s.End = "foster", start.AddDays(7*26)
		case child < 40:
			s.Next, s.End = "reunified", start.AddDays(7*52)
		}
		spells = append(spells, s)
	}
	table, err := estimate.Count(spells, estimate.Settings{})
	if err != nil {
		fmt.Println(err)
		return
	}
	rates := estimate.Rates(table, 10)
	for _, r := range rates {
		fmt.Printf("%s to %s: %d moves in %.0f child-weeks, %.2f%% a week (95%%: %.2f%% to %.2f%%)\n",
			r.State, r.To, r.Moves, r.Weeks, 100*r.Probability.Value, 100*r.Probability.Low, 100*r.Probability.High)
	}
	rows, err := estimate.Rows(estimate.Suppress(rates))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(rows)
	// Output:
	// residential to foster: 30 moves in 3380 child-weeks, 0.88% a week (95%: 0.61% to 1.24%)
	// residential to reunified: 10 moves in 3380 child-weeks, 0.29% a week (95%: 0.15% to 0.52%)
	// background:
	//   residential: {hazard: {value: 0.01176, range: 0.008973 to 0.01505, status: derived, note: 40 moves in 3380 child-weeks}, to: {foster: 30 of 40, reunified: 10 of 40}}
}
