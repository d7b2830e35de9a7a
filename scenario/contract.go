package scenario

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// contract reads what is paid for, at what price, up to what caps, and by whom.
func (d *decoder) contract(top fields) {
	metrics := top.need("metrics", sentence("a block with a name for each paid outcome"))
	for _, n := range metrics.defined("metrics", mostMetrics) {
		d.p.Contract.Metrics = append(d.p.Contract.Metrics, d.metric(n))
	}
	d.p.Contract.Cap = top.may("contract cap").limit()
	d.p.Contract.YearCaps = top.may("year caps").yearCaps()
	d.p.Contract.Grants = top.may("grants").grants()
	payers := top.need("payers", sentence("each payer's name and its share of claims"))
	for _, n := range payers.defined("payers", mostPayers) {
		d.p.Contract.Payers = append(d.p.Contract.Payers, d.payer(n))
	}
}

func (d *decoder) metric(n named) contract.Metric {
	f := n.fields("title", "cohorts", "commissioners", "ages", "trigger", "states", "success", "deadweight", "tariff", "target", "cap")
	m := contract.Metric{
		Name:    n.name,
		Title:   n.name,
		Cohorts: f.need("cohorts", sentence("the names of the cohorts that it pays for, in square brackets")).nameList(d.cohorts),
		Trigger: f.need("trigger", sentence("what earns a unit")).trigger(),
		States:  f.may("states").nameList(d.states),
		Success: f.may("success").nameList(d.states),

		Commissioners: f.may("commissioners").nameList(d.commissioners),
		Ages:          f.may("ages").ageRange(),

		AgreedDeadweight: f.may("deadweight").share(aShare),
		Tariff:           d.tariff(f.need("tariff", aTariff)),
	}
	if title := f.may("title"); title.given() {
		m.Title = title.text()
	}
	target := f.may("target").fields("units", "children")
	m.TargetUnits, m.TargetChildren = target.may("units").count(), target.may("children").count()
	m.Cap = f.may("cap").metricCap()
	return m
}

// trigger reads the kind of a trigger and all of its terms.
func (c cursor) trigger() contract.Trigger {
	kinds := contract.TriggerKinds()
	if !c.given() {
		return nil
	}
	if c.n.kind != block || len(c.n.entries) != 1 {
		c.fault("%s is not a trigger: write its kind, with its terms in a block after it; the kinds of trigger are %s", c.kind(), list(kinds))
		return nil
	}
	n := c.named("triggers", 1)
	if len(n) == 0 { // the fault is recorded
		c.d.mark(c.path)
		return nil
	}
	trigger, ok := contract.NewTrigger(n[0].name)
	if !ok {
		n[0].fault("%s", &NameError{What: "kind of trigger", Name: n[0].name, Valid: kinds})
		return nil
	}
	n[0].terms(trigger.Definition().Terms)
	return trigger
}

// terms reads the terms of a trigger. Of several lists any may be left out; that
// one must be there is the trigger's own rule.
func (c cursor) terms(terms []contract.Term) {
	var allowed []string
	lists := 0
	for _, term := range terms {
		allowed = append(allowed, term.Name)
		if term.EachWeeks != nil || term.EachMonths != nil {
			lists++
		}
	}
	f := c.fields(allowed...)
	for _, term := range terms {
		f.term(term, lists > 1)
	}
}

// term reads one term; a list that has an alternative may be left out.
func (f fields) term(term contract.Term, alternative bool) {
	list := func(example want) cursor {
		if alternative {
			return f.may(term.Name)
		}
		return f.need(term.Name, example)
	}
	switch {
	case term.Weeks != nil:
		*term.Weeks = f.need(term.Name, someWeeks).weeks()
	case term.Months != nil:
		*term.Months = f.need(term.Name, someMonths).months()
	case term.Days != nil:
		*term.Days = f.need(term.Name, someDays).days()
	case term.EachWeeks != nil:
		*term.EachWeeks = list(want{"a list of numbers of weeks", "[1 week, 13 weeks]"}).each(cursor.weeks)
	case term.EachMonths != nil:
		*term.EachMonths = list(want{"a list of numbers of months", "[6 months, 12 months]"}).each(cursor.months)
	case term.Interruption != nil:
		if at := f.need(term.Name, anInterruption); at.given() {
			at.unmarshal(term.Interruption, anInterruption)
		}
	}
}

