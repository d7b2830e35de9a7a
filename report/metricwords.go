package report

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// payableUnits is what the units that a contract pays for are called, and what
// has not been taken off them.
func payableUnits(p *model.Programme) string {
	unit, ok := oneUnit(p)
	if !ok {
		unit.Many = "units"
	}
	if agreedDeadweight(p) {
		return "Payable " + unit.Many + ", before all caps and agreed deadweight"
	}
	return "Payable " + unit.Many + ", before all caps"
}

// agreedDeadweight reports whether units are scaled for agreed deadweight.
func agreedDeadweight(p *model.Programme) bool {
	return slices.ContainsFunc(p.Contract.Metrics, func(m contract.Metric) bool { return m.AgreedDeadweight.IsPositive() })
}

// oneUnit returns the unit that every metric is counted in, if there is one.
func oneUnit(p *model.Programme) (words.Unit, bool) {
	var unit words.Unit
	for _, m := range p.Contract.Metrics {
		if one := unitOf(m); unit.Many != "" && one != unit {
			return words.Unit{}, false
		} else {
			unit = one
		}
	}
	return unit, unit.Many != ""
}

// withUnit is the name of a metric with what it counts, unless it ends with that.
func withUnit(metric, unit string) string {
	if strings.HasSuffix(metric, unit) {
		return metric
	}
	return metric + ", " + unit
}

// unitOf is what a metric is counted in.
func unitOf(m contract.Metric) words.Unit { return words.Unit(m.Trigger.Definition().Unit) }

// paysFor says whom a metric pays for.
func paysFor(m contract.Metric) string {
	text := words.And(m.Cohorts)
	if len(m.Commissioners) > 0 {
		text += "; claims of " + words.And(m.Commissioners)
	}
	switch a := m.Ages; {
	case a.From > 0 && a.To > 0:
		text += fmt.Sprintf("; aged %g to %g at the start", a.From, a.To)
	case a.From > 0:
		text += fmt.Sprintf("; aged %g and over at the start", a.From)
	case a.To > 0:
		text += fmt.Sprintf("; under %g at the start", a.To)
	}
	return text
}

// terms says what the trigger of a metric pays for. Terms that the programme does
// not give are left out.
func terms(p *model.Programme, m contract.Metric) string {
	d := m.Trigger.Definition()
	var given []string
	for _, term := range d.Terms {
		at := "metrics." + m.Name + ".trigger." + d.Kind + "."
		_, counted := register(p, at+term.Name)
		_, placed := register(p, at+term.FromOne)
		if counted || placed || set(term) {
			given = append(given, termInWords(term))
		}
	}
	if len(given) == 0 {
		return d.Kind
	}
	return d.Kind + ": " + strings.Join(given, ", ")
}

// set reports whether a term has any value but the one that it has when nobody
// gives one.
func set(term contract.Term) bool {
	for _, n := range []*int{term.Weeks, term.Months, term.Days} {
		if n != nil && *n != 0 {
			return true
		}
	}
	for _, list := range []*[]int{term.EachWeeks, term.EachMonths} {
		if list != nil && len(*list) > 0 {
			return true
		}
	}
	return term.Date != nil && !term.Date.IsZero() || term.Interruption != nil && *term.Interruption != 0
}

// termInWords says what a term of a trigger is set to.
func termInWords(term contract.Term) string {
	switch {
	case term.FromOne != "" && term.Weeks != nil:
		return firstPaid(term.Name, *term.Weeks, weeks)
	case term.FromOne != "":
		return firstPaid(term.Name, *term.Months, months)
	case term.Weeks != nil:
		return countedTerm(term.Name, *term.Weeks, weeks)
	case term.Months != nil:
		return countedTerm(term.Name, *term.Months, months)
	case term.Days != nil:
		return countedTerm(term.Name, *term.Days, days)
	case term.EachWeeks != nil:
		return "after " + listed(*term.EachWeeks, weeks)
	case term.EachMonths != nil:
		return "after " + listed(*term.EachMonths, months)
	case term.Date != nil:
		return term.Date.Long()
	case term.Interruption != nil:
		return "an interruption " + term.Interruption.String() + " it"
	}
	return term.Name
}

// countedTerm says how long something is.
func countedTerm(name string, n int, unit words.Unit) string {
	return name + " " + unit.Of(float64(n))
}

// firstPaid says which week or month is the first that is paid, counted from 0 as
// the term is and from 1 as most contracts do.
func firstPaid(name string, n int, unit words.Unit) string {
	return fmt.Sprintf("%s %d after the start (the %s is the first paid)", name, n, words.Ordinal(n+1)+" "+unit.One)
}

// listed says how long several things are: "6 and 12 months".
func listed(list []int, unit words.Unit) string {
	if len(list) == 1 {
		return unit.Of(float64(list[0]))
	}
	var all []string
	for _, n := range list {
		all = append(all, fmt.Sprint(n))
	}
	return words.And(all) + " " + unit.Many
}

