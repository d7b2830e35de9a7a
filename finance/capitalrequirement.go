package finance

import "github.com/edgeofcare/edgeofcare/model/calendar"

// requirement is the capital requirement: how far a running sum of receipts
// less costs is ever below zero, in pence, and the first day on which it is so.
type requirement struct {
	amount int64
	on     calendar.Date // zero if the sum is never below zero
}

// follow takes the running sum at the end of a day, in order of days.
func (r *requirement) follow(day calendar.Date, position int64) {
	if -position > r.amount {
		r.amount, r.on = -position, day
	}
}
