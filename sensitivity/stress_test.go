package sensitivity_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// DN2 as it is in the library, under all of its stresses.
func TestStressDN2(t *testing.T) {
	d, o := open(t, "dn2"), few(60)
	calls, last := 0, 0
	o.Run.Progress = func(done, total int) {
		assert.Equal(t, 60*(1+len(d.Stresses())), total)
		assert.GreaterOrEqual(t, done, last)
		calls, last = calls+1, done
	}
	s, err := sensitivity.Stress(context.Background(), o.version(t, d), nil, o.runs())
	require.NoError(t, err)
	assert.Equal(t, 60*(1+len(d.Stresses())), last)
	assert.Equal(t, "medium", s.Version.Name())
	assert.Equal(t, 60, s.Conventions.Replications)
	assert.NotEmpty(t, s.Version.Programme.Cautions)
	for i, info := range d.Stresses() {
		assert.Equal(t, info.Name, s.Stressed[i].Name)
		assert.Equal(t, info.Note, s.Stressed[i].Note)
	}

	// Every figure is that of a run of its own, whether it was priced from the
	// lives of the unstressed case or not.
	check := func(one sensitivity.Stressed, stress string) {
		v, err := o.version(t, d).With(stress)
		require.NoError(t, err)
		r := run(t, v.Programme, few(60))
		assert.Equal(t, total(t, r, montecarlo.FacilityNeeded), one.FacilityNeeded, one.Name)
		assert.Equal(t, total(t, r, montecarlo.CapitalRequirement), one.Requirement, one.Name)
		assert.Equal(t, total(t, r, montecarlo.Surplus), one.Surplus, one.Name)
		assert.Equal(t, total(t, r, montecarlo.Payments), one.Payments, one.Name)
		assert.Equal(t, total(t, r, montecarlo.NetPublic), one.NetPublic, one.Name)
		misses, _ := r.Probabilities.Of(montecarlo.MissesHurdle, finance.Consortium)
		assert.Equal(t, misses, one.Misses, one.Name)
		rate, _ := r.Ranked.Of(montecarlo.InternalRate, finance.Consortium)
		assert.Equal(t, rate, one.Rate, one.Name)
		assert.InDelta(t, one.Surplus.Mean-s.Unstressed.Surplus.Mean, one.SurplusChange.Mean, 1e-3, one.Name)
		assert.InDelta(t, one.FacilityNeeded.Mean-s.Unstressed.FacilityNeeded.Mean, one.FacilityChange.Mean, 1e-3, one.Name)
	}
	check(s.Unstressed, "")
	for _, one := range s.Stressed {
		if one.Name == "claims paid a quarter late" || one.Name == "referrals down 20%" || one.Name == "start seven months late" {
			check(one, one.Name)
		}
	}

	for by, better := range map[sensitivity.Order]func(a, b sensitivity.Stressed) bool{
		sensitivity.ByFacility: func(a, b sensitivity.Stressed) bool {
			return a.FacilityNeeded.Quantiles[4].Value < b.FacilityNeeded.Quantiles[4].Value
		},
		sensitivity.BySurplus:   func(a, b sensitivity.Stressed) bool { return a.Surplus.Mean > b.Surplus.Mean },
		sensitivity.ByShortfall: func(a, b sensitivity.Stressed) bool { return a.Short.Probability < b.Short.Probability },
		sensitivity.ByHurdle:    func(a, b sensitivity.Stressed) bool { return a.Misses.Probability < b.Misses.Probability },
	} {
		sorted := s.WorstFirst(by)
		require.Len(t, sorted, len(s.Stressed))
		for i := 1; i < len(sorted); i++ {
			assert.False(t, better(sorted[i-1], sorted[i]), "%s: %s before %s", by, sorted[i-1].Name, sorted[i].Name)
		}
	}

	text, err := json.Marshal(s)
	require.NoError(t, err)
	var again sensitivity.Stresses
	require.NoError(t, json.Unmarshal(text, &again))
	back, err := json.Marshal(&again)
	require.NoError(t, err)
	assert.JSONEq(t, string(text), string(back))
}

