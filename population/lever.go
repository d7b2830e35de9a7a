package population

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Lever is something that a council might do: changes that are made together from the
// first day on.
type Lever struct {
	Name    string   `json:"name"`
	Changes []Change `json:"changes"`
}

// Change is a change of entries or of moves, as a share of what they are.
type Change struct {
	// Entries says that entries into care change, and not moves. From is then empty.
	Entries bool   `json:"entries,omitempty"`
	From    string `json:"from,omitempty"` // moves out of this state; empty: out of any
	To      string `json:"to,omitempty"`   // moves or entries into this state; empty: into any in care
	// By is the change of the weekly hazard, or of the rate of entries: −0.05 for 5% less.
	// Children who make a move less often stay where they are for longer.
	By float64 `json:"by"`
	// Into is the state into which children come in place of To, where entries become
	// fewer; empty: they do not come into care at all.
	Into string `json:"into,omitempty"`
}

// ParseLever reads a lever, its changes with commas between them:
//
//	entries -5%
//	residential entries -5%
//	residential entries -5% into foster
//	foster to residential -10%
//	moves to residential -10%
//	moves from residential +10%
//
// Every change has its sign. The text becomes its name. Whether there are such states is for [Population.Forecast].
func ParseLever(text string) (Lever, error) {
	l := Lever{Name: strings.Join(strings.Fields(text), " ")}
	for part := range strings.SplitSeq(l.Name, ",") {
		c, err := parseChange(strings.TrimSpace(part))
		if err != nil {
			return l, fmt.Errorf("lever %q: %w", l.Name, err)
		}
		l.Changes = append(l.Changes, c)
	}
	return l, nil
}

var errChange = errors.New(`write what changes and by how much, such as "residential entries -5%", "foster to residential -10%" or "moves to residential -10%"`)

// parseChange reads one change.
func parseChange(text string) (c Change, err error) {
	text, c.Into, _ = strings.Cut(text, " into ")
	if number, ok := strings.CutSuffix(text, " %"); ok { // "-5 %"
		text = number + "%"
	}
	what, by, found := cutLast(text, " ")
	if !found || !strings.HasSuffix(by, "%") {
		return c, errChange
	}
	percent, err := strconv.ParseFloat(strings.TrimSuffix(strings.Replace(by, "−", "-", 1), "%"), 64)
	if err != nil || !(percent >= -100 && percent <= 1000) || percent == 0 {
		return c, fmt.Errorf("%q is no change: give a percentage from -100%% to +1000%% that is not 0", by)
	}
	if percent > 0 && by[0] != '+' {
		return c, fmt.Errorf("%q may be less or more: write -%s or +%s", by, by, by)
	}
	c.By = percent / 100
	switch {
	case what == "entries":
		c.Entries = true
	case strings.HasSuffix(what, " entries"):
		c.Entries, c.To = true, strings.TrimSuffix(what, " entries")
	case strings.HasPrefix(what, "moves to "):
		c.To = strings.TrimPrefix(what, "moves to ")
	case strings.HasPrefix(what, "moves from "):
		c.From = strings.TrimPrefix(what, "moves from ")
	default:
		if c.From, c.To, found = strings.Cut(what, " to "); !found {
			return c, errChange
		}
	}
	if c.Into != "" && (!c.Entries || c.By > 0) {
		return c, errors.New("into says where children come in place of entries that become fewer: leave it out of other changes")
	}
	return c, nil
}

func cutLast(text, sep string) (before, after string, found bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(sep):], true
}

// scenario is what a lever does to entries and moves.
type scenario struct {
	lever   [][]float64 // factor of the hazard, by state and destination
	entries []float64   // factor of entries, by state
	into    []int       // where those who no longer come into the state do come; -1: nowhere
}

// scenario works a lever out. A lever that changes nothing is refused.
func (p *Population) scenario(l Lever) (scenario, error) {
	m := &p.moves
	s := scenario{lever: make([][]float64, len(m.states)), entries: slices.Repeat([]float64{1}, len(m.states)), into: slices.Repeat([]int{-1}, len(m.states))}
	for i := range s.lever {
		s.lever[i] = slices.Repeat([]float64{1}, len(m.states))
	}
	for _, c := range l.Changes {
		for _, name := range []string{c.From, c.To, c.Into} {
			if name != "" && m.place(name) < 0 {
				return s, fmt.Errorf("lever %q: there is no state %q: %s", l.Name, name, strings.Join(m.states, ", "))
			}
		}
		if c.Into != "" && m.place(c.Into) >= m.inCare {
			return s, fmt.Errorf("lever %q: %s is not care: leave into out, and children do not come into care at all", l.Name, c.Into)
		}
		if !(c.By >= -1) {
			return s, fmt.Errorf("lever %q: entries or moves cannot change by %v: give -1 or more", l.Name, c.By)
		}
		if s.apply(p, c) == 0 {
			return s, fmt.Errorf("lever %q does nothing: no such entries or moves were seen", l.Name)
		}
	}
	return s, nil
}

// apply makes one change, and returns how many rates it changed.
func (s scenario) apply(p *Population, c Change) (changed int) {
	m := &p.moves
	if c.Entries {
		for state := range m.inCare {
			seen := slices.ContainsFunc(p.Entries, func(e Entries) bool { return e.State == m.states[state] })
			if !seen || c.To != "" && c.To != m.states[state] || c.Into == m.states[state] {
				continue
			}
			s.entries[state] *= 1 + c.By
			if c.Into != "" {
				s.into[state] = m.place(c.Into)
			}
			changed++
		}
		return changed
	}
	done := map[[2]int]bool{}
	for from, row := range m.rows {
		for _, band := range row {
			for _, at := range band.pieces {
				for _, mv := range at.moves {
					pair := [2]int{from, mv.to}
					if done[pair] || c.From != "" && c.From != m.states[from] || c.To != "" && c.To != m.states[mv.to] || c.To == "" && c.From == "" {
						continue
					}
					done[pair] = true
					s.lever[from][mv.to] *= 1 + c.By
				}
			}
		}
	}
	return len(done)
}
