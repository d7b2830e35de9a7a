package calibrate

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/edgeofcare/edgeofcare/calibrate/claims"
	"github.com/edgeofcare/edgeofcare/internal/copies"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Outlook is a forecast from a day on: quarters that have ended by then are actual, and
// the others are forecast from rates and children that are held to them. Amounts are in £
// as paid.
type Outlook struct {
	Version *scenario.Version `json:"version"` // as it was before
	// AsOf is the last day of the last actual quarter.
	AsOf   calendar.Date   `json:"as_of"`
	Prices contract.Prices `json:"prices"` // that amounts as paid are in
	// Evidence is the power to which the likelihood of what was paid was raised: 1, the
	// default, weighs the ranges of the file and the payments once each. Any other number
	// is a choice, and must be said beside every figure.
	Evidence      float64 `json:"evidence"`
	EffectiveSize float64 `json:"effective_sample_size"` // of the draws: see [Posterior.EffectiveSize]
	Draws         int     `json:"draws"`
	Replications  int     `json:"replications"`
	Seed          uint64  `json:"seed"`

	// Given reports whether claims were given; if not, actual payments are those that the
	// programme file has as published.
	Given bool `json:"claims_given"`
	// Differ are quarters of which the claims and the programme file say different amounts:
	// the claims stand. Filled are quarters without a claim, for which the file's stand.
	Differ []PublishedDifference `json:"differences,omitempty"`
	Filled []model.QuarterAmount `json:"filled,omitempty"`
	// Unclaimed are quarters before the first with a payment, where claims were given: they
	// count as £0.
	Unclaimed []model.QuarterAmount `json:"unclaimed_quarters,omitempty"`
	// Absent are councils and metrics without a claim in a quarter in which others have one:
	// they count as £0.
	Absent []AbsentLine `json:"absent,omitempty"`
	// Later are actual payments for quarters that end after the day: not used.
	Later []model.QuarterAmount `json:"later,omitempty"`
	// Granted, Derived and Unearned are quarters that stand but are no evidence of what was
	// earned: see [Posterior].
	Granted  []model.QuarterAmount `json:"granted,omitempty"`
	Derived  []model.QuarterAmount `json:"derived,omitempty"`
	Unearned []model.QuarterAmount `json:"unearned,omitempty"`
	// Fitted are the inputs that by the file were fitted to what is published. Where
	// [model.Input.FittedTo] is after AsOf, the input had seen quarters that are forecast.
	Fitted []model.Input `json:"fitted_inputs,omitempty"`
	// Freed are those of them that an unknown factor multiplies, so that the payments to the
	// day decide their level, as in [OriginForecast]. Seen are those that stay as they are:
	// no factor can multiply them, as a date, or Evidence is 0, which leaves the inputs as
	// the file has them.
	Freed []model.Path `json:"freed,omitempty"`
	Seen  []model.Path `json:"seen,omitempty"`
	// Unsplit are actual quarters of which it is not known what each council claimed: its
	// part is worked out from the councils' shares of referrals in the file. In all others
	// councils stand as they claimed, and their children go on from that.
	Unsplit []model.QuarterAmount `json:"split_worked_out,omitempty"`
	// Caseload is how many of today's children were given, nil if none: see [Caseload].
	Caseload *Caseload `json:"caseload,omitempty"`

	// Updated is what the payments say of each uncertain input: see [Posterior.Inputs].
	Updated     []Learned     `json:"updated"`
	Unexplained []Unexplained `json:"unexplained"`

	// Below is the share of replications in which some claim of a later quarter would be
	// below 0 and is taken as none, and BelowAmount what that adds to the mean of what is
	// still to come, in £ before caps.
	Below       float64 `json:"below_zero"`
	BelowAmount float64 `json:"below_zero_amount"`

	// Quarters are those of the programme, in order of time.
	Quarters []ReforecastQuarter `json:"quarters"`
	// Outturn is by council, in the order of the file, and last of all together; within each
	// by financial year, and last of all years together.
	Outturn []Outturn `json:"outturn"`
	// Care is the gross avoided cost, and the cashable saving.
	Care []CareAvoided `json:"care"`
	// Targets are the chances that savings targets are met, with what was paid to date.
	Targets []TargetChance `json:"targets,omitempty"`
	// CapReached is the chance that nothing is left of the contract's cap at the end; nil
	// without a cap.
	CapReached *float64 `json:"cap_reached,omitempty"`
}

