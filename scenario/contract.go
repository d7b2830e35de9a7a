package scenario

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// contract reads what is paid for, at what price, up to what caps, and by whom.
func (d *decoder) contract(top fields) {
	metrics := top.need("metrics", sentence("a block with a name for each paid outcome"))
	for _, n := range metrics.defined("metrics", mostMetrics) {
		d.p.Contract.Metrics = append(d.p.Contract.Metrics, d.metric(n))
	}
	d.p.Contract.Cap = top.may("contract cap").limit()
	payers := top.need("payers", sentence("each payer's name and its share of claims"))
	for _, n := range payers.defined("payers", mostPayers) {
		d.p.Contract.Payers = append(d.p.Contract.Payers, d.payer(n))
	}
}

func (d *decoder) metric(n named) contract.Metric {
	f := n.fields("title", "cohorts", "trigger", "states", "success", "tariff", "target", "cap")
	m := contract.Metric{
		Name:    n.name,
		Title:   n.name,
		Cohorts: f.need("cohorts", sentence("the names of the cohorts that it pays for, in square brackets")).nameList(d.cohorts),
		Trigger: f.need("trigger", sentence("what earns a unit")).trigger(),
		States:  f.may("states").nameList(d.states),
		Success: f.may("success").nameList(d.states),
		Tariff:  d.tariff(f.need("tariff", anAmount)),
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
		c.fault("%s is no trigger: write its kind, which is one of %s, with its terms in a block after it", c.kind(), list(kinds))
		return nil
	}
	n := c.named("triggers", 1)
	if len(n) == 0 { // the fault is recorded
		c.d.mark(c.path)
		return nil
	}
	trigger, ok := contract.NewTrigger(n[0].name)
	if !ok {
		n[0].fault("%s", unknownName(n[0].name, "kind of trigger", kinds))
		return nil
	}
	n[0].terms(trigger.Terms())
	return trigger
}

func (c cursor) terms(terms []contract.Term) {
	var allowed []string
	for _, term := range terms {
		allowed = append(allowed, term.Name)
	}
	f := c.fields(allowed...)
	for _, term := range terms {
		if term.Weeks != nil {
			*term.Weeks = f.need(term.Name, someWeeks).weeks()
		} else if at := f.need(term.Name, anInterruption); at.given() {
			at.unmarshal(term.Interruption, anInterruption)
		}
	}
}

var anInterruption = want{what: "ends or pauses, which is what a break does to the claim"}

// tariff reads the price of a unit: an amount, or a block with one.
func (d *decoder) tariff(c cursor) contract.Tariff {
	if !c.given() || c.n.kind != block {
		return contract.Tariff{Amount: c.amount()}
	}
	f := c.fields("amount", "indexation", "by commissioner")
	t := contract.Tariff{Amount: f.need("amount", anAmount).amount(), Indexation: f.may("indexation").yearlyRate()}
	for _, n := range f.may("by commissioner").named("commissioners", mostCommissioners) {
		if err := d.commissioners.check(n.name); err != nil {
			n.fault("%s", err)
		}
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
		f.fault("the cap says nothing: write {units: 8840}, {amount: 4000000}, both, or none")
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
			then.warn("this says what happens above a cap, and the payer has none: write a cap, or take it out")
		}
	}
	if n.name != contract.Commissioner && slices.Contains(d.commissioners.valid, n.name) {
		d.council(n, &p)
	}
	return p
}

// council turns a payer with the name of a commissioner into that
// commissioner's part of its own claims.
func (d *decoder) council(n named, p *contract.Payer) {
	for _, other := range p.Claims {
		if other != n.name {
			n.fault("%s is a commissioner, and a commissioner shares in its own claims only: take claims out", quote(n.name))
			return
		}
	}
	if p.Cap.Valid {
		n.warn("%s is a commissioner, and a commissioner has no cap of its own as a payer: use contract cap", quote(n.name))
		p.Cap = decimal.NullDecimal{}
	}
	p.Name, p.Claims = contract.Commissioner, []string{n.name}
}

// datedShares reads a share, or a list of shares from dates on.
func (c cursor) datedShares() []contract.DatedShare {
	if !c.given() || c.n.kind != sequence {
		return []contract.DatedShare{{Share: c.share(aShare)}}
	}
	var shares []contract.DatedShare
	for i, item := range c.list() {
		f := item.fields("from", "share")
		from := f.may("from")
		dated := contract.DatedShare{From: from.date(), Share: f.need("share", aShare).share(aShare)}
		if i > 0 {
			f.inOrder(from, dated, shares[i-1])
		}
		shares = append(shares, dated)
	}
	if len(shares) == 0 {
		c.fault("the list is empty: write a share, or shares with the date from which each holds")
	}
	return shares
}

// inOrder refuses shares that are not in order of date.
func (f fields) inOrder(from cursor, dated, before contract.DatedShare) {
	if _, ok := f.has("from"); !ok && f.given() {
		f.fault("from when this share holds is missing: write from and a date, such as %s", aDate.example)
		return
	}
	if from.sound() && !dated.From.After(before.From) {
		from.fault("%s is not after the date of the share before it, %s: put shares in order of date", dated.From, before.From)
	}
}
