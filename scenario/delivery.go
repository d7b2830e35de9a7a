package scenario

import (
	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
)

// money reads what the programme costs to run, how many children it can start,
// the capital behind it and what commissioners can afford.
func (d *decoder) money(top fields) {
	d.p.Capacity = d.capacity(top.may("capacity"))
	d.p.Delivery = d.delivery(top)
	d.p.Facility = d.facility(top.may("facility"))
	d.p.Affordability = d.affordability(top.may("affordability"))
}

// delivery reads what the programme costs to run; nil if the file does not say.
// Terms that cannot be read still count as terms, so that a facility is not reported
// to have nothing to pay for.
func (d *decoder) delivery(top fields) *model.Delivery {
	if _, there := top.has("delivery"); !there && !top.mistyped["delivery"] {
		return nil
	}
	f := top.may("delivery").fields("scale", "mobilisation", "fixed per quarter", "per referral", "per start", "per case week",
		"wind-up", "fees", "uplift", "indexation", "claims paid after", "disallowed")
	mobilisation := f.may("mobilisation").fields("amount", "months")
	return &model.Delivery{
		Scale:              f.may("scale").factor(),
		Mobilisation:       mobilisation.need("amount", anAmount).amount(),
		MobilisationMonths: mobilisation.need("months", want{"over how many months before the first day it is spent", someMonths.example}).months(),
		FixedPerQuarter:    f.may("fixed per quarter").datedAmounts(),
		PerReferral:        f.may("per referral").amount(),
		PerStart:           f.may("per start").amount(),
		PerCaseWeek:        f.may("per case week").amount(),
		WindUp:             f.may("wind-up").amount(),
		Fees:               f.may("fees").fees(),
		Uplift:             f.may("uplift").yearlyRate().InexactFloat64(),
		Indexation:         f.may("indexation").indexation(),
		ClaimsPaidAfter:    value(f.may("claims paid after"), aDelay, parseDays),
		Disallowed:         f.may("disallowed").share(aShare),
	}
}

// factor reads a number that multiplies, which may be in per cent.
func (c cursor) factor() decimal.NullDecimal {
	if !c.given() {
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(value(c, aFactor, parseFactor))
}

var (
	aFactor = want{"a factor", "1.2 or 120%"}
	aDelay  = want{"a whole number of days", "30 or 30 days"}
)

// parseFactor reads a factor; which ones make sense is the programme's rule.
func parseFactor(text string, w want) (decimal.Decimal, error) {
	value, _, err := parseProportion(text, w)
	return value, err
}

// datedAmounts reads an amount, or a list of amounts from dates on. That they
// are in order is the programme's rule.
func (c cursor) datedAmounts() []model.DatedAmount {
	switch {
	case !c.given():
		return nil
	case c.n.kind == block:
		c.fault("a block was given where an amount is needed: write one amount such as 4000, or each amount with the date from which it holds, as %s", amountsByDate)
		return nil
	case c.n.kind == scalar:
		return []model.DatedAmount{{Amount: c.amount()}}
	}
	var amounts []model.DatedAmount
	for i, item := range c.list() {
		if item.isBlock("until") || item.isBlock("to") {
			item.fault("an amount holds until the next one begins: write the dates from which amounts hold, as %s", amountsByDate)
			continue
		}
		f := item.fields("from", "amount")
		if _, dated := f.has("from"); i > 0 && f.given() && !dated && !f.mistyped["from"] {
			f.fault("the date from which this amount holds is missing: write from and a date, such as %s", aDate.example)
		}
		from := f.may("from")
		day := from.date()
		from.during(day, 0)
		amounts = append(amounts, model.DatedAmount{From: day, Amount: f.need("amount", anAmount).amount()})
	}
	if len(amounts) == 0 && c.sound() {
		c.fault("the list is empty: write an amount, or amounts with the date from which each holds")
	}
	return amounts
}

const amountsByDate = "[{amount: 90000}, {from: 2024-10-01, amount: 40000}]"

// mostFees is how many fees a file may have.
const mostFees = 50

// fees reads what others than the provider are paid.
func (c cursor) fees() []model.Fee {
	var fees []model.Fee
	for _, n := range c.defined("fees", mostFees) {
		f := n.fields("per quarter", "once", "on")
		if f.given() && len(f.n.entries) == 0 {
			f.fault("the fee is empty: write {per quarter: 5000}, or {once: 40000, on: 2023-03-31}, or both")
		}
		fees = append(fees, model.Fee{
			Name:       n.name,
			PerQuarter: f.may("per quarter").amount(),
			Once:       f.may("once").amount(),
			On:         f.may("on").date(),
		})
	}
	return fees
}
