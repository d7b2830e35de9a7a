package expect_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// Metrics that go on after a pause give the counts and the variance of the plain rule,
// wherever the cap per child lies in the window.
func TestPausesAreThePlainRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { requireRedraws(t, pausing(t)) })
}

// pausing draws a programme whose metrics pause.
func pausing(t *rapid.T) *model.Programme {
	draw := func(what string, from, to int) int { return rapid.IntRange(from, to).Draw(t, what) }
	p := base()
	p.Weeks = draw("weeks", 1, 200)
	p.Contract.Metrics = nil
	if moves := p.Background["foster"][0].Moves; draw("clock", 0, 1) == 1 {
		p.Background["foster"] = markov.Row{{In: markov.Span{To: 26}, Moves: moves}, {In: markov.Span{From: 26}, Moves: moves[:1]}}
	}
	for i := range p.Cohorts {
		c := &p.Cohorts[i]
		c.Lag = draw("lag", 0, 20)
		c.Tracking = draw("tracking", 0, 120)
		first := draw("opens", 0, min(30, p.Weeks-1))
		c.Referrals = model.Referrals{Children: c.Referrals.Children, First: first, Last: min(p.Weeks-1, first+draw("open", 0, 60))}
		m := contract.Metric{Name: fmt.Sprint("metric ", i), Cohorts: []string{c.Name}, Tariff: contract.Tariff{Amount: cost("foster", 10).PerWeek}}
		m.States = rapid.SliceOfDistinct(rapid.SampledFrom([]string{"foster", "reunified", "residential", "edge of care"}), rapid.ID[string]).Draw(t, "states")
		weekFirst, window := draw("first", 0, 15), draw("window", 16, 120)
		missed := draw("missed", -3, 30) // about the most weeks missed with which the cap is reached
		if draw("days", 0, 1) == 1 {
			m.Trigger = &contract.Days{First: weekFirst, Window: window, CapPerChild: max(1, 7*(window-weekFirst-missed)-draw("part", 0, 6)), Interruption: contract.Pauses}
		} else {
			m.Trigger = &contract.FullWeeks{First: weekFirst, Window: window, CapPerChild: max(1, window-weekFirst-missed), Interruption: contract.Pauses}
		}
		p.Contract.Metrics = append(p.Contract.Metrics, m)
	}
	return p
}

// What the programmes of the library pay for with pauses goes by the fast rule.
func TestPausesInTheLibrary(t *testing.T) {
	for name, want := range map[string][]string{
		"norfolk":           {"M1 edge of care", "M1 edge of care", "M2 reunification"},
		"suffolk":           {"M1 edge of care, days", "M2 reunification, days"},
		"essex-mst":         {"days out of care"},
		"positive-families": {"weeks out of care"},
	} {
		require.Equal(t, want, newRedraw(t, inLibrary(t, name)).Pausing(), name)
	}
	require.Empty(t, newRedraw(t, inLibrary(t, "dn2")).Pausing())
}

// A cap that is reached early is left to the plain rule, which then has less to follow.
func TestEarlyCapsAreLeftToThePlainRule(t *testing.T) {
	p := base()
	for i, most := range []int{52, 53, 54, 104} {
		p.Contract.Metrics[i].Trigger = &contract.FullWeeks{Window: 104, CapPerChild: most, Interruption: contract.Pauses}
	}
	require.True(t, slices.Equal([]string{p.Contract.Metrics[2].Name, p.Contract.Metrics[3].Name}, newRedraw(t, p).Pausing()))
	requireRedrawn(t, newRedraw(t, p), p)
}
