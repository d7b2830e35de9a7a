package montecarlo

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

// Result is what a run of one programme says. It marshals to JSON.
type Result struct {
	Programme   string      `json:"programme"`
	Title       string      `json:"title"`
	Case        string      `json:"case"`
	Conventions Conventions `json:"conventions"`
	// Incomplete tells that the run was stopped; Conventions.Replications
	// says how many replications the figures rest on.
	Incomplete bool `json:"incomplete,omitempty"`

	Totals        []Summary       `json:"totals"`
	Probabilities []ProbabilityOf `json:"probabilities"`
	// Ranked are figures that may be without bound, such as rates of return.
	Ranked    []Ranked `json:"ranked,omitempty"`
	Quarterly []Series `json:"quarterly,omitempty"`
	Yearly    []Series `json:"yearly,omitempty"`
	// Daily are series over the days on which money can move.
	Daily []Series `json:"daily,omitempty"`
	// Budgets is the central projection by commissioner and financial year.
	Budgets []finance.Budget `json:"budgets"`
	// Deadweight is exact: see expect.Deadweight.
	Deadweight []expect.Deadweight `json:"deadweight"`
	// Check compares the simulation with the exact expectation.
	Check    Check     `json:"check"`
	Warnings []Warning `json:"warnings,omitempty"`
	// Cautions are the programme's own, to be read with every figure.
	Cautions []string `json:"cautions,omitempty"`

	run *runner
}

// Conventions are how the figures were made. Without them no figure can be
// compared with another model's.
type Conventions struct {
	Counting     string           `json:"counting"`
	Discounting  string           `json:"discounting"`
	DiscountRate float64          `json:"discount_rate"`
	PriceBase    string           `json:"price_base"`
	Start        calendar.Date    `json:"start"`
	Horizon      calendar.Date    `json:"horizon"` // last day counted
	Weeks        int              `json:"weeks"`
	Window       string           `json:"window"`
	Central      string           `json:"central"`
	Mean         string           `json:"mean"`
	Uncertainty  string           `json:"uncertainty"`
	Pairing      string           `json:"pairing"`
	Capital      string           `json:"capital,omitempty"` // how cash flows and rates of return are dated
	Seed         uint64           `json:"seed"`
	Replications int              `json:"replications"`
	Engine       lives.Engine     `json:"engine"`
	Fingerprint  string           `json:"fingerprint"` // of the programme
	Architecture string           `json:"architecture"`
	ToDate       calendar.Quarter `json:"to_date,omitzero"` // last quarter with a published payment
}

// Summary is the distribution of one figure over the replications. Amounts are
// in £ where the unit is Pounds.
type Summary struct {
	Measure
	// Central is the central projection: the figure priced at exact expected
	// weeks, caps applied to the expectation. It is not the mean: the mean
	// of capped amounts is not the cap of a mean.
	Central float64 `json:"central"`
	// Exact tells whether Central is also the exact mean, because no cap in
	// pounds lies between.
	Exact bool `json:"exact"`
	// ExactSD is the exact standard deviation over replications of payable
	// units, where Central is their exact mean: by metric, and for all
	// together if no cohort earns under two metrics. It is 0 for other
	// figures. With Central it is all that the law of large numbers leaves
	// to know of a large programme: see the package documentation.
	ExactSD float64 `json:"exact_sd,omitzero"`
	Distribution
}

// Distribution describes a figure over the replications of a run. It shows
// process uncertainty alone: how children's lives may turn out at fixed rates.
type Distribution struct {
	Mean   float64 `json:"mean"`
	SD     float64 `json:"sd"`             // standard deviation over replications
	StdErr float64 `json:"standard_error"` // Monte Carlo standard error of Mean
	// Quantiles are in the order that was asked for.
	Quantiles []Quantile `json:"quantiles"`
}

// Quantile is the smallest value that at least a share P of replications do
// not exceed.
type Quantile struct {
	P     float64 `json:"p"`
	Value float64 `json:"value"`
	// Low and High bound the quantile with about 95% confidence, by order
	// statistics.
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	// Beyond is the expected shortfall: the mean of the replications from this
	// value on, above it if P is at least one half, and below it otherwise.
	// Totals alone have it.
	Beyond       float64 `json:"beyond,omitzero"`
	BeyondStdErr float64 `json:"beyond_standard_error,omitzero"`
	// Within is how far Value may be from the order statistic where the
	// values of the run took more than Options.MemoryLimit: the width of a
	// bin of the histogram that was kept, in the unit of the figure. Low, High
	// and Beyond are then read from the same histogram.
	Within float64 `json:"within,omitzero"`
}

// ProbabilityOf is the share of replications in which something happened.
type ProbabilityOf struct {
	Event       string  `json:"event"`
	Of          string  `json:"of,omitempty"` // the commissioner; empty for all together
	Probability float64 `json:"probability"`
	StdErr      float64 `json:"standard_error"` // Monte Carlo
}

// Series is a figure by quarter, financial year or day.
type Series struct {
	Measure
	Exact   bool           `json:"exact"`
	Periods []string       `json:"periods"` // "2021Q1", "2020/21" or "2021-03-31"
	Central []float64      `json:"central"`
	By      []Distribution `json:"by"` // by period
}

