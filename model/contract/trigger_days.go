package contract

// Days pays one unit for each day that a child spends in a payable state, seven
// to a week. Norfolk's Stronger Families pays for days out of care, and
// Suffolk's for days out of care after the first 14 weeks (INDIGO impact bond
// dataset, golab.bsg.ox.ac.uk, projects INDIGO-POJ-0178 and 0183).
//
// Lives move between whole weeks, so a week in a payable state is seven days.
// A child who never started earns nothing.
type Days struct {
	// First is the first payable week since the start; 0 pays the start week.
	First int `json:"first_payable_week"`
	// Window is how many weeks from the start can be paid at all; it runs on
	// through any interruption. 0 weeks pays nothing.
	Window int `json:"window"`
	// CapPerChild is the most days that can be paid for one child. The week in
	// which it is reached is paid in part.
	CapPerChild int `json:"cap_per_child"`
	// Interruption says what a week out of the payable states does.
	Interruption Interruption `json:"interruption"`
}

// Definition gives the kind, the unit and the terms.
func (d *Days) Definition() Definition {
	return Definition{
		Kind: "days",
		Unit: Unit{One: "day", Many: "days"},
		Rule: "each day that a child spends in {place}, in whole weeks" + windowed(Unit(inWeeks), d.First, d.Window,
			float64(d.CapPerChild), 7*float64(d.Window-d.First), inDays.Of(float64(d.CapPerChild)), d.Interruption),
		Reach: d.Window,
		Terms: []Term{
			{Name: "first payable week", FromOne: "first week paid", Weeks: &d.First},
			{Name: "window", Weeks: &d.Window},
			{Name: "cap per child", Days: &d.CapPerChild},
			{Name: "interruption", Interruption: &d.Interruption},
		},
	}
}

// Count pays seven units for each payable week inside the window, up to the
// cap per child. Interruptions are those of FullWeeks.
func (d *Days) Count(p Path, spans []Span) []Span {
	return accrue(p, d.First, d.Window, d.Interruption, capPerChild{perWeek: 7, left: int64(d.CapPerChild)}, spans)
}
