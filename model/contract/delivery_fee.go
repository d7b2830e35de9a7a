package contract

import (
	"errors"
	"time"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/located"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// DeliveryFee is an amount that payers pay each month beside what they pay for
// outcomes, whatever is achieved: the Work and Health Programme pays 30% of the
// expected value of a contract in this way (Department for Work and Pensions, Work and
// Health Programme provider guidance, chapter 13).
//
// A quarter has the fee of each of its months whose first day is in the period, paid on
// the last day of that month ([DeliveryFee.PaidOn]). It is shared over commissioners by Shares, largest remainder, ties by name, and over payers
// as their claims are; the caps of payers hold for both together. It counts towards no
// cap of a metric or a year. Where it counts towards the contract's cap, it has its
// room before the outcomes of the quarter, and what is over the cap is not paid: each
// month of the quarter has the same part of what is left.
type DeliveryFee struct {
	PerMonth decimal.Decimal `json:"per_month"`
	From     calendar.Date   `json:"from"` // first and last day of the period
	To       calendar.Date   `json:"to"`
	// Shares are the parts of the commissioners, by name, in any unit.
	Shares map[string]decimal.Decimal `json:"shares"`
	InCap  bool                       `json:"in_cap,omitempty"` // counts towards the contract's cap
	// Indexation is as that of a [Tariff].
	Indexation decimal.NullDecimal `json:"indexation,omitzero"`
}

// PaidOn are the days of a quarter on which the fee is paid: the last days of its months
// whose first day is in the period.
func (f *DeliveryFee) PaidOn(quarter calendar.Quarter) (days []calendar.Date) {
	for month := range time.Month(3) {
		first := calendar.NewDate(quarter.First().Year(), quarter.First().Month()+month, 1)
		if !first.Before(f.From) && !first.After(f.To) {
			days = append(days, calendar.NewDate(first.Year(), first.Month()+1, 0))
		}
	}
	return days
}

// fees are the fee made ready.
type fees struct {
	amount []int64 // pence by quarter; nil for none
	shares []int64 // by commissioner in order of their names, in billionths
	inCap  bool
}

func newFees(given *DeliveryFee, s *Shape, index PriceIndex, in Prices) (fees, error) {
	const at = "delivery fee"
	var f fees
	if given == nil {
		return f, nil
	}
	monthly, err := pence(given.PerMonth)
	faults := []error{located.Within(at+".per month", err), located.Within(at+".indexation", yearly(given.Indexation.Decimal))}
	if given.From.IsZero() || given.To.Before(given.From) {
		faults = append(faults, located.At(at, "its period runs from %s to %s: write a first day and a last day that is not before it", given.From, given.To))
	}
	if err := errors.Join(faults...); err != nil {
		return f, err
	}
	f.inCap = given.InCap
	for _, quarter := range s.Quarters {
		amount, err := index.Amount(decimal.NewFromInt(monthly), given.Indexation, in, quarter.FinancialYear())
		if err != nil {
			return f, located.Within(at, err)
		}
		f.amount = append(f.amount, int64(len(given.PaidOn(quarter)))*capPence(amount))
	}
	all := int64(0)
	for _, c := range inOrder(s.Commissioners) {
		share := given.Shares[s.Commissioners[c]].Shift(9).Round(0)
		if share.IsNegative() || share.GreaterThan(decimal.NewFromInt(1e15)) {
			return f, located.At(at+".shares", "%s has a share of %s: it must be 0 or more", s.Commissioners[c], given.Shares[s.Commissioners[c]])
		}
		f.shares = append(f.shares, share.IntPart())
		all += share.IntPart()
	}
	if all == 0 {
		return f, located.At(at+".shares", "no council has a share: give at least one")
	}
	return f, nil
}

// fee books the fee of a quarter, before the contract's cap limits outcomes.
func (p *Pricer) fee(into *Ledger, q int) {
	if p.fees.amount == nil {
		return
	}
	amount := p.fees.amount[q]
	if p.fees.inCap && p.caps.contract.pence < noCap {
		amount = min(amount, p.work.room.contract)
		p.work.room.contract -= amount
	}
	parts := p.work.parts[:len(p.fees.shares)]
	apportion(amount, p.fees.shares, parts, p.work.remainders)
	for i, c := range p.work.byName {
		into.FeesOf(c)[q] = parts[i]
	}
}

// addFees adds the fees to what payers share, once outcomes are limited.
func (p *Pricer) addFees(into *Ledger) {
	if p.fees.amount == nil {
		return
	}
	add(p.work.due, into.Fees)
	for c := range p.shape.Commissioners {
		add(p.work.total, into.FeesOf(c))
	}
}
