package model

import "slices"

// Capacity is how many children a programme can start. The zero value has no
// limit.
//
// Once a quarter's starts are used up, the children who would have started wait,
// in order of referral. Whoever is still in the start state when a start comes
// free, Lapse weeks after the end of the lag at the latest, starts then; the
// child's lag is so much longer, and everything that is counted from the start
// moves with it. Both arms' clocks go on running from referral.
type Capacity struct {
	// StartsPerQuarter is the most starts in a calendar quarter; 0 means no limit.
	StartsPerQuarter int `json:"starts_per_quarter,omitempty"`
	// Lapse is the most weeks that a child waits.
	Lapse int `json:"lapse,omitempty"`
	// Cohorts are those whose children share the limit; nil means all.
	Cohorts []string `json:"cohorts,omitempty"`
}

// None reports whether there is no limit.
func (c Capacity) None() bool { return c.StartsPerQuarter == 0 }

func (v *validation) capacity() {
	c := v.p.Capacity
	v.need(c.StartsPerQuarter >= 0, "capacity.starts per quarter", "%d: it must be 0 or more", c.StartsPerQuarter)
	v.lasts(c.Lapse, "capacity.lapse after")
	v.need(!c.None() || c.Lapse == 0 && c.Cohorts == nil, "capacity", "there is no limit on starts: say how many there can be in a quarter, or leave capacity out")
	names := v.p.Shape().Cohorts
	for _, name := range c.Cohorts {
		v.need(slices.Contains(names, name), "capacity.cohorts", "there is no cohort called %q: the cohorts are %s", name, list(names))
	}
	for i := range v.p.Cohorts {
		held := v.p.Cohorts[i].HoldUntilStart
		v.need(c.None() || !held, "capacity", "cohort %q is held until the start: such a cohort, which is for arithmetic fixtures, cannot wait", v.p.Cohorts[i].Name)
	}
}
