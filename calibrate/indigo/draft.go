package indigo

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Disclaimer is what GO Lab says of its data, for all that is made of them.
const Disclaimer = "GO Lab shares these data for research and policy analysis, not for auditing, " +
	"investment or legal purposes, and gives no guarantee of their quality."

// source is the short name of the export in a programme file.
const source = "INDIGO export"

// Draft returns the start of a programme file of this project, in the YAML of
// package scenario: what the export holds, with where it comes from, and in
// comments what it does not. The text says which export it was, such as "full
// CSV export of 20 May 2025": the files do not say it themselves.
//
// A draft cannot be run, and scenario.Read refuses it with a list of what is
// missing: INDIGO has no cohorts, no chances and, for most projects, no prices.
// They are for the author to write, from the contract.
//
// Amounts are rounded to the penny. Only payments for whole calendar quarters
// can stand under published; the others stand in comments beside them, and so
// do payments in another currency than pounds.
func (p Project) Draft(export string) []byte {
	d := &draft{Project: p, used: map[string]bool{}}
	name := cmp.Or(p.Name, p.ID, "a project of INDIGO")
	d.comment(0, "The start of a programme file for "+name+", from an export of INDIGO, "+
		"the impact bond dataset of the Government Outcomes Lab, University of Oxford. "+Disclaimer+
		" It cannot be run until what stands in comments has been written from the contract; "+
		"template.yaml of package scenario explains every setting.")
	d.line(0, "")
	d.line(0, "format: 1")
	d.line(0, "programme: "+text(slug(name)))
	d.line(0, "title: "+text(name))
	if p.Intervention != "" {
		d.line(0, "about: "+text(p.Intervention))
	}
	d.line(0, "")
	d.time()
	d.line(0, "sources:")
	d.line(1, source+": "+text("Government Outcomes Lab, University of Oxford: INDIGO impact bond dataset, "+
		cmp.Or(export, "CSV export")+", project "+p.ID+". "+Disclaimer))
	d.line(0, "")
	d.line(0, "cautions:")
	d.line(1, "- "+text("Published plans are best cases. "+Disclaimer))
	d.line(0, "")
	d.missing()
	d.published()
	return []byte(d.b.String())
}

// draft is a programme file while it is written.
type draft struct {
	Project
	b    strings.Builder
	used map[string]bool // names in the present block
}

// line writes a line at so many steps from the margin.
func (d *draft) line(depth int, line string) {
	if line != "" {
		d.b.WriteString(strings.Repeat("  ", depth) + line)
	}
	d.b.WriteByte('\n')
}

// comment writes a remark in lines of moderate length.
func (d *draft) comment(depth int, remark string) { d.hanging(depth, "# ", remark) }

