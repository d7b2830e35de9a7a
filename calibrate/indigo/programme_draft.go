package indigo

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Disclaimer is what GO Lab says about its data. Show it with whatever is made of
// them.
const Disclaimer = "GO Lab shares these data for research and policy analysis, not for auditing, " +
	"investment or legal purposes, and gives no guarantee of their quality."

// source is the short name of the export in a programme file.
const source = "INDIGO export"

// Draft returns the start of a programme file for this project, in the YAML of
// package scenario: what the export holds, with its source, and in comments what
// it does not hold. The argument names the export, such as "full CSV export of 20
// May 2025", because the files themselves do not.
//
// INDIGO has no cohorts, no probabilities and, for most projects, no prices. A draft
// has placeholders for them, in which nobody is referred and nothing costs anything, so
// that scenario.Read takes it and the charts of what is published can be drawn at once;
// every modelled figure is 0, and a caution says so, until the author has written them
// from the contract. What of the export is in doubt stands in comments at the top.
//
// Amounts are rounded to the penny. Only payments for whole calendar quarters are
// listed under published; the others are in comments beside them, as are amounts
// that could not be read. The file is in the currency of the payments or, without any,
// of all amounts; in pounds where there are several or none is stated, which a comment says. Plans and payments
// are left out if any payment is not known to be in the file's currency. Nothing is
// converted, and a pound sign in a text of another currency's file becomes GBP.
func (p Project) Draft(export string) []byte {
	d := &draft{Project: p, used: map[string]bool{}}
	currency, stated := p.currency()
	d.currency = currency
	name := cmp.Or(p.Name, p.ID, "a project of INDIGO")
	d.comment(0, "The start of a programme file for "+name+", from an export of INDIGO, "+
		"the impact bond dataset of the Government Outcomes Lab, University of Oxford. "+Disclaimer+
		" Charts of what is published can be drawn of it as it stands: edgeofcare plot FILE payments --published. "+
		"Anything modelled is 0 until the placeholders at the end have been replaced from the contract; "+
		"template.yaml of package scenario explains every setting.")
	d.doubts()
	d.line(0, "")
	d.line(0, "format: 1")
	d.line(0, "programme: "+text(slug(name)))
	d.line(0, "title: "+text(name))
	if p.Intervention != "" {
		d.line(0, "about: "+text(p.Intervention))
	}
	switch {
	case !stated:
		d.comment(0, "currency: the export does not state one currency for all payments or, without payments, for all amounts. The file is taken to be in pounds; if it is in another, write that here, as in currency: AUD.")
	case d.currency != pounds:
		d.value(0, "currency", d.currency, "published", "that of the amounts in the export; amounts in another stand under totals with its code, and nothing is converted")
	}
	d.line(0, "")
	d.time()
	d.line(0, "sources:")
	d.line(1, source+": "+text("Government Outcomes Lab, University of Oxford: INDIGO impact bond dataset, "+
		cmp.Or(export, "CSV export")+", project "+p.ID+". "+Disclaimer))
	d.line(0, "")
	d.line(0, "cautions:")
	d.line(1, "- "+text("Cohorts, metrics, payers and costs in this file are placeholders: every modelled figure is 0 and means nothing until they have been written from the contract."))
	d.line(1, "- "+text("Published plans are best cases. "+Disclaimer))
	d.line(0, "")
	d.missing()
	d.published()
	d.placeholders()
	if d.currency != pounds { // in whose file a pound sign would be read as its own
		return []byte(strings.NewReplacer(pound+`"`, pounds+`"`, pound, pounds+" ").Replace(d.b.String()))
	}
	return []byte(d.b.String())
}

// draft is a programme file while it is written.
type draft struct {
	Project
	b    strings.Builder
	used map[string]bool // names in the present block
	// currency is the code of the file's currency.
	currency string
	// metrics are the names of the metrics of the file by id.
	metrics map[string]string
}

// doubts says what of the export is in doubt.
func (d *draft) doubts() {
	if len(d.Doubts) == 0 {
		return
	}
	d.line(0, "#")
	d.comment(0, "What the export leaves in doubt:")
	for _, n := range d.Doubts {
		n.Project = ""
		d.hanging(0, "#   - ", n.String())
	}
}

// time writes start and end.
func (d *draft) time() {
	first, last := d.paidOver()
	switch start := d.Dates.ServiceStart; {
	case !start.IsZero():
		d.value(0, "start", start.From.String(), "derived", "the export gives "+start.String()+" as start of service; its first day is used")
	case !first.IsZero():
		d.value(0, "start", first.String(), "derived", "the export gives no start of service; the first day for which a payment is planned or made is used")
	default:
		d.comment(0, "start: the first day of week 0; INDIGO gives no start of service.")
	}
	switch end, what := d.Dates.end(); {
	case end.To.After(d.begins()):
		d.value(0, "end", end.To.String(), "derived", "the export gives "+end.String()+" as "+what+"; its last day is used")
	case last.After(d.begins()):
		d.value(0, "end", last.String(), "derived", "the export gives no completion date after the start; the last day for which a payment is planned or made is used")
	default:
		d.comment(0, "end: weeks that end by this day are counted; INDIGO gives no completion date after the start.")
	}
	d.line(0, "")
}

