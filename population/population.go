package population

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Settings say which days were seen and how rates are divided.
type Settings struct {
	From calendar.Date `json:"from"` // first day that the returns cover
	To   calendar.Date `json:"to"`   // last day, a 31 March: the forecast starts at its end
	// Home is the state in which children are followed after care; empty: nobody is.
	Home string `json:"home,omitempty"`
	// ReturnWeeks is for how long a child is followed at home. One who comes back within
	// that time goes on with its life; one who comes back later, or from anywhere else, is
	// an entry. Entries are counted from so many weeks after From, when the two can be told
	// apart. 0 is 104, or half the weeks seen if those are fewer than 208: of children in
	// England who came back within five years, 17% did so after two or more (DfE).
	ReturnWeeks int `json:"return_weeks,omitempty"`
	// Ages are the birthdays at which rates may change; unset: 1, 5, 10 and 16.
	Ages []int `json:"ages"`
	// InState are the weeks in a state at which rates may change; unset: 13 and 52.
	// An empty list that is not nil divides by no weeks, as of Ages by no age.
	InState []int `json:"in_state"`
	// Least is the moves below which bands of age or of weeks in a state are joined, and
	// destinations pooled over weeks; 0: 10.
	Least int `json:"least"`
	// Guard is the days before the 18th birthday at which the clocks of the estimates
	// stop, as in [estimate.Settings].
	Guard int `json:"guard,omitempty"`
}

// settled fills in what is unset and says what is wrong.
func (s Settings) settled() (Settings, error) {
	var faults []error
	if s.From.IsZero() || !s.From.Before(s.To) {
		faults = append(faults, fmt.Errorf("the days seen are %s to %s: give the first and, after it, the last", s.From, s.To))
	}
	if next := s.To.AddDays(1); s.To.IsZero() || next.Month() != 4 || next.Day() != 1 {
		faults = append(faults, fmt.Errorf("the last day seen is %s: give a 31 March, on which returns end and a financial year of costs", s.To))
	}
	if s.Ages == nil {
		s.Ages = []int{1, 5, 10, 16}
	}
	if s.InState == nil {
		s.InState = []int{13, 52}
	}
	if s.Least == 0 {
		s.Least = 10
	}
	if s.Least < 0 || s.ReturnWeeks < 0 {
		faults = append(faults, errors.New("moves below which bands are joined, and weeks at home, are 0 or more"))
	}
	for _, age := range s.Ages {
		if age >= adult {
			faults = append(faults, fmt.Errorf("a band of ages begins at %d: nobody is in care from %d on", age, adult))
		}
	}
	if err := errors.Join(faults...); err != nil {
		return s, err
	}
	seen := s.To.Sub(s.From) / 7
	if s.ReturnWeeks == 0 {
		s.ReturnWeeks = min(104, seen/2)
	}
	if s.ReturnWeeks >= seen && s.Home != "" {
		return s, fmt.Errorf("children are followed at home for %d weeks, and %d weeks were seen: no week is left in which entries can be told from returns", s.ReturnWeeks, seen)
	}
	if s.Home == "" {
		s.ReturnWeeks = 0
	}
	return s, nil
}

// Left is the children who cannot be followed, and why.
type Left struct {
	// NoBirthday counts children in care on the last day who have no date of birth: nobody
	// knows when they will be 18. They are in no figure, nor are their moves and entries.
	NoBirthday int `json:"no_birthday"`
	// Adults counts those whose stay in care goes on beyond their 18th birthday.
	Adults int `json:"adults"`
}

// Population is the looked-after children of a council on a day, and the rates at which
// others come and all of them move.
type Population struct {
	Settings Settings        `json:"settings"`
	States   []string        `json:"states"` // in care, by name
	Rates    []estimate.Rate `json:"rates"`  // of moves, by state, age and weeks in the state
	Entries  []Entries       `json:"entries"`
	// EntryWeeks is the weeks over which entries were counted: see [Settings.ReturnWeeks].
	EntryWeeks float64 `json:"entry_weeks"`
	// Clustering is the variance of the number of entries in a quarter over its mean: 1
	// for children who come one by one. Brothers and sisters, and a rate that drifts, make
	// it more. 0 where fewer than eight quarters were seen.
	Clustering float64 `json:"clustering"`
	Left       Left    `json:"left"`

	moves    moves
	children []child // at the start
}

// Entries is how often children came into care.
type Entries struct {
	State string `json:"state"`
	Age   int    `json:"age"` // last birthday
	N     int    `json:"n"`
}

// child is one or more children of whom nothing tells them apart.
type child struct {
	clock, state, in int
	age              int // last birthday, on the last day seen
	n                int
}

// FromSpells makes a population of stays with exact dates, such as those that package
// ssda903 reads from returns. A stay without a next state that ends on the day after the
// last one is open: that child is where the forecast starts. The error joins what is wrong
// with settings and spells.
func FromSpells(spells []estimate.Spell, s Settings) (*Population, error) {
	s, err := s.settled()
	if err != nil {
		return nil, err
	}
	p := &Population{Settings: s}
	known, err := p.known(spells)
	if err != nil {
		return nil, err
	}
	if err := p.estimate(known); err != nil {
		return nil, err
	}
	p.count(known)
	p.begin(known)
	if len(p.children) == 0 && len(p.Entries) == 0 {
		return nil, errors.New("nobody was in care: there is nothing to forecast")
	}
	return p, nil
}

