package montecarlo

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
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

// fillCapital works out what those who put up the capital want to know.
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

// fillReturn records what one party puts in and gets back.
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

// fillAffordable records which limits are exceeded.
func fillAffordable(s *sheet, l *contract.Ledger, f *figures) {
	for _, limit := range s.limits {
		add(f, l.Payments, 0, s.payer[s.own[limit.council]], 1)
		f.event(AboveAffordable, limit.name, limit.of(f.series) > limit.pence)
		clear(f.series)
	}
}

// newLimits prepares what commissioners can afford.
func newLimits(p *model.Programme, shape *contract.Shape) []target {
	var limits []target
	for _, a := range p.Affordability {
		one := target{name: a.String(), council: slices.Index(shape.Commissioners, a.Commissioner), pence: a.Amount.Shift(2).InexactFloat64()}
		for _, quarter := range shape.Quarters {
			one.counts = append(one.counts, quarter.FinancialYear() == a.Year)
		}
		limits = append(limits, one)
	}
	return limits
}

// Ranked is a figure that is without bound in some replications, or not
// defined, and so has an order but no mean: a rate of return, or a time until
// something that may never happen.
type Ranked struct {
	Measure
	// Central is the central projection; nil if it is without bound or not
	// defined.
	Central *float64 `json:"central"`
	// Defined is the share of replications in which there is a figure, which
	// may be one without bound. The quantiles are over these.
	Defined   float64          `json:"defined"`
	Quantiles []RankedQuantile `json:"quantiles"`
}

// RankedQuantile is a quantile of a figure that may be without bound: nil
// stands for that. For a rate of return it means that no capital is needed, for
// a time that it never comes.
type RankedQuantile struct {
	P     float64  `json:"p"`
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"` // Low and High bound it with about 95% confidence
	High  *float64 `json:"high"`
	// Within is how far Value may be from the order statistic: see Quantile.
	Within float64 `json:"within,omitzero"`
}

// ranked are the measures that are without bound in some replications.
var ranked = []string{InternalRate, MoneyMultiple, PaidBackAfter}

// rank describes a figure without a mean.
func (r *runner) rank(c column, n int) Ranked {
	out := Ranked{Measure: c.Measure, Central: bounded(r.centre[c.at])}
	if r.condensed != nil {
		h := &r.condensed[c.at]
		out.Defined, out.Quantiles = float64(h.defined())/float64(n), h.rank(r.options.Quantiles)
		return out
	}
	values := r.column(c, c.at, n)
	values = slices.DeleteFunc(values, func(v float64) bool { return math.IsInf(v, -1) })
	out.Defined = float64(len(values)) / float64(n)
	if len(values) == 0 {
		return out
	}
	slices.Sort(values)
	for _, p := range r.options.Quantiles {
		low, high := around(len(values), p)
		out.Quantiles = append(out.Quantiles, RankedQuantile{
			P: p, Value: bounded(stat.Quantile(p, stat.Empirical, values, nil)), Low: bounded(values[low]), High: bounded(values[high]),
		})
	}
	return out
}

// bounded is a number that can be written, or nil.
func bounded(v float64) *float64 {
	if !finite(v) {
		return nil
	}
	return &v
}

// Rank returns a figure without a mean by name and party, and whether the result
// has it.
func (r *Result) Rank(name, of string) (Ranked, bool) {
	for _, one := range r.Ranked {
		if one.Name == name && one.Of == of {
			return one, true
		}
	}
	return Ranked{}, false
}

// Account returns the account of the central projection, day by day; nil if the
// programme states no delivery terms, or for a result that was read back from
// JSON.
func (r *Result) Account() *finance.Account {
	if r.run == nil {
		return nil
	}
	return r.run.account
}

// capitalConventions says how capital figures were made.
func capitalConventions(p *model.Programme) string {
	if p.Delivery == nil {
		return ""
	}
	text := fmt.Sprintf("costs of delivery fall on month ends and claims are paid %d days after the quarter", p.Delivery.ClaimsPaidAfter)
	if p.Delivery.Disallowed.IsPositive() {
		text += ", less " + p.Delivery.Disallowed.Shift(2).String() + "%"
	}
	return text + "; rates of return by days over 365, in the prices that payments and costs are in"
}

// OfCapital tells whether a measure is one of those that only a programme with
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
