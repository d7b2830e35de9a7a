package scenario

import (
	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

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

var aTariff = want{"an amount in £", "4000 or 401.10, or none if the outcome is recorded and never paid"}

// tariff reads the price of a unit: an amount, a block with one, or none.
func (d *decoder) tariff(c cursor) contract.Tariff {
	if c.is("none") {
		return contract.Tariff{}
	}
	if !c.given() || c.n.kind != block {
		return contract.Tariff{Amount: c.amount()}
	}
	f := c.fields("amount", "indexation", "by commissioner", "tiers", "beyond")
	t := contract.Tariff{Indexation: f.may("indexation").indexation(), Tiers: f.may("tiers").tiers(), Beyond: f.may("beyond").beyond()}
	if _, byRate := f.has("tiers"); byRate {
		t.Amount = f.may("amount").amount()
	} else {
		t.Amount = f.need("amount", anAmount).amount()
	}
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
	f := c.fields("units", "amount", "indexation")
	units, amount := f.may("units"), f.may("amount")
	if f.given() && len(f.n.entries) == 0 {
		f.fault("the cap is empty: write {units: 8840}, {amount: 4000000}, both, or none")
	}
	limits := contract.MetricCap{Amount: amount.limit(), Indexation: f.may("indexation").indexation()}
	if limits.Indexation.Valid && !limits.Amount.Valid {
		f.fault("a cap in units is not indexed: write an amount in £ too, or remove indexation")
	}
	if units.given() && !units.is("none") {
		limits.Units = decimal.NewNullDecimal(decimal.NewFromInt(int64(units.count())))
	}
	return limits
}
