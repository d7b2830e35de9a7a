package finance

// draw takes an amount from one investor.
func (a *Account) draw(investor, day int, amount int64) {
	a.Drawn[investor*len(a.Days)+day] += amount
	one := &a.held.stakes[investor]
	one.drawn += amount
	one.capital += amount
	one.owed += float64(amount)
	a.held.capitalIn += amount
}

// drawTranche draws all that tranches up to the day have released.
func (f *facility) drawTranche(a *Account, day int) {
	if day > f.lastDraw {
		return
	}
	for i := range f.investors {
		a.draw(i, day, f.free(&a.held, i, day))
	}
}

// free is what is left of an investor's commitment on a day.
func (f *facility) free(h *holding, investor, day int) int64 {
	return max(0, f.investors[investor].limit[day]-h.stakes[investor].drawn)
}

// drawFor draws up to an amount for a cost, from all investors in proportion to
// what is left of their commitments. The penny in which a commitment ends is its
// last.
func (f *facility) drawFor(a *Account, day int, amount int64) {
	if f.scheduled || day > f.lastDraw {
		return
	}
	h, free := &a.held, int64(0)
	for i := range f.investors {
		h.weights[i] = f.free(h, i, day)
		free += h.weights[i]
	}
	if free == 0 {
		return
	}
	apportion(min(amount, free), h.weights, h.parts)
	for i, part := range h.parts {
		a.draw(i, day, part)
	}
}

// payCosts meets the day's costs from cash, then the facility, then a shortfall.
func (f *facility) payCosts(a *Account, day int) {
	due := a.Costs[day]
	if f.recycles {
		due -= a.recycle(day, due)
	}
	if due > 0 {
		f.fund(a, day, due)
	}
}

// recycle pays up to an amount out of receipts, and returns what it paid.
func (a *Account) recycle(day int, due int64) int64 {
	paid := min(due, a.held.receiptIn)
	a.held.receiptIn -= paid
	a.Recycled[day] += paid
	return paid
}

// fund pays an amount with investors' money and leaves what that does not cover
// as a shortfall.
func (f *facility) fund(a *Account, day int, due int64) {
	h := &a.held
	if due > h.capitalIn {
		f.drawFor(a, day, due-h.capitalIn)
	}
	paid := min(due, h.capitalIn)
	h.capitalIn -= paid
	a.Shortfall[day] += due - paid
	h.shortfall += due - paid
}
