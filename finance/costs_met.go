package finance

// Costs are met from cash above the reserve, then the facility, then the reserve,
// and what is still missing is a shortfall.

// payCosts meets the day's costs.
func (f *facility) payCosts(a *Account, day int) {
	due := a.Costs[day]
	if f.recycles {
		due -= a.recycle(day, min(due, f.spare(&a.held, day)))
	}
	if due > 0 {
		f.fund(a, day, due)
	}
}

// held is the reserve that is kept on a day: none on the last, or once a covenant has
// ended it.
func (f *facility) held(h *holding, day int) int64 {
	if h.covenants.swept || day == len(f.reserve)-1 {
		return 0
	}
	return f.reserve[day]
}

// spare is the cash above the reserve.
func (f *facility) spare(h *holding, day int) int64 {
	return max(0, h.capitalIn+h.receiptIn-f.held(h, day))
}

// recycle pays up to an amount out of receipts, and returns what it paid.
func (a *Account) recycle(day int, due int64) int64 {
	paid := min(due, a.held.receiptIn)
	a.held.receiptIn -= paid
	a.Recycled[day] += paid
	return paid
}

// fund pays an amount with investors' money, drawing what it needs, then with the
// reserve, and leaves what these do not cover as a shortfall.
func (f *facility) fund(a *Account, day int, due int64) {
	h := &a.held
	due -= h.payCapital(min(due, f.spare(h, day)))
	if due > 0 {
		before := h.capitalIn
		f.drawFor(a, day, due)
		due -= h.payCapital(h.capitalIn - before)
	}
	if due > 0 { // the reserve
		due -= h.payCapital(due)
		if f.recycles {
			due -= a.recycle(day, due)
		}
	}
	a.shortfall(day, due)
}

// payCapital pays up to an amount out of investors' money, and returns what it paid.
func (h *holding) payCapital(due int64) int64 {
	paid := min(due, h.capitalIn)
	h.capitalIn -= paid
	return paid
}
