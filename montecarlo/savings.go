package montecarlo

import "github.com/edgeofcare/edgeofcare/model/contract"

// fillCareCost records the cost of care.
func fillCareCost(s *sheet, f *figures) {
	c := f.care
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
func fillSavings(s *sheet, l *contract.Ledger, f *figures) {
	c := f.care
	for k, cohort := range s.shape.Cohorts {
		f.put(Key{Name: Avoided, Of: cohort}, c.cohorts[k].avoided, exactly)
		f.put(Key{Name: AvoidedToEnd, Of: cohort}, c.cohorts[k].avoided+c.cohorts[k].later, exactly)
		f.put(Key{Name: Cashable, Of: cohort}, c.cohorts[k].cashable, exactly)
	}
	for m, commissioner := range s.shape.Commissioners {
		fillSaving(s, l, f, &c.commissioners[m], commissioner, s.payer[s.own[m]], ofOne)
	}
	fillSaving(s, l, f, &c.all, "", s.allPayers, ofAll)
	f.plus(c.all.avoided, 1)
	f.plus(c.all.later, 1)
	f.flow(s, Key{Name: AvoidedToEnd}, exactly, false)
	f.plus(c.all.avoided, 1)
	f.plus(c.all.later, 1)
	s.pay(f, l, s.allPayers)
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

// fillSaving records what one commissioner saves, or all of them, before and
// after the payments in some rows.
func fillSaving(s *sheet, l *contract.Ledger, f *figures, c *saving, of string, payers []int, net netMeasures) {
	f.plus(c.avoided, 1)
	f.flow(s, Key{Name: Avoided, Of: of}, exactly, true)
	f.plus(c.cashable, 1)
	f.flow(s, Key{Name: Cashable, Of: of}, exactly, true)
	f.plus(c.avoided, 1)
	s.pay(f, l, payers)
	f.event(net.saves, of, sum(f.series) > 0)
	f.flow(s, Key{Name: net.saving, Of: of}, afterCaps, true)
	f.plus(c.cashable, 1)
	s.pay(f, l, payers)
	f.event(net.cashableSaves, of, sum(f.series) > 0)
	f.flow(s, Key{Name: net.cashable, Of: of}, afterCaps, true)
}

// fillValue records present values and the benefit-cost ratio.
func fillValue(s *sheet, l *contract.Ledger, f *figures) {
	s.pay(f, l, s.allPayers)
	payments := -f.value(s)
	avoided := f.worth(s, f.care.all.avoided)
	if !f.independent {
		f.put(Key{Name: valuePayments}, payments, afterCaps)
	}
	f.put(Key{Name: valueAvoided}, avoided, exactly)
	f.put(Key{Name: ValueNet}, avoided-payments, afterCaps)
	f.put(Key{Name: ValueNetCashable}, f.worth(s, f.care.all.cashable)-payments, afterCaps)
	for m, commissioner := range s.shape.Commissioners {
		s.pay(f, l, s.payer[s.own[m]])
		own := f.value(s) // below 0
		f.put(Key{Name: OwnValueNet, Of: commissioner}, f.worth(s, f.care.commissioners[m].avoided)+own, afterCaps)
		f.put(Key{Name: OwnValueNetCashable, Of: commissioner}, f.worth(s, f.care.commissioners[m].cashable)+own, afterCaps)
	}
	f.put(Key{Name: BenefitCost}, avoided/payments, afterCaps)
}
