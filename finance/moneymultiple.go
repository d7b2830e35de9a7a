package finance

// Multiple is the money multiple: all that was received over all that was paid
// in, undiscounted. 1.2 is £1.20 for each £1. If nothing was paid in there is
// none, and ok is false. (It is also called the multiple on invested capital;
// TVPI in the CFA Institute's GIPS, of an investment that has ended.)
func (r Return) Multiple() (multiple float64, ok bool) {
	if r.PaidIn == 0 {
		return 0, false
	}
	return float64(r.Received) / float64(r.PaidIn), true
}
