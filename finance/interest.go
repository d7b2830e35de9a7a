package finance

import (
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
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
	interest []float64 // on what is drawn and not repaid
	rolledUp bool      // whether it is added to that
	// metric is whose rate decides which of the tiers interest is, where it depends
	// on the result: the first that is reached, and of none the last.
	metric    string
	tiers     []interestTier
	preferred []float64 // the same for the preferred return
	fee       []float64 // on what is committed and not drawn
}

// interestTier is interest where a rate is reached.
type interestTier struct {
	from   int64 // billionths
	growth []float64
}

func newYield(terms model.Terms, d *days, fixed contract.Prices, inflation float64) yield {
	growth := func(r model.Rate) []float64 {
		if r.Yearly == 0 {
			return nil
		}
		return d.growth(func(calendar.Date) float64 { return yearly(r, fixed, inflation) })
	}
	y := yield{
		interest: growth(terms.Interest), rolledUp: terms.RolledUp,
		preferred: growth(terms.PreferredReturn), fee: growth(terms.CommitmentFee),
	}
	if by := terms.InterestByRate; by != nil {
		y.metric = by.Metric
		for _, tier := range append(slices.Clone(by.Tiers), model.InterestTier{From: none}) {
			y.tiers = append(y.tiers, interestTier{billionths(tier.From), d.growth(func(day calendar.Date) float64 {
				rate := yearly(tier.Interest, fixed, inflation)
				if !day.After(by.Until) {
					rate = max(rate, yearly(by.AtLeast, fixed, inflation))
				}
				return rate
			})})
		}
		y.interest = y.tiers[len(y.tiers)-1].growth
	}
	return y
}

// none is a rate that every cohort reaches, also one that nobody was referred to.
var none = decimal.New(-1, 0)

// yearly is a rate in the prices that an account is worked out in; 0 is nothing.
func yearly(r model.Rate, fixed contract.Prices, inflation float64) float64 {
	if r.Yearly == 0 {
		return 0
	}
	return r.In(fixed, inflation)
}

// growth is the growth from the day before to each day, at the yearly rate that holds
// up to that day.
func (d *days) growth(rate func(calendar.Date) float64) []float64 {
	factors := make([]float64, len(d.all))
	for i, day := range d.all {
		factors[i] = 1
		if i > 0 {
			factors[i] = math.Pow(1+rate(day), float64(day.Sub(d.all[i-1]))/daysPerYear)
		}
	}
	return factors
}

// reach finds the interest that the results of a ledger lead to.
func (f *facility) reach(h *holding, l *contract.Ledger) {
	for i := range f.investors {
		y := &f.investors[i].yield
		h.stakes[i].growth = y.interest
		if y.tiers == nil {
			continue
		}
		for r := range l.Rates {
			if l.Rates[r].Metric == y.metric {
				h.stakes[i].growth = y.reached(l.Rates[r])
			}
		}
	}
}

// reached is the interest of the tier that a rate reaches.
func (y *yield) reached(rate contract.CohortRate) []float64 {
	last := len(y.tiers) - 1
	for _, tier := range y.tiers[:last] {
		if rate.Reaches(tier.from) {
			return tier.growth
		}
	}
	return y.tiers[last].growth
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
		if one.growth != nil {
			charged := &one.interest
			if y.rolledUp {
				charged = &one.rolled
			}
			charge(charged, one.capital, one.growth[day])
		}
		if y.preferred != nil {
			charge(&one.preferred, one.capital, y.preferred[day])
		}
		if y.fee != nil && day <= f.lastDraw && !h.covenants.stopped {
			charge(&one.fee, max(0, f.investors[i].commitment[day-1]-one.drawn), y.fee[day])
		}
	}
}

// payCash pays fees and cash interest, out of receipts above the reserve first even
// where receipts do not meet costs.
func (f *facility) payCash(a *Account, day int) {
	h, sum := &a.held, int64(0)
	for i := range h.stakes {
		at := i*len(a.Days) + day
		a.Fees[at] = settle(&h.stakes[i].fee)
		a.Interest[at] = settle(&h.stakes[i].interest)
		sum += a.Fees[at] + a.Interest[at]
	}
	if due := sum - a.recycle(day, min(sum, f.spare(h, day))); due > 0 {
		f.fund(a, day, due)
	}
}

// settle takes the whole pence that are due; what was rounded up is not paid again.
func settle(charged *float64) int64 {
	due := wholePence(*charged)
	*charged -= float64(due)
	return due
}
