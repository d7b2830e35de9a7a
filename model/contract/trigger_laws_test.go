package contract_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// The laws that every type of trigger must pass, on random lives under random
// terms. A new type is registered in bounds and is then put to all of them.

// bound is what a trigger says of itself, in weeks since the start and units.
type bound struct {
	first  int   // first week that can earn anything
	closes int   // first week that cannot, ever after
	most   int64 // units that one child can earn
}

// bounds finds the bound of each type of trigger from its terms.
var bounds = map[string]func(contract.Trigger) bound{
	"calendar months": func(t contract.Trigger) bound {
		m := t.(*contract.Months)
		return bound{first: contract.WeeksIn(m.First+1) - 1, closes: contract.WeeksIn(m.Window), most: int64(m.CapPerChild)}
	},
	"days": func(t contract.Trigger) bound {
		d := t.(*contract.Days)
		return bound{first: d.First, closes: d.Window, most: int64(d.CapPerChild)}
	},
	"engagement": func(t contract.Trigger) bound {
		weeks := max(1, t.(*contract.Engagement).After)
		return bound{first: weeks - 1, closes: weeks, most: 1}
	},
	"full weeks": func(t contract.Trigger) bound {
		f := t.(*contract.FullWeeks)
		return bound{first: f.First, closes: f.Window, most: int64(f.CapPerChild)}
	},
	"milestones": func(t contract.Trigger) bound {
		m := t.(*contract.Milestones)
		at := slices.Clone(m.Weeks)
		for _, months := range m.Months {
			at = append(at, contract.WeeksIn(months))
		}
		slices.Sort(at)
		return bound{first: at[0] - 1, closes: at[len(at)-1], most: int64(len(at))}
	},
	"status on a date": func(t contract.Trigger) bound {
		return bound{closes: t.Definition().Reach, most: 1}
	},
	"status averted": func(t contract.Trigger) bound {
		weeks := max(1, contract.WeeksIn(t.(*contract.Averted).Months))
		return bound{first: weeks - 1, closes: weeks, most: 1}
	},
}

// measured is the first date on which drawn lives are looked at; they begin before it
// and after it.
var measured = calendar.NewDate(2024, 3, 31)