// begins is the first day of the file; zero if the export has none.
func (d *draft) begins() calendar.Date {
	if start := d.Dates.ServiceStart; !start.IsZero() {
		return start.From
	}
	first, _ := d.paidOver()
	return first
}

// ends is the last day of the file; zero if the export has none.
func (d *draft) ends() calendar.Date {
	if end, _ := d.Dates.end(); end.To.After(d.begins()) {
		return end.To
	}
	if _, last := d.paidOver(); last.After(d.begins()) {
		return last
	}
	return calendar.Date{}
}

// paidOver are the first and the last day for which payments are planned or made.
func (d *draft) paidOver() (first, last calendar.Date) {
	for _, pay := range d.Payments {
		if from := pay.Period.From; !from.IsZero() && (first.IsZero() || from.Before(first)) {
			first = from
		}
		if to := pay.Period.To; to.After(last) {
			last = to
		}
	}
	return first, last
}

// end is the first date given of those that may end a programme.
func (d Dates) end() (Period, string) {
	switch {
	case !d.Completion.IsZero():
		return d.Completion, "actual completion"
	case !d.AnticipatedCompletion.IsZero():
		return d.AnticipatedCompletion, "anticipated completion"
	case !d.ServiceEnd.IsZero():
		return d.ServiceEnd, "actual end of service"
	}
	return d.AnticipatedServiceEnd, "anticipated end of service"
}

// missing says in comments what the author must write.
func (d *draft) missing() {
	d.line(0, "# What INDIGO does not hold, or does not state clearly. ------------------------")
	rest := func(remark string) {
		d.line(0, "#")
		d.comment(0, remark)
	}
	rest("commissioners: each council's share of referrals. INDIGO has the payers alone: " +
		cmp.Or(d.payers(), "none") + ". What they have committed, under published, may be a first guide.")
	rest("states: the planned placements, each with its parent.")
	rest("background: weekly transition probabilities without the programme. They are not in INDIGO: take them from the councils' own records or from research.")
	rest("ages at referral: years. " + about("The target population is", d.TargetPopulation))
	rest("cohorts: referrals, start state, planned state, lag, start probability, tracking and failure of each group of children. They are not in INDIGO: write them from the contract and from the records of the programme.")
	if d.Users.Targeted.Valid {
		d.comment(0, fmt.Sprintf("INDIGO's targeted number of users, %s, is that of the best case.", d.Users.Targeted.Decimal))
	}
	has := "INDIGO has:"
	if len(d.Metrics) == 0 {
		has = "INDIGO has none."
	}
	rest("metrics: for each, its cohorts, trigger, tariff and target. " + has)
	for _, m := range d.Metrics {
		d.hanging(0, "#   - ", m.ID+": "+m.Definition+d.metricFigures(m))
	}
	if f := d.Finance; f.Maximum.Valid {
		rest("contract cap: INDIGO's maximum potential outcome payment is " + words.Money(f.MaximumCurrency, f.Maximum.Decimal) + "; check in the contract whether it caps claims, and how.")
	}
	rest("payers: who pays which share of each claim, and from when. " + about("What was agreed because of COVID-19", d.COVID))
	rest("unit costs: " + d.currency + " for a child-week in each state. They are not in INDIGO.")
	rest("minimum referrals, savings targets, cases, compare and variants: as the programme needs them.")
	d.line(0, "")
}

// about is a sentence with a text of the export; empty if it has none.
func about(what, text string) string {
	if text == "" {
		return ""
	}
	return what + ": " + strings.TrimRight(text, ". ") + "."
}

// payers lists whoever commits to pay or is named in payments.
func (d *draft) payers() string {
	ids := map[string]bool{}
	for _, c := range d.Commitments {
		ids[d.withID(c.Organisation)] = c.Organisation != ""
	}
	for _, pay := range d.Payments {
		for _, id := range pay.Payers {
			ids[d.withID(id)] = true
		}
	}
	return strings.Join(sorted(ids), ", ")
}

// metricFigures writes what is known of a metric in numbers.
func (d *draft) metricFigures(m Metric) string {
	out := ""
	if m.Target.Valid {
		is := cmp.Or(m.UnitIs, "with unit "+quote(cmp.Or(m.Unit, "none"))+", which may be children, weeks or days")
		out += fmt.Sprintf(" [target %s %s]", m.Target.Decimal, is)
	}
	for _, r := range d.Achievements {
		if r.Metric == m.ID && r.Achieved.Valid {
			out += fmt.Sprintf(" [achieved %s %s, %s]", r.Achieved.Decimal, cmp.Or(r.Description, "in a unit not stated"), r.Period)
		}
	}
	for _, price := range d.Pricings {
		if price.Metric == m.ID && price.Unit.Valid {
			out += " [price per unit " + words.Money(price.Currency, price.Unit.Decimal) + "]"
		}
	}
	return out
}
