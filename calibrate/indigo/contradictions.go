package indigo

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// contradictions gathers what cannot all be right in what is said of a project.
type contradictions struct {
	*Project
	code  string // of the one currency; empty if there is none or more than one
	notes []Note
}

// contradictionsOf returns what in a project's figures cannot all be right, or is
// not what it seems.
func contradictionsOf(p *Project) []Note {
	d := &contradictions{Project: p}
	d.sector()
	d.stage()
	d.totals()
	d.units()
	d.names()
	for _, group := range series(p.Payments) {
		d.series(group)
	}
	return d.notes
}

func (d *contradictions) note(text string, args ...any) {
	d.notes = append(d.notes, Note{Project: d.ID, Text: fmt.Sprintf(text, args...)})
}

// sector says that a project is not about children's social care, for which this library
// is made, as far as the export says what it is about.
func (d *contradictions) sector() {
	if !d.OfChildrensCare() {
		d.note("the policy sector is %s, not child and family welfare: this library models children's social care, and nothing in it fits another service", quote(d.PolicySector))
	}
}

// OfChildrensCare reports whether a project may be about children's social care: its
// policy sector is that of children or families, or is not given.
func (p *Project) OfChildrensCare() bool {
	sector := fold(p.PolicySector)
	return sector == "" || strings.Contains(sector, "child") || strings.Contains(sector, "family")
}

// stage compares a project's stage with what else the export says of its end.
func (d *contradictions) stage() {
	complete := fold(d.Stage) == "complete"
	if !complete && !d.Dates.Completion.IsZero() {
		d.note("the stage is %s, but the project was completed in %s", quote(d.Stage), d.Dates.Completion)
	}
	if !complete {
		return
	}
	if d.Dates.Completion.IsZero() {
		d.note("the stage is %s, but no date of completion is given", quote(d.Stage))
	}
	for _, plan := range d.Plans {
		if plan.Valid.Open {
			d.note("the stage is %s, but %s is still current", quote(d.Stage), plan.ID)
		}
	}
	interim := 0
	for _, result := range d.Achievements {
		if fold(result.Type) == "interim" {
			interim++
		}
	}
	if interim > 0 {
		d.note("the stage is %s, but %s", quote(d.Stage), count(interim, "result is interim", "results are interim"))
	}
}

// totals compares the totals that the export states with each other and with
// sums of its rows, where all amounts are in one currency.
func (d *contradictions) totals() {
	actual := sumOf(d.Actual())
	d.unknown("actual payments", actual)
	plans := make([]sum, len(d.Plans))
	for i, plan := range d.Plans {
		plans[i] = sumOf(d.Planned(plan.ID))
		d.unknown(plan.ID, plans[i])
	}
	codes, without := d.currencies()
	if len(codes) > 1 {
		d.note("amounts are in several currencies, %s, so no sums were compared", strings.Join(codes, ", "))
		return
	}
	if len(codes) == 1 {
		d.code = codes[0]
	}
	switch {
	case without > 0 && d.code != "":
		d.note("%s no currency: sums were compared as if all were in %s", count(without, "amount has", "amounts have"), d.code)
	case without > 0:
		d.note("no amount has a currency")
	}
	d.made(actual)
	d.maximum(actual, plans)
	d.invested()
}

// unknown notes that payments have no total.
func (d *contradictions) unknown(name string, s sum) {
	if err := s.incomplete(); err != nil && len(s.known) > 0 {
		d.note("%s: %s; the others add up to %s", name, err, s.String())
	}
}

// made compares the stated total of payments with sums of rows.
func (d *contradictions) made(actual sum) {
	made := d.Finance.Made
	if !made.Valid {
		return
	}
	if actual.amounts > 0 && actual.incomplete() == nil && !made.Decimal.Equal(actual.all()) {
		d.note("the total of outcome payments made is stated as %s, but the payments add up to %s", d.money(made.Decimal), d.money(actual.all()))
	}
	var paid sum
	for _, c := range d.Commitments {
		paid.add(c.Paid, c.PaidText, c.PaidCurrency)
	}
	if len(paid.known) > 0 && paid.text == 0 && !made.Decimal.Equal(paid.all()) {
		d.note("the total of outcome payments made is stated as %s, but what each payer has paid adds up to %s%s", d.money(made.Decimal), d.money(paid.all()), paid.silent())
	}
}

