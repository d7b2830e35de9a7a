package montecarlo

import "github.com/edgeofcare/edgeofcare/model/contract"

// fillPayments records claims, payments by payer, grants and what caps cut.
func fillPayments(s *sheet, l *contract.Ledger, f *figures) {
	for m, name := range s.shape.Metrics {
		add(f, l.Claims, s.metric[m], 1)
		f.total(Measure{Claims, name, "", Pounds}, exactly)
	}
	add(f, l.Claims, s.allMetrics, 1)
	f.flow(s, Measure{Claims, "", "", Pounds}, exactly, false)
	if s.capped {
		add(f, l.Allowed, s.allMetrics, 1)
		f.event(CapReached, "", sum(f.series) >= s.cap)
		clear(f.series)
	}
	for p, name := range l.Payers {
		add(f, l.Payments, s.payer[p], 1)
		f.flow(s, Measure{Payments, name, "", Pounds}, afterCaps, true)
	}
	if s.toDate > 0 {
		add(f, l.Payments, s.allPayers, 1)
		clear(f.series[s.toDate:])
		f.total(Measure{PaymentsToDate, "", "", Pounds}, afterCaps)
	}
	add(f, l.Payments, s.allPayers, 1)
	f.flow(s, Measure{Payments, "", "", Pounds}, afterCaps, true)
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
		f.put(Measure{GrantsPaid, "", "", Pounds}, grants, exactly)
	}
	add(f, l.Payments, s.allPayers, -1)
	f.total(Measure{Unpaid, "", "", Pounds}, afterCaps)
}

// pay takes payments off the working series, in the prices of the first
// financial year.
func (s *sheet) pay(f *figures, l *contract.Ledger, rows []int) {
	if s.deflate == nil {
		add(f, l.Payments, rows, -1)
		return
	}
	for _, row := range rows {
		for q, v := range l.Payments[row*len(f.series) : (row+1)*len(f.series)] {
			f.series[q] -= float64(v) * s.deflate[q]
		}
	}
}
