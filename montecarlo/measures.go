package montecarlo

import (
	"slices"

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
	// "probability", "ranked" (quantiles alone, as it may be without bound) or
	// "daily" (a series over days).
	Kind string `json:"kind"`
	Unit Unit   `json:"unit"`
	// By is what the figure may be narrowed to, beside all together: "cohort",
	// "council", "metric", "payer", "state", "party" (an investor or the
	// consortium) or "target" (of savings, or a limit of what a council can
	// afford). A figure that is only known by something has AllTogether false.
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
)

// The breakdowns.
const (
	byCohort  = "cohort"
	byCouncil = "council"
	byMetric  = "metric"
	byPayer   = "payer"
	byState   = "state"
	byParty   = "party"  // an investor, or the consortium: all investors and whoever met a shortfall
	byTarget  = "target" // a savings target, or a limit of what a council can afford
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
	LivedIn        = "weeks lived in to the horizon"
	PaidUnits      = "payable units"
	Claims         = "claims before caps"
	GrantsPaid     = "grants in place of claims"
	Unpaid         = "claims and grants cut by caps"
	Payments       = "outcome payments"
	PaymentsToDate = "outcome payments to date"
	CareCost       = "cost of care in the tracking window"
	CareCostToEnd  = "cost of care to horizon"
	Avoided        = "gross avoided cost"
	AvoidedToEnd   = "gross avoided if effects persist"
	Cashable       = "cashable saving"
	NetSaving      = "net saving"
	NetCashable    = "cashable saving less payments"
	NetPublic      = "net public saving"
	NetPublicToEnd = "net public saving if effects persist"
	ValuePayments  = "present value of payments"
	ValueAvoided   = "present value of gross avoided cost"
	ValueNet       = "present value of net public saving"
	BenefitCost    = "benefit-cost ratio"
	TargetNet      = "cashable saving less own payments, against the savings target"
	TargetGross    = "cashable saving, against the savings target"

	Saves           = "net saving above zero"
	CashableSaves   = "cashable saving above payments"
	CapReached      = "contract cap reached"
	TooFewReferred  = "fewer referrals than the contract's minimum"
	TargetMet       = "savings target met, cashable less own payments"
	TargetMetGross  = "savings target met, cashable before payments"
	AboveAffordable = "own payments above what is affordable in the year"

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
)

// Measures returns the list of everything that is measured, in the order in
// which reports have it. The caller may change it.
func Measures() []Measure { return slices.Clone(measures) }

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
	return measures[i], nil
}

var measureIndex = func() map[string]int {
	index := make(map[string]int, len(measures))
	for i, m := range measures {
		index[m.Name] = i
	}
	return index
}()

