package montecarlo

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

// Result is what a run of one version of a programme says. It marshals to JSON and
// back: what is lost then are the values of single replications (Values and Paths
// return nil, and it cannot be compared or repriced) and the programme file of
// its version.
type Result struct {
	Basis
	Conventions Conventions `json:"conventions"`
	// Incomplete reports whether the run was stopped; Conventions.Replications
	// says how many replications the figures rest on.
	Incomplete bool `json:"incomplete,omitempty"`

	Totals        List[Summary]       `json:"totals"`
	Probabilities List[ProbabilityOf] `json:"probabilities"`
	// Ranked are figures that may be without bound, such as rates of return.
	Ranked List[Ranked] `json:"ranked,omitempty"`
	// Quarterly, Yearly and Daily are series over the periods of the basis.
	Quarterly List[Series] `json:"quarterly,omitempty"`
	Yearly    List[Series] `json:"yearly,omitempty"`
	Daily     List[Series] `json:"daily,omitempty"`
	// WhenPaid are series over Basis.PaidYears, by the day of payment.
	WhenPaid List[Series] `json:"when_paid,omitempty"`
	// Check compares the simulation with the exact expectation.
	Check    Check     `json:"check"`
	Warnings []Warning `json:"warnings,omitempty"`
	// Stopping says why the run stopped where it did, with [Options.Until]; nil
	// without.
	Stopping *Stopping `json:"stopping,omitempty"`

	run *runner
}

// Conventions are how the figures were made. Without them no figure can be
// compared with another model's.
type Conventions struct {
	Counting     string          `json:"counting"`
	Discounting  string          `json:"discounting"`
	DiscountRate float64         `json:"discount_rate"` // real in constant prices, nominal in cash
	Prices       contract.Prices `json:"prices"`
	PriceBase    string          `json:"price_base"`         // what a pound means
	Currency     string          `json:"currency,omitempty"` // code; empty for pounds sterling. The unit Pounds stands for it
	Start        calendar.Date   `json:"start"`
	Horizon      calendar.Date   `json:"horizon"` // last day counted
	Weeks        int             `json:"weeks"`
	Window       string          `json:"window"`
	Central      string          `json:"central"`
	Mean         string          `json:"mean"`
	Uncertainty  string          `json:"uncertainty"`
	// Uncertain is how many inputs were drawn anew in each replication, and Redrawn
	// how often one had to be drawn again because moves would have added up to more
	// than 1.
	Uncertain int   `json:"uncertain_inputs,omitempty"`
	Redrawn   int64 `json:"redrawn,omitempty"`
	// Conditioned says which inputs were held to what was paid, and how; nil where all
	// were drawn by the laws of the file.
	Conditioned  *model.Conditioned `json:"conditioned,omitempty"`
	Pairing      string             `json:"pairing"`
	Capital      string             `json:"capital,omitempty"` // how cash flows and rates of return are dated
	Seed         uint64             `json:"seed"`
	Replications int                `json:"replications"`
	Engine       lives.Engine       `json:"engine"`
	Fingerprint  string             `json:"fingerprint"` // of the programme
	Architecture string             `json:"architecture"`
	ToDate       calendar.Quarter   `json:"to_date,omitzero"` // last quarter with a published payment
}

// Summary is the distribution of one figure over the replications. Amounts are
// in £ where the unit is Pounds.
type Summary struct {
	Key
	// Central is the central projection: the figure priced at exact expected
	// weeks, caps applied to the expectation. It is not the mean: the mean
	// of capped amounts is not the cap of a mean.
	Central float64 `json:"central"`
	// Exact reports whether Central is also the exact mean, because no cap in
	// pounds lies between.
	Exact bool `json:"exact"`
	// ExactSD is the exact standard deviation over replications of payable
	// units, where Central is their exact mean: by metric, and for all
	// together if no cohort earns under two metrics. It is 0 for other
	// figures. With Central it is all that the law of large numbers leaves
	// to know of a large programme: see the package documentation.
	ExactSD float64 `json:"exact_sd,omitzero"`
	// Pairing is how the two lives of a child share luck in the standard deviation
	// and quantiles of a figure that contains avoided cost: "common random numbers"
	// or "independent lives", whichever gives the wider range from 5% to 95%. It is
	// empty for other figures. Mean and error come from common random numbers.
	Pairing string `json:"pairing,omitempty"`
	Distribution
	// OtherPairing is the figure in the other pairing.
	OtherPairing *Distribution `json:"other_pairing,omitempty"`
	// Rates says how much of the spread comes from uncertain inputs, in the pairing
	// of the quantiles; nil without such inputs, at fixed rates, and for a figure
	// that does not vary or is not defined in some draw.
	Rates *OfRates `json:"rates,omitempty"`
}