// Stresses that are equally likely to leave the facility short come by the
// facility they need, those equally likely to miss the hurdle by surplus; and
// what is equal in everything stays in its order.
func TestWorstFirstOfEquals(t *testing.T) {
	one := func(name string, facility, surplus float64) sensitivity.Stressed {
		return sensitivity.Stressed{Name: name, CapitalSummary: sensitivity.CapitalSummary{
			FacilityNeeded: montecarlo.Summary{Distribution: montecarlo.Distribution{Quantiles: []montecarlo.Quantile{{P: 0.5, Value: -facility}, {P: 0.95, Value: facility}}}},
			Surplus:        montecarlo.Summary{Distribution: montecarlo.Distribution{Mean: surplus}},
			Short:          montecarlo.ProbabilityOf{Probability: 0.5},
			Misses:         montecarlo.ProbabilityOf{Probability: 0.5},
		}}
	}
	s := sensitivity.Stresses{Stressed: []sensitivity.Stressed{one("a", 1, 7), one("b", 3, 8), one("c", 2, 6), one("d", 2, 6)}}
	for by, want := range map[sensitivity.Order]string{
		"": "bcda", sensitivity.ByFacility: "bcda", sensitivity.ByShortfall: "bcda", sensitivity.BySurplus: "cdab", sensitivity.ByHurdle: "cdab",
	} {
		names := ""
		for _, one := range s.WorstFirst(by) {
			names += one.Name
		}
		assert.Equal(t, want, names, by)
	}
}

// A stress that changes nothing gives the unstressed figures, every one.
func TestStressThatChangesNothing(t *testing.T) {
	d := changed(t, "  wage settlement:", "  nothing happens: {edits: {}}\n  wage settlement:",
		"stresses: [referrals", "stresses: [nothing happens, referrals")
	s, err := sensitivity.Stress(context.Background(), few(40).version(t, d), []string{"nothing happens"}, few(40).runs())
	require.NoError(t, err)
	require.Len(t, s.Stressed, 1)
	nothing := s.Stressed[0]
	for name, change := range map[string]montecarlo.Difference{montecarlo.Surplus: nothing.SurplusChange, montecarlo.FacilityNeeded: nothing.FacilityChange} {
		assert.Equal(t, name, change.Name)
		assert.Zero(t, change.Central)
		assert.Zero(t, *change.SD)
		require.Len(t, change.Quantiles, 5)
		for _, q := range change.Quantiles {
			assert.Zero(t, q.Value)
		}
	}
	nothing.Name, nothing.SurplusChange, nothing.FacilityChange = "", montecarlo.Difference{}, montecarlo.Difference{}
	assert.Equal(t, s.Unstressed, nothing)
}

// In every replication, and not only on average.
func TestWhatCanOnlyNeedMoreCapital(t *testing.T) {
	d, o := open(t, "dn2"), few(100)
	for name, values := range map[string][]float64{
		sensitivity.DeliveryCost: {0.5, 1, 1.1, 1.5, 2}, "claims paid later": {0, 7, 91, 182, 365}, "growth of delivery cost": {0, 1, 10, 25},
	} {
		one := driver(t, d, name)
		var before []float64
		for _, x := range values {
			r := run(t, programme(t, d, o, one.Edits(x)...), o)
			needs := r.Values(montecarlo.FacilityNeeded)
			for i := range before {
				require.GreaterOrEqual(t, needs[i], before[i], "%s at %s, replication %d", name, one.Text(x), i)
			}
			before = needs
		}
	}
}

// Under DN2's terms the team is paid whether children come or not, and what goes
// wrong adds up: the worst is all at once.
func TestAllAtOnceIsWorstWhereCostsAreFixed(t *testing.T) {
	s, err := sensitivity.Stress(context.Background(), few(60, funded()...).version(t, open(t, "dn2")), nil, few(60, funded()...).runs())
	require.NoError(t, err)
	for _, by := range []sensitivity.Order{sensitivity.ByFacility, sensitivity.BySurplus} {
		assert.Equal(t, scenario.AllAtOnce, s.WorstFirst(by)[0].Name, by)
	}
}

// It need not be so. Where costs are those of the children alone, a third fewer
// referrals need about a third less capital, more than late claims add once there
// are fewer of them: the two together are milder than the worse of the two. So
// "all at once" is no bound on its parts.
func TestAllAtOnceCanBeMilderThanItsWorstPart(t *testing.T) {
	d := changed(t, "all at once: [start seven months late, referrals pause for half a year, wage settlement]",
		"all at once: [referrals down 35%, claims paid a quarter late]")
	o := few(60, scenario.Set("delivery", "{per case week: 150, claims paid after: 30 days}"))
	s, err := sensitivity.Stress(context.Background(), o.version(t, d), []string{"referrals down 35%", "claims paid a quarter late", scenario.AllAtOnce}, o.runs())
	require.NoError(t, err)
	fewer, late, both := s.Stressed[0], s.Stressed[1], s.Stressed[2]
	assert.Less(t, fewer.Requirement.Mean, s.Unstressed.Requirement.Mean)
	assert.Greater(t, late.Requirement.Mean, s.Unstressed.Requirement.Mean)
	assert.Less(t, both.Requirement.Mean, late.Requirement.Mean)
	assert.Less(t, fewer.Requirement.Mean, both.Requirement.Mean)
}

