package finance

import (
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Account is the money of one programme, day by day, in pence of one kind of
// prices. Every slice over days is in the order of Days. On each day
//
//	cash before + revalued + receipts + drawn + shortfall + guaranteed
//	    = costs + fees + interest + repaid + shortfall repaid + cash after
//
// where drawn, guaranteed, fees, interest and repaid are sums over investors, and
// shortfalls over finders.
type Account struct {
	Days      []calendar.Date `json:"days"` // on which money can move
	Investors []string        `json:"investors"`
	CostLines []string        `json:"cost_lines"`
	// Finders are all who can have to find the money for a shortfall: the provider
	// or else [Finder], and those who can step in.
	Finders []string `json:"finders"`

	// Lines is the cost of delivery by cost line × quarter in which it arises;
	// costs that are due once are in Costs only.
	Lines []int64 `json:"lines"`
	Costs []int64 `json:"costs"` // of delivery, by day
	// Receipts are outcome payments, grants and the delivery fee, less what is
	// disallowed of the former two. The fee of a quarter is received with its claims.
	Receipts []int64 `json:"receipts"`
	// Drawn, Fees, Interest and Repaid are by investor × day. Fees are for what is
	// committed and not drawn; interest is what is paid at the end of a quarter.
	// Repaid is capital, rolled-up interest, the preferred return, what a guarantee
	// pays and the residual.
	Drawn    []int64 `json:"drawn"`
	Fees     []int64 `json:"fees"`
	Interest []int64 `json:"interest"`
	Repaid   []int64 `json:"repaid"`
	// Guaranteed is by investor × day what somebody else pays it under a guarantee.
	Guaranteed []int64 `json:"guaranteed"`
	// Shortfall is by finder × day what costs, fees and interest take beyond cash
	// and facility, and ShortfallRepaid what is paid back of it.
	Shortfall       []int64 `json:"shortfall"`
	ShortfallRepaid []int64 `json:"shortfall_repaid"`
	// Recycled is the costs, fees and interest paid out of receipts.
	Recycled []int64 `json:"recycled"`
	Cash     []int64 `json:"cash"` // at the end of the day
	// Revalued is by how much the cash of the day before changes in value, where
	// the account is worked out in one kind of prices and shown in the other: in
	// constant prices cash that is held loses value on each 1 April. It includes
	// the pennies of rounding.
	Revalued []int64 `json:"revalued"`
	// Breached is by covenant the day at whose end it was first breached; zero if it
	// was not.
	Breached []calendar.Date `json:"breached,omitempty"`

	held holding // of the facility, on the day being worked out

	counted   []float64 // working space, by quarter
	quarterly []int64   // costs, then payments
}

// NewAccount returns an account of zeros.
func (c *Cash) NewAccount() *Account {
	f := &c.facility
	n := len(c.days.all)
	zeros := func(rows int) []int64 { return make([]int64, rows*n) }
	a := &Account{
		Days: c.days.all, Finders: f.finders, Costs: zeros(1), Receipts: zeros(1), Recycled: zeros(1), Cash: zeros(1), Revalued: zeros(1),
		Drawn: zeros(len(f.investors)), Fees: zeros(len(f.investors)), Interest: zeros(len(f.investors)),
		Repaid: zeros(len(f.investors)), Guaranteed: zeros(len(f.investors)),
		Shortfall: zeros(len(f.finders)), ShortfallRepaid: zeros(len(f.finders)),
		Lines: make([]int64, len(c.delivery.lines)*len(c.days.months)),
		held:  newHolding(f), Breached: make([]calendar.Date, len(f.covenants)),

		counted: make([]float64, len(c.days.months)), quarterly: make([]int64, len(c.days.months)),
	}
	for _, i := range f.investors {
		a.Investors = append(a.Investors, i.name)
	}
	for _, line := range c.delivery.lines {
		a.CostLines = append(a.CostLines, line.name)
	}
	return a
}

// reset clears what the facility is about to work out.
func (a *Account) reset() {
	for _, amounts := range [][]int64{a.Drawn, a.Fees, a.Interest, a.Repaid, a.Guaranteed, a.Shortfall, a.ShortfallRepaid, a.Recycled} {
		clear(amounts)
	}
	clear(a.Breached)
}

// Follow works out an account from what was counted and what is paid for it.
// Counts and ledger must be those of the programme. It allocates nothing. So that
// every sum fits in an int64, a cost line is cut off in any quarter at its share
// of £5 quadrillion, which is trillions of pounds.
func Follow[N contract.Number](c *Cash, counts *contract.Counts[N], l *contract.Ledger, a *Account) {
	spend(&c.delivery, counts, a)
	c.receive(l, a)
	c.facility.run(c.days, l, a)
	c.show(a)
}
