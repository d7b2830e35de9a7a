package finance

import (
	"errors"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Pool is the cash of one fund into which the receipts of several programmes go and
// out of which the costs of all are paid, on the fund's own terms. It is for one
// goroutine at a time: use [Pool.Clone] for another.
type Pool struct {
	*Cash
	places [][]int // by member, the day of the pool of each of its days
}

// NewPool prepares a fund of programmes whose cash has been prepared in the same kind
// of prices. The facility is the fund's, in place of those of the members; nil is one
// investor without a limit. The first member's programme says what prices and
// inflation are.
//
// The error joins what the facility has that a fund cannot have: interest by the rate
// of a cohort, for it has no cohort; a day of repayment, guarantee or covenant outside the days on which a
// member can have receipts; or what else [model.Facility] refuses.
func NewPool(facility *model.Facility, programmes []*model.Programme, prices contract.Prices) (*Pool, error) {
	if len(programmes) == 0 {
		return nil, errors.New("there is no programme to pool: give at least one")
	}
	var members []*Cash
	for _, p := range programmes {
		c, err := NewCash(p, prices)
		if err != nil {
			return nil, err
		}
		members = append(members, c)
	}
	fund, err := fundOf(facility, programmes, prices)
	if err != nil {
		return nil, err
	}
	pool := &Pool{}
	d := pooledDays(facility, members)
	t := &terms{days: d, prices: pooledPrices(fund, members, d, prices)}
	var hurdle model.Rate
	if facility != nil {
		hurdle = facility.Hurdle
	}
	for _, day := range d.all {
		t.hurdle = append(t.hurdle, discountFactor(hurdle.In(prices, fund.Inflation), day.Sub(fund.Start)))
		t.factors = append(t.factors, discountFactor(fund.DiscountRate.In(prices, fund.Inflation), day.Sub(fund.Start)))
	}
	if t.facility, err = newFacility(fund, d, t.prices.fixed); err != nil {
		return nil, err
	}
	pool.Cash = t.cash()
	for _, c := range members {
		pool.places = append(pool.places, d.indices(c.days.all))
	}
	return pool, nil
}

// Clone returns a pool of the same programmes for another goroutine.
func (p *Pool) Clone() *Pool { return &Pool{p.Cash.Clone(), p.places} }

// MemberDays is how many days the account of a member has, by its place.
func (p *Pool) MemberDays(member int) int { return len(p.places[member]) }

// Follow works out the account of the fund from the receipts and costs of every
// member, in pence by day of that member's own account, in the prices of the pool. It
// allocates nothing.
func (p *Pool) Follow(receipts, costs [][]int64, a *Account) {
	clear(a.Receipts)
	clear(a.Costs)
	for m, places := range p.places {
		for day, place := range places {
			a.Receipts[place] += receipts[m][day]
			a.Costs[place] += costs[m][day]
		}
	}
	if p.prices.byDay == nil {
		p.facility.run(p.days, noLedger, a)
		return
	}
	for day, factor := range p.prices.byDay {
		a.Receipts[day] = rounded(float64(a.Receipts[day]) / factor)
		a.Costs[day] = rounded(float64(a.Costs[day]) / factor)
	}
	p.facility.run(p.days, noLedger, a)
	convert(a.Costs, p.prices.byDay)
	p.showFlows(a)
}

// noLedger is that of a fund, which has no cohort whose rate could decide anything.
var noLedger = &contract.Ledger{}

// pooledPrices are the prices that the fund's account is worked out in, as for one
// programme: cash where an amount of any member or of the facility has an indexation of
// its own, and constant otherwise. So its terms mean the same in either kind of prices.
func pooledPrices(fund *model.Programme, members []*Cash, d *days, prices contract.Prices) accountPrices {
	a := accountPrices{index: fund.PriceIndex(), fixed: contract.Constant}
	for _, c := range members {
		if c.prices.fixed == contract.Cash {
			a.fixed = contract.Cash
		}
	}
	if fund.Facility != nil && fund.Facility.Indexation.Valid {
		a.fixed = contract.Cash
	}
	if fund.Inflation != 0 && a.fixed != prices {
		for _, day := range d.all {
			a.byDay = append(a.byDay, a.factor(day.FinancialYear()))
		}
	}
	return a
}

// fundOf is a programme without children that stands for the fund: it begins with the
// first member and ends with the last.
func fundOf(facility *model.Facility, programmes []*model.Programme, prices contract.Prices) (*model.Programme, error) {
	first := programmes[0]
	fund := &model.Programme{
		Name: "fund", Start: first.Start, PriceBase: first.PriceBase, PriceYear: first.PriceYear, Inflation: first.Inflation,
		DiscountRate: first.DiscountRate, Facility: facility, Delivery: &model.Delivery{},
	}
	end, last := calendar.Date{}, calendar.Date{}
	if err := first.SameCurrency(programmes...); err != nil {
		return nil, err
	}
	for _, p := range programmes {
		if p.PriceYear != first.PriceYear || p.Inflation != first.Inflation {
			return nil, fmt.Errorf("%s is in %s and %s in %s: money of one fund is in one kind of prices, so give both the same price base and inflation",
				first.Name, first.PriceText(prices), p.Name, p.PriceText(prices))
		}
		if p.Start.Before(fund.Start) {
			fund.Start = p.Start
		}
		if until := p.Calendar().Last(p.Weeks - 1); until.After(end) {
			end = until
		}
		if paid := lastPaid(p); paid.After(last) {
			last = paid
		}
	}
	fund.Weeks = (end.Sub(fund.Start) + 7) / 7
	fund.Delivery.ClaimsPaidAfter = last.Sub(fund.Calendar().Last(fund.Weeks - 1).Quarter().Last())
	return fund, errors.Join(fund.CheckFacility(), pooledTerms(facility))
}

// lastPaid is the day on which a programme's last claim is paid.
func lastPaid(p *model.Programme) calendar.Date {
	return p.Calendar().Last(p.Weeks - 1).Quarter().Last().AddDays(p.Delivery.ClaimsPaidAfter)
}

// pooledTerms refuses what a fund cannot have.
func pooledTerms(f *model.Facility) error {
	if f == nil {
		return nil
	}
	var faults []error
	all := []model.Terms{f.Terms}
	for _, i := range f.Investors {
		all = append(all, f.TermsOf(i))
	}
	if slices.ContainsFunc(all, func(t model.Terms) bool { return t.InterestByRate != nil }) {
		faults = append(faults, errors.New("interest of a fund cannot depend on the rate of a cohort, for a fund has no cohort: write one rate"))
	}
	return errors.Join(faults...)
}

// pooledDays is every day on which money of any member, or of the fund, can move.
func pooledDays(f *model.Facility, members []*Cash) *days {
	d := &days{}
	var receipts []calendar.Date
	for _, c := range members {
		d.all = append(d.all, c.days.all...)
		for _, day := range c.days.receipts {
			receipts = append(receipts, c.days.all[day])
		}
	}
	repaid, promised := termDates(f)
	end := slices.MaxFunc(receipts, calendar.Date.Compare)
	promised = slices.DeleteFunc(promised, end.Before)
	d.all = slices.Concat(d.all, drawDates(f), repaid, promised)
	slices.SortFunc(d.all, calendar.Date.Compare)
	if paysCash(f) {
		d.all = append(d.all, quarterEnds(d.all[0], d.all[len(d.all)-1])...)
		slices.SortFunc(d.all, calendar.Date.Compare)
	}
	d.all = slices.Compact(d.all)
	d.receipts, d.repaid = d.indices(receipts), d.indices(repaid)
	slices.Sort(d.receipts)
	for i, day := range d.all {
		d.interest = append(d.interest, day == day.Quarter().Last() || i == len(d.all)-1)
	}
	return d
}
