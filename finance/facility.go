package finance

import (
	"math"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// facility is the terms of the capital made ready.
type facility struct {
	investors []investor
	ranks     [][]int // investors in order of repayment, equals together
	scheduled bool    // whether tranches are drawn in full on their days
	recycles  bool    // whether receipts pay costs
	// shortfallLast is whether a shortfall is paid back after the investors.
	shortfallLast bool
	reserve       []int64 // by day
	// uprated is, by day, what has been drawn so far is multiplied by before it is
	// set against a commitment that has risen on a 1 April since the day before;
	// nil where commitments do not rise.
	uprated   []float64
	bears     bool      // whether there is any interest
	grows     bool      // whether there is a preferred return
	interest  []float64 // on £1 owed, from the day before to each day
	growth    []float64 // of what is owed, from the day before to each day
	lastDraw  int       // last day on which anything can be drawn
	repayFrom int       // first day on which anything is repaid
	// keep is the last day whose costs a day's receipts are kept for, by day;
	// -1 on days without receipts.
	keep []int
}

// investor is one source of capital.
type investor struct {
	name     string
	rank     int
	residual int64   // weight of its share of the residual
	limit    []int64 // of all drawn up to each day, in pence
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
		reserve: c.reserve(terms.Reserve), uprated: c.uprated(),
		bears: terms.Interest.Yearly != 0, grows: terms.PreferredReturn.Yearly != 0,
		lastDraw: len(d.all) - 1,
		keep:     keptUntil(d),
	}
	f.ranks = ranked(f.investors)
	f.interest, f.growth = accruals(terms, d, fixed, p.Inflation)
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
	shortfall int64   // not paid back
	weights   []int64 // working space, by investor
	parts     []int64
}

// stake is what one investor has in the programme, in pence.
type stake struct {
	drawn   int64   // of all so far, as it counts towards the commitment
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
// account. On each day receipts come first, then draws on schedule, costs,
// interest and repayments.
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
		if f.uprated != nil {
			h.uprate(f.uprated[day])
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
