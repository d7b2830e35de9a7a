package finance

import (
	"math"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Every rate is effective and yearly: over d days a balance is charged
//
//	balance × ((1 + rate)^(d/365) - 1),
//
// from each change of the balance to the next, and what has been charged and not
// paid is part of the balance.

// yield is what capital earns, as growth from the day before to each day, in the
// prices that the account is worked out in: nominal in cash, real in constant
// prices. One that is nil is nothing.
type yield struct {
	interest  []float64 // on what is drawn and not repaid
	rolledUp  bool      // whether it is added to that
	preferred []float64 // the same for the preferred return
	fee       []float64 // on what is committed and not drawn
}

func newYield(terms model.Terms, d *days, fixed contract.Prices, inflation float64) yield {
	growth := func(r model.Rate) []float64 {
		if r.Yearly == 0 {
			return nil
		}
		factors := make([]float64, len(d.all))
		for i, day := range d.all {
			factors[i] = 1
			if i > 0 {
				factors[i] = math.Pow(1+r.In(fixed, inflation), float64(day.Sub(d.all[i-1]))/daysPerYear)
			}
		}
		return factors
	}
	return yield{
		interest: growth(terms.Interest), rolledUp: terms.RolledUp,
		preferred: growth(terms.PreferredReturn), fee: growth(terms.CommitmentFee),
	}
}

// any reports whether there is anything.
func (y *yield) any() bool { return y.interest != nil || y.preferred != nil || y.fee != nil }

// inCash reports whether any of it is paid at the end of each quarter.
func (y *yield) inCash() bool { return y.interest != nil && !y.rolledUp || y.fee != nil }

// accrued is what capital has earned and not been paid, in pence.
type accrued struct {
	interest  float64 // paid in cash
	rolled    float64 // interest rolled up
	preferred float64
	fee       float64
}

// charge adds to what has been charged on a balance and not paid.
func charge(charged *float64, balance int64, growth float64) {
	*charged = (float64(balance)+*charged)*growth - float64(balance)
}

// accrue adds what capital has earned since the day before.
func (f *facility) accrue(h *holding, day int) {
	for i := range h.stakes {
		one, y := &h.stakes[i], &f.investors[i].yield
		if y.interest != nil {
			charged := &one.interest
			if y.rolledUp {
				charged = &one.rolled
			}
			charge(charged, one.capital, y.interest[day])
		}
		if y.preferred != nil {
			charge(&one.preferred, one.capital, y.preferred[day])
		}
		if y.fee != nil && day <= f.lastDraw && !h.covenants.stopped {
			charge(&one.fee, max(0, f.investors[i].commitment[day-1]-one.drawn), y.fee[day])
		}
	}
}

// payCash pays fees and cash interest, out of receipts first even where these do
// not meet costs.
func (f *facility) payCash(a *Account, day int) {
	h, sum := &a.held, int64(0)
	for i := range h.stakes {
		at := i*len(a.Days) + day
		a.Fees[at] = settle(&h.stakes[i].fee)
		a.Interest[at] = settle(&h.stakes[i].interest)
		sum += a.Fees[at] + a.Interest[at]
	}
	if due := sum - a.recycle(day, sum); due > 0 {
		f.fund(a, day, due)
	}
}

// settle takes the whole pence that are due; what was rounded up is not paid again.
func settle(charged *float64) int64 {
	due := wholePence(*charged)
	*charged -= float64(due)
	return due
}
