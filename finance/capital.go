package finance

import (
	"errors"

	"github.com/edgeofcare/edgeofcare/internal/enum"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Capital is what an account says to those who put up the capital. Amounts are
// in pence, and all but the flows of investors are the programme's as a whole.
type Capital struct {
	// Requirement is the capital requirement: how far receipts less costs of
	// delivery, added up day by day, are ever below zero. It knows no facility,
	// no interest and no repayment. RequiredOn is the first day on which it is
	// there; zero if it is never below zero.
	Requirement int64         `json:"requirement"`
	RequiredOn  calendar.Date `json:"required_on,omitzero"`
	// DaysBelow is the days on which that sum is below zero when they end.
	DaysBelow int `json:"days_below"`
	// PaidBack is the first day from which it is never again below zero; zero
	// if it ends below zero, or was never there.
	PaidBack calendar.Date `json:"paid_back,omitzero"`

	Receipts int64 `json:"receipts"`
	Costs    int64 `json:"costs"`    // of delivery
	Profit   int64 `json:"profit"`   // receipts less costs: what is left for all who financed it
	Recycled int64 `json:"recycled"` // costs and interest that receipts paid
	Interest int64 `json:"interest"`
	Drawn    int64 `json:"drawn"`
	Repaid   int64 `json:"repaid"` // to investors: capital, preferred return and surplus
	// Shortfall is what costs and interest took beyond cash and facility. If
	// money is drawn as needed and bears neither interest nor a preferred
	// return, drawn and shortfall together are the facility that would have
	// been enough: with either, a larger facility costs more in turn.
	Shortfall int64 `json:"shortfall"`
	// Value is the present value of receipts less costs at the start, at the
	// programme's discount rate.
	Value float64 `json:"value"`

	// Consortium is all investors together with whoever met a shortfall.
	Consortium Return   `json:"consortium"`
	Investors  []Return `json:"investors"` // each on its own, shortfalls apart
}

// Return is what one party put in and got back, in pence.
type Return struct {
	Party    string `json:"party"`
	PaidIn   int64  `json:"paid_in"`
	Received int64  `json:"received"`
	// Rate is the internal rate of return by days over 365, where RateIs is
	// [RateFound]; 0 otherwise.
	Rate   float64    `json:"rate"`
	RateIs RateStatus `json:"rate_is"`
	// MissesHurdle tells that the flows are worth less than nothing at the
	// facility's hurdle, by more than the pound that rounding may come to.
	MissesHurdle bool `json:"misses_hurdle"`
}

// Profit is what is received less what was paid in.
func (r Return) Profit() int64 { return r.Received - r.PaidIn }

// Multiple is the money multiple: received over paid in. Without anything paid
// in there is none, and ok is false.
func (r Return) Multiple() (multiple float64, ok bool) {
	if r.PaidIn == 0 {
		return 0, false
	}
	return float64(r.Received) / float64(r.PaidIn), true
}

// RateStatus says whether there is an internal rate of return.
type RateStatus int

// The statuses.
const (
	RateFound    RateStatus = iota
	NothingAtAll            // no capital was needed: there is nothing to earn a rate on
	AllLost                 // nothing comes back: the loss is total, -100%
	ManyRates               // the flows change direction more than once, and several rates balance them
	NoRateFound             // no rate balances the flows
)

var rateStatusNames = []string{"found", "no capital needed", "all is lost", "several rates", "no rate"}

// String returns the status in words.
func (s RateStatus) String() string { return enum.Name(s, rateStatusNames) }

// MarshalText writes the status in words.
func (s RateStatus) MarshalText() ([]byte, error) {
	return enum.Marshal(s, rateStatusNames, "status of a rate")
}

// UnmarshalText reads a status; the error lists the valid words.
func (s *RateStatus) UnmarshalText(text []byte) error {
	return enum.Unmarshal(s, text, rateStatusNames, "status of a rate")
}

// Consortium is the party that stands for all who finance a programme.
const Consortium = "consortium"

// Capital works out what an account comes to. It reuses the investors of the
// value given, so that a loop allocates nothing.
func (c *Cash) Capital(a *Account, into *Capital) {
	*into = Capital{Investors: into.Investors[:0], Consortium: into.Consortium}
	position, below := int64(0), calendar.Date{}
	for day, on := range a.Days {
		flow := a.Receipts[day] - a.Costs[day]
		if position < 0 {
			into.DaysBelow += on.Sub(a.Days[day-1])
		}
		position += flow
		into.Value += float64(flow) * c.factors[day]
		if -position > into.Requirement {
			into.Requirement, into.RequiredOn = -position, on
		}
		switch {
		case position < 0:
			below, into.PaidBack = on, calendar.Date{}
		case !below.IsZero() && into.PaidBack.IsZero():
			into.PaidBack = on
		}
		into.Receipts += a.Receipts[day]
		into.Costs += a.Costs[day]
		into.Recycled += a.Recycled[day]
		into.Shortfall += a.Shortfall[day]
	}
	if position < 0 { // the last day itself
		into.DaysBelow++
	}
	into.Profit = into.Receipts - into.Costs
	c.returns(a, into)
}

// returns works out what every party gets.
func (c *Cash) returns(a *Account, into *Capital) {
	for day := range c.all {
		c.all[day] = a.ShortfallRepaid[day] - a.Shortfall[day]
	}
	all := Return{Party: Consortium, PaidIn: into.Shortfall, Received: total(a.ShortfallRepaid)}
	for i := range a.Investors {
		r := c.investor(a, i, into)
		all.PaidIn += r.PaidIn
		all.Received += r.Received
		into.Investors = append(into.Investors, r)
	}
	c.rate(c.all, &all)
	into.Consortium = all
}

// investor works out what one investor gets, and adds it to the consortium's
// flows.
func (c *Cash) investor(a *Account, i int, into *Capital) Return {
	from, to := i*len(a.Days), (i+1)*len(a.Days)
	drawn := a.Drawn[from:to]
	interest, repaid := a.Interest[from:to][:len(drawn)], a.Repaid[from:to][:len(drawn)]
	flows, all := c.flows[:len(drawn)], c.all[:len(drawn)]
	in, paid, back := int64(0), int64(0), int64(0)
	for day, amount := range drawn {
		in += amount
		paid += interest[day]
		back += repaid[day]
		flow := interest[day] + repaid[day] - amount
		flows[day] = flow
		all[day] += flow
	}
	r := Return{Party: a.Investors[i], PaidIn: in, Received: paid + back}
	into.Drawn += in
	into.Interest += paid
	into.Repaid += back
	c.rate(c.flows, &r)
	return r
}

func total(amounts []int64) (sum int64) {
	for _, amount := range amounts {
		sum += amount
	}
	return sum
}

// rate works out the rate of return of one party's flows by day.
func (c *Cash) rate(flows []int64, r *Return) {
	worth := 0.0
	for day, flow := range flows {
		if flow != 0 {
			worth += float64(flow) * c.hurdle[day]
		}
	}
	r.MissesHurdle = worth < -100
	switch {
	case r.PaidIn == 0:
		r.RateIs = NothingAtAll
		return
	case r.Received == 0:
		r.RateIs = AllLost
		return
	}
	rate, err := c.rates.Rate(flows)
	switch {
	case err == nil:
		r.Rate = rate
	case errors.Is(err, ErrManyRates):
		r.RateIs = ManyRates
	default:
		r.RateIs = NoRateFound
	}
}
