package finance

import "github.com/edgeofcare/edgeofcare/model/calendar"

// payback is the first day from which a running sum of receipts less costs is
// never again below zero. A payback that does not last is no payback, and there
// is none if the sum was never below zero. (Brealey, Myers and Allen, Principles
// of Corporate Finance, on the payback period, but for the "never again".)
type payback struct {
	below bool          // whether the sum is below zero now
	on    calendar.Date // zero for none
}

// follow takes the running sum at the end of a day, in order of days.
func (p *payback) follow(day calendar.Date, position int64) {
	switch {
	case position < 0:
		p.below, p.on = true, calendar.Date{}
	case p.below:
		p.below, p.on = false, day
	}
}
