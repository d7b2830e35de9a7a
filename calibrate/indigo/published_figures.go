package indigo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// published writes the block of what has been published.
func (d *draft) published() {
	d.line(0, "# What has been published. It does not affect a run. ---------------------------")
	d.line(0, "")
	d.line(0, "published:")
	d.line(1, "status: published")
	d.line(1, "source: "+source)
	d.line(1, "value:")
	d.totals()
	for _, pay := range d.Payments {
		if pay.Currency != d.currency && pay.Amount.Valid {
			d.comment(2, "There are payments in "+sign(pay.Currency)+", so plans and actual payments are left out: the file is in "+d.currency+", and nothing is converted.")
			d.results()
			return
		}
	}
	d.plans()
	if actual := d.Actual(); len(actual) > 0 {
		quarters, others := Quarterly(rounded(actual))
		d.others(2, "Of actual payments", others)
		if len(quarters) > 0 {
			d.line(2, "actual payments:")
			d.quarters(3, quarters)
		}
	}
	d.results()
}

// totals writes the headline figures.
func (d *draft) totals() {
	type line struct{ name, value, is, note string }
	var lines []line
	var unread []string
	add := func(name, unit string, value decimal.NullDecimal, text, note string) {
		if text != "" && !value.Valid {
			unread = append(unread, name+" "+quote(text))
		}
		if unit != "" {
			name += ", " + unit
		}
		if value.Valid {
			lines = append(lines, line{name: name, value: value.Decimal.Round(2).String(), note: note})
		}
	}
	// is says what the total added last is, if there was one to add.
	is := func(value decimal.NullDecimal, kind, counts string) {
		if value.Valid {
			lines[len(lines)-1].is = ", kind: " + kind + ", counts: " + counts
		}
	}
	inOwn := func(value decimal.NullDecimal, currency string) decimal.NullDecimal {
		value.Valid = value.Valid && currency == d.currency
		return value
	}
	span := func(name, unit string, r Range) {
		add(name, unit, r.Exact, r.Text, "")
		add(name+", at least", unit, r.Min, "", "")
		add(name+", at most", unit, r.Max, "", "")
	}
	f := d.Finance
	add("maximum potential outcome payment", sign(f.MaximumCurrency), f.Maximum, f.MaximumText, "")
	is(inOwn(f.Maximum, f.MaximumCurrency), "maximum", "outcome payments")
	add("outcome payments made", sign(f.MadeCurrency), f.Made, f.MadeText, "as stated; it may differ from the sum of the payments below")
	is(inOwn(f.Made, f.MadeCurrency), "paid", "outcome payments")
	span("capital committed", sign(f.CapitalCurrency), f.Capital)
	add("service users targeted", "", d.Users.Targeted, "", unit(d.Users.TargetedUnit, d.Users.TargetedIs))
	is(d.Users.Targeted, "targeted", "service users")
	add("service users engaged", "", d.Users.Actual, "", unit(d.Users.ActualUnit, d.Users.ActualIs))
	is(d.Users.Actual, "engaged", "service users")
	for _, c := range d.Commitments {
		of := cmp.Or(d.Organisation(c.Organisation), "a payer without a name")
		add("commitment of "+of, sign(c.Currency), c.Maximum, c.MaximumText, "a maximum")
		add("paid by "+of, sign(c.PaidCurrency), c.Paid, c.PaidText, "")
	}
	for _, i := range d.Investments {
		span("capital from "+cmp.Or(d.Organisation(i.Organisation), "an investor without a name"), sign(i.Currency), i.Amount)
	}
	if len(unread) > 0 {
		d.comment(2, "Left out because they could not be read: "+strings.Join(unread, "; ")+".")
	}
	if len(lines) == 0 {
		d.line(2, "totals: {}")
		return
	}
	d.line(2, "totals:")
	clear(d.used)
	for _, l := range lines {
		name := d.name(l.name)
		switch {
		case l.note != "":
			d.line(3, name+": {value: "+l.value+l.is+", status: published, source: "+source+", note: "+text(l.note)+"}")
		case l.is != "":
			d.line(3, name+": {value: "+l.value+l.is+"}")
		default:
			d.line(3, name+": "+l.value)
		}
	}
}

// pounds is the currency of programme files that state none, and pound its sign.
const (
	pounds = words.Sterling
	pound  = words.PoundSign
)

// sign is the unit of an amount.
func sign(currency string) string {
	switch currency {
	case pounds:
		return pound
	case "":
		return "no stated currency"
	}
	return currency
}

// unit says what users are counted in.
func unit(unit, is string) string {
	switch {
	case is != "":
		return "in units of: " + is
	case unit != "" && !strings.EqualFold(unit, "Individual"):
		return "in units of: " + unit
	}
	return ""
}

// plans writes the payment plans.
func (d *draft) plans() {
	clear(d.used)
	begun := false
	for _, plan := range d.Plans {
		quarters, others := Quarterly(rounded(d.Planned(plan.ID)))
		switch {
		case plan.Valid.From.IsZero():
			d.comment(2, plan.ID+" is left out because the months in which it was valid are not stated. Its payments: "+amounts(d.Planned(plan.ID)))
			continue
		case len(quarters) == 0:
			d.comment(2, plan.ID+", valid "+plan.Valid.String()+", is left out because it has no payments for calendar quarters.")
			d.others(2, "Of "+plan.ID, others)
			continue
		}
		if !begun {
			d.comment(2, "The export gives months of validity; these are their first and last days.")
			d.line(2, "plans:")
			begun = true
		}
		d.line(3, d.name(plan.ID)+":")
		d.line(4, "from: "+plan.Valid.From.String())
		if !plan.Valid.To.IsZero() {
			d.line(4, "to: "+plan.Valid.To.String())
		}
		d.others(4, "Of this plan", others)
		if slices.ContainsFunc(d.Planned(plan.ID), func(pay Payment) bool { return !pay.Amount.Decimal.Equal(pay.Amount.Decimal.Round(2)) }) {
			d.comment(4, "The export has fractions of a penny; they are rounded here to the penny.")
		}
		d.line(4, "payments:")
		d.quarters(5, quarters)
	}
	if loose := d.Planned(""); len(loose) > 0 {
		d.comment(2, "Planned payments that name no plan are left out: "+amounts(loose))
	}
}

// quarters writes an amount for each quarter.
func (d *draft) quarters(depth int, quarters []QuarterAmount) {
	for _, q := range quarters {
		line := q.Quarter.String() + ": " + q.Amount.String()
		if len(q.Rows) > 1 {
			line += fmt.Sprintf("  # %d rows added up", len(q.Rows))
		}
		d.line(depth, line)
	}
}

// others lists in a comment the payments that are not for a quarter.
func (d *draft) others(depth int, of string, payments []Payment) {
	if len(payments) > 0 {
		d.comment(depth, of+", left out because they are not for one calendar quarter or because an amount of that quarter is not known: "+amounts(payments))
	}
}

// amounts lists payments with their periods.
func amounts(payments []Payment) string {
	if len(payments) == 0 {
		return "none."
	}
	var all []string
	for _, pay := range payments {
		amount := "no amount"
		switch {
		case pay.Amount.Valid:
			amount = pay.Amount.Decimal.Round(2).String()
		case pay.AmountText != "":
			amount = quote(pay.AmountText) + ", which could not be read"
		}
		all = append(all, pay.Period.String()+" "+amount)
	}
	return strings.Join(all, "; ") + "."
}
