package finance

import (
	"cmp"
	"slices"
)

// Cash that is not kept is paid out in this order: to whoever met a shortfall
// (or after the investors, if the terms say so), then to the investors by rank,
// with their preferred return; on the last day what is left is the residual.

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

// keptUntil is, by day of receipts, the last day whose costs they are kept for;
// -1 on other days. Receipts come in before the costs of their day are paid: the
// next one meets those of its own.
func keptUntil(d *days) []int {
	keep := slices.Repeat([]int{-1}, len(d.all))
	for q, day := range d.receipts {
		keep[day] = len(d.all) - 1
		if q+1 < len(d.receipts) {
			keep[day] = d.receipts[q+1] - 1
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
	for _, rank := range f.ranks {
		if left == 0 {
			return
		}
		left -= f.repayRank(a, day, rank, left)
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

// repayShortfall pays back what was found for a shortfall, as far as an amount
// goes, and returns what it took.
func (a *Account) repayShortfall(day int, left int64) int64 {
	paid := min(left, a.held.shortfall)
	a.held.shortfall -= paid
	a.ShortfallRepaid[day] += paid
	a.payOut(paid)
	return paid
}

// kept is the cash that is not paid out: the reserve and, where receipts pay
// costs, the costs up to the next receipt.
func (f *facility) kept(a *Account, day int) int64 {
	kept := f.reserve[day]
	if f.recycles {
		for later := day + 1; later <= f.keep[day]; later++ {
			kept += a.Costs[later]
		}
	}
	return kept
}

// repayRank repays what the investors of a rank are owed, as far as an amount
// goes, in proportion to what each is owed, and returns what it took.
func (f *facility) repayRank(a *Account, day int, rank []int, left int64) int64 {
	h, owed := &a.held, int64(0)
	dues := h.weights[:len(rank)]
	for n, i := range rank {
		dues[n] = wholePence(h.stakes[i].owed)
		owed += dues[n]
	}
	paid := min(left, owed)
	apportion(paid, dues, h.parts[:len(rank)])
	for n, i := range rank {
		one, part := &h.stakes[i], h.parts[n]
		a.Repaid[i*len(a.Days)+day] += part
		one.capital -= min(one.capital, part)
		if one.owed -= float64(part); part == dues[n] { // less than half a penny is left
			one.owed = 0
		}
	}
	a.payOut(paid)
	return paid
}

// payOut takes cash that leaves for good, receipts first.
func (a *Account) payOut(amount int64) {
	from := min(amount, a.held.receiptIn)
	a.held.receiptIn -= from
	a.held.capitalIn -= amount - from
}
