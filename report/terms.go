package report

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
)

// capitalTerms lays out in words how many children can start, what delivery
// costs, the facility, and what commissioners can afford, as far as the
// programme states them.
func capitalTerms(p *model.Programme) []Table {
	var tables []Table
	if p.Delivery != nil {
		tables = append(tables, deliveryTerms(p))
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
	text := fmt.Sprintf("at most %s children start in a quarter", Count(float64(c.StartsPerQuarter)))
	if len(c.Cohorts) > 0 {
		text += ", of " + strings.Join(c.Cohorts, ", ")
	}
	if c.Lapse == 0 {
		return text + "; nobody waits for a later start"
	}
	return text + fmt.Sprintf("; others wait up to %d weeks", c.Lapse)
}

func deliveryTerms(p *model.Programme) Table {
	d := p.Delivery
	t := Table{
		Title:   fmt.Sprintf("Delivery: %s, in prices of %s", costsFrom(p), p.Start.FinancialYear()),
		Columns: []string{"", ""}, Text: 2,
	}
	if scale := d.Factor(); !scale.Equal(decimal.New(1, 0)) {
		t.Add("Scale", "every amount below is multiplied by "+scale.String())
	}
	if d.Mobilisation.IsPositive() {
		t.Add("Mobilisation", fmt.Sprintf("%s over the last %d months before the start", exact(d.Mobilisation), d.MobilisationMonths))
	}
	for i, a := range d.FixedPerQuarter {
		label, from := "Fixed", ""
		if i > 0 {
			label, from = "", "from "+a.From.Long()+": "
		}
		t.Add(label, from+exact(a.Amount)+" a quarter")
	}
	each := func(label string, amount decimal.Decimal, of string) {
		if amount.IsPositive() {
			t.Add(label, exact(amount)+" "+of)
		}
	}
	each("Per referral", d.PerReferral, "for each child, in the quarter of referral")
	each("Per start", d.PerStart, "for each child, in the quarter of the start")
	each("Per case week", d.PerCaseWeek, "for each week in which a child's case is open")
	each("Wind-up", d.WindUp, "at the end of the last month")
	for _, f := range d.Fees {
		t.Add(capital(f.Name), feeInWords(f))
	}
	if d.Uplift != 0 {
		t.Add("Uplift", fmt.Sprintf("all amounts change by %.4g%% each 1 April", 100*d.Uplift))
	}
	paid := fmt.Sprintf("paid %d days after the end of the quarter", d.ClaimsPaidAfter)
	if d.Disallowed.IsPositive() {
		paid += ", less " + Share(d.Disallowed) + " that is never received"
	}
	t.Add("Claims", paid)
	return t
}

func feeInWords(f model.Fee) string {
	var parts []string
	if f.PerQuarter.IsPositive() {
		parts = append(parts, exact(f.PerQuarter)+" a quarter")
	}
	if f.Once.IsPositive() {
		when := "at the end of the first month"
		if !f.On.IsZero() {
			when = "at the end of " + f.On.Time().Format("January 2006")
		}
		parts = append(parts, exact(f.Once)+" once, "+when)
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", and ")
}

// exact writes an amount with its pence, if it has any.
func exact(d decimal.Decimal) string {
	if d.Equal(d.Truncate(0)) {
		return "£" + grouped(d.InexactFloat64(), 0)
	}
	return "£" + grouped(d.InexactFloat64(), 2)
}

func facilityTerms(p *model.Programme) Table {
	f := p.Facility
	t := Table{Title: "Facility: the capital that pays for delivery until outcomes are paid for", Columns: []string{"", ""}, Text: 2}
	for _, i := range f.Investors {
		t.Add(i.Name, investorInWords(i, ranks(f)))
	}
	if len(f.Investors) == 0 {
		t.Add("Investors", "one, without a limit")
	} else {
		t.Add("Committed in all", committed(p))
	}
	t.Add("Drawn", drawnInWords(f))
	if f.NoRecycling {
		t.Add("Receipts", "all go to the investors: every cost is drawn")
	} else {
		t.Add("Receipts", "recycled: they meet costs before capital does")
	}
	t.Add("Interest", perYear(f.Interest, "paid each quarter on what is drawn and not repaid"))
	t.Add("Preferred return", perYear(f.PreferredReturn, "owed to investors before there is a surplus"))
	if f.Reserve.IsPositive() {
		t.Add("Reserve", exact(f.Reserve)+" is kept back until the last day")
	}
	if f.RepayFrom.IsZero() {
		t.Add("Repaid", "from the first receipt on")
	} else {
		t.Add("Repaid", "from "+f.RepayFrom.Long()+" on")
	}
	if f.Hurdle > 0 {
		t.Add("Hurdle", perYear(f.Hurdle, "is what investors want; it decides no payment"))
	}
	return t
}

func perYear(rate float64, what string) string {
	if rate == 0 {
		return "none"
	}
	return fmt.Sprintf("%.4g%% a year, %s", 100*rate, what)
}

// ranks is how many ranks of repayment a facility has.
func ranks(f *model.Facility) int {
	seen := map[int]bool{}
	for _, i := range f.Investors {
		seen[max(1, i.Rank)] = true
	}
	return len(seen)
}

func investorInWords(i model.Investor, ranks int) string {
	text := "commits " + exact(i.Commitment)
	if ranks > 1 {
		text += fmt.Sprintf(", repaid with rank %d", max(1, i.Rank))
	}
	if i.Residual.IsPositive() {
		text += ", " + Share(i.Residual) + " of the surplus"
	}
	if i.Provider {
		text += "; delivers the service, and finds the money for a shortfall"
	}
	return text
}

func drawnInWords(f *model.Facility) string {
	text := "as costs need it"
	if f.Drawing == model.OnSchedule {
		text = "on schedule, each tranche in full on its day"
	}
	var parts []string
	for _, one := range f.Tranches {
		parts = append(parts, Share(one.Share)+" from "+one.On.Long())
	}
	if len(parts) > 0 {
		text += "; of each commitment " + strings.Join(parts, ", ")
	}
	if !f.DrawsUntil.IsZero() {
		text += "; until " + f.DrawsUntil.Long()
	}
	return text
}
