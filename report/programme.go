package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Programme lays a programme out: its cohorts, its contract, delivery and capital
// in words, what is published about it, and the register of its inputs.
func Programme(p *model.Programme) []Table {
	return slices.Concat([]Table{frame(p), cohorts(p), metrics(p)}, capitalTerms(p), []Table{published(p)}, Register(p))
}

func frame(p *model.Programme) Table {
	t := Table{Title: p.Title, Columns: []string{"", ""}, Text: 2, Notes: p.Cautions}
	if p.About != "" {
		t.Notes = slices.Concat([]string{p.About}, p.Cautions)
	}
	weeks := p.Calendar()
	t.Add("Case", p.Case)
	t.Add("Weeks", fmt.Sprintf("%d, from %s to %s", p.Weeks, p.Start.Long(), weeks.Last(p.Weeks-1).Long()))
	t.Add("Prices", p.PriceBase)
	t.Add("Discount rate", fmt.Sprintf("%.4g%% a year", 100*p.DiscountRate))
	if p.Inflation != 0 {
		t.Add("Inflation", fmt.Sprintf("%.4g%% a year", 100*p.Inflation))
	}
	if p.Contract.Cap.Valid {
		t.Add("Contract cap", Money(p.Contract.Cap.Decimal.InexactFloat64()))
	}
	for _, c := range p.Commissioners {
		t.Add("Commissioner", fmt.Sprintf("%s, %.4g%% of referrals", c.Name, 100*c.ReferralShare))
	}
	for _, payer := range p.Contract.Payers {
		var shares []string
		for _, s := range payer.Shares {
			share := Share(s.Share)
			if !s.From.IsZero() {
				share += " from " + s.From.Long()
			}
			shares = append(shares, share)
		}
		t.Add("Payer", payer.Name+", "+strings.Join(shares, ", then "))
	}
	if m := p.MinimumReferrals; m.Children > 0 {
		t.Add("Minimum referrals", fmt.Sprintf("%d children in the first %d weeks", m.Children, m.Weeks))
		if m.Consequence != "" {
			t.Add("  if fewer", m.Consequence)
		}
	}
	for _, y := range p.Contract.YearCaps {
		when := "in every financial year"
		if y.Year != 0 {
			when = "in " + y.Year.String()
		}
		t.Add("Yearly cap", Money(y.Amount.InexactFloat64())+" "+when)
	}
	if words := capacityInWords(p.Capacity); words != "" {
		t.Add("Capacity", words)
	}
	for _, a := range p.Affordability {
		t.Add("Affordable", fmt.Sprintf("%s pays up to %s itself in %s", a.Commissioner, exact(a.Amount), a.Year))
	}
	for _, g := range p.Contract.Grants {
		t.Add("Grant", Money(g.Amount.InexactFloat64())+" in place of the claim for "+g.Quarter.String())
	}
	return t
}

func cohorts(p *model.Programme) Table {
	t := Table{
		Title:   "Cohorts",
		Columns: []string{"cohort", "moves", "children", "lag, weeks", "start", "tracked, weeks", "fails, per week", "cashable"},
		Text:    2,
	}
	for _, c := range p.Cohorts {
		t.Add(c.Name, c.StartState+" → "+c.PlannedState, grouped(c.Referrals.Expected(), 2), fmt.Sprint(c.Lag),
			fmt.Sprintf("%.4g%%", 100*c.StartProbability), fmt.Sprint(c.Tracking), hazards(c), Share(c.CashableShare))
	}
	return t
}

// hazards lists the weekly probability of failure, piece by piece.
func hazards(c model.Cohort) string {
	var all []string
	for _, piece := range c.Failure {
		sum := 0.0
		for _, m := range piece.Moves {
			sum += m.Probability
		}
		all = append(all, fmt.Sprintf("%.4g", sum))
	}
	return strings.Join(all, ", then ")
}

func metrics(p *model.Programme) Table {
	t := Table{Title: "Metrics", Columns: []string{"metric", "pays for", "trigger", "tariff", "target units", "target children"}, Text: 3}
	for _, m := range p.Contract.Metrics {
		t.Add(m.Name, paysFor(m), terms(m.Trigger), price(m),
			orNone(m.TargetUnits), orNone(m.TargetChildren))
	}
	return t
}

