package model

import (
	"fmt"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/decimals"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// PublishedFigures are what has been published about a programme. No result of a
// run depends on them: they are shown beside the model's figures.
type PublishedFigures struct {
	// Totals are published headline figures, in the order of the file.
	Totals []PublishedTotal `json:"totals,omitempty"`
	// Plans are the payment plans in force at one time or another. Published
	// plans are best cases.
	Plans []Plan `json:"plans,omitempty"`
	// Actual is what was paid, by quarter of claim.
	Actual []QuarterAmount `json:"actual,omitempty"`
	// Results are units achieved by metric up to a date.
	Results []PublishedResult `json:"results,omitempty"`
}

// PublishedIn returns what was published, with planned and actual payments in one
// kind of prices. They are published in cash of their quarter; in a programme
// without inflation they stay as they are.
func (p *Programme) PublishedIn(prices contract.Prices) PublishedFigures {
	all := p.Published
	if prices == contract.Cash || p.Inflation == 0 {
		return all
	}
	all.Actual = deflated(p.PriceIndex(), all.Actual)
	all.Plans = slices.Clone(all.Plans)
	for i := range all.Plans {
		all.Plans[i].Payments = deflated(p.PriceIndex(), all.Plans[i].Payments)
	}
	return all
}

// deflated brings amounts in cash into constant prices, to the penny. One that
// Validate refuses, or at an index that it refuses, stays as it is.
func deflated(index contract.PriceIndex, amounts []QuarterAmount) []QuarterAmount {
	constant := slices.Clone(amounts)
	for i, a := range amounts {
		factor := 1 / index.In(a.Quarter.FinancialYear())
		if decimals.Check(a.Amount) == nil && !math.IsNaN(factor) && !math.IsInf(factor, 0) {
			constant[i].Amount = a.Amount.Mul(decimal.NewFromFloat(factor)).Round(2)
		}
	}
	return constant
}

// PublishedTotal is one published headline figure. Its name is for people; what
// it is, so that it can be set beside a figure of the model, stands in the other
// fields, all of which may be left out.
type PublishedTotal struct {
	Name  string          `json:"name"`
	Value decimal.Decimal `json:"value"` // in the unit that the name states
	// Kind says what the figure is; empty if the file does not say.
	Kind TotalKind `json:"kind,omitempty"`
	// Counts is what is counted: "service users", "outcome payments". Figures
	// that count the same can be set beside each other.
	Counts string `json:"counts,omitempty"`
	// To is the last day that is counted; unset if it is not known.
	To calendar.Date `json:"to,omitzero"`
	// Superseded says that a later figure has taken the place of this one.
	Superseded bool `json:"superseded,omitempty"`
}

// TotalKind is what a published total is, in the word of a programme file.
type TotalKind string

// The kinds of published total.
const (
	Targeted TotalKind = "targeted" // how many there are meant to be in the end
	Engaged  TotalKind = "engaged"  // how many children or families took part
	Achieved TotalKind = "achieved" // how many units or outcomes there were by a date
	Maximum  TotalKind = "maximum"  // the most that will be paid, in £
	Paid     TotalKind = "paid"     // what has been paid, in £
)

// UnmarshalText reads a kind; the error lists the words that a file may use.
func (k *TotalKind) UnmarshalText(text []byte) error {
	switch kind := TotalKind(text); kind {
	case Targeted, Engaged, Achieved, Maximum, Paid:
		*k = kind
		return nil
	}
	return fmt.Errorf("%q is not a kind of published total: write one of %s, %s, %s, %s, %s", text, Targeted, Engaged, Achieved, Maximum, Paid)
}

// Total returns the first published total of a kind that counts something and
// has not been superseded, and whether there is one.
func (f *PublishedFigures) Total(kind TotalKind, counts string) (PublishedTotal, bool) {
	for _, t := range f.Totals {
		if t.Kind == kind && t.Counts == counts && !t.Superseded {
			return t, true
		}
	}
	return PublishedTotal{}, false
}

// figures are the published figures without what is said of totals: no figure of
// a run depends on that.
func (f PublishedFigures) figures() PublishedFigures {
	f.Totals = slices.Clone(f.Totals)
	for i, t := range f.Totals {
		f.Totals[i] = PublishedTotal{Name: t.Name, Value: t.Value}
	}
	return f
}

// Plan is a payment plan and the dates between which it was in force.
type Plan struct {
	Name     string          `json:"name"`
	From     calendar.Date   `json:"from"`
	To       calendar.Date   `json:"to"` // zero: still in force
	Payments []QuarterAmount `json:"payments"`
}

// QuarterAmount is an amount for one quarter, in £.
type QuarterAmount struct {
	Quarter calendar.Quarter `json:"quarter"`
	Amount  decimal.Decimal  `json:"amount"`
}

// PublishedResult is the units that a metric had achieved by a date.
type PublishedResult struct {
	Metric string        `json:"metric"`
	By     calendar.Date `json:"by"`
	Units  int           `json:"units"`
}

// RecordedOutcome is an outcome that is recorded but has no price, such as the
// distance travelled on an Outcomes Star. A programme file lists it under
// measures.
type RecordedOutcome struct {
	Name    string           `json:"name"`
	Note    string           `json:"note,omitempty"`
	Results []RecordedResult `json:"results,omitempty"` // in order of date
}

// RecordedResult is what had been recorded by a date, in the unit that the note
// of the outcome states.
type RecordedResult struct {
	By    calendar.Date   `json:"by"`
	Value decimal.Decimal `json:"value"`
}
