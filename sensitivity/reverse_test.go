package sensitivity_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// probability is what Reverse says an event's probability is.
func probability(t *testing.T, d *scenario.Document, o options, one sensitivity.Driver, x float64, event string) float64 {
	t.Helper()
	of := finance.Consortium
	if event == montecarlo.FacilityShort || event == montecarlo.Saves {
		of = ""
	}
	p, ok := run(t, programme(t, d, o, one.Edits(x)...), o).Probabilities.Of(event, of)
	require.True(t, ok)
	return p.Probability
}

// Every answer is run: the probability is reached at it, and not one step before.
func TestReverseAnswersHold(t *testing.T) {
	d, o := open(t, "dn2"), few(60, funded()...)
	for _, c := range []struct {
		event  string
		driver string
		wanted float64
	}{
		{montecarlo.FacilityShort, sensitivity.DeliveryCost, 0.75},
		{montecarlo.FacilityShort, "claims paid later", 0.75},
		{montecarlo.LosesMoney, "tariffs", 0.25},
		{montecarlo.MissesHurdle, "growth of delivery cost", 0.5},
	} {
		one := driver(t, d, c.driver)
		r, err := sensitivity.Reverse(context.Background(), o.version(t, d), []sensitivity.Driver{one}, c.event, c.wanted, o.runs())
		require.NoError(t, err)
		a := r.Answers[0]
		require.True(t, a.Found, a.Text)
		require.False(t, a.Already, a.Text)
		found := a.Crossings[0]
		assert.Equal(t, found.Probability, probability(t, d, o, one, found.Value, c.event), a.Text)
		assert.Equal(t, found.Before.Probability, probability(t, d, o, one, found.Before.Value, c.event), a.Text)
		assert.GreaterOrEqual(t, found.Probability, c.wanted)
		assert.Less(t, found.Before.Probability, c.wanted)
		assert.InDelta(t, one.Step, abs(found.Value-found.Before.Value), 1e-9)
		assert.Equal(t, probability(t, d, o, one, one.Neutral, c.event), a.Neutral.Probability)
		assert.Contains(t, a.Tried, found.Tried)
	}
}

func abs(x float64) float64 { return max(x, -x) }

// What is reached as it is can be bettered, or not.
func TestReverseFromTheOtherSide(t *testing.T) {
	d, o := open(t, "dn2"), few(40, append(funded(), scenario.Set("facility.investors", "{First: 400000, Second: 300000}"))...)
	progress := [2]int{}
	o.Run.Progress = func(done, total int) { progress = [2]int{done, total} }
	drivers := []sensitivity.Driver{driver(t, d, sensitivity.DeliveryCost), driver(t, d, "claims paid later")}
	r, err := sensitivity.Reverse(context.Background(), o.version(t, d), drivers, montecarlo.FacilityShort, 0.5, o.runs())
	require.NoError(t, err)
	assert.Equal(t, progress[1], progress[0])

	cost, late := r.Answers[0], r.Answers[1]
	require.True(t, cost.Already)
	require.True(t, cost.Found)
	require.Len(t, cost.Crossings, 1)
	assert.Less(t, cost.Crossings[0].Value, 1.0)
	assert.Less(t, cost.Crossings[0].Probability, 0.5)
	assert.GreaterOrEqual(t, cost.Crossings[0].Before.Probability, 0.5)
	assert.Contains(t, cost.Text, "falls below 50% at × 0.")

	assert.True(t, late.Already) // and claims cannot be paid earlier
	assert.False(t, late.Found)
	assert.Equal(t, late.Neutral, late.Extreme)
	assert.Contains(t, late.Text, "and never falls below 50% in the range: the lowest is ")
}

// With few referrals the team is not earned; with many the contract's cap leaves
// children whom nobody pays for. The nearer crossing comes first.
func TestReverseOnBothSides(t *testing.T) {
	d := open(t, "dn2")
	o := few(
		40,
		scenario.Set("delivery", "{fixed per quarter: 120000, per case week: 250, claims paid after: 120 days}"),
		scenario.Set("facility.investors", "{First: 1000000, Second: 960000}"),
	)
	one := driver(t, d, "referrals")
	r, err := sensitivity.Reverse(context.Background(), o.version(t, d), []sensitivity.Driver{one}, montecarlo.FacilityShort, 0.5, o.runs())
	require.NoError(t, err)
	a := r.Answers[0]
	require.Len(t, a.Crossings, 2, a.Text)
	fewer, more := a.Crossings[0], a.Crossings[1]
	if fewer.Value > more.Value {
		fewer, more = more, fewer
	}
	assert.Less(t, fewer.Value, fewer.Before.Value)
	assert.Less(t, fewer.Before.Value, 1.0)
	assert.Greater(t, more.Value, more.Before.Value)
	assert.Greater(t, more.Before.Value, 1.0)
	assert.LessOrEqual(t, abs(a.Crossings[0].Value-1), abs(a.Crossings[1].Value-1))
	for _, c := range a.Crossings {
		assert.GreaterOrEqual(t, c.Probability, 0.5)
		assert.Less(t, c.Before.Probability, 0.5)
	}
}