// known are the spells of children with a date of birth, by child and day, with stays at
// home cut where a return becomes an entry.
func (p *Population) known(spells []estimate.Spell) ([]estimate.Spell, error) {
	known := make([]estimate.Spell, 0, len(spells))
	after := p.Settings.To.AddDays(1)
	for i, s := range spells {
		switch {
		case s.End.After(after):
			return nil, fmt.Errorf("spell %d ends on %s, after the last day seen, %s", i+1, s.End, p.Settings.To)
		case s.Born.IsZero():
			if s.End == after && s.Next == "" && s.State != p.Settings.Home {
				p.Left.NoBirthday++
			}
			continue
		case s.State == p.Settings.Home:
			if last := s.Start.AddDays(7 * p.Settings.ReturnWeeks); last.Before(s.End) {
				s.End, s.Next = last, ""
			}
			if s.End.Before(s.Seen) {
				continue
			}
		}
		known = append(known, s)
	}
	slices.SortStableFunc(known, func(a, b estimate.Spell) int {
		if a.Child != b.Child {
			return a.Child - b.Child
		}
		return a.Start.Compare(b.Start)
	})
	return known, nil
}

// count counts entries: stays in care that follow no other stay.
func (p *Population) count(known []estimate.Spell) {
	from := p.Settings.From.AddDays(7 * p.Settings.ReturnWeeks)
	p.EntryWeeks = float64(p.Settings.To.AddDays(1).Sub(from)) / 7
	found := map[Entries]int{}
	quarters := make([]float64, p.Settings.To.AddDays(1).Sub(from)/91)
	for i, s := range known {
		follows := i > 0 && known[i-1].Child == s.Child && known[i-1].End == s.Start && known[i-1].Next == s.State
		if s.State == p.Settings.Home || follows || s.Start.Before(from) || s.End == s.Start {
			continue
		}
		age := ageOn(s.Born, s.Start)
		if age >= adult {
			continue
		}
		found[Entries{State: s.State, Age: age}]++
		if q := s.Start.Sub(from) / 91; q < len(quarters) {
			quarters[q]++
		}
	}
	for e, n := range found {
		e.N = n
		p.Entries = append(p.Entries, e)
	}
	slices.SortFunc(p.Entries, func(a, b Entries) int {
		if a.State != b.State {
			return p.moves.place(a.State) - p.moves.place(b.State)
		}
		return a.Age - b.Age
	})
	p.Clustering = clustering(quarters)
}

// clustering is variance over mean.
func clustering(counts []float64) float64 {
	if len(counts) < 8 {
		return 0
	}
	mean, square := 0.0, 0.0
	for _, n := range counts {
		mean += n / float64(len(counts))
	}
	for _, n := range counts {
		square += (n - mean) * (n - mean) / float64(len(counts)-1)
	}
	if mean == 0 {
		return 0
	}
	return square / mean
}

// begin finds the children at the start: in care, or followed at home.
func (p *Population) begin(known []estimate.Spell) {
	found := map[child]int{}
	after := p.Settings.To.AddDays(1)
	for _, s := range known {
		if s.End != after || s.Next != "" {
			continue
		}
		last := birthday(s.Born, adult)
		if !last.After(p.Settings.To) {
			if s.State != p.Settings.Home {
				p.Left.Adults++
			}
			continue
		}
		c := child{clock: clockAt(last.Sub(p.Settings.To)), state: p.moves.place(s.State), in: after.Sub(s.Start) / 7, age: ageOn(s.Born, p.Settings.To)}
		c.in = min(c.in, p.moves.rows[c.state].settled())
		found[c]++
	}
	for _, c := range slices.SortedFunc(maps.Keys(found), func(a, b child) int {
		switch {
		case a.clock != b.clock:
			return a.clock - b.clock
		case a.state != b.state:
			return a.state - b.state
		case a.in != b.in:
			return a.in - b.in
		}
		return a.age - b.age
	}) {
		c.n = found[c]
		p.children = append(p.children, c)
	}
}

// The clock of a child counts the weeks of a childhood: it stands at lastWeek minus the
// weeks until the 18th birthday, and a child whose clock reaches lastWeek has left. It
// drives everything that depends on age, and no birthday is off by a day: a child is in
// care at the end of a day if its 18th birthday is later.
const (
	adult       = 18
	daysPerYear = 365.25
	lastWeek    = 940 // 18 years are 939.2 weeks
)

// clockAt is the clock so many days before the 18th birthday.
func clockAt(days int) int { return lastWeek - (days+6)/7 }

// clockOfAge is where the clock stands, to the nearest week, on a birthday.
func clockOfAge(years int) int {
	if years == 0 {
		return 0
	}
	return lastWeek - int(math.Round(float64(adult-years)*daysPerYear/7))
}

// birthday is the day on which a child turns so many years old.
func birthday(born calendar.Date, years int) calendar.Date {
	return calendar.NewDate(born.Year()+years, born.Month(), born.Day())
}

func ageOn(born, day calendar.Date) int {
	age := day.Year() - born.Year()
	if day.Before(birthday(born, age)) {
		age--
	}
	return age
}