// Check compares every mean whose exact value is known with it.
type Check struct {
	Compared int     `json:"compared"` // how many totals
	Worst    Measure `json:"worst"`
	// Errors is the largest difference in Monte Carlo standard errors. Among
	// a hundred correlated figures 2 to 3.5 is ordinary.
	Errors float64 `json:"standard_errors"`
}

// Warning is something that a reader must know before using a figure.
type Warning struct {
	Kind WarningKind `json:"kind"`
	Text string      `json:"text"`
}

// WarningKind lets a program act on a warning.
type WarningKind string

// The kinds of warning.
const (
	Harm            WarningKind = "harm"             // a cohort's care is expected to cost more with the programme
	FewReplications WarningKind = "few replications" // for a quantile that was asked for
	Disagreement    WarningKind = "disagreement"     // simulation and exact expectation differ by more than chance
	CapBinds        WarningKind = "cap binds"        // payments stop while care goes on
	FacilityTerms   WarningKind = "facility terms"   // what is needed beyond receipts depends on the size of the facility
	CapacityBinds   WarningKind = "capacity"         // starts are limited, and the central projection takes no account of it
	NoPayments      WarningKind = "no payments"      // a ratio to payments is not defined
	Stopped         WarningKind = "stopped"          // the run was not finished
	Condensed       WarningKind = "condensed"        // quantiles come from histograms: see Options.MemoryLimit
)

// Total returns the summary of a total by name, and of whom or what, and
// whether the result has it. Measures by arm are found with TotalIn.
func (r *Result) Total(name, of string) (Summary, bool) { return r.TotalIn(name, of, "") }

// TotalIn is Total for a measure of one arm.
func (r *Result) TotalIn(name, of, arm string) (Summary, bool) {
	for _, s := range r.Totals {
		if s.Name == name && s.Of == of && s.Arm == arm {
			return s, true
		}
	}
	return Summary{}, false
}

// Probability returns the probability of an event, and whether the result has it.
func (r *Result) Probability(event, of string) (ProbabilityOf, bool) {
	for _, p := range r.Probabilities {
		if p.Event == event && p.Of == of {
			return p, true
		}
	}
	return ProbabilityOf{}, false
}

// Quarters returns the quarterly series of a measure, and whether the result
// has it.
func (r *Result) Quarters(name, of string) (Series, bool) {
	for _, s := range r.Quarterly {
		if s.Name == name && s.Of == of && s.Arm == "" {
			return s, true
		}
	}
	return Series{}, false
}

// Values returns a total's value in every replication, in order; nil if the
// result does not have it, or did not keep it: see Options.MemoryLimit. Amounts
// are in £. A figure that is without bound is
// +Inf, and one that is not defined -Inf: see Ranked.
func (r *Result) Values(m Measure) []float64 {
	if r.run == nil || r.run.condensed != nil {
		return nil
	}
	for _, c := range r.run.columns {
		if c.period == overall && c.Name == m.Name && c.Of == m.Of && c.Arm == m.Arm {
			return r.run.column(c, c.at, r.Conventions.Replications)
		}
	}
	return nil
}

// Expectation returns the exact expectation that the result was checked against;
// nil for a result that was read back from JSON.
func (r *Result) Expectation() *expect.Expectation {
	if r.run == nil {
		return nil
	}
	return r.run.expectation
}

// Account returns the account of the central projection, day by day; nil if the
// programme states no delivery terms, or for a result that was read back from
// JSON.
func (r *Result) Account() *finance.Account {
	if r.run == nil {
		return nil
	}
	return r.run.account
}

func (r *runner) conventions(replications int) Conventions {
	p := r.programme
	weeks := p.Calendar()
	c := Conventions{
		Counting:     "a state is held for a whole week; a week belongs to the quarter and financial year of its last day",
		Discounting:  fmt.Sprintf("%.4g%% a year, effective, from %s; a quarter's flows on its last day", 100*p.DiscountRate, p.Start.Long()),
		DiscountRate: p.DiscountRate,
		PriceBase:    p.PriceBase,
		Start:        p.Start,
		Horizon:      weeks.Last(p.Weeks - 1),
		Weeks:        p.Weeks,
		Window:       "avoided cost counts from referral to the end of tracking, the 18th birthday or the horizon, whichever is first",
		Central:      "priced at exact expected weeks, caps applied to the expectation",
		Mean:         "over replications, each with its own caps",
		Uncertainty:  "process only: children's lives at fixed rates; rates and cases are varied apart",
		Pairing:      "a child has the same luck in both arms and all cases, which the range of a difference depends on and no mean does",
		Capital:      capitalConventions(p),
		Seed:         r.options.Seed, Replications: replications, Engine: r.options.Engine,
		Fingerprint: p.Fingerprint(), Architecture: architecture(),
	}
	if n := r.sheet.toDate; n > 0 {
		c.ToDate = r.sheet.shape.Quarters[n-1]
	}
	return c
}

// capitalConventions says how capital figures were made.
func capitalConventions(p *model.Programme) string {
	if p.Delivery == nil {
		return ""
	}
	text := fmt.Sprintf("costs of delivery fall on month ends and claims are paid %d days after the quarter", p.Delivery.ClaimsPaidAfter)
	if p.Delivery.Disallowed.IsPositive() {
		text += ", less " + p.Delivery.Disallowed.Shift(2).String() + "%"
	}
	return text + "; rates of return by days over 365, in the prices that payments and costs are in"
}