func TestReverseNowhere(t *testing.T) {
	d, o := open(t, "dn2"), few(40, funded()...)
	r, err := sensitivity.Reverse(context.Background(), o.version(t, d), []sensitivity.Driver{driver(t, d, "claims paid later")}, montecarlo.LosesMoney, 0.5, o.runs())
	require.NoError(t, err)
	a := r.Answers[0]
	assert.False(t, a.Found)
	assert.False(t, a.Already)
	assert.Len(t, a.Tried, 13)
	// Later claims are the same claims, and delivery costs what it did.
	require.Len(t, a.Moves, 2)
	assert.Equal(t, montecarlo.Receipts, a.Moves[0].Measure)
	assert.Equal(t, montecarlo.DeliveryCost, a.Moves[1].Measure)
	for _, m := range a.Moves {
		assert.Equal(t, 365.0, m.Value)
		assert.InDelta(t, m.Today, m.Then, 1e-6)
		assert.Positive(t, m.Today)
	}
	assert.Nil(t, a.Distance)
	assert.Equal(t, `claims paid later: the probability of "gets back less than was paid in" is <7.5% at 0 days and never reaches 50% in the range: the highest is <7.5% at 0 days`, a.Text)
}

// The nearest to today comes first: the share of the range on that side that lies
// before the crossing. What cannot bring it comes last, and its moves are those of a run
// of its own: fewer referrals take receipts and the cost of a case with them.
func TestReverseNearestFirst(t *testing.T) {
	d, o := open(t, "dn2"), few(40, funded()...)
	var drivers []sensitivity.Driver
	for _, name := range []string{"claims paid later", sensitivity.DeliveryCost, "tariffs", "growth of delivery cost"} {
		drivers = append(drivers, driver(t, d, name))
	}
	few := drivers[2]
	few.Name, few.From = "a little less", 0.99 // too little to matter
	few.To = 1
	r, err := sensitivity.Reverse(context.Background(), o.version(t, d), append(drivers, few), montecarlo.LosesMoney, 0.5, o.runs())
	require.NoError(t, err)
	last := 0.0
	for i, a := range r.Answers[:3] {
		require.NotNil(t, a.Distance, a.Text)
		c, end := a.Crossings[0].Value, a.Driver.To
		if c < a.Driver.Neutral {
			end = a.Driver.From
		}
		assert.InDelta(t, (c-a.Driver.Neutral)/(end-a.Driver.Neutral), *a.Distance, 1e-9)
		assert.GreaterOrEqual(t, *a.Distance, last, i)
		assert.Empty(t, a.Moves)
		last = *a.Distance
	}
	assert.Equal(t, "claims paid later", r.Answers[3].Driver.Name) // in the order of the drivers
	a := r.Answers[4]
	require.Equal(t, "a little less", a.Driver.Name)
	worse := run(t, programme(t, d, o, few.Edits(0.99)...), o)
	assert.InDelta(t, total(t, worse, montecarlo.Receipts).Mean, a.Moves[0].Then, 1e-6)
	assert.InDelta(t, total(t, worse, montecarlo.DeliveryCost).Mean, a.Moves[1].Then, 1e-6)
	assert.Less(t, a.Moves[0].Then, a.Moves[0].Today)
}

// Each event has drivers that bear on it, and those alone are searched.
func TestReverseChoosesDrivers(t *testing.T) {
	d := open(t, "essex-mst") // no delivery terms
	r, err := sensitivity.Reverse(context.Background(), options{Run: montecarlo.Options{Replications: 3}}.version(t, d), nil, montecarlo.Saves, 0.5, options{Run: montecarlo.Options{Replications: 3}}.runs())
	require.NoError(t, err)
	var names []string
	for _, a := range r.Answers {
		names = append(names, a.Driver.Name)
	}
	assert.Contains(t, names, sensitivity.ResidentialPrice)
	assert.NotContains(t, names, "claims paid later")
}

func TestReverseRefuses(t *testing.T) {
	ctx, d := context.Background(), open(t, "dn2")
	_, err := sensitivity.Reverse(ctx, options{}.version(t, open(t, "essex-mst")), nil, montecarlo.LosesMoney, 0.5, options{}.runs())
	require.ErrorIs(t, err, finance.ErrNoDelivery)
	_, err = sensitivity.Reverse(ctx, few(5).version(t, d), nil, montecarlo.LosesMoney, 1, few(5).runs())
	require.ErrorContains(t, err, "between 0 and 1")
	_, err = sensitivity.Reverse(ctx, few(5).version(t, d), nil, "rain", 0.5, few(5).runs())
	require.ErrorContains(t, err, `there is no event "rain"`)
	for _, broken := range []sensitivity.Driver{
		{Name: "idle", To: 1, Step: 1},
		{Name: "outside", From: 1, To: 2, Step: 1, Changes: []sensitivity.Change{{Path: "end"}}},
		{Name: "off the grid", To: 10, Neutral: 1, Step: 2, Changes: []sensitivity.Change{{Path: "end"}}},
		{Name: "no step", To: 1, Changes: []sensitivity.Change{{Path: "end"}}},
		{Name: "too fine", To: 1, Step: 1e-9, Changes: []sensitivity.Change{{Path: "end"}}},
		{Name: "no such operation", To: 1, Step: 1, Changes: []sensitivity.Change{{Path: "end", Does: "divide"}}},
	} {
		_, err = sensitivity.Reverse(ctx, few(5).version(t, d), []sensitivity.Driver{broken}, montecarlo.LosesMoney, 0.5, few(5).runs())
		require.ErrorContains(t, err, broken.Name)
	}
	misplaced := sensitivity.Driver{Name: "misplaced", To: 1, Step: 1, Changes: []sensitivity.Change{{Path: "delivery.rain"}}}
	_, err = sensitivity.Reverse(ctx, few(5).version(t, d), []sensitivity.Driver{misplaced}, montecarlo.LosesMoney, 0.5, few(5).runs())
	require.ErrorContains(t, err, `driver "misplaced"`)
	stopped, stop := context.WithCancel(ctx)
	stop()
	_, err = sensitivity.Reverse(stopped, few(5).version(t, d), nil, montecarlo.LosesMoney, 0.5, few(5).runs())
	require.ErrorIs(t, err, context.Canceled)
}
