package calibrate

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// candidate is a group of inputs that one number multiplies.
type candidate struct {
	name string
	// least and most bound what is plausible; from and to, what is searched.
	least, most, from, to float64
	// times is the version with the inputs multiplied.
	times func(multiplier float64) (*scenario.Version, error)
}

// inputs are the names of the candidates that every programme has.
var inputs = []string{"referrals", "start probability", "failure"}

// The widest multipliers that are searched, to say what would be needed.
const widestLeast, widestMost = 1.0 / 64, 64.0

// candidatesOf are the three that every programme has and the paths among those
// that were asked for.
//
// What is plausible comes from what happened and from what bidders expected. Of 92
// children planned for in the West Midlands 16 came (0.17), of 30 in Cheshire 12
// (0.4), and in Norfolk payments nearly doubled when the service was widened: referrals
// and starts may be a tenth of what was expected, referrals three times. A chance of
// starting cannot be more than 1. The failure rates of DN2's low and high case are from
// 0.37 to 2.5 times those of its base case: a quarter and four times are as far as a
// rate that somebody has reason for can be off. Of a path nothing is known, and ten
// times either way is allowed.
func candidatesOf(v *scenario.Version, asked []string) ([]candidate, error) {
	all := []candidate{
		{inputs[0], 0.1, 3, widestLeast, widestMost, eachCohort(v, moreReferrals)},
		{inputs[1], 0.1, 4, widestLeast, mostStarts(v.Programme), eachCohort(v, likelierStart)},
		{inputs[2], 0.25, 4, widestLeast, widestMost, eachCohort(v, fasterFailure)},
	}
	for _, path := range asked {
		if slices.Contains(inputs, path) {
			continue
		}
		c, err := byPath(v, path)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// eachCohort multiplies an input of every cohort.
func eachCohort(v *scenario.Version, times func(c *model.Cohort, multiplier float64)) func(float64) (*scenario.Version, error) {
	return func(multiplier float64) (*scenario.Version, error) {
		other, p := *v, *v.Programme
		other.Programme, p.Cohorts = &p, slices.Clone(p.Cohorts)
		for k := range p.Cohorts {
			times(&p.Cohorts[k], multiplier)
		}
		return &other, nil
	}
}

func moreReferrals(c *model.Cohort, multiplier float64) { c.Referrals.Children *= multiplier }

func likelierStart(c *model.Cohort, multiplier float64) {
	c.StartProbability = min(1, multiplier*c.StartProbability)
}

// mostStarts is the multiplier at which every child starts, and above which nothing
// changes.
func mostStarts(p *model.Programme) float64 {
	most := 1.0
	for _, c := range p.Cohorts {
		if c.StartProbability > 0 {
			most = max(most, 1/c.StartProbability)
		}
	}
	return most
}

// fasterFailure multiplies the probabilities of failing. No row may move more than
// everyone.
func fasterFailure(c *model.Cohort, multiplier float64) {
	c.Failure = slices.Clone(c.Failure)
	for i := range c.Failure {
		moves := slices.Clone(c.Failure[i].Moves)
		left := 1.0
		for m := range moves {
			moves[m].Probability = min(left, multiplier*moves[m].Probability)
			left -= moves[m].Probability
		}
		c.Failure[i].Moves = moves
	}
}

// uneven is a multiplier that gives nothing whole, as a search tries them.
const uneven = 1.0123456789012345

// byPath is a candidate that multiplies the numbers at a path, as far as the checks
// of the file allow: a probability of 0.95 goes up to 1.
func byPath(v *scenario.Version, path string) (candidate, error) {
	c := candidate{name: path, least: 0.1, most: 10, from: widestLeast, to: widestMost}
	c.times = func(multiplier float64) (*scenario.Version, error) {
		return v.With("", scenario.Times(path, decimal.NewFromFloat(multiplier)))
	}
	valid := func(multiplier float64) error {
		_, err := c.times(multiplier)
		return err
	}
	if err := valid(1); err != nil {
		if !strings.Contains(path, ".") {
			return c, &scenario.NameError{What: "fit", Name: path, Valid: inputs}
		}
		return c, err
	}
	if below, above := valid(1/uneven), valid(uneven); below != nil && above != nil {
		problem := below.Error()
		if faults := scenario.Faults(below); len(faults) > 0 {
			problem = faults[0].Problem
		}
		return c, fmt.Errorf("%s cannot be fitted, because a file does not allow every multiple of it: %s", path, problem)
	}
	c.from, c.to = furthest(c.from, valid), furthest(c.to, valid)
	return c, nil
}

// furthest is the multiplier nearest to an end of the search that is valid, from 1
// on: the end itself, or found by bisection.
func furthest(end float64, valid func(float64) error) float64 {
	if valid(end) == nil {
		return end
	}
	inside, outside := 1.0, end
	for math.Abs(outside/inside-1) > 1e-6 {
		if middle := math.Sqrt(inside * outside); valid(middle) == nil {
			inside = middle
		} else {
			outside = middle
		}
	}
	return inside
}
