package montecarlo

import (
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// fillPayments records claims, payments by payer, grants and what caps cut.
func fillPayments(s *sheet, l *contract.Ledger, f *figures) {
	for m, name := range s.shape.Metrics {
		recordTotal(f, Key{Name: Claims, Of: name}, l.Claims, s.metric[m], s.linear[m])
	}
	recordFlow(f, s, Key{Name: Claims}, l.Claims, s.allMetrics, !slices.Contains(s.linear, false), false)
	if s.capped {
		f.event(CapReached, "", l.CapReached)
	}
	fees := l.FeePayments()
	for p, name := range l.Payers {
		var own [][]int64
		if fees != nil {
			own = fees[p : p+1]
		}
		fillPaymentsMade(s, l, f, name, s.payer[p], own...)
		f.plus(f.paid.by[p], 1)
		f.flow(s, Key{Name: Payments, Of: name}, afterCaps, true)
	}
	fillPaymentsMade(s, l, f, "", s.allPayers, fees...)
	fillOtherPayments(s, l, f)
	if s.toDate > 0 {
		f.plus(f.paid.all, 1)
		clear(f.series[s.toDate:])
		f.total(Key{Name: PaymentsToDate}, afterCaps)
	}
	f.plus(f.paid.all, 1)
	f.flow(s, Key{Name: Payments}, afterCaps, true)
	s.unpaid(f, l)
}

// fillOtherPayments records what payers other than commissioners pay, by commissioner
// and of all.
func fillOtherPayments(s *sheet, l *contract.Ledger, f *figures) {
	if s.others == nil {
		return
	}
	for c, name := range s.shape.Commissioners {
		add(f, l.Payments, s.others[c], 1)
		f.flow(s, Key{Name: OtherPayments, Of: name}, afterCaps, true)
	}
	for c := range s.others {
		add(f, l.Payments, s.others[c], 1)
	}
	f.flow(s, Key{Name: OtherPayments}, afterCaps, true)
}

// unpaid records the grants, and what caps of any kind cut from claims and
// grants.
func (s *sheet) unpaid(f *figures, l *contract.Ledger) {
	grants := 0.0
	add(f, l.Claims, s.allMetrics, 1)
	for q, granted := range s.granted {
		if granted {
			f.series[q] = float64(l.Grants[q])
			grants += f.series[q]
		}
	}
	if grants > 0 {
		f.put(Key{Name: GrantsPaid}, grants, exactly)
	}
	if l.Fees != nil {
		s.addFees(l, f)
	}
	f.pay(everybody)
	if l.Fixed != l.Prices && !l.Index.Inflation.IsZero() {
		s.dropRounding(f.series)
	}
	f.total(Key{Name: Unpaid}, afterCaps)
}

// dropRounding leaves out the pennies by which claims and payments differ where no
// cap cuts anything in any quarter: each was brought into other prices by itself,
// and is up to half a penny out. What caps do cut is claims less payments, to the
// penny.
func (s *sheet) dropRounding(cut []float64) {
	amounts := len(s.allMetrics) + len(s.allPayers) + 1
	for _, pence := range cut {
		if math.Abs(pence) > float64(amounts)/2 {
			return
		}
	}
	clear(cut)
}

// pay takes the payments of a payer, or of everybody, off the working series.
func (f *figures) pay(payer int) { f.plus(f.paid.of(payer), -1) }

// addFees records the delivery fee, and adds it to what is claimed.
func (s *sheet) addFees(l *contract.Ledger, f *figures) {
	paid := 0.0
	for c := range s.shape.Commissioners {
		for q, fee := range l.FeesOf(c) {
			f.series[q] += float64(fee)
			paid += float64(fee)
		}
	}
	f.put(Key{Name: FeesPaid}, paid, afterCaps)
}
