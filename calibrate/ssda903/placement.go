package ssda903

// placements joins the episodes of a child, which follow each other, into placements:
// an episode that only changes the legal status or the label with the same carer is part
// of the placement before it, and so is a temporary placement, with the return from it.
func (r *reader) placements(all []episode) []Placement {
	var (
		out     []Placement
		bridged bool // the last episode was temporary
		period  = -1
	)
	for _, e := range all {
		if e.newTerm {
			period++
			bridged = false
		} else if last := &out[len(out)-1]; r.joins(last, e, &bridged) {
			last.End, last.Ended, last.Reason, last.Unknown = e.end, e.ended, e.reason, e.unknown
			continue
		}
		if temporary(e.place) {
			r.repair(e.row, "temporary", "a period of care begins with a temporary placement (rule 378): it is counted with the one after it, if there is one")
		}
		out = append(out, Placement{
			Start: e.start, End: e.end, Code: e.place, Provider: e.provider, LegalStatus: e.legal,
			Reason: e.reason, Ended: e.ended, Unknown: e.unknown, Period: period,
			LeftTruncated: e.start.Before(r.window.From),
		})
	}
	return out
}

// joins reports whether an episode is part of the placement that ends where it begins.
func (r *reader) joins(last *Placement, e episode, bridged *bool) bool {
	switch {
	case temporary(e.place):
		r.repair(e.row, "temporary", "a temporary placement ("+e.place+") is part of the placement before it")
		*bridged = true
		return true
	case temporary(last.Code):
		last.Code, last.Provider = e.place, e.provider
		return true
	case *bridged && e.place == last.Code:
		*bridged = false
		return true
	}
	*bridged = false
	return e.place == last.Code && (e.rne == "L" || e.rne == "T" || e.rne == "U")
}
