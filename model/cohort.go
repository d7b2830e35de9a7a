package model

import (
	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

// Cohort is a group of children who are referred for the same outcome. A child
// belongs to one cohort; second referrals are excluded, so that no child is
// counted twice.
type Cohort struct {
	Name      string    `json:"name"`
	Title     string    `json:"title,omitempty"`
	Referrals Referrals `json:"referrals"`

	// StartState is where the child lives at referral.
	StartState string `json:"start_state"`
	// AlreadyThere is how many weeks a child has been in the start state at
	// referral: the in-state clock at week 0.
	AlreadyThere int `json:"already_there,omitempty"`
	// HoldUntilStart keeps every child in the start state until the lag is
	// over, in both arms. It exists for arithmetic fixtures only.
	HoldUntilStart bool `json:"hold_until_start,omitempty"`
	// PlannedState is where the programme means the child to live.
	PlannedState string `json:"planned_state"`
	// Lag is the weeks from referral to the start: a child still in the
	// start state in week Lag enters the planned state with
	// StartProbability, and that week is the first that can be paid.
	Lag              int     `json:"lag"`
	StartProbability float64 `json:"start_probability"`
	// Tracking is how many weeks the child is followed from the start; the
	// planned state's own moves apply only in those weeks.
	Tracking int `json:"tracking"`
	// Failure is the moves out of the planned state while tracked.
	Failure markov.Row `json:"failure,omitempty"`
	// Background overrides the programme's common moves, move by move.
	Background map[string]markov.Row `json:"background,omitempty"`
	// CashableShare is the part of avoided cost that is cashable, from 0 to 1. It
	// does not apply where the cohort's care is expected to cost more with the
	// programme: see [Programme.Pricer].
	CashableShare decimal.Decimal `json:"cashable_share"`
}