func TestStressRefuses(t *testing.T) {
	ctx := context.Background()
	_, err := sensitivity.Stress(ctx, options{}.version(t, open(t, "essex-mst")), nil, options{}.runs())
	require.ErrorIs(t, err, finance.ErrNoDelivery)
	assert.ErrorContains(t, err, "fixed per quarter")

	var unknown *scenario.NameError
	_, err = sensitivity.Stress(ctx, few(10).version(t, open(t, "dn2")), []string{"rain"}, few(10).runs())
	require.ErrorAs(t, err, &unknown)
	_, err = sensitivity.Stress(ctx, &scenario.Version{Programme: programme(t, open(t, "dn2"), few(10))}, nil, few(10).runs())
	require.ErrorIs(t, err, scenario.ErrNoDocument)

	// The delivery terms may come with an edit.
	o := options{Edits: []scenario.Edit{scenario.Set("delivery", "{fixed per quarter: 60000}")}, Run: montecarlo.Options{Replications: 10}}
	s, err := sensitivity.Stress(ctx, o.version(t, open(t, "essex-mst")), []string{"referrals down 20%"}, o.runs())
	require.NoError(t, err)
	assert.Positive(t, s.Unstressed.FacilityNeeded.Mean)
	assert.Zero(t, s.Unstressed.Short.Probability) // there is no limit
}

// A stress that changes what an edit has taken out is left out, and named.
func TestStressesThatDoNotFitAreLeftOut(t *testing.T) {
	o := few(10, scenario.Set("contract cap", "none"))
	s, err := sensitivity.Stress(context.Background(), o.version(t, open(t, "dn2")), nil, o.runs())
	require.NoError(t, err)
	assert.Equal(t, []string{"cap cut by a fifth"}, s.LeftOut)
	_, err = sensitivity.Stress(context.Background(), o.version(t, open(t, "dn2")), []string{"cap cut by a fifth"}, o.runs())
	require.Error(t, err)
}

func TestStressStops(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	o := few(40)
	o.Run.Progress = func(done, _ int) {
		if done >= 80 {
			stop()
		}
	}
	s, err := sensitivity.Stress(ctx, o.version(t, open(t, "dn2")), nil, o.runs())
	require.ErrorIs(t, err, context.Canceled)
	assert.Nil(t, s)
}

// A party's figures are those of that investor, and a name that is none is said.
func TestStressOfOneInvestor(t *testing.T) {
	d, o := open(t, "dn2"), few(40, funded()...)
	o.Party = "Second"
	s, err := sensitivity.Stress(context.Background(), o.version(t, d), []string{"tariffs cut by 10%"}, o.runs())
	require.NoError(t, err)
	assert.Equal(t, "Second", s.Party)
	r := run(t, programme(t, d, o), o)
	rate, ok := r.Ranked.Of(montecarlo.InternalRate, "Second")
	require.True(t, ok)
	assert.Equal(t, rate, s.Unstressed.Rate)
	loses, _ := r.Probabilities.Of(montecarlo.LosesMoney, "Second")
	assert.Equal(t, loses, s.Unstressed.Loses)

	one := driver(t, d, "tariffs")
	reversed, err := sensitivity.Reverse(context.Background(), o.version(t, d), []sensitivity.Driver{one}, montecarlo.MissesHurdle, 0.5, o.runs())
	require.NoError(t, err)
	assert.Equal(t, "Second", reversed.Party)
	misses, _ := r.Probabilities.Of(montecarlo.MissesHurdle, "Second")
	assert.InDelta(t, misses.Probability, reversed.Answers[0].Neutral.Probability, 0)
	assert.LessOrEqual(t, len(reversed.Answers[0].Tried)+1, sensitivity.MostRuns([]sensitivity.Driver{one}))

	o.Party = "Secnd"
	_, err = sensitivity.Stress(context.Background(), o.version(t, d), nil, o.runs())
	var unknown *scenario.NameError
	require.ErrorAs(t, err, &unknown)
	assert.Equal(t, []string{"First", "Second"}, unknown.Valid)
	assert.ErrorContains(t, err, `did you mean "Second"`)
}
