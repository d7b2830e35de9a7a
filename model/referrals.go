package model

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/enum"
)

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
	// Pauses are weeks, counted from the programme's start, in which no child
	// is referred. The children who would have been are lost, not postponed.
	Pauses []Pause `json:"pauses,omitempty"`
}

// Pause is the weeks From to To - 1 of a programme.
type Pause struct {
	From int `json:"from"`
	To   int `json:"to"`
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

// MarshalText writes the law's name.
func (l ReferralLaw) MarshalText() ([]byte, error) {
	return enum.Marshal(l, referralLawNames, "law of referrals")
}

// UnmarshalText reads a law's name; the error lists the valid ones.
func (l *ReferralLaw) UnmarshalText(text []byte) error {
	return enum.Unmarshal(l, text, referralLawNames, "law of referrals")
}

// Expected is how many children are expected to be referred: Children less
// those of the pauses.
func (r Referrals) Expected() float64 {
	if len(r.Pauses) == 0 {
		return r.Children
	}
	open, all := 0.0, 0.0
	for i := range max(0, r.Last-r.First+1) {
		all += r.weight(i)
		if !r.paused(r.First + i) {
			open += r.weight(i)
		}
	}
	if all == 0 {
		return 0
	}
	return r.Children * open / all
}

// Shares returns the probability that a child is referred in each week from
// First to Last; element 0 is week First. The shares sum to 1, unless every
// week is paused, and then they are 0.
func (r Referrals) Shares() []float64 {
	shares := make([]float64, max(0, r.Last-r.First+1))
	total := 0.0
	for i := range shares {
		if !r.paused(r.First + i) {
			shares[i] = r.weight(i)
		}
		total += shares[i]
	}
	for i := range shares {
		if total > 0 {
			shares[i] /= total
		}
	}
	return shares
}

// weight is that of the i-th week of the referral window before any pause.
func (r Referrals) weight(i int) float64 {
	if r.Ramp > 0 {
		return min(1, float64(i+1)/float64(r.Ramp))
	}
	return 1
}

func (r Referrals) paused(week int) bool {
	return slices.ContainsFunc(r.Pauses, func(p Pause) bool { return p.From <= week && week < p.To })
}
