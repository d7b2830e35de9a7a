package lives

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/internal/keyed"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// A curve says of every hazard to be used up, and from every week in which a stay can
// begin, what the phases say that it was made from: also at hazards of next to nothing
// and at certain moves, and where the hazard is used up to the unit at a week's end.
func TestCurveEqualsPhases(t *testing.T) {
	const weeks = 100
	rapid.Check(t, func(t *rapid.T) {
		of := anyTransitions(t)
		k := &curves{weeks: weeks, used: make([]int64, byWeek)}
		c := &cohort{rows: []row{{transitions: of}}}
		k.add(c, 0, planAny(&of, weeks))
		k.fill(c)
		if k.phased {
			return // hazards too high to be exact, by weeks since referral
		}
		for range 20 {
			requireCurveEqualsPhases(t, k, weeks)
		}
	})
}

// requireCurveEqualsPhases draws a stay on the first of some curves.
func requireCurveEqualsPhases(t *rapid.T, k *curves, weeks int) {
	of := k.plans[0].of
	borders := []int{0}
	for _, f := range of.phases {
		borders = append(borders, max(f.sinceFrom, f.inFrom))
	}
	phase := rapid.SampledFrom(of.phases).Draw(t, "phase")
	word := rapid.OneOf(rapid.Uint64(), rapid.SampledFrom([]uint64{0, math.MaxUint64})).Draw(t, "word")
	if len(phase.to) > 0 && rapid.Bool().Draw(t, "between destinations") {
		share := rapid.SampledFrom(phase.to).Draw(t, "share").below - rapid.Uint32Range(0, 1).Draw(t, "less")
		word = word&^uint64(keyed.Destination(math.MaxUint64)) | uint64(keyed.Destination(uint64(share)))
	}
	since := rapid.IntRange(0, weeks-1).Draw(t, "since")
	left := keyed.Threshold(word)
	if rapid.Bool().Draw(t, "to the unit") {
		stays := rapid.OneOf(rapid.IntRange(0, weeks), rapid.SampledFrom(borders)).Draw(t, "stays")
		left = of.phases.spent(since, 0, min(stays, weeks-since)) + rapid.Uint64Range(0, 1).Draw(t, "more")
		left = min(max(1, left), keyed.Threshold(0))
	}
	after, to := of.phases.leave(since, 0, weeks-since, left, word)

	b := &block{curves: [maxCurves]curve{k.list[0]}, words: [maxLives]uint64{word}}
	before := since & int(k.list[0].referral)
	b.needs[0] = int64(left-1) + k.used[int(k.list[0].used)+before]
	b.lives[0] = blockLife{due: int64(since - before), limit: int64(weeks + 1)}
	on := b.find([]int32{0})
	require.Equal(t, after < never, on == 1)
	if on == 1 {
		require.Equal(t, since+after, int(b.lives[0].due))
		require.Equal(t, to, int(b.lives[0].next))
	}
}

// anyTransitions draws moves to up to four states, in up to four pieces on one clock.
func anyTransitions(t *rapid.T) transitions {
	clock := rapid.IntRange(sinceReferral, inState).Draw(t, "clock")
	var pieces markov.Row
	var rates []float64
	for from, more := 0, rapid.IntRange(0, maxPieces-1).Draw(t, "more pieces"); more >= 0; more-- {
		span := markov.Span{From: from}
		if more > 0 {
			span.To = from + rapid.IntRange(1, 40).Draw(t, "weeks")
		}
		piece := markov.Piece{In: span}
		if clock == sinceReferral {
			piece = markov.Piece{Since: span}
		}
		left := 1.0
		for _, to := range []string{"a", "b", "c", "d"} {
			piece.Moves = append(piece.Moves, markov.Move{To: to, Probability: float64(len(rates))}) // numbered
			rate := left * rapid.SampledFrom([]float64{0, 1e-12, 1e-6, 0.01, 0.3, 0.9999999, 1}).Draw(t, "rate")
			rates, left = append(rates, rate), left-rate
		}
		pieces, from = append(pieces, piece), span.To
	}
	of := newTransitions(pieces, map[string]int{"a": 0, "b": 1, "c": 2, "d": 3})
	of.fill(rates)
	return of
}
