package model

import (
	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/enum"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Facility is the capital that pays for delivery until outcomes are paid for,
// and the terms on which it comes back.
//
// Costs are met from cash above the reserve first, if receipts are recycled, then
// from the facility, and last from the reserve. What these cannot meet is a
// shortfall, for which somebody else has to find the money.
//
// Commitment fees and interest that is paid in cash are met like costs at the end
// of each quarter. From RepayFrom on, on each day of receipts, cash is paid out
// except for the reserve and the costs up to the next receipt: to whoever met a
// shortfall (unless ShortfallLast), then in order of rank what is due of the
// capital with the interest rolled up on it, then the rest of it to those whose
// capital is not repaid on a day of its own, then preferred returns, each in
// order of rank. On the last day everything is due, all cash is paid out in the same
// order, and what is left is the residual. A commitment that has been drawn
// cannot be drawn again, unless it revolves.
type Facility struct {
	// Investors and what they commit. If none is named there is one investor
	// without a limit.
	Investors []Investor `json:"investors,omitempty"`
	// Indexation, where it is valid, makes commitments, reserve and the amounts of
	// covenants cash, as stated in the price base year, that rise by this each
	// 1 April: 0 is an amount in cash that loses value. Otherwise they keep their
	// value.
	Indexation decimal.NullDecimal `json:"indexation,omitzero"`
	// Drawing is whether money is drawn as costs need it or on the dates of
	// the tranches.
	Drawing Drawing `json:"drawing"`
	// DrawOrder is who is drawn first, where money is drawn as costs need it.
	DrawOrder DrawOrder `json:"draw_order,omitempty"`
	// Tranches are the dates from which parts of the commitments can be drawn, in
	// order, for every investor that states none of its own. If there are none, all
	// can be drawn from the first day.
	Tranches []Tranche `json:"tranches,omitempty"`
	// DrawsUntil is the last day on which anything can be drawn; zero means
	// no end.
	DrawsUntil calendar.Date `json:"draws_until,omitzero"`
	// NoRecycling means that receipts do not pay costs: every cost is drawn,
	// and all receipts go to the investors.
	NoRecycling bool `json:"no_recycling,omitempty"`
	// ShortfallLast means that whoever met a shortfall is paid back after the
	// investors have been repaid what they are owed, rather than before.
	ShortfallLast bool `json:"shortfall_last,omitempty"`

	// Terms hold for every investor that states none of its own.
	Terms
	// Reserve is cash in £ that is not paid out to investors before the last day
	// and meets costs only where the facility does not. It is filled from receipts,
	// or drawn on the first day if ReserveDrawn.
	Reserve      decimal.Decimal `json:"reserve"`
	ReserveDrawn bool            `json:"reserve_drawn,omitempty"`
	// RepayFrom is the first day on which investors are repaid; zero means
	// from the first receipt. Set it where money is drawn on schedule: what has
	// been drawn and is not needed yet would otherwise go back at the first
	// receipt.
	RepayFrom calendar.Date `json:"repay_from,omitzero"`
	// Covenants are tests with consequences, in any order.
	Covenants []Covenant `json:"covenants,omitempty"`

	// Hurdle is the yearly rate of return that investors want: 0.08 is 8%. It
	// changes no cash flow, only the probability of missing it.
	Hurdle Rate `json:"hurdle,omitzero"`
}

// Terms are what capital earns and when it comes back. Every rate is effective
// and yearly, by days over 365: £1 that bears 6% for d days earns
// 1.06^(d/365) - 1.
type Terms struct {
	// Interest is earned on what has been drawn and not repaid. It is paid in cash
	// at the end of each quarter, or RolledUp: added to what is owed, bearing
	// interest in turn, and repaid with the capital.
	Interest Rate `json:"interest,omitzero"`
	RolledUp bool `json:"rolled_up,omitempty"`
	// InterestByRate is interest that depends on the result, in place of Interest;
	// nil where it does not.
	InterestByRate *InterestByRate `json:"interest_by_rate,omitempty"`
	// PreferredReturn is what investors are owed on top of capital and interest
	// before there is any residual, on what has been drawn and not repaid and on the
	// return owed so far. It is paid once all capital that is due has been repaid.
	PreferredReturn Rate `json:"preferred_return,omitzero"`
	// CommitmentFee is paid in cash at the end of each quarter on what is committed
	// and not drawn, for as long as anything can be drawn.
	CommitmentFee Rate `json:"commitment_fee,omitzero"`
	// RepaidOn is the day on which the capital is due in one sum; zero means that
	// it is repaid from whatever cash there is on each day of receipts.
	RepaidOn calendar.Date `json:"repaid_on,omitzero"`
	// Revolving means that what has been repaid can be drawn again.
	Revolving bool `json:"revolving,omitempty"`
	// Grant means that what is drawn is never repaid, and earns nothing.
	Grant bool `json:"grant,omitempty"`
}

// InterestByRate is interest by the rate of a cohort on a measuring date: the share
// of the children referred for whom a metric finds the outcome then (a
// [contract.CohortRate]). The whole return takes the one tier that the rate reaches,
// also for the time before the measuring date; below the lowest tier it is nothing.
type InterestByRate struct {
	Metric string         `json:"metric"`
	Tiers  []InterestTier `json:"tiers"` // from the highest down
	// AtLeast is the least interest up to and including the day Until; zero for none.
	AtLeast Rate          `json:"at_least,omitzero"`
	Until   calendar.Date `json:"until,omitzero"`
}

// InterestTier is the interest where the rate is From or more, and below the next
// tier's.
type InterestTier struct {
	From     decimal.Decimal `json:"from"` // a share from 0 to 1, included in the tier
	Interest Rate            `json:"interest"`
}

// EarnsInterest reports whether there is any interest.
func (t Terms) EarnsInterest() bool { return t.Interest.Yearly != 0 || t.InterestByRate != nil }

// bears reports whether the capital earns anything before the residual, or costs
// anything before it is drawn.
func (t Terms) bears() bool {
	return t.EarnsInterest() || t.PreferredReturn.Yearly != 0 || t.CommitmentFee.Yearly != 0
}

// nominal reports whether any of the rates is nominal.
func (t Terms) nominal() bool {
	if by := t.InterestByRate; by != nil {
		for _, tier := range by.Tiers {
			if tier.Interest.Nominal {
				return true
			}
		}
		if by.AtLeast.Nominal {
			return true
		}
	}
	return t.Interest.Nominal || t.PreferredReturn.Nominal || t.CommitmentFee.Nominal
}

// TermsOf are the terms of an investor: its own, or else the facility's.
func (f *Facility) TermsOf(i Investor) Terms {
	if i.Terms != nil {
		return *i.Terms
	}
	return f.Terms
}

// ofSize reports whether what is needed beyond receipts depends on how much capital of
// these terms there is.
func (t Terms) ofSize() bool { return t.bears() || t.Revolving || t.Grant || !t.RepaidOn.IsZero() }

// AnySize reports whether what costs need beyond receipts is the same for every
// size of the facility: money is drawn as needed, at any time, and what is drawn
// bears nothing that is paid before the end and is repaid from what cash there is, and
// there is neither a grant, a reserve nor a covenant. Only then are drawn and shortfall together the facility that was needed.
func (f *Facility) AnySize() bool {
	if f == nil {
		return true
	}
	for _, i := range f.Investors {
		if f.TermsOf(i).ofSize() || len(i.Tranches) > 0 {
			return false
		}
	}
	return f.Drawing == AsNeeded && len(f.Tranches) == 0 && f.DrawsUntil.IsZero() && len(f.Covenants) == 0 &&
		f.Reserve.IsZero() && !f.ofSize()
}

// Investor is one source of capital.
type Investor struct {
	Name       string          `json:"name"`
	Commitment decimal.Decimal `json:"commitment"` // £
	// Rank is the order of repayment: 1 is repaid before 2; zero means 1.
	// Equal ranks share in proportion to what they are due.
	Rank int `json:"rank,omitempty"`
	// Provider is whether the investor also delivers the service, and so has
	// to find the money for any shortfall. At most one does.
	Provider bool `json:"provider,omitempty"`
	// Residual is its share of the residual, what is left once everybody has
	// been repaid; if no investor states a share, the residual is shared in
	// proportion to the commitments that are not grants. A programme file calls
	// it surplus.
	Residual decimal.Decimal `json:"surplus"`
	// Terms are its own, in place of the facility's; nil for the facility's.
	Terms *Terms `json:"terms,omitempty"`
	// Tranches are its own, in place of the facility's.
	Tranches []Tranche `json:"tranches,omitempty"`
	// Guarantee is what somebody has promised that it gets back; nil for nothing.
	Guarantee *Guarantee `json:"guarantee,omitempty"`
}

// Guarantee is a promise to an investor: on a day By pays what is missing of a
// share of the capital that the investor has put in, counting the capital that it
// has been repaid until then. It is not paid back.
type Guarantee struct {
	By    string          `json:"by"`          // another investor or any other party
	Share decimal.Decimal `json:"share"`       // of the capital, from 0 to 1
	On    calendar.Date   `json:"on,omitzero"` // zero means the last day
}

// Covenant is a test of the facility and what follows if it fails, once and for
// all. One of two tests is stated.
type Covenant struct {
	Name string `json:"name"`
	// ReceiptsBelow is the least in £ that has to have been received by the end of
	// the day On.
	ReceiptsBelow decimal.NullDecimal `json:"receipts_below,omitzero"`
	On            calendar.Date       `json:"on,omitzero"`
	// DrawnAbove is the most in £ of all that may have been drawn and not been
	// repaid at the end of any day.
	DrawnAbove decimal.NullDecimal `json:"drawn_above,omitzero"`
	// Then holds from the day after the test has failed.
	Then Consequence `json:"then"`
	// StepsIn is who then meets every shortfall, in place of the provider.
	StepsIn string `json:"steps_in,omitempty"`
}

// Consequence is what follows from the breach of a covenant.
type Consequence int

// The consequences.
const (
	StopDrawing Consequence = iota // nothing more is drawn
	SweepAll                       // all capital is due at once, and the reserve with it
	StepIn                         // somebody else meets every shortfall
)

var consequenceNames = []string{"stop drawing", "sweep", "step in"}

// MarshalText writes the consequence in words.
func (c Consequence) MarshalText() ([]byte, error) {
	return enum.Marshal(c, consequenceNames, "consequence")
}

// UnmarshalText reads a consequence; the error lists the valid words.
func (c *Consequence) UnmarshalText(text []byte) error {
	return enum.Unmarshal(c, text, consequenceNames, "consequence")
}

// Tranche is a part of a commitment that can be drawn from a day on.
type Tranche struct {
	On    calendar.Date   `json:"on"`
	Share decimal.Decimal `json:"share"` // of each commitment; the shares of all tranches make 1
}

// DrawOrder is whose money is drawn first, where it is drawn as costs need it.
type DrawOrder int

// The orders of drawing.
const (
	ProRata    DrawOrder = iota // all in proportion to what is left of their commitments
	FirstLoss                   // the highest rank number first, which is repaid last
	ByTranches                  // what could be drawn from an earlier day first
)

var drawOrderNames = []string{"pro rata", "first loss first", "by tranche"}

// MarshalText writes the order in words.
func (o DrawOrder) MarshalText() ([]byte, error) {
	return enum.Marshal(o, drawOrderNames, "order of drawing")
}

// UnmarshalText reads an order; the error lists the valid words.
func (o *DrawOrder) UnmarshalText(text []byte) error {
	return enum.Unmarshal(o, text, drawOrderNames, "order of drawing")
}

// Drawing is when a facility is drawn.
type Drawing int

// The two ways to draw.
const (
	AsNeeded   Drawing = iota // on the day and by the amount that a cost needs
	OnSchedule                // every tranche in full on its day
)

var drawingNames = []string{"as needed", "on schedule"}

// MarshalText writes the way to draw in words.
func (d Drawing) MarshalText() ([]byte, error) { return enum.Marshal(d, drawingNames, "way to draw") }

// UnmarshalText reads a way to draw; the error lists the valid words.
func (d *Drawing) UnmarshalText(text []byte) error {
	return enum.Unmarshal(d, text, drawingNames, "way to draw")
}