// laws are stated of the trigger, its bound, a path and the spans it earns.
var laws = []struct {
	name string
	law  func(t *rapid.T, trigger contract.Trigger, b bound, p contract.Path, spans []contract.Span)
}{
	{"units are never negative", func(t *rapid.T, _ contract.Trigger, _ bound, _ contract.Path, spans []contract.Span) {
		for _, s := range spans {
			require.Positive(t, s.Units)
		}
	}},
	{"never above the cap", func(t *rapid.T, _ contract.Trigger, b bound, _ contract.Path, spans []contract.Span) {
		require.LessOrEqual(t, earned(spans), b.most)
	}},
	{"nothing before the first payable unit", func(t *rapid.T, _ contract.Trigger, b bound, p contract.Path, spans []contract.Span) {
		for _, s := range spans {
			require.GreaterOrEqual(t, s.From, p.Start+b.first)
		}
	}},
	{"nothing after the window", func(t *rapid.T, trigger contract.Trigger, b bound, p contract.Path, spans []contract.Span) {
		require.Equal(t, b.closes, trigger.Definition().Reach)
		for _, s := range spans {
			require.LessOrEqual(t, s.To, p.Start+b.closes)
		}
	}},
	{"nothing but weeks in payable states", func(t *rapid.T, _ contract.Trigger, _ bound, p contract.Path, spans []contract.Span) {
		payable := make([]bool, length(p))
		for _, s := range p.Stays {
			for week := s.From; week < s.To; week++ {
				payable[week] = p.Payable.Has(s.State)
			}
		}
		for week, units := range byWeek(spans, length(p)) {
			require.True(t, units == 0 || payable[week], "week %d", week)
		}
	}},
	{"more payable states never earn less", func(t *rapid.T, trigger contract.Trigger, _ bound, p contract.Path, spans []contract.Span) {
		p.Payable = p.Payable.Add(rapid.IntRange(0, 4).Draw(t, "added"))
		require.GreaterOrEqual(t, earned(trigger.Count(p, nil)), earned(spans))
	}},
	{"nothing outside the child's life", func(t *rapid.T, _ contract.Trigger, _ bound, p contract.Path, spans []contract.Span) {
		for _, s := range spans {
			require.GreaterOrEqual(t, s.From, 0)
			require.LessOrEqual(t, s.To, length(p))
		}
	}},
	{"spans in order, without overlap", func(t *rapid.T, _ contract.Trigger, _ bound, _ contract.Path, spans []contract.Span) {
		at := 0
		for _, s := range spans {
			require.GreaterOrEqual(t, s.From, at)
			require.Greater(t, s.To, s.From)
			at = s.To
		}
	}},
	{"a longer payable stay never earns less", func(t *rapid.T, trigger contract.Trigger, _ bound, p contract.Path, spans []contract.Span) {
		if longer, ok := lengthen(t, p); ok {
			require.GreaterOrEqual(t, earned(trigger.Count(longer, nil)), earned(spans), "%+v", longer)
		}
	}},
	{"nothing for a child who never started", func(t *rapid.T, trigger contract.Trigger, _ bound, p contract.Path, _ []contract.Span) {
		p.Start = -1
		require.Empty(t, trigger.Count(p, nil))
	}},
	{"nothing where nothing is payable", func(t *rapid.T, trigger contract.Trigger, _ bound, p contract.Path, _ []contract.Span) {
		p.Payable = 0
		require.Empty(t, trigger.Count(p, nil))
	}},
	{"what comes after a week does not change what it earns", func(t *rapid.T, trigger contract.Trigger, _ bound, p contract.Path, spans []contract.Span) {
		end := rapid.IntRange(0, length(p)).Draw(t, "end")
		short := contract.Path{Start: p.Start, Payable: p.Payable, Referred: p.Referred}
		if p.Start >= end {
			short.Start = -1
		}
		for _, s := range p.Stays {
			if s.To = min(s.To, end); s.From < s.To {
				short.Stays = append(short.Stays, s)
			}
		}
		require.Equal(t, byWeek(spans, length(p))[:end], byWeek(trigger.Count(short, nil), end))
	}},
	{"counting leaves path and terms alone, and gives the same again", func(t *rapid.T, trigger contract.Trigger, _ bound, p contract.Path, spans []contract.Span) {
		before := fmt.Sprintf("%+v", p)
		require.Equal(t, spans, trigger.Count(p, nil))
		require.Equal(t, before, fmt.Sprintf("%+v", p))
	}},
	{"spans are appended", func(t *rapid.T, trigger contract.Trigger, _ bound, p contract.Path, spans []contract.Span) {
		before := []contract.Span{{From: 5, To: 6, Units: 7}}
		if len(spans) > 0 {
			before = spans[:1:1] // another metric's, of the same week
		}
		require.Equal(t, slices.Concat(before, spans), trigger.Count(p, before))
	}},
}

func TestLawsOfTriggers(t *testing.T) {
	for _, kind := range contract.TriggerKinds() {
		of, ok := bounds[kind]
		require.True(t, ok, "register %q in bounds", kind)
		for _, law := range laws {
			t.Run(kind+"/"+law.name, func(t *testing.T) {
				rapid.Check(t, func(t *rapid.T) {
					trigger := drawTrigger(t, kind)
					p := drawPath(t)
					law.law(t, trigger, of(trigger), p, trigger.Count(p, nil))
				})
			})
		}
	}
}

// Kind and name agree, and every term has a name of its own and exactly one
// kind of value.
func TestTermsOfTriggers(t *testing.T) {
	for _, kind := range contract.TriggerKinds() {
		trigger, ok := contract.NewTrigger(kind)
		require.True(t, ok)
		definition := trigger.Definition()
		require.Equal(t, kind, definition.Kind)
		require.NotEmpty(t, definition.Unit.One)
		require.NotEmpty(t, definition.Unit.Many)
		names := map[string]bool{}
		for _, term := range trigger.Definition().Terms {
			require.NotEmpty(t, term.Name)
			require.False(t, names[term.Name], term.Name)
			values := 0
			for _, set := range []bool{
				term.Weeks != nil, term.Months != nil, term.Days != nil,
				term.EachWeeks != nil, term.EachMonths != nil, term.Interruption != nil, term.Date != nil,
			} {
				if set {
					values++
				}
			}
			require.Equal(t, 1, values, term.Name)
			names[term.Name] = true
		}
		again, _ := contract.NewTrigger(kind)
		require.NotSame(t, trigger, again)
	}
}

