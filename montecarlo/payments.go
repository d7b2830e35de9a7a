package montecarlo

import "github.com/edgeofcare/edgeofcare/model/contract"

// fillPayments records claims, payments by payer, grants and what caps cut.
func fillPayments(s *sheet, l *contract.Ledger, f *figures) {
	for m, name := range s.shape.Metrics {
		add(f, l.Claims, s.metric[m], 1)
		f.total(Key{Name: Claims, Of: name}, exactly)
	}
	add(f, l.Claims, s.allMetrics, 1)
	f.flow(s, Key{Name: Claims}, exactly, false)
	if s.capped {
		f.event(CapReached, "", l.CapReached)
	}
	for p, name := range l.Payers {
		add(f, l.Payments, s.payer[p], 1)
		f.flow(s, Key{Name: Payments, Of: name}, afterCaps, true)
	}
	if s.toDate > 0 {
		add(f, l.Payments, s.allPayers, 1)
		clear(f.series[s.toDate:])
		f.total(Key{Name: PaymentsToDate}, afterCaps)
	}
	add(f, l.Payments, s.allPayers, 1)
	f.flow(s, Key{Name: Payments}, afterCaps, true)
	s.unpaid(f, l)
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
	add(f, l.Payments, s.allPayers, -1)
	f.total(Key{Name: Unpaid}, afterCaps)
}

// pay takes payments off the working series.
func (s *sheet) pay(f *figures, l *contract.Ledger, rows []int) { add(f, l.Payments, rows, -1) }
