package finance

import (
	"math"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// accountPrices is the kind of prices that an account is worked out in, and what
// brings it into those that it is to be in.
type accountPrices struct {
	index contract.PriceIndex
	// fixed is cash where an amount of contract, delivery or facility has an
	// indexation of its own, and constant otherwise. Then everything keeps its
	// value until it is paid, and inflation changes nothing in constant prices.
	fixed contract.Prices
	// byDay and byQuarter are the factors; nil where nothing has to be converted.
	// A cash flow takes the financial year of the day on which it is paid.
	byDay, byQuarter []float64
	// paid turns what is due for a quarter into what is paid for it, where that
	// is fixed in constant prices and the account in cash; nil elsewhere.
	paid []float64
}

func newAccountPrices(p *model.Programme, d *days, prices contract.Prices) accountPrices {
	a := accountPrices{index: p.PriceIndex(), fixed: p.Contract.FixedIn()}
	if p.Delivery.Indexation.Valid || p.Facility != nil && p.Facility.Indexation.Valid {
		a.fixed = contract.Cash
	}
	if p.Inflation == 0 {
		return a
	}
	if a.fixed != prices {
		for _, day := range d.all {
			a.byDay = append(a.byDay, a.factor(day.FinancialYear()))
		}
		for _, quarter := range p.Shape().Quarters {
			a.byQuarter = append(a.byQuarter, a.factor(quarter.FinancialYear()))
		}
	}
	if a.fixed == contract.Cash && p.Contract.FixedIn() == contract.Constant {
		for _, day := range d.receipts {
			a.paid = append(a.paid, a.index.In(d.all[day].FinancialYear()))
		}
	}
	return a
}

// factor turns an amount of a financial year into the other kind of prices.
func (a *accountPrices) factor(year calendar.FinancialYear) float64 {
	if a.fixed == contract.Cash {
		return 1 / a.index.In(year)
	}
	return a.index.In(year)
}

// show brings an account into the prices that it is to be in, every amount to the
// penny.
func (c *Cash) show(a *Account) {
	if c.prices.byDay == nil {
		return
	}
	convert(a.Lines, c.prices.byQuarter)
	c.delivery.byDay(a, c.prices.byDay)
	c.showFlows(a)
}

// showFlows does so with all but the costs, and works out by how much cash that is held
// changes in value.
func (c *Cash) showFlows(a *Account) {
	for _, amounts := range [][]int64{
		a.Receipts, a.Drawn, a.Fees, a.Interest, a.Repaid, a.Guaranteed, a.Shortfall, a.ShortfallRepaid, a.Recycled, a.Cash,
	} {
		convert(amounts, c.prices.byDay)
	}
	before := int64(0)
	for day := range a.Days {
		moved := a.Receipts[day] - a.Costs[day]
		for at := day; at < len(a.Shortfall); at += len(a.Days) {
			moved += a.Shortfall[at] - a.ShortfallRepaid[at]
		}
		for at := day; at < len(a.Drawn); at += len(a.Days) {
			moved += a.Drawn[at] + a.Guaranteed[at] - a.Fees[at] - a.Interest[at] - a.Repaid[at]
		}
		a.Revalued[day] = a.Cash[day] - before - moved
		before = a.Cash[day]
	}
}

// convert multiplies amounts of any number of rows by the factors of their
// columns, to the penny.
func convert(amounts []int64, factors []float64) {
	for at, amount := range amounts {
		if amount != 0 {
			amounts[at] = int64(math.Round(float64(amount) * factors[at%len(factors)]))
		}
	}
}
