package model

import (
	"fmt"
	"slices"
	"strings"
)

// Referrals is how many children are referred, and when. Each child's week
// and commissioner are drawn independently from the stated shares.
type Referrals struct {
	Children float64 // expected number; may be fractional
	Law      ReferralLaw
	// First and Last are the first and last week of referral, counted from
	// the programme's start.
	First, Last int
	// Ramp is over how many weeks referrals build up: the weight of referral
	// week First + i is min(1, (i + 1) / Ramp). 0 and 1 mean none.
	Ramp int
}


// ReferralLaw is how the number of children referred in one replication
// follows from its expectation.
type ReferralLaw int

// The two laws. The mean is exact under either.
const (
	Fixed   ReferralLaw = iota // the whole part, and one more with the probability of the fraction
	Poisson                    // a Poisson number
)

var referralLawNames = []string{"fixed", "poisson"}

// String returns "fixed" or "poisson".
func (l ReferralLaw) String() string {
	if l < 0 || int(l) >= len(referralLawNames) {
		return fmt.Sprintf("unknown (%d)", int(l))
	}
	return referralLawNames[l]
}

// MarshalText writes the law's name.
func (l ReferralLaw) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads a law's name; the error lists the valid ones.
func (l *ReferralLaw) UnmarshalText(text []byte) error {
	i := slices.Index(referralLawNames, string(text))
	if i < 0 {
		return fmt.Errorf("%q is no law of referrals: write one of %s", text, strings.Join(referralLawNames, ", "))
	}
	*l = ReferralLaw(i)
	return nil
}

// Shares returns the probability that a child is referred in each week from
// First to Last; element 0 is week First. The shares sum to 1.
func (r Referrals) Shares() []float64 {
	shares := make([]float64, max(0, r.Last-r.First+1))
	total := 0.0
	for i := range shares {
		shares[i] = 1
		if r.Ramp > 0 {
			shares[i] = min(1, float64(i+1)/float64(r.Ramp))
		}
		total += shares[i]
	}
	for i := range shares {
		shares[i] /= total
	}
	return shares
}