var anInterruption = want{what: "ends or pauses, which is what a break does to the claim"}

// each reads a list of whole numbers that rise from 1.
func (c cursor) each(number func(cursor) int) []int {
	var all []int
	for _, item := range c.words() {
		n := number(item)
		switch {
		case !item.sound():
			continue
		case n == 0:
			item.fault("0 is too early: the first that can be listed is 1")
		case len(all) > 0 && n <= all[len(all)-1]:
			item.fault("%s does not come after the one before it: list each once, in order", quote(item.n.text))
		default:
			all = append(all, n)
		}
	}
	if c.given() && c.n.kind == sequence && len(c.n.items) == 0 {
		c.fault("the list is empty: write one number or more, or remove the line")
	}
	return all
}

// ageRange reads ages of which either end may be left out.
func (c cursor) ageRange() contract.AgeRange {
	if c.given() && c.d.p.Ages.None() && !c.d.bad["ages at referral"] && !c.d.holdsBad["ages at referral"] {
		c.fault("the programme has no ages at referral: write them, or remove this")
		return contract.AgeRange{}
	}
	f := c.fields("from", "to")
	from, to := f.may("from"), f.may("to")
	ages := contract.AgeRange{From: value(from, anAge, parseAge).InexactFloat64(), To: value(to, anAge, parseAge).InexactFloat64()}
	switch {
	case f.given() && len(f.n.entries) == 0:
		f.fault("the ages are empty: write {from: 16 years}, {to: 16 years}, or both")
	case to.sound() && ages.To == 0:
		to.fault("nobody is younger than 0 years: write an age above 0, or remove to if there is no upper limit")
	case to.sound() && from.sound() && ages.From >= ages.To:
		later(from, to).fault("ages run from %s to %s: the first must be below the second", plain(from.n.text), plain(to.n.text))
	}
	return ages
}

// yearCaps reads the most that is paid in a financial year.
func (c cursor) yearCaps() []contract.YearCap {
	if !c.given() || c.is("none") {
		return nil
	}
	var caps []contract.YearCap
	for _, n := range c.named("financial years", mostTexts) {
		limit := contract.YearCap{Amount: n.amount()}
		if n.name != everyYear {
			limit.Year = n.capYear()
			if limit.Year.IsZero() {
				continue
			}
		}
		caps = append(caps, limit)
	}
	return caps
}

// everyYear is the name for each financial year that has no cap of its own.
const everyYear = "every year"

// capYear reads the name of an entry as a financial year of the programme.
func (n named) capYear() calendar.FinancialYear {
	year, err := calendar.ParseFinancialYear(n.name)
	if err != nil {
		n.fault("%s, or %s", err, everyYear)
	} else if problem := n.d.outside(year); problem != "" {
		n.fault("%s", problem)
	}
	return year
}

// grants reads the amounts that are paid for whole quarters whatever was earned.
func (c cursor) grants() []contract.Grant {
	if !c.given() || c.is("none") {
		return nil
	}
	var grants []contract.Grant
	for _, n := range c.named("quarters", mostTexts) {
		amount := n.amount()
		quarter, err := calendar.ParseQuarter(n.name)
		if err != nil {
			n.fault("%s", err)
			continue
		}
		grants = append(grants, contract.Grant{Quarter: quarter, Amount: amount})
	}
	return grants
}

var aTariff = want{"an amount in £", "4000 or 401.10, or none if the outcome is recorded and never paid"}

// tariff reads the price of a unit: an amount, a block with one, or none.
func (d *decoder) tariff(c cursor) contract.Tariff {
	if c.is("none") {
		return contract.Tariff{}
	}
	if !c.given() || c.n.kind != block {
		return contract.Tariff{Amount: c.amount()}
	}
	f := c.fields("amount", "indexation", "by commissioner")
	t := contract.Tariff{Amount: f.need("amount", anAmount).amount(), Indexation: f.may("indexation").yearlyRate()}
	for _, n := range f.may("by commissioner").named("commissioners", mostCommissioners) {
		n.isOne(d.commissioners)
		if t.ByCommissioner == nil {
			t.ByCommissioner = map[string]decimal.Decimal{}
		}
		t.ByCommissioner[n.name] = n.amount()
	}
	return t
}

