package scenario

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// unitCosts reads what a child-week costs in each state.
func (d *decoder) unitCosts(c cursor) []contract.UnitCost {
	var costs []contract.UnitCost
	all := c.named("states", contract.MaxStates)
	for _, n := range all {
		if !n.isOne(d.states) {
			if near, ok := nearest(n.name, d.states.valid); ok { // so it is not missing
				d.mark(under(c.path, near))
			}
			continue
		}
		costs = append(costs, n.unitCost(contract.UnitCost{State: n.name}, d)...)
	}
	if len(all) > 0 {
		d.unpriced(c, all)
	}
	return costs
}

// unpriced reports the states that have no cost.
func (d *decoder) unpriced(c cursor, all []named) {
	for _, s := range d.p.States {
		priced := slices.ContainsFunc(all, func(n named) bool { return n.name == s.Name })
		path := under(c.path, s.Name)
		if s.Name != model.LeftCare && s.Parent == "" && !priced && !d.bad[path] {
			d.fault(c.at, path, "%s", more(fmt.Sprintf("there is no cost for a week in %s: write one, or 0 if it costs nothing", quote(s.Name)), c.replaced()))
		}
	}
}

// unitCost reads one cost and all that depart from it: by commissioner and by
// financial year.
func (c cursor) unitCost(base contract.UnitCost, d *decoder) []contract.UnitCost {
	if !c.given() || c.n.kind != block {
		base.PerWeek = c.amount()
		return []contract.UnitCost{base}
	}
	allowed := []string{"amount", "growth", "indexation", "by year"}
	if base.Commissioner == "" {
		allowed = append(allowed, "by commissioner")
	}
	f := c.fields(allowed...)
	base.PerWeek = f.need("amount", anAmount).amount()
	if growth := f.may("growth"); growth.given() {
		base.Growth = growth.yearlyRate()
	}
	if indexation := f.may("indexation"); indexation.given() {
		base.Indexation = indexation.indexation()
	}
	costs := []contract.UnitCost{base}
	for _, n := range f.may("by year").named("financial years", mostTexts) {
		year, err := calendar.ParseFinancialYear(n.name)
		if err != nil {
			n.fault("%s", err)
		} else if problem := d.outside(year); problem != "" && !(d.moved && n.at.layer == 0) {
			n.fault("%s", problem)
		}
		dated := base
		dated.Year, dated.PerWeek = year, n.amount()
		costs = append(costs, dated)
	}
	if base.Commissioner != "" {
		return costs
	}
	for _, n := range f.may("by commissioner").named("commissioners", mostCommissioners) {
		n.isOne(d.commissioners)
		own := contract.UnitCost{State: base.State, Commissioner: n.name, Growth: base.Growth, Indexation: base.Indexation}
		costs = append(costs, n.unitCost(own, d)...)
	}
	return costs
}
