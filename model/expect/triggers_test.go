package expect_test

import (
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// What each type of trigger is expected to pay for a placement that holds week
// after week with probability 1 - h, and never comes back: by hand, as the
// chances of reaching each payment and the units paid up to it.
func TestTriggersOfAGeometricLife(t *testing.T) {
	const h = .0067
	type payment struct{ weeks, units int } // in the last of so many weeks from the start
	weekly := func(units, from, to int) (all []payment) {
		for week := from; week < to; week++ {
			all = append(all, payment{week + 1, units})
		}
		return all
	}
	for _, c := range []struct {
		what    string
		trigger contract.Trigger
		want    []payment
	}{
		{"days", &contract.Days{Window: 104, CapPerChild: 728}, weekly(7, 0, 104)},
		{"days from week 14 on for a year and a half", &contract.Days{First: 14, Window: 92, CapPerChild: 546}, weekly(7, 14, 92)},
		{"100 days, the last two in week 15", &contract.Days{Window: 104, CapPerChild: 100}, append(weekly(7, 0, 14), payment{15, 2})},
		{"100 days after any pause", &contract.Days{Window: 104, CapPerChild: 100, Interruption: contract.Pauses}, append(weekly(7, 0, 14), payment{15, 2})},
		{"7 days", &contract.Days{Window: 104, CapPerChild: 7, Interruption: contract.Pauses}, weekly(7, 0, 1)},
		{"days without end", &contract.Days{Window: math.MaxInt, CapPerChild: math.MaxInt, Interruption: contract.Pauses}, weekly(7, 0, 104)},
		{"no day", &contract.Days{Window: 104, Interruption: contract.Pauses}, nil},
		{"months", &contract.Months{First: 1, Window: 5, CapPerChild: 24}, []payment{{9, 1}, {14, 1}, {18, 1}, {22, 1}}},
		{"months after any pause", &contract.Months{First: 1, Window: 5, CapPerChild: 24, Interruption: contract.Pauses}, []payment{{9, 1}, {14, 1}, {18, 1}, {22, 1}}},
		{"two months", &contract.Months{Window: 24, CapPerChild: 2, Interruption: contract.Pauses}, []payment{{5, 1}, {9, 1}}},
		{"months without end", &contract.Months{First: 21, Window: math.MaxInt, CapPerChild: math.MaxInt}, []payment{{96, 1}, {101, 1}}},
		{"no month", &contract.Months{Window: 24}, nil},
		{"milestones", &contract.Milestones{Weeks: []int{1, 27}, Months: []int{6, 9, 24, math.MaxInt}}, []payment{{1, 1}, {27, 2}, {40, 1}}}, // 24 months are 105 weeks
		{"engagement", &contract.Engagement{}, []payment{{1, 1}}},
		{"completion after 12 weeks", &contract.Engagement{After: 12}, []payment{{12, 1}}},
		{"completion after the horizon", &contract.Engagement{After: 105}, nil},
		{"averted at 6 months", &contract.Averted{Months: 6}, []payment{{27, 1}}},
		{"averted at the start", &contract.Averted{}, []payment{{1, 1}}},
		{"averted after the horizon", &contract.Averted{Months: math.MaxInt}, nil},
	} {
		t.Run(c.what, func(t *testing.T) {
			var mean, square float64
			before := 0
			for _, p := range c.want {
				reached := math.Pow(1-h, float64(p.weeks-1))
				mean += float64(p.units) * reached
				square += float64((before+p.units)*(before+p.units)-before*before) * reached
				before += p.units
			}
			p := oneCohort(104)
			p.Cohorts[0].Failure = to("residential", h)
			p.Contract.Metrics[0].Trigger = c.trigger
			one := of(t, p).PerChild[0]
			require.InDelta(t, mean, one.Mean, 1e-9)
			require.InDelta(t, square-mean*mean, one.Variance, 1e-6)
		})
	}
}

// Ten weeks are held, one is not, and then it is held for good.
func TestMonthsWithAPause(t *testing.T) {
	for _, c := range []struct {
		what  string
		terms contract.Months
		want  []int // last weeks of the months paid
	}{
		{"ends", contract.Months{Window: 9, CapPerChild: 9}, []int{4, 8}},
		{"pauses", contract.Months{Window: 9, CapPerChild: 9, Interruption: contract.Pauses}, []int{4, 8, 17, 21, 26}},
		{"pauses, from month 1", contract.Months{First: 1, Window: 9, CapPerChild: 9, Interruption: contract.Pauses}, []int{8, 17, 21, 26}},
		{"pauses, capped", contract.Months{Window: 9, CapPerChild: 3, Interruption: contract.Pauses}, []int{4, 8, 17}},
		{"pauses, window runs on", contract.Months{Window: 4, CapPerChild: 9, Interruption: contract.Pauses}, []int{4, 8, 17}},
		{"from the broken month", contract.Months{First: 2, Window: 9, CapPerChild: 9, Interruption: contract.Pauses}, []int{17, 21, 26}},
		{"broken before the first month", contract.Months{First: 3, Window: 9, CapPerChild: 9}, nil},
	} {
		t.Run(c.what, func(t *testing.T) {
			for horizon := 1; horizon <= 30; horizon++ { // the next month ends in week 30
				p := oneCohort(horizon)
				p.Background["residential"] = to("foster", 1)
				p.Cohorts[0].Failure = markov.Row{{In: markov.Span{To: 9}}, {In: markov.Span{From: 9}, Moves: []markov.Move{{To: "residential", Probability: 1}}}}
				p.Contract.Metrics[0].States = []string{"foster", "foster, planned"}
				p.Contract.Metrics[0].Trigger = &c.terms
				want := 0
				for _, week := range c.want {
					if week < horizon {
						want++
					}
				}
				one := of(t, p).PerChild[0]
				equal(t, []float64{float64(want), 0}, []float64{one.Mean, one.Variance})
			}
		})
	}
}

// A child who is back in a payable state when it is looked at has averted it.
func TestAvertedWhateverCameBetween(t *testing.T) {
	p := oneCohort(9)
	p.Cohorts[0].Failure = to("residential", 1)
	p.Background["residential"] = to("foster", .5)
	p.Contract.Metrics[0].States = []string{"foster"}
	p.Contract.Metrics[0].Trigger = &contract.Averted{Months: 1} // week 4; residential in week 1
	equal(t, []float64{7. / 8, 7. / 64}, []float64{of(t, p).PerChild[0].Mean, of(t, p).PerChild[0].Variance})
}

// A metric pays for the children of one council only: a quarter of them.
func TestOneCommissionersChildren(t *testing.T) {
	p := oneCohort(4)
	p.Commissioners = []model.Commissioner{{Name: "north", ReferralShare: .75}, {Name: "south", ReferralShare: .25}}
	all := of(t, p)
	p.Contract.Metrics[0].Commissioners = []string{"south"}
	south := of(t, p)
	require.Zero(t, sum(south.Counts.UnitsOf(0, 0)))
	require.Equal(t, all.Counts.UnitsOf(0, 1), south.Counts.UnitsOf(0, 1))
	require.Equal(t, all.Counts.Weeks, south.Counts.Weeks)
	require.Equal(t, all.Deadweight, south.Deadweight)
	// 4 weeks for a quarter of the children, 0 for the others.
	equal(t, []float64{1, 4 - 1}, []float64{south.PerChild[0].Mean, south.PerChild[0].Variance})
}

// Ages at referral are the 1,461 days from 12 up to 16. After a lag of 26 weeks
// a metric for those under 14 pays for 549 of them: ages of 4,383 to 4,931 days
// come to less than 5,113.5 after 182 days.
func TestAgesAtTheStart(t *testing.T) {
	p := oneCohort(30)
	p.Cohorts[0].Lag = 26
	p.Ages = model.Ages{From: 12, To: 16}
	p.Contract.Metrics = append(p.Contract.Metrics, p.Contract.Metrics[0])
	p.Contract.Metrics[0].Ages = contract.AgeRange{To: 14}
	p.Contract.Metrics[1].Ages = contract.AgeRange{From: 14}
	p.Contract.Metrics[1].Name = "from 14 on"
	e := of(t, p)
	share := 549. / 1461
	require.InDelta(t, 400*share, sum(e.Counts.UnitsOf(0, 0)), 1e-9)
	require.InDelta(t, 400*(1-share), sum(e.Counts.UnitsOf(1, 0)), 1e-9)
	require.InDelta(t, 4*share, e.PerChild[0].Mean, 1e-12)
	require.InDelta(t, 16*share*(1-share), e.PerChild[0].Variance, 1e-11)

	p.Contract.Metrics[0].Ages = contract.AgeRange{From: 16.5, To: 17} // nobody, at 16 and a half year at most
	require.Zero(t, of(t, p).PerChild[0].Mean)
}

func TestAgesThatAreNotModelled(t *testing.T) {
	p := oneCohort(4)
	p.Contract.Metrics[0].Ages = contract.AgeRange{From: 8, To: 16}
	_, err := expect.Of(p)
	fault, ok := errors.AsType[*model.Fault](err)
	require.True(t, ok)
	require.Equal(t, "metrics.weeks fostered.ages", fault.Path)
	require.ErrorContains(t, err, "the programme has no ages at referral")
}
