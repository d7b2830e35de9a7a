package sensitivity

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Children of two cohorts live in residential care, of whom 0.01 a week go to foster care
// and 0.004 home; from week 10 after referral on, of the second nobody moves.
func studyVersion(t *testing.T) *scenario.Version {
	t.Helper()
	d, err := scenario.Read("study.yaml", strings.NewReader(`
format: 1
programme: study
title: Placements (invented)
start: 2026-04-01
end: 2028-03-31
price base: constant 2026/27 prices
evidence: {status: assumed, note: invented}
commissioners: {Ashby: 100%}
states: {"foster, planned": {parent: foster}}
cohorts:
  first:
    referrals: {children: 30, from: 2026-04-01, to: 2027-03-31}
    start state: residential
    planned state: foster, planned
    lag: 4 weeks
    start probability: 70%
    tracking: 52 weeks
    failure: {hazard: 0.01, to: {residential: 100%}}
    cashable share: 80%
  second:
    referrals: {children: 12, from: 2026-04-01, to: 2027-03-31}
    start state: residential
    planned state: foster, planned
    lag: 4 weeks
    start probability: 70%
    tracking: 52 weeks
    failure: {hazard: 0.01, to: {residential: 100%}}
    cashable share: 80%
background:
  residential: {foster: 0.01, reunified: 0.004}
metrics:
  M1:
    cohorts: [first, second]
    trigger: {full weeks: {first payable week: 0 weeks, window: 52 weeks, cap per child: 52 weeks, interruption: ends}}
    tariff: 700
payers: {commissioner: {share: 100%}}
unit costs: {edge of care: 100, residential: {value: 4000, range: 3000 to 5000}, foster: 900, reunified: 100}
`))
	require.NoError(t, err)
	v, err := d.Version("")
	require.NoError(t, err)
	return v
}

// With constant chances a and b a week, the first move is to the first place within m
// weeks with a chance of a/(a+b) × (1 - (1-a-b)^m).
func TestFirstMoves(t *testing.T) {
	v := studyVersion(t)
	const draws = 400
	d, err := drawInputs(v, 1, draws)
	require.NoError(t, err)
	f, err := firstMovesOf(context.Background(), v, d, 26)
	require.NoError(t, err)
	moved := 1 - math.Pow(1-0.014, 26)
	require.Equal(t, []string{"edge of care", "foster", "left care", "reunified"}, f.cohorts[0].to)
	last := f.cohorts[0].within[0][25*4:]
	require.InDeltaSlice(t, []float64{0, moved * 10 / 14, 0, moved * 4 / 14}, last, 1e-12)

	// 21 children are 15 and 6, and over 400 draws their numbers are binomial.
	small := f.counts(Study{Children: 21, Weeks: 26}, v.Programme, 1)
	large := f.counts(Study{Children: 42, Weeks: 26}, v.Programme, 1)
	require.Len(t, small.Columns, 4, "those places alone to which some child moves")
	require.Equal(t, "21 children for 26 weeks, first to foster", small.Columns[0].Name)
	for i, want := range []float64{15 * moved * 10 / 14, 15 * moved * 4 / 14, 6 * moved * 10 / 14, 6 * moved * 4 / 14} {
		sum, squares := 0.0, 0.0
		for draw, n := range small.Columns[i].Values {
			require.LessOrEqual(t, n, large.Columns[i].Values[draw], "its children are among those of the larger study")
			sum += n / draws
			squares += n * n / draws
		}
		children := []float64{15, 15, 6, 6}[i]
		variance := want * (1 - want/children)
		require.InDelta(t, want, sum, 3.3*math.Sqrt(variance/draws))
		require.InDelta(t, variance, squares-sum*sum, 0.25*variance)
	}
	require.Equal(t, []string{"first moves within 26 weeks"}, small.Within)
	none := f.chances(26)
	require.Len(t, none.Columns, 1, "no chance varies: there is nothing to learn")
}

// 10 children over cohorts of 1, 1 and 2 expected referrals: 2.5, 2.5 and 5.
func TestSharedByLargestRemainder(t *testing.T) {
	cohorts := func(children ...float64) (all []model.Cohort) {
		for _, n := range children {
			all = append(all, model.Cohort{Referrals: model.Referrals{Children: n, Last: 3}})
		}
		return all
	}
	require.Equal(t, []int{3, 2, 5}, shared(10, cohorts(1, 1, 2)))
	require.Equal(t, []int{0, 1}, shared(1, cohorts(1, 3)))
	require.Equal(t, []int{0, 0}, shared(7, cohorts(0, 0)))
}
