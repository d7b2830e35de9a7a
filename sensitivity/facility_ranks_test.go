package sensitivity

import (
	"context"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The places of a quantile and its bounds, worked out by hand: n p ± 1.96 √(n p (1 − p)).
func TestRanks(t *testing.T) {
	for _, c := range []struct {
		n    int
		p    float64
		want ranks
	}{
		{100, 0.9, ranks{quantile: 90, low: 85, high: 97}},         // 90 ± 5.88
		{2000, 0.95, ranks{quantile: 1900, low: 1881, high: 1921}}, // 1900 ± 19.1
		{100, 0.07, ranks{quantile: 7, low: 2, high: 14}},          // 7 ± 5.0007, though 100 × 0.07 is above 7 in floating point
		{10, 0.99, ranks{quantile: 10, low: 10, high: 12}},         // 9.9 ± 0.62: there is no twelfth of ten
		{1, 0.5, ranks{quantile: 1, low: 0, high: 3}},              // 0.5 ± 0.98
	} {
		assert.Equal(t, c.want, ranksOf(c.n, c.p), "%d replications, %v", c.n, c.p)
	}
}

// The bounds hold with 95% confidence: the number of replications below a
// quantile is binomial, and the quantile lies between the two order statistics
// unless fewer than low or at least high of them are below it.
func TestRanksBoundAQuantileWith95PerCent(t *testing.T) {
	for _, n := range []int{200, 2_000, 20_000} {
		for _, p := range []float64{0.2, 0.5, 0.9, 0.95} {
			r, below := ranksOf(n, p), distuv.Binomial{N: float64(n), P: p}
			confidence := below.CDF(float64(r.high-1)) - below.CDF(float64(r.low-1))
			assert.InDelta(t, 0.96, confidence, 0.015, "%d replications, %v", n, p)
		}
	}
}

// Commitments that add up to a size are in proportion to today's, to the pound.
func TestCommitting(t *testing.T) {
	parts := func(sum int64, today ...int64) []int64 {
		var investors []model.Investor
		for _, amount := range today {
			investors = append(investors, model.Investor{Commitment: decimal.NewFromInt(amount)})
		}
		var parts []int64
		for _, i := range committing(investors, sum) {
			parts = append(parts, i.Commitment.IntPart())
		}
		return parts
	}
	assert.Equal(t, []int64{33, 34, 33}, parts(100, 7, 7, 7))
	assert.Equal(t, []int64{33, 34, 33}, parts(100, 0, 0, 0))
	assert.Equal(t, []int64{25, 75}, parts(100, 1_000, 3_000))
	assert.Equal(t, []int64{100}, parts(100))
	rapid.Check(t, func(t *rapid.T) {
		today := rapid.SliceOfN(rapid.Int64Range(1, 1e9), 1, 6).Draw(t, "today")
		sum := rapid.Int64Range(0, 1e9).Draw(t, "sum")
		all, total := int64(0), int64(0)
		for _, amount := range today {
			all += amount
		}
		for i, part := range parts(sum, today...) {
			total += part
			require.InDelta(t, float64(today[i])*float64(sum)/float64(all), float64(part), 1)
		}
		require.Equal(t, sum, total)
	})
}

// An answer is run, and so is £1 less.
func TestSizeRunsTheAnswerAndOnePoundLess(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	medium, err := d.Version("medium")
	require.NoError(t, err)
	s := sizer{version: medium, recycles: true, runs: newRunner(montecarlo.Options{Replications: 20}, 3), short: map[int64]montecarlo.ProbabilityOf{}}
	sized, err := s.size(context.Background(), 0.9)
	require.NoError(t, err)
	require.Len(t, s.short, 2)
	assert.Equal(t, s.short[int64(sized.Facility)], sized.Short)
	assert.Equal(t, s.short[int64(sized.Facility)-1], *sized.PoundLess)
}
