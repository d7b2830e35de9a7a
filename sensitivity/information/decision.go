package information

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Decision is a choice between options under uncertainty.
type Decision struct {
	// Options are the names, and Payoffs what each pays: option × draw, in any unit
	// that more is better of. A payoff is the expectation given the values of the
	// draw, or an unbiased estimate of it.
	Options []string
	Payoffs [][]float64
	// Noise is, where payoffs are estimates, half the difference of two independent
	// estimates whose mean the payoff is, option × draw: it has the variances of the
	// estimates, and goes together over options as they do. Nil where all payoffs are
	// exact.
	Noise [][]float64
	// Inputs are all that is uncertain. They help to take the noise of estimated payoffs
	// out of what single draws say.
	Inputs []Column
}

// Column is something that may be learned: its value in each draw.
type Column struct {
	Name   string
	Values []float64
	// Kinds says that values are kinds without an order, such as alternatives.
	Kinds bool
}

// Group is what is learned together: one input, several, or the results of a study.
type Group struct {
	Name    string
	Columns []Column
	// Within names groups that tell all that this one tells, beside those that have
	// all of its columns.
	Within []string
}

// fewestDraws is how many draws an estimate needs: ten for each block.
const fewestDraws = 10 * blocks

// validate is an error if the decision cannot be assessed with the groups.
func (d Decision) validate(groups []Group) error {
	if len(d.Options) < 2 {
		return errors.New("a decision needs two options or more: doing nothing may be one")
	}
	if len(d.Payoffs) != len(d.Options) {
		return fmt.Errorf("there are payoffs of %d options and names of %d", len(d.Payoffs), len(d.Options))
	}
	if d.Noise != nil && len(d.Noise) != len(d.Options) {
		return fmt.Errorf("there is noise of %d options and names of %d", len(d.Noise), len(d.Options))
	}
	n := len(d.Payoffs[0])
	if n < fewestDraws {
		return fmt.Errorf("there are %d draws: give %d or more", n, fewestDraws)
	}
	var faults []error
	for i, name := range d.Options {
		faults = append(faults, checkValues(fmt.Sprintf("payoffs of option %q", name), d.Payoffs[i], n))
		if d.Noise != nil {
			faults = append(faults, checkValues(fmt.Sprintf("noise of option %q", name), d.Noise[i], n))
		}
	}
	for _, c := range d.Inputs {
		faults = append(faults, checkValues(fmt.Sprintf("input %q", c.Name), c.Values, n))
	}
	return errors.Join(append(faults, checkGroups(groups, n))...)
}

// checkGroups is an error if some group cannot be learned, or its name is not its own.
func checkGroups(groups []Group, n int) error {
	var faults []error
	named := map[string]bool{}
	for _, g := range groups {
		if named[g.Name] {
			faults = append(faults, fmt.Errorf("there are two groups %q: give each a name of its own", g.Name))
		}
		named[g.Name] = true
		if len(g.Columns) == 0 {
			faults = append(faults, fmt.Errorf("group %q has no columns", g.Name))
		}
		for _, c := range g.Columns {
			faults = append(faults, checkValues(fmt.Sprintf("group %q, %q", g.Name, c.Name), c.Values, n))
		}
	}
	for _, g := range groups {
		for _, other := range g.Within {
			if !named[other] {
				faults = append(faults, fmt.Errorf("group %q lies within %q, which there is not", g.Name, other))
			}
		}
	}
	return errors.Join(faults...)
}

// checkValues is an error if there are not so many numbers.
func checkValues(what string, values []float64, n int) error {
	if len(values) != n {
		return fmt.Errorf("%s: there are %d draws, and of the first option %d", what, len(values), n)
	}
	if i := slices.IndexFunc(values, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }); i >= 0 {
		return fmt.Errorf("%s: draw %d is %v", what, i+1, values[i])
	}
	return nil
}
