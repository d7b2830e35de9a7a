package finance

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
)

// covenant is a test made ready. Amounts are in pence.
type covenant struct {
	receipts bool  // whether it is a test of receipts on a day, rather than of what is drawn
	day      int   // of the test of receipts
	least    int64 // receipts by then
	most     []int64
	then     model.Consequence
	finder   int // who steps in
}

// state is what breaches of covenants have led to.
type state struct {
	stopped, swept bool
	finder         int // of shortfalls
}

func newCovenants(terms *model.Facility, c *commitments) (all []covenant) {
	finders := findersOf(terms)
	for _, stated := range terms.Covenants {
		one := covenant{then: stated.Then, receipts: stated.ReceiptsBelow.Valid, finder: max(0, slices.Index(finders, stated.StepsIn))}
		if one.receipts {
			one.day = c.days.index(stated.On)
			one.least = c.on(penceOf(stated.ReceiptsBelow.Decimal), one.day)
		} else {
			one.most = c.reserve(stated.DrawnAbove.Decimal)
		}
		all = append(all, one)
	}
	return all
}

// breached reports whether a covenant fails at the end of a day.
func (c *covenant) breached(h *holding, f *facility, day int) bool {
	if c.receipts {
		return day == c.day && h.received < c.least
	}
	outstanding := int64(0)
	for i := range h.stakes {
		if !f.investors[i].grant {
			outstanding += h.stakes[i].capital
		}
	}
	return outstanding > c.most[day]
}

// test finds the covenants that are breached for the first time; what follows holds
// from the next day on.
func (f *facility) test(a *Account, day int) {
	h := &a.held
	for n := range f.covenants {
		c := &f.covenants[n]
		if !a.Breached[n].IsZero() || !c.breached(h, f, day) {
			continue
		}
		a.Breached[n] = a.Days[day]
		switch c.then {
		case model.StopDrawing:
			h.covenants.stopped = true
		case model.SweepAll:
			h.covenants.swept = true
		case model.StepIn:
			h.covenants.finder = c.finder
		}
	}
}
