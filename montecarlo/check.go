package montecarlo

import "math"

// check compares the means of exact totals with their exact values. One
// replication has no error to measure a difference by, so there is nothing to
// compare.
func (r *Result) check() {
	for _, s := range r.Totals {
		if !s.Exact || s.StdErr == nil {
			continue
		}
		r.Check.Compared++
		if errors := s.errors(); errors > r.Check.Errors {
			r.Check.Errors, r.Check.Worst = errors, s.Key
		}
	}
}

// errors is how many Monte Carlo standard errors the mean is from the exact
// expectation. Rounding cells to the penny is allowed for where nothing varies.
func (s Summary) errors() float64 {
	difference := math.Abs(s.Mean - s.Central)
	if difference < 1 && s.Unit == Pounds || difference < 1e-9*math.Abs(s.Central) {
		return 0
	}
	return difference / max(*s.StdErr, 1e-9*math.Abs(s.Central), 1e-300)
}

// disagreement is how many standard errors between simulation and exact
// expectation are too many for chance, over all the totals of a run.
const disagreement = 5
