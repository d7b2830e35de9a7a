package sensitivity_test

import (
	"context"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// byHand is a programme whose sums can be done by hand: 10 children are referred in week
// 0, all start in week 10 and stay for the 104 weeks that are tracked and paid, while
// without the programme they would stay in residential care.
const byHand = `
format: 1
programme: by-hand
title: By hand
evidence: {status: assumed, note: arithmetic}
start: 2026-04-02
end: 2029-03-31
price base: constant 2025/26 prices
commissioners: {A: 100%}
states:
  foster, planned: {parent: foster}
background:
  residential: none
  foster: none
cohorts:
  all:
    referrals: {children: 10, from: 2026-04-02, to: 2026-04-08, law: fixed}
    start state: residential
    planned state: foster, planned
    lag: 10 weeks
    start probability: 100%
    tracking: 104 weeks
    failure: none
metrics:
  M:
    cohorts: [all]
    trigger: {full weeks: {first payable week: 0 weeks, window: 104 weeks, cap per child: 104 weeks, interruption: ends}}
    tariff: 500
payers:
  commissioner: {share: 100%}
unit costs: {residential: 1600, foster: 1000, edge of care: 100, reunified: 100}
`

func handmade(t testing.TB) *scenario.Version {
	t.Helper()
	d, err := scenario.Read("by-hand.yaml", strings.NewReader(byHand))
	require.NoError(t, err)
	v, err := d.Version("")
	require.NoError(t, err)
	return v
}

func solve(t testing.TB, v *scenario.Version, unknown, goal string, o sensitivity.Options) *sensitivity.Solved {
	t.Helper()
	x, err := sensitivity.ReadUnknown(v, unknown)
	require.NoError(t, err)
	g, err := sensitivity.ReadGoal(goal)
	require.NoError(t, err)
	s, err := sensitivity.Solve(context.Background(), v, g, x, o)
	require.NoError(t, err)
	return s
}

// Each child avoids 104 × (1,600 − 1,000) = £62,400 and earns 104 × 500 = £52,000. So
// payments eat up the saving at a tariff of 600, which is 1.2 times 500, or at a price of
// residential care of 1,000 + 500 = £1,500. With 10 children the saving is £104,000, and
// £150,000 at 10 × 150,000 / 104,000 = 14.42 children.
func TestSolveByHand(t *testing.T) {
	v := handmade(t)
	o := sensitivity.Options{Run: montecarlo.Options{Seed: 1, Replications: 5}}
	for _, c := range []struct {
		unknown, goal string
		want, within  float64
		above         bool
	}{
		{"tariffs", "net public saving, mean at least £0", 1.2, 0, false},
		{"tariffs *", "net saving, A, central projection at least £0", 1.2, 0, false},
		{"metrics.M.tariff", "net public saving, P10 at least £0", 600, 0, false},
		{"metrics.*.tariff *", "net public saving, mean at most £0", 1.2, 0, true},
		{"unit costs.residential", "net public saving, mean at least £0", 1500, 0, true},
		{"price of residential care", "net public saving, mean at least £0", 1500, 0, true},
		{"cohorts.all.referrals.children", "net public saving, central projection at least £150,000", 14.43, 0.005, true},
	} {
		s := solve(t, v, c.unknown, c.goal, o)
		require.Len(t, s.Answers, 1, c)
		a := s.Answers[0]
		assert.InDelta(t, c.want, a.Value, c.within, c)
		assert.Equal(t, c.above, a.MetAbove(), c)
		assert.True(t, a.Met, c)
		assert.False(t, a.Missed.Met, c)
		assert.InDelta(t, s.Unknown.Step, math.Abs(a.Value-a.Missed.Value), 1e-9, c)
		assert.True(t, a.Check.Met, c)
		require.NotNil(t, a.Lower)
		require.NotNil(t, a.Higher)
	}
}

// The goal cannot be reached: even without payments the saving is 10 × £62,400. It is met
// throughout where tariffs of one and a half times 500 leave 62,400 − 104 × 750 =
// −£15,600 a child.
func TestSolveNowhere(t *testing.T) {
	o := sensitivity.Options{Run: montecarlo.Options{Seed: 1, Replications: 5}}
	s := solve(t, handmade(t), "tariffs", "net public saving, mean at least £1m", o)
	assert.Empty(t, s.Answers)
	assert.False(t, s.Today.Met)
	require.NotNil(t, s.Extreme)
	assert.Equal(t, 0.5, s.Extreme.Value)
	assert.InDelta(t, 624_000-260_000, *s.Extreme.Figure, 1e-6)
	require.Len(t, s.Moves, 2)
	assert.Equal(t, sensitivity.Moved{Measure: montecarlo.Avoided, Today: 624_000, Value: 0.5, Then: 624_000}, s.Moves[0])
	assert.Equal(t, sensitivity.Moved{Measure: montecarlo.Payments, Today: 520_000, Value: 0.5, Then: 260_000}, s.Moves[1])

	s = solve(t, handmade(t), "tariffs", "net public saving, mean at least -£200,000", o)
	assert.Empty(t, s.Answers)
	assert.True(t, s.Today.Met)
	assert.Equal(t, 1.5, s.Extreme.Value)
	assert.InDelta(t, -156_000, *s.Extreme.Figure, 1e-6)
}

// Two answers: with few referrals the team is not earned; with many the contract's cap
// leaves children whom nobody pays for.
func TestSolveTwice(t *testing.T) {
	d := open(t, "dn2")
	o := few(
		40,
		scenario.Set("delivery", "{fixed per quarter: 120000, per case week: 250, claims paid after: 120 days}"),
		scenario.Set("facility.investors", "{First: 1000000, Second: 960000}"),
	)
	s := solve(t, o.version(t, d), "referrals", "facility not enough, at most 49.9%", sensitivity.Options{Run: o.Run})
	require.True(t, s.Today.Met)
	require.Len(t, s.Answers, 2)
	near, far := s.Answers[0], s.Answers[1]
	assert.LessOrEqual(t, math.Abs(near.Missed.Value-1), math.Abs(far.Missed.Value-1))
	assert.NotEqual(t, near.MetAbove(), far.MetAbove())
	for _, a := range s.Answers {
		assert.True(t, a.Met)
		assert.False(t, a.Missed.Met)
	}
}

func TestSolveRefuses(t *testing.T) {
	v, ctx := handmade(t), context.Background()
	for text, want := range map[string]string{
		"tarifs":                        `"tarifs"`,
		"cohorts.all.lagg":              `"cohorts.all.lagg"`,
		"end":                           `is a date: to solve for how much later it is, write "end +"`,
		"cohorts.all.start state":       "which is no number",
		"unit costs.*":                  `to multiply all of them, write "unit costs.* *"`,
		"cohorts.*.referrals.from *":    "unknown",
		"cohorts.all.referrals.child *": "unknown",
	} {
		_, err := sensitivity.ReadUnknown(v, text)
		require.ErrorContains(t, err, want, text)
	}
	x, err := sensitivity.ReadUnknown(v, "tariffs")
	require.NoError(t, err)
	for text, want := range map[string]string{
		"loses money, consortium, at most 10%":     finance.ErrNoDelivery.Error(),
		"net saving, B, mean at least £0":          `"net saving, B"`,
		"net public saving, mean at least A$1,000": "another currency",
	} {
		g, err := sensitivity.ReadGoal(text)
		require.NoError(t, err)
		_, err = sensitivity.Solve(ctx, v, g, x, sensitivity.Options{Run: montecarlo.Options{Replications: 2}})
		require.ErrorContains(t, err, want, text)
	}
	_, err = sensitivity.Solve(ctx, v, sensitivity.Goal{}, x, sensitivity.Options{})
	require.Error(t, err)
	_, err = sensitivity.Solve(ctx, nil, sensitivity.Goal{}, x, sensitivity.Options{})
	require.Error(t, err)
}

// questions are what people ask of the two programmes. Each answer is known to its Monte
// Carlo error: a run of its own with another seed agrees within 3.3 combined errors.
var questions = []struct{ programme, unknown, goal string }{
	{"dn2", "tariffs", "cashable saving less own payments, Nottinghamshire, above £0 with at least 80%"},
	{"template", "cohorts.step-down.failure.hazard", "net public saving, mean at least £3m"},
	{"dn2", "price of residential care", "net public saving, mean at least £0"},
	{"dn2", "moves into dearer care without the programme", "net public saving, mean at least £0"},
	{"dn2", "referrals", "loses money, consortium, at most 35%"},
	{"dn2", "cost of delivery", "internal rate of return, consortium, P10 at least 0%"},
	{"template", "cost of delivery", "loses money, consortium, at most 10%"},
	{"template", "cohorts.step-down.start probability", "outcome payments, P90 at most £1.2m"},
}

func TestSolveAnswersHold(t *testing.T) {
	n := 2
	replications := 400
	if os.Getenv("EDGEOFCARE_LONG") != "" {
		n, replications = len(questions), 2000
	}
	for _, q := range questions[:n] {
		t.Run(q.unknown+": "+q.goal, func(t *testing.T) {
			d := changed(t)
			if q.programme != "template" {
				d = open(t, q.programme)
			}
			v, err := d.Version("medium")
			require.NoError(t, err)
			s := solve(t, v, q.unknown, q.goal, sensitivity.Options{Run: montecarlo.Options{Seed: 1, Replications: replications}})
			require.NotEmpty(t, s.Answers)
			for _, a := range s.Answers {
				require.NotNil(t, a.CheckErrors)
				assert.LessOrEqual(t, math.Abs(*a.CheckErrors), 3.3)
				require.NotNil(t, a.Low)
				assert.Less(t, *a.Low, a.Value)
				assert.Greater(t, *a.High, a.Value)
				t.Logf("%v (%v to %v), check %.2f errors, %d steps", a.Value, *a.Low, *a.High, *a.CheckErrors, len(s.Steps))
			}
		})
	}
}

// How long a search takes, in plain runs of as many replications, of which a search along
// one driver may take a dozen.
func BenchmarkSolve(b *testing.B) {
	v, err := open(b, "dn2").Version("medium")
	require.NoError(b, err)
	o := montecarlo.Options{Seed: 1, Replications: 2000, TotalsOnly: true, Undivided: true}
	start := time.Now()
	_, err = montecarlo.Run(context.Background(), v, o)
	require.NoError(b, err)
	plain := time.Since(start)
	for b.Loop() {
		solve(b, v, "tariffs", "cashable saving less own payments, Nottinghamshire, above £0 with at least 80%", sensitivity.Options{Run: o})
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(plain), "plain-runs")
}