func (c cursor) metricCap() contract.MetricCap {
	if !c.given() || c.is("none") {
		return contract.MetricCap{}
	}
	f := c.fields("units", "amount")
	units, amount := f.may("units"), f.may("amount")
	if f.given() && len(f.n.entries) == 0 {
		f.fault("the cap is empty: write {units: 8840}, {amount: 4000000}, both, or none")
	}
	limits := contract.MetricCap{Amount: amount.limit()}
	if units.given() && !units.is("none") {
		limits.Units = decimal.NewNullDecimal(decimal.NewFromInt(int64(units.count())))
	}
	return limits
}

func (d *decoder) payer(n named) contract.Payer {
	f := n.fields("share", "claims", "cap", "then")
	p := contract.Payer{
		Name:   n.name,
		Claims: f.may("claims").nameList(d.commissioners),
		Shares: f.need("share", aShare).datedShares(),
		Cap:    f.may("cap").limit(),
	}
	if then := f.may("then"); then.given() {
		then.unmarshal(&p.Then, want{what: "commissioner pays or stop"})
		if _, ok := f.has("cap"); !ok {
			then.warn("this says what happens above a cap, but the payer has no cap: write a cap, or remove this")
		}
	}
	payers := append([]string{contract.ClaimingCommissioner}, d.commissioners.valid...)
	if !slices.Contains(payers, n.name) {
		if near, ok := almost(n.name, payers); ok {
			n.fault("%s is almost %s: did you mean that? Another payer needs a name that differs more", quote(n.name), quote(near))
		}
	} else if n.name != contract.ClaimingCommissioner {
		d.council(n, &p)
	}
	return p
}

// council turns a payer with the name of a commissioner into that
// commissioner's part of its own claims.
func (d *decoder) council(n named, p *contract.Payer) {
	for _, other := range p.Claims {
		if other != n.name {
			n.fault("%s is a commissioner, and a commissioner shares in its own claims only: remove claims", quote(n.name))
			return
		}
	}
	if p.Cap.Valid {
		n.warn("%s is a commissioner, and a commissioner has no cap of its own as a payer: use contract cap", quote(n.name))
		p.Cap = decimal.NullDecimal{}
	}
	p.Name, p.Claims = contract.ClaimingCommissioner, []string{n.name}
}

// datedShares reads a share, or a list of shares from dates on.
func (c cursor) datedShares() []contract.DatedShare {
	switch {
	case c.given() && c.n.kind == block && len(c.n.entries) > 0:
		c.fault("a block was given where a share is needed: write one share such as 27.5%%, or each share with the date from which it holds, as %s", sharesByDate)
		return nil
	case !c.given() || c.n.kind != sequence:
		return []contract.DatedShare{{Share: c.share(aShare)}}
	}
	var shares []contract.DatedShare
	for i, item := range c.list() {
		if item.isBlock("until") || item.isBlock("to") {
			item.fault("a share holds until the next one begins: write the dates from which shares hold, as %s", sharesByDate)
			continue
		}
		f := item.fields("from", "share")
		from := f.may("from")
		dated := contract.DatedShare{From: from.date(), Share: f.need("share", aShare).share(aShare)}
		if i > 0 && len(shares) > 0 {
			f.inOrder(from, dated, shares[len(shares)-1])
		}
		shares = append(shares, dated)
	}
	if len(shares) == 0 && c.sound() {
		c.fault("the list is empty: write a share, or shares with the date from which each holds")
	}
	return shares
}

const sharesByDate = "[{share: 30%}, {from: 2024-10-01, share: 0%}]"

// inOrder refuses shares that are not in order of date.
func (f fields) inOrder(from cursor, dated, before contract.DatedShare) {
	if _, ok := f.has("from"); !ok && f.given() {
		f.fault("the date from which this share holds is missing: write from and a date, such as %s", aDate.example)
		return
	}
	if from.sound() && !dated.From.After(before.From) {
		from.fault("%s is not after the date of the share before it, %s: put shares in order of date", dated.From, before.From)
	}
}
