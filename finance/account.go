package finance

import (
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Account is the money of one programme, day by day, in pence of one kind of
// prices. Every slice over days is in the order of Days. On each day
//
//	cash before + revalued + receipts + drawn + shortfall
//	    = costs + interest + repaid + shortfall repaid + cash after
//
// where drawn, interest and repaid are sums over investors.
type Account struct {
	Days      []calendar.Date `json:"days"` // on which money can move
	Investors []string        `json:"investors"`
	CostLines []string        `json:"cost_lines"`

	// Lines is the cost of delivery by cost line × quarter in which it arises;
	// costs that are due once are in Costs only.
	Lines []int64 `json:"lines"`
	Costs []int64 `json:"costs"` // of delivery, by day
	// Receipts are outcome payments and grants, less what is disallowed.
	Receipts []int64 `json:"receipts"`
	// Drawn, Interest and Repaid are by investor × day. Repaid is capital, the
	// preferred return and the residual.
	Drawn    []int64 `json:"drawn"`
	Interest []int64 `json:"interest"`
	Repaid   []int64 `json:"repaid"`
	// Shortfall is what costs take beyond cash and facility, and
	// ShortfallRepaid what is paid back of it.
	Shortfall       []int64 `json:"shortfall"`
	ShortfallRepaid []int64 `json:"shortfall_repaid"`
	// Recycled is the costs and interest paid out of receipts.
	Recycled []int64 `json:"recycled"`
	Cash     []int64 `json:"cash"` // at the end of the day
	// Revalued is by how much the cash of the day before changes in value, where
	// the account is worked out in one kind of prices and shown in the other: in
	// constant prices cash that is held loses value on each 1 April. It includes
	// the pennies of rounding.
	Revalued []int64 `json:"revalued"`

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
		Shortfall: make([]int64, n), ShortfallRepaid: make([]int64, n), Recycled: make([]int64, n), Cash: make([]int64, n), Revalued: make([]int64, n),
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

// Follow works out an account from what was counted and what is paid for it.
// Counts and ledger must be those of the programme. It allocates nothing. So that
// every sum fits in an int64, a cost line is cut off in any quarter at its share
// of £5 quadrillion, which is trillions of pounds.
func Follow[N contract.Number](c *Cash, counts *contract.Counts[N], l *contract.Ledger, a *Account) {
	spend(&c.delivery, counts, a)
	c.receive(l, a)
	c.facility.run(c.days, a)
	c.show(a)
}
