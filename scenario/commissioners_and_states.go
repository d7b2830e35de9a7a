package scenario

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// definitions reads what other settings refer to by name.
func (d *decoder) definitions(top fields) {
	d.readCommissioners(top.need("commissioners", sentence("each council's name and its share of referrals")))
	d.readStates(top.may("states"))
	d.cohorts = names{what: "cohort"}
	d.metrics = names{what: "metric"}
	for _, of := range []struct {
		setting string
		names   *names
	}{{"cohorts", &d.cohorts}, {"metrics", &d.metrics}} {
		e, ok := top.has(of.setting)
		if of.names.unread = !ok || e.value.inner().kind != block; !of.names.unread {
			of.names.valid = e.value.inner().names()
		}
	}
}

func (d *decoder) readCommissioners(c cursor) {
	d.commissioners = names{what: "commissioner"}
	total, form := decimal.Zero, sumForm{}
	for _, n := range c.defined("commissioners", mostCommissioners) {
		share := n.share(aShare)
		total = total.Add(share)
		form.see(n.cursor)
		d.commissioners.valid = append(d.commissioners.valid, n.name)
		d.p.Commissioners = append(d.p.Commissioners, model.Commissioner{Name: n.name, ReferralShare: share.InexactFloat64()})
	}
	if c.sound() && len(d.commissioners.valid) > 0 && total.Sub(one).Abs().GreaterThan(nothing) {
		c.warn("the shares of referrals add up to %s", form.of(total))
		d.told[c.path] = true
	}
	if d.commissioners.unread = len(d.commissioners.valid) == 0; d.commissioners.unread && c.sound() {
		c.fault("there are no commissioners: name at least one council")
	}
}

// nothing is how far shares of referrals may be from adding up.
var nothing = decimal.New(1, -9)

// readStates reads the states beside the five that there always are.
func (d *decoder) readStates(c cursor) {
	d.p.States = model.DefaultStates()
	all := c.defined("states", contract.MaxStates-len(d.p.States))
	d.states, d.placements, d.planned = names{what: "state"}, names{what: "state"}, names{what: "planned state"}
	d.states.unread = d.bad["states"]
	d.origins = names{what: "start state", unread: d.states.unread}
	d.placements.unread, d.planned.unread = d.states.unread, d.states.unread
	for _, s := range d.p.States {
		d.placements.valid = append(d.placements.valid, s.Name)
	}
	for _, n := range all {
		if !n.isBlock("parent") {
			d.placements.valid = append(d.placements.valid, n.name)
		}
	}
	for _, n := range all {
		if slices.ContainsFunc(model.DefaultStates(), func(s model.State) bool { return s.Name == n.name }) {
			n.fault("%s is in every programme: remove it here", quote(n.name))
			continue
		}
		d.p.States = append(d.p.States, d.readState(n, all))
	}
	for _, s := range d.p.States {
		d.states.valid = append(d.states.valid, s.Name)
		if s.Name != model.LeftCare {
			d.origins.valid = append(d.origins.valid, s.Name)
		}
		if s.Parent != "" {
			d.planned.valid = append(d.planned.valid, s.Name)
		}
	}
}

func (d *decoder) readState(n named, all []named) model.State {
	parent := n.fields("parent").may("parent")
	state := model.State{Name: n.name}
	switch {
	case slices.ContainsFunc(all, func(n named) bool { return n.isBlock("parent") && parent.is(n.name) }):
		parent.fault("%s cannot be a parent, because it has a parent itself", quote(parent.n.text))
	case parent.is(model.LeftCare):
		parent.fault("%s cannot be a parent", quote(model.LeftCare))
	default:
		state.Parent = parent.name(d.placements)
	}
	if n.isBlock("parent") && d.bad[parent.path] {
		state.Parent = model.DefaultStates()[0].Name // harmless: the fault is known
	}
	return state
}