// Forecast is what is expected of an amount, and its range. Amounts are in £.
type Forecast struct {
	Mean float64 `json:"mean"`
	// Low and High are the 5% and 95% quantiles, of rates and chance together.
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	// ChanceLow and ChanceHigh are where these would be by chance alone, at known rates: as
	// far from the mean as the standard deviation of chance is to that of both.
	ChanceLow  float64 `json:"chance_low"`
	ChanceHigh float64 `json:"chance_high"`
}

// ReforecastQuarter is one quarter: actual, or forecast.
type ReforecastQuarter struct {
	Quarter calendar.Quarter `json:"quarter"`
	// Actual is what was paid; nil for a quarter that is forecast. A quarter before the first
	// actual one has 0: what was earned in it is in the first.
	Actual   *float64  `json:"actual,omitempty"`
	Forecast *Forecast `json:"forecast,omitempty"`
	// ToDate is what has been paid by the end of the quarter.
	ToDate Forecast `json:"to_date"`
}

// Outturn is what a council pays for the quarters of a financial year, and what others pay
// of its claims.
type Outturn struct {
	Council string `json:"council,omitempty"` // empty: all together
	// Year is the financial year, and zero for all years together.
	Year calendar.FinancialYear `json:"year,omitzero"`
	Own  Amounts                `json:"own_payments"`
	// Others is what payers that are no council pay.
	Others Amounts `json:"others_payments"`
}

// Amounts are an amount to date, what is still to come, and both together.
type Amounts struct {
	ToDate  Forecast `json:"to_date"`
	Ahead   Forecast `json:"ahead"`
	Outturn Forecast `json:"outturn"`
}

// CareAvoided is the gross avoided cost or the cashable saving, which is modelled also where it is of quarters
// that have ended: what would have happened without the programme is never observed.
type CareAvoided struct {
	Measure string `json:"measure"` // of package montecarlo: Avoided or Cashable
	Amounts
	// Pairing is how the two lives of a child share luck in the ranges: the way that gives
	// the wider range of the total.
	Pairing string `json:"pairing"`
}

// TargetChance is the chance that a savings target is met: cashable saving less own
// payments, and before payments.
type TargetChance struct {
	Target string  `json:"target"`
	Net    float64 `json:"net_of_own_payments"`
	Gross  float64 `json:"before_payments"`
}

// Caseload is how many children were given as in placement and as waiting; nil, and null in
// JSON, for 1 to 5, who could be pointed to.
type Caseload struct {
	InPlacement *int `json:"in_placement"`
	Waiting     *int `json:"waiting"`
	// Overdue are those of the waiting who have waited for longer than the stated lag of
	// their cohort: they start in the first week of the forecast, with the start
	// probability. It is nil too where 1 to 5 of the waiting are not overdue.
	Overdue *int `json:"overdue"`
}

// ReforecastOptions say from what a reforecast goes on.
type ReforecastOptions struct {
	// AsOf is the day from which the forecast starts: quarters that end on or before it are
	// actual. No date is the end of the last quarter with an actual payment.
	AsOf calendar.Date
	// Claims are those to date; nil for the payments that the programme file has as
	// published.
	Claims []claims.Claim
	// Caseload are the children of that day, who go on from how long they have been in
	// placement; nil where only payments are known. The day must be the end of a quarter.
	Caseload []claims.Group
	// Evidence is the power to which the likelihood is raised, as in [ConditionOptions].
	Evidence *float64
	Seed     uint64
	// Draws is how many draws of the inputs the forecast rests on, with two replications of
	// all lives under each; 0 means 1,000.
	Draws   int
	Workers int
	// Progress, if set, is told how many replications are done, of two for each life.
	Progress func(done, total int)

	laws int // ConditionOptions.Draws
}

