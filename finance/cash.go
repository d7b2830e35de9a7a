package finance

import (
	"errors"
	"slices"

	"github.com/edgeofcare/edgeofcare/finance/internal/roots"
	"github.com/edgeofcare/edgeofcare/internal/decimals"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// ErrNoDelivery says that a programme states no delivery terms, so that there
// is no cash flow to work out.
var ErrNoDelivery = errors.New("the programme states no delivery terms, without which there is no cash flow: add delivery to its file")

// Cash is a programme's delivery and capital terms made ready: it works out the
// accounts of many ledgers, one after the other. It is for one goroutine at a
// time: use [Cash.Clone] for another.
type Cash struct {
	*terms
	roots *roots.Finder
	flows []int64 // working space: flows of one investor, by day
	all   []int64 // the same of all together
	alone bool    // whether no other Cash has the same terms
}

// terms is the part of Cash that does not change.
type terms struct {
	days       *days
	prices     accountPrices
	delivery   delivery
	disallowed int64     // billionths
	factors    []float64 // discount factors, by day
	hurdle     []float64 // the same at the facility's hurdle
	facility   facility
}

// NewCash prepares a valid programme, for accounts in one kind of prices. The error is [ErrNoDelivery], or says
// which amount has grown beyond trillions of pounds, or that money would move
// outside the years 1 to 9999.
func NewCash(p *model.Programme, prices contract.Prices) (*Cash, error) {
	switch {
	case p == nil:
		return nil, errors.New("there is no programme to work out the cash of: read one with package scenario")
	case p.Delivery == nil:
		return nil, ErrNoDelivery
	case p.Calendar().Quarters() == 0:
		return nil, errors.New("the programme has no weeks that can be dated, and so no days on which money moves: give it a start and a number of weeks")
	}
	if err := errors.Join(decimals.In("", p)...); err != nil {
		return nil, err
	}
	d, err := newDays(p)
	if err != nil {
		return nil, err
	}
	in := newAccountPrices(p, d, prices)
	costs, err := newDelivery(p, d, in.fixed)
	if err != nil {
		return nil, err
	}
	t := &terms{days: d, prices: in, delivery: costs, disallowed: billionths(p.Delivery.Disallowed)}
	var hurdle model.Rate
	if p.Facility != nil {
		hurdle = p.Facility.Hurdle
	}
	for _, day := range d.all {
		t.hurdle = append(t.hurdle, discountFactor(hurdle.In(prices, p.Inflation), day.Sub(p.Start)))
		t.factors = append(t.factors, discountFactor(p.DiscountRate.In(prices, p.Inflation), day.Sub(p.Start)))
	}
	if t.facility, err = newFacility(p, d, in.fixed); err != nil {
		return nil, err
	}
	return t.cash(), nil
}

// SetDelivery gives the cash a programme's costs of delivery, where nothing else
// differs from the programme that it was made for, as from one draw of uncertain
// inputs to another: other costs of a child or another scale, of costs that no year
// changes, take less than a microsecond and no memory. Clones are not told. The errors
// are those of [NewCash]; after one the cash is as it was.
func (c *Cash) SetDelivery(p *model.Programme) error {
	if p == nil || p.Delivery == nil {
		return ErrNoDelivery
	}
	if !c.alone {
		c.terms, c.alone = c.terms.clone(), true
	}
	if c.delivery.redraw(p.Delivery) {
		return nil
	}
	costs, err := newDelivery(p, c.days, c.prices.fixed)
	if err == nil {
		c.delivery = costs
	}
	return err
}

// Clone returns a Cash of the same programme for another goroutine.
func (c *Cash) Clone() *Cash {
	if c.alone {
		return c.terms.clone().cash()
	}
	return c.cash()
}

// clone is the same with costs of delivery that can be worked out again.
func (t *terms) clone() *terms {
	own := *t
	own.delivery.lines = slices.Clone(t.delivery.lines)
	for i := range own.delivery.lines {
		line := &own.delivery.lines[i]
		line.stated, line.rate, line.once = slices.Clone(line.stated), slices.Clone(line.rate), slices.Clone(line.once)
	}
	return &own
}

func (t *terms) cash() *Cash {
	var days []int
	for _, day := range t.days.all {
		days = append(days, day.Sub(t.days.all[0]))
	}
	return &Cash{terms: t, roots: roots.New(days), flows: make([]int64, len(days)), all: make([]int64, len(days))}
}
