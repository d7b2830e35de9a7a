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
	// Referrals is the correlation, from 0 to 1, of the normal scores of every two
	// uncertain numbers of children referred, of one run or of two. It comes from one
	// factor that all runs share.
	Referrals float64
}

func (c *Common) check() error {
	if c == nil || c.Referrals >= 0 && c.Referrals <= 1 {
		return nil
	}
	return fmt.Errorf("a correlation of referrals of %v: it must lie between 0 and 1", c.Referrals)
}

// has reports whether an input is common.
func (c *Common) has(u model.Uncertain) bool { return c != nil && slices.Contains(c.Inputs, u.Path) }

// correlates reports whether an input is a number of children referred that goes
// together with others. An input that is common goes together in full.
func (c *Common) correlates(u model.Uncertain) bool {
	return c != nil && c.Referrals > 0 && !c.has(u) && OfReferrals(u)
}

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

// correlated is a number's quantile together with the factor: its normal score is
// the weighted sum of that of the factor and its own.
func (c *Common) correlated(own float64, replication int) float64 {
	factor := mathext.NormalQuantile(referralsFactor.Unit(c.Seed, replication, 0))
	z := math.Sqrt(c.Referrals)*factor + math.Sqrt(1-c.Referrals)*mathext.NormalQuantile(own)
	u := 0.5 * math.Erfc(-z/math.Sqrt2)
	return max(math.SmallestNonzeroFloat64, min(u, 1-0x1p-53))
}
