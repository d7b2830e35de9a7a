package montecarlo

import "github.com/edgeofcare/edgeofcare/model/contract"

// fillSavings records the cost of care, what of it is avoided and cashable, and
// both less payments.
func fillSavings(s *sheet, l *contract.Ledger, f *figures) {
	c := f.care
	for _, arm := range contract.Arms() {
		f.plus(c.cost[contract.Tracking][arm], 1)
		f.flow(s, Measure{CareCost, "", arm.String(), Pounds}, exactly, false)
		f.plus(c.cost[contract.Tracking][arm], 1)
		f.plus(c.cost[contract.AfterTracking][arm], 1)
		f.flow(s, Measure{CareCostToEnd, "", arm.String(), Pounds}, exactly, false)
	}
	for k, cohort := range s.shape.Cohorts {
		f.put(Measure{Avoided, cohort, "", Pounds}, c.cohorts[k].avoided, exactly)
		f.put(Measure{AvoidedToEnd, cohort, "", Pounds}, c.cohorts[k].avoided+c.cohorts[k].later, exactly)
		f.put(Measure{Cashable, cohort, "", Pounds}, c.cohorts[k].cashable, exactly)
	}
	for m, commissioner := range s.shape.Commissioners {
		fillSaving(s, l, f, &c.commissioners[m], commissioner, s.payer[s.own[m]], [...]string{NetSaving, NetCashable})
	}
	fillSaving(s, l, f, &c.all, "", s.allPayers, [...]string{NetPublic, NetCashable})
	f.plus(c.all.avoided, 1)
	f.plus(c.all.later, 1)
	f.flow(s, Measure{AvoidedToEnd, "", "", Pounds}, exactly, false)
	f.plus(c.all.avoided, 1)
	f.plus(c.all.later, 1)
	s.pay(f, l, s.allPayers)
	f.total(Measure{NetPublicToEnd, "", "", Pounds}, afterCaps)
}

// fillSaving records what one commissioner saves, or all of them, before and
// after the payments in some rows.
func fillSaving(s *sheet, l *contract.Ledger, f *figures, c *saving, of string, payers []int, net [2]string) {
	f.plus(c.avoided, 1)
	f.flow(s, Measure{Avoided, of, "", Pounds}, exactly, true)
	f.plus(c.cashable, 1)
	f.flow(s, Measure{Cashable, of, "", Pounds}, exactly, true)
	f.plus(c.avoided, 1)
	s.pay(f, l, payers)
	f.event(Saves, of, sum(f.series) > 0)
	f.flow(s, Measure{net[0], of, "", Pounds}, afterCaps, true)
	f.plus(c.cashable, 1)
	s.pay(f, l, payers)
	f.event(CashableSaves, of, sum(f.series) > 0)
	f.flow(s, Measure{net[1], of, "", Pounds}, afterCaps, true)
}

// fillValue records present values and the benefit-cost ratio.
func fillValue(s *sheet, l *contract.Ledger, f *figures) {
	s.pay(f, l, s.allPayers)
	payments := -f.value(s)
	f.plus(f.care.all.avoided, 1)
	avoided := f.value(s)
	f.put(Measure{ValuePayments, "", "", Pounds}, payments, afterCaps)
	f.put(Measure{ValueAvoided, "", "", Pounds}, avoided, exactly)
	f.put(Measure{ValueNet, "", "", Pounds}, avoided-payments, afterCaps)
	f.put(Measure{BenefitCost, "", "", Ratio}, avoided/payments, afterCaps)
}
