package model

import (
	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// PublishedFigures are what has been published about a programme. Nothing in
// a run depends on them: they stand beside the model's figures.
type PublishedFigures struct {
	// Totals are published headline figures, in the order of the file.
	Totals []PublishedTotal `json:"totals,omitempty"`
	// Plans are the payment plans in force at one time or another. Published
	// plans are best cases.
	Plans []Plan `json:"plans,omitempty"`
	// Actual is what was paid, by quarter of claim.
	Actual []QuarterAmount `json:"actual,omitempty"`
	// Results are units achieved by metric up to a date.
	Results []Result `json:"results,omitempty"`
}

// PublishedTotal is one published headline figure.
type PublishedTotal struct {
	Name  string          `json:"name"`
	Value decimal.Decimal `json:"value"` // in the unit that the name states
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

// Result is the units that a metric had achieved by a date.
type Result struct {
	Metric string        `json:"metric"`
	By     calendar.Date `json:"by"`
	Units  int           `json:"units"`
}

// Measure is an outcome that is recorded but has no price, such as the distance
// travelled on an Outcomes Star.
type Measure struct {
	Name    string          `json:"name"`
	Note    string          `json:"note,omitempty"`
	Results []MeasureResult `json:"results,omitempty"` // in order of date
}

// MeasureResult is what had been recorded by a date, in the unit that the
// measure's note states.
type MeasureResult struct {
	By    calendar.Date   `json:"by"`
	Value decimal.Decimal `json:"value"`
}
