package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Units of terms.
var (
	children = words.Unit{One: "child", Many: "children", PerChild: true}
	weeks    = words.Unit{One: "week", Many: "weeks"}
	months   = words.Unit{One: "month", Many: "months"}
	days     = words.Unit{One: "day", Many: "days"}
)

// capitalTerms lays out in words how many children can start, what delivery
// costs and the facility, as far as the programme states them.
func capitalTerms(v *scenario.Version) []Table {
	p := v.Programme
	var tables []Table
	if p.Delivery != nil {
		tables = append(tables, deliveryTerms(v))
	}
	if p.Facility != nil {
		tables = append(tables, facilityTerms(p))
	}
	return tables
}

// capacityInWords says how many children can start; empty without a limit.
func capacityInWords(c model.Capacity) string {
	if c.None() {
		return ""
	}
	text := "at most " + children.Of(float64(c.StartsPerQuarter)) + " can start in a quarter"
	if len(c.Cohorts) > 0 {
		text += ", of " + words.And(c.Cohorts)
	}
	if c.Lapse == 0 {
		return text + "; the others do not wait for a later start"
	}
	return text + "; the others wait for up to " + weeks.Of(float64(c.Lapse))
}

func deliveryTerms(v *scenario.Version) Table {
	d := v.Programme.Delivery
	t := Table{Title: fmt.Sprintf("Delivery: %s, in %s", costsFrom(v), v.Programme.PriceText(contract.Constant)), Columns: textColumns("", "")}
	if scale := d.Factor(); !scale.Equal(decimal.New(1, 0)) {
		t.add(text("Scale"), text("every amount below is multiplied by "+scale.String()))
	}
	if d.Mobilisation.IsPositive() {
		t.add(text("Mobilisation"), text(stated(d.Mobilisation)+" over the last "+months.Of(float64(d.MobilisationMonths))+" before the start"))
	}
	for i, a := range d.FixedPerQuarter {
		label, from := "Fixed", ""
		if i > 0 {
			label, from = "", "from "+a.From.Long()+": "
		}
		t.add(text(label), text(from+stated(a.Amount)+" a quarter"))
	}
	each := func(label string, amount decimal.Decimal, of string) {
		if amount.IsPositive() {
			t.add(text(label), text(stated(amount)+" "+of))
		}
	}
	each("Per referral", d.PerReferral, "for each child, in the quarter of referral")
	each("Per start", d.PerStart, "for each child, in the quarter of the start")
	each("Per case week", d.PerCaseWeek, "for each week in which a child's case is open")
	each("Wind-up", d.WindUp, "at the end of the last month")
	for _, f := range d.Fees {
		t.add(text(words.Capital(f.Name)), text(feeInWords(f)))
	}
	if d.Uplift != 0 {
		t.add(text("Uplift"), text("all amounts change by "+words.Rate(d.Uplift)+" each 1 April, above prices in general"))
	}
	if d.Indexation.Valid {
		t.add(text("Indexation"), text("all amounts are"+changing(d.Indexation)))
	}
	paid := "paid " + days.Of(float64(d.ClaimsPaidAfter)) + " after the end of the quarter"
	if d.Disallowed.IsPositive() {
		paid += ", less " + words.Share(d.Disallowed) + " that is never received"
	}
	t.add(text("Claims"), text(paid))
	if v.Programme.Contract.Fee != nil {
		t.add(text("Delivery fee"), text("received on the last day of each month, and nothing of it is disallowed"))
	}
	return t
}