// hanging writes a remark whose first line begins with a mark, and whose others
// are indented as far.
func (d *draft) hanging(depth int, mark, remark string) {
	const width = 78
	rest := "#" + strings.Repeat(" ", len(mark)-1)
	line, empty := mark, true
	for _, word := range strings.Fields(clean(remark)) {
		if !empty && 2*depth+utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			d.line(depth, line)
			line, empty = rest, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	if !empty {
		d.line(depth, line)
	}
}

// time writes start and end.
func (d *draft) time() {
	dates := d.Dates
	if !dates.ServiceStart.IsZero() {
		d.value(0, "start", dates.ServiceStart.First.String(), "derived", "the export gives "+dates.ServiceStart.String()+" as start of service; its first day is taken")
	} else {
		d.comment(0, "start: the first day of week 0; INDIGO gives no start of service.")
	}
	end, what := dates.end()
	if end.Last.After(dates.ServiceStart.First) {
		d.value(0, "end", end.Last.String(), "derived", "the export gives "+end.String()+" as "+what+"; its last day is taken")
	} else {
		d.comment(0, "end: weeks that end by this day are counted; INDIGO gives no date of completion after the start.")
	}
	d.line(0, "")
}

// end is the first that is given of the dates that may end a programme.
func (d Dates) end() (When, string) {
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

// value writes a value with where it comes from.
func (d *draft) value(depth int, name, value, status, note string) {
	line := name + ": {value: " + value + ", status: " + status + ", source: " + source
	if note != "" {
		line += ", note: " + text(note)
	}
	d.line(depth, line+"}")
}

// missing says in comments what the author must write.
func (d *draft) missing() {
	d.line(0, "# What INDIGO does not hold, or not for sure. --------------------------------")
	rest := func(remark string) {
		d.line(0, "#")
		d.comment(0, remark)
	}
	rest("commissioners: each council's share of referrals. INDIGO has only the payers' ids: " +
		cmp.Or(d.payers(), "none") + ". What they have committed, under published, may be a first guide.")
	rest("states: the planned placements, each with its parent.")
	rest("background: weekly chances of moving without the programme. They are not in INDIGO: take them from the councils' own records or from research.")
	rest("ages at referral: years. " + about("The target population is", d.TargetPopulation))
	rest("cohorts: referrals, start state, planned state, lag, start probability, tracking and failure of each group of children. They are not in INDIGO: write them from the contract and from the records of the programme.")
	if d.Users.Targeted.Valid {
		d.comment(0, fmt.Sprintf("INDIGO's targeted number of users, %s, belongs to the best case.", d.Users.Targeted.Decimal))
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
		rest("contract cap: INDIGO's maximum potential outcome payment is " + money(f.Maximum.Decimal, cmp.Or(f.MaximumCurrency, "GBP")) + "; whether it caps claims, and how, is for the contract to say.")
	}
	rest("payers: who pays which share of each claim, and from when. " + about("What was agreed because of COVID-19", d.COVID))
	rest("unit costs: pounds for a child-week in each state. They are not in INDIGO.")
	rest("minimum referrals, savings targets, cases, compare and variants: as the programme needs them.")
	d.line(0, "")
}

// about is a sentence that says what the export does, if it does.
func about(what, text string) string {
	if text == "" {
		return ""
	}
	return what + ": " + strings.TrimRight(text, ". ") + "."
}

// payers lists the ids of whoever commits to pay or is named in payments.
func (d *draft) payers() string {
	ids := map[string]bool{}
	for _, c := range d.Commitments {
		ids[c.Organisation] = c.Organisation != ""
	}
	for _, pay := range d.Payments {
		for _, id := range pay.Payers {
			ids[id] = true
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
	for _, r := range d.Results {
		if r.Metric == m.ID && r.Achieved.Valid {
			out += fmt.Sprintf(" [achieved %s %s, %s]", r.Achieved.Decimal, cmp.Or(r.Description, "of a unit not stated"), r.Period)
		}
	}
	for _, price := range d.Pricings {
		if price.Metric == m.ID && price.Unit.Valid {
			out += " [price per unit " + money(price.Unit.Decimal, cmp.Or(price.Currency, "GBP")) + "]"
		}
	}
	return out
}

// published writes the block of what has been published.
func (d *draft) published() {
	d.line(0, "# What has been published. Nothing in a run depends on it. -------------------")
	d.line(0, "")
	d.line(0, "published:")
	d.line(1, "status: published")
	d.line(1, "source: "+source)
	d.line(1, "value:")
	d.totals()
	for _, pay := range d.Payments {
		if pay.Currency != "" && pay.Currency != "GBP" {
			d.comment(2, "There are payments in "+pay.Currency+", so plans and actual payments are left out: this format holds pounds.")
			return
		}
	}
	d.plans()
	if actual := d.Actual(); len(actual) > 0 {
		quarters, others := Quarterly(Rounded(actual))
		d.others(2, "Of actual payments", others)
		if len(quarters) > 0 {
			d.line(2, "actual payments:")
			d.quarters(3, quarters)
		}
	}
}

// totals writes the headline figures.
func (d *draft) totals() {
	type line struct{ name, value, is, note string }
	var lines []line
	add := func(name, unit string, value decimal.NullDecimal, note string) {
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
	inPounds := func(value decimal.NullDecimal, currency string) decimal.NullDecimal {
		value.Valid = value.Valid && sign(currency) == "£"
		return value
	}
	span := func(name, unit string, r Range) {
		add(name, unit, r.Exact, "")
		add(name+", at least", unit, r.Min, "")
		add(name+", at most", unit, r.Max, "")
	}
	f := d.Finance
	add("maximum potential outcome payment", sign(f.MaximumCurrency), f.Maximum, "")
	is(inPounds(f.Maximum, f.MaximumCurrency), "maximum", "outcome payments")
	add("outcome payments made", sign(f.MadeCurrency), f.Made, "as stated; it need not be the sum of the payments below")
	is(inPounds(f.Made, f.MadeCurrency), "paid", "outcome payments")
	span("capital committed", sign(f.CapitalCurrency), f.Capital)
	add("service users targeted", "", d.Users.Targeted, unit(d.Users.TargetedUnit, d.Users.TargetedIs))
	is(d.Users.Targeted, "targeted", "service users")
	add("service users engaged", "", d.Users.Actual, unit(d.Users.ActualUnit, d.Users.ActualIs))
	is(d.Users.Actual, "engaged", "service users")
	for _, c := range d.Commitments {
		of := cmp.Or(c.Organisation, "a payer not named")
		add("commitment of "+of, sign(c.Currency), c.Maximum, "a maximum")
		add("paid by "+of, sign(c.PaidCurrency), c.Paid, "")
	}
	for _, i := range d.Investments {
		span("capital from "+cmp.Or(i.Organisation, "an investor not named"), sign(i.Currency), i.Amount)
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

// sign is the unit of an amount.
func sign(currency string) string {
	if currency == "" || currency == "GBP" {
		return "£"
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
		quarters, others := Quarterly(Rounded(d.Planned(plan.ID)))
		switch {
		case plan.Valid.From.IsZero():
			d.comment(2, plan.ID+" is left out, as the months in which it was valid are not stated. Its payments: "+amounts(d.Planned(plan.ID)))
			continue
		case len(quarters) == 0:
			d.comment(2, plan.ID+", valid "+plan.Valid.String()+", is left out, as it has no payments for calendar quarters.")
			d.others(2, "Of "+plan.ID, others)
			continue
		}
		if !begun {
			d.comment(2, "Months of validity are published; days are the first and the last.")
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
			d.comment(4, "The export has fractions of a penny, rounded here to the penny.")
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

// others writes payments that have no quarter in a comment.
func (d *draft) others(depth int, of string, payments []Payment) {
	if len(payments) > 0 {
		d.comment(depth, of+", left out as not for one calendar quarter or without an amount: "+amounts(payments))
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
		if pay.Amount.Valid {
			amount = pay.Amount.Decimal.Round(2).String()
		}
		all = append(all, pay.Period.String()+" "+amount)
	}
	return strings.Join(all, "; ") + "."
}

// name returns a name for a block that has no other of the same name.
func (d *draft) name(name string) string {
	const most = 200 // YAML allows 1024 bytes
	runes := []rune(clean(name))
	name = cmp.Or(string(runes[:min(len(runes), most)]), "not named")
	unique := name
	for n := 2; d.used[unique]; n++ {
		unique = fmt.Sprintf("%s (%d)", name, n)
	}
	d.used[unique] = true
	return text(unique)
}

// text writes any text as one line of YAML.
func text(s string) string {
	return strconv.Quote(clean(s)) // in which nothing needs an escape that YAML does not have
}

// clean is a text on one line, without what cannot be printed.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !strconv.IsPrint(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}

// slug is a programme's short name: small letters, digits and hyphens.
func slug(name string) string {
	const most = 60
	var b strings.Builder
	for _, r := range strings.ToLower(strings.NewReplacer("’", "", "'", "").Replace(name)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	s := b.String()
	if len(s) > most {
		s = s[:most]
	}
	return cmp.Or(strings.Trim(s, "-"), "programme")
}
