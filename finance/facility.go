package finance

import (
	"cmp"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// facility is the terms of the capital made ready.
type facility struct {
	investors []investor
	ranks     [][]int // investors in order of repayment, equals together
	scheduled bool
	recycles  bool
	// shortfallLast tells that a shortfall is paid back after the investors.
	shortfallLast bool
	reserve       int64
	bears         bool      // whether there is any interest
	grows         bool      // whether there is a preferred return
	interest      []float64 // on £1 owed, from the day before to each day
	growth        []float64 // of what is owed, from the day before to each day
	lastDraw      int       // last day on which anything can be drawn
	repayFrom     int       // first day on which anything is repaid
	// keep is the last day whose costs a day's receipts are kept for, by day;
	// -1 on days without receipts.
	keep []int
}

// investor is one source of capital. The penny in which a commitment ends is
// its last.
type investor struct {
	name    string
	rank    int
	surplus int64   // weight of its share
	limit   []int64 // of all drawn up to each day, in pence
}

// unlimited is the commitment of the one investor where none is named: far
// above any cost, and far below what pence can hold.
const unlimited = math.MaxInt64 / 8

// anyone is the investor of a programme that names none.
const anyone = "investors"

func newFacility(terms *model.Facility, d *days) facility {
	if terms == nil {
		terms = &model.Facility{}
	}
	n := len(d.all)
	f := facility{
		investors: investorsOf(terms, d),
		scheduled: terms.Drawing == model.OnSchedule, recycles: !terms.NoRecycling, shortfallLast: terms.ShortfallLast,
		reserve: penceOf(terms.Reserve),
		bears:   terms.Interest != 0, grows: terms.PreferredReturn != 0,
		interest: make([]float64, n), growth: make([]float64, n), keep: make([]int, n),
		lastDraw: n - 1,
	}
	f.ranks = ranked(f.investors)
	for i, day := range d.all {
		f.growth[i] = 1
		if i > 0 {
			years := float64(day.Sub(d.all[i-1])) / daysPerYear
			f.interest[i], f.growth[i] = terms.Interest*years, math.Pow(1+terms.PreferredReturn, years)
		}
		if !terms.DrawsUntil.IsZero() && day.After(terms.DrawsUntil) {
			f.lastDraw = min(f.lastDraw, i-1)
		}
		if day.Before(terms.RepayFrom) {
			f.repayFrom = i + 1
		}
		f.keep[i] = -1
	}
	// Receipts come in before the costs of their day are paid: the next one
	// meets those of its own.
	for q, day := range d.receipts {
		f.keep[day] = n - 1
		if q+1 < len(d.receipts) {
			f.keep[day] = d.receipts[q+1] - 1
		}
	}
	return f
}

// investorsOf are those whom the terms name, or else one without a limit.
func investorsOf(terms *model.Facility, d *days) (all []investor) {
	shares, commitments := false, false
	for _, i := range terms.Investors {
		shares = shares || !i.Surplus.IsZero()
		commitments = commitments || penceOf(i.Commitment) > 0
	}
	for _, i := range terms.Investors {
		commitment := penceOf(i.Commitment)
		one := investor{name: i.Name, rank: max(1, i.Rank), limit: limits(terms.Tranches, commitment, d)}
		switch {
		case shares:
			one.surplus = billionths(i.Surplus)
		case commitments:
			one.surplus = commitment
		default: // nobody commits anything, and yet the surplus is somebody's
			one.surplus = 1
		}
		all = append(all, one)
	}
	if len(all) == 0 {
		all = []investor{{name: anyone, rank: 1, surplus: 1, limit: limits(nil, unlimited, d)}}
	}
	return all
}

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

// limits is how much of a commitment can have been drawn by each day.
func limits(tranches []model.Tranche, commitment int64, d *days) []int64 {
	limit := make([]int64, len(d.all))
	for i, day := range d.all {
		free := commitment
		if len(tranches) > 0 {
			free = released(tranches, commitment, day)
		}
		limit[i] = free
	}
	return limit
}

// released is the part of a commitment that tranches up to a day have released.
// It is rounded on the sum of shares, so that it never falls nor passes the
// commitment.
func released(tranches []model.Tranche, commitment int64, day calendar.Date) int64 {
	var share decimal.Decimal
	for _, t := range tranches {
		if !t.On.After(day) {
			share = share.Add(t.Share)
		}
	}
	return portion(commitment, billionths(share), whole)
}

// holding is where the money stands on the day being worked out.
type holding struct {
	stakes    []stake // by investor
	capitalIn int64   // cash that comes from investors
	receiptIn int64   // cash that comes from receipts
	shortfall int64   // not paid back
	weights   []int64 // working space, by investor
	parts     []int64
}

// stake is what one investor has in the programme, in pence.
type stake struct {
	drawn   int64   // of all so far
	capital int64   // drawn and not repaid
	owed    float64 // with the preferred return
	accrued float64 // interest since it was last paid
}

func newHolding(investors int) holding {
	return holding{stakes: make([]stake, investors), weights: make([]int64, investors), parts: make([]int64, investors)}
}

func (h *holding) reset() {
	clear(h.stakes)
	h.capitalIn, h.receiptIn, h.shortfall = 0, 0, 0
}

// run follows cash and facility day by day, from the costs and receipts of an
// account.
func (f *facility) run(d *days, a *Account) {
	h := &a.held
	h.reset()
	clear(a.Drawn)
	clear(a.Interest)
	clear(a.Repaid)
	clear(a.Shortfall)
	clear(a.ShortfallRepaid)
	clear(a.Recycled)
	for day := range a.Costs {
		if f.bears || f.grows {
			f.accrue(h, day)
		}
		h.receiptIn += a.Receipts[day]
		if f.scheduled {
			f.drawTranche(a, day)
		}
		if a.Costs[day] > 0 {
			f.payCosts(a, day)
		}
		if f.bears && d.interest[day] {
			f.payInterest(a, day)
		}
		if last := day == len(a.Costs)-1; last || f.keep[day] >= 0 && day >= f.repayFrom {
			f.repay(a, day, last)
		}
		a.Cash[day] = h.capitalIn + h.receiptIn
	}
}

// accrue brings what is owed up to a day.
func (f *facility) accrue(h *holding, day int) {
	interest, growth := f.interest[day], f.growth[day]
	for i := range h.stakes {
		one := &h.stakes[i]
		one.owed *= growth
		one.accrued += interest * float64(one.capital)
	}
}

// draw takes an amount from one investor.
func (a *Account) draw(investor, day int, amount int64) {
	a.Drawn[investor*len(a.Days)+day] += amount
	one := &a.held.stakes[investor]
	one.drawn += amount
	one.capital += amount
	one.owed += float64(amount)
	a.held.capitalIn += amount
}

// drawTranche draws all that can be.
func (f *facility) drawTranche(a *Account, day int) {
	if day > f.lastDraw {
		return
	}
	for i := range f.investors {
		a.draw(i, day, f.investors[i].limit[day]-a.held.stakes[i].drawn)
	}
}

// drawFor draws up to an amount for a cost, from all investors in proportion to
// what they can still give.
func (f *facility) drawFor(a *Account, day int, amount int64) {
	if f.scheduled || day > f.lastDraw {
		return
	}
	h, free := &a.held, int64(0)
	for i := range f.investors {
		h.weights[i] = f.investors[i].limit[day] - h.stakes[i].drawn
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

// recycle pays up to an amount out of receipts.
func (a *Account) recycle(day int, due int64) int64 {
	paid := min(due, a.held.receiptIn)
	a.held.receiptIn -= paid
	a.Recycled[day] += paid
	return paid
}

// fund pays an amount with investors' money and, where that is not enough, a
// shortfall.
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

// payInterest pays what has accrued, out of receipts first even where these do
// not meet costs.
func (f *facility) payInterest(a *Account, day int) {
	h, sum := &a.held, int64(0)
	for i := range h.stakes {
		one := &h.stakes[i]
		due := wholePence(one.accrued) // what was rounded up before is not paid back
		one.accrued -= float64(due)
		a.Interest[i*len(a.Days)+day] = due
		sum += due
	}
	if due := sum - a.recycle(day, sum); due > 0 {
		f.fund(a, day, due)
	}
}

// repay pays out what is not kept, on the last day everything.
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
		for i := range f.investors {
			h.weights[i] = f.investors[i].surplus
		}
		apportion(left, h.weights, h.parts)
		for i, part := range h.parts {
			a.Repaid[i*len(a.Days)+day] += part
			a.payOut(part)
		}
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

// kept is what the day's cash is kept for: the reserve, and the costs up to the
// next receipt where receipts pay them.
func (f *facility) kept(a *Account, day int) int64 {
	kept := f.reserve
	if f.recycles {
		for later := day + 1; later <= f.keep[day]; later++ {
			kept += a.Costs[later]
		}
	}
	return kept
}

// repayRank repays what the investors of a rank are owed, as far as an amount
// goes, and returns what it took.
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

// mostOwed is the most that one investor is owed at a time, in pence: compound
// returns of decades know no bounds, and sums do.
const mostOwed = math.MaxInt64 / 1024

// wholePence rounds to the penny, halves up, from 0 to mostOwed.
func wholePence(pence float64) int64 {
	switch {
	case pence < 0.5:
		return 0
	case pence > mostOwed:
		return mostOwed
	}
	return int64(math.Round(pence))
}

// payOut takes cash that leaves for good, receipts first.
func (a *Account) payOut(amount int64) {
	from := min(amount, a.held.receiptIn)
	a.held.receiptIn -= from
	a.held.capitalIn -= amount - from
}

// apportion divides an amount in proportion to weights, to the penny; no part
// is above its weight if the amount is not above their sum. All are 0 or more.
func apportion(amount int64, weights, parts []int64) {
	total := int64(0)
	for _, w := range weights {
		total += w
	}
	if len(weights) == 2 && total > 0 {
		parts[0] = amount
		if weights[1] > 0 {
			parts[0] = floorPortion(amount, weights[0], total)
		}
		parts[1] = amount - parts[0]
		return
	}
	clear(parts)
	before, sum := int64(0), int64(0)
	for i, w := range weights {
		if w == 0 {
			continue
		}
		upTo := amount
		if sum += w; sum < total {
			upTo = floorPortion(amount, sum, total)
		}
		parts[i] = upTo - before
		before = upTo
	}
}
