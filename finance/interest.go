package finance

import (
	"math"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// accruals are, from the day before to each day, the interest on £1 and the
// growth of what is owed with the preferred return, in the prices that the account
// is worked out in: nominal in cash, real in constant prices. A rate of 0 is none.
func accruals(terms *model.Facility, d *days, fixed contract.Prices, inflation float64) (interest, growth []float64) {
	yearly := func(r model.Rate) float64 {
		if r.Yearly == 0 {
			return 0
		}
		return r.In(fixed, inflation)
	}
	interest, growth = make([]float64, len(d.all)), make([]float64, len(d.all))
	for i, day := range d.all {
		growth[i] = 1
		if i > 0 {
			years := float64(day.Sub(d.all[i-1])) / daysPerYear
			interest[i], growth[i] = yearly(terms.Interest)*years, math.Pow(1+yearly(terms.PreferredReturn), years)
		}
	}
	return interest, growth
}

// accrue adds interest and the preferred return up to a day.
func (f *facility) accrue(h *holding, day int) {
	interest, growth := f.interest[day], f.growth[day]
	for i := range h.stakes {
		one := &h.stakes[i]
		one.owed *= growth
		one.accrued += interest * float64(one.capital)
	}
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
