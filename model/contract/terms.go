package contract

import (
	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Terms is what a contract says: what is paid for, at what price, up to what
// caps, and by whom. All amounts are in £.
type Terms struct {
	Metrics []Metric
	// Cap is the most that can be paid in all, cumulatively, in £. Not valid
	// means no cap.
	Cap decimal.NullDecimal
	// Payers share each claim. Order matters: ties of half a penny go to the
	// payer listed first.
	Payers []Payer
}

// Metric is one paid outcome.
type Metric struct {
	Name  string
	Title string
	// Cohorts are the names of the cohorts whose children the metric pays for.
	Cohorts []string
	// States are the names of the payable states; empty means the planned
	// state of the child's cohort.
	States []string
	// Success are the states that the outcome counts as success in either
	// arm, for deadweight; empty means the parent of the planned state. A
	// state stands for itself and for every state of which it is the parent.
	Success []string
	Trigger Trigger
	Tariff  Tariff
	Cap     MetricCap
	// TargetUnits and TargetChildren are the contract's published high case;
	// 0 means none. They limit nothing.
	TargetUnits    int
	TargetChildren int
}

// Tariff is the price of one unit, in £.
type Tariff struct {
	Amount decimal.Decimal
	// ByCommissioner replaces Amount for the commissioners named.
	ByCommissioner map[string]decimal.Decimal
	// Indexation is the yearly uplift, as a share (0.03 is 3%). On each
	// 1 April after the start the tariff then in force is uplifted and
	// rounded to the penny, half a penny away from zero.
	Indexation decimal.Decimal
}

// MetricCap is the most that one metric can pay, cumulatively over all
// commissioners. Fields that are not valid do not limit; both may be set.
type MetricCap struct {
	Units  decimal.NullDecimal // whole units, for example weeks
	Amount decimal.NullDecimal // £
}

// Commissioner is the name that stands for "each commissioner, for its own
// claims" in a list of payers.
const Commissioner = "commissioner"

// Payer is someone who pays a share of claims.
type Payer struct {
	// Name is the payer's name; Commissioner stands for whichever
	// commissioner makes the claim.
	Name string
	// Claims are the commissioners whose claims this payer shares in; empty
	// means all.
	Claims []string
	// Shares are the payer's share of each claim, dated.
	Shares []DatedShare
	// Cap is the most that this payer pays, cumulatively, in £.
	Cap decimal.NullDecimal
	// Then says who pays what is over the cap.
	Then Overflow
}

// DatedShare is a share in force from a date until the next one. The share of
// a quarter is the one in force on its last day.
type DatedShare struct {
	From  calendar.Date // zero means from the start
	Share decimal.Decimal
}

// Overflow says what happens to a payer's part of a claim once its own cap is
// reached.
type Overflow int

// The two consequences.
const (
	CommissionerPays Overflow = iota // the claiming commissioner pays it
	Stop                             // nobody pays it
)

var overflowNames = []string{"commissioner pays", "stop"}

// String returns "commissioner pays" or "stop".
func (o Overflow) String() string { return enumName(o, overflowNames) }

// MarshalText writes the words.
func (o Overflow) MarshalText() ([]byte, error) { return enumMarshal(o, overflowNames, "consequence") }

// UnmarshalText reads the words; the error lists the valid ones.
func (o *Overflow) UnmarshalText(text []byte) error {
	return enumUnmarshal(o, text, overflowNames, "consequence")
}

// Care is what care costs and how much of a saving is cashable.
type Care struct {
	UnitCosts []UnitCost
	// Cashable is the share of avoided cost that releases money already
	// budgeted, by cohort name. A cohort not named has none.
	Cashable map[string]decimal.Decimal
}

// UnitCost is the cost of one child-week in a state, in £. Of the entries
// that fit a state, commissioner and financial year the one for the
// commissioner wins over the one for all, then the latest Year.
type UnitCost struct {
	State        string
	Commissioner string                 // empty means every commissioner
	Year         calendar.FinancialYear // in force from this financial year; 0 means always
	PerWeek      decimal.Decimal
	// Growth is the real yearly growth from Year on (or from the financial
	// year of the start where Year is 0), as a share. On each 1 April the
	// cost then in force is uplifted and rounded to the penny.
	Growth decimal.Decimal
}
