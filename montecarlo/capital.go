package montecarlo

import (
	"math"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// What is measured where the programme states delivery terms. "By party" is by
// investor and for the consortium, which is all investors and whoever met a
// shortfall.
const (
	DeliveryCost       = "cost of delivery"
	Receipts           = "receipts"                                          // outcome payments and grants less what is disallowed
	CapitalRequirement = "capital requirement"                               // the deepest point of receipts less costs, added up day by day
	RequiredAfter      = "days from the start to the capital requirement"    // below 0 before the first day
	DaysBelowZero      = "days below zero"                                   // of receipts less costs, added up
	FacilityNeeded     = "facility that would be enough"                     // drawn and shortfall together
	Drawn              = "drawn"                                             // from the facility
	Recycled           = "costs and interest paid from receipts"             //
	Shortfall          = "shortfall beyond the facility"                     //
	Interest           = "interest paid"                                     //
	Surplus            = "receipts less cost of delivery"                    // what all who finance the programme gain or lose
	ValueSurplus       = "present value of receipts less cost of delivery"   //
	PaidIn             = "capital paid in"                                   // by party
	Received           = "received"                                          // by party
	InternalRate       = "internal rate of return"                           // by party
	MoneyMultiple      = "money multiple"                                    // by party: received over paid in
	PaidBackAfter      = "days from the start until paid back for good"      //
	Position           = "receipts less cost of delivery, added up"          // by day
	FacilityShort      = "facility is not enough"                            // event
	LosesMoney         = "gets back less than was paid in"                   // event, by party
	MissesHurdle       = "earns less than the hurdle"                        // event, by party
	NeverPaidBack      = "costs are never paid back"                         // event
	AboveAffordable    = "own payments above what is affordable in the year" // event, by limit
)

// OfCapital reports whether a measure is one of those that only a programme with
// delivery terms has.
func (m Measure) OfCapital() bool {
	switch m.Name {
	case DeliveryCost, Receipts, CapitalRequirement, RequiredAfter, DaysBelowZero, FacilityNeeded, Drawn, Recycled, Shortfall,
		Interest, Surplus, ValueSurplus, PaidIn, Received, InternalRate, MoneyMultiple, PaidBackAfter, Position,
		FacilityShort, LosesMoney, MissesHurdle, NeverPaidBack:
		return true
	}
	return false
}

// fillCapital records the cash flow of delivery and the return on capital.
func fillCapital[N contract.Number](s *sheet, c *contract.Counts[N], l *contract.Ledger, f *figures) {
	if f.cash == nil {
		return
	}
	a, k := f.account, &f.capital
	finance.Follow(f.cash, c, l, a)
	f.cash.CapitalFigures(a, k)
	pounds := func(name, of string, pence int64) {
		f.put(Measure{name, of, "", Pounds}, float64(pence), afterCaps)
	}
	pounds(DeliveryCost, "", k.Costs)
	pounds(Receipts, "", k.Receipts)
	pounds(CapitalRequirement, "", k.Requirement)
	days := func(name string, days int) { f.put(Measure{name, "", "", Days}, float64(days), afterCaps) }
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
	pounds(Surplus, "", k.Surplus)
	f.put(Measure{ValueSurplus, "", "", Pounds}, k.Value, afterCaps)
	f.event(FacilityShort, "", k.Shortfall > 0)
	f.event(NeverPaidBack, "", k.Requirement > 0 && k.PaidBack.IsZero())
	back := 0.0
	if k.Requirement > 0 {
		back = math.Inf(1)
		if !k.PaidBack.IsZero() {
			back = float64(k.PaidBack.Sub(s.start))
		}
	}
	f.put(Measure{PaidBackAfter, "", "", Days}, back, afterCaps)
	fillReturn(f, &k.Consortium)
	for i := range k.Investors {
		fillReturn(f, &k.Investors[i])
	}
	if !s.totalsOnly {
		f.name(column{Measure: Measure{Position, "", "", Pounds}, width: len(a.Days), period: daily})
		position := int64(0)
		for day, receipts := range a.Receipts {
			position += receipts - a.Costs[day]
			f.values = append(f.values, float64(position))
		}
	}
}

// fillReturn records what one party pays in and receives.
func fillReturn(f *figures, r *finance.Return) {
	f.put(Measure{PaidIn, r.Party, "", Pounds}, float64(r.PaidIn), afterCaps)
	f.put(Measure{Received, r.Party, "", Pounds}, float64(r.Received), afterCaps)
	multiple, ok := r.Multiple()
	if !ok {
		multiple = math.Inf(1)
	}
	f.put(Measure{MoneyMultiple, r.Party, "", Ratio}, multiple, afterCaps)
	f.put(Measure{InternalRate, r.Party, "", Rate}, rateOf(r), afterCaps)
	f.event(LosesMoney, r.Party, r.Profit() < 0)
	f.event(MissesHurdle, r.Party, r.MissesHurdle)
}

// rateOf puts rates of return in order: all lost is -100%, no capital needed is
// above every rate, and where none or several balance the flows it is below.
func rateOf(r *finance.Return) float64 {
	switch r.RateIs {
	case finance.RateFound:
		return r.Rate
	case finance.AllLost:
		return -1
	case finance.NoCapitalNeeded:
		return math.Inf(1)
	}
	return math.Inf(-1)
}