func published(p *model.Programme) Table {
	t := Table{Title: "Published figures, on which no result depends", Columns: []string{"", "status", "source", "note", "value"}, Text: 4}
	inputs := map[model.Path]model.Input{}
	for _, in := range p.Register {
		inputs[in.Path] = in
	}
	add := func(name, path, value string) {
		in := inputs[model.Path(path)]
		t.Add(name, in.Status.String(), in.Source, in.Note, value)
	}
	for _, total := range p.Published.Totals {
		add(total.Name, "published.totals."+total.Name, plain(total.Value))
	}
	for _, m := range p.Recorded {
		for _, r := range m.Results {
			t.Add(m.Name+", recorded by "+r.By.Long(), "", "", m.Note, plain(r.Value))
		}
	}
	for _, r := range p.Published.Results {
		add(fmt.Sprintf("%s, units to %s", r.Metric, r.By.Long()), fmt.Sprintf("published.results.%s.%s", r.By, r.Metric), Count(float64(r.Units)))
	}
	return t
}

// Register lays out every input with where it came from, the assumed ones
// first, and the documents. Published figures that no result depends on are not
// inputs and are left out.
func Register(p *model.Programme) []Table {
	inputs := slices.DeleteFunc(slices.Clone(p.Register), func(in model.Input) bool {
		_, published := in.Path.Under("published")
		return published
	})
	counts := map[model.Status]int{}
	for _, in := range inputs {
		counts[in.Status]++
	}
	t := Table{
		Title: fmt.Sprintf("Register of %d inputs: %d assumed, %d derived, %d published, %d not stated", len(inputs),
			counts[model.Assumed], counts[model.Derived], counts[model.Published], counts[model.Unstated]),
		Columns: []string{"input", "value", "status", "source", "note", "set by"}, Text: 6,
	}
	for _, status := range []model.Status{model.Assumed, model.Unstated, model.Derived, model.Published} {
		for _, in := range inputs {
			if in.Status == status {
				t.Add(string(in.Path), in.Value, in.Status.String(), in.Source, explained(in), in.By)
			}
		}
	}
	sources := Table{Title: "Sources", Columns: []string{"name", "document"}, Text: 2}
	for _, s := range p.Sources {
		sources.Add(s.Name, s.Text)
	}
	return []Table{t, sources}
}

// explained is the note of an input and what it was solved for.
func explained(in model.Input) string {
	if in.SolvedFor == nil {
		return in.Note
	}
	text := "solved for: " + in.SolvedFor.Measure + " " + in.SolvedFor.Result
	if in.SolvedFor.Case != "" {
		text += " in the central projection of the " + in.SolvedFor.Case + " case"
	}
	if in.Note != "" {
		text = in.Note + "; " + text
	}
	return text
}

// plain writes a published number as it is, with thousands separated.
func plain(d decimal.Decimal) string {
	return grouped(d.InexactFloat64(), max(0, -int(d.Exponent())))
}

// paysFor says whom a metric pays for.
func paysFor(m contract.Metric) string {
	text := strings.Join(m.Cohorts, ", ")
	if len(m.Commissioners) > 0 {
		text += "; claims of " + strings.Join(m.Commissioners, ", ")
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
	var all []string
	for _, term := range t.Definition().Terms {
		switch {
		case strings.HasPrefix(term.Name, "first") && term.Weeks != nil:
			all = append(all, fmt.Sprintf("%s %d", term.Name, *term.Weeks))
		case strings.HasPrefix(term.Name, "first") && term.Months != nil:
			all = append(all, fmt.Sprintf("%s %d", term.Name, *term.Months))
		case term.Weeks != nil:
			all = append(all, fmt.Sprintf("%s %d weeks", term.Name, *term.Weeks))
		case term.Months != nil:
			all = append(all, fmt.Sprintf("%s %d months", term.Name, *term.Months))
		case term.Days != nil:
			all = append(all, fmt.Sprintf("%s %d days", term.Name, *term.Days))
		case term.EachWeeks != nil && len(*term.EachWeeks) > 0:
			all = append(all, fmt.Sprintf("after weeks %s", numbers(*term.EachWeeks)))
		case term.EachMonths != nil && len(*term.EachMonths) > 0:
			all = append(all, fmt.Sprintf("after months %s", numbers(*term.EachMonths)))
		case term.Interruption != nil:
			all = append(all, "an interruption "+term.Interruption.String()+" it")
		}
	}
	return t.Definition().Kind + ": " + strings.Join(all, ", ")
}

func numbers(list []int) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(list), " ", ", "), "[]")
}

// price writes a tariff with what is taken off it.
func price(m contract.Metric) string {
	text := "£" + grouped(m.Tariff.Amount.InexactFloat64(), 2)
	if m.AgreedDeadweight.IsPositive() {
		text += " less " + Share(m.AgreedDeadweight) + " deadweight"
	}
	return text
}

// orNone writes a number that 0 means the absence of.
func orNone(n int) string {
	if n == 0 {
		return "-"
	}
	return Count(float64(n))
}
