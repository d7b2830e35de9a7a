package contract

// FullWeeks pays one unit for each full week that a child spends in a payable
// state. It is DN2's only trigger: "per full week" in the planned family
// placement, for up to two years
// (golab.bsg.ox.ac.uk, DN2 Children's Services Social Impact Bond, 2022).
//
// A child who never started earns nothing. Weeks are counted from the start:
// week 0 is the first week in the planned state.
type FullWeeks struct {
	// First is the first payable week since the start; 0 pays the start week.
	First int `json:"first_payable_week"`
	// Window is how many weeks from the start can be paid at all; it runs on
	// through any interruption. 0 weeks pays nothing.
	Window int `json:"window"`
	// CapPerChild is the most weeks that can be paid for one child. 0 weeks
	// pays nothing.
	CapPerChild int `json:"cap_per_child"`
	// Interruption says what a week out of the payable states does.
	Interruption Interruption `json:"interruption"`
}

// Definition gives the kind, the unit and the terms.
func (f *FullWeeks) Definition() Definition {
	return Definition{
		Kind: "full weeks",
		Unit: Unit{One: "week", Many: "weeks"},
		Rule: "each full week that a child spends in {place}" + windowed(Unit(inWeeks), f.First, f.Window,
			float64(f.CapPerChild), float64(f.Window-f.First), inWeeks.Of(float64(f.CapPerChild)), f.Interruption),
		Reach: f.Window,
		Terms: []Term{
			{Name: "first payable week", FromOne: "first week paid", Weeks: &f.First},
			{Name: "window", Weeks: &f.Window},
			{Name: "cap per child", Weeks: &f.CapPerChild},
			{Name: "interruption", Interruption: &f.Interruption},
		},
	}
}

// Count pays the weeks of every payable stay that lie inside the window, up
// to the cap per child. A week after the start in a state that is not payable
// is an interruption, also before the first payable week.
func (f *FullWeeks) Count(p Path, spans []Span) []Span {
	return accrue(p, f.First, f.Window, f.Interruption, capPerChild{perWeek: 1, left: int64(f.CapPerChild)}, spans)
}
