package model

import (
	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// Programme is everything that a run needs: who is referred, how they move
// with and without the programme, what the contract pays and what care costs.
// It is plain data: build one in Go, or read one with package scenario.
type Programme struct {
	Name  string // short, as used on the command line
	Title string
	About string
	Case  string // the case and variants that were applied, in words; empty for the file as it stands

	Start        calendar.Date // first day of week 0
	Weeks        int           // horizon: weeks 0 to Weeks - 1 are counted
	PriceBase    string        // what a pound means here, for example "constant 2022/23 prices"
	DiscountRate float64       // effective annual rate of present values; 0.035 is 3.5%

	Commissioners []Commissioner
	States        []State
	// Background is the programme's common table of moves by state: what
	// happens to a child whom the programme is not holding in a planned
	// state. A state without a row is never left, birthdays apart.
	Background map[string]markov.Row
	Ages       Ages
	Cohorts    []Cohort

	Contract  contract.Terms
	UnitCosts []contract.UnitCost

	MinimumReferrals MinimumReferrals
	SavingsTargets   []SavingsTarget
	Published        PublishedFigures

	// Cautions are sentences that every report of the programme must carry.
	Cautions []string
	// Sources are the documents that inputs refer to, by short name.
	Sources []Source
	// Register says of every input where it came from.
	Register []Input
}

// Commissioner is a council that refers children and pays.
type Commissioner struct {
	Name string
	// ReferralShare is the probability that a referred child is this
	// commissioner's; the shares of a programme sum to 1.
	ReferralShare float64
}

// MinimumReferrals is a contract's minimum of children referred in its first
// weeks. Zero means none.
type MinimumReferrals struct {
	Children int
	Weeks    int // counted from the programme's start
}

// SavingsTarget is a saving that a commissioner has booked in its budget.
type SavingsTarget struct {
	Commissioner string
	Years        []calendar.FinancialYear // taken together
	Amount       decimal.Decimal          // £
}
