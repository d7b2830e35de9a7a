package contract

import (
	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Terms is what a contract says: what is paid for, at what price, up to what
// caps, and by whom. All amounts are in £.
type Terms struct {
	Metrics []Metric `json:"metrics"`
	// Cap is the most that can be paid in all, cumulatively, in £. Not valid
	// means no cap. CapIndexation is its own indexation, as that of a [Tariff]:
	// on each 1 April what is left of a cap rises as its amount does.
	Cap           decimal.NullDecimal `json:"cap,omitzero"`
	CapIndexation decimal.NullDecimal `json:"cap_indexation,omitzero"`
	// YearCaps are the most that can be paid in a financial year, in £.
	YearCaps []YearCap `json:"year_caps,omitempty"`
	// Grants replace the claims of whole quarters.
	Grants []Grant `json:"grants,omitempty"`
	// Fee is what payers pay each month beside outcomes; nil for nothing.
	Fee *DeliveryFee `json:"delivery_fee,omitempty"`
	// Payers share each claim. Order matters: ties of half a penny go to the
	// payer listed first.
	Payers []Payer `json:"payers"`
}

// YearCap is the most that can be paid for the quarters of one financial year.
// What is over it is lost, not carried into the next year.
type YearCap struct {
	Year   calendar.FinancialYear `json:"year,omitzero"` // zero: every year that has no cap of its own
	Amount decimal.Decimal        `json:"amount"`        // £
	// Indexation is as that of a [Tariff].
	Indexation decimal.NullDecimal `json:"indexation,omitzero"`
}

// Grant is an amount paid for a quarter whatever was earned in it, as the Life
// Chances Fund offered during the pandemic on the basis of medium cases. It
// counts towards the caps in £; the units earned in the quarter still count
// towards each child's cap and the caps in units.
type Grant struct {
	Quarter calendar.Quarter `json:"quarter"`
	Amount  decimal.Decimal  `json:"amount"` // £, over all commissioners
	// Indexation is as that of a [Tariff]: 0 is an amount in cash of the quarter.
	Indexation decimal.NullDecimal `json:"indexation,omitzero"`
}

// Metric is one paid outcome.
type Metric struct {
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
	// Cohorts are the names of the cohorts whose children the metric pays for.
	Cohorts []string `json:"cohorts"`
	// States are the names of the payable states; empty means the planned
	// state of the child's cohort. A state stands for itself and for every
	// state of which it is the parent.
	States []string `json:"states,omitempty"`
	// Success are the states that the outcome counts as success in either
	// arm, for deadweight; empty means the parent of the planned state. A
	// state stands for itself and for every state of which it is the parent.
	Success []string `json:"success,omitempty"`
	// Commissioners are those whose children the metric pays for; empty means
	// all.
	Commissioners []string `json:"commissioners,omitempty"`
	// Ages limits the metric to children of an age on the first day of the
	// start week.
	Ages AgeRange `json:"ages,omitzero"`
	// AgreedDeadweight is the share of units that the contract agrees would have
	// come about anyway and does not pay for: a claim is units × (1 -
	// AgreedDeadweight) × tariff, rounded to the penny once. It is a rule of
	// payment; avoided cost is not scaled by it again.
	AgreedDeadweight decimal.Decimal `json:"deadweight,omitzero"`

	Trigger Trigger   `json:"trigger"`
	Tariff  Tariff    `json:"tariff"`
	Cap     MetricCap `json:"cap,omitzero"`
	// TargetUnits and TargetChildren are the contract's published high case;
	// 0 means none. They limit nothing.
	TargetUnits    int `json:"target_units,omitempty"`
	TargetChildren int `json:"target_children,omitempty"`
}

// AgeRange is ages from From up to but not including To, in years of 365.25
// days. The zero value is every age; a To of 0 is no upper limit.
type AgeRange struct {
	From float64 `json:"from,omitempty"`
	To   float64 `json:"to,omitempty"`
}

// Tariff is the price of one unit, in £.
type Tariff struct {
	Amount decimal.Decimal `json:"amount"`
	// ByCommissioner replaces Amount for the commissioners named.
	ByCommissioner map[string]decimal.Decimal `json:"by_commissioner,omitempty"`
	// Tiers, where there are any, are the amounts in place of Amount, by the rate of
	// the cohort, from the highest rate down. Only a metric that looks at its cohort
	// on one date can have them.
	Tiers []Tier `json:"tiers,omitempty"`
	// Beyond is another price for units beyond a number; nil means the same for all.
	Beyond *Beyond `json:"beyond,omitempty"`
	// Indexation, where it is valid, is the yearly uplift as a share from -1 to
	// 1 (0.03 is 3%). All the amounts are then in cash, as stated in the price base
	// year, and rise by that each 1 April; 0 is a price that does not change and
	// loses value. Not valid means that they keep their value: see [PriceIndex].
	Indexation decimal.NullDecimal `json:"indexation,omitzero"`
}

// MetricCap is the most that one metric can pay, cumulatively over all
// commissioners. Fields that are not valid do not limit; both may be set.
type MetricCap struct {
	Units  decimal.NullDecimal `json:"units,omitzero"`  // whole units, for example weeks, before any deadweight is taken off
	Amount decimal.NullDecimal `json:"amount,omitzero"` // £
	// Indexation of the amount is as that of a contract's cap.
	Indexation decimal.NullDecimal `json:"indexation,omitzero"`
}

// ClaimingCommissioner is the name that stands for "each commissioner, for its own
// claims" in a list of payers.
const ClaimingCommissioner = "commissioner"

// Payer is someone who pays a share of claims.
//
// Councils pay in one of two ways. Either each pays for its own claims, as the
// payer called ClaimingCommissioner. Or they pay fixed shares of all claims,
// whichever council's child it is, each as a payer with the commissioner's name:
// then every payer's share is of the whole claim of a quarter, which is split
// once, and none is called ClaimingCommissioner.
type Payer struct {
	// Name is the payer's name; ClaimingCommissioner stands for whichever
	// commissioner makes the claim, and may be listed more than once.
	Name string `json:"name"`
	// Claims are the commissioners whose claims this payer shares in; empty
	// means all, as it must with fixed shares of all claims.
	Claims []string `json:"claims,omitempty"`
	// Shares are the payer's share of each claim, dated, in any order. Before
	// the first date it is 0.
	Shares []DatedShare `json:"shares"`
	// Cap is the most that this payer pays, cumulatively, in £. Not valid
	// means no cap. CapIndexation is as that of the contract's cap.
	Cap           decimal.NullDecimal `json:"cap,omitzero"`
	CapIndexation decimal.NullDecimal `json:"cap_indexation,omitzero"`
	// Then says who pays what is over the cap: with fixed shares of all claims
	// OthersPay or Stop, and otherwise CommissionerPays or Stop.
	Then Overflow `json:"then"`
}

// DatedShare is a share in force from a date until the next one. The date is the
// first day of a quarter, since the whole of a quarter's claim is split by one
// share.
type DatedShare struct {
	From  calendar.Date   `json:"from,omitzero"` // zero means from the start
	Share decimal.Decimal `json:"share"`         // from 0 to 1, up to nine decimals
}

// Care is what care costs and how much of a saving is cashable.
type Care struct {
	// UnitCosts are what a week costs. A state with any entry must have a
	// cost for every commissioner in every quarter.
	UnitCosts []UnitCost `json:"unit_costs"`
	// CostedAs gives states without any entry the cost of another state, by
	// name. Without either a state costs nothing.
	CostedAs map[string]string `json:"costed_as,omitempty"`
	// Cashable is the share of avoided cost that releases money already
	// budgeted, by cohort name. A cohort not named has none.
	Cashable map[string]decimal.Decimal `json:"cashable,omitempty"`
}

// UnitCost is the cost of one child-week in a state, in £. Of the entries
// that fit a state, commissioner and financial year the one for the
// commissioner wins over the one for all, then the latest Year.
type UnitCost struct {
	State        string                 `json:"state"`
	Commissioner string                 `json:"commissioner,omitempty"` // empty means every commissioner
	Year         calendar.FinancialYear `json:"year,omitzero"`          // in force from this financial year; 0 means always
	PerWeek      decimal.Decimal        `json:"per_week"`
	// Growth is the real yearly growth from Year on, as a share from -1 to 1.
	// Where Year is 0 the cost is as stated in the price base year (in the first
	// week's financial year if there is none), and lower before it.
	Growth decimal.Decimal `json:"growth,omitzero"`
	// Indexation, where it is valid, makes the cost one in cash of Year, or of
	// the price base year, that rises by this each 1 April. It stands in place of
	// growth.
	Indexation decimal.NullDecimal `json:"indexation,omitzero"`
}
