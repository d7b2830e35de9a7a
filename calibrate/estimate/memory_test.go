package estimate_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
)

// stayed is stays whose daily chance of ending depends on the day.
func stayed(seed uint64, n int, chance func(day int) float64) []estimate.Spell {
	r := rand.New(rand.NewPCG(seed, 1))
	var spells []estimate.Spell
	for child := range n {
		s := estimate.Spell{Child: child, State: "foster", Start: day(2020, 1, 1)}
		end := 1
		for ; end < 700; end++ {
			if r.Float64() < chance(end) {
				s.Next = "residential"
				break
			}
		}
		s.End = s.Start.AddDays(end)
		spells = append(spells, s)
	}
	return spells
}

// Where there is no memory one test in twenty says so wrongly; where the rate halves
// after half a year nearly every test finds it.
func TestMemoryless(t *testing.T) {
	const tests = 200
	wrong, found := 0, 0
	for seed := range tests {
		same, err := estimate.Memoryless(stayed(uint64(seed), 150, func(int) float64 { return 0.003 }), estimate.Settings{})
		require.NoError(t, err)
		require.Len(t, same, 1)
		require.Equal(t, 3, same[0].Freedom)
		if same[0].Advice() == estimate.ByWeeks {
			wrong++
		}
		falls, err := estimate.Memoryless(stayed(uint64(seed), 150, func(day int) float64 { return 0.006 / float64(1+3*(day/180)) }), estimate.Settings{})
		require.NoError(t, err)
		if falls[0].Advice() == estimate.ByWeeks {
			found++
		}
	}
	require.InDelta(t, 10, wrong, 10) // 5% of 200; standard deviation 3.1
	require.Greater(t, found, 180)
}

func TestTooFewMovesForATest(t *testing.T) {
	tests, err := estimate.Memoryless(stayed(1, 15, func(int) float64 { return 0.01 }), estimate.Settings{})
	require.NoError(t, err)
	require.Equal(t, estimate.TooFew, tests[0].Advice())
	require.Equal(t, 1.0, tests[0].P)
	require.Len(t, tests[0].Bands, 1)
}

// Twenty stays of one week and twenty of five.
func TestMemorylessByHand(t *testing.T) {
	var spells []estimate.Spell
	add := func(child, days int, next string) {
		spells = append(spells, estimate.Spell{Child: child, State: "foster", Next: next, Start: day(2020, 1, 1), End: day(2020, 1, 1).AddDays(days)})
	}
	for i := range 20 {
		add(i, 7, "residential") // all quartiles of the moves at one or five weeks
	}
	for i := range 20 {
		add(20+i, 35, "residential")
	}
	tests, err := estimate.Memoryless(spells, estimate.Settings{})
	require.NoError(t, err)
	m := tests[0]
	// Cuts at week 1 and week 5; nobody is left after five, so two bands: 20 moves in
	// 40 weeks and 20 in 80. 2(20 ln(0.5 ÷ (1/3)) + 20 ln(0.25 ÷ (1/3))) = 2(8.1093 − 5.7536).
	require.Equal(t, 1, m.Freedom)
	require.InDelta(t, 4.7114, m.Statistic, 1e-3)
	require.InDelta(t, 0.02996, m.P, 1e-4) // 2(1 − Φ(√4.7114)) = 2(1 − Φ(2.1706))
}
