package expect

import "github.com/edgeofcare/edgeofcare/model"

// timing is when the weeks since referral of a cohort's children are. None of
// it depends on where the children live.
type timing struct {
	// under18 is the probability that week t ends before the 18th birthday.
	under18 []float64
	// quarter is the probability that week t lies in quarter q, by t and q.
	quarter [][]float64
	// reached is the probability that week t lies before the horizon.
	reached []float64
	// referred is the probability of a referral in the first n weeks of the
	// referral window, by n.
	referred []float64
	first    int // week in which the referral window opens
}

// weeks is the most weeks for which any child of the cohort can be followed.
func (x *timing) weeks() int { return len(x.quarter) }

func newTiming(p *model.Programme, r model.Referrals, under18 []float64) *timing {
	x := &timing{under18: under18, first: r.First, referred: []float64{0}}
	total := 0.0
	for _, share := range r.Shares() {
		total += share
		x.referred = append(x.referred, total)
	}
	boundaries := p.Calendar().Boundaries()
	quarters := len(boundaries) - 1
	weeks := p.Weeks - r.First
	x.quarter, x.reached = table(weeks, quarters), make([]float64, weeks)
	for t, row := range x.quarter {
		for q := range row {
			row[q] = x.referredBefore(boundaries[q+1]-t) - x.referredBefore(boundaries[q]-t)
		}
		x.reached[t] = x.referredBefore(p.Weeks - t)
	}
	return x
}

// referredBefore returns the probability that a child is referred before a
// week of the programme.
func (x *timing) referredBefore(week int) float64 {
	return x.referred[min(max(0, week-x.first), len(x.referred)-1)]
}

// byQuarter adds up a figure by week since referral, beginning with week from,
// by the quarter in which the week is expected to lie.
func (x *timing) byQuarter(perWeek []float64, from int) []float64 {
	sums := make([]float64, len(x.quarter[0]))
	for i, figure := range perWeek {
		if figure == 0 {
			continue
		}
		for q, probability := range x.quarter[from+i] {
			sums[q] += figure * probability
		}
	}
	return sums
}

// shareUnder18 returns, for each week since referral, the probability that the
// child is of an age at referral that is kept and that the week ends before the
// 18th birthday: 1 throughout if ages are not modelled.
func shareUnder18(a model.Ages, weeks int, keep func(ageInDays int) bool) []float64 {
	share := make([]float64, weeks)
	if a.None() {
		for t := range share {
			share[t] = 1
		}
		return share
	}
	lasting := make([]int, weeks+1) // days of age that leave so many weeks, or more for the last
	from, to := a.Days()
	for day := from; day < to; day++ {
		if keep(day) {
			lasting[min(model.WeeksBefore18(day), weeks)]++
		}
	}
	longer := 0
	for t := weeks - 1; t >= 0; t-- {
		longer += lasting[t+1]
		share[t] = float64(longer) / float64(to-from)
	}
	return share
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
