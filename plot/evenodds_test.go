package plot

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Where a curve crosses an even chance is worked out by hand: from 40% at 2,000 to 60% at
// 3,000 it is half-way, at 2,500, and a point that has one half is the place.
func TestEvenOdds(t *testing.T) {
	x := []float64{1000, 2000, 3000}
	for _, c := range []struct {
		p   []float64
		how odds
		at  float64
	}{
		{[]float64{0.1, 0.4, 0.6}, oddsRising, 2500},
		{[]float64{0.1, 0.5, 0.6}, oddsRising, 2000},
		{[]float64{0.9, 0.6, 0.1}, oddsFalling, 2200}, // 0.1 of 0.5 below 60%
		{[]float64{0.9, 0.5, 0.6}, oddsAbove, 0},
		{[]float64{0.1, 0.2, 0.5}, oddsBelow, 0},
		{[]float64{0.1, 0.9, 0.1}, oddsMixed, 0},
		{[]float64{0.5, 0.5, 0.5}, oddsMixed, 0},
	} {
		how, at := chance{x: x, p: c.p}.evenOdds()
		require.Equal(t, c.how, how, c.p)
		require.InDelta(t, c.at, at, 1e-9, c.p)
	}
}

// The title of a curve holds for every case that it speaks of.
func TestTitlesOfCurves(t *testing.T) {
	v := version(t, "dn2", "medium")
	other := version(t, "dn2", "low")
	price := drivenAlong(sensitivity.Driver{Name: sensitivity.ResidentialPrice, Unit: "£ a week"})
	line := func(x []float64, p ...float64) chance {
		return chance{x: x, p: p, n: 100, certain: make([]bool, len(p))}
	}
	prices, weights := []float64{1000, 2000, 3000}, []float64{0.2, 0.4, 0.6}
	both := []*scenario.Version{v, other}
	for want, drawn := range map[string]struct {
		versions []*scenario.Version
		all      []chance
		by       driven
	}{
		"A saving is likely once residential care costs more than about £2,500 a week": {both[:1], []chance{line(prices, 0.1, 0.4, 0.6)}, price},
		// £2,750 + £250 × 3.8 ÷ 9.6 is £2,849, which is rounded up: at £2,800 a saving is unlikely.
		"A saving is likely once residential care costs more than about £2,900 a week": {both[:1], []chance{line([]float64{2750, 3000}, 0.462, 0.558)}, price},
		"A saving is 60% to 80% likely at every price of residential care drawn":       {both[:1], []chance{line(prices, 0.6, 0.7, 0.8)}, price},
		"A saving is at most 2% likely at every price of residential care drawn":       {both[:1], []chance{line(prices, 0.01, 0.01, 0.02)}, price},
		// 90% to 10% from 20% to 40% crosses at 30%; the other case is above as far as 60%.
		"In every case a saving is likely until deadweight passes about 30%": {both, []chance{line(weights, 0.9, 0.1, 0.05), line(weights, 0.9, 0.8, 0.7)}, drivenByDeadweight()},
		// The other case is drawn no further than 25%, and nothing is said of it.
		"In the medium case a saving is likely until deadweight passes about 30%": {both, []chance{line(weights, 0.9, 0.1, 0.05), line([]float64{0.2, 0.25}, 0.9, 0.8)}, drivenByDeadweight()},
	} {
		require.Equal(t, want, savingFound(drawn.versions, drawn.all, drawn.by))
	}
}
