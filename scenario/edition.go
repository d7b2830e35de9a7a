package scenario

import "github.com/edgeofcare/edgeofcare/model/calendar"

// edition is of which edition a value is, and nextDue by when a newer one is due,
// beside the value:
//
//	edition: Green Book, 5 February 2026
//	next due: 2027-02-05
const (
	edition = "edition"
	nextDue = "next due"
)

// day reads the date under a name from a block; no date if the block has none. The
// decoder reports a text that is no date.
func (n *node) day(name string) calendar.Date {
	var day calendar.Date
	if e, ok := n.entry(name); ok && e.value.kind == scalar {
		_ = day.UnmarshalText([]byte(e.value.text))
	}
	return day
}
