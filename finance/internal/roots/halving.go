package roots

// isolate finds every root by halving, or reports that it cannot in a few
// hundred steps: some roots are then so close together that only descend can
// tell them apart.
func (f *Finder) isolate(total float64) bool {
	// Seen from the first day, terms fall as growth rises above zero; seen from
	// the last, they rise with growth up to zero.
	zero := f.value.at(0)
	zero.exact = signOf(total)
	fromLast, last := zero, f.value.days[len(f.value.days)-1]
	fromLast.receivedDays = last*zero.received - zero.receivedDays
	fromLast.paidDays = last*zero.paid - zero.paidDays

	low, high := f.value.at(lowest), f.value.at(highest)
	low.exact, high.exact = low.sign(), high.sign()
	if low.exact == 0 {
		f.found = append(f.found, lowest)
	}
	steps := 400
	return f.halve(low, fromLast, &steps) && f.halve(zero, high, &steps)
}

// halve finds the roots above from, up to and with to, in ascending order. All
// four sums of a sample rise or fall throughout, so that two samples bound each
// of them in between. If receipts and payments are never equal, there is no
// root; if their derivatives never are, there is at most one.
func (f *Finder) halve(from, to sample, steps *int) bool {
	if *steps--; *steps < 0 {
		return false
	}
	if apart(from.received, to.received, from.paid, to.paid) {
		return true
	}
	if apart(from.receivedDays, to.receivedDays, from.paidDays, to.paidDays) {
		switch {
		case to.exact == 0:
			f.found = append(f.found, to.growth)
		case from.exact*to.exact < 0:
			f.found = append(f.found, newton(&f.value, from.growth, to.growth, (from.growth+to.growth)/2, from.exact))
		}
		return true
	}
	middle := f.value.at((from.growth + to.growth) / 2)
	middle.exact = signOf(middle.received - middle.paid)
	return f.halve(from, middle, steps) && f.halve(middle, to, steps)
}

// apart reports whether everything between a and b is more than everything
// between c and d, or less, by more than rounding could explain.
func apart(a, b, c, d float64) bool {
	return min(a, b) > max(c, d)*(1+rounding) || min(c, d) > max(a, b)*(1+rounding)
}
