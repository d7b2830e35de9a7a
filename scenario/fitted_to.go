package scenario

import "github.com/edgeofcare/edgeofcare/model/calendar"

// fittedTo is the last day of what a value was fitted to, beside the value:
//
//	fitted to: 2024-06-30
const fittedTo = "fitted to"

// lastDayFitted reads it from a block; no date if the block does not say. The
// decoder reports a text that is no date.
func (n *node) lastDayFitted() calendar.Date {
	var day calendar.Date
	if e, ok := n.entry(fittedTo); ok && e.value.kind == scalar {
		_ = day.UnmarshalText([]byte(e.value.text))
	}
	return day
}
