package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Programme lays a programme out: its cohorts, its contract, delivery and capital
// in words, what is published about it, what is uncertain, and the register of its inputs, which is
// also the table for a spreadsheet.
func Programme(v *scenario.Version) []Table {
	if !readable(v) {
		return nothing("a version of a programme")
	}
	p := v.Programme
	inputs := registerTable(p)
	knownColumn(&inputs, p)
	all := slices.Concat([]Table{frame(v), cohorts(p), metrics(p), unitCosts(p)}, capitalTerms(v), []Table{publishedFigures(p), changes(v), uncertainTable(p), inputs, sources(p)})
	tables := slices.DeleteFunc(all, func(t Table) bool { return len(t.Rows) == 0 })
	inputs.Sheet = true
	return inCurrency(p, append(tables, inputs)...)
}

func frame(v *scenario.Version) Table {
	p := v.Programme
	t := Table{Title: cmp.Or(p.Title, p.Name), Columns: textColumns("", "")}
	add := func(label, value string) { t.add(texts(label, value)...) }
	if p.About != "" {
		t.Notes = append(t.Notes, p.About)
	}
	t.Notes = append(t.Notes, p.Cautions...)
	if p.NotInRanges != "" {
		t.Notes = append(t.Notes, "Not in the ranges: "+p.NotInRanges)
	}
	add("Case", asWritten(v))
	add("Weeks", fmt.Sprintf("%d, from %s to %s", p.Weeks, p.Start.Long(), p.Calendar().Last(p.Weeks-1).Long()))
	if p.Currency != "" {
		add("Currency", words.CurrencyName(p.Currency))
	}
	add("Prices", p.PriceBase)
	add("Discount rate", p.DiscountRate.String())
	if p.Inflation != 0 {
		add("Inflation", words.Rate(p.Inflation)+" a year")
	}
	if p.Contract.Cap.Valid {
		add("Contract cap", stated(p.Contract.Cap.Decimal)+changing(p.Contract.CapIndexation))
	}
	for _, c := range p.Commissioners {
		add("Council", c.Name+", "+words.Rate(c.ReferralShare)+" of referrals")
	}
	for _, payer := range p.Contract.Payers {
		add("Payer", payerInWords(p, payer))
	}
	if m := p.MinimumReferrals; m.Children > 0 {
		add("Minimum referrals", fmt.Sprintf("%s in the first %s", children.Of(float64(m.Children)), weeks.Of(float64(m.Weeks))))
		if m.Consequence != "" {
			t.part(texts("if fewer", m.Consequence)...)
		}
	}
	if fee := p.Contract.Fee; fee != nil {
		add("Delivery fee", feeTerms(fee))
	}
	for _, y := range p.Contract.YearCaps {
		when := "in every financial year"
		if y.Year != 0 {
			when = "in " + y.Year.String()
		}
		add("Yearly cap", stated(y.Amount)+" "+when)
	}
	if capacity := capacityInWords(p.Capacity); capacity != "" {
		add("Capacity", capacity)
	}
	for _, a := range p.Affordability {
		add("Affordable", fmt.Sprintf("%s pays up to %s itself in %s", a.Commissioner, stated(a.Amount), a.Year))
	}
	for _, g := range p.Contract.Grants {
		add("Grant", stated(g.Amount)+" in place of the claim for "+g.Quarter.String())
	}
	return t
}

// payerInWords says what share of claims a payer pays.
func payerInWords(p *model.Programme, payer contract.Payer) string {
	text := payer.Name
	if payer.Name == contract.ClaimingCommissioner {
		text = "the council whose claim it is"
	}
	for i, s := range payer.Shares {
		then := ", "
		if i > 0 {
			then = ", then "
		}
		text += then + words.Share(s.Share)
		if !s.From.IsZero() {
			text += " from " + s.From.Long()
		}
	}
	if isCouncil(p, payer.Name) {
		text += ", of all claims, whichever council's child it is"
	}
	if !payer.Cap.Valid {
		return text
	}
	text += ", up to " + stated(payer.Cap.Decimal)
	switch payer.Then {
	case contract.Stop:
		return text + "; nobody pays what is over it"
	case contract.OthersPay:
		return text + "; then the other payers, in proportion to their shares"
	}
	return text + "; then the council whose claim it is"
}

func cohorts(p *model.Programme) Table {
	t := Table{
		Title: "Cohorts",
		Columns: append(textColumns("cohort", "moves"), figureColumns(
			"children", "lag, weeks", "start", "tracked, weeks", "fails, per week", "cashable")...),
	}
	for _, c := range p.Cohorts {
		cashable := c.CashableShare.InexactFloat64()
		t.add(text(c.Name), text(c.StartState+" → "+c.PlannedState), number(c.Referrals.Expected(), 2, "children"),
			number(float64(c.Lag), 0, "weeks"), Cell{Text: words.Rate(c.StartProbability), Value: &c.StartProbability, Unit: "probability"},
			number(float64(c.Tracking), 0, "weeks"), text(hazards(c)), Cell{Text: words.Share(c.CashableShare), Value: &cashable, Unit: unitShare})
	}
	return t
}

