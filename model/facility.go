package model

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/enum"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Facility is the capital that pays for delivery until outcomes are paid for,
// and the terms on which it comes back.
//
// Costs are met from cash first, if receipts are recycled, and then from the
// facility. What it cannot meet is a shortfall, for which somebody else has to
// find the money.
//
// From RepayFrom on, after each receipt, cash is paid out except for the reserve
// and the costs up to the next receipt: first to whoever met a shortfall (unless
// ShortfallLast), then to the investors in order of rank, until they have been
// repaid what they put in and the return on it. On the last day all cash is paid
// out in the same order, and what is left once everybody has been repaid is the
// residual. A commitment that has been drawn cannot be drawn again.
type Facility struct {
	// Investors and what they commit. If none is named there is one investor
	// without a limit.
	Investors []Investor `json:"investors,omitempty"`
	// Indexation, where it is valid, makes commitments and reserve cash, as stated
	// in the price base year, that rise by this each 1 April: 0 is an amount in
	// cash that loses value. Otherwise they keep their value.
	Indexation decimal.NullDecimal `json:"indexation,omitzero"`
	// Drawing is whether money is drawn as costs need it or on the dates of
	// the tranches.
	Drawing Drawing `json:"drawing"`
	// Tranches are the dates from which parts of the commitments can be drawn,
	// in order. If there are none, all can be drawn from the first day.
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

	// Interest is paid in cash at the end of each quarter on what has been
	// drawn and not repaid: a yearly rate, by days over 365.
	Interest Rate `json:"interest,omitzero"`
	// PreferredReturn is what investors are owed on top of what they put in
	// before there is any residual: an effective yearly rate, by days over 365,
	// on what has been drawn and not repaid and on the return owed so far.
	PreferredReturn Rate `json:"preferred_return,omitzero"`
	// Reserve is cash in £ that is not paid out to investors before the last day.
	Reserve decimal.Decimal `json:"reserve"`
	// RepayFrom is the first day on which investors are repaid; zero means
	// from the first receipt. Set it where money is drawn on schedule: what has
	// been drawn and is not needed yet would otherwise go back at the first
	// receipt.
	RepayFrom calendar.Date `json:"repay_from,omitzero"`

	// Hurdle is the yearly rate of return that investors want: 0.08 is 8%. It
	// changes no cash flow, only the probability of missing it.
	Hurdle Rate `json:"hurdle,omitzero"`
}

// AnySize reports whether what costs need beyond receipts is the same for every
// size of the facility: money is drawn as needed, at any time, and what is drawn
// bears neither interest nor a return that is paid before the end. Only then are
// drawn and shortfall together the facility that was needed.
func (f *Facility) AnySize() bool {
	return f == nil || f.Drawing == AsNeeded && len(f.Tranches) == 0 && f.DrawsUntil.IsZero() && f.Interest.Yearly == 0 && f.PreferredReturn.Yearly == 0
}

// Investor is one source of capital.
type Investor struct {
	Name       string          `json:"name"`
	Commitment decimal.Decimal `json:"commitment"` // £
	// Rank is the order of repayment: 1 is repaid before 2; zero means 1.
	// Equal ranks share in proportion to what they are owed.
	Rank int `json:"rank,omitempty"`
	// Provider is whether the investor also delivers the service, and so has
	// to find the money for any shortfall.
	Provider bool `json:"provider,omitempty"`
	// Residual is its share of the residual, what is left once everybody has
	// been repaid; if no investor states a share, the residual is shared in
	// proportion to the commitments. A programme file calls it surplus.
	Residual decimal.Decimal `json:"surplus"`
}

// Tranche is a part of every commitment that can be drawn from a day on.
type Tranche struct {
	On    calendar.Date   `json:"on"`
	Share decimal.Decimal `json:"share"` // of each commitment; the shares of all tranches make 1
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

func (v *validation) facility() {
	f := v.p.Facility
	if f == nil {
		return
	}
	const path = "facility."
	v.need(v.p.Delivery != nil, "facility", "the programme has no delivery terms, so there is nothing for capital to pay: add delivery, or leave the facility out")
	var names []string
	var residual decimal.Decimal
	for _, i := range f.Investors {
		names = append(names, i.Name)
		at := path + "investors." + i.Name
		v.amount(at+".commitment", i.Commitment)
		v.need(i.Rank >= 0 && i.Rank <= 100, at+".rank", "%d: it must be from 1 to 100", i.Rank)
		v.need(!i.Residual.IsNegative(), at+".surplus", "%s: it must be 0 or more", i.Residual)
		residual = residual.Add(i.Residual)
	}
	v.names(path+"investors", names)
	one := decimal.New(1, 0)
	v.need(residual.IsZero() || residual.Equal(one), path+"investors", "the shares of the surplus add up to %s: they must add up to 1, or all be left out", residual)
	v.need(enum.Valid(f.Drawing, drawingNames), path+"draw", "%s is not a way to draw: it must be one of %s", enum.Name(f.Drawing, drawingNames), list(drawingNames))
	var drawn decimal.Decimal
	for i, t := range f.Tranches {
		at := fmt.Sprintf("%stranches.%d", path, i+1)
		v.need(t.Share.IsPositive(), at+".share", "%s: it must be above 0", t.Share)
		v.need(!t.On.IsZero(), at+".on", "the day is missing")
		v.need(i == 0 || t.On.After(f.Tranches[i-1].On), at+".on", "%s is not after the tranche before it: write them in order", t.On)
		drawn = drawn.Add(t.Share)
	}
	v.need(len(f.Tranches) == 0 || drawn.Equal(one), path+"tranches", "their shares add up to %s: they must add up to 1", drawn)
	v.need(f.Drawing != OnSchedule || len(f.Tranches) > 0, path+"tranches", "there are none, and money is drawn on schedule: write on which days")
	v.need(len(f.Investors) > 0 || len(f.Tranches) == 0, path+"tranches", "there are no commitments of which these could be shares")
	v.indexation(path+"indexation", f.Indexation)
	yearly := func(setting string, rate Rate) {
		v.need(rate.Yearly >= 0 && rate.Yearly <= 1, path+setting, "%v is not a yearly rate from 0 to 100%%", rate.Yearly)
		v.nominal(path+setting, rate)
	}
	yearly("interest", f.Interest)
	yearly("preferred return", f.PreferredReturn)
	yearly("hurdle", f.Hurdle)
	v.amount(path+"reserve", f.Reserve)
}
