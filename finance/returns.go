package finance

// Consortium is the party that stands for all who finance a programme.
const Consortium = "consortium"

// Return is what one party put in and got back, in pence.
type Return struct {
	Party    string `json:"party"`
	PaidIn   int64  `json:"paid_in"`
	Received int64  `json:"received"`
	// Rate is the internal rate of return by days over 365, where RateIs is
	// [RateFound]; 0 otherwise. Capital is needed if anything is paid in, even
	// if it comes back on the same day.
	Rate   float64    `json:"rate"`
	RateIs RateStatus `json:"rate_is"`
	// MissesHurdle reports whether the flows are worth less than nothing at
	// the facility's hurdle, by more than the £1 that rounding may come to.
	MissesHurdle bool `json:"misses_hurdle"`
}

// Profit is what was received less what was paid in, in pence.
func (r Return) Profit() int64 { return r.Received - r.PaidIn }

// returns works out what every party gets.
func (c *Cash) returns(a *Account, into *CapitalFigures) {
	clear(c.all)
	addFlows(c.all, a.ShortfallRepaid, 1)
	addFlows(c.all, a.Shortfall, -1)
	addFlows(c.all, a.Guaranteed, -1)
	all := Return{Party: Consortium, PaidIn: into.Shortfall + into.Guaranteed, Received: total(a.ShortfallRepaid)}
	for i := range a.Investors {
		r := c.investor(a, i, into)
		all.PaidIn += r.PaidIn
		all.Received += r.Received
		into.Investors = append(into.Investors, r)
	}
	c.rate(c.all, &all)
	into.Consortium = all
	for n := range c.facility.positions {
		into.Positions = append(into.Positions, c.position(a, &c.facility.positions[n], into))
	}
}

// addFlows adds amounts by any row × day to flows by day, times a sign.
func addFlows(flows, amounts []int64, sign int64) {
	for from := 0; from < len(amounts); from += len(flows) {
		for day, amount := range amounts[from:][:len(flows)] {
			flows[day] += sign * amount
		}
	}
}

// investor works out what one investor gets, and adds it to the consortium's
// flows.
func (c *Cash) investor(a *Account, i int, into *CapitalFigures) Return {
	from, to := i*len(a.Days), (i+1)*len(a.Days)
	drawn := a.Drawn[from:to]
	fees, interest, repaid := a.Fees[from:to][:len(drawn)], a.Interest[from:to][:len(drawn)], a.Repaid[from:to][:len(drawn)]
	flows, all := c.flows[:len(drawn)], c.all[:len(drawn)]
	in, charged, paid, back := int64(0), int64(0), int64(0), int64(0)
	for day, amount := range drawn {
		in += amount
		charged += fees[day]
		paid += interest[day]
		back += repaid[day]
		flow := fees[day] + interest[day] + repaid[day] - amount
		flows[day] = flow
		all[day] += flow
	}
	r := Return{Party: a.Investors[i], PaidIn: in, Received: charged + paid + back}
	into.Drawn += in
	into.Fees += charged
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
	r.MissesHurdle = missesHurdle(flows, c.hurdle)
	switch {
	case r.PaidIn == 0:
		r.RateIs = NoCapitalNeeded
		return
	case r.Received == 0:
		r.RateIs = AllLost
		return
	}
	rates := c.roots.Find(flows)
	if r.RateIs = statusOf(rates); r.RateIs == RateFound {
		r.Rate = rates[0]
	}
}
