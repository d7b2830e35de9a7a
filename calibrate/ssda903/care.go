package ssda903

import "github.com/edgeofcare/edgeofcare/model/calendar"

// Care is what some years of returns say together.
type Care struct {
	Window   Window  `json:"window"`
	Children []Child `json:"-"` // in the order in which they are first met; never written out
	Log      Log     `json:"log"`
}

// Window is the time that the returns held cover.
type Window struct {
	From calendar.Date `json:"from"` // 1 April of the first return
	To   calendar.Date `json:"to"`   // 31 March of the last return, a day that is covered
}

// Child is one child. Its place in [Care.Children] is all that tells it from others.
type Child struct {
	Born       calendar.Date // as returned, often the first of the month; unset if no header row has it
	Sex        string        // M, F, U, or empty
	Placements []Placement   // by Start, none overlapping another, at least one
}

// Placement is one stay of a child in one placement. Two of one period of care follow
// each other without a day between them.
type Placement struct {
	Start calendar.Date // first day, which may be long before the window
	End   calendar.Date // first day that is not in it; unset while open at the end of [Window.To]
	Code  string        // PLACE, in capitals: U4, K2; empty if the return has no code of the list
	// Provider is PLACE_PROVIDER, PR0 to PR5, or empty.
	Provider string
	// LegalStatus is LS on the first day. It may change without a new placement.
	LegalStatus string
	// Reason is REASON_PLACE_CHANGE, why the child moved to the next placement, or empty.
	Reason string
	// Ended is REC: X1 where another placement follows at once, the destination of the
	// child where the period of care ends. Empty while open, and where it is not known.
	Ended string
	// Unknown marks an End that no return gives: the child was in care until then and
	// nothing is known of it from that day. Ended is then empty.
	Unknown bool
	// Period counts the child's periods of care, from 0.
	Period int
	// LeftTruncated marks a stay that began before the window. Others like it that had
	// ended by then are in no return, so it counts from [Window.From] only.
	LeftTruncated bool
}
