package expect

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
)

// timing is when the weeks since referral of a cohort's children are. None of
// it depends on where the children are, or on any rate at which they move.
type timing struct {
	// under18 is the probability that week t ends before the 18th birthday.
	under18 []float64
	// quarters is the quarters in which week t can lie, by t.
	quarters []spread
	number   int // of quarters
	// reached is the probability that week t lies before the horizon.
	reached []float64
	// shares is the probability of a referral in each week of the referral
	// window, and referred that of one in its first n weeks, by n.
	shares, referred []float64
	first            int // week in which the referral window opens
}

// spread is the probability that a week since referral lies in each of a run of
// quarters.
type spread struct {
	from        int // quarter
	probability []float64
}

// weeks is the most weeks for which any child of the cohort can be followed.
func (x *timing) weeks() int { return len(x.quarters) }

func newTiming(p *model.Programme, r model.Referrals, under18 []float64) *timing {
	boundaries := p.Calendar().Boundaries()
	weeks := p.Weeks - r.First
	x := &timing{
		under18: under18, quarters: make([]spread, weeks), number: len(boundaries) - 1, reached: make([]float64, weeks),
		shares: r.Shares(), referred: []float64{0}, first: r.First,
	}
	total := 0.0
	for _, share := range x.shares {
		total += share
		x.referred = append(x.referred, total)
	}
	from, until := 0, 0
	for t := range weeks {
		// The first children referred are the first to live their week t, and
		// the last the last.
		for boundaries[from+1] <= r.First+t {
			from++
		}
		for until < x.number && boundaries[until] <= r.Last+t {
			until++
		}
		probability := make([]float64, until-from)
		for i := range probability {
			probability[i] = x.referredBefore(boundaries[from+i+1]-t) - x.referredBefore(boundaries[from+i]-t)
		}
		x.quarters[t] = spread{from, probability}
		x.reached[t] = x.referredBefore(p.Weeks - t)
	}
	return x
}

// serves reports whether children who are referred otherwise are referred in
// the same weeks with the same probability.
func (x *timing) serves(r model.Referrals) bool {
	return x.first == r.First && slices.Equal(x.shares, r.Shares())
}

// referredBefore returns the probability that a child is referred before a
// week of the programme.
func (x *timing) referredBefore(week int) float64 {
	return x.referred[min(max(0, week-x.first), len(x.referred)-1)]
}

// byQuarter adds up a figure by week since referral, beginning with week from,
// by the quarter in which the week is expected to lie.
func (x *timing) byQuarter(perWeek []float64, from int) []float64 {
	sums := make([]float64, x.number)
	for i, figure := range perWeek {
		if figure == 0 {
			continue
		}
		lies := &x.quarters[from+i]
		into := sums[lies.from:][:len(lies.probability)]
		for q, probability := range lies.probability {
			into[q] += figure * probability
		}
	}
	return sums
}

// table returns rows of zeros that lie side by side.
func table(rows, columns int) [][]float64 {
	cells := make([]float64, rows*columns)
	out := make([][]float64, rows)
	for i := range out {
		out[i] = cells[i*columns : (i+1)*columns : (i+1)*columns]
	}
	return out
}