// hazards lists the weekly probability of failure, piece by piece.
func hazards(c model.Cohort) string {
	text := ""
	for i, piece := range c.Failure {
		sum := 0.0
		for _, m := range piece.Moves {
			sum += m.Probability
		}
		if i > 0 {
			text += ", then "
		}
		text += words.Significant(sum)
	}
	return text
}

func metrics(p *model.Programme) Table {
	t := Table{Title: "Metrics", Columns: append(textColumns("metric", "pays for", "trigger"), figureColumns("tariff", "cap", "target units", "target children")...)}
	for _, m := range p.Contract.Metrics {
		t.add(text(m.Name), text(paysFor(m)), text(terms(p, m)), price(m), metricCap(m),
			target(m.TargetUnits, "units"), target(m.TargetChildren, "children"))
		t.Notes = append(t.Notes, paymentRule(p, m))
	}
	return t
}

// unitCosts lays out what a week of care costs, and how that grows.
func unitCosts(p *model.Programme) Table {
	t := Table{Title: "Cost of care", Columns: append(textColumns("state"), figureColumns("a week")...)}
	for _, u := range p.UnitCosts {
		label := u.State
		if u.Commissioner != "" {
			label += ", for " + u.Commissioner
		}
		if u.Year != 0 {
			label += ", from " + u.Year.String()
		}
		cost := amount(u.PerWeek)
		cost.Text += changing(u.Indexation) + growing(u.Growth)
		t.add(text(label), cost)
	}
	return t
}

func publishedFigures(p *model.Programme) Table {
	t := Table{Title: "Published figures, on which no result depends", Columns: append(
		textColumns("", "status", "source", "note"), figureColumns("value")...)}
	add := func(name, path string, value Cell) {
		in, _ := register(p, path)
		value.Status = in.Status.String()
		t.add(text(name), text(value.Status), text(in.Source), text(in.Note), value)
	}
	for _, total := range p.Published.Totals {
		add(total.Name, "published.totals."+total.Name, plain(total.Value))
	}
	for _, m := range p.Recorded {
		for _, r := range m.Results {
			t.add(text(m.Name+", recorded by "+r.By.Long()), Cell{}, Cell{}, text(m.Note), plain(r.Value))
		}
	}
	for _, r := range p.Published.Results {
		add(r.Metric+", units to "+r.By.Long(), fmt.Sprintf("published.results.%s.%s", r.By, r.Metric), number(float64(r.Units), 0, "units"))
	}
	return t
}

// registerTable lays out every input with where it came from, the assumed ones
// first. Published figures that no result depends on are not inputs and are left
// out.
func registerTable(p *model.Programme) Table {
	inputs := inputs(p)
	counts := map[model.Status]int{}
	for _, in := range inputs {
		counts[in.Status]++
	}
	t := Table{
		Title: fmt.Sprintf("Register of %d inputs: %d assumed, %d derived, %d published, %d not stated", len(inputs),
			counts[model.Assumed], counts[model.Derived], counts[model.Published], counts[model.Unstated]),
		Columns: textColumns("input", "value", "status", "source", "note", "set by"),
	}
	for _, status := range []model.Status{model.Assumed, model.Unstated, model.Derived, model.Published} {
		for _, in := range inputs {
			if in.Status == status {
				value := text(in.Value)
				value.Status = status.String()
				t.add(text(string(in.Path)), value, text(status.String()), text(in.Source), text(noteWithResult(in)), text(in.By))
			}
		}
	}
	return t
}

// sources are the documents that the register refers to.
func sources(p *model.Programme) Table {
	t := Table{Title: "Sources", Columns: textColumns("name", "document")}
	for _, s := range p.Sources {
		t.add(texts(s.Name, s.Text)...)
	}
	return t
}

// plain is a published number as it is, with thousands separated.
func plain(d decimal.Decimal) Cell {
	c := number(d.InexactFloat64(), max(0, -int(d.Exponent())), "")
	return c
}

// noteWithResult is the note of an input, the result that it was solved for and
// the day up to which it was fitted, and its edition.
func noteWithResult(in model.Input) string {
	var parts []string
	if in.Note != "" {
		parts = append(parts, in.Note)
	}
	if s := in.SolvedFor; s != nil {
		text := "solved for: " + s.Measure + " " + s.Result
		if s.Case != "" {
			text += " in the central projection of the " + s.Case + " case"
		}
		parts = append(parts, text)
	}
	if !in.FittedTo.IsZero() {
		parts = append(parts, "fitted to what was published to "+in.FittedTo.Long())
	}
	if in.Edition != "" {
		parts = append(parts, "edition: "+in.Edition)
	}
	if !in.NextDue.IsZero() {
		parts = append(parts, "next due "+in.NextDue.Long())
	}
	return strings.Join(parts, "; ")
}
