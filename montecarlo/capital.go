package montecarlo

import (
	"math"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// fillCapital records the cash flow of delivery and the return on capital.
func fillCapital[N contract.Number](s *sheet, c *contract.Counts[N], l *contract.Ledger, f *figures) {
	if f.cash == nil {
		return
	}
	if f.withoutCapital {
		for range f.ofCapital {
			f.values = append(f.values, 0) // in its place
		}
		return
	}
	before := len(f.values)
	fillAccount(s, c, l, f)
	f.ofCapital = len(f.values) - before
}

// fillAccount follows the cash flow and records what it comes to.
func fillAccount[N contract.Number](s *sheet, c *contract.Counts[N], l *contract.Ledger, f *figures) {
	a := f.account
	finance.Follow(f.cash, c, l, a)
	f.cash.CapitalFigures(a, &f.capital)
	fillCapitalFigures(s, &f.capital, f)
	fillCashByYear(s, a, f)
	if s.dailyCash {
		f.daily(Receipts, a.Receipts)
		f.daily(DeliveryCost, a.Costs)
	}
	if !s.totalsOnly {
		f.name(column{Key: Key{Name: Position}, width: len(a.Days), period: daily})
		position := int64(0)
		for day, receipts := range a.Receipts {
			position += receipts - a.Costs[day]
			f.values = append(f.values, float64(position))
		}
	}
}

// fillCapitalFigures records what an account comes to, in total.
func fillCapitalFigures(s *sheet, k *finance.CapitalFigures, f *figures) {
	pounds := func(name, of string, pence int64) {
		f.put(Key{Name: name, Of: of}, float64(pence), afterCaps)
	}
	pounds(DeliveryCost, "", k.Costs)
	pounds(Receipts, "", k.Receipts)
	pounds(CapitalRequirement, "", k.Requirement)
	days := func(name string, days int) { f.put(Key{Name: name}, float64(days), afterCaps) }
	if k.Requirement > 0 {
		days(RequiredAfter, k.RequiredOn.Sub(s.start))
	} else {
		days(RequiredAfter, 0)
	}
	days(DaysBelowZero, k.DaysBelow)
	pounds(FacilityNeeded, "", k.Drawn+k.Shortfall)
	pounds(Drawn, "", k.Drawn)
	pounds(Recycled, "", k.Recycled)
	pounds(Shortfall, "", k.Shortfall)
	pounds(Interest, "", k.Interest)
	if s.chargesFees {
		pounds(CommitmentFees, "", k.Fees)
	}
	if s.guaranteed {
		pounds(Guaranteed, "", k.Guaranteed)
	}
	pounds(Surplus, "", k.Surplus)
	f.put(Key{Name: ValueSurplus}, k.Value, afterCaps)
	f.event(FacilityShort, "", k.Shortfall > 0)
	for c, name := range s.covenants {
		f.event(CovenantBreached, name, !k.Breached[c].IsZero())
	}
	f.event(NeverPaidBack, "", k.Requirement > 0 && k.PaidBack.IsZero())
	back := 0.0
	if k.Requirement > 0 {
		back = math.Inf(1)
		if !k.PaidBack.IsZero() {
			back = float64(k.PaidBack.Sub(s.start))
		}
	}
	f.put(Key{Name: PaidBackAfter}, back, afterCaps)
	fillReturn(f, &k.Consortium)
	for i := range k.Investors {
		fillReturn(f, &k.Investors[i])
	}
	for i := range k.Positions {
		fillReturn(f, &k.Positions[i])
	}
}

// fillReturn records what one party pays in and receives.
func fillReturn(f *figures, r *finance.Return) {
	f.put(Key{Name: PaidIn, Of: r.Party}, float64(r.PaidIn), afterCaps)
	f.put(Key{Name: Received, Of: r.Party}, float64(r.Received), afterCaps)
	multiple, ok := r.Multiple()
	if !ok {
		multiple = math.Inf(1)
	}
	f.put(Key{Name: MoneyMultiple, Of: r.Party}, multiple, afterCaps)
	f.put(Key{Name: InternalRate, Of: r.Party}, rateOf(r), afterCaps)
	f.event(LosesMoney, r.Party, r.Profit() < 0)
	f.event(MissesHurdle, r.Party, r.MissesHurdle)
}

// rateOf puts rates of return in order: all lost is -100% and no capital needed is
// above every rate. Where none or several balance the flows there is no rate: it
// is below every rate if money is lost, and otherwise above them.
func rateOf(r *finance.Return) float64 {
	switch r.RateIs {
	case finance.RateFound:
		return r.Rate
	case finance.AllLost:
		return -1
	case finance.NoCapitalNeeded:
		return math.Inf(1)
	}
	if r.Profit() < 0 {
		return lost
	}
	return undefined
}

// daily records an amount by day.
func (f *figures) daily(name string, days []int64) {
	f.name(column{Key: Key{Name: name}, width: len(days), period: daily})
	for _, pence := range days {
		f.values = append(f.values, float64(pence))
	}
}