// Reforecast forecasts a version from a day on. Rates are held to what was paid by
// [Condition]; the state of the programme on the day is held to it, too: each replication
// is moved from what it was paid to what was paid in fact, by the normal law of past and
// future together (see the package documentation).
//
// It is an error if a quarter that has ended has no payment, if nothing is left to
// forecast, if a claim or a child has a name that the programme has not, and where
// Condition has one.
func Reforecast(ctx context.Context, v *scenario.Version, o ReforecastOptions) (*Outlook, error) {
	switch {
	case ctx == nil:
		return nil, errors.New("there is no context: give context.Background() to a forecast that nothing stops")
	case v == nil || v.Programme == nil:
		return nil, errors.New("there is no version to forecast, or it has no programme: make one with Document.Version")
	}
	v = copies.Deep(v)
	o.Draws = cmp.Or(o.Draws, 1000)
	known, err := standing(v, o.Claims, o.AsOf)
	if err != nil {
		return nil, err
	}
	asOf := known.paid[len(known.paid)-1].Quarter.Last()
	children, err := newCaseload(v.Programme, o.Caseload, cmp.Or(o.AsOf, asOf), asOf)
	if err != nil {
		return nil, err
	}
	held, err := ConditionOptions{AsOf: asOf, Evidence: o.Evidence, Seed: o.Seed, Kept: o.Draws, Draws: o.laws, Effective: float64(min(400, o.laws/4)), Workers: o.Workers}.withDefaults()
	if err != nil {
		return nil, err
	}
	seen, err := observeKnown(v.Programme, known.paid, known.status(v.Programme), asOf)
	if err != nil {
		return nil, err
	}
	out := &Outlook{Version: v, Fitted: fittedAfter(v.Programme, calendar.Date{})}
	from := out.free(*held.Evidence, asOf)
	posterior, err := conditionOn(ctx, from, seen, held)
	if err != nil {
		return nil, err
	}
	c, err := carryOn(ctx, from, known, seen, posterior, asOf, o)
	if err != nil {
		return nil, err
	}
	run, err := c.run(ctx, known, children)
	if err != nil {
		return nil, err
	}
	out.report(c, run, known, children)
	return out, nil
}

// free is the version that is held to what was paid: with what had seen later payments set
// free, unless what was paid is not to change the inputs, so that nothing would bring them
// to a level.
func (o *Outlook) free(evidence float64, asOf calendar.Date) (from *scenario.Version) {
	if evidence > 0 {
		from, o.Freed, o.Seen = free(o.Version, asOf)
		return from
	}
	for _, in := range fittedAfter(o.Version.Programme, asOf) {
		o.Seen = append(o.Seen, in.Path)
	}
	return o.Version
}

// standsAs is a version in which what was paid stands, whatever is lived: a grant takes
// the place of the claims of each quarter that has ended.
func standsAs(v *scenario.Version, known *actuals, asOf calendar.Date) (*scenario.Version, error) {
	p := v.Programme
	first, last := p.Calendar().Quarter(0), asOf.Quarter()
	text := ""
	add := func(q calendar.Quarter, amount string) { text += fmt.Sprintf("%s: %s, ", q, amount) }
	for q := first; q < known.paid[0].Quarter; q = q.Add(1) {
		add(q, "0")
	}
	for _, q := range known.paid {
		amount := q.Amount.String()
		if p.Inflation != 0 {
			amount = fmt.Sprintf("{amount: %s, indexation: 0%%}", amount) // cash of its quarter
		}
		add(q.Quarter, amount)
	}
	for _, g := range p.Contract.Grants {
		switch {
		case g.Quarter <= last:
		case g.Indexation.Valid:
			add(g.Quarter, fmt.Sprintf("{amount: %s, indexation: %s%%}", g.Amount, g.Indexation.Decimal.Shift(2)))
		default:
			add(g.Quarter, g.Amount.String())
		}
	}
	return v.With("", scenario.Set("grants", "{"+text+"}"))
}
