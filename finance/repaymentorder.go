package finance

import (
	"cmp"
	"slices"
)

// Cash that is not kept is paid out in this order: to whoever met a shortfall
// (or after the investors, if the terms say so); by rank what is due of capital
// and rolled-up interest; by rank the rest of it to those whose capital is swept;
// by rank the preferred returns; on the last day what is left is the residual.

// ranked lists investors in order of repayment, those of equal rank together.
func ranked(investors []investor) (ranks [][]int) {
	order := make([]int, len(investors))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(investors[a].rank, investors[b].rank) })
	for n, i := range order {
		if n == 0 || investors[i].rank != investors[order[n-1]].rank {
			ranks = append(ranks, nil)
		}
		ranks[len(ranks)-1] = append(ranks[len(ranks)-1], i)
	}
	return ranks
}

// keptUntil is, by day on which cash is paid out, the last day whose costs it is
// kept for; -1 on other days. Receipts come in before the costs of their day are
// paid: the next one meets those of its own.
func keptUntil(d *days) []int {
	keep := slices.Repeat([]int{-1}, len(d.all))
	next := len(d.all) - 1 // the last day before the next receipts
	for day := len(d.all) - 1; day >= 0; day-- {
		receipts := slices.Contains(d.receipts, day)
		if receipts || slices.Contains(d.repaid, day) {
			keep[day] = next
		}
		if receipts {
			next = day - 1
		}
	}
	return keep
}

// repay pays out what is not kept; on the last day, everything.
func (f *facility) repay(a *Account, day int, last bool) {
	h := &a.held
	left := h.capitalIn + h.receiptIn
	if !last {
		left -= f.kept(a, day)
	}
	left = max(0, left)
	if !f.recycles && !last { // investors' money is for costs
		left = min(left, h.receiptIn)
	}
	if !f.shortfallLast {
		left -= a.repayShortfall(day, left)
	}
	for _, what := range []claim{capitalDue, capitalSwept, preferredReturn} {
		for _, rank := range f.ranks {
			if left == 0 {
				return
			}
			left -= f.repayRank(a, day, last, rank, what, left)
		}
	}
	left -= a.repayShortfall(day, left)
	if last && left > 0 {
		f.shareResidual(a, day, left)
	}
}

// shareResidual pays out what is left once everybody has been repaid.
func (f *facility) shareResidual(a *Account, day int, left int64) {
	h := &a.held
	for i := range f.investors {
		h.weights[i] = f.investors[i].residual
	}
	apportion(left, h.weights, h.parts)
	for i, part := range h.parts {
		a.Repaid[i*len(a.Days)+day] += part
		a.payOut(part)
	}
}

// kept is the cash that is not paid out: the reserve and, where receipts pay
// costs, the costs up to the next claim that is paid, as far as the delivery fee that
// comes before it does not meet them.
func (f *facility) kept(a *Account, day int) int64 {
	kept := f.held(&a.held, day)
	if f.recycles {
		costs, most := int64(0), int64(0)
		for later := day + 1; later <= f.keep[day]; later++ {
			costs += a.Costs[later] - a.Receipts[later]
			most = max(most, costs)
		}
		kept += most
	}
	return kept
}

// claim is what an investor can be repaid.
type claim int

const (
	capitalDue      claim = iota // capital and rolled-up interest on their day
	capitalSwept                 // the same, of those who have no such day
	preferredReturn              // with no day
)

// owed is what an investor can be repaid of a claim, in whole pence.
func (f *facility) owed(h *holding, i, day int, last bool, what claim) int64 {
	one, of := &h.stakes[i], &f.investors[i]
	due := last || day >= of.due || h.covenants.swept
	switch {
	case of.grant:
		return 0
	case what == preferredReturn:
		return wholePence(one.preferred)
	case due != (what == capitalDue) || !due && of.due < len(of.commitment):
		return 0
	}
	return one.capital + wholePence(one.rolled)
}

// repayRank repays what the investors of a rank are owed of a claim, as far as an
// amount goes, in proportion to what each is owed, and returns what it took.
func (f *facility) repayRank(a *Account, day int, last bool, rank []int, what claim, left int64) int64 {
	h, owed := &a.held, int64(0)
	dues, parts := h.weights[:len(rank)], h.parts[:len(rank)]
	for n, i := range rank {
		dues[n] = f.owed(h, i, day, last, what)
		owed += dues[n]
	}
	paid := min(left, owed)
	apportion(paid, dues, parts)
	for n, i := range rank {
		a.Repaid[i*len(a.Days)+day] += parts[n]
		if what == preferredReturn {
			h.stakes[i].preferred -= float64(parts[n])
		} else {
			f.payBack(h, i, parts[n])
		}
	}
	a.payOut(paid)
	return paid
}

// payBack takes an amount off rolled-up interest and then capital.
func (f *facility) payBack(h *holding, i int, amount int64) {
	one := &h.stakes[i]
	interest := min(amount, wholePence(one.rolled))
	one.rolled -= float64(interest)
	capital := amount - interest
	one.capital -= capital
	if f.investors[i].revolving {
		one.drawn = max(0, one.drawn-capital)
	}
}

// payOut takes cash that leaves for good, receipts first.
func (a *Account) payOut(amount int64) {
	from := min(amount, a.held.receiptIn)
	a.held.receiptIn -= from
	a.held.capitalIn -= amount - from
}
