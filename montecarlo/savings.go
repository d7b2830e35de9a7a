package montecarlo

import "github.com/edgeofcare/edgeofcare/model/contract"

// fillCareCost records the cost of care.
func fillCareCost(s *sheet, f *figures) {
	c := f.care
	if c.totals.known {
		fillCareCostTotals(f)
		return
	}
	for _, arm := range contract.Arms() {
		f.plus(c.cost[contract.Tracking][arm], 1)
		f.flow(s, Key{Name: careCost, Arm: arm.String()}, exactly, false)
		f.plus(c.cost[contract.Tracking][arm], 1)
		f.plus(c.cost[contract.AfterTracking][arm], 1)
		f.flow(s, Key{Name: careCostToEnd, Arm: arm.String()}, exactly, false)
	}
}

// fillSavings records what of the cost of care is avoided and cashable, and both
// less payments.
func fillSavings(s *sheet, f *figures) {
	c := f.care
	for k, cohort := range s.shape.Cohorts {
		f.put(Key{Name: Avoided, Of: cohort}, c.cohorts[k].avoided, exactly)
		f.put(Key{Name: AvoidedToEnd, Of: cohort}, c.cohorts[k].avoided+c.cohorts[k].later, exactly)
		f.put(Key{Name: Cashable, Of: cohort}, c.cohorts[k].cashable, exactly)
	}
	for m, commissioner := range s.shape.Commissioners {
		fillSaving(s, f, m, commissioner, s.own[m], ofOne)
	}
	fillSaving(s, f, everybody, "", everybody, ofAll)
	if t := c.totals; t.known {
		f.put(Key{Name: AvoidedToEnd}, float64(t.all.avoided+t.all.later), exactly)
		f.put(Key{Name: netPublicToEnd}, float64(t.all.avoided+t.all.later)-f.paid.total, afterCaps)
		return
	}
	f.plus(c.all.avoided, 1)
	f.plus(c.all.later, 1)
	f.flow(s, Key{Name: AvoidedToEnd}, exactly, false)
	f.plus(c.all.avoided, 1)
	f.plus(c.all.later, 1)
	f.pay(everybody)
	f.total(Key{Name: netPublicToEnd}, afterCaps)
}

// netMeasures are the measures of what is left after payments.
type netMeasures struct{ saving, saves, cashable, cashableSaves string }

// A council's are after its own payments and those of all after all payments, and
// each has a name of its own.
var (
	ofOne = netMeasures{NetSaving, OwnSaves, OwnNetCashable, OwnCashableSaves}
	ofAll = netMeasures{NetPublic, Saves, NetCashable, CashableSaves}
)

// fillSaving records what one commissioner saves, or everybody, before and after the
// payments of a payer.
func fillSaving(s *sheet, f *figures, commissioner int, of string, payer int, net netMeasures) {
	c, totals := &f.care.all, &f.care.totals.all
	if commissioner != everybody {
		c = &f.care.commissioners[commissioner]
	}
	if f.care.totals.known {
		if commissioner != everybody {
			totals = &f.care.totals.commissioners[commissioner]
		}
		fillSavingTotals(f, *totals, of, payer, net)
		return
	}
	f.plus(c.avoided, 1)
	f.flow(s, Key{Name: Avoided, Of: of}, exactly, true)
	f.plus(c.cashable, 1)
	f.flow(s, Key{Name: Cashable, Of: of}, exactly, true)
	f.plus(c.avoided, 1)
	f.pay(payer)
	f.event(net.saves, of, sum(f.series) > 0)
	f.flow(s, Key{Name: net.saving, Of: of}, afterCaps, true)
	f.plus(c.cashable, 1)
	f.pay(payer)
	f.event(net.cashableSaves, of, sum(f.series) > 0)
	f.flow(s, Key{Name: net.cashable, Of: of}, afterCaps, true)
}

// fillValue records present values and the benefit-cost ratio.
func fillValue(s *sheet, f *figures) {
	f.pay(everybody)
	payments := -f.value(s)
	avoided := f.worth(s, f.care.all.avoided)
	if !f.independent {
		f.put(Key{Name: valuePayments}, payments, afterCaps)
	}
	f.put(Key{Name: valueAvoided}, avoided, exactly)
	f.put(Key{Name: ValueNet}, avoided-payments, afterCaps)
	f.put(Key{Name: ValueNetCashable}, f.worth(s, f.care.all.cashable)-payments, afterCaps)
	for m, commissioner := range s.shape.Commissioners {
		f.pay(s.own[m])
		own := f.value(s) // below 0
		f.put(Key{Name: OwnValueNet, Of: commissioner}, f.worth(s, f.care.commissioners[m].avoided)+own, afterCaps)
		f.put(Key{Name: OwnValueNetCashable, Of: commissioner}, f.worth(s, f.care.commissioners[m].cashable)+own, afterCaps)
	}
	f.put(Key{Name: BenefitCost}, avoided/payments, afterCaps)
}
