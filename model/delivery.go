package model

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Delivery is what it costs to run a programme, and when money moves. Amounts
// are in £, and keep their value unless Indexation is valid.
//
// The costs of a quarter are paid in equal parts on the last day of each of its
// months that holds a day of the programme; what a third of a quarter does not
// divide into pence falls on the last.
type Delivery struct {
	// Scale multiplies every amount below, fees included; zero means 1. It is
	// the one number to vary when costs are not known.
	Scale decimal.NullDecimal `json:"scale,omitzero"`

	// Mobilisation is spent before the first day, in equal parts at the end of
	// each of the last MobilisationMonths months before it.
	Mobilisation       decimal.Decimal `json:"mobilisation"`
	MobilisationMonths int             `json:"mobilisation_months"`
	// FixedPerQuarter is what a whole quarter costs, in order of date. For
	// every month that holds a day of the programme a third is due of the
	// amount that holds on the month's first day; nothing for days before the
	// first quarter to which a week belongs. The first must have no date.
	FixedPerQuarter []DatedAmount `json:"fixed_per_quarter,omitempty"`
	// PerReferral is due for each child in the quarter of referral.
	PerReferral decimal.Decimal `json:"per_referral"`
	// PerStart is due for each child in the quarter of the first week in the
	// planned state.
	PerStart decimal.Decimal `json:"per_start"`
	// PerCaseWeek is due for each week in which a child's case is open: from
	// referral to the start, or to when it is clear that there will be none,
	// and then for as long as the child is in the planned state and tracked.
	PerCaseWeek decimal.Decimal `json:"per_case_week"`
	// WindUp is due at the end of the programme's last month.
	WindUp decimal.Decimal `json:"wind_up"`
	// Fees are those of others than the provider: fund management, performance
	// management, the special purpose vehicle, evaluation.
	Fees []Fee `json:"fees,omitempty"`

	// Uplift is by how much all amounts rise each 1 April after the first day,
	// above prices in general, as a share: 0.1 is 10%.
	Uplift float64 `json:"uplift,omitempty"`
	// Indexation, where it is valid, makes all amounts cash, as stated in the
	// price base year, that rise by this each 1 April, as a share. It stands in
	// place of an uplift.
	Indexation decimal.NullDecimal `json:"indexation,omitzero"`

	// ClaimsPaidAfter is how many days after a quarter's last day its claims and
	// grants are paid. A delivery fee is paid on the last day of its month.
	ClaimsPaidAfter int `json:"claims_paid_after"`
	// Disallowed is the share of every claim and grant that is never received,
	// from 0 to 1. It takes nothing off a delivery fee.
	Disallowed decimal.Decimal `json:"disallowed"`
}

// Fee is a cost that does not depend on the children. PerQuarter is due as
// fixed costs are; Once is due in full at the end of the month that holds On,
// or of the programme's first month if On is zero.
type Fee struct {
	Name       string          `json:"name"`
	PerQuarter decimal.Decimal `json:"per_quarter"`
	Once       decimal.Decimal `json:"once"`
	On         calendar.Date   `json:"on,omitzero"`
}

// DatedAmount is an amount in £ that holds from a date on; a zero date is the
// beginning.
type DatedAmount struct {
	From   calendar.Date   `json:"from,omitzero"`
	Amount decimal.Decimal `json:"amount"`
}

// Factor is what Scale stands for.
func (d *Delivery) Factor() decimal.Decimal {
	if !d.Scale.Valid {
		return decimal.New(1, 0)
	}
	return d.Scale.Decimal
}

// maxMoney is the largest amount of delivery or capital terms, in £: far above
// any programme's, and far below what pence can hold.
var maxMoney = decimal.New(1, 11)

// amount records an amount that cannot be used.
func (v *validation) amount(path string, amount decimal.Decimal) {
	v.need(!amount.IsNegative() && amount.LessThanOrEqual(maxMoney), path, "£%s: it must be from 0 to £100,000,000,000", amount)
}

func (v *validation) delivery() {
	d := v.p.Delivery
	if d == nil {
		return
	}
	const path = "delivery."
	v.need(!d.Factor().IsNegative() && d.Factor().LessThanOrEqual(decimal.New(1000, 0)), path+"scale", "%s: it must be from 0 to 1,000", d.Factor())
	v.amount(path+"mobilisation.amount", d.Mobilisation)
	v.need(d.MobilisationMonths >= 0 && d.MobilisationMonths <= 120, path+"mobilisation.months", "%d: it must be from 0 to 120", d.MobilisationMonths)
	v.need(d.Mobilisation.IsZero() || d.MobilisationMonths > 0, path+"mobilisation.months", "it is missing: over how many months before the start is it spent?")
	v.dated(path+"fixed per quarter", d.FixedPerQuarter)
	v.amount(path+"per referral", d.PerReferral)
	v.amount(path+"per start", d.PerStart)
	v.amount(path+"per case week", d.PerCaseWeek)
	v.amount(path+"wind-up", d.WindUp)
	var names []string
	for _, f := range d.Fees {
		names = append(names, f.Name)
		v.amount(path+"fees."+f.Name+".per quarter", f.PerQuarter)
		v.amount(path+"fees."+f.Name+".once", f.Once)
		v.need(f.On.IsZero() || !f.Once.IsZero(), path+"fees."+f.Name+".on", "there is no amount to be paid once on that day")
		v.need(f.On.IsZero() || v.covers(f.On), path+"fees."+f.Name+".on", "%s is outside the programme, which runs %s", f.On, v.span())
	}
	v.names(path+"fees", names)
	v.need(d.Uplift > -0.5 && d.Uplift <= 1, path+"uplift", "%v is not a yearly rate from -50%% to 100%%", d.Uplift)
	v.need(d.Uplift == 0 || !d.Indexation.Valid, path+"uplift", "the costs have an indexation too, and either says how they change: keep one")
	v.indexation(path+"indexation", d.Indexation)
	v.need(d.ClaimsPaidAfter >= 0 && d.ClaimsPaidAfter <= 1830, path+"claims paid after", "%d days: it must be from 0 to 1,830", d.ClaimsPaidAfter)
	v.need(!d.Disallowed.IsNegative() && d.Disallowed.LessThanOrEqual(decimal.New(1, 0)), path+"disallowed", "%s is outside 0 to 1", d.Disallowed)
}

// dated records what is wrong with amounts that hold from dates on.
func (v *validation) dated(path string, amounts []DatedAmount) {
	for i, a := range amounts {
		at := fmt.Sprintf("%s.%d", path, i+1)
		v.amount(at, a.Amount)
		v.need(a.From.IsZero() == (i == 0), at, "the first amount holds from the beginning and has no date; every other needs one")
		v.need(i == 0 || a.From.After(amounts[i-1].From), at, "%s is not after the date before it: write them in order", a.From)
	}
}

// covers reports whether a day is one of the programme's.
func (v *validation) covers(d calendar.Date) bool {
	return !d.Before(v.p.Start) && !d.After(v.p.Calendar().Last(v.p.Weeks-1))
}

// span is the programme's first and last day in words.
func (v *validation) span() string {
	return fmt.Sprintf("from %s to %s", v.p.Start, v.p.Calendar().Last(v.p.Weeks-1))
}
