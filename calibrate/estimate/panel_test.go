package estimate_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
)

// Visits a quarter apart find 200 of 1,000 moved one way and 100 of 1,000 the other.
// The likelihood is largest where the matrix of a quarter is that of the counts, whose
// eigenvalue is 0.7: the hazards are −ln(0.7) ÷ 13, shared as 0.2 and 0.1 of 0.3.
func TestPanelOfTwoStates(t *testing.T) {
	var visits []estimate.Visit
	for child := range 2000 {
		from, to, moved := "foster", "residential", child%1000 < 200
		if child >= 1000 {
			from, to, moved = to, from, child%1000 < 100
		}
		if !moved {
			to = from
		}
		visits = append(visits, estimate.Visit{Child: child, On: day(2021, 1, 1).AddDays(91), State: to}, estimate.Visit{Child: child, On: day(2021, 1, 1), State: from})
	}
	rates, err := estimate.Panel(visits, map[string][]string{"foster": {"residential"}, "residential": {"foster"}})
	require.NoError(t, err)
	all := -math.Log(0.7) / 13
	require.InDelta(t, all*2/3, rates[0].Hazard.Value, 1e-6)
	require.InDelta(t, all/3, rates[1].Hazard.Value, 1e-6)
	// The delta method on the 200 of 1,000 alone gives a relative error of at least 1/√200.
	require.Greater(t, rates[0].Moves, 100)
	require.LessOrEqual(t, rates[0].Moves, 200)
}

// Three states with a way round, seen at uneven times, come back within their errors,
// and intervals hold the truth.
func TestPanelRecoversHazards(t *testing.T) {
	truth := map[string]map[string]float64{"foster": {"residential": 0.006, "reunified": 0.008}, "residential": {"foster": 0.012}, "reunified": {"foster": 0.004}}
	r := rand.New(rand.NewPCG(3, 3))
	var visits []estimate.Visit
	for child := range 900 {
		state, on := "foster", day(2020, 1, 1)
		if child%3 > 0 {
			state = []string{"residential", "reunified"}[child%3-1]
		}
		next := on.AddDays(50 + r.IntN(80))
		visits = append(visits, estimate.Visit{Child: child, On: on, State: state})
		for range 1000 {
			on = on.AddDays(1)
			u := r.Float64() * 7
			for _, to := range []string{"foster", "residential", "reunified"} {
				if u -= truth[state][to]; u < 0 {
					state = to
					break
				}
			}
			if on == next {
				visits = append(visits, estimate.Visit{Child: child, On: on, State: state})
				next = on.AddDays(50 + 10*r.IntN(8))
			}
		}
	}
	rates, err := estimate.Panel(visits, map[string][]string{"foster": {"residential", "reunified"}, "residential": {"foster"}, "reunified": {"foster"}})
	require.NoError(t, err)
	require.Len(t, rates, 4)
	for _, rate := range rates {
		want := truth[rate.State][rate.To]
		sd := math.Log(rate.Hazard.High/rate.Hazard.Low) / (2 * 1.959964)
		require.InDelta(t, 0, math.Log(rate.Hazard.Value/want), 3*sd, "%s to %s", rate.State, rate.To)
		require.Less(t, sd, 0.1)
	}
}

func TestPanelFaults(t *testing.T) {
	on := day(2021, 1, 1)
	_, err := estimate.Panel([]estimate.Visit{
		{Child: 1, On: on, State: "foster"}, {Child: 1, On: on, State: "residential"}, {Child: 2, On: on, State: "elsewhere"}, {Child: 3, State: "foster"},
	}, map[string][]string{"foster": {"residential", "foster"}})
	for _, part := range []string{"from foster to itself", "a child was found in foster and in residential on one day", `a child was found in "elsewhere"`, "a child was found on no day", "no child with two visits"} {
		require.ErrorContains(t, err, part)
	}
	var visits []estimate.Visit
	for child := range 60 { // half of foster placements end, and nobody ever moves back
		from, to := "foster", "foster"
		if child%3 == 1 {
			to = "residential"
		} else if child%3 == 2 {
			from, to = "residential", "residential"
		}
		visits = append(visits, estimate.Visit{Child: child, On: on, State: from}, estimate.Visit{Child: child, On: on.AddDays(91), State: to})
	}
	_, err = estimate.Panel(visits, map[string][]string{"foster": {"residential"}, "residential": {"foster"}})
	require.ErrorContains(t, err, "from residential to foster cannot be estimated")
}
