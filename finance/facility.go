package finance

import (
	"math"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// facility is the terms of the capital made ready.
type facility struct {
	investors []investor
	ranks     [][]int // investors in order of repayment, equals together
	scheduled bool    // whether tranches are drawn in full on their days
	recycles  bool    // whether receipts pay costs
	// shortfallLast is whether a shortfall is paid back after the investors.
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

func newFacility(terms *model.Facility, d *days) facility {
	if terms == nil {
		terms = &model.Facility{}
	}
	f := facility{
		investors: investorsOf(terms, d),
		scheduled: terms.Drawing == model.OnSchedule, recycles: !terms.NoRecycling, shortfallLast: terms.ShortfallLast,
		reserve: penceOf(terms.Reserve),
		bears:   terms.Interest != 0, grows: terms.PreferredReturn != 0,
		lastDraw: len(d.all) - 1,
		keep:     keptUntil(d),
	}
	f.ranks = ranked(f.investors)
	f.interest, f.growth = accruals(terms, d)
	for i, day := range d.all {
		if !terms.DrawsUntil.IsZero() && day.After(terms.DrawsUntil) {
			f.lastDraw = min(f.lastDraw, i-1)
		}
		if day.Before(terms.RepayFrom) {
			f.repayFrom = i + 1
		}
	}
	return f
}

// investorsOf are the investors that the terms name, or else one without a
// limit. The residual is shared by the shares stated, else by commitment, else
// equally.
func investorsOf(terms *model.Facility, d *days) (all []investor) {
	shares, commitments := false, false
	for _, i := range terms.Investors {
		shares = shares || !i.Residual.IsZero()
		commitments = commitments || penceOf(i.Commitment) > 0
	}
	for _, i := range terms.Investors {
		commitment := penceOf(i.Commitment)
		one := investor{name: i.Name, rank: max(1, i.Rank), limit: limits(terms.Tranches, commitment, d)}
		switch {
		case shares:
			one.residual = billionths(i.Residual)
		case commitments:
			one.residual = commitment
		default: // nobody commits anything, and yet the residual is somebody's
			one.residual = 1
		}
		all = append(all, one)
	}
	if len(all) == 0 {
		all = []investor{{name: anyone, rank: 1, residual: 1, limit: limits(nil, unlimited, d)}}
	}
	return all
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
// It is rounded on the sum of shares, so that it neither falls nor exceeds the
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