// Distribution describes a figure over the replications of a run: over how
// children's lives may turn out and, where inputs are uncertain, over what these may
// be; see [Options.FixedRates].
type Distribution struct {
	// Mean is the mean over replications; of the benefit-cost ratio it is the
	// ratio of mean present values, not the mean of ratios.
	Mean float64 `json:"mean"`
	// SD is the standard deviation over replications, and StdErr the Monte
	// Carlo standard error of Mean; nil where there is one replication, which
	// says nothing of either.
	SD     *float64 `json:"sd"`
	StdErr *float64 `json:"standard_error"`
	// Quantiles are in the order that was asked for.
	Quantiles []Quantile `json:"quantiles"`
}

// Quantile is the smallest value that at least a share P of replications do
// not exceed.
type Quantile struct {
	P     float64 `json:"p"`
	Value float64 `json:"value"`
	// Low and High bound the quantile with about 95% confidence, by order
	// statistics; nil where there are too few replications for a bound.
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
	// Beyond is the expected shortfall: the mean of the round(n × (1 − P))
	// highest of n replications if P is at least one half, and of the
	// round(n × P) lowest otherwise, but of one at least. Totals alone have it.
	// BeyondStdErr is its standard error; nil if the tail is one replication.
	Beyond       float64  `json:"beyond,omitzero"`
	BeyondStdErr *float64 `json:"beyond_standard_error,omitempty"`
	// Within is how far Value may be from the order statistic where the
	// values of the run took more than Options.MemoryLimit: the width of a
	// bin of the histogram that was kept, in the unit of the figure. Low, High
	// and Beyond are then read from the same histogram.
	Within float64 `json:"within,omitzero"`
}

// ProbabilityOf is the share of replications in which something happened.
type ProbabilityOf struct {
	Key
	Probability float64 `json:"probability"`
	// StdErr is the Monte Carlo standard error; nil where it cannot be
	// estimated, as the event happened in none of the replications or in all.
	StdErr *float64 `json:"standard_error"`
	// Replications is how many there were. None or all of so few leaves a
	// probability of up to about 3 ÷ Replications the other way.
	Replications int `json:"replications"`
	// Certain reports whether the event cannot happen, or must, by arithmetic
	// alone.
	Certain bool `json:"certain,omitempty"`
	// Pairing is that of the total which decides the event, as in [Summary], and
	// OtherPairing the probability in the other pairing.
	Pairing      string         `json:"pairing,omitempty"`
	OtherPairing *ProbabilityOf `json:"other_pairing,omitempty"`
}

// Series is a figure by period: by quarter, financial year, financial year of payment
// or day of the basis.
type Series struct {
	Key
	Exact   bool           `json:"exact"`
	Central []float64      `json:"central"` // by period
	By      []Distribution `json:"by"`      // by period
	// Pairing is that of the total of the series, as in [Summary], and OtherPairing
	// the series in the other pairing, by period.
	Pairing      string         `json:"pairing,omitempty"`
	OtherPairing []Distribution `json:"other_pairing,omitempty"`
}

// Check compares every mean whose exact value is known with it.
type Check struct {
	Compared int `json:"compared"` // how many totals
	Worst    Key `json:"worst"`
	// Errors is the largest difference in Monte Carlo standard errors. Among
	// a hundred correlated figures 2 to 3.5 is ordinary.
	Errors float64 `json:"standard_errors"`
}

// Warning is something that a reader must know before using a figure.
type Warning struct {
	Kind WarningKind `json:"kind"`
	// Path is the setting of the programme file to look at, if there is one.
	Path string `json:"path,omitempty"`
	// Amount is what is at stake in £, in the prices of the totals; 0 where it is
	// not an amount of money.
	Amount float64 `json:"amount,omitzero"`
	Text   string  `json:"text"`
}

// WarningKind lets a program act on a warning. Of a run: "harm", "few
// replications", "disagreement", "cap binds", "facility terms", "capacity", "many
// children", "no payments", "stopped" or "condensed". Of the programme file, where something is
// likely to be a slip: "after the end", "short tracking", "measured early", "free to a council",
// "weekly chance", "cost order", "never earned", "start never left", "payer without payments", "edited
// number", "pause without effect" or "changes nothing".
type WarningKind string

// The kinds of warning.
const (
	harm            WarningKind = "harm"             // a cohort's care is expected to cost more with the programme
	fewReplications WarningKind = "few replications" // for a quantile that was asked for
	disagrees       WarningKind = "disagreement"     // simulation and exact expectation differ by more than chance
	capBinds        WarningKind = "cap binds"        // payments stop while care goes on
	facilityTerms   WarningKind = "facility terms"   // what is needed beyond receipts depends on the size of the facility
	capacityBinds   WarningKind = "capacity"         // starts are limited, and the central projection takes no account of it
	manyChildren    WarningKind = "many children"    // the exact figures say nearly all
	noPayments      WarningKind = "no payments"      // a ratio to payments, or its range, is not defined
	wasStopped      WarningKind = "stopped"          // the run was not finished
	fromHistograms  WarningKind = "condensed"        // quantiles come from histograms: see Options.MemoryLimit
)