// maximum compares the maximum potential outcome payment with sums of rows.
func (d *contradictions) maximum(actual sum, plans []sum) {
	maximum := d.Finance.Maximum
	if !maximum.Valid {
		return
	}
	for i, plan := range d.Plans {
		if total := plans[i].all(); plans[i].incomplete() == nil && total.GreaterThan(maximum.Decimal) {
			d.note("%s adds up to %s, more than the maximum potential outcome payment of %s: the maximum is often reduced when a contract is varied", plan.ID, d.money(total), d.money(maximum.Decimal))
		}
	}
	if actual.incomplete() == nil && actual.all().GreaterThan(maximum.Decimal) {
		d.note("actual payments add up to %s, more than the maximum potential outcome payment of %s", d.money(actual.all()), d.money(maximum.Decimal))
	}
	var most sum
	for _, c := range d.Commitments {
		most.add(c.Maximum, c.MaximumText, c.Currency)
	}
	if len(most.known) > 0 && most.text == 0 && !most.all().Equal(maximum.Decimal) {
		d.note("the payers' commitments add up to %s%s, but the maximum potential outcome payment is %s", d.money(most.all()), most.silent(), d.money(maximum.Decimal))
	}
}

// invested compares the capital committed with what each investor commits.
func (d *contradictions) invested() {
	var all sum
	for _, i := range d.Investments {
		all.add(i.Amount.Exact, i.Amount.Text, i.Currency)
	}
	capital := d.Finance.Capital.Exact
	if all.amounts > 0 && all.incomplete() == nil && capital.Valid && !all.all().Equal(capital.Decimal) {
		d.note("the investments add up to %s, but the total investment commitment is %s", d.money(all.all()), d.money(capital.Decimal))
	}
}

// money writes an amount in the currency of the project.
func (d *contradictions) money(amount decimal.Decimal) string { return words.Money(d.code, amount) }

// timeUnit finds a unit of time in the definition of a metric.
var timeUnit = regexp.MustCompile(`(?i)\b(week|day)s?\b`)

// units notes where a number of service users may be a number of weeks or days.
func (d *contradictions) units() {
	var doubtful, bare []string
	weeks := ""
	for _, m := range d.Metrics {
		unit := strings.TrimSuffix(strings.ToLower(timeUnit.FindString(m.Definition+" "+m.Remark)), "s")
		if !m.Target.Valid || unit == "" || timeUnit.MatchString(m.UnitIs) {
			continue
		}
		if users := d.Users.Targeted; users.Valid && m.Target.Decimal.GreaterThan(users.Decimal) {
			is := "no unit"
			if m.Unit != "" {
				is = "the unit " + quote(m.Unit)
			}
			d.note("%s: the target is %s with %s, more than the project's %s users: it seems to be in %ss, which its definition mentions", m.ID, m.Target.Decimal, is, users.Decimal, unit)
		} else {
			doubtful = append(doubtful, fmt.Sprintf("%s (%s)", m.ID, m.Target.Decimal))
			weeks = cmp.Or(weeks, unit+"s")
		}
	}
	for _, r := range d.Achievements {
		if r.Achieved.Valid && r.Description == "" {
			bare = append(bare, strings.TrimSpace(r.Metric+" ("+r.Achieved.Decimal.String()+")"))
		}
	}
	if len(doubtful) > 0 {
		d.note("definitions mention %s, so these targets may be children or %s: %s; INDIGO has changed targets from one to the other between exports, so compare exports", weeks, weeks, strings.Join(doubtful, ", "))
	}
	if len(bare) > 0 {
		d.note("the export does not say whether these results count children, families or units of time: %s", strings.Join(bare, ", "))
	}
}

// names notes ids that are missing from other tables.
func (d *contradictions) names() {
	metrics, committed := map[string]bool{}, map[string]bool{}
	for _, m := range d.Metrics {
		if m.ID != "" && metrics[m.ID] {
			d.note("two metrics have the id %s, so their results and payments cannot be told apart", m.ID)
		}
		metrics[m.ID] = true
	}
	for _, c := range d.Commitments {
		committed[c.Organisation] = true
	}
	strange, payers, bare := map[string]bool{}, map[string]bool{}, 0
	for _, pay := range d.Payments {
		for _, id := range pay.Metrics {
			strange[id] = strange[id] || len(metrics) > 0 && !metrics[id]
		}
		for _, id := range pay.Payers {
			payers[id] = payers[id] || len(committed) > 0 && !committed[id]
		}
		if len(pay.Metrics) == 0 {
			bare++
		}
	}
	for _, result := range d.Achievements {
		strange[result.Metric] = strange[result.Metric] || result.Metric != "" && len(metrics) > 0 && !metrics[result.Metric]
	}
	for _, price := range d.Pricings {
		strange[price.Metric] = strange[price.Metric] || price.Metric != "" && len(metrics) > 0 && !metrics[price.Metric]
	}
	if ids := sorted(strange); len(ids) > 0 {
		d.note("results, payments or prices name metrics that the project does not have: %s", list(ids, 20))
	}
	if ids := sorted(payers); len(ids) > 0 {
		d.note("payments name payers that have made no commitment: %s; their ids are kept", list(ids, 20))
	}
	if bare > 0 {
		d.note("%s for all metrics together", count(bare, "payment names no metric and is", "payments name no metric and are"))
	}
}

