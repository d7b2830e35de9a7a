package ssda903

import (
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// States says what the codes of a return mean: the one place where that is decided. It
// is data. Change what [DefaultStates] gives for another reading.
type States struct {
	Places map[string]string // state by PLACE
	Ends   map[string]string // state by REC
	Other  string            // for a code that is in neither
	// Home is the state in which a child is followed after care, until it is in care
	// again or the window ends. Empty: nobody is followed.
	Home string
}

// DefaultStates maps the codes to foster, residential, secure, supported, home under an
// order (P1: with parents and still looked after), adoption placement and other; and the
// ends of care to reunified and left care. To count P1 as at home, set Places["P1"].
func DefaultStates() States {
	s := States{Places: map[string]string{}, Ends: map[string]string{}, Other: "other", Home: "reunified"}
	for state, codes := range map[string]string{
		"foster":              "U1 U2 U3 U4 U5 U6",
		"residential":         "K2 R1 S1",
		"secure":              "K1",
		"supported":           "H5 K3 P2",
		"home under an order": "P1",
		"adoption placement":  "A3 A4 A5 A6",
		"other":               "P3 R2 R3 R5 T0 T1 T2 T3 T4 Z1 Z11 Z12 Z13 Z14",
	} {
		for code := range list(codes) {
			s.Places[code] = state
		}
	}
	for code := range endCodes {
		s.Ends[code] = "left care"
	}
	delete(s.Ends, "X1")
	for _, code := range []string{"E4A", "E4B", "E13"} {
		s.Ends[code] = "reunified"
	}
	return s
}

// Place is the state of a PLACE code.
func (s States) Place(code string) string {
	if state, ok := s.Places[code]; ok {
		return state
	}
	return s.Other
}

// Stay is one stay of one child in one state. Its fields are those of a spell of package
// estimate, to which it converts.
type Stay struct {
	Child  int    // place in Care.Children
	Cohort string // empty
	State  string
	Next   string        // empty if the stay was not seen to end, or it is not known how
	Start  calendar.Date // first day, which may be before the window
	Seen   calendar.Date // the first day of the window if Start is before it, else unset
	End    calendar.Date // first day no longer in the state or no longer seen
	Born   calendar.Date
}

// Stays are the stays of all children, by child and day. Placements of one state that
// follow each other are one stay.
func (c *Care) Stays(s States) []Stay {
	var all []Stay
	for k := range c.Children {
		from := len(all)
		for i := range c.Children[k].Placements {
			all = c.stay(all, from, k, i, s)
		}
	}
	return all
}

// stay adds one placement to the stays of a child, which begin at from.
func (c *Care) stay(all []Stay, from, child, i int, s States) []Stay {
	var (
		p     = c.Children[child].Placements[i]
		state = s.Place(p.Code)
		n     = len(all) - 1
		joins = i > 0 && n >= from && all[n].End == p.Start && c.Children[child].Placements[i-1].Period == p.Period
		end   = p.End
	)
	if end.IsZero() {
		end = c.Window.To.AddDays(1)
	}
	switch {
	case joins && all[n].State == state:
		all[n].End, all[n].Next = end, s.Ends[p.Ended]
	default:
		if joins {
			all[n].Next = state
		}
		all = append(all, Stay{Child: child, State: state, Next: s.Ends[p.Ended], Start: p.Start, Seen: c.seen(p.Start), End: end, Born: c.Children[child].Born})
		n = len(all) - 1
	}
	if s.Home != "" && all[n].Next == s.Home && all[n].State != s.Home {
		all = append(all, c.home(child, i, end, s))
	}
	return all
}

// home is the time after care, until the child is in care again or the window ends.
func (c *Care) home(child, i int, start calendar.Date, s States) Stay {
	h := Stay{Child: child, State: s.Home, Start: start, Seen: c.seen(start), End: c.Window.To.AddDays(1), Born: c.Children[child].Born}
	if ps := c.Children[child].Placements; i+1 < len(ps) {
		h.End, h.Next = ps[i+1].Start, s.Place(ps[i+1].Code)
	}
	return h
}

// seen is the first day of the window for a stay that began before it.
func (c *Care) seen(start calendar.Date) calendar.Date {
	if start.Before(c.Window.From) {
		return c.Window.From
	}
	return calendar.Date{}
}

// Stock counts the children in care at the end of a day, by state.
func (c *Care) Stock(day calendar.Date, s States) map[string]int {
	stock := map[string]int{}
	for k := range c.Children {
		for _, p := range c.Children[k].Placements {
			if !p.Start.After(day) && (p.End.IsZero() || p.End.After(day)) {
				stock[s.Place(p.Code)]++
			}
		}
	}
	return stock
}
