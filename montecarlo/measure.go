package montecarlo

import (
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/enum"
)

// Measure names one figure of a result.
type Measure struct {
	// Name is what is measured: one of the constants below.
	Name string `json:"name"`
	// Of narrows it to one payer, commissioner, cohort, metric or state;
	// empty means all together.
	Of string `json:"of,omitempty"`
	// Arm is the arm that it is measured in; empty where that goes without saying.
	Arm  string `json:"arm,omitempty"`
	Unit Unit   `json:"unit"`
}

// String returns the measure in words: "outcome payments, Derby".
func (m Measure) String() string {
	words := []string{m.Name}
	if m.Of != "" {
		words = append(words, m.Of)
	}
	if m.Arm != "" {
		words = append(words, m.Arm)
	}
	return strings.Join(words, ", ")
}

// Unit is what a measure is counted in.
type Unit int

// The units.
const (
	Pounds      Unit = iota // £, in the price base of the conventions
	Children                // children
	Weeks                   // child-weeks
	Units                   // units of the metric's trigger, for example full weeks
	Ratio                   // £ per £
	Probability             // 0 to 1
	Days                    // calendar days
	Rate                    // effective yearly rate: 0.08 is 8%
)

var unitNames = []string{"£", "children", "weeks", "units", "ratio", "probability", "days", "rate"}

// String returns the unit's name.
func (u Unit) String() string { return enum.Name(u, unitNames) }

// MarshalText writes the unit's name.
func (u Unit) MarshalText() ([]byte, error) { return enum.Marshal(u, unitNames, "unit") }

// UnmarshalText reads a unit's name; the error lists the valid ones.
func (u *Unit) UnmarshalText(text []byte) error { return enum.Unmarshal(u, text, unitNames, "unit") }

// What is measured. "By" says what Of may hold.
const (
	Referred       = "children referred"             // by cohort, by commissioner
	ReferredEarly  = "children referred early"       // in the weeks of the contract's minimum; by cohort, by commissioner
	Started        = "children started"              // by cohort
	LivedIn        = "weeks lived in to the horizon" // by state and arm, referral to horizon; planned states count as their parents
	PaidUnits      = "payable units"                 // by metric; after every per-child rule, before caps
	Claims         = "claims before caps"            // by metric
	GrantsPaid     = "grants in place of claims"
	Unpaid         = "claims and grants cut by caps"       // of every kind
	Payments       = "outcome payments"                    // by payer
	PaymentsToDate = "outcome payments to date"            // up to the last quarter for which actual payments are published
	CareCost       = "cost of care in the tracking window" // by arm
	CareCostToEnd  = "cost of care to horizon"             // by arm
	Avoided        = "gross avoided cost"                  // by cohort, by commissioner; tracking window: the headline
	AvoidedToEnd   = "gross avoided if effects persist"    // by cohort; to the horizon
	Cashable       = "cashable saving"                     // by cohort, by commissioner; tracking window
	NetSaving      = "net saving"                          // by commissioner: gross avoided less its own payments
	NetCashable    = "cashable saving less payments"       // by commissioner: less its own payments
	NetPublic      = "net public saving"                   // gross avoided less all payments
	NetPublicToEnd = "net public saving if effects persist"
	ValuePayments  = "present value of payments"
	ValueAvoided   = "present value of gross avoided cost"
	ValueNet       = "present value of net public saving"
	BenefitCost    = "benefit-cost ratio"                                            // present value of gross avoided ÷ of payments
	TargetNet      = "cashable saving less own payments, against the savings target" // by commissioner
	TargetGross    = "cashable saving, against the savings target"                   // by commissioner
)

// Events whose probability is reported.
const (
	Saves          = "net saving above zero"          // public, and by commissioner
	CashableSaves  = "cashable saving above payments" // all payments, and by commissioner its own
	CapReached     = "contract cap reached"
	TooFewReferred = "fewer referrals than the contract's minimum"
	TargetMet      = "savings target met, cashable less own payments" // by commissioner
	TargetMetGross = "savings target met, cashable before payments"   // by commissioner
)