// Values returns a total's value in every replication, in order, by measure and
// what it is of, as [List.Of] takes them, with common random numbers or in the
// pairing that follows:
//
//	s, _ := result.Totals.Of(montecarlo.NetPublic)
//	result.Values(s.Name)                       // whose mean is s.Mean
//	result.Values(s.Name, s.Of, s.Arm, s.Pairing) // whose quantiles are s.Quantiles
//
// It is nil if the result does not have it
// or did not keep it (see Options.MemoryLimit), or was read back from JSON. Amounts
// are in £. A figure that is without bound is +Inf; one that is not defined is -Inf
// where money is lost, and NaN elsewhere: see Ranked.
func (r *Result) Values(name string, of ...string) []float64 {
	if r == nil || r.run == nil || r.run.condensed != nil {
		return nil
	}
	of, independent := pairingIn(of)
	for _, c := range r.run.columns {
		if c.period == overall && c.independent == independent && c.is(name, of) {
			return r.run.column(c, c.at, r.Conventions.Replications)
		}
	}
	return nil
}

func (r *runner) conventions(replications int) Conventions {
	p := r.version.Programme
	weeks := p.Calendar()
	rate, kind := p.DiscountRate.In(r.options.Prices, p.Inflation), "real"
	if r.options.Prices == contract.Cash {
		kind = "nominal"
	}
	c := Conventions{
		Counting:     "a state is held for a whole week; a week belongs to the quarter and financial year of its last day",
		Discounting:  fmt.Sprintf("%.4g%% a year, effective, %s, from %s; a quarter's flows on its last day", 100*rate, kind, p.Start.Long()),
		DiscountRate: rate,
		Prices:       r.options.Prices,
		PriceBase:    p.PriceText(r.options.Prices),
		Currency:     p.Currency,
		Start:        p.Start,
		Horizon:      weeks.Last(p.Weeks - 1),
		Weeks:        p.Weeks,
		Window:       "avoided cost counts from referral to the end of tracking, the 18th birthday or the horizon, whichever is first",
		Central:      "priced at exact expected weeks, caps applied to the expectation",
		Mean:         "over replications, each with its own caps",
		Uncertainty:  r.uncertainty(),
		Pairing:      pairingConventions(r.options.Engine),
		Capital:      capitalConventions(p),
		Seed:         r.options.Seed, Replications: replications, Engine: r.options.Engine,
		Fingerprint: p.Fingerprint(), Architecture: architecture(),
	}
	if r.drawing != nil {
		c.Uncertain, c.Redrawn = len(r.drawing.drawer.Inputs()), r.redrawn.Load()
		if r.drawing.drawer.Held() {
			c.Conditioned = p.Conditioned
		}
	}
	if n := r.sheet.toDate; n > 0 {
		c.ToDate = r.sheet.shape.Quarters[n-1]
	}
	return c
}

// uncertainty says what ranges and chances are over.
func (r *runner) uncertainty() string {
	switch {
	case r.stated != nil:
		return fmt.Sprintf("chance and rates: children's lives, and stated draws of %s; cases are varied apart", words.Plural(len(r.stated.Values), "uncertain input"))
	case r.drawing != nil && r.drawing.drawer.Held():
		held := r.version.Programme.Conditioned
		return fmt.Sprintf("chance and rates: children's lives, and %s, drawn anew in each replication, %d of them together from %s held to what was paid to %s, and the others by the laws of the file; cases are varied apart",
			words.Plural(len(r.drawing.drawer.Inputs()), "uncertain input"), len(held.Inputs), words.Plural(held.Size, "draw"), held.PaidTo.Long())
	case r.drawing != nil:
		return fmt.Sprintf("chance and rates: children's lives, and %s, drawn anew in each replication by the laws of the file%s; cases are varied apart", words.Plural(len(r.drawing.drawer.Inputs()), "uncertain input"), r.notHeld())
	case len(r.version.Programme.Uncertain) > 0:
		return "chance alone, at these rates: what is uncertain has its stated value, so that they do not show how well the rates are known; cases are varied apart"
	}
	return "chance alone, at these rates: no input of the file has a range, so that they do not show how well the rates are known; cases are varied apart"
}

// notHeld says that a case which is held to what was paid is not, and why.
func (r *runner) notHeld() string {
	switch {
	case r.version.LawsAlone:
		return ", without the draws of the case that are held to what was paid, because what is on top of the case changes what they depend on"
	case r.version.Programme.Conditioned != nil:
		return ", without the draws of the case that are held to what was paid"
	}
	return ""
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
	return text + "; rates of return by days over 365, real in constant prices and nominal in cash"
}
