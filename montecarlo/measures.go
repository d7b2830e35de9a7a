package montecarlo

import (
	"github.com/edgeofcare/edgeofcare/internal/copies"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Measure is what a figure of a result measures: an entry of the one list that
// tables, files and charts read, and that edgeofcare explain prints.
type Measure struct {
	Name string `json:"name"`
	// Group is the part of a report that the figure belongs to: "referrals",
	// "where children live", "payments", "cost of care and saving", "savings
	// targets", "delivery and capital" or "returns to investors".
	Group string `json:"group"`
	// Kind says what is known of the figure over the replications: "total",
	// "probability", "ranked" (quantiles alone, as it may be without bound),
	// "daily" (a series over days) or "when paid" (a series over the financial
	// years in which money is paid).
	Kind string `json:"kind"`
	Unit Unit   `json:"unit"`
	// By is what the figure may be narrowed to, beside all together: "cohort",
	// "council", "metric", "payer", "state", "party" (an investor or the
	// consortium), "covenant", "target" (of savings, or a limit of what a council can
	// afford) or "tier" (of the rate of a cohort). A figure that is only known by
	// something has AllTogether false.
	By          []string `json:"by,omitempty"`
	AllTogether bool     `json:"all_together"`
	// Arms reports whether the figure is known in each arm apart.
	Arms bool `json:"arms,omitempty"`
	// MoreIsBetter and MoreIsWorse say what more of it means to those whom the
	// figure is about; both are false where it is good for one side and bad for
	// another.
	MoreIsBetter bool `json:"more_is_better,omitempty"`
	MoreIsWorse  bool `json:"more_is_worse,omitempty"`
	// Plain is what it is, in one sentence that a councillor understands.
	Plain string `json:"plain"`
	// Rule is how it is worked out, and Where the place that defines it, as a
	// package and a name in it.
	Rule  string `json:"rule"`
	Where string `json:"where"`
	// Sum is the sum that gives the figure, where other figures give it; empty
	// where it is counted or priced.
	Sum []Term `json:"sum,omitempty"`
}

// Term is one figure in the sum of another. All are of the same council, cohort
// or party, unless an arm is named.
type Term struct {
	Sign    string `json:"sign"` // "plus", "minus" or "divided by"
	Measure string `json:"measure"`
	Arm     string `json:"arm,omitempty"`
}

// The signs.
const (
	plus      = "plus"
	minus     = "minus"
	dividedBy = "divided by"
)

// The kinds of measure.
const (
	kindTotal  = "total"       // an amount or a count: mean, error and quantiles, in Result.Totals
	kindChance = "probability" // an event: how likely it is, in Result.Probabilities
	kindRank   = "ranked"      // may be without bound: quantiles alone, in Result.Ranked
	kindPath   = "daily"       // a series over days, in Result.Daily
	kindPaid   = "when paid"   // a series over the financial years of payment, in Result.WhenPaid
)

// The breakdowns.
const (
	byCohort   = "cohort"
	byCouncil  = "council"
	byMetric   = "metric"
	byPayer    = "payer"
	byState    = "state"
	byParty    = "party"    // an investor, or the consortium: all investors and whoever met a shortfall
	byCovenant = "covenant" // a covenant of the facility
	byTarget   = "target"   // a savings target, or a limit of what a council can afford
	byTier     = "tier"     // of the rate of a cohort
)

// The groups, in the order in which reports have them.
const (
	ofReferrals = "referrals"
	ofCare      = "where children live"
	ofPayments  = "payments"
	ofSaving    = "cost of care and saving"
	ofTargets   = "savings targets"
	ofCapital   = "delivery and capital" // only with delivery terms
	ofReturns   = "returns to investors" // only with delivery terms
)

// The names of measures, for look-ups: see [Measures] for what each is.
const (
	Referred       = "children referred"
	ReferredEarly  = "children referred early"
	Started        = "children started"
	livedIn        = "weeks lived in to the horizon"
	PaidUnits      = "payable units"
	CohortRate     = "rate of the cohort"
	RateInTier     = "rate of the cohort in the tier"
	Claims         = "claims before caps"
	GrantsPaid     = "grants in place of claims"
	FeesPaid       = "delivery fee"
	Unpaid         = "claims and grants cut by caps"
	Payments       = "outcome payments"
	OtherPayments  = "outcome payments by other payers"
	PaymentsMade   = "outcome payments when paid"
	PaymentsToDate = "outcome payments to date"
	careCost       = "cost of care in the tracking window"
	careCostToEnd  = "cost of care to horizon"
	Avoided        = "gross avoided cost"
	AvoidedToEnd   = "gross avoided if effects persist"
	Cashable       = "cashable saving"
	NetSaving      = "net saving"
	OwnNetCashable = "cashable saving less own payments"
	NetCashable    = "cashable saving less all payments"
	NetPublic      = "net public saving"
	netPublicToEnd = "net public saving if effects persist"
	valuePayments  = "present value of payments"
	valueAvoided   = "present value of gross avoided cost"
	ValueNet       = "present value of net public saving"
	OwnValueNet    = "present value of net saving"
	BenefitCost    = "benefit-cost ratio"
	targetNet      = "cashable saving less own payments, against the savings target"
	targetGross    = "cashable saving, against the savings target"

	ValueNetCashable    = "present value of cashable saving less all payments"
	OwnValueNetCashable = "present value of cashable saving less own payments"

	OwnSaves         = "net saving above zero"
	Saves            = "net public saving above zero"
	OwnCashableSaves = "cashable saving above own payments"
	CashableSaves    = "cashable saving above all payments"
	CapReached       = "contract cap reached"
	TooFewReferred   = "fewer referrals than the contract's minimum"
	TargetMet        = "savings target met, cashable less own payments"
	TargetMetGross   = "savings target met, cashable before payments"
	AboveAffordable  = "own payments above what is affordable in the year"

	DeliveryCost       = "cost of delivery"
	Receipts           = "receipts"
	CapitalRequirement = "capital requirement"
	RequiredAfter      = "days from the start to the capital requirement"
	DaysBelowZero      = "days below zero"
	FacilityNeeded     = "facility that would be enough"
	Drawn              = "drawn"
	Recycled           = "costs and interest paid from receipts"
	Shortfall          = "shortfall beyond the facility"
	Interest           = "interest paid"
	CommitmentFees     = "commitment fees paid"
	Guaranteed         = "paid under guarantees"
	CovenantBreached   = "covenant breached"
	Surplus            = "receipts less cost of delivery"
	ValueSurplus       = "present value of receipts less cost of delivery"
	PaidIn             = "capital paid in"
	Received           = "received"
	InternalRate       = "internal rate of return"
	MoneyMultiple      = "money multiple"
	PaidBackAfter      = "days from the start until paid back for good"
	Position           = "receipts less cost of delivery, added up"
	FacilityShort      = "facility is not enough"
	LosesMoney         = "gets back less than was paid in"
	MissesHurdle       = "earns less than the hurdle"
	NeverPaidBack      = "costs are never paid back"
	MoneyBack          = "paid to those who finance the programme"
	CashHeld           = "cash at the end of the year"
)

// Measures returns the list of everything that is measured, in the order in
// which reports have it. The caller may change it.
func Measures() []Measure { return copies.Deep(measures) }

// MeasureOf returns the measure of a name. The error for a name that is on no
// entry of the list is a *[scenario.NameError].
func MeasureOf(name string) (Measure, error) {
	i, ok := measureIndex[name]
	if !ok {
		unknown := &scenario.NameError{What: "measure", Name: name}
		for _, m := range measures {
			unknown.Valid = append(unknown.Valid, m.Name)
		}
		return Measure{}, unknown
	}
	return copies.Deep(measures[i]), nil
}

var measureIndex = func() map[string]int {
	index := make(map[string]int, len(measures))
	for i, m := range measures {
		index[m.Name] = i
	}
	return index
}()
