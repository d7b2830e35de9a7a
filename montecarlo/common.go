package montecarlo

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

// Common is what the draws of several runs have in common, each of which has an
// Options.Seed of its own for children's lives and for every other input.
type Common struct {
	Seed uint64 // of what is common
	// Inputs are the paths of uncertain inputs whose quantile is the same in all runs
	// in every replication. Their laws may differ.
	Inputs []model.Path
	// Referrals is the correlation, from 0 to 1, between runs of how many children are
	// referred in all, as far as that is uncertain: of the sum of the normal scores of the
	// numbers of a run, weighted by their standard deviations. Within a run the laws of
	// its numbers, and how they go together, stay as they are.
	Referrals float64
}

func (c *Common) check() error {
	if c == nil || c.Referrals >= 0 && c.Referrals <= 1 {
		return nil
	}
	return fmt.Errorf("a correlation of referrals of %v: it must lie between 0 and 1", c.Referrals)
}

// has reports whether an input is common.
func (c *Common) has(input model.Path) bool { return c != nil && slices.Contains(c.Inputs, input) }

// OfReferrals reports whether an uncertain input is a number of children referred, or
// multiplies nothing but such numbers.
func OfReferrals(u model.Uncertain) bool {
	of := func(path model.Path) bool {
		_, ok := path.Under("cohorts.*.referrals.children")
		return ok
	}
	if len(u.Multiplies) == 0 {
		return of(u.Path)
	}
	return !slices.ContainsFunc(u.Multiplies, func(p model.Path) bool { return !of(p) })
}

// referralsFactor is the stream of the factor that all numbers of referrals share.
var referralsFactor = lives.NewStream("referrals of all programmes")

// ties are the numbers of children of a run that go together with those of others.
type ties struct {
	inputs  []int     // places
	weights []float64 // of their scores in that of all; their squares add up to 1
}

// newTies finds the uncertain numbers of children that are not common as they stand.
func newTies(c *Common, inputs []model.Uncertain, p *model.Programme) (t ties) {
	if c == nil || c.Referrals == 0 {
		return ties{}
	}
	sum := 0.0
	for i, u := range inputs {
		if !OfReferrals(u) || c.has(u.Path) {
			continue
		}
		weight := u.Law.SD() * multiplied(u, p)
		t.inputs, t.weights = append(t.inputs, i), append(t.weights, weight)
		sum += weight * weight
	}
	for k := range t.weights {
		t.weights[k] /= math.Sqrt(sum)
	}
	return t
}

// multiplied is how many children one of an input's law stands for: 1, or of a
// multiplier the children that it multiplies.
func multiplied(u model.Uncertain, p *model.Programme) float64 {
	if len(u.Multiplies) == 0 {
		return 1
	}
	children := 0.0
	for _, cohort := range p.Cohorts {
		if slices.ContainsFunc(u.Multiplies, func(path model.Path) bool {
			names, ok := path.Under("cohorts.*.referrals.children")
			return ok && names[0] == cohort.Name
		}) {
			children += cohort.Referrals.Children
		}
	}
	return children
}

// tie gives the quantiles of numbers of children the correlation with those of other
// runs: of independent normal scores, the one along the weights is taken out, and one
// in that has part in the factor. The scores stay independent of each other.
func (c *Common) tie(t *ties, quantiles []float64, replication int) {
	if len(t.inputs) == 0 {
		return
	}
	along := 0.0
	for k, i := range t.inputs {
		quantiles[i] = mathext.NormalQuantile(quantiles[i])
		along += t.weights[k] * quantiles[i]
	}
	factor := mathext.NormalQuantile(referralsFactor.Unit(c.Seed, replication, 0))
	moved := math.Sqrt(c.Referrals)*factor + math.Sqrt(1-c.Referrals)*along - along
	for k, i := range t.inputs {
		u := 0.5 * math.Erfc(-(quantiles[i]+moved*t.weights[k])/math.Sqrt2)
		quantiles[i] = max(math.SmallestNonzeroFloat64, min(u, 1-0x1p-53))
	}
}
