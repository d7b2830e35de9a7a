package contract_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// A child's life in letters, one for each week since referral: r residential,
// f foster (not payable), p the planned state and q a second payable state.
const lifeLetters = "rfpq"

// path is a life in letters. The child starts in week start.
func path(life string, start int) contract.Path {
	p := contract.Path{Start: start, Payable: contract.StateSet(0).Add(2).Add(3)}
	for week, letter := range life {
		state := 0
		for lifeLetters[state] != byte(letter) {
			state++
		}
		if n := len(p.Stays); n > 0 && p.Stays[n-1].State == state {
			p.Stays[n-1].To++
			continue
		}
		p.Stays = append(p.Stays, contract.Stay{State: state, From: week, To: week + 1})
	}
	return p
}

// paid is the units of each week, in figures.
func paid(spans []contract.Span, weeks int) string {
	units := make([]byte, weeks)
	for i := range units {
		units[i] = '.'
	}
	for _, s := range spans {
		for week := s.From; week < s.To; week++ {
			units[week] = '0' + byte(s.Units)
		}
	}
	return string(units)
}

func TestFullWeeksByHand(t *testing.T) {
	ends, pauses := contract.Ends, contract.Pauses
	for _, c := range []struct {
		what  string
		life  string
		start int
		terms contract.FullWeeks
		want  string
	}{
		{"every week from the start", "rrpppp", 2, contract.FullWeeks{0, 10, 10, ends}, "..1111"},
		{"started at referral", "pppp", 0, contract.FullWeeks{0, 10, 10, ends}, "1111"},
		{"never started", "rrrrrr", -1, contract.FullWeeks{0, 10, 10, ends}, "......"},
		{"never started, though in a payable state", "rrqqqq", -1, contract.FullWeeks{0, 10, 10, ends}, "......"},
		{"started in the last week", "rrrrrp", 5, contract.FullWeeks{0, 10, 10, ends}, ".....1"},
		{"failed in the first week", "rrpfff", 2, contract.FullWeeks{0, 10, 10, ends}, "..1..."},

		{"first payable week", "rrpppp", 2, contract.FullWeeks{2, 10, 10, ends}, "....11"},
		{"failed before the first payable week", "rrpfpp", 2, contract.FullWeeks{3, 10, 10, ends}, "......"},
		{"back before the first payable week", "rrpfpp", 2, contract.FullWeeks{3, 10, 10, pauses}, ".....1"},

		{"end of the window", "rrpppp", 2, contract.FullWeeks{0, 3, 10, ends}, "..111."},
		{"window runs on through an interruption", "rpfppp", 1, contract.FullWeeks{0, 3, 10, pauses}, ".1.1.."},
		{"window counts from the start, not from the first payable week", "rrpppp", 2, contract.FullWeeks{1, 3, 10, ends}, "...11."},
		{"window of 0 weeks", "rrpppp", 2, contract.FullWeeks{0, 0, 10, ends}, "......"},
		{"first payable week after the window", "rrpppp", 2, contract.FullWeeks{3, 3, 10, ends}, "......"},

		{"cap per child", "rrpppp", 2, contract.FullWeeks{0, 10, 3, ends}, "..111."},
		{"cap counts paid weeks only", "rpfppp", 1, contract.FullWeeks{0, 10, 3, pauses}, ".1.11."},
		{"cap counts from the first payable week", "rpppppp", 1, contract.FullWeeks{2, 10, 3, ends}, "...111."},
		{"cap of 0 weeks", "rrpppp", 2, contract.FullWeeks{0, 10, 0, ends}, "......"},

		{"an interruption ends the claim", "rppfpp", 1, contract.FullWeeks{0, 10, 10, ends}, ".11..."},
		{"an interruption pauses the claim", "rppfpp", 1, contract.FullWeeks{0, 10, 10, pauses}, ".11.11"},
		{"two payable states, no interruption", "rppqqp", 1, contract.FullWeeks{0, 10, 10, ends}, ".11111"},
		{"no limit at all", "rpppp", 1, contract.FullWeeks{0, math.MaxInt, math.MaxInt, ends}, ".1111"},
		{"first payable week never", "rpppp", 1, contract.FullWeeks{math.MaxInt, math.MaxInt, 10, ends}, "....."},

		{"weeks in a payable state before the start do not count", "qqpppp", 2, contract.FullWeeks{0, 10, 10, ends}, "..1111"},
		{"a payable stay that began before the start", "qqqqqq", 2, contract.FullWeeks{0, 3, 10, ends}, "..111."},
		{"a payable stay that began before the first payable week", "rrppqq", 2, contract.FullWeeks{1, 2, 10, ends}, "...1.."},
		{"an interruption before the start", "qfpppp", 2, contract.FullWeeks{0, 10, 10, ends}, "..1111"},
		{"the life ends inside the window", "rrp", 2, contract.FullWeeks{0, 10, 10, ends}, "..1"},
		{"no life at all", "", -1, contract.FullWeeks{0, 10, 10, ends}, ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			require.NoError(t, c.terms.Definition().Validate())
			require.Equal(t, c.want, paid(c.terms.Count(path(c.life, c.start), nil), len(c.life)))
		})
	}
}

// Spans are appended to what is there.
func TestCountAppends(t *testing.T) {
	before := []contract.Span{{From: 1, To: 2, Units: 3}}
	got := (&contract.FullWeeks{Window: 9, CapPerChild: 9}).Count(path("rrppf", 2), before)
	require.Equal(t, []contract.Span{{From: 1, To: 2, Units: 3}, {From: 2, To: 4, Units: 1}}, got)
}

func TestFullWeeksValidate(t *testing.T) {
	require.NoError(t, (&contract.FullWeeks{}).Definition().Validate())
	err := (&contract.FullWeeks{First: -1, Window: -2, CapPerChild: -3, Interruption: 7}).Definition().Validate()
	require.EqualError(t, err, "first payable week is -1: it must be 0 weeks or more\n"+
		"window is -2: it must be 0 weeks or more\n"+
		"cap per child is -3: it must be 0 weeks or more\n"+
		"interruption is unknown (7): it must be one of ends, pauses")
}

func TestNewTrigger(t *testing.T) {
	require.Contains(t, contract.TriggerKinds(), "full weeks")
	trigger, ok := contract.NewTrigger("full weeks")
	require.True(t, ok)
	require.Equal(t, &contract.FullWeeks{}, trigger)
	for i, term := range trigger.Definition().Terms { // terms reach the trigger itself
		if term.Weeks != nil {
			*term.Weeks = i + 1
		} else {
			*term.Interruption = contract.Pauses
		}
	}
	require.Equal(t, &contract.FullWeeks{1, 2, 3, contract.Pauses}, trigger)

	trigger, ok = contract.NewTrigger("full moons")
	require.False(t, ok)
	require.Nil(t, trigger)
}
