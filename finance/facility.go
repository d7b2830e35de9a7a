package finance

import (
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// facility is the terms of the capital made ready.
type facility struct {
	investors []investor
	ranks     [][]int // investors in order of repayment, equals together
	turns     [][]int // investors in order of drawing, those who share together
	// tranches are the days on which a part of any commitment is released, where
	// what is released earlier is drawn first; nil elsewhere.
	tranches  []int
	scheduled bool // whether tranches are drawn in full on their days
	recycles  bool // whether receipts pay costs
	// shortfallLast is whether a shortfall is paid back after the investors.
	shortfallLast bool
	reserve       []int64 // by day
	reserveDrawn  bool    // whether it is drawn on the first day
	// uprated is, by day, what has been drawn so far is multiplied by before it is
	// set against a commitment that has risen on a 1 April since the day before;
	// nil where commitments do not rise.
	uprated   []float64
	accrues   bool // whether any capital earns or costs anything from day to day
	paysCash  bool // whether any of that is paid at the end of each quarter
	lastDraw  int  // last day on which anything can be drawn
	repayFrom int  // first day on which anything is repaid
	// keep is, by day on which cash is paid out, the last day whose costs it is
	// kept for; -1 on other days.
	keep      []int
	covenants []covenant
	finders   []string // who can have to find the money for a shortfall
	positions []position
}

// investor is one source of capital.
type investor struct {
	name       string
	rank       int
	residual   int64   // weight of its share of the residual
	commitment []int64 // by day, in pence
	released   []int64 // the part of it that can have been drawn, by day
	yield      yield
	revolving  bool
	grant      bool
	due        int // first day on which the capital is due; after the last if it is swept
	guarantee  guarantee
}

// unlimited is the commitment of the one investor where none is named: far
// above any cost, and far below what pence can hold.
const unlimited = math.MaxInt64 / 8

// anyone is the investor of a programme that names none.
const anyone = "investors"

func newFacility(p *model.Programme, d *days, fixed contract.Prices) (facility, error) {
	terms := p.Facility
	if terms == nil {
		terms = &model.Facility{}
	}
	c, err := newCommitments(p, terms, d, fixed)
	if err != nil {
		return facility{}, err
	}
	f := facility{
		investors: c.investors(terms),
		scheduled: terms.Drawing == model.OnSchedule, recycles: !terms.NoRecycling, shortfallLast: terms.ShortfallLast,
		reserve: c.reserve(terms.Reserve), reserveDrawn: terms.ReserveDrawn, uprated: c.uprated(),
		lastDraw:  len(d.all) - 1,
		keep:      keptUntil(d),
		covenants: newCovenants(terms, c),
		finders:   findersOf(terms),
		positions: newPositions(terms),
	}
	f.ranks, f.turns = ranked(f.investors), turnsOf(f.investors, terms.DrawOrder)
	if terms.DrawOrder == model.ByTranches {
		f.tranches = d.indices(trancheDates(terms))
		if slices.ContainsFunc(terms.Investors, func(i model.Investor) bool { return len(tranchesOf(terms, i)) == 0 }) {
			f.tranches = append([]int{0}, f.tranches...) // all of theirs is there from the first day
		}
	}
	for i := range f.investors {
		one := &f.investors[i]
		one.yield = newYield(c.termsOf(terms, i), d, fixed, p.Inflation)
		f.accrues = f.accrues || one.yield.any()
		f.paysCash = f.paysCash || one.yield.inCash()
	}
	for i, day := range d.all {
		if !terms.DrawsUntil.IsZero() && day.After(terms.DrawsUntil) {
			f.lastDraw = min(f.lastDraw, i-1)
		}
		if day.Before(terms.RepayFrom) {
			f.repayFrom = i + 1
		}
	}
	return f, nil
}

// holding is where the money stands on the day being worked out.
type holding struct {
	stakes    []stake // by investor
	capitalIn int64   // cash that comes from investors
	receiptIn int64   // cash that comes from receipts
	received  int64   // all receipts so far
	found     []int64 // for shortfalls and not paid back, by finder
	covenants state   // what their breaches have led to
	weights   []int64 // working space, by investor
	parts     []int64
}

// stake is what one investor has in the programme, in pence.
type stake struct {
	drawn   int64     // of all so far, as it counts towards the commitment
	put     int64     // of all so far
	capital int64     // drawn and not repaid
	growth  []float64 // of it with interest, by day; nil for none
	accrued           // on it, and not paid
}

func newHolding(f *facility) holding {
	n := len(f.investors)
	return holding{stakes: make([]stake, n), weights: make([]int64, n), parts: make([]int64, n), found: make([]int64, len(f.finders))}
}

func (h *holding) reset() {
	clear(h.stakes)
	clear(h.found)
	h.capitalIn, h.receiptIn, h.received, h.covenants = 0, 0, 0, state{}
}

// uprate carries what has been drawn of commitments over a 1 April.
func (h *holding) uprate(factor float64) {
	if factor == 1 {
		return
	}
	for i := range h.stakes {
		h.stakes[i].drawn = rounded(float64(h.stakes[i].drawn) * factor)
	}
}

// run works out cash and facility day by day, from the costs and receipts of an
// account. On each day receipts come first, then draws on schedule, costs, fees
// and interest, repayments, guarantees and the tests of covenants.
func (f *facility) run(d *days, l *contract.Ledger, a *Account) {
	h := &a.held
	h.reset()
	a.reset()
	f.reach(h, l)
	for day := range a.Costs {
		if f.accrues && day > 0 {
			f.accrue(h, day)
		}
		if f.uprated != nil {
			h.uprate(f.uprated[day])
		}
		h.receiptIn += a.Receipts[day]
		h.received += a.Receipts[day]
		if f.scheduled {
			f.drawTranche(a, day)
		}
		if f.reserveDrawn && day == 0 {
			f.drawFor(a, day, f.reserve[day])
		}
		if a.Costs[day] > 0 {
			f.payCosts(a, day)
		}
		if f.paysCash && d.interest[day] {
			f.payCash(a, day)
		}
		if last := day == len(a.Costs)-1; last || f.keep[day] >= 0 && (day >= f.repayFrom || h.covenants.swept) {
			f.repay(a, day, last)
		}
		f.callGuarantees(a, day)
		a.Cash[day] = h.capitalIn + h.receiptIn
		f.test(a, day)
	}
}