var measures = []Measure{
	{
		Name: Referred, Group: ofReferrals, Kind: kindTotal, Unit: Children, By: []string{byCohort, byCouncil}, AllTogether: true,
		Plain: "How many children the councils refer to the programme.",
		Rule:  "The number of a cohort is its stated expectation: the whole children and, by chance, one more for the fraction, or a Poisson number; each child's week and council are drawn from the stated shares.",
		Where: "model.Referrals",
	},
	{
		Name: ReferredEarly, Group: ofReferrals, Kind: kindTotal, Unit: Children, By: []string{byCohort, byCouncil}, AllTogether: true,
		Plain: "How many children are referred in the weeks for which the contract sets a minimum.",
		Rule:  "Children referred in the first weeks that the contract's minimum looks at.",
		Where: "model.MinimumReferrals",
	},
	{
		Name: Started, Group: ofReferrals, Kind: kindTotal, Unit: Children, By: []string{byCohort}, AllTogether: true,
		Plain: "How many of the children who are referred begin the placement that the programme plans for them.",
		Rule:  "A child still in the start state at the end of the lag starts with the start probability, if the programme has room and the child is under 18.",
		Where: "model.Cohort",
	},
	{
		Name: LivedIn, Group: ofCare, Kind: kindTotal, Unit: Weeks, By: []string{byState}, Arms: true,
		Plain: "How many weeks all children together spend in each kind of care, from referral to the end of the programme.",
		Rule:  "Child-weeks in the state from referral to the horizon; a planned state counts as its parent.",
		Where: "model/contract.Counts",
	},
	{
		Name: PaidUnits, Group: ofPayments, Kind: kindTotal, Unit: Units, By: []string{byMetric}, AllTogether: true,
		Plain: "How many weeks, days or milestones the contract pays for, before any cap on the whole contract.",
		Rule:  "Units that a child's path earns under the metric's trigger, after every rule that depends on one child: first payable unit, window, cap per child, interruption, age.",
		Where: "model/contract.Trigger",
	},
	{
		Name: Claims, Group: ofPayments, Kind: kindTotal, Unit: Pounds, By: []string{byMetric}, AllTogether: true,
		Plain: "What would be paid for the results if the contract had no caps.",
		Rule:  "Payable units times the tariff, less the deadweight that the contract agrees, rounded to the penny each quarter.",
		Where: "model/contract.Price",
	},
	{
		Name: GrantsPaid, Group: ofPayments, Kind: kindTotal, Unit: Pounds, AllTogether: true,
		Plain: "What is paid as a grant for whole quarters, whatever was achieved in them.",
		Rule:  "The stated amount of each quarter with a grant, in place of its claim.",
		Where: "model/contract.Grant",
	},
	{
		Name: Payments, Group: ofPayments, Kind: kindTotal, Unit: Pounds, By: []string{byPayer}, AllTogether: true,
		Plain: "What the councils and the other payers pay for the results.",
		Rule:  "Claims and grants after the caps of metrics, years and the contract, divided over the payers by their shares and then by their own caps.",
		Where: "model/contract.Price",
	},
	{
		Name: PaymentsToDate, Group: ofPayments, Kind: kindTotal, Unit: Pounds, AllTogether: true,
		Plain: "What is paid up to the last quarter for which actual payments are published.",
		Rule:  "Outcome payments of the quarters up to and with the last one that has a published payment.",
		Where: "model.PublishedFigures",
	},
	{
		Name: Unpaid, Group: ofPayments, Kind: kindTotal, Unit: Pounds, AllTogether: true, MoreIsWorse: true,
		Plain: "What is claimed or granted but not paid, because a cap is reached.",
		Rule:  "Claims, with grants in place of the claims of their quarters, less outcome payments.",
		Where: "montecarlo.Measures",
	},
	{
		Name: CapReached, Group: ofPayments, Kind: kindChance, Unit: Probability, AllTogether: true,
		Plain: "How likely it is that the most that the contract pays in all is reached.",
		Rule:  "What the contract allows is at least the contract cap.",
		Where: "model/contract.Terms",
	},
	{
		Name: TooFewReferred, Group: ofReferrals, Kind: kindChance, Unit: Probability, AllTogether: true, MoreIsWorse: true,
		Plain: "How likely it is that fewer children are referred than the contract asks for in its first weeks.",
		Rule:  "Children referred early are fewer than the contract's minimum.",
		Where: "model.MinimumReferrals",
	},
	{
		Name: AboveAffordable, Group: ofPayments, Kind: kindChance, Unit: Probability, By: []string{byTarget}, MoreIsWorse: true,
		Plain: "How likely it is that a council has to pay more in a financial year than it has said it can afford.",
		Rule:  "The council's own payments for the quarters of the year are above its limit.",
		Where: "model.Affordable",
	},
	{
		Name: CareCost, Group: ofSaving, Kind: kindTotal, Unit: Pounds, AllTogether: true, Arms: true, MoreIsWorse: true,
		Plain: "What it costs to look after the children while their outcome is tracked.",
		Rule:  "Child-weeks in each state times the weekly cost of that state, from referral to the end of tracking, the 18th birthday or the horizon.",
		Where: "model/contract.Care",
	},
	{
		Name: CareCostToEnd, Group: ofSaving, Kind: kindTotal, Unit: Pounds, AllTogether: true, Arms: true, MoreIsWorse: true,
		Plain: "What it costs to look after the children until the end of the programme.",
		Rule:  "Child-weeks in each state times the weekly cost of that state, from referral to the 18th birthday or the horizon.",
		Where: "model/contract.Care",
	},
	{
		Name: Avoided, Group: ofSaving, Kind: kindTotal, Unit: Pounds, By: []string{byCohort, byCouncil}, AllTogether: true, MoreIsBetter: true,
		Plain: "How much less care costs with the programme than without it, before anything is paid for the results.",
		Rule:  "Cost of care in the tracking window without the programme, less the same with it.",
		Where: "model/contract.Care",
		Sum:   []Term{{plus, CareCost, "counterfactual"}, {minus, CareCost, "intervention"}},
	},
	{
		Name: AvoidedToEnd, Group: ofSaving, Kind: kindTotal, Unit: Pounds, By: []string{byCohort}, AllTogether: true, MoreIsBetter: true,
		Plain: "How much less care costs if what the programme changed lasts until its end.",
		Rule:  "Cost of care to the horizon without the programme, less the same with it.",
		Where: "model/contract.Care",
		Sum:   []Term{{plus, CareCostToEnd, "counterfactual"}, {minus, CareCostToEnd, "intervention"}},
	},
	{
		Name: Cashable, Group: ofSaving, Kind: kindTotal, Unit: Pounds, By: []string{byCohort, byCouncil}, AllTogether: true, MoreIsBetter: true,
		Plain: "The part of the avoided cost that releases money already in a budget.",
		Rule:  "The cohort's cashable share of gross avoided cost, rounded to the penny by cohort, council and quarter.",
		Where: "model/contract.Care",
	},
	{
		Name: NetSaving, Group: ofSaving, Kind: kindTotal, Unit: Pounds, By: []string{byCouncil}, MoreIsBetter: true,
		Plain: "What a council is better off by: the care costs that it avoids, less what it pays for the results.",
		Rule:  "The council's gross avoided cost less its own outcome payments, in the prices of the cost of care.",
		Where: "montecarlo.Measures",
		Sum:   []Term{{plus, Avoided, ""}, {minus, Payments, ""}},
	},
	{
		Name: NetCashable, Group: ofSaving, Kind: kindTotal, Unit: Pounds, By: []string{byCouncil}, AllTogether: true, MoreIsBetter: true,
		Plain: "What is left in cash: the saving that releases budgeted money, less what is paid for the results.",
		Rule:  "Cashable saving less outcome payments: a council's own, or all.",
		Where: "montecarlo.Measures",
		Sum:   []Term{{plus, Cashable, ""}, {minus, Payments, ""}},
	},
	{
		Name: NetPublic, Group: ofSaving, Kind: kindTotal, Unit: Pounds, AllTogether: true, MoreIsBetter: true,
		Plain: "What the public purse as a whole is better off by: the care costs avoided, less all that is paid for the results.",
		Rule:  "Gross avoided cost less all outcome payments, in the prices of the cost of care.",
		Where: "montecarlo.Measures",
		Sum:   []Term{{plus, Avoided, ""}, {minus, Payments, ""}},
	},
	{
		Name: NetPublicToEnd, Group: ofSaving, Kind: kindTotal, Unit: Pounds, AllTogether: true, MoreIsBetter: true,
		Plain: "What the public purse is better off by if what the programme changed lasts until its end.",
		Rule:  "Gross avoided cost to the horizon less all outcome payments.",
		Where: "montecarlo.Measures",
		Sum:   []Term{{plus, AvoidedToEnd, ""}, {minus, Payments, ""}},
	},
	{
		Name: ValuePayments, Group: ofSaving, Kind: kindTotal, Unit: Pounds, AllTogether: true,
		Plain: "What the outcome payments are worth at the start, as later money counts for less.",
		Rule:  "Outcome payments of each quarter, discounted from its last day to the start.",
		Where: "finance.PresentValue",
	},
	{
		Name: ValueAvoided, Group: ofSaving, Kind: kindTotal, Unit: Pounds, AllTogether: true, MoreIsBetter: true,
		Plain: "What the avoided care costs are worth at the start, as later money counts for less.",
		Rule:  "Gross avoided cost of each quarter, discounted from its last day to the start.",
		Where: "finance.PresentValue",
	},
	{
		Name: ValueNet, Group: ofSaving, Kind: kindTotal, Unit: Pounds, AllTogether: true, MoreIsBetter: true,
		Plain: "What the net public saving is worth at the start, as later money counts for less.",
		Rule:  "Present value of gross avoided cost less present value of payments.",
		Where: "finance.PresentValue",
		Sum:   []Term{{plus, ValueAvoided, ""}, {minus, ValuePayments, ""}},
	},
	{
		Name: BenefitCost, Group: ofSaving, Kind: kindTotal, Unit: Ratio, AllTogether: true, MoreIsBetter: true,
		Plain: "How many pounds of care cost are avoided for each pound that is paid for the results.",
		Rule:  "Present value of gross avoided cost divided by present value of payments.",
		Where: "finance.PresentValue",
		Sum:   []Term{{plus, ValueAvoided, ""}, {dividedBy, ValuePayments, ""}},
	},
	{
		Name: Saves, Group: ofSaving, Kind: kindChance, Unit: Probability, By: []string{byCouncil}, AllTogether: true, MoreIsBetter: true,
		Plain: "How likely it is that avoided care costs are more than what is paid for the results.",
		Rule:  "Net saving, of the council or the public, is above £0.",
		Where: "montecarlo.Measures",
	},
	{
		Name: CashableSaves, Group: ofSaving, Kind: kindChance, Unit: Probability, By: []string{byCouncil}, AllTogether: true, MoreIsBetter: true,
		Plain: "How likely it is that the saving in cash is more than what is paid for the results.",
		Rule:  "Cashable saving less payments is above £0.",
		Where: "montecarlo.Measures",
	},
	{
		Name: TargetGross, Group: ofTargets, Kind: kindTotal, Unit: Pounds, By: []string{byTarget}, MoreIsBetter: true,
		Plain: "The cashable saving in the years for which a council has booked a saving in its budget, before its payments.",
		Rule:  "The council's cashable saving of the quarters of the target's years.",
		Where: "model.SavingsTarget",
	},
	{
		Name: TargetNet, Group: ofTargets, Kind: kindTotal, Unit: Pounds, By: []string{byTarget}, MoreIsBetter: true,
		Plain: "The cashable saving in the years for which a council has booked a saving in its budget, after its payments.",
		Rule:  "The council's cashable saving less its own payments in the quarters of the target's years.",
		Where: "model.SavingsTarget",
	},
	{
		Name: TargetMetGross, Group: ofTargets, Kind: kindChance, Unit: Probability, By: []string{byTarget}, MoreIsBetter: true,
		Plain: "How likely it is that the saving that a council has booked is reached, before its payments.",
		Rule:  "Cashable saving in the target's years is at least the target.",
		Where: "model.SavingsTarget",
	},
	{
		Name: TargetMet, Group: ofTargets, Kind: kindChance, Unit: Probability, By: []string{byTarget}, MoreIsBetter: true,
		Plain: "How likely it is that the saving that a council has booked is reached, after its payments.",
		Rule:  "Cashable saving less own payments in the target's years is at least the target.",
		Where: "model.SavingsTarget",
	},
	{
		Name: DeliveryCost, Group: ofCapital, Kind: kindTotal, Unit: Pounds, AllTogether: true, MoreIsWorse: true,
		Plain: "What it costs to run the programme.",
		Rule:  "Mobilisation, fixed costs, costs per referral and per week of an open case, and fees, each on its day.",
		Where: "model.Delivery",
	},
	{
		Name: Receipts, Group: ofCapital, Kind: kindTotal, Unit: Pounds, AllTogether: true, MoreIsBetter: true,
		Plain: "What the programme receives from the payers, when the money arrives.",
		Rule:  "Outcome payments and grants less what is disallowed, each so many days after its quarter.",
		Where: "finance.Follow",
	},
	{
		Name: Surplus, Group: ofCapital, Kind: kindTotal, Unit: Pounds, AllTogether: true, MoreIsBetter: true,
		Plain: "What those who finance the programme gain or lose together.",
		Rule:  "Receipts less cost of delivery.",
		Where: "finance.Follow",
		Sum:   []Term{{plus, Receipts, ""}, {minus, DeliveryCost, ""}},
	},
	{
		Name: ValueSurplus, Group: ofCapital, Kind: kindTotal, Unit: Pounds, AllTogether: true, MoreIsBetter: true,
		Plain: "What that gain or loss is worth at the start, as later money counts for less.",
		Rule:  "Receipts less cost of delivery of each day, discounted to the start.",
		Where: "finance.PresentValue",
	},
	{
		Name: Position, Group: ofCapital, Kind: kindPath, Unit: Pounds, AllTogether: true, MoreIsBetter: true,
		Plain: "How far the programme is ahead or behind on each day: all receipts so far less all costs so far.",
		Rule:  "Receipts less cost of delivery, added up from the first day; it takes no account of any facility.",
		Where: "finance.Follow",
	},
	{
		Name: CapitalRequirement, Group: ofCapital, Kind: kindTotal, Unit: Pounds, AllTogether: true, MoreIsWorse: true,
		Plain: "How much money the programme needs before its receipts pay for it.",
		Rule:  "The deepest point of receipts less costs of delivery, added up day by day.",
		Where: "finance.Follow",
	},
	{
		Name: RequiredAfter, Group: ofCapital, Kind: kindTotal, Unit: Days, AllTogether: true, MoreIsWorse: true,
		Plain: "How many days after the start the need for money is greatest.",
		Rule:  "Days from the start to the day of the capital requirement; below 0 before the first day.",
		Where: "finance.Follow",
	},
	{
		Name: DaysBelowZero, Group: ofCapital, Kind: kindTotal, Unit: Days, AllTogether: true, MoreIsWorse: true,
		Plain: "On how many days the programme has spent more than it has received.",
		Rule:  "Days on which receipts less costs, added up, are below zero when the day ends.",
		Where: "finance.Follow",
	},
	{
		Name: Drawn, Group: ofCapital, Kind: kindTotal, Unit: Pounds, AllTogether: true, MoreIsWorse: true,
		Plain: "How much of the investors' money is used.",
		Rule:  "What is drawn from the facility, under its terms.",
		Where: "model.Facility",
	},
	{
		Name: Recycled, Group: ofCapital, Kind: kindTotal, Unit: Pounds, AllTogether: true, MoreIsBetter: true,
		Plain: "How much of the costs is paid from receipts rather than from investors' money.",
		Rule:  "Costs of delivery and interest that are paid from cash received.",
		Where: "model.Facility",
	},
	{
		Name: Shortfall, Group: ofCapital, Kind: kindTotal, Unit: Pounds, AllTogether: true, MoreIsWorse: true,
		Plain: "How much somebody else has to find because the investors' money is not enough.",
		Rule:  "Costs and interest beyond cash and what can be drawn.",
		Where: "model.Facility",
	},
	{
		Name: FacilityNeeded, Group: ofCapital, Kind: kindTotal, Unit: Pounds, AllTogether: true, MoreIsWorse: true,
		Plain: "How much money investors would have to commit for the programme never to be short.",
		Rule:  "Drawn and shortfall together.",
		Where: "model.Facility",
		Sum:   []Term{{plus, Drawn, ""}, {plus, Shortfall, ""}},
	},
	{
		Name: Interest, Group: ofCapital, Kind: kindTotal, Unit: Pounds, AllTogether: true, MoreIsWorse: true,
		Plain: "What is paid for the use of the money drawn.",
		Rule:  "Interest on what is drawn, as the facility states.",
		Where: "model.Facility",
	},
	{
		Name: FacilityShort, Group: ofCapital, Kind: kindChance, Unit: Probability, AllTogether: true, MoreIsWorse: true,
		Plain: "How likely it is that the investors' money is not enough.",
		Rule:  "There is a shortfall beyond the facility.",
		Where: "model.Facility",
	},
	{
		Name: PaidBackAfter, Group: ofCapital, Kind: kindRank, Unit: Days, AllTogether: true, MoreIsWorse: true,
		Plain: "How many days after the start receipts have paid for all costs, for good.",
		Rule:  "Days from the start to the first day from which receipts less costs, added up, are never again below zero.",
		Where: "finance.Follow",
	},
	{
		Name: NeverPaidBack, Group: ofCapital, Kind: kindChance, Unit: Probability, AllTogether: true, MoreIsWorse: true,
		Plain: "How likely it is that receipts never pay for all costs.",
		Rule:  "Receipts less costs, added up, end below zero.",
		Where: "finance.Follow",
	},
	{
		Name: PaidIn, Group: ofReturns, Kind: kindTotal, Unit: Pounds, By: []string{byParty}, MoreIsWorse: true,
		Plain: "What an investor pays in.",
		Rule:  "All that the party pays into the programme, day by day added up.",
		Where: "model.Facility",
	},
	{
		Name: Received, Group: ofReturns, Kind: kindTotal, Unit: Pounds, By: []string{byParty}, MoreIsBetter: true,
		Plain: "What an investor gets back.",
		Rule:  "Capital repaid, interest or preferred return, and the share of what is left at the end.",
		Where: "model.Facility",
	},
	{
		Name: MoneyMultiple, Group: ofReturns, Kind: kindRank, Unit: Ratio, By: []string{byParty}, MoreIsBetter: true,
		Plain: "How many pounds an investor gets back for each pound paid in.",
		Rule:  "Received divided by capital paid in; without bound where no capital is needed.",
		Where: "finance.Follow",
		Sum:   []Term{{plus, Received, ""}, {dividedBy, PaidIn, ""}},
	},
	{
		Name: InternalRate, Group: ofReturns, Kind: kindRank, Unit: Rate, By: []string{byParty}, MoreIsBetter: true,
		Plain: "What an investor earns a year on the money while it is at work.",
		Rule:  "The effective yearly rate at which the party's flows are worth nothing at the start, by days over 365.",
		Where: "finance.InternalRate",
	},
	{
		Name: LosesMoney, Group: ofReturns, Kind: kindChance, Unit: Probability, By: []string{byParty}, MoreIsWorse: true,
		Plain: "How likely it is that an investor gets back less than it paid in.",
		Rule:  "Received is less than capital paid in.",
		Where: "finance.Follow",
	},
	{
		Name: MissesHurdle, Group: ofReturns, Kind: kindChance, Unit: Probability, By: []string{byParty}, MoreIsWorse: true,
		Plain: "How likely it is that an investor earns less than the return it asks for.",
		Rule:  "The party's flows are worth less than nothing at the facility's hurdle, by more than £1.",
		Where: "model.Facility",
	},
}
