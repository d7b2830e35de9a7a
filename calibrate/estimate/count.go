package estimate

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Settings say how stays are divided before they are counted. The zero value
// divides them by state alone.
type Settings struct {
	InState []int           `json:"in_state,omitempty"` // weeks in the state at which a new band begins, as 13, 26, 52
	Ages    []int           `json:"ages,omitempty"`     // birthdays at which a new band begins, as 5, 10, 16
	Periods []calendar.Date `json:"periods,omitempty"`  // days on which a new period begins
	Cohorts bool            `json:"cohorts,omitempty"`  // by cohort
	// Guard is the days before the 18th birthday at which every clock stops. 0 is right
	// for exact dates of birth. Where they were coarsened to a day of their month, 31
	// keeps exits at 18 from passing for moves before it.
	Guard int `json:"guard,omitempty"`
	// Weekly counts on a weekly grid in place of exact days: where a child is on each
	// Monday, and moves between one and the next, whatever happened between them. Rates
	// are then probabilities first, of being elsewhere a week later. See [Rates].
	Weekly bool `json:"weekly,omitempty"`
}

// Band is from From up to, and without, To: weeks in the state, or years of age. To
// is 0 where it has no end.
type Band struct {
	From int `json:"from"`
	To   int `json:"to,omitempty"`
}

// Where is what one count or one rate is about.
type Where struct {
	Cohort  string        `json:"cohort,omitempty"`
	State   string        `json:"state"`
	InState Band          `json:"weeks_in_state"`
	Age     Band          `json:"age"`
	From    calendar.Date `json:"from,omitzero"`   // first day of the period; unset: no limit
	Before  calendar.Date `json:"before,omitzero"` // first day after it; unset: no limit
}

// Moved is the moves to one state.
type Moved struct {
	To    string `json:"to"`
	Moves int    `json:"moves"`
}

// Cell is what was seen somewhere: time at risk, and the moves in it.
type Cell struct {
	Where

	Children int     `json:"children"` // different ones
	Weeks    float64 `json:"weeks"`    // child-weeks at risk: days observed in the state, over 7
	Moves    []Moved `json:"moves"`    // by name of destination
}

// Table is counts and exposure, which anyone can check, and what is not in them.
type Table struct {
	Settings Settings `json:"settings"`
	Cells    []Cell   `json:"cells"` // by cohort, state, weeks in state, age, period
	Left     Left     `json:"left"`
}

// Count counts time at risk and moves. Days are exact, but on a weekly grid: a stay that passes into
// another band, age or period is divided on that day. A move on the day on which a
// band, age or period begins belongs to the one before. At 18 a stay is cut, and what
// ends it then is no move. The error joins what is wrong with spells and settings.
func Count(spells []Spell, s Settings) (*Table, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	all, left, err := stays(spells, s)
	if err != nil {
		return nil, err
	}
	cells := map[Where]*tally{}
	for _, c := range all {
		c.divide(s, func(w Where, days int, last bool) {
			t := cells[w]
			if t == nil {
				t = &tally{children: map[int]bool{}, moves: map[string]int{}}
				cells[w] = t
			}
			t.days += days
			t.children[c.Child] = true
			if last && c.next != "" {
				t.moves[c.next]++
			}
		})
	}
	return &Table{Settings: s, Cells: listed(cells), Left: left}, nil
}

// tally is a cell while it is counted.
type tally struct {
	days     int
	children map[int]bool
	moves    map[string]int
}

// check says what is wrong with settings.
func (s Settings) check() error {
	var faults []error
	ascending := func(what string, list []int) {
		for i, x := range list {
			if x <= 0 || i > 0 && x <= list[i-1] {
				faults = append(faults, fmt.Errorf("%s are %v: give whole numbers above 0, each above the one before", what, list))
				return
			}
		}
	}
	ascending("the weeks at which bands begin", s.InState)
	ascending("the ages at which bands begin", s.Ages)
	if !slices.IsSortedFunc(s.Periods, calendar.Date.Compare) {
		faults = append(faults, errors.New("the days on which periods begin are out of order: give them from the earliest to the latest"))
	}
	if s.Guard < 0 {
		faults = append(faults, fmt.Errorf("the clock stops %d days before 18: give 0 or more", s.Guard))
	}
	return errors.Join(faults...)
}

// divide calls with for each part of a stay that lies in one band, age and period.
func (c stay) divide(s Settings, with func(w Where, days int, last bool)) {
	cuts := []int{c.from, c.to}
	cut := func(day int) {
		if day > c.from && day < c.to {
			cuts = append(cuts, day)
		}
	}
	for _, week := range s.InState {
		cut(7 * week)
	}
	if !c.Born.IsZero() {
		for _, age := range s.Ages {
			cut(birthday(c.Born, age).Sub(c.Start))
		}
	}
	for _, day := range s.Periods {
		cut(day.Sub(c.Start))
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	for i := range len(cuts) - 1 {
		with(c.where(s, cuts[i]), cuts[i+1]-cuts[i], i == len(cuts)-2)
	}
}

// where is what holds on a day of a stay.
func (c stay) where(s Settings, day int) Where {
	w := Where{State: c.State, InState: band(s.InState, day/7)}
	if s.Cohorts {
		w.Cohort = c.Cohort
	}
	on := c.Start.AddDays(day)
	if !c.Born.IsZero() && len(s.Ages) > 0 {
		age := on.Year() - c.Born.Year()
		if on.Before(birthday(c.Born, age)) {
			age--
		}
		w.Age = band(s.Ages, age)
	}
	for _, begins := range s.Periods {
		if begins.After(on) {
			w.Before = begins
			break
		}
		w.From = begins
	}
	return w
}

// band is the one of those that begin at the starts, and at 0, that holds x.
func band(starts []int, x int) Band {
	var b Band
	for _, start := range starts {
		if start > x {
			b.To = start
			break
		}
		b.From = start
	}
	return b
}

// listed puts cells in order.
func listed(cells map[Where]*tally) []Cell {
	var list []Cell
	for _, w := range slices.SortedFunc(maps.Keys(cells), compare) {
		t := cells[w]
		cell := Cell{Where: w, Children: len(t.children), Weeks: float64(t.days) / 7}
		for _, to := range slices.Sorted(maps.Keys(t.moves)) {
			cell.Moves = append(cell.Moves, Moved{To: to, Moves: t.moves[to]})
		}
		list = append(list, cell)
	}
	return list
}

// compare orders what counts are about: by cohort, state, period, age and weeks in the
// state. An age that is not known has neither end, and comes after those from birth.
func compare(a, b Where) int {
	return cmp.Or(cmp.Compare(a.Cohort, b.Cohort), cmp.Compare(a.State, b.State), a.From.Compare(b.From),
		cmp.Compare(a.Age.From, b.Age.From), cmp.Compare(b.Age.To, a.Age.To), cmp.Compare(a.InState.From, b.InState.From))
}

// moved is the number of moves to a state, or to any if to is empty.
func (c Cell) moved(to string) int {
	n := 0
	for _, m := range c.Moves {
		if to == "" || m.To == to {
			n += m.Moves
		}
	}
	return n
}
