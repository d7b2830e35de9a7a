package contract

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// The rule of a trigger in one clause, for the sentence that says what a metric pays.

// windowed says from when to when units are counted, how many a child can earn and
// what a break does: ", from the 4th week after the start to the 104th, at most 78 weeks
// a child; a break ends the claim". First is counted from 0, and most is the cap in its
// own unit, of which so many fit into the window.
func windowed(unit Unit, first, window int, most, fit float64, capped string, interruption Interruption) string {
	if first >= window || most == 0 {
		return ", but never, because nothing can be earned within its window"
	}
	text := fmt.Sprintf(", from the %s %s after the start to the %s", words.Ordinal(first+1), unit.One, words.Ordinal(window))
	if most < fit {
		text += ", at most " + capped + " a child"
	}
	if interruption == Ends {
		return text + "; a break ends the claim"
	}
	return text + "; after a break it is paid again"
}

// several says how long several things are: "1 and 13 weeks".
func several(list []int, unit words.Unit) string {
	if len(list) == 1 {
		return unit.Of(float64(list[0]))
	}
	var all []string
	for _, n := range list {
		all = append(all, fmt.Sprint(n))
	}
	return words.And(all) + " " + unit.Many
}

// The units of time.
var (
	inWeeks  = words.Unit{One: "week", Many: "weeks"}
	inMonths = words.Unit{One: "month", Many: "months"}
	inDays   = words.Unit{One: "day", Many: "days"}
)
