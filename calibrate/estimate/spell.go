package estimate

import (
	"errors"
	"fmt"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Spell is one stay of one child in one state, as far as it was seen.
type Spell struct {
	Child  int    // a number that tells children apart; nothing that names them
	Cohort string // may be empty
	State  string
	Next   string        // the state moved to on End; empty if the stay was not seen to end
	Start  calendar.Date // first day in the state, which may be before Seen
	Seen   calendar.Date // first day on which the child was observed; unset: Start
	End    calendar.Date // first day no longer in the state, or no longer observed
	Born   calendar.Date // unset: not known, so the stay has no age and does not end at 18
}

// Left counts the stays that are not, or not wholly, in the counts, and why.
type Left struct {
	NoDays     int `json:"no_days"`     // began and ended on one day: no time at risk
	After18    int `json:"after_18"`    // wholly after the clock stops at 18
	CutAt18    int `json:"cut_at_18"`   // cut there: the exit at 18, if any, is not a move
	NoBirthday int `json:"no_birthday"` // counted, but without an age and not cut at 18
	NoWeek     int `json:"no_week"`     // on a weekly grid: no whole week of it was seen
}

// stay is a spell in days since its start, cut at 18.
type stay struct {
	*Spell

	from, to int    // observed from day from up to, and without, day to
	next     string // empty if cut or not seen to end
}

// adult is the number of years after which nobody is a looked-after child.
const adult = 18

// stays cuts every spell at 18, or guard days before, and on a weekly grid at its weeks.
// The error joins the faults of all spells, by their place in the list, counted from 1.
func stays(spells []Spell, settings Settings) ([]stay, Left, error) {
	var (
		left   Left
		faults []error
	)
	for i := range spells {
		if err := spells[i].check(); err != nil {
			faults = append(faults, fmt.Errorf("spell %d: %w", i+1, err))
		}
	}
	if len(faults) > 0 {
		return nil, left, errors.Join(faults...)
	}
	if settings.Weekly {
		spells, left.NoWeek = onWeeks(spells)
	}
	all := make([]stay, 0, len(spells))
	for i := range spells {
		s := &spells[i]
		c := stay{Spell: s, to: s.End.Sub(s.Start), next: s.Next}
		if s.Seen.After(s.Start) {
			c.from = s.Seen.Sub(s.Start)
		}
		if c.to == c.from {
			left.NoDays++
			continue
		}
		if s.Born.IsZero() {
			left.NoBirthday++
		} else if last := birthday(s.Born, adult).AddDays(-settings.Guard).Sub(s.Start); last <= c.from {
			left.After18++
			continue
		} else if last <= c.to && (last < c.to || c.next != "") {
			c.to, c.next = last, ""
			left.CutAt18++
			if settings.Weekly { // a week that holds the birthday has no end to be noted
				c.to -= (c.to - c.from) % 7
			}
		}
		if c.to > c.from {
			all = append(all, c)
		}
	}
	return all, left, nil
}

// check says what is wrong with a spell.
func (s *Spell) check() error {
	switch {
	case s.State == "":
		return errors.New("it has no state: name the state that the child was in")
	case s.Next == s.State:
		return fmt.Errorf("it moves from %s to itself: join the two stays into one", s.State)
	case s.Start.IsZero() || s.End.IsZero():
		return errors.New("its first day or its end is not set: for a stay that was not seen to end, End is the first day not observed")
	case s.End.Before(s.Start) || s.End.Before(s.Seen):
		return fmt.Errorf("it ends on %s, before it starts or is first seen: End is the first day no longer in the state", s.End)
	case !s.Born.IsZero() && s.Start.Before(s.Born):
		return fmt.Errorf("it starts on %s, before the child is born", s.Start)
	}
	return nil
}

// birthday is the day on which a child turns so many years old. A child born on 29
// February has it on 1 March in other years.
func birthday(born calendar.Date, years int) calendar.Date {
	return calendar.NewDate(born.Year()+years, born.Month(), born.Day())
}
