package contract

// Months pays one unit for each whole month that a child spends in payable
// states, at the end of the month. Cheshire West's Fostering Better Outcomes
// pays monthly, after the first month, for up to two years (INDIGO impact bond
// dataset, golab.bsg.ox.ac.uk, project INDIGO-POJ-0171).
//
// Months are counted from the start: month m is the weeks WeeksIn(m) to
// WeeksIn(m+1) - 1 since the start. A child who never started earns nothing.
type Months struct {
	// First is the first payable month since the start; 0 pays the month that
	// begins with the start.
	First int `json:"first_payable_month"`
	// Window is how many months from the start can be paid at all; it runs on
	// through any interruption. 0 months pays nothing.
	Window int `json:"window"`
	// CapPerChild is the most months that can be paid for one child.
	CapPerChild int `json:"cap_per_child"`
	// Interruption says what a week out of the payable states does to later
	// months; the month that it falls in is never paid.
	Interruption Interruption `json:"interruption"`
}

// Definition gives the kind, the unit and the terms.
func (m *Months) Definition() Definition {
	return Definition{
		Kind: "calendar months",
		Unit: Unit{One: "month", Many: "months"},
		Rule: "each whole month that a child spends in {place}" + windowed(Unit(inMonths), m.First, m.Window,
			float64(m.CapPerChild), float64(m.Window-m.First), inMonths.Of(float64(m.CapPerChild)), m.Interruption),
		Reach: WeeksIn(m.Window),
		Terms: []Term{
			{Name: "first payable month", FromOne: "first month paid", Months: &m.First},
			{Name: "window", Months: &m.Window},
			{Name: "cap per child", Months: &m.CapPerChild},
			{Name: "interruption", Interruption: &m.Interruption},
		},
	}
}

// Count pays the last week of every month inside the window that is lived
// wholly in payable states, up to the cap per child.
func (m *Months) Count(p Path, spans []Span) []Span {
	if p.Start < 0 {
		return spans
	}
	end := p.end()
	if m.Interruption == Ends {
		end = p.unbroken()
	}
	left := m.CapPerChild
	for month := m.First; month < m.Window && left > 0; month++ {
		if WeeksIn(month+1) > end-p.Start {
			break
		}
		from, to := p.Start+WeeksIn(month), p.Start+WeeksIn(month+1)
		if p.held(from, to) {
			spans = append(spans, Span{From: to - 1, To: to, Units: 1})
			left--
		}
	}
	return spans
}
