package expect_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// 100 children are referred in equal numbers in weeks 0 to 9, the week 0 of oneCohort
// ends on 30 March 2021, and 30 June is 13 weeks and a day later: week 13 is looked at.
// A child referred in week r starts 2 weeks later with probability 0.8 and has then held
// for 13 - r - 2 weeks, each with probability 1 - h: in the planned state with
// probability 0.8 × (1 - h)^(11 - r).
func TestStatusOnADate(t *testing.T) {
	const h = .05
	p := oneCohort(30)
	p.Cohorts[0].Referrals.Last, p.Cohorts[0].Lag, p.Cohorts[0].StartProbability = 9, 2, .8
	p.Cohorts[0].Failure = to("residential", h)
	p.Contract.Metrics[0].Trigger = &contract.OnDate{Date: calendar.NewDate(2021, 6, 30)}
	want := 0.0
	for r := range 10 {
		want += .8 * math.Pow(1-h, float64(11-r)) / 10
	}
	e := of(t, p)
	// Q4 2020/21 has week 0 alone; the date is in the second quarter.
	equal(t, []float64{0, 100 * want, 0, 0}, e.Counts.UnitsOf(0, 0))
	equal(t, []float64{want, want - want*want}, []float64{e.PerChild[0].Mean, e.PerChild[0].Variance})
	require.InDelta(t, 100, e.Counts.ReferredIn(0, 0)[0]+e.Counts.ReferredIn(0, 0)[1], 1e-9)
}

// Children referred after the date are not there to be looked at, and those who have not
// started by then have not the outcome yet: of weeks 0 to 19 only 0 to 11 have started.
func TestStatusOnADateOfThoseWhoHaveStarted(t *testing.T) {
	p := oneCohort(30)
	p.Cohorts[0].Referrals.Last, p.Cohorts[0].Lag = 19, 2
	p.Contract.Metrics[0].Trigger = &contract.OnDate{Date: calendar.NewDate(2021, 6, 30)}
	equal(t, []float64{0, 60, 0, 0}, of(t, p).Counts.UnitsOf(0, 0))
}
