package indigo

import (
	"github.com/shopspring/decimal"
)

// Project is one impact bond with all that the export's files say of it.
//
// Ids are INDIGO's. Text is as given, without spaces around it. A figure that is
// not stated is a [decimal.NullDecimal] that is not valid, never 0. Beside an
// amount of money stands the code of its currency, such as GBP, which is empty
// if the export gives none, and the text in place of the amount, which is empty
// unless there is one that could not be read.
type Project struct {
	ID               string // INDIGO-POJ-0201
	Name             string // empty for a project that only the other files know
	AlternativeNames string
	Stage            string // Implementation, Complete and so on
	Dates            Dates
	Finance          Finance
	Users            Users
	TargetPopulation string
	SocialChallenge  string
	Intervention     string
	PolicySector     string
	COVID            string // what was agreed because of COVID-19
	Remark           string // the export's own note
	// Organisations are the names of those that the project mentions, by id, where
	// the export has a file of them.
	Organisations map[string]string
	// Doubts are the notes of the dataset that are about the project.
	Doubts []Note

	Metrics      []Metric
	Plans        []Plan // in the order of the file
	Payments     []Payment
	Commitments  []Commitment
	Achievements []Achievement
	Investments  []Investment
	Pricings     []Pricing
}

// Dates are those of a project as a whole.
type Dates struct {
	ContractSigned        Period // outcomes contract
	AllContractsSigned    Period // between all parties
	ServiceStart          Period
	ServiceEnd            Period // actual
	AnticipatedServiceEnd Period
	Completion            Period // actual
	AnticipatedCompletion Period
	Months                decimal.NullDecimal // of service, actual
	AnticipatedMonths     decimal.NullDecimal
	Remark                string
}

// Finance is the overall finance of a project.
type Finance struct {
	CapitalCurrency string
	Capital         Range // total investment commitment
	MaximumCurrency string
	// Maximum is the maximum potential outcome payment, which INDIGO means to be
	// the contract's cap. It is cut down when a contract is varied.
	Maximum      decimal.NullDecimal
	MaximumText  string // in place of Maximum, if it could not be read
	MadeCurrency string
	// Made is the total of outcome payments made, where the export states it; it
	// need not be the sum of the payments.
	Made              decimal.NullDecimal
	MadeText          string // in place of Made, if it could not be read
	MaximumLoss       string
	MaximumReturnType string
	MaximumReturn     string
	InvestorRepayment string
	TargetReturn      string // internal rate of return
	LatestReturn      string
	Contracting       string // how the contracting parties are arranged
	Remark            string
}

// Range is an amount given exactly, or as a least and a most, or not at all.
type Range struct {
	Min, Exact, Max decimal.NullDecimal
	Text            string // in place of an amount, if one could not be read
}

// Users are the unique service users of a project.
type Users struct {
	Targeted     decimal.NullDecimal
	TargetedUnit string // Individual, Other
	TargetedIs   string // what a unit is, in words
	Actual       decimal.NullDecimal
	ActualUnit   string
	ActualIs     string
	Remark       string
}

// Metric is an outcome metric.
type Metric struct {
	ID         string // outcomemetric1
	Definition string
	Population string
	// Target is the targeted number "of service users", which may be in weeks or
	// days whatever Unit says: see the dataset's notes.
	Target      decimal.NullDecimal
	Unit        string // Individual, Other
	UnitIs      string // what a unit is, in words
	Outcome     string // outcome metric target
	OtherTarget string
	Validation  string // method
	Remark      string
	Row         int
}

// Plan is an outcome payment plan and the months in which it was valid. Its
// payments are those of [Project.Planned]. Plans are best cases: what would be
// paid if as many outcomes as possible were achieved.
type Plan struct {
	ID     string // plan1; always in small letters
	Valid  Period // Open if it is the current plan; no period if the export has none
	Remark string
	Row    int // 0 if only payments name the plan
}

// The types of payment. The export also has payments without a type.
const (
	Planned = "Planned"
	Actual  = "Actual"
)

// Payment is an outcome payment planned or made for a period.
type Payment struct {
	Type     string   // Planned or Actual; empty if the export does not say
	Plan     string   // id; usually empty for actual payments
	Metrics  []string // ids; usually none, for all metrics together
	Period   Period   // for which it is claimed; often but not always a quarter
	Payers   []string // organisation ids, as given: not all are in other files
	Payees   []string // organisation ids
	Currency string   // code, such as GBP
	// Amount is exact: grossed-up plans have fractions of a penny.
	Amount     decimal.NullDecimal
	AmountText string // in place of Amount, if it could not be read
	Remark     string
	Row        int
}

// Commitment is what one organisation has agreed to pay at most. Together they
// are often the best case at the start and not the present cap.
type Commitment struct {
	Organisation string // id
	Role         string // category
	Currency     string
	Maximum      decimal.NullDecimal
	MaximumText  string // in place of Maximum, if it could not be read
	PaidCurrency string
	Paid         decimal.NullDecimal // total outcome payments made
	PaidText     string              // in place of Paid, if it could not be read
	Result       string              // type
	Period       Period
	Alteration   string // to the commitment, and its reason
	Remark       string
	Row          int
}

// Achievement is what a metric has achieved over a period. INDIGO calls it a result.
type Achievement struct {
	Metric   string // id
	Level    string // Outcome level, Project level
	Type     string // Interim, Final
	Period   Period
	Achieved decimal.NullDecimal
	// AchievedText is the text in place of a number, if there is one.
	AchievedText string
	Engaged      decimal.NullDecimal // number engaged in the impact bond
	Positive     decimal.NullDecimal // number with positive social outcomes
	Description  string              // may be the unit of Achieved, and may be missing
	Remark       string
	Row          int
}

// Investment is one investor's commitment.
type Investment struct {
	ID           string
	Organisation string // id
	Role         string // category
	Type         string // Debt, Equity and so on
	Currency     string
	Amount       Range
	MaximumLoss  string
	ReturnType   string
	Return       string // maximum potential
	Repayment    string
	Remark       string
	Row          int
}

// Pricing is the price of one unit of a metric. Few projects have any.
type Pricing struct {
	Metric      string // id
	Currency    string
	Unit        decimal.NullDecimal // price per unit
	UnitText    string              // in place of Unit, if it could not be read
	Maximum     decimal.NullDecimal // if all targets are achieved
	MaximumText string              // in place of Maximum, if it could not be read
	Increases   string              // contracted
	Description string
	Remark      string
	Row         int
}
