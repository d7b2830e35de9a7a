package expect_test

import (
	"math"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// oneCohort is 100 children in residential care, all referred in week 0 by one
// council, for whom a foster placement is planned. Nothing moves yet.
func oneCohort(weeks int) *model.Programme {
	return &model.Programme{
		Name: "by hand", Start: calendar.NewDate(2021, 3, 24), Weeks: weeks, // week 0 ends on 30 March, week 1 in April
		Commissioners: []model.Commissioner{{Name: "Council", ReferralShare: 1}},
		States:        append(model.DefaultStates(), model.State{Name: "foster, planned", Parent: "foster"}),
		Background:    map[string]markov.Row{},
		Cohorts: []model.Cohort{{
			Name: "step-down", Referrals: model.Referrals{Children: 100},
			StartState: "residential", PlannedState: "foster, planned",
			StartProbability: 1, Tracking: weeks,
		}},
		Contract: contract.Terms{
			Metrics: []contract.Metric{{
				Name: "weeks fostered", Cohorts: []string{"step-down"},
				Trigger: &contract.FullWeeks{Window: weeks, CapPerChild: weeks},
				Tariff:  contract.Tariff{Amount: decimal.NewFromInt(500)},
			}},
			Payers: commissionersPay(),
		},
		UnitCosts: []contract.UnitCost{
			cost("residential", 4000), cost("foster", 1000), cost("edge of care", 100), cost("reunified", 100),
		},
	}
}

func to(state string, probability float64) markov.Row {
	return always(markov.Move{To: state, Probability: probability})
}

func of(t *testing.T, p *model.Programme) *expect.Expectation {
	t.Helper()
	e, err := expect.Of(p)
	require.NoError(t, err)
	return e
}

// Half of 100 children start in week 0; a fifth of those fail before week 1.
func TestTwoWeeks(t *testing.T) {
	p := oneCohort(2)
	p.Cohorts[0].StartProbability = .5
	p.Cohorts[0].Failure = to("residential", .2)
	e := of(t, p)

	weeks := func(a contract.Arm, state string) []float64 {
		return e.Counts.WeeksIn(contract.Tracking, a, 0, 0, slices.Index(e.Counts.Shape.States, state))
	}
	// The quarter ends between the two weeks.
	equal(t, []float64{50, 40}, weeks(contract.Intervention, "foster, planned"))
	equal(t, []float64{50, 60}, weeks(contract.Intervention, "residential"))
	equal(t, []float64{100, 100}, weeks(contract.Counterfactual, "residential"))
	equal(t, []float64{50, 40}, e.Counts.UnitsOf(0, 0))
	equal(t, []float64{100, 0}, e.Counts.ReferredIn(0, 0))
	equal(t, []float64{50, 0}, e.Counts.StartedIn(0, 0))
	// 0 weeks for half of the children, 1 for a tenth, 2 for four tenths.
	one := e.PerChild[0]
	equal(t, []float64{.9, .1*1 + .4*4 - .9*.9}, []float64{one.Mean, one.Variance})
	// Without the programme nobody is ever fostered.
	require.Equal(t, expect.Deadweight{Cohort: "step-down", Metric: "weeks fostered", InterventionWeeks: 1.8}, e.Deadweight[0])
}

// The first 26 weeks are lived alike: who leaves before the lag cannot start.
func TestLag(t *testing.T) {
	p := oneCohort(52)
	p.Cohorts[0].Lag = 26
	p.Background["residential"] = to("reunified", .01)
	e := of(t, p)
	require.InDelta(t, 100*math.Pow(.99, 26), sum(e.Counts.StartedIn(0, 0)), 1e-9)
	require.InDelta(t, 100*math.Pow(.99, 26)*26, sum(e.Counts.Units), 1e-9)
}

func TestLagBeyondTheHorizon(t *testing.T) {
	for _, lag := range []int{10, 11, math.MaxInt} {
		p := oneCohort(10)
		p.Cohorts[0].Lag, p.Cohorts[0].Tracking = lag, math.MaxInt
		e := of(t, p)
		require.Zero(t, sum(e.Counts.StartedIn(0, 0)))
		require.Zero(t, sum(e.Counts.Units))
		require.Zero(t, e.Deadweight[0].Share)
	}
}

// A placement holds for two weeks, then comes a week in residential care and
// again two weeks of fostering, and so on, with certainty.
func TestInterruptions(t *testing.T) {
	for _, c := range []struct {
		what  string
		terms contract.FullWeeks
		want  []float64 // paid weeks
	}{
		{"ends", contract.FullWeeks{Window: 6, CapPerChild: 6}, []float64{1, 1, 0, 0, 0, 0}},
		{"pauses", contract.FullWeeks{Window: 6, CapPerChild: 6, Interruption: contract.Pauses}, []float64{1, 1, 0, 1, 1, 0}},
		{"pauses, capped", contract.FullWeeks{Window: 6, CapPerChild: 3, Interruption: contract.Pauses}, []float64{1, 1, 0, 1, 0, 0}},
		{"pauses, window runs on", contract.FullWeeks{Window: 4, CapPerChild: 6, Interruption: contract.Pauses}, []float64{1, 1, 0, 1, 0, 0}},
		{"pauses, from week 1", contract.FullWeeks{First: 1, Window: 6, CapPerChild: 2, Interruption: contract.Pauses}, []float64{0, 1, 0, 1, 0, 0}},
		{"ends before the first payable week", contract.FullWeeks{First: 3, Window: 6, CapPerChild: 6}, make([]float64, 6)},
		{"window of 0", contract.FullWeeks{CapPerChild: 6, Interruption: contract.Pauses}, make([]float64, 6)},
		{"cap of 0", contract.FullWeeks{Window: 6}, make([]float64, 6)},
		{"no end to any of it", contract.FullWeeks{Window: math.MaxInt, CapPerChild: math.MaxInt, Interruption: contract.Pauses}, []float64{1, 1, 0, 1, 1, 0}},
		{"never begins", contract.FullWeeks{First: math.MaxInt, Window: 6, CapPerChild: 6, Interruption: contract.Pauses}, make([]float64, 6)},
	} {
		t.Run(c.what, func(t *testing.T) {
			afterTwoWeeks := markov.Row{{In: markov.Span{To: 1}}, {In: markov.Span{From: 1}, Moves: []markov.Move{{To: "residential", Probability: 1}}}}
			for horizon := 1; horizon <= 6; horizon++ { // a shorter life earns the beginning of a longer one
				p := oneCohort(horizon)
				p.Background["foster"], p.Background["residential"] = afterTwoWeeks, to("foster", 1)
				p.Cohorts[0].Failure = afterTwoWeeks
				p.Contract.Metrics[0].States = []string{"foster", "foster, planned"}
				p.Contract.Metrics[0].Trigger = &c.terms
				one := of(t, p).PerChild[0]
				equal(t, []float64{sum(c.want[:horizon]), 0}, []float64{one.Mean, one.Variance})
			}
		})
	}
}

// A breakdown with weekly probability h before week 104 leaves N paid weeks
// with P(N ≥ n) = (1 - h)^(n-1).
func TestMomentsOfAGeometricLife(t *testing.T) {
	const h = .0067
	p := oneCohort(104)
	p.Cohorts[0].Failure = to("residential", h)
	var mean, square float64
	for n := 1; n <= 104; n++ {
		mean += math.Pow(1-h, float64(n-1))
		square += float64(2*n-1) * math.Pow(1-h, float64(n-1))
	}
	one := of(t, p).PerChild[0]
	require.InDelta(t, mean, one.Mean, 1e-10)
	require.InDelta(t, square-mean*mean, one.Variance, 1e-8)
}

// On the edge of care at .008 a week without the programme and at .003 with
// it, with no way back.
func TestDeadweight(t *testing.T) {
	p := oneCohort(104)
	p.States = append(p.States, model.State{Name: "supported", Parent: "edge of care"})
	p.Background["edge of care"] = to("foster", .008)
	c := &p.Cohorts[0]
	c.StartState, c.PlannedState, c.Failure = "edge of care", "supported", to("foster", .003)
	weeks := func(h float64) float64 { return (1 - math.Pow(1-h, 104)) / h }

	for _, start := range []float64{1, .5, 0} { // who starts is chance
		c.StartProbability = start
		d := of(t, p).Deadweight[0]
		require.InDelta(t, weeks(.008), d.CounterfactualWeeks, 1e-9)
		require.InDelta(t, weeks(.003), d.InterventionWeeks, 1e-9)
		require.InDelta(t, weeks(.008)/weeks(.003), d.Share, 1e-12)
	}
	p.Contract.Metrics[0].Success = []string{"reunified"} // where nobody ever goes
	require.Equal(t, expect.Deadweight{Cohort: "step-down", Metric: "weeks fostered"}, of(t, p).Deadweight[0])
}

// Every child is aged 17 years and 51 weeks: one whole week is left.
func TestEighteenNextWeek(t *testing.T) {
	p := oneCohort(10)
	p.Ages = model.Ages{From: 6561.5 / model.DaysPerYear, To: 6568.5 / model.DaysPerYear}
	from, until := p.Ages.Days()
	require.Equal(t, []int{1, 1}, []int{model.WeeksBefore18(from), model.WeeksBefore18(until - 1)})
	e := of(t, p)
	require.InDelta(t, 100, sum(e.Counts.Units), 1e-9)
	for _, a := range contract.Arms() {
		leftCare := sum(e.Counts.WeeksIn(contract.Tracking, a, 0, 0, slices.Index(e.Counts.Shape.States, model.LeftCare)))
		require.InDelta(t, 900, leftCare, 1e-9)
	}
	equal(t, []float64{1, 0}, []float64{e.PerChild[0].Mean, e.PerChild[0].Variance})
}

// Time in a state before referral counts, however long it was.
func TestAlreadyThere(t *testing.T) {
	leavesAfter := func(weeks int) markov.Row {
		return markov.Row{
			{In: markov.Span{To: weeks}},
			{In: markov.Span{From: weeks}, Moves: []markov.Move{{To: "reunified", Probability: 1}}},
		}
	}
	for _, c := range []struct{ already, leaves, want int }{
		{0, 3, 4}, {2, 3, 2}, {3, 3, 1}, {50, 3, 1}, {math.MaxInt, 3, 1}, {1 << 40, 1<<40 + 2, 3}, {0, math.MaxInt, 10},
	} {
		p := oneCohort(10)
		p.Cohorts[0].StartProbability = 0
		p.Cohorts[0].AlreadyThere = c.already
		p.Background["residential"] = leavesAfter(c.leaves)
		e := of(t, p)
		for _, a := range contract.Arms() {
			weeks := sum(e.Counts.WeeksIn(contract.Tracking, a, 0, 0, slices.Index(e.Counts.Shape.States, "residential")))
			require.InDelta(t, 100*c.want, weeks, 1e-9, "%+v", c)
		}
	}
}

func equal(t *testing.T, want, got []float64) {
	t.Helper()
	require.InDeltaSlice(t, want, got, 1e-12)
}