// series checks the payments of one type, plan and list of metrics.
func (d *contradictions) series(group []int) {
	payments := make([]Payment, 0, len(group))
	for _, i := range group {
		payments = append(payments, d.Payments[i])
	}
	first := payments[0]
	name := "payments without a type"
	switch {
	case first.Type == Actual:
		name = "actual payments"
	case first.Plan != "":
		name = first.Plan
	case first.Type == Planned:
		name = "planned payments without a plan"
	}
	if len(first.Metrics) > 0 {
		name += " for " + strings.Join(first.Metrics, ", ")
	}
	d.periods(name, payments)
	d.amounts(name, payments)
}

// periods notes periods that are not a quarter, are the same or overlap.
func (d *contradictions) periods(name string, payments []Payment) {
	quarters, others := Quarterly(payments)
	for _, q := range quarters {
		if len(q.Rows) > 1 {
			d.note("%s: %s has %d rows (%s), which add up to %s", name, q.Quarter, len(q.Rows), rows(q.Rows), words.Money(q.Currency, q.Amount))
		}
	}
	lengths := map[int]int{}
	odd := 0
	for _, pay := range others {
		if _, ok := pay.Period.Quarter(); !ok {
			odd++
			lengths[pay.Period.months()]++
		}
	}
	if odd > 0 {
		d.note("%s: %s not for a calendar quarter (%s) and cannot be shown by quarter", name, count(odd, "payment is", "payments are"), months(lengths))
	}
	d.overlaps(name, payments)
}

// overlaps notes periods that overlap and are not the same.
func (d *contradictions) overlaps(name string, payments []Payment) {
	dated := slices.DeleteFunc(slices.Clone(payments), func(p Payment) bool { return p.Period.From.IsZero() || p.Period.To.IsZero() })
	slices.SortStableFunc(dated, func(a, b Payment) int {
		return cmp.Or(a.Period.From.Compare(b.Period.From), a.Period.To.Compare(b.Period.To))
	})
	const most = 3
	var found []string
	n := 0
	for i := 1; i < len(dated); i++ {
		a, b := dated[i-1], dated[i]
		if b.Period == a.Period || b.Period.From.After(a.Period.To) {
			continue
		}
		if n++; n <= most {
			found = append(found, fmt.Sprintf("%s (row %d) and %s (row %d)", a.Period, a.Row, b.Period, b.Row))
		}
		if a.Period.To.After(b.Period.To) { // the longer one may overlap the next as well
			dated[i] = a
		}
	}
	if n > most {
		found = append(found, fmt.Sprintf("and %d more", n-most))
	}
	if n > 0 {
		d.note("%s: periods overlap, and something may be paid twice or dated wrongly: %s", name, strings.Join(found, "; "))
	}
}

// amounts notes amounts that are missing, could not be read, are below 0 or not
// in whole pennies.
func (d *contradictions) amounts(name string, payments []Payment) {
	missing, negative, fractions := 0, 0, 0
	var unread []string
	for _, pay := range payments {
		switch amount := pay.Amount.Decimal; {
		case !pay.Amount.Valid && pay.AmountText != "":
			unread = append(unread, fmt.Sprintf("%s in row %d", quote(pay.AmountText), pay.Row))
		case !pay.Amount.Valid:
			missing++
		case amount.IsNegative():
			negative++
		case !amount.Equal(amount.Round(2)):
			fractions++
		}
	}
	if len(unread) > 0 {
		d.note("%s: %s could not be read: %s", name, count(len(unread), "amount", "amounts"), strings.Join(unread, ", "))
	}
	if missing > 0 {
		d.note("%s: %s no amount, which is not the same as 0", name, count(missing, "payment has", "payments have"))
	}
	if negative > 0 {
		d.note("%s: %s below 0", name, count(negative, "amount is", "amounts are"))
	}
	if fractions > 0 {
		d.note("%s: %s fractions of a penny, usually from grossing up; they are kept", name, count(fractions, "amount has", "amounts have"))
	}
}

// rows writes the numbers of rows.
func rows(numbers []int) string {
	const most = 5
	var shown []string
	for _, n := range numbers[:min(most, len(numbers))] {
		shown = append(shown, fmt.Sprint(n))
	}
	if len(numbers) > most {
		shown = append(shown, "…")
	}
	return strings.Join(shown, ", ")
}

// months writes how many periods there are of each length.
func months(lengths map[int]int) string {
	var all []int
	for n := range lengths {
		all = append(all, n)
	}
	slices.Sort(all)
	var said []string
	for _, n := range all {
		length := words.Plural(n, "month")
		if n == 0 {
			length = "not in whole months"
		}
		if lengths[n] > 1 {
			length = fmt.Sprintf("%d × %s", lengths[n], length)
		}
		said = append(said, length)
	}
	return strings.Join(said, ", ")
}

// count writes a number with the words for one or for several.
func count(n int, one, several string) string {
	return words.Unit{One: one, Many: several}.Of(float64(n))
}

// sorted lists the members of a set.
func sorted(set map[string]bool) []string {
	var all []string
	for name, in := range set {
		if in {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}
