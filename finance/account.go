package finance

import (
	"errors"
	"math"
	"math/bits"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// ErrNoDelivery says that a programme states no delivery terms, so that there
// is no cash flow to speak of.
var ErrNoDelivery = errors.New("the programme states no delivery terms, without which there is no cash flow: add delivery to its file")

// Cash is a programme's delivery and capital terms made ready: one Cash follows
// the money of many ledgers, one after the other. Use [Cash.Clone] for another
// goroutine.
type Cash struct {
	*terms
	rates *RateFinder
	flows []int64 // working space: of one investor, by day
	all   []int64 // of all together
}

// terms is the part of Cash that does not change.
type terms struct {
	days       *days
	delivery   delivery
	disallowed int64     // billionths
	factors    []float64 // present value, by day
	hurdle     []float64 // the same at the facility's hurdle
	facility   facility
}

// NewCash prepares a valid programme. The error is [ErrNoDelivery], or says in
// a sentence what cannot be followed: amounts that have grown beyond trillions
// of pounds, days outside the years 1 to 9999.
func NewCash(p *model.Programme) (*Cash, error) {
	if p.Delivery == nil {
		return nil, ErrNoDelivery
	}
	d, err := newDays(p)
	if err != nil {
		return nil, err
	}
	costs, err := newDelivery(p, d)
	if err != nil {
		return nil, err
	}
	t := &terms{days: d, delivery: costs, disallowed: billionths(p.Delivery.Disallowed)}
	hurdle := 0.0
	if p.Facility != nil {
		hurdle = p.Facility.Hurdle
	}
	for _, day := range d.all {
		t.hurdle = append(t.hurdle, math.Pow(1+hurdle, -float64(day.Sub(p.Start))/daysPerYear))
		t.factors = append(t.factors, math.Pow(1+p.DiscountRate, -float64(day.Sub(p.Start))/daysPerYear))
	}
	t.facility = newFacility(p.Facility, d)
	return t.cash(), nil
}

// Clone returns a Cash of the same programme for another goroutine.
func (c *Cash) Clone() *Cash { return c.cash() }

func (t *terms) cash() *Cash {
	n := len(t.days.all)
	return &Cash{terms: t, rates: NewRateFinder(t.days.all), flows: make([]int64, n), all: make([]int64, n)}
}

// Account is the money of one programme, day by day, in pence. Every slice over
// days is in the order of Days. On each day
//
//	cash before + receipts + drawn + shortfall
//	    = costs + interest + repaid + shortfall repaid + cash after
//
// where drawn, interest and repaid are sums over investors.
type Account struct {
	Days      []calendar.Date `json:"days"` // on which money can move
	Investors []string        `json:"investors"`
	CostLines []string        `json:"cost_lines"`

	// Lines is the cost of delivery by cost line × quarter in which it arises;
	// costs that are due once are in Costs alone.
	Lines []int64 `json:"lines"`
	Costs []int64 `json:"costs"` // of delivery, by day
	// Receipts are outcome payments and grants, less what is disallowed.
	Receipts []int64 `json:"receipts"`
	// Drawn, Interest and Repaid are by investor × day. Repaid is capital, the
	// preferred return and the surplus.
	Drawn    []int64 `json:"drawn"`
	Interest []int64 `json:"interest"`
	Repaid   []int64 `json:"repaid"`
	// Shortfall is what costs take beyond cash and facility, and
	// ShortfallRepaid what is paid back of it.
	Shortfall       []int64 `json:"shortfall"`
	ShortfallRepaid []int64 `json:"shortfall_repaid"`
	// Recycled is what receipts paid of costs and interest.
	Recycled []int64 `json:"recycled"`
	Cash     []int64 `json:"cash"` // at the end of the day

	held holding // of the facility, on the day being worked out

	counted   []float64 // working space, by quarter
	quarterly []int64   // costs, then payments
}

// NewAccount returns an account of zeros.
func (c *Cash) NewAccount() *Account {
	n, f := len(c.days.all), len(c.facility.investors)
	a := &Account{
		Days: c.days.all, Costs: make([]int64, n), Receipts: make([]int64, n),
		Drawn: make([]int64, f*n), Interest: make([]int64, f*n), Repaid: make([]int64, f*n),
		Shortfall: make([]int64, n), ShortfallRepaid: make([]int64, n), Recycled: make([]int64, n), Cash: make([]int64, n),
		Lines: make([]int64, len(c.delivery.lines)*len(c.days.months)),
		held:  newHolding(f),

		counted: make([]float64, len(c.days.months)), quarterly: make([]int64, len(c.days.months)),
	}
	for _, i := range c.facility.investors {
		a.Investors = append(a.Investors, i.name)
	}
	for _, line := range c.delivery.lines {
		a.CostLines = append(a.CostLines, line.name)
	}
	return a
}

// Follow works out an account from what was counted and what is paid for it. It
// allocates nothing. Counts and ledger must be those of the programme. So that
// every sum fits, no cost line is more in a quarter than its share of £5
// quadrillion: trillions of pounds.
func Follow[N contract.Number](c *Cash, counts *contract.Counts[N], l *contract.Ledger, a *Account) {
	spend(&c.delivery, counts, a)
	c.receive(l, a)
	c.facility.run(c.days, a)
}

// receive works out the receipts by day.
func (c *Cash) receive(l *contract.Ledger, a *Account) {
	clear(a.Receipts)
	paid := a.quarterly
	clear(paid)
	addRows(paid, l.Payments)
	for q, day := range c.days.receipts {
		a.Receipts[day] = paid[q]
		if c.disallowed > 0 {
			a.Receipts[day] -= portion(paid[q], c.disallowed, whole)
		}
	}
}

// whole is the denominator in which shares are held.
const whole = 1_000_000_000

// penceOf is an amount in £ to the nearest penny, halves up.
func penceOf(pounds decimal.Decimal) int64 { return pounds.Shift(2).Round(0).IntPart() }

// billionths is a share of 1 in units of a billionth.
func billionths(share decimal.Decimal) int64 { return share.Shift(9).Round(0).IntPart() }

// portion is amount × part ÷ whole to the nearest penny, halves up. All are 0 or
// more, and part is not above whole.
func portion(amount, part, whole int64) int64 {
	hi, lo := bits.Mul64(uint64(amount), uint64(part))
	lo, carry := bits.Add64(lo, uint64(whole)/2, 0)
	q, _ := bits.Div64(hi+carry, lo, uint64(whole))
	return int64(q)
}

// floorPortion is amount × part ÷ whole, rounded down. All are 0 or more, and
// part is not above whole.
func floorPortion(amount, part, whole int64) int64 {
	hi, lo := bits.Mul64(uint64(amount), uint64(part))
	if hi == 0 { // as almost always: a short division is faster
		return int64(lo / uint64(whole))
	}
	q, _ := bits.Div64(hi, lo, uint64(whole))
	return int64(q)
}
