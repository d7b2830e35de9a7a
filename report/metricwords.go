package report

import (
	"fmt"
	"slices"

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

// terms says what a trigger pays for.
func terms(t contract.Trigger) string {
	d := t.Definition()
	text := d.Kind + ":"
	for i, term := range d.Terms {
		if i > 0 {
			text += ","
		}
		text += " " + termInWords(term)
	}
	return text
}

// termInWords says what a term of a trigger is set to.
func termInWords(term contract.Term) string {
	switch {
	case term.Weeks != nil:
		return countedTerm(term.Name, *term.Weeks, weeks)
	case term.Months != nil:
		return countedTerm(term.Name, *term.Months, months)
	case term.Days != nil:
		return countedTerm(term.Name, *term.Days, days)
	case term.EachWeeks != nil:
		return "after " + weeks.Many + " " + numbers(*term.EachWeeks)
	case term.EachMonths != nil:
		return "after " + months.Many + " " + numbers(*term.EachMonths)
	case term.Interruption != nil:
		return "an interruption " + term.Interruption.String() + " it"
	}
	return term.Name
}

// countedTerm says how long something is or, of the first payable week or month,
// which it is.
func countedTerm(name string, n int, unit words.Unit) string {
	if name == "first payable "+unit.One {
		return fmt.Sprintf("%s %d", name, n)
	}
	return name + " " + unit.Of(float64(n))
}

func numbers(list []int) string {
	var all []string
	for _, n := range list {
		all = append(all, fmt.Sprint(n))
	}
	return words.And(all)
}

// price is a tariff with what is taken off it.
func price(m contract.Metric) Cell {
	c := pence(m.Tariff.Amount.InexactFloat64())
	if m.AgreedDeadweight.IsPositive() {
		c.Text += " less " + words.Share(m.AgreedDeadweight) + " deadweight"
	}
	return c
}

// target is a number of units or children; a dash if there is none.
func target(n int, unit string) Cell {
	if n == 0 {
		return none()
	}
	return number(float64(n), 0, unit)
}