// drawTrigger draws a trigger of a kind under any terms.
func drawTrigger(t *rapid.T, kind string) contract.Trigger {
	trigger, _ := contract.NewTrigger(kind)
	for _, term := range trigger.Definition().Terms {
		switch {
		case term.Weeks != nil:
			*term.Weeks = rapid.IntRange(0, 30).Draw(t, term.Name)
		case term.Months != nil:
			*term.Months = rapid.IntRange(0, 7).Draw(t, term.Name)
		case term.Days != nil:
			*term.Days = rapid.IntRange(0, 210).Draw(t, term.Name)
		case term.EachWeeks != nil:
			*term.EachWeeks = drawAscending(t, term.Name, 30)
		case term.EachMonths != nil:
			*term.EachMonths = drawAscending(t, term.Name, 7)
		case term.Date != nil:
			*term.Date = measured.AddDays(rapid.IntRange(0, 40).Draw(t, term.Name))
		default:
			*term.Interruption = rapid.SampledFrom([]contract.Interruption{contract.Ends, contract.Pauses}).Draw(t, term.Name)
		}
	}
	require.NoError(t, trigger.Definition().Validate())
	return trigger
}

// drawAscending draws up to four numbers from 1 to most in order, at least one.
func drawAscending(t *rapid.T, name string, most int) []int {
	list := rapid.SliceOfNDistinct(rapid.IntRange(1, most), 1, 4, rapid.ID).Draw(t, name)
	slices.Sort(list)
	return list
}

// drawPath draws a life among five states, any of which may be payable, that
// starts at the beginning of one of its stays.
func drawPath(t *rapid.T) contract.Path {
	p := contract.Path{Start: -1, Payable: contract.StateSet(rapid.Uint64Range(0, 31).Draw(t, "payable"))}
	p.Referred = measured.AddDays(-rapid.IntRange(-10, 800).Draw(t, "referred before"))
	week, state := 0, -1
	for range rapid.IntRange(0, 7).Draw(t, "stays") {
		next := rapid.IntRange(0, 3).Draw(t, "state")
		if next >= state && state >= 0 {
			next++ // any but the one before
		}
		state = next
		to := week + rapid.IntRange(1, 15).Draw(t, "weeks")
		p.Stays = append(p.Stays, contract.Stay{State: state, From: week, To: to})
		week = to
	}
	if i := rapid.IntRange(-1, len(p.Stays)-1).Draw(t, "start"); i >= 0 {
		p.Start = p.Stays[i].From
	}
	return p
}

// lengthen makes one payable stay longer at the cost of the stay after it, or
// at the end of the life.
func lengthen(t *rapid.T, p contract.Path) (longer contract.Path, ok bool) {
	var payable []int
	for i, s := range p.Stays {
		if p.Payable.Has(s.State) {
			payable = append(payable, i)
		}
	}
	if len(payable) == 0 {
		return p, false
	}
	i := rapid.SampledFrom(payable).Draw(t, "lengthened")
	longer = p
	longer.Stays = slices.Clone(p.Stays)
	if i == len(p.Stays)-1 {
		longer.Stays[i].To += rapid.IntRange(0, 20).Draw(t, "by")
		return longer, true
	}
	next := &longer.Stays[i+1]
	if next.From == p.Start {
		return p, false // the start would move with it
	}
	by := rapid.IntRange(0, next.To-next.From-1).Draw(t, "by")
	longer.Stays[i].To += by
	next.From += by
	return longer, true
}

func length(p contract.Path) int {
	if len(p.Stays) == 0 {
		return 0
	}
	return p.Stays[len(p.Stays)-1].To
}

func earned(spans []contract.Span) (units int64) {
	for _, s := range spans {
		units += s.Units * int64(s.To-s.From)
	}
	return units
}

// byWeek is the units of each week of a life.
func byWeek(spans []contract.Span, weeks int) []int64 {
	units := make([]int64, weeks)
	for _, s := range spans {
		for week := s.From; week < s.To; week++ {
			units[week] += s.Units
		}
	}
	return units
}