// price is a tariff with how it changes and what is taken off it: "£500.00,
// rising 3% a year".
func price(m contract.Metric) Cell {
	c := pence(m.Tariff.Amount.InexactFloat64())
	switch t := m.Tariff; {
	case len(t.Tiers) > 0:
		c = text(tiersInWords(t.Tiers))
	case t.Beyond != nil:
		c.Text += beyondInWords(m)
	}
	c.Text += changing(m.Tariff.Indexation)
	if m.AgreedDeadweight.IsPositive() {
		if m.Tariff.Indexation.Valid {
			c.Text += ","
		}
		c.Text += " less " + words.Share(m.AgreedDeadweight) + " deadweight"
	}
	return c
}

// changing says by how much an amount in cash changes each year, after the amount;
// empty if it keeps its value.
func changing(indexation decimal.NullDecimal) string {
	yearly := indexation.Decimal
	switch {
	case !indexation.Valid:
		return ""
	case yearly.IsPositive():
		return " in cash, rising " + words.Share(yearly) + " a year"
	case yearly.IsNegative():
		return " in cash, falling " + words.Share(yearly.Neg()) + " a year"
	}
	return " in cash, whatever prices do"
}

// growing says by how much an amount grows each year above prices in general,
// after the amount; empty if it does not.
func growing(yearly decimal.Decimal) string {
	switch {
	case yearly.IsPositive():
		return ", rising " + words.Share(yearly) + " a year above prices"
	case yearly.IsNegative():
		return ", falling " + words.Share(yearly.Neg()) + " a year against prices"
	}
	return ""
}

// metricCap is the most that a metric pays: "£90,000", "500 weeks"; a dash if
// there is no limit.
func metricCap(m contract.Metric) Cell {
	var all []string
	if m.Cap.Amount.Valid {
		all = append(all, stated(m.Cap.Amount.Decimal))
	}
	if m.Cap.Units.Valid {
		all = append(all, unitOf(m).Of(m.Cap.Units.Decimal.InexactFloat64()))
	}
	if len(all) == 0 {
		return none()
	}
	return text(words.And(all))
}

// target is a number of units or children; a dash if there is none.
func target(n int, unit string) Cell {
	if n == 0 {
		return none()
	}
	return number(float64(n), 0, unit)
}

// tiersInWords says what a unit earns by the rate of its cohort: "£60,000 at 65% or
// more, £40,000 at 55% or more, nothing below".
func tiersInWords(tiers []contract.Tier) string {
	var all []string
	for _, t := range tiers {
		all = append(all, stated(t.Amount)+" at "+words.Share(t.From)+" or more")
	}
	if last := tiers[len(tiers)-1]; last.From.IsPositive() {
		all = append(all, "nothing below")
	}
	return strings.Join(all, ", ")
}

// beyondInWords says what units earn beyond a number of them, after the price of the
// others: ", £450 beyond 2,400 weeks in a year".
func beyondInWords(m contract.Metric) string {
	b := m.Tariff.Beyond
	over := ""
	if b.Yearly {
		over = " in a financial year"
	}
	return ", " + stated(b.Amount) + " beyond " + unitOf(m).Of(float64(b.Units)) + over
}

// paymentRule is what a metric pays, in one sentence.
func paymentRule(p *model.Programme, m contract.Metric) string {
	place := "the planned placement"
	if len(m.States) > 0 {
		var states []string
		for _, name := range m.States {
			if strings.Contains(name, ",") {
				name = strconv.Quote(name)
			}
			states = append(states, name)
		}
		place = words.Or(states)
	}
	rule := strings.Replace(m.Trigger.Definition().Rule, "{place}", place, 1)
	text := m.Name + ": "
	switch t := m.Tariff; {
	case !t.Pays():
		text += "nothing is due; what is recorded is " + rule
	case len(t.Tiers) > 0:
		text += "what is due for " + rule + " depends on how many of all children referred by then that are: " + tiersInWords(t.Tiers) + changing(t.Indexation)
	case len(t.ByCommissioner) > 0:
		text += "the price of the council (" + stated(t.Amount) + ", or " + words.And(ownPrices(t)) + ")" + changing(t.Indexation) + " is due for " + rule
	default:
		text += stated(t.Amount) + changing(t.Indexation) + " is due for " + rule
	}
	if m.Tariff.Beyond != nil {
		text += beyondInWords(m) + ", of all children together"
	}
	if m.AgreedDeadweight.IsPositive() {
		text += "; " + words.Share(m.AgreedDeadweight) + " of it is not paid, as agreed deadweight"
	}
	if limit := metricCap(m); limit.Text != noFigure {
		text += "; in all at most " + limit.Text
	}
	return text + "; for children of " + strings.ReplaceAll(paysFor(m), ";", ",") + "."
}

// ownPrices are the prices of councils that have their own: "£340 in Southdale".
func ownPrices(t contract.Tariff) []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(t.ByCommissioner)) {
		all = append(all, stated(t.ByCommissioner[name])+" in "+name)
	}
	return all
}

// feeTerms are the terms of the delivery fee: "£2,500 a month beside outcomes, 1 April
// 2026 to 31 March 2029; it counts towards the contract cap".
func feeTerms(fee *contract.DeliveryFee) string {
	text := stated(fee.PerMonth) + changing(fee.Indexation) + " a month beside outcomes, " + fee.From.Long() + " to " + fee.To.Long()
	if fee.InCap {
		return text + "; it counts towards the contract cap, before outcomes"
	}
	return text + "; it is outside the contract cap"
}
