package finance

import "github.com/edgeofcare/edgeofcare/model/calendar"

// CapitalFigures are what an account comes to for those who provide the
// capital. Amounts are in pence, and all but the returns of single investors
// are the programme's as a whole.
type CapitalFigures struct {
	// Requirement is the capital requirement: the deepest that receipts less
	// costs of delivery, added up day by day, ever are below zero. It knows no
	// facility, no interest and no repayment. RequiredOn is the first day on
	// which it is reached; zero if the sum is never below zero.
	Requirement int64         `json:"requirement"`
	RequiredOn  calendar.Date `json:"required_on,omitzero"`
	// DaysBelow is the number of days at whose end that sum is below zero.
	DaysBelow int `json:"days_below"`
	// PaidBack is the payback: the first day from which the sum is never again
	// below zero; zero if it ends below zero, or was never there. Nothing is
	// discounted.
	PaidBack calendar.Date `json:"paid_back,omitzero"`

	Receipts int64 `json:"receipts"`
	Costs    int64 `json:"costs"`    // of delivery
	Surplus  int64 `json:"surplus"`  // receipts less costs of delivery
	Recycled int64 `json:"recycled"` // costs, fees and interest paid out of receipts
	Fees     int64 `json:"fees"`     // for what is committed and not drawn
	Interest int64 `json:"interest"` // paid at the ends of quarters
	Drawn    int64 `json:"drawn"`
	// Repaid is what investors are paid besides: capital, rolled-up interest,
	// preferred return, guarantees and residual.
	Repaid int64 `json:"repaid"`
	// Guaranteed is the part of it that guarantees pay.
	Guaranteed int64 `json:"guaranteed"`
	// Shortfall is what costs and interest took beyond cash and facility. If
	// money is drawn as needed and bears neither interest nor a preferred
	// return, drawn and shortfall together are the facility that was needed:
	// with either, a larger facility costs more in turn.
	Shortfall int64 `json:"shortfall"`
	// Breached is the account's: by covenant the day at whose end it was first
	// breached; zero if it was not.
	Breached []calendar.Date `json:"breached,omitempty"`
	// Value is the present value of the surplus at the start, at the
	// programme's discount rate.
	Value float64 `json:"value"`

	// Consortium is all investors together with whoever met a shortfall or paid under
	// a guarantee.
	Consortium Return   `json:"consortium"`
	Investors  []Return `json:"investors"` // each on its own, as an investor
	// Positions are the whole positions of those who are more than an investor or
	// none, in the order of [Positions]: with the shortfalls that they find and the
	// guarantees that they pay.
	Positions []Return `json:"positions,omitempty"`
}

// CapitalFigures works out what an account comes to. It reuses the investors of
// the value given, so that a loop allocates nothing.
func (c *Cash) CapitalFigures(a *Account, into *CapitalFigures) {
	*into = CapitalFigures{Investors: into.Investors[:0], Positions: into.Positions[:0], Breached: append(into.Breached[:0], a.Breached...)}
	position := int64(0) // receipts less costs of delivery, added up
	var deepest requirement
	var back payback
	for day, on := range a.Days {
		if position < 0 {
			into.DaysBelow += on.Sub(a.Days[day-1])
		}
		flow := a.Receipts[day] - a.Costs[day]
		position += flow
		deepest.follow(on, position)
		back.follow(on, position)
		into.Value += float64(flow) * c.factors[day]
		into.Receipts += a.Receipts[day]
		into.Costs += a.Costs[day]
		into.Recycled += a.Recycled[day]
	}
	if position < 0 { // the last day itself
		into.DaysBelow++
	}
	into.Requirement, into.RequiredOn, into.PaidBack = deepest.amount, deepest.on, back.on
	into.Surplus = into.Receipts - into.Costs
	into.Shortfall, into.Guaranteed = total(a.Shortfall), total(a.Guaranteed)
	c.returns(a, into)
}