func feeInWords(f model.Fee) string {
	var parts []string
	if f.PerQuarter.IsPositive() {
		parts = append(parts, stated(f.PerQuarter)+" a quarter")
	}
	if f.Once.IsPositive() {
		when := "at the end of the first month"
		if !f.On.IsZero() {
			when = "at the end of " + f.On.Time().Format("January 2006")
		}
		parts = append(parts, stated(f.Once)+" once, "+when)
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return words.And(parts)
}

func facilityTerms(p *model.Programme) Table {
	f := p.Facility
	t := Table{Title: "Facility: the capital that pays for delivery until outcomes are paid for", Columns: textColumns("", "")}
	for _, i := range f.Investors {
		t.add(text(i.Name), text(investorInWords(f, i)))
	}
	if len(f.Investors) == 0 {
		t.add(text("Investors"), text("one investor, without a limit"))
	} else {
		t.add(text("Committed in all"), committed(p))
	}
	t.add(text("Drawn"), text(drawnInWords(f)))
	if f.NoRecycling {
		t.add(text("Receipts"), text("all go to the investors: every cost is drawn"))
	} else {
		t.add(text("Receipts"), text("recycled: they meet costs before capital does"))
	}
	own := ""
	if slices.ContainsFunc(f.Investors, func(i model.Investor) bool { return i.Terms != nil }) {
		own = ", for those without terms of their own"
	}
	if f.EarnsInterest() {
		t.add(text("Interest"), text(interestRate(f.Terms)+", "+interestInWords(f.Terms)+own))
	} else {
		t.add(text("Interest"), text("none"+own))
	}
	t.add(text("Preferred return"), text(perYear(f.PreferredReturn, "owed to investors before anything else is shared out"+own)))
	if f.CommitmentFee.Yearly > 0 {
		t.add(text("Commitment fee"), text(perYear(f.CommitmentFee, "paid each quarter on what is committed and not drawn"+own)))
	}
	if f.Revolving {
		t.add(text("Revolving"), text("what has been repaid can be drawn again"+own))
	}
	if f.Reserve.IsPositive() {
		t.add(text("Reserve"), text(stated(f.Reserve)+", "+reserveInWords(f)))
	}
	if f.RepayFrom.IsZero() {
		t.add(text("Repaid"), text("from the first receipt on"))
	} else {
		t.add(text("Repaid"), text("from "+f.RepayFrom.Long()+" on"))
	}
	if !f.RepaidOn.IsZero() {
		t.add(text("Repaid in one sum"), text("on "+f.RepaidOn.Long()+own))
	}
	for _, c := range f.Covenants {
		t.add(text("Covenant: "+c.Name), text(covenantInWords(c)))
	}
	if f.Hurdle.Yearly > 0 {
		t.add(text("Hurdle"), text(perYear(f.Hurdle, "the return that investors want; no payment depends on it")))
	}
	return t
}

func perYear(rate model.Rate, what string) string {
	if rate.Yearly == 0 {
		return "none"
	}
	return rate.String() + ", " + what
}

// ranks is how many ranks of repayment a facility has.
func ranks(f *model.Facility) int {
	seen := map[int]bool{}
	for _, i := range f.Investors {
		seen[max(1, i.Rank)] = true
	}
	return len(seen)
}

func investorInWords(f *model.Facility, i model.Investor) string {
	text := "commits " + stated(i.Commitment)
	if ranks(f) > 1 {
		text += fmt.Sprintf(", rank %d", max(1, i.Rank))
	}
	if len(i.Tranches) > 0 {
		text += "; can be drawn: " + tranchesInWords(i.Tranches)
	}
	if i.Terms != nil {
		text += "; " + words.And(termsInWords(*i.Terms))
	}
	if i.Residual.IsPositive() {
		text += "; " + words.Share(i.Residual) + " of what remains on the last day"
	}
	if g := i.Guarantee; g != nil {
		text += "; " + g.By + " guarantees " + words.Share(g.Share) + " of its capital"
		if g.On.IsZero() {
			text += " on the last day"
		} else {
			text += " on " + g.On.Long()
		}
	}
	if i.Provider {
		text += "; delivers the service, and finds the money for a shortfall"
	}
	return text
}

// termsInWords are the terms of one investor.
func termsInWords(t model.Terms) (all []string) {
	if t.Grant {
		return []string{"a grant, which is never repaid"}
	}
	if t.EarnsInterest() {
		all = append(all, "interest of "+interestRate(t)+", "+interestInWords(t))
	}
	if t.PreferredReturn.Yearly > 0 {
		all = append(all, "a preferred return of "+t.PreferredReturn.String())
	}
	if len(all) == 0 {
		all = append(all, "no interest and no preferred return")
	}
	if t.CommitmentFee.Yearly > 0 {
		all = append(all, "a fee of "+t.CommitmentFee.String()+" on what is not drawn")
	}
	if !t.RepaidOn.IsZero() {
		all = append(all, "repaid in one sum on "+t.RepaidOn.Long())
	}
	if t.Revolving {
		all = append(all, "what has been repaid can be drawn again")
	}
	return all
}

func interestInWords(t model.Terms) string {
	if t.RolledUp {
		return "rolled up, and repaid with the capital"
	}
	return "paid each quarter on what is drawn and not repaid"
}

func reserveInWords(f *model.Facility) string {
	if f.ReserveDrawn {
		return "drawn on the first day, kept back until the last, and used only where the facility does not meet a cost"
	}
	return "kept back from receipts until the last day, and used only where the facility does not meet a cost"
}

func covenantInWords(c model.Covenant) string {
	test := "more than " + stated(c.DrawnAbove.Decimal) + " is out at the end of a day"
	if c.ReceiptsBelow.Valid {
		test = "receipts by " + c.On.Long() + " are below " + stated(c.ReceiptsBelow.Decimal)
	}
	switch c.Then {
	case model.StopDrawing:
		return "if " + test + ", nothing more is drawn"
	case model.SweepAll:
		return "if " + test + ", all capital is due at once, and the reserve is paid out"
	}
	return "if " + test + ", " + c.StepsIn + " finds the money for any shortfall from then on"
}

func tranchesInWords(tranches []model.Tranche) string {
	var parts []string
	for _, one := range tranches {
		parts = append(parts, words.Share(one.Share)+" from "+one.On.Long())
	}
	return strings.Join(parts, ", ")
}

func drawnInWords(f *model.Facility) string {
	text := "as costs need it"
	if f.Drawing == model.OnSchedule {
		text = "on schedule, each tranche in full on its day"
	}
	switch f.DrawOrder {
	case model.FirstLoss:
		text += ", the highest rank number first, which is repaid last"
	case model.ByTranches:
		text += ", what could be drawn from an earlier day first"
	}
	if len(f.Tranches) > 0 {
		text += "; of each commitment " + tranchesInWords(f.Tranches)
	}
	if !f.DrawsUntil.IsZero() {
		text += "; until " + f.DrawsUntil.Long()
	}
	return text
}
