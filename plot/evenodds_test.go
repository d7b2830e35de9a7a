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
		"A saving is likelier than not at every price drawn: 60% to 80%":               {both[:1], []chance{line(prices, 0.6, 0.7, 0.8)}, price},
		"A saving is less likely than not at every price drawn: 20% to 40%":            {both[:1], []chance{line(prices, 0.2, 0.3, 0.4)}, price},
		"A saving is 60% to 80% likely at every price of residential care drawn":       {both[:1], []chance{line(prices, 0.7, 0.6, 0.8)}, price},
		"Dearer residential care hardly helps: a saving is 62% to 70% likely":          {both[:1], []chance{line(prices, 0.62, 0.7, 0.68)}, price},
		"A saving is at most 2% likely at every price of residential care drawn":       {both[:1], []chance{line(prices, 0.01, 0.01, 0.02)}, price},
		// 90% to 10% from 20% to 40% crosses at 30%; the other case is above as far as 60%.
		"In every case a saving is likely until deadweight passes about 30%": {both, []chance{line(weights, 0.9, 0.1, 0.05), line(weights, 0.9, 0.8, 0.7)}, drivenByDeadweight()},
		// The other case is drawn no further than 25%, and nothing is said of it.
		"In the medium case a saving is likely until deadweight passes about 30%": {both, []chance{line(weights, 0.9, 0.1, 0.05), line([]float64{0.2, 0.25}, 0.9, 0.8)}, drivenByDeadweight()},
	} {
		require.Equal(t, want, savingFound(drawn.versions, drawn.all, drawn.by))
	}
}

// The title of deadweight says how the deadweight of each case stands to that at which a
// saving is as likely as not. From 80% at 60% to 40% at 80% that is 75%, from 90% to 10%
// between 20% and 40% it is 30%.
func TestTitlesOfDeadweight(t *testing.T) {
	named := map[string]*scenario.Version{"low": version(t, "dn2", "low"), "medium": version(t, "dn2", "medium"), "high": version(t, "dn2", "high")}
	line := func(now int, p ...float64) chance {
		return chance{x: []float64{0.2, 0.4, 0.6, 0.8}[:len(p)], p: p, now: now, n: 100, certain: make([]bool, len(p))}
	}
	for want, drawn := range map[string]struct {
		cases []string
		all   []chance
	}{
		"A saving is unlikely in the low case: deadweight 80%, even odds at 75%": {[]string{"low", "high"}, []chance{line(3, 0.9, 0.85, 0.8, 0.4-1e-12), line(1, 0.99, 0.98)}},
		"In the low case deadweight, 80%, is past even odds of a saving at 77%":  {[]string{"low", "high"}, []chance{line(3, 0.9, 0.85, 0.8, 0.45), line(1, 0.99, 0.98)}},
		"The high case is likely to save until deadweight, now 20%, passes 30%":  {[]string{"low", "high"}, []chance{line(1, 0.9, 0.85, 0.8, 0.6), line(0, 0.9, 0.1)}},
		"Every case is likely to save until deadweight, now 20%, passes 30%":     {[]string{"low", "high"}, []chance{line(0, 0.9, 0.1), line(0, 0.9, 0.1)}},
		"A saving is likely until deadweight, now 20%, passes 30%":               {[]string{"high"}, []chance{line(0, 0.9, 0.1)}},
		"Deadweight of 40% is past the 30% up to which a saving is likely":       {[]string{"high"}, []chance{line(1, 0.9, 0.1)}},
		"At its own deadweight no case is more than 11% likely to save":          {[]string{"low", "high"}, []chance{line(1, 0.9, 0.1), line(1, 0.9, 0.105)}},
		"At its own deadweight a saving is very unlikely in every case":          {[]string{"low", "high"}, []chance{line(1, 0.9, 0), line(1, 0.9, 0)}},
		"Low (40% deadweight) and medium (40%) are below even odds of a saving":  {[]string{"low", "medium", "high"}, []chance{line(1, 0.9, 0.1), line(1, 0.9, 0.2), line(0, 0.9, 0.1)}},
		"A saving is 60% to 90% likely at every deadweight drawn":                {[]string{"low", "high"}, []chance{line(0, 0.9, 0.6), line(0, 0.8, 0.7)}},
		"At its own deadweight a saving is likely in 1 of 2 cases":               {[]string{"low", "high"}, []chance{line(0, 0.1, 0.9), line(0, 0.8, 0.7)}},
	} {
		var versions []*scenario.Version
		for _, name := range drawn.cases {
			versions = append(versions, named[name])
		}
		require.Equal(t, want, deadweightFound(versions, drawn.all))
	}
}

// Lines that can hardly be told apart have one name, and a name has the current value.
func TestLinesOnOneAnotherHaveOneName(t *testing.T) {
	line := func(name string, now float64, p ...float64) chance {
		c := chance{name: name, x: []float64{0.1, now, 0.5}, p: p, now: 1, n: 2000}
		c.low, c.high = p, p
		return c
	}
	a, b, c := line("Low", 0.2, 0.9, 0.8, 0.3), line("Medium", 0.201, 0.91, 0.78, 0.32), line("High", 0.2, 0.9, 0.7, 0.3)
	said := func(all ...chance) (texts []string) {
		for _, l := range namedAtNow(all, whole) {
			texts = append(texts, l.text)
		}
		return texts
	}
	require.Equal(t, []string{"Low and medium, now 20%", "High, now 20%"}, said(a, b, c))
	require.Equal(t, []string{"All cases, on one line, now 20%"}, said(a, b))
	require.Empty(t, said(a, c), "where the value is the same for all, it is at the upright line")
}

// The scale of chances is their side of an even chance, where they stay on one.
func TestScaleOfChances(t *testing.T) {
	for _, c := range []struct {
		p         []float64
		low, high float64
		said      string
	}{
		{[]float64{0.2, 0.7}, 0, 1, ""},
		{[]float64{0.6, 0.7}, 0.4, 1, " (axis from 40%)"},
		{[]float64{0.1, 0.4}, 0, 0.6, " (axis to 60%)"},
		{[]float64{0, 0.01}, 0, 0.1, " (axis to 10%)"},
	} {
		one := chance{p: c.p, low: c.p, high: c.p}
		low, high := sideOfEven([]chance{one})
		require.Equal(t, []float64{c.low, c.high}, []float64{low, high})
		require.Equal(t, c.said, axisSaid([]chance{one}))
	}
}
