package uncertain

import (
	"fmt"
	"math"
)

// Dirichlet is the law of shares that add to 1, from a count of cases for each: of
// 31 children 20 went home, 8 to foster care and 3 to residential care is
// Dirichlet{20, 8, 3}. Each share alone is Beta(count, all the others).
type Dirichlet []float64

// Check returns an error unless there are two shares or more, each with a count
// above 0.
func (d Dirichlet) Check() error {
	if len(d) < 2 {
		return fmt.Errorf("shares from %d counts: give two or more", len(d))
	}
	for i, count := range d {
		switch {
		case count == 0:
			return fmt.Errorf("count %d of %d is 0, which has no law: that none was seen does not say how rare it is; leave the share out, or say how it varies another way",
				i+1, len(d))
		case !(count >= leastShape && count <= mostShape):
			return fmt.Errorf("count %d of %d is %v: it must lie between %v and %v", i+1, len(d), count, leastShape, mostShape)
		}
	}
	return nil
}

// Mean is the mean of each share: its count over all counts.
func (d Dirichlet) Mean() []float64 {
	sum := 0.0
	for _, count := range d {
		sum += count
	}
	mean := make([]float64, len(d))
	for i, count := range d {
		mean[i] = count / sum
	}
	return mean
}

// Shares puts shares that add to 1 into a slice, from a uniform for each, all of
// the length of d: the Gamma quantile of each count, over their sum. The higher
// its uniform, the higher a share. If a uniform is not between 0 and 1, or a
// count not sound, all shares are NaN.
func (d Dirichlet) Shares(u, into []float64) {
	top := math.Inf(-1)
	for i, count := range d {
		into[i] = math.NaN()
		if x := (gamma{count, 1}); u[i] > 0 && u[i] < 1 && x.check() == nil {
			into[i] = x.logQuantile(u[i])
		}
		top = max(top, into[i]) // NaN if any is
	}
	sum := 0.0
	for i := range d {
		into[i] = math.Exp(into[i] - top)
		sum += into[i]
	}
	for i := range d {
		into[i] /= sum
	}
}
