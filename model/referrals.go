package model

import "github.com/edgeofcare/edgeofcare/internal/enum"

// Referrals is how many children are referred, and when. Each child's week
// and commissioner are drawn independently from the stated shares.
type Referrals struct {
	Children float64     `json:"children"` // expected number; may be fractional
	Law      ReferralLaw `json:"law"`
	// First and Last are the first and last week of referral, counted from
	// the programme's start.
	First int `json:"first"`
	Last  int `json:"last"`
	// Ramp is over how many weeks referrals build up: the weight of referral
	// week First + i is min(1, (i + 1) / Ramp). 0 and 1 mean none.
	Ramp int `json:"ramp,omitempty"`
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
func (l ReferralLaw) String() string { return enum.Name(l, referralLawNames) }

// MarshalText writes the law's name.
func (l ReferralLaw) MarshalText() ([]byte, error) {
	return enum.Marshal(l, referralLawNames, "law of referrals")
}

// UnmarshalText reads a law's name; the error lists the valid ones.
func (l *ReferralLaw) UnmarshalText(text []byte) error {
	return enum.Unmarshal(l, text, referralLawNames, "law of referrals")
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
